"""The head of a department: somebody who is made for the post, by the authority's number."""

from __future__ import annotations

import numpy as np

from datamimic import Clock, Data, Draw, Quantiles, Table, Text, World, spec_of
from datamimic.columns import Dates, Ints, where, years_between
from datamimic_pack_common import Person
from datamimic_pack_common.people.ages import SEXES
from datamimic_pack_common.people.kinship import nobodys_household
from datamimic_pack_common.people.naming import usual_name
from datamimic_pack_public_sector.identity import at

WOMEN_AMONG_HEADS = 0.25
"""Of the share of women among officers, that among heads (estimate: 3 of a hundred American chiefs are women)."""


def head_birthdate(identity: Ints, draw: Draw, data: Data, clock: Clock) -> Dates:
    table: Table = data["police_ages"]
    own = table["role"] == "head"
    ages = Quantiles.build(table.floats("quantile")[own].tolist(), table.floats("age")[own].tolist())
    days = (ages.at(at(draw, identity).uniform()) * 365.2425).astype(np.int64)
    return clock.date - days.astype("timedelta64[D]")


def head_age(head_birthdate: Dates, clock: Clock) -> Ints:
    return years_between(head_birthdate, clock.date)


def head_sex(identity: Ints, draw: Draw, data: Data) -> Text:
    careers: Table = data["police_careers"]
    women = at(draw, identity).chance(float(careers.floats("female_share")[0]) * WOMEN_AMONG_HEADS)
    return Text.coded(np.where(women, 0, 1), SEXES)


def head(identity: Ints, head_birthdate: Dates, head_age: Ints, head_sex: Text, world: World, data: Data) -> Text:
    given = {
        "birthdate": head_birthdate, "age": head_age, "sex": head_sex, **nobodys_household(world, len(identity)),
    }  # fmt: skip
    person = world.batch(spec_of(Person), identity, path="public_sector.police_department.head", given=given)
    return person.column(usual_name(data))


def head_position(type_row: Ints, head_sex: Text, data: Data) -> Text:
    """The position, in the form for the sex where the language has one."""
    table: Table = data["police_department_types"]
    women, men = table["head_position_female"].take(type_row), table["head_position"].take(type_row)
    return where(head_sex == "female", women, men)
