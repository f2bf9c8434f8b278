"""Which allergies a patient has, by age; hay fever brings the allergies behind it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Data, Draw, Lists, Table
from datamimic.columns import Bools, Ints
from datamimic_pack_healthcare.clinical.bits import Bits, has, members, quarters, sets_of, sixteen, text_of
from datamimic_pack_healthcare.wording import all_named, english_of

BANDS = (0, 2, 18)


@frozen(eq=False)
class AllergyModel:
    """`thresholds` is uint16 of shape (allergies, 2 * bands): without and with allergic rhinitis; see `bits.sixteen`."""

    names: tuple[str, ...]
    thresholds: NDArray[np.uint16]

    def draw(self, draw: Draw, age: Ints, rhinitis: Bools) -> Bits:
        """One bit per allergy."""
        stratum = (
            np.searchsorted(np.array(BANDS), np.arange(131), side="right")[np.clip(age, 0, 130)]
            - 1
            + rhinitis * len(BANDS)
        )
        result = np.zeros(len(age), dtype=np.uint64)
        random = np.zeros((4, 0), dtype=np.uint16)
        for a in range(len(self.names)):
            if a % 4 == 0:
                random = quarters(draw.bits(f"allergies {a // 4}"))
            flags = random[a % 4] < self.thresholds[a].take(stratum)
            result[np.flatnonzero(flags)] |= np.uint64(1 << a)
        return result


@lru_cache(maxsize=16)
def allergy_model(table: Table) -> AllergyModel:
    """Read once per country from the table `allergies`."""
    plain = np.stack([table.floats(f"age_{age}") for age in BANDS], axis=1)
    given = table.floats("with_allergic_rhinitis")
    rhinitis = np.where(given[:, None] > 0, np.maximum(plain, given[:, None]), plain)
    return AllergyModel(table.columns["allergy"], sixteen(np.concatenate([plain, rhinitis], axis=1)))


# -- rules ----------------------------------------------------------------------------------------------------------


def allergy_bits(age: Ints, condition_bits: Ints, draw: Draw, data: Data) -> Ints:
    rhinitis = has(condition_bits, data["conditions"].position("condition", "Allergic Rhinitis"))
    return allergy_model(data["allergies"]).draw(draw, age, rhinitis).astype(np.int64)


def allergies(allergies_en: Lists, data: Data) -> Lists:
    return all_named("allergy", allergies_en, data)


def allergies_en(allergy_bits: Ints, data: Data) -> Lists:
    lengths, places = members(allergy_bits)
    return Lists(lengths, data["allergies"]["allergy"].take(places))


def placed_allergies(allergies: Lists, data: Data) -> Ints:
    """Row of the table `allergies` of every allergy, -1 for one that is not known."""
    return data["allergies"].lookup("allergy", english_of("allergy", text_of(allergies), data))


def allergies_are_distinct(allergies: Lists, data: Data) -> Bools:
    rows = placed_allergies(allergies, data)
    kinds = np.bincount(allergies.parents, minlength=len(allergies))
    held = sets_of(allergies, rows)
    counts, _ = members(held)
    return (counts == kinds) & allergies.all(rows >= 0)
