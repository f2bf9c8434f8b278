"""Free text: words that follow each other as often as a table says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from datamimic import DatamimicError
from datamimic_models import Model

WORDS = r"""before,word,weight
,The,5
,Order,3
The,*,2
The,parcel,7
parcel,arrived,3
parcel,"lost,",2
arrived,,4
Order,#\d\d\d\d,5
*,late,4
*,The,3
*,50\*,1
"""
MODEL = """
name: m
tables:
  - table_name: t
    rows: 2000
    columns:
      - {name: n, type: int, null_share: 0.1, rule: {type: range, min: 0, max: 12}}
      - {name: note, type: TYPE, rule: {type: sentence, words: w.csv, count: COUNT}}
"""


def loaded(folder: Path, words: str = WORDS, count: str = "n", kind: str = "str") -> Model:
    (folder / "w.csv").write_text(words)
    (folder / "m.yaml").write_text(MODEL.replace("COUNT", count).replace("TYPE", kind))
    return Model.load(folder / "m.yaml")


def test_words_follow_each_other_and_any_slice_has_the_same(tmp_path: Path) -> None:
    table = loaded(tmp_path).world(seed="a")["m.t"]
    rows = table[0:2000].to_arrow().to_pylist()
    assert table[700:760].to_arrow().to_pylist() == rows[700:760]
    assert all((row["note"] is None) == (row["n"] is None) for row in rows)
    texts = [(row["note"], row["n"]) for row in rows if row["n"]]
    assert all(len(text.split(" ")) == count for text, count in texts)
    assert all(re.match(r"(The|Order)\b", text) for text, _ in texts)
    orders = [found for text, _ in texts for found in re.findall(r"Order (\S+)", text)]
    assert all(re.fullmatch(r"#\d{4}", each) for each in orders) and len({*orders}) > 0.9 * len(orders)
    assert {word for text, _ in texts for word in re.findall(r"(?<=arrived )\S+", text)} <= {"The", "Order"}
    assert any("50*" in text for text, _ in texts)


@pytest.mark.parametrize(
    ("words", "count", "kind", "said"),
    [
        ("before,word\n,a\n", "n", "str", "its columns are not before, word and weight"),
        ("before,word,weight\n,a,1.5\n*,a,1\n", "n", "str", "line 2: a weight is a whole number"),
        ("before,word,weight\n,a,1\n", "n", "str", "the lines whose before is"),
        ("before,word,weight\n,,1\n*,a,1\n", "n", "str", "does not end at its beginning"),
        (WORDS, "m", "str", "which is no column"),
        (WORDS, "n", "int", "a sentence is text"),
    ],
)
def test_what_cannot_be_is_refused(words: str, count: str, kind: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(DatamimicError, match=re.escape(said)):
        loaded(tmp_path, words, count, kind)
