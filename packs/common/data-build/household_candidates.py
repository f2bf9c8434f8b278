"""Households that could be: couples, families, single parents, three generations, flat shares, homes, made by rules.

Ages are bands of five years. A mother is 4 to 8 bands older than her child (16 to 44 years), a father 4 to 10; brothers and
sisters of one or of neighbouring bands have parts of the band that leave at least eight tenths of a year between them.
"""

from __future__ import annotations

from random import Random

import attrs
from attrs import frozen
from household_controls import BANDS, CUSTOMS, Shares

WOMAN, MAN = 0, 1
GAP = 8
"""Tenths of a year between brothers and sisters."""
BAND = 50
HUSBAND_OLDER = {-2: 0.02, -1: 0.09, 0: 0.42, 1: 0.32, 2: 0.11, 3: 0.04}
YOUNGEST_MARRIED = {"VN": (180, 200), "IN": (180, 210)}
"""Tenths of years, women and men; 180 elsewhere."""


@frozen
class Member:
    """`start` and `end` are the part of the band, in tenths of a year; `partner`, `mother`, `father` are places in the household,
    -1 for none; `line` and the others say whose family name somebody was given at birth or may take in marriage."""

    role: str
    sex: int
    band: int
    union: str = ""
    start: int = 0
    end: int = BAND
    partner: int = -1
    mother: int = -1
    father: int = -1
    line: int = 0
    second_line: int = 1
    married_line: int = -1


@frozen
class Household:
    """What people of a household have in common is its type; members begin with the head."""

    kind: str
    members: tuple[Member, ...]


def pick(random: Random, weights: dict[int, float] | tuple[float, ...] | list[float]) -> int:
    values = list(weights.items()) if isinstance(weights, dict) else list(enumerate(weights))
    return random.choices([value for value, _ in values], [weight for _, weight in values])[0]


