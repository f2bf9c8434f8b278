"""A key tells its row, without a look at others."""

from __future__ import annotations

import pytest

from datamimic import World
from datamimic.errors import UnknownName


def keys(world: World, rows: slice) -> list[str]:
    found: list[str] = world["depot"][rows].select(["depot_id"]).to_arrow()["depot_id"].to_pylist()
    return found


def test_a_key_tells_its_row(world: World) -> None:
    rows = world["depot"]
    assert [rows.find(key) for key in keys(world, slice(0, 50))] == [*range(50)]
    assert rows.find(keys(world, slice(9_000, 9_001))[0]) == 9_000


@pytest.mark.parametrize("key", ["DP-12", "XX-1234", "DP-12a4", ""])
def test_a_key_that_no_row_has_is_refused(world: World, key: str) -> None:
    with pytest.raises(UnknownName) as caught:
        world["depot"].find(key)
    assert caught.value.code == "unknown_value"


def test_a_key_of_a_later_row_is_refused(world: World) -> None:
    with pytest.raises(UnknownName):
        world["depot"][0:5].find(keys(world, slice(5, 6))[0])
