"""Texts of regular expressions: they match, come once where they have to, and what cannot be written is refused."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic import Draw
from datamimic_models.patterns.parsing import BadPattern
from datamimic_models.patterns.writing import Texts

PATTERNS = [
    r"[A-Z]{3}-\d{4}",
    r"(ab|a)(c|bc)",
    r"a*a*",
    r"^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}$",
    r"\d{40}",
    r"(x|y)?z{2}",
    r"[^a-y]{2}",
    r"(?i)ab|cd",
    r"ä[öü]{1,2}",
    r"(?:0[1-9]|1[0-2])/\d\d",
    r"\w+\s\S?",
    r"[]a-c\]-]{1,2}",
    r"\x41\u00e4\t",
    r"[a-z0-9]+(?:-[a-z0-9]+)*",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_texts_match_and_come_once(pattern: str) -> None:
    texts = Texts.of(pattern)
    rows = np.arange(min(texts.size, 3_000))
    unique = texts.unique(rows, Draw(("seed", "entity", "field"), rows)).tolist()
    drawn = texts.drawn(Draw(("seed", "entity", "field"), np.arange(500))).tolist()
    assert len(set(unique)) == len(rows)
    assert all(re.fullmatch(pattern, str(each)) for each in (*unique, *drawn))
    if texts.size < 3_000:
        more = texts.drawn(Draw(("other", "entity", "field"), np.arange(50_000))).tolist()
        assert set(more) <= set(unique) and len(set(more)) > 0.5 * len(set(unique))


_letters = st.sampled_from(["a", "b", "[ab]", "[^!-~]", r"\d", ".", "c?", "(?:d|e)"])
_parts = st.lists(
    st.tuples(_letters, st.sampled_from(["", "?", "*", "+", "{0,2}", "{2}", "{1,3}?"])), min_size=1, max_size=4
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_parts, min_size=1, max_size=3))
def test_any_expression_of_these_parts(alternatives: list[list[tuple[str, str]]]) -> None:
    pattern = "|".join("".join(f"(?:{part}){repeat}" for part, repeat in parts) for parts in alternatives)
    texts = Texts.of(pattern)
    rows = np.arange(min(texts.capacity, 400))
    draw = Draw(("seed", "entity", "field"), rows)
    unique = texts.unique(rows, draw).tolist()
    assert len(set(unique)) == len(rows)
    assert all(re.fullmatch(pattern, str(each)) for each in unique)
    some = rows[len(rows) // 2 :]
    if len(some):
        assert texts.unique(some, Draw(draw.address, some)).tolist() == unique[len(rows) // 2 :]


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        ")",
        "[",
        "a{3,1}",
        "*a",
        "a**",
        r"(a)\1",
        r"\bx",
        "(?=a)",
        "(?<!a)b",
        "[z-a]",
        "a{2",
        "((((a{50}){50}){50}){50})",
        r"\p",
        "[^\\x20-~]",
    ],
)
def test_what_cannot_be_written_is_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        Texts.of(pattern)
