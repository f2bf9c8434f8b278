"""Which hospitals a world has: of what kind and size."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Data, Table, option, options
from datamimic.columns import Floats, Ints
from datamimic.errors import InvalidOption, excerpt

QUARTILES = (0, 25, 50, 75, 100)


@options
class HospitalOptions:
    """Which hospitals."""

    type: str = option(
        "",
        doc="only hospitals of this kind, where such stand: a population of its own",
        values_in="hospital_types.hospital_type",
    )
    beds_min: int | None = option(
        None, doc="licensed beds, at least; kinds that never have so many are left out", minimum=1
    )
    beds_max: int | None = option(
        None, doc="licensed beds, at most; kinds that always have more are left out", minimum=1
    )

    def __attrs_post_init__(self) -> None:
        if self.beds_min is not None and self.beds_max is not None and self.beds_min > self.beds_max:
            raise ValueError(f"beds_min {self.beds_min} is above beds_max {self.beds_max}")


@frozen(eq=False)
class Chosen:
    """`sites` are rows of the table of sites; `first` and `last` say per row of the table of types where in its quartiles (0 to
    4) the numbers of beds lie that are asked for."""

    sites: Ints
    first: Floats
    last: Floats


def chosen(world: Any, data: Data) -> Chosen:
    """What the world's options choose. Raises `InvalidOption` (`impossible_constraint`) where no hospital is so."""
    asked = world.options(world.spec("healthcare.hospital"))
    found: Chosen = world.memo(("hospitals", "chosen", data.country), lambda: _choose(asked, data))
    return found


def quartiles_of(types: Table) -> NDArray[np.float64]:
    """Beds at the quartiles of each type, float64 of shape (types, 5)."""
    return np.stack([types.floats(f"beds_{q}") for q in QUARTILES], axis=1)


def _choose(asked: HospitalOptions, data: Data) -> Chosen:
    types, sites = data["hospital_types"], data["hospital_sites"]
    beds = quartiles_of(types)
    least = np.maximum(beds[:, 0], asked.beds_min or 0)
    most = np.minimum(beds[:, -1], asked.beds_max or beds.max())
    fits = least <= most
    if asked.type:
        fits &= np.array([name == asked.type for name in types.columns["hospital_type"]])
    rows = np.flatnonzero(fits[types.lookup("hospital_type", sites["hospital_type"])])
    if not len(rows):
        known = ", ".join(types.columns["hospital_type"])
        raise InvalidOption(
            "impossible_constraint",
            f"no hospital of {data.country} is so: type {excerpt(asked.type)}, beds {asked.beds_min} to {asked.beds_max}",
            hint=f"types are {known}",
            path="$.type" if asked.type else "$.beds_min",
        )
    places = np.arange(len(QUARTILES), dtype=np.float64)
    ends = [
        np.array([np.interp(value, row, places) for value, row in zip(limit, beds, strict=True)])
        for limit in (least, most)
    ]
    return Chosen(rows, ends[0], ends[1])
