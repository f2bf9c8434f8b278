"""household_templates_<CC> and household_members_<CC>: the 4,096 households of a block, which add up to the country.

Households that could be (household_candidates.py) are chosen and exchanged, one for another, as long as that brings the block
nearer to what it must add up to (household_controls.py): combinatorial optimisation (Voas and Williamson 2000), which gives whole
households where iterative proportional updating gives weights. Controls: people by sex and age, the married and the unmarried
couples by sex and age, households by size and by type. `marital_status_alone_<CC>` is what is left for those who live in no couple:
the marital status by sex and age without the married, and, where the table has them, without those who live together.
"""

from __future__ import annotations

import csv
from collections import Counter
from random import Random

import numpy as np
from household_candidates import MAN, Household, Maker, Member
from household_controls import (
    BANDS,
    CUSTOMS,
    DATA,
    HOUSEHOLDS,
    MEANS,
    SIZES,
    TYPES,
    Shares,
    pyramid,
    sizes,
    types,
    unions,
)  # fmt: skip

from datamimic.tables.build import write_table

MINORS = 3
"""The band of those from 15 to 19."""
CANDIDATES = 60_000
AT_ONCE = 384
ROUNDS = 36_000
SOURCE = (
    "UN Household Size and Composition 2022, census and survey means, UN WPP 2019, marital_status; see household_controls.py; "
    "composition by rules (estimate)"
)


def features(made: Household) -> Shares:
    found = np.zeros(6 * BANDS + SIZES + len(TYPES))
    for each in made.members:
        cell = each.sex * BANDS + each.band
        found[cell] += 1
        if each.union:
            found[(2 if each.union == "married" else 4) * BANDS + cell] += 1
    if made.kind != "care_home":
        found[6 * BANDS + min(len(made.members), SIZES) - 1] += 1
    found[6 * BANDS + SIZES + TYPES.index(made.kind)] += 1
    return found


def targets(country: str) -> tuple[Shares, Shares]:
    """What the features of a block add up to, and how much each of them counts."""
    married, unmarried = unions(country)
    people = pyramid(country) * MEANS[country] * HOUSEHOLDS
    homes = types(country)["care_home"] * HOUSEHOLDS
    wanted = np.concatenate(
        [
            people.ravel(),
            (people * married).ravel(),
            (people * unmarried).ravel(),
            sizes(country) * (HOUSEHOLDS - homes),
            [types(country).get(kind, 0.0) * HOUSEHOLDS for kind in TYPES],
        ]
    )
    counts = 1 / (wanted + 3)
    counts[: 2 * BANDS] *= 3
    counts[4 * BANDS : 6 * BANDS] *= 0.4
    counts[6 * BANDS : 6 * BANDS + SIZES] *= 0.5
    counts[6 * BANDS + SIZES :] *= [0.5 if kind in types(country) else 0.0 for kind in TYPES]
    return wanted, counts


