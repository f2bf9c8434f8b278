"""PoliceDepartment: an agency or station whose size, name, type and head fit its state."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from random import Random
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Draw,
    Locale,
    Service,
    Struct,
    Table,
    Text,
    check,
    children,
    count_of,
    embed,
    entity,
    field,
    from_row,
    record,
    serial,
    via,
)
from datamimic.columns import Bools, Floats, Ints, digits, join, where
from datamimic_pack_common import Address
from datamimic_pack_public_sector import naming
from datamimic_pack_public_sector.towns import EVERYWHERE, state_key, towns_of

LARGE = 250
"""From this number of officers on a department outside the US leads a whole region, from its largest town."""
LEAST_RANK = {"FR": 0.75}
"""Where small towns have no police of the state, the share of towns without."""
SUFFIX = {"US": "gov.example", "DE": "example", "VN": "gov.vn.example", "GB": "police.example", "FR": "gouv.fr.example"}
STATEWIDE = frozenset({"state", "province", "Land"})
COUNTYWIDE = frozenset({"county"})


@record
class DepartmentStems:
    """The texts that names of departments are put together from."""

    city: str
    of_city: str
    state: str
    province: str
    district: str
    number: str
    commune: str


@lru_cache(maxsize=16)
def _ranks(table: Table) -> tuple[Ints, Floats]:
    """The numbers of officers in ascending order, and the share of departments with fewer (one more entry: 1)."""
    counts = table.ints("count")
    order = np.argsort(counts, kind="stable")
    return counts[order], np.concatenate(
        ([0.0], np.cumsum(table.floats("weight")[order]) / table.floats("weight").sum())
    )


def place(officer_count: Ints, draw: Draw, data: Data) -> Ints:
    """The larger the department, the larger its town.

    American towns have one department each, ranked by size; elsewhere every second station stands where people live, and
    the large departments in the largest town of a state.
    """
    places: Table = data["common.places"]
    towns = towns_of(places)
    everywhere = Text.constant(EVERYWHERE, len(draw))
    counts, shares = _ranks(data["police_officer_counts"])
    at = np.searchsorted(counts, officer_count)
    rank = shares[at] + (shares[at + 1] - shares[at]) * draw.uniform("rank")
    rank = LEAST_RANK.get(data.country, 0.0) + (1 - LEAST_RANK.get(data.country, 0.0)) * rank
    ranked = towns.place(towns.by_rank(everywhere, rank), draw.uniform("postal code"))
    if data.country == "US":
        return ranked
    states: Table = data["common.states"]
    state = states["state_code"].take(draw.pick(states, label="state"))
    capital = towns.place(towns.by_rank(state, np.ones(len(draw))), draw.uniform("capital"))
    populous = draw.pick(places, label="populous")
    usual = np.where(draw.chance(0.5, "populous or ranked"), populous, ranked)
    return np.where(officer_count >= LARGE, capital, usual)


def type_row(officer_count: Ints, place: Ints, draw: Draw, data: Data, clock: Clock) -> Ints:
    """What a department of the size is in the state at the clock's date."""
    table: Table = data["police_department_types"]
    states = state_key(table, data["common.places"]["state_code"].take(place))
    day = np.full(len(draw), int(str(clock.date).replace("-", "")), dtype=np.int64)
    return draw.pick(table.by("state_code", "valid_from", "size_from"), states, day, officer_count)


def stems(state: Text, place: Ints, draw: Draw, data: Data, clock: Clock) -> Struct:
    places: Table = data["common.places"]
    city = places["city"].take(place)
    texts = {"city": city, "of_city": city.map(naming.of_city), "state": state, "province": state.map(naming.province)}
    district = places["district"].take(place).map(naming.county)
    texts["district"] = where(district == "", city, district)
    texts["number"] = naming.number(draw.integers(0, 59, "number"))
    texts["commune"] = naming.commune(city, state, places, place, draw, data, clock)
    return Struct(texts)


def name(type_row: Ints, stems: Struct, data: Data) -> Text:
    return naming.composed(data["police_department_types"], type_row, "", stems.columns)


def jurisdiction(level: Text, stems: Struct) -> Text:
    """The area that the department polices, with its state."""
    area = where(level.isin(COUNTYWIDE), stems.district, stems.city)
    return where(level.isin(STATEWIDE), stems.state, join(area, ", ", stems.state))


def ori(place: Ints, draw: Draw, data: Data, locale: Locale) -> Text:
    """Originating agency identifier of nine characters, with county numbers from 900 on, which no state uses."""
    if locale.country != "US":
        return Text.constant(None, len(place))
    state = data["common.places"]["state_code"].take(place).map(_state_of_code)
    return join(state, digits(900_000 + draw.integers(0, 99_999), 6), "0")


