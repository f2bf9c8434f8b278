"""Whatever is given to worlds and rows is answered, refused with a code, or refused as Python refuses such a thing."""

from __future__ import annotations

import datetime
import decimal
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from fleet import registry

from datamimic import DatamimicError, World
from datamimic.errors import CODES

ODD: list[Any] = [
    "a", "x" * 500, "\ud800", None, 1.5, math.nan, math.inf, b"x", [], {}, (), (1, 2), {1}, object(), -1, -11, 10**30,
    -(10**30), 10**5_000, True, np.int64(3), np.float64(2), np.array([1]), ..., int, decimal.Decimal(1),
    datetime.date(2020, 1, 1), slice("a", None), slice(None, "b"), slice(1.5, 2), slice(0, 5, 2), slice(0, 5, 0), slice(5, 1),
    slice(-3, None), slice(None, -1), slice(10**30), slice(True), lambda: 1, "wheels", "fleet.vehicle",
]  # fmt: skip
WORLD = World("surface", packs=registry())
ROWS = WORLD["fleet.vehicle"]
SOME = ROWS[0:10]
CALLS: dict[str, Callable[[Any], Any]] = {
    "world[]": lambda odd: WORLD[odd],
    "rows[]": lambda odd: ROWS[odd],
    "some[]": lambda odd: SOME[odd],
    "head": lambda odd: SOME.head(odd),
    "select": lambda odd: SOME.select(odd),
    "select a list": lambda odd: SOME.select([odd]),
    "to_pandas": lambda odd: SOME.to_pandas(odd),
    "batches": lambda odd: list(SOME.batches(odd)),
    "options of rows": lambda odd: SOME.with_options(max_km=odd),
    "options of a world": lambda odd: WORLD.with_options(odd, max_km=3),
    "seed": lambda odd: World(odd, packs=WORLD.packs),
    "locale": lambda odd: World(1, odd, packs=WORLD.packs),
    "clock": lambda odd: World(1, None, odd, packs=WORLD.packs),
    "sizes": lambda odd: World(1, sizes=odd, packs=WORLD.packs),
    "a size": lambda odd: World(1, sizes={"fleet.depot": odd}, packs=WORLD.packs),
    "options": lambda odd: World(1, options=odd, packs=WORLD.packs),
    "options of an entity": lambda odd: World(1, options={"fleet.vehicle": odd}, packs=WORLD.packs),
    "an option": lambda odd: World(1, options={"fleet.vehicle": {"max_km": odd}}, packs=WORLD.packs)["fleet.vehicle"][
        0
    ],
    "evolve": lambda odd: WORLD.evolve(seed=odd),
    "format": lambda odd: SOME.write("/no/such/folder/x.csv", odd),
    "setting": lambda odd: SOME.write("/no/such/folder/x.csv", delimiter=odd),
    "path": lambda odd: SOME.write(odd) if not isinstance(odd, str) else None,
    "in": lambda odd: odd in SOME,
    "==": lambda odd: (odd == SOME, odd == WORLD),
}


def refused(call: Callable[[Any], Any], odd: Any) -> Exception | None:
    try:
        call(odd)
    except Exception as error:
        return error
    return None


@pytest.mark.parametrize("call", CALLS)
def test_whatever_is_given_is_answered_or_refused(call: str) -> None:
    for odd in ODD:
        error = refused(CALLS[call], odd)
        if isinstance(error, DatamimicError):
            assert error.code in CODES and len(error.render()) < 2_000
            error.render().encode()
        elif error is not None:
            # Said by us, or by what Python itself does with the value: no attribute of it that is not there.
            assert isinstance(error, TypeError | IndexError), repr(error)
            assert len(str(error)) < 300 and "attribute" not in str(error)


def test_what_is_refused_as_python_does_says_what_would_be_right() -> None:
    with pytest.raises(TypeError, match=r"a column is rows.select\(\['wheels'\]\)"):
        SOME["wheels"]
    with pytest.raises(TypeError, match=r"rows are numbered by integers, not 1.5"):
        SOME[1.5:3]
    with pytest.raises(TypeError, match=r"columns are a list of names, not 'wheels'"):
        SOME.select("wheels")
    with pytest.raises(IndexError, match=r"row -11 of 10 rows"):
        SOME[-11]
    with pytest.raises(DatamimicError, match=r"batches of -1 rows"):
        list(SOME.batches(-1))
    with pytest.raises(DatamimicError, match=r"3 is no entity class"):
        WORLD[3]
