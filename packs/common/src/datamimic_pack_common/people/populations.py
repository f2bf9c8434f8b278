"""Which numbers of people an entity has.

People, patients, doctors, officers, insured and customers of one world hold numbers of the same kinds: `person_id`, those of
the social insurance, of the tax office. Where an entity is a role, its people have the numbers of `common.person`. Where it is
a population of its own, no number may stand for one person here and for another there: each has a part of every kind's numbers
for itself. So have the people in households of those whose profession is a role in other packs (`PROFESSIONALS`): they are few
and far apart among all people, and their numbers are counted among themselves.
"""

from __future__ import annotations

from hashlib import blake2b

PARTS = 64
PROFESSIONALS = "common.person of professions"
SHARES = {
    "common.person": (0, 30),
    PROFESSIONALS: (30, 10),
    "healthcare.patient": (40, 6),
    "ecommerce.customer": (46, 4),
    "insurance.insured": (50, 4),
    "healthcare.doctor": (54, 3),
    "public_sector.police_officer": (57, 3),
    "public_sector.pupil": (60, 1),
    "public_sector.teacher": (61, 1),
}
"""First of the 64 parts and how many; people of other entities have one of those from 62 on, chosen by the entity's name."""
OTHERS = 62


def part(entity: str, values: int) -> tuple[int, int]:
    """The first and the number of the values, of `values` that a kind of number has, that an entity's people have.

    part("common.person", 6_400)  ->  (0, 3_000)
    """
    known = SHARES.get(entity)
    first, parts = known or (OTHERS + blake2b(entity.encode()).digest()[0] % (PARTS - OTHERS), 1)
    start = values * first // PARTS
    return start, values * (first + parts) // PARTS - start