def fitted(country: str) -> list[Household]:
    married, unmarried = unions(country)
    maker = Maker(country, pyramid(country), married, unmarried, seed=4096)
    pool: list[Household] = []
    while len(pool) < CANDIDATES:
        made = maker.household()
        if made is not None:
            pool.append(made)
    matrix = np.array([features(each) for each in pool], dtype=np.float32)
    wanted, counts = targets(country)
    random = Random(1024)
    rng = np.random.default_rng(16)
    chosen = rng.integers(0, len(pool), HOUSEHOLDS)
    sums = matrix[chosen].sum(axis=0)
    for _ in range(ROUNDS):
        place = random.randrange(HOUSEHOLDS)
        others = rng.integers(0, len(pool), AT_ONCE)
        off = (sums - wanted - matrix[chosen[place]]).astype(np.float32)
        moved = matrix[others]
        moved = moved + off
        moved *= moved
        losses = moved @ counts.astype(np.float32)
        best = int(np.argmin(losses))
        before = sums - wanted
        if losses[best] < (before * before * counts).sum():
            sums = sums + matrix[others[best]] - matrix[chosen[place]]
            chosen[place] = others[best]
    off = sums - wanted
    print(
        country, "people", int(sums[: 2 * BANDS].sum()), "worst cell", round(float(np.abs(off[: 2 * BANDS]).max()), 1),
        "married", round(float(np.abs(off[2 * BANDS : 4 * BANDS]).max()), 1),
        "unmarried", round(float(np.abs(off[4 * BANDS : 6 * BANDS]).max()), 1),
        "sizes", np.round(sums[6 * BANDS : 6 * BANDS + SIZES] / HOUSEHOLDS * 100, 1).tolist(), np.round(sizes(country) * 100, 1).tolist(),
        "types", dict(zip(TYPES, np.round(sums[6 * BANDS + SIZES :] / HOUSEHOLDS * 100, 1).tolist(), strict=True)),
    )  # fmt: skip
    return [pool[index] for index in chosen.tolist()]


class Minors:
    """Members of 15 to 19 years are 15 to 17, or of age: three in five are minors, as far as brothers and sisters, couples and
    heads of households leave the choice."""

    def __init__(self) -> None:
        self.minors = self.adults = 0

    def part(self, member: Member, count: int) -> tuple[int, int, int]:
        """First age of the band, and the part of it in tenths of a year."""
        rooms = min(member.end, 30) - member.start, member.end - max(member.start, 30)
        if min(rooms) < 5:
            grown = rooms[1] > rooms[0]
        else:
            grown = self.adults * 3 < self.minors * 2
        if grown:
            self.adults += count
            return 18, max(0, member.start - 30), member.end - 30
        self.minors += count
        return 15, member.start, min(member.end, 30)


def write(country: str, households: list[Household]) -> None:
    counted = sorted(Counter(households).items(), key=lambda each: repr(each[0]))
    templates, members = [], []
    years = Minors()
    for number, (made, count) in enumerate(counted):
        templates.append((number, made.kind, len(made.members), count))
        for each in made.members:
            start, first, last = years.part(each, count) if each.band == MINORS else (each.band * 5, each.start, each.end)
            sex = "male" if each.sex == MAN else "female"
            family = (each.partner, each.mother, each.father, each.line, each.second_line, each.married_line)
            members.append((number, each.role, sex, start, first, last, each.union, *family))
    about = {
        "source": SOURCE, "licence": "facts; MIT (this project)", "date": "2026-11", "method": "data-build/households.py",
    }  # fmt: skip
    write_table(
        DATA, "household_templates", country, ["template", "household_type", "size", "weight"], templates, grade="E", **about,
    )  # fmt: skip
    columns = [
        "template", "role", "sex", "age_from", "part_from", "part_to", "couple", "partner", "mother", "father", "line",
        "second_line", "married_line",
    ]  # fmt: skip
    about["method"] += ": ages and sexes fitted to the pyramid, within a thousandth of it; who lives with whom by rules (estimate)"
    write_table(
        DATA, "household_members", country, columns, members, grade="C",
        url="https://www.un.org/development/desa/pd/data/household-size-and-composition", **about,
    )  # fmt: skip


def write_alone(country: str) -> None:
    with (DATA / f"marital_status_{country}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    kept = [
        (row["gender"], row["age_from"], row["marital_status"], row["weight"])
        for row in rows
        if row["marital_status"] not in ("married", "cohabiting")
    ]
    write_table(
        DATA, "marital_status_alone", country, ["gender", "age_from", "marital_status", "weight"], kept,
        source="marital_status, of those who live in no couple", licence="as marital_status", date="2026-11",
        method="data-build/households.py", grade="E",
    )  # fmt: skip


def main() -> None:
    for country in CUSTOMS:
        write_alone(country)
        write(country, fitted(country))


if __name__ == "__main__":
    main()
