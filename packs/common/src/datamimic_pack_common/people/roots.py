"""Where the families of a household come from: each has one root, and who marries into it may have another.

A root is a number within the household, as a family name is: people of one root share the background, when they came, and
whether they have been naturalised. Of couples some have a root each; flatmates and people of homes have their own.
"""

from __future__ import annotations

import numpy as np
from attrs import frozen

from datamimic import Data, Draw, ParentRef, Table, World
from datamimic.columns import Bools, Ints
from datamimic_pack_common.people import kinship

MIXED = 22
"""Of a hundred couples, those with a root each (estimate: about as many immigrants have a spouse of another background)."""
APART = ("flat_share", "care_home")
COUPLED = ("spouse", "partner")


@frozen(eq=False)
class Roots:
    """Per row of the table of members: the root of the name borne from birth, of that taken in marriage and of the second name,
    and the youngest age of the band in which the one is who leads the family of the root."""

    born: Ints
    taken: Ints
    second: Ints
    age: Ints
    taken_age: Ints
    second_age: Ints
    may_take: Bools
    """Whom a marriage gives a name of another root."""

    @classmethod
    def of(cls, data: Data) -> Roots:
        table, templates = data["household_members"], data["household_templates"]
        number = table.ints("template")
        kind = templates["household_type"].take(number)
        apart = kind.isin(APART)
        couples = np.zeros(len(templates), dtype=np.bool_)
        couples[number[table["role"].isin(COUPLED)]] = True
        # Templates stand in the order of their types: every so manyth of them is spread over all.
        mixed = (couples & (np.arange(len(templates)) * 37 % 100 < MIXED))[number]
        lines = [table.ints(column) for column in ("line", "married_line", "second_line")]
        roots = [np.where(apart, np.maximum(line, 0), np.where(mixed & (line // 2 == 1), 2, 0)) for line in lines]
        ages = cls._leading(table, number, roots[0])
        taken = (lines[1] >= 0) & (roots[1] != roots[0])
        born, married, second = roots
        return cls(born, married, second, ages[number, born], ages[number, married], ages[number, second], taken)

    @staticmethod
    def _leading(table: Table, number: Ints, root: Ints) -> Ints:
        """Per template and root the age of the head, else of the spouse or partner, else of the oldest."""
        age, role = table.ints("age_from"), table["role"]
        found = np.zeros((int(number.max()) + 1, kinship.LINES), dtype=np.int64)
        np.maximum.at(found, (number, root), age)
        for leads in (role.isin(COUPLED), role == "head"):
            found[number[leads], root[leads]] = age[leads]
        # A root that a name has and nobody was born with is as old as the household.
        whole = found.max(axis=1, keepdims=True)
        return np.where(found > 0, found, whole)


def of_members(world: World, data: Data) -> Roots:
    made: Roots = world.memo(("roots", data.country), lambda: Roots.of(data))
    return made


def root(member: Ints, household: ParentRef, rows: Ints, data: Data, world: World) -> Ints:
    """The number of the root of the name that somebody bears from birth; people of their own have one each."""
    if kinship.lives_apart(member):
        return rows
    return household.rows * kinship.LINES + of_members(world, data).born.take(member)


def of_root(draw: Draw, root: Ints) -> Draw:
    """Draws that are the same for all of a root."""
    return Draw(draw.address.labelled("root"), root)
