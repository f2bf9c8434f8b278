"""What a model is made of, whatever the language."""

from __future__ import annotations

from pathlib import Path

import pytest

from datamimic import installed_packs
from datamimic_models.model import BadModel, Column, ColumnType, Mistakes, Model, Place, Table
from datamimic_models.model.sources import moved


def test_the_extension_is_found() -> None:
    [record] = [each for each in installed_packs().packs() if each.name == "models"]
    assert record.status == "ok" and record.distribution == "datamimic-models"


def test_parts_are_equal_wherever_they_were_written() -> None:
    one, other = (Column(name="age", type=ColumnType("int"), place=Place("a.yaml", line, 3)) for line in (4, 5))
    assert one == other and one.place != other.place
    assert Model(name="shop", tables=(Table(name="people", columns=(one,)),)).table("people").column("age") is one
    assert str(one.place) == "a.yaml:4:3"


def test_a_model_that_is_written_elsewhere_finds_its_rows(tmp_path: Path) -> None:
    sources = ("data/c.csv", "shop.sqlite#customer", "postgresql://host/shop#customer", None)
    made = moved(
        Model(
            name="shop",
            tables=tuple(Table(name=f"t{n}", columns=(), source=each) for n, each in enumerate(sources)),
            folder=str(tmp_path / "model"),
        ),
        tmp_path / "out",
    )
    assert made.folder == str(tmp_path / "out")
    assert [each.source for each in made.tables] == [
        *("../model/data/c.csv", "../model/shop.sqlite#customer", "postgresql://host/shop#customer", None)
    ]


def test_a_bad_model_is_its_first_mistake_and_says_that_there_are_more() -> None:
    mistakes = Mistakes()
    mistakes.warn("models.odd", "odd")
    mistakes.refuse()
    mistakes.add(
        "models.unknown_rule", "there is no rule first_nam", Place("a.yaml", 7, 3), hint="did you mean first_name?"
    )
    mistakes.add("models.no_parent", "there is no table x")
    with pytest.raises(BadModel) as caught:
        mistakes.refuse()
    assert caught.value.render().splitlines() == [
        "error[models.unknown_rule]: there is no rule first_nam (and one more mistake: `dm model check`) (a.yaml:7)",
        "hint: did you mean first_name?",
    ]
    assert [each.level for each in caught.value.mistakes] == ["warning", "error", "error"]
    assert caught.value.mistakes[1].to_dict()["column"] == 3