class Maker:
    """Households of one country."""

    def __init__(self, country: str, pyramid: Shares, married: Shares, unmarried: Shares, seed: int) -> None:
        self.country, self.customs = country, CUSTOMS[country]
        self.married, self.unmarried, self.pyramid = married, unmarried, pyramid
        self.random = Random(seed)
        alone = pyramid * (1 - married - unmarried)
        self.single_bands = [[0.0 if band < 3 else float(alone[sex, band]) for band in range(BANDS)] for sex in (0, 1)]
        self.single_sexes = [sum(bands) for bands in self.single_bands]
        self.women = [0.0 if band < 3 else float(pyramid[WOMAN, band]) for band in range(BANDS)]

    def household(self) -> Household | None:
        kind = pick(self.random, {0: 0.27, 1: 0.62, 2: 0.05, 3: 0.04, 4: 0.02})
        if kind == 0:
            sex = pick(self.random, self.single_sexes)
            return Household("alone", (self.adult("head", sex, pick(self.random, self.single_bands[sex])),))
        return (self.family, self.flat_share, self.relatives, self.home)[kind - 1]()

    def adult(self, role: str, sex: int, band: int, **others: object) -> Member:
        return Member(role, sex, band, start=30 if band == 3 else 0, **others)  # type: ignore[arg-type]

    def flat_share(self) -> Household:
        count = pick(self.random, {2: 0.6, 3: 0.28, 4: 0.12})
        made = []
        for place in range(count):
            sex, band = self.random.randrange(2), pick(self.random, {3: 0.12, 4: 0.45, 5: 0.25, 6: 0.1, 7: 0.05, 9: 0.03})
            made.append(self.adult("flatmate" if place else "head", sex, band, line=2 * place, second_line=2 * place + 1))
        return Household("flat_share", tuple(made))

    def relatives(self) -> Household:
        sex, band = self.random.randrange(2), self.random.randrange(4, 18)
        other = min(BANDS - 1, max(4, band + self.random.choice((-2, -1, 1, 2))))
        first = self.adult("head", sex, band)
        return Household("relatives", (first, self.adult("relative", self.random.randrange(2), other)))

    def home(self) -> Household:
        bands = {14: 0.08, 15: 0.12, 16: 0.2, 17: 0.27, 18: 0.23, 19: 0.1}
        return Household(
            "care_home",
            tuple(
                Member("resident", pick(self.random, {0: 0.72, 1: 0.28}), pick(self.random, bands), line=2 * n, second_line=2 * n + 1)
                for n in range(6)
            ),
        )

    def family(self) -> Household | None:
        random = self.random
        band = pick(random, self.women)
        union = random.choices(
            ("married", "cohabiting", ""),
            (
                self.married[WOMAN, band],
                self.unmarried[WOMAN, band],
                max(0.02, 1 - self.married[WOMAN, band] - self.unmarried[WOMAN, band]) * 0.6,
            ),
        )[0]
        if union and random.random() < self.customs.same_sex and band > 3:
            return self.couple_of_one_sex(union, band)
        other = band + pick(random, HUSBAND_OLDER)
        if union and not 3 <= other < BANDS:
            return None
        woman = self.spouse(WOMAN, band, union)
        man = self.spouse(MAN, other, union) if union else None
        if woman is None or (union and man is None):
            return None
        alone_with = MAN if not union and random.random() < 0.16 else WOMAN
        children = self.children(band, band if man is None else man.band)
        members = self.parents_of_the_house(woman, man, alone_with)
        if not union and not children:
            return None
        close = any(child.band == each.band - 4 for each in members for child in children)
        if close:  # Nobody has a child before the sixteenth birthday.
            members = [attrs.evolve(each, start=max(each.start, 10)) for each in members]
        members += self.with_lines(children, members, bool(union), alone_with)
        if (band > 3 and band < 14) and random.random() < (0.45 if self.customs.three_generations > 0.1 else 0.12):
            return self.with_grandparents(members, bool(union))
        return Household("couple_with_children" if union and children else "couple" if union else "single_parent", tuple(members))

    def spouse(self, sex: int, band: int, union: str) -> Member | None:
        least = YOUNGEST_MARRIED.get(self.country, (180, 180))[sex] if union == "married" else 180
        start = max(0, least - band * BAND)
        return Member("head", sex, band, union, start) if start < BAND - 5 else None

    def parents_of_the_house(self, woman: Member, man: Member | None, alone_with: int) -> list[Member]:
        if man is None:
            return [attrs.evolve(woman, sex=alone_with, line=2 if alone_with == WOMAN else 0, second_line=3 if alone_with == WOMAN else 1)]
        role = "spouse" if woman.union == "married" else "partner"
        wife = attrs.evolve(woman, line=2, second_line=3, married_line=0 if woman.union == "married" else -1)
        first_is_man = self.country in ("VN", "IN", "JP") or self.random.random() < 0.55
        pair = [man, wife] if first_is_man else [wife, man]
        return [attrs.evolve(pair[0], partner=1), attrs.evolve(pair[1], role=role, partner=0)]

    def couple_of_one_sex(self, union: str, band: int) -> Household | None:
        sex, other = self.random.randrange(2), band + self.random.choice((-1, 0, 0, 1))
        one, two = self.spouse(sex, band, union), self.spouse(sex, other, union) if 4 <= other < BANDS else None
        if one is None or two is None:
            return None
        role = "spouse" if union == "married" else "partner"
        return Household(
            "couple", (attrs.evolve(one, partner=1), attrs.evolve(two, role=role, partner=0, line=2, second_line=3))
        )

    def children(self, mother: int, father: int) -> list[Member]:
        """Those who live with them, oldest first."""
        random = self.random
        if mother == BANDS - 1:  # a band without end
            return []
        gap, found = 4 + pick(random, self.customs.child_gap), []
        for _ in range(pick(random, self.customs.children)):
            child = mother - gap
            stays = (1, 1, 1, 0.94, *self.customs.stays)[min(child, 8)] if child >= 0 else 0
            if child > 12:
                stays *= 0.4
            if gap <= 8 and child >= 0 and 4 <= father - child <= 10 and random.random() < stays:
                found.append(child)
            gap += pick(random, {0: 0.5, 1: 0.42, 2: 0.08})
        return apart([Member("child", random.randrange(2), band) for band in sorted(found, reverse=True)])

    def with_lines(self, children: list[Member], parents: list[Member], both: bool, alone_with: int) -> list[Member]:
        mother = next((place for place, each in enumerate(parents) if each.sex == WOMAN), -1)
        father = next((place for place, each in enumerate(parents) if each.sex == MAN), -1)
        if both:
            line, second = (2, 0) if self.country == "BR" else (0, 2)
        elif alone_with == MAN:
            line, second = (5, 0) if self.country == "BR" else (0, 5)
        elif self.random.random() < 0.6:
            line, second = (2, 4) if self.country == "BR" else (4, 2)
            parents[0] = attrs.evolve(parents[0], married_line=4)
        else:
            line, second = 2, 3
        return [attrs.evolve(each, mother=mother, father=father, line=line, second_line=second) for each in children]

    def with_grandparents(self, members: list[Member], both: bool) -> Household | None:
        """One or both parents of the man, or of the woman, live with them."""
        random = self.random
        of_man = random.random() < 0.7
        found = next((place for place, each in enumerate(members[:2]) if each.sex == (MAN if of_man else WOMAN)), 0)
        child = members[found]
        line, second = (0, 1) if child.sex == MAN else (2, 3)
        if self.country == "BR":
            line, second = second, line
        old = child.band + 4 + pick(random, (0.3, 0.45, 0.2, 0.05))
        if old >= BANDS - 1:
            return None
        kind = pick(random, {0: 0.55, 1: 0.15, 2: 0.30})
        at = len(members)
        grandmother = self.adult("parent", WOMAN, old, line=second, second_line=9, married_line=line)
        grandfather = self.adult("parent", MAN, old, line=line, second_line=8)
        if kind == 2:
            husband = old + pick(random, {0: 0.5, 1: 0.4, 2: 0.1})
            if husband >= BANDS:
                return None
            added = [
                attrs.evolve(grandmother, union="married", partner=at + 1),
                attrs.evolve(grandfather, band=husband, union="married", partner=at),
            ]
        else:
            added = [grandmother if kind == 0 else grandfather]
        if old == child.band + 4:
            added = [attrs.evolve(each, start=max(each.start, 10)) for each in added]
        mother = at if kind in (0, 2) else -1
        father = at + 1 if kind == 2 else at if kind == 1 else -1
        members[found] = attrs.evolve(child, mother=mother, father=father)
        young = any(each.role == "child" for each in members)
        kind_of = "three_generations" if young else "relatives" if both else "single_parent"
        return Household(kind_of, (*members, *added))


def apart(children: list[Member]) -> list[Member]:
    """Children of one mother with the parts of their bands in which they were born."""
    made = []
    for band in dict.fromkeys(each.band for each in children):
        own = [each for each in children if each.band == band]
        # The parts of a band that lie next to brothers and sisters of the next bands stay empty.
        low = GAP // 2 if any(each.band == band - 1 for each in children) else 0
        high = BAND - GAP // 2 if any(each.band == band + 1 for each in children) else BAND
        width = (high - low - GAP * (len(own) - 1)) // len(own)
        if width < 3:
            return []
        for place, each in enumerate(reversed(own)):
            start = low + place * (width + GAP)
            made.append(attrs.evolve(each, start=start, end=start + width))
    return sorted(made, key=lambda each: (-each.band, -each.start))
