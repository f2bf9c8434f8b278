"""Texts of regular expressions: they match, come once where they have to, and what cannot be written is refused."""

from __future__ import annotations

import re
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from datamimic import Draw, Text
from datamimic_models.patterns.alike import Addresses
from datamimic_models.patterns.in_python import in_python
from datamimic_models.patterns.tree import BadPattern
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
    r"^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z\d]{8,12}$",
    r"^(?!000|666)[0-8]\d{2}-(?!00)\d{2}-(?!0000)\d{4}$",
    r"^(?!-)[A-Za-z0-9-]{1,20}(?<!-)$",
    r"^((?!bad).)*$",
    r"\bfoo\b b\Bar",
    r"(?!.*[._]{2})[ä._]{3,6}(?<![_.])",
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


_letters = st.sampled_from(
    ["a", "b", "[ab]", "[^!-~]", r"\d", ".", "c?", "(?:d|e)", "(?!a)", "(?=[ab].)", r"\b", "(?<!b)", "(?!.*b$)"]
)
_parts = st.lists(
    st.tuples(_letters, st.sampled_from(["", "?", "*", "+", "{0,2}", "{2}", "{1,3}?"])), min_size=1, max_size=4
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_parts, min_size=1, max_size=3))
def test_any_expression_of_these_parts(alternatives: list[list[tuple[str, str]]]) -> None:
    pattern = "|".join("".join(f"(?:{part}){repeat}" for part, repeat in parts) for parts in alternatives)
    looks = any(each in pattern for each in ("(?!", "(?=", "(?<", r"\b"))
    try:
        texts = Texts.of(pattern)
    except BadPattern:
        assume(not looks)  # nothing may be left where looks contradict each other
        raise
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
        "(?!a)[ab-]{1,3}",
        "(?!.*--)[ab-]{0,4}",
        "(?:(?!ab)[ab-]){0,4}",
        r"\b[ab-]{1,4}\b",
        r"[ab-]\B[ab-]{0,3}",
        "(?=(?:ab|-)+$)[ab-]{0,4}",
        "(a|ab)(?=b)[ab-]{0,2}",
        r"(?:(?=a|b)[ab-]\b){0,2}-?",
    ],
)
def test_what_looks_ahead_or_behind_leaves_exactly_what_python_matches(pattern: str) -> None:
    texts = Texts.of(pattern)
    made = texts.unique(np.arange(texts.size), Draw(("seed", "entity", "field"), np.arange(texts.size))).tolist()
    every = ("".join(each) for length in range(5) for each in product("ab-", repeat=length))
    assert sorted(made) == sorted(each for each in every if re.fullmatch(pattern, each))


@pytest.mark.parametrize(
    ("pattern", "python"),
    [
        (r"[[:upper:]][[:digit:]-]{2}", r"[A-Z][\d-]{2}"),
        (r"\p{Lu}[\p{Ll}\d]+", r"[A-Z][a-z\d]+"),
        (r"(?<y>\d)x\z", r"\dx"),
    ],
)
def test_other_languages_expressions_are_written_and_are_the_same_in_python(pattern: str, python: str) -> None:
    drawn = Texts.of(pattern).drawn(Draw(("seed", "entity", "field"), np.arange(200))).tolist()
    assert all(re.fullmatch(python, each) and re.fullmatch(in_python(pattern), each) for each in drawn)


def test_texts_have_the_lengths_that_are_asked_for() -> None:
    draw = Draw(("seed", "entity", "field"), np.arange(1_000))
    slugs = Texts.of("^[a-z0-9]+(-[a-z0-9]+)*$", 3, 40).drawn(draw).tolist()
    assert {len(each) for each in slugs} == {*range(3, 41)}
    assert (
        min(map(len, Texts.of("[a-z]+", 30).drawn(Draw(("other", "entity", "field"), np.arange(300))).tolist())) >= 30
    )
    with pytest.raises(BadPattern, match="at least 3 and at most 4"):
        Texts.of("a{9}", 3, 4)


def test_addresses_keep_the_name_as_far_as_the_expression_takes_it() -> None:
    given = Text.of(["ana.silva7@mail.example.org"])
    wanted = {
        r".*@example\.com": "ana.silva7@example.com",
        r"[a-z]+@corp\.de": "anasilva@corp.de",
        r"[A-Z]{3}\d@x\.io": "ANA7@x.io",
        r"[a-z.]+@[a-z.]+": "ana.silva@mail.example.org",
    }
    for regex, address in wanted.items():
        assert Addresses.of(regex).like(given, Draw(("", "", regex), np.arange(1))).tolist() == [address]
    draw = Draw(("", "", ""), np.arange(1))
    assert len(Addresses.of(r"\w+@x\.de", 9).like(given, draw).tolist()[0]) <= 9


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
        r"a\bx",
        "(?=a)",
        "(?<!ab)b",
        "(?<=a)b",
        "(?=a(?!b))a",
        "(?:(?=a)|(?=b)|(?!c)){40}[abc]{30}",
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
