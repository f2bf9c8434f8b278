"""What came before: states along a family, events like earlier ones, and blocks of rows that are simulated."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby, pairwise
from typing import Any

import numpy as np
import pytest
from fleet import registry
from hypothesis import given
from hypothesis import strategies as st

from datamimic import (
    DatamimicError,
    Draw,
    Family,
    ParentRef,
    Text,
    World,
    entity,
    field,
    of_family,
    parent,
    ref,
    revisit,
    serial,
    simulated,
)
from datamimic.columns import Ints

PACKS = registry()


@entity("shop", size=400)
class Shop:
    """A shop."""

    shop_id: str = field(serial("S-####"), key=True, doc="key")


@entity("shopper", size=3_000)
class Shopper:
    """Somebody who buys."""

    shopper_id: str = field(serial("B-######"), key=True, doc="key")
    loyalty: float = field(lambda rows: (rows % 2).astype(np.float64), doc="chance to come back")


def stock_left(family: Family) -> Ints:
    def step(left: Ints, bought: Ints) -> Ints:
        return np.where(left < bought, 20, left - bought)

    return family.along(step, 20, "pieces")


def serve(till: Ints, minutes: Ints, draw: Draw, shopper: ParentRef) -> dict[str, Any]:
    """One queue a till over the whole block."""
    arrived = np.sort(draw.integers(0, 200))
    free, began = {}, []
    for at, queue, takes in zip(arrived.tolist(), till.tolist(), minutes.tolist(), strict=True):
        began.append(max(at, free.get(queue, 0)))
        free[queue] = began[-1] + takes
    return {"arrived": arrived, "began": np.array(began), "who": shopper.shopper_id}


QUEUE = simulated(serve, block=16)
SEEN: list[int] = []


def so_far(pieces: Ints, family: Family, rows: Ints) -> dict[str, Any]:
    """Of each shopper alone, whoever else is there."""
    SEEN.append(len(rows))
    return {"pieces": family.running(pieces)}


SO_FAR = simulated(so_far, block=16, kept=2, at_once=4)


@entity("purchase")
class Purchase:
    """Something bought."""

    purchase_id: str = field(serial("P-########"), key=True, doc="key")
    shopper: Shopper = field(parent(Shopper, counts={0: 1, 1: 1, 5: 2, 12: 1}), doc="who bought")
    shop: Shop = field(revisit(ref(Shop), chance=0.75, among="any"), doc="where")
    last_shop: Shop = field(revisit(ref(Shop), chance="loyal"), doc="where, by loyalty")
    loyal: float = field(lambda shopper: shopper.loyalty, doc="of the shopper")
    colour: str = field(revisit(serial("C-########"), chance=0.5), doc="a value")
    pieces: int = field(lambda draw: draw.integers(1, 8), doc="how many")
    left: int = field(stock_left, doc="in stock afterwards")
    left_again: int = field(of_family("left"), doc="the same")
    till: int = field(lambda draw: draw.integers(0, 2), doc="till")
    minutes: int = field(lambda draw: draw.integers(1, 4), doc="service")
    arrived: int = field(QUEUE["arrived"], doc="minute")
    began: int = field(QUEUE["began"], doc="minute")
    who: str = field(QUEUE["who"], doc="shopper")
    pieces_so_far: int = field(SO_FAR["pieces"], doc="of the shopper")


@entity("tick")
class Tick:
    """An entity without a parent."""

    number: int = field(lambda rows: rows, doc="row")
    level: int = field(simulated(lambda number: {"level": np.cumsum(number)}, block=10)["level"], doc="of its block")


def purchases(start: int = 0, stop: int = 4_000) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = World("memory", packs=PACKS)[Purchase][start:stop].to_arrow().to_pylist()
    return rows


def families(column: str) -> list[list[Any]]:
    return [[row[column] for row in rows] for _, rows in groupby(purchases(), key=lambda row: row["shopper_id"])]


@given(st.integers(0, 4_000), st.integers(0, 400))
def test_any_slice_has_the_same_values(start: int, count: int) -> None:
    assert purchases(start, start + count) == purchases(0, 4_500)[start : start + count]


def test_states_are_carried_from_event_to_event() -> None:
    for pieces, left in zip(families("pieces"), families("left"), strict=True):
        state, expected = 20, []
        for bought in pieces:
            state = 20 if state < bought else state - bought
            expected.append(state)
        assert left == expected
    assert families("left") == families("left_again")


def test_some_come_back() -> None:
    """Of any earlier: three of four are shops seen before. By loyalty: always the same, or (of 400) nearly never."""
    again = [shop in shops[:n] for shops in families("shop_id") for n, shop in enumerate(shops) if n]
    assert abs(np.mean(again) - 0.75) < 0.03
    steady = [len({*shops}) for shops in families("last_shop_id")]
    loyal = [values[0] for values in families("loyal")]
    assert all(count == 1 for count, loyalty in zip(steady, loyal, strict=True) if loyalty)
    fickle = [
        (count, len(shops))
        for count, shops, loyalty in zip(steady, families("last_shop_id"), loyal, strict=True)
        if not loyalty
    ]
    assert sum(count for count, _ in fickle) > 0.97 * sum(length for _, length in fickle)
    colours = [colour == before for each in families("colour") for before, colour in pairwise(each)]
    assert abs(np.mean(colours) - 0.5) < 0.04
    most = Counter(shop for shops in families("shop_id") for shop in shops).most_common(1)[0][1]
    assert most < 100


def test_a_block_is_simulated_as_a_whole() -> None:
    rows = purchases()
    numbers = {
        row["shopper_id"]: n
        for n, row in enumerate(World("memory", packs=PACKS)[Shopper][0:3_000].to_arrow().to_pylist())
    }
    for block, served in groupby(rows[:3_000], key=lambda row: numbers[row["shopper_id"]] // 16):
        free: dict[int, int] = {}
        several = list(served)
        for row in several:
            assert row["began"] == max(row["arrived"], free.get(row["till"], 0)), block
            free[row["till"]] = row["began"] + row["minutes"]
            assert row["who"] == row["shopper_id"]
    assert any(row["began"] > row["arrived"] for row in rows)


def test_blocks_of_families_that_are_made_alone_are_made_some_at_once() -> None:
    expected = [sum(pieces[: n + 1]) for pieces in families("pieces") for n in range(len(pieces))]
    SEEN.clear()
    made = World("memory", packs=PACKS)[Purchase][0:2_000].to_arrow()["pieces_so_far"].to_pylist()
    assert made == expected[:2_000]
    blocks = 2_000 / 4.6 / 16
    assert blocks / 4 <= len(SEEN) < blocks / 2


def test_without_a_parent_a_block_is_so_many_rows() -> None:
    levels = World("memory", packs=PACKS)[Tick][0:35].to_arrow()["level"].to_pylist()
    assert levels == [sum(range(n // 10 * 10, n + 1)) for n in range(35)]
    assert World("memory", packs=PACKS)[Tick][27].level == levels[27]


def test_threads_see_the_same() -> None:
    world = World("memory", packs=PACKS)
    with ThreadPoolExecutor(8) as pool:
        parts = [*pool.map(lambda n: world[Purchase][n * 50 : n * 50 + 90].to_arrow().to_pylist(), range(40))]
    rows = purchases(0, 2_100)
    assert all(part == rows[n * 50 : n * 50 + 90] for n, part in enumerate(parts))


def of(generator: Any, kind: type = int) -> Any:
    @entity("thing")
    class Thing:
        """A thing."""

        thing: kind = field(generator, doc="a value")  # type: ignore[valid-type]

    return World("memory", packs=PACKS)[Thing][0:5].to_arrow()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: of(revisit(serial("##"), chance=0.5), str), "bad_rule"),
        (lambda: revisit(serial("##"), chance=1.5), "bad_field"),
        (lambda: revisit(serial("##"), chance=0.5, among="none"), "bad_field"),  # type: ignore[arg-type]
        (lambda: revisit(parent(Shopper, counts={1: 1}), chance=0.5), "bad_field"),
        (lambda: simulated(serve, block=0), "bad_field"),
        (lambda: simulated(serve, at_once=0), "bad_field"),
        (lambda: simulated(lambda *rows: {}), "bad_rule"),
        (lambda: simulated(lambda draw: {}), "bad_rule"),
        (lambda: of(simulated(lambda rows: {"a": rows[1:]})["a"]), "wrong_length"),
        (lambda: of(simulated(lambda rows: rows)["a"]), "wrong_length"),
        (lambda: of(simulated(lambda rows: {"a": rows})["b"]), "unknown_column"),
        (lambda: of(simulated(lambda rows: {"a": rows / None})["a"]), "rule_failed"),
        (lambda: of(simulated(lambda rows: {"a": Text.of(["x"] * len(rows))})["a"]), "wrong_type"),
    ],
)
def test_what_cannot_be_remembered(make: Any, code: str) -> None:
    with pytest.raises(DatamimicError) as error:
        make()
    assert error.value.code == code