def _state_of_code(value: str) -> str:
    return value.partition("-")[2]


def host(level: Text, stems: Struct, place: Ints, data: Data) -> Text:
    """A domain in a reserved name, from the kind of police, town and state."""
    country = data.country
    label = data["common.places"]["state_code"].take(place).map(_state_of_code).lower()
    kind = where(level.isin(COUNTYWIDE), "sheriff", POLICE.get(country, "police"))
    return join(kind, ".", naming.labels(stems.city, country), "-", label, f".{SUFFIX[country]}")


POLICE = {"DE": "polizei", "VN": "congan"}


def email(host: Text) -> Text:
    return join("info@", host)


def website(host: Text) -> Text:
    return join("https://www.", host)


def badge_base(draw: Draw) -> Ints:
    return draw.integers(0, 999_999)


@entity(
    "police_department",
    tables=(
        "police_officer_counts", "police_department_types", "namesakes", "common.places", "common.states",
    ),
)  # fmt: skip
class PoliceDepartment:
    """A police agency or station; its officers, one of them its head, are the rows of `police_officer`."""

    department_id: str = field(serial("PD-########"), key=True, doc="number of the department in this world")
    officers: list["PoliceOfficer"] = field(  # type: ignore[name-defined]  # noqa: F821, UP037
        children("public_sector.police_officer"), doc="those who serve in it, the head first"
    )
    officer_count: int = field(count_of("officers"), doc="sworn officers")
    place: int = field(place, hidden=True, doc="position in common.places")
    state: str = field(naming.state, hidden=True, doc="the state of the place")
    type_row: int = field(type_row, hidden=True, doc="row of police_department_types")
    ladder: str = field(
        from_row("police_department_types", "family", row="type_row"),
        hidden=True,
        doc="ladder of ranks that its officers climb",
    )
    head_rank_code: str = field(
        from_row("police_department_types", "head_rank_code", row="type_row"), hidden=True, doc="rank of its head"
    )
    stems: DepartmentStems = field(stems, hidden=True, doc="texts that names are made from")
    host: str = field(host, hidden=True, doc="domain of the department, in a reserved name")
    badge_base: int = field(badge_base, hidden=True, doc="where its badge numbers start")
    name: str = field(name, doc="name of the department")
    type: str = field(
        from_row("police_department_types", "department_type", row="type_row"),
        doc="what kind of agency or station it is, as the country calls it",
    )
    level: str = field(
        from_row("police_department_types", "level", row="type_row"),
        doc="level of government, in the country's own words",
    )
    jurisdiction: str = field(jurisdiction, doc="the area that it polices")
    head_position: str = field(
        from_row("police_department_types", "head_position", row="type_row"), doc="position of its head"
    )
    head_position_female: str = field(
        from_row("police_department_types", "head_position_female", row="type_row"),
        hidden=True,
        doc="the position of its head, where a woman has another title",
    )
    ori: str | None = field(ori, doc="US originating agency identifier, in a range that is not in use")
    address: Address = field(embed(Address, only=naming.ADDRESS, place="place", organization="name"), doc="where it is")
    phone: str = field(via("address.phone"), doc="telephone number, not for emergencies")
    email: str = field(email, doc="e-mail address, in a reserved domain")
    website: str = field(website, doc="website, in a reserved domain")


@check(PoliceDepartment, "every department has an officer")
def has_officers(officer_count: Ints) -> Bools:
    return officer_count >= 1


@check(PoliceDepartment, "type and level are those of the state for departments of the size")
def type_fits_state(type: Text, level: Text, officer_count: Ints, address: Any, data: Data) -> Bools:
    table: Table = data["police_department_types"]
    columns = (table.columns[name] for name in ("state_code", "department_type", "level"))
    least: dict[tuple[str, str, str], int] = {}
    for state, kind, stage, size in zip(*columns, table.ints("size_from").tolist(), strict=True):
        least[state, kind, stage] = min(size, least.get((state, kind, stage), size))
    states = state_key(table, address.state_code).tolist()
    rows = zip(states, type.tolist(), level.tolist(), officer_count.tolist(), strict=True)
    return np.array([size >= least.get((a or "", b or "", c or ""), 1 << 62) for a, b, c, size in rows], dtype=np.bool_)


class PoliceDepartmentService(Service[PoliceDepartment]):
    """Police departments of all sizes, as frequent as there are."""

    entity = PoliceDepartment

    def __init__(
        self,
        dataset: str | None = None,
        rng: Random | None = None,
        reference_now: datetime | str | None = None,
        *,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now)
