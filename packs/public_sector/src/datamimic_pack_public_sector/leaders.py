"""Who leads an office: titles in the form for the sex of those who hold them, and their names."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from attrs import evolve

from datamimic import Clock, Data, Draw, Maps, Table, Text, World, spec_of
from datamimic.columns import Dates, Ints, Vocabulary, concat, years_between
from datamimic_pack_common import Person
from datamimic_pack_common.people.kinship import nobodys_household
from datamimic_pack_common.people.naming import usual_name
from datamimic_pack_public_sector.identity import at
from datamimic_pack_public_sector.offers import Sets, sets_of

MOST = 3
"""As many leaders as an office can name."""


def leader_birthdate(identity: Ints, draw: Draw, clock: Clock) -> Dates:
    """One day for the leaders of an office, 34 to 64 years ago: their names are those of that generation."""
    days = at(draw, identity).integers(34 * 366, 64 * 365)
    return clock.date - days.astype("timedelta64[D]")


def leader_age(leader_birthdate: Dates, clock: Clock) -> Ints:
    return years_between(leader_birthdate, clock.date)


def leadership(
    office_key: Text,
    identity: Ints,
    leader_birthdate: Dates,
    leader_age: Ints,
    data: Data,
    world: World,
) -> Maps:
    """Titles and names; the leaders of an office are people made for it alone."""
    sets = _titles(data["office_leadership"])
    items = sets.items[sets.of(office_key)]
    present = items >= 0
    given = {"birthdate": leader_birthdate, "age": leader_age, **nobodys_household(world, len(identity))}
    path = "public_sector.administration_office.leader_"
    people = [
        world.batch(spec_of(Person), identity, path=f"{path}{number}", given=given)
        for number in range(1, items.shape[1] + 1)
    ]
    female = np.stack([person.column("sex") == "female" for person in people], axis=1)
    # All names of the first leaders, then of the second ones …: the number of a name is leader * rows + row.
    called = usual_name(data)
    names: Text = concat([Text.plain(person.column(called).arrow()) for person in people])
    numbers = np.arange(len(people)) * len(items) + np.arange(len(items))[:, None]
    titles = Text.coded((2 * items + female)[present], sets.vocabulary)
    return Maps(present.sum(axis=1), titles, names.take(numbers[present]))


@lru_cache(maxsize=16)
def _titles(table: Table) -> Sets:
    """Sets of rows; value `2 * row` of the vocabulary is the title of a man, the next that of a woman."""
    columns = {
        "office_key": table.columns["office_key"],
        "item": [str(row) for row in range(len(table))],
        "share": ["1"] * len(table),
    }
    sets = sets_of(Table("titles", columns), "office_key", "item", "share")
    if sets.items.shape[1] > MOST:
        raise ValueError(f"{table.file}: no office names more than {MOST} leaders")
    both = zip(table.columns["title"], table.columns["title_female"], strict=True)
    return evolve(sets, vocabulary=Vocabulary([title for pair in both for title in pair]))
