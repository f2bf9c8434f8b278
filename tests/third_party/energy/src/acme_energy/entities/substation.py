"""Substations: rows that exist, in a file; who has others gives them, `--given energy.substation=mine.csv`."""

from __future__ import annotations

from datamimic import check, entity, field, given, source
from datamimic.columns import Bools, Ints


@entity("substation", rows=source("substations.csv"))
class Substation:
    """Where a grid area gets its power; invented ones, unless others are given."""

    substation_id: str = field(given("code"), key=True, doc="code of the substation")
    kilovolts: int = field(given(), doc="voltage", unit="kV")
    megawatts: int = field(given(), doc="capacity", unit="MW")
    built: int | None = field(given(), doc="year in which it was built, where that is known")


@check(Substation, "a substation has a capacity")
def has_capacity(megawatts: Ints) -> Bools:
    capable: Bools = megawatts > 0
    return capable
