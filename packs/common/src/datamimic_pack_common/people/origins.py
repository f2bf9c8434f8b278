"""Where somebody lives and where he or she was born: rows of the table of places."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Table, Text
from datamimic.columns import Ints, overlaid
from datamimic_pack_common.demographics.population import PersonOptions, size_factors
from datamimic_pack_common.people import roots
from datamimic_pack_common.people.backgrounds import ABROAD, rows_of_kinds

BORN_WHERE_THEY_LIVE = 0.55
"""Share of people who live in the city they were born in (estimate)."""


def place(draw: Draw, data: Data) -> Ints:
    return draw.pick(data["places"])


def home(draw: Draw, data: Data, options: PersonOptions, world: Any) -> Ints:
    """A place in cities of the sizes that are asked for."""
    places: Table = data["places"]
    if options.city_sizes is None:
        return draw.pick(places)
    sizes = options.city_sizes
    return draw.pick(world.memo(("places", world.locale.country, sizes), lambda: sized(places, sizes)))


def sized(places: Table, sizes: str) -> Table:
    """The places with their weights multiplied by the factor of the city's size."""
    factors = size_factors(sizes)
    band = np.searchsorted([start for start, _ in factors], places.ints("population"), side="right") - 1
    weights = places.floats("weight") * np.array([factor for _, factor in factors])[band]
    columns = {**places.columns, "weight": [repr(weight) for weight in weights.tolist()]}
    return Table(places.name, columns, file=places.file, country=places.country)


def birth_place(place: Ints, descent: Ints, root: Ints, draw: Draw, data: Data) -> Ints:
    """A row of the table of places; below 0, of those born abroad, a row of the table of birth cities: -1 is row 0.

    A family comes from one town.
    """
    elsewhere = draw.pick(data["places"], label="elsewhere")
    found = np.where(draw.chance(BORN_WHERE_THEY_LIVE, "stayed"), place, elsewhere)
    at = np.flatnonzero(descent & ABROAD)
    if len(at):
        country = data["origin_kinds"]["country_code"].take(rows_of_kinds(descent[at]))
        towns = roots.of_root(draw, root[at]).pick(data["birth_cities"].by("country_code"), country, label="abroad")
        found[at] = -1 - towns
    return found


def place_of_birth(birth_place: Ints, data: Data) -> Text:
    cities = data["places"]["city"].take(np.maximum(birth_place, 0))
    at = np.flatnonzero(birth_place < 0)
    return overlaid(cities, at, data["birth_cities"]["city"].take(-1 - birth_place[at]))
