"""PoliceDepartment: an agency or station whose size, name, type and head fit its state."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from datamimic import (
    Data,
    Entity,
    Service,
    Table,
    Text,
    check,
    entity,
    field,
    from_row,
    serial,
    via,
)
from datamimic.columns import Bools, Ints
from datamimic_pack_common import Address
from datamimic_pack_public_sector import naming
from datamimic_pack_public_sector.identity import embed_at
from datamimic_pack_public_sector.police import authorities, departments, heads
from datamimic_pack_public_sector.towns import state_key


@entity(
    "police_department",
    tables=(
        "police_strengths", "police_department_types", "police_ages", "police_careers", "common.places", "host_names",
        *naming.TABLES_OF_PEOPLE,
    ),
)  # fmt: skip
class PoliceDepartment(Entity):
    """A police agency or station and its head; those of its officers who live among the world's people are rows of
    `police_officer`."""

    # what the rest follows from
    department_id: str = field(
        serial("PD-{country}-########", grows=True), key=True, doc="number of the department in this world"
    )
    officer_count: int = field(
        authorities.strength, stream="strength", doc="sworn officers; those of the world live among its people"
    )
    identity: int = field(
        authorities.identity, internal=True, doc="number of the authority itself: rows with the same one agree"
    )
    place: int = field(authorities.place, internal=True, doc="position in common.places")
    unit: str | None = field(lambda rows: Text.constant(None, len(rows)), internal=True, doc="a house of its own")
    state: str = field(naming.state, hidden=True, doc="the state of the place")
    type_row: int = field(authorities.type_row, internal=True, doc="row of police_department_types")
    ladder: str = field(
        from_row("police_department_types", "family", row="type_row"),
        internal=True,
        doc="ladder of ranks that its officers climb",
    )
    head_rank_code: str = field(
        from_row("police_department_types", "head_rank_code", row="type_row"), internal=True, doc="rank of its head"
    )
    stems: departments.DepartmentStems = field(departments.stems, internal=True, doc="texts that names are made from")
    host: str = field(departments.host, hidden=True, doc="domain of the department, in a reserved name")
    badge_base: int = field(departments.badge_base, internal=True, doc="where its badge numbers start")

    # what it is
    name: str = field(departments.name, doc="name of the department")
    type: str = field(
        from_row("police_department_types", "department_type", row="type_row"),
        doc="what kind of agency or station it is, as the country calls it",
    )
    level: str = field(
        from_row("police_department_types", "level", row="type_row"),
        doc="level of government, in the country's own words",
    )
    jurisdiction: str = field(departments.jurisdiction, doc="the area that it polices")

    # head and register
    head_birthdate: date = field(heads.head_birthdate, hidden=True, doc="date of birth of its head")
    head_age: int = field(heads.head_age, hidden=True, unit="a", doc="age of its head")
    head_sex: str = field(heads.head_sex, hidden=True, doc="sex of its head")
    head: str = field(heads.head, doc="name of its head")
    head_position: str = field(heads.head_position, doc="position of its head, in the form for the sex")
    ori: str | None = field(departments.ori, doc="US originating agency identifier, in a range that is not in use")

    # contact
    address: Address = field(
        embed_at(Address, "identity", only=naming.ADDRESS, place="place", organization="name", unit="unit"),
        doc="where it is",
    )
    phone: str = field(via("address.phone"), doc="telephone number, not for emergencies")
    email: str = field(departments.email, doc="e-mail address, in a reserved domain")
    website: str = field(departments.website, doc="website, in a reserved domain")


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
