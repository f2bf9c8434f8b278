"""Columns of which nothing is said: every type has something to hold."""

from __future__ import annotations

import pytest

from datamimic import World
from datamimic_models.model import Column, ColumnType, Mistakes, Table
from datamimic_models.model import Model as Tables
from datamimic_models.model_reader import planned


def rows(kind: ColumnType, count: int = 200) -> list[object]:
    table = Table(name="things", columns=(Column(name="zzz", type=kind, nullable=False),))
    _, described = planned(Tables(name="nothing_said", tables=(table,)), Mistakes())
    world = World("demo", models=[described])
    made: list[object] = world["nothing_said.things"][0:count].to_arrow().column("zzz").to_pylist()
    return made


@pytest.mark.parametrize("longest", [0, 1, 2, 3, 5, 20, None])
def test_phrases_are_no_longer_than_their_column(longest: int | None) -> None:
    made = rows(ColumnType("str", length=longest))
    assert all(isinstance(each, str) and len(each) <= (1_000 if longest is None else longest) for each in made)
    assert longest == 0 or (all(made) and len(set(made)) > 4)
    assert longest is not None or len(set(made)) > 150


@pytest.mark.parametrize(
    "kind",
    [
        *(ColumnType("int", bits=bits, signed=signed) for bits in (8, 16, 32, 64) for signed in (True, False)),
        *(ColumnType("decimal", precision=digits, scale=scale) for digits in (1, 2, 5, 9) for scale in (0, 1)),
        *(
            ColumnType(name)
            for name in ("float", "bool", "date", "datetime", "time", "duration", "uuid", "json", "bytes")
        ),
        ColumnType("bytes", length=3),
        ColumnType("list", item=ColumnType("str")),
        ColumnType("struct", members=(("a", ColumnType("str")), ("b", ColumnType("bytes", nullable=True)))),
    ],
    ids=str,
)
def test_every_type_has_something(kind: ColumnType) -> None:
    made = rows(kind)
    assert None not in made and (kind.name == "json" or len({str(each) for each in made}) > 1)
    if kind.name == "decimal":
        assert max(map(float, made)) < 10 ** (kind.precision - kind.scale)  # type: ignore[operator,arg-type]
