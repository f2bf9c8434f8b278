"""Which numbers of people an entity has.

People, patients, doctors, officers, insured and customers of one world hold numbers of the same kinds: `person_id`, those of
the social insurance, of the tax office. Until two of these entities name the same people, no number may stand for one person
here and for another there: each has a part of every kind's numbers for itself.
"""

from __future__ import annotations

from hashlib import blake2b

PARTS = 64
SHARES = {
    "common.person": (0, 24),
    "healthcare.patient": (24, 16),
    "ecommerce.customer": (40, 6),
    "insurance.insured": (46, 6),
    "healthcare.doctor": (52, 3),
    "public_sector.police_officer": (55, 3),
}
"""First of the 64 parts and how many; people of other entities have one of those from 58 on, chosen by the entity's name."""
OTHERS = 58


def part(entity: str, values: int) -> tuple[int, int]:
    """The first and the number of the values, of `values` that a kind of number has, that an entity's people have.

    part("common.person", 6_400)  ->  (0, 2_400)
    """
    known = SHARES.get(entity)
    first, parts = known or (OTHERS + blake2b(entity.encode()).digest()[0] % (PARTS - OTHERS), 1)
    start = values * first // PARTS
    return start, values * (first + parts) // PARTS - start
