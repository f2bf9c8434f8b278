"""Marital status, education and work: what fits somebody's age and sex, and each other. For what is earned see `earnings`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from datamimic import Data, Draw, Table, Text
from datamimic.columns import Ints, overlaid, where
from datamimic_pack_common.demographics.population import PersonOptions, is_narrowed

AT_WORK = frozenset({"employed", "self_employed"})
AT_HOME = 0.35
"""Of young wives who do not study, the share that keeps house."""


PROFESSIONS = {"physician": ("29-1215",), "police_officer": ("33-3051",), "teacher": ("25-2021", "25-2031")}
"""The occupations of those who have a role in other packs: nobody else has them."""
SELF_EMPLOYED_PHYSICIANS = 0.3


def education(sex: Text, age: Ints, profession: Text, draw: Draw, data: Data) -> Text:
    """The highest level completed so far; of those of a profession, one that gives it."""
    table: Table = data["education"]
    usual = table["education"].take(draw.pick(table.by("gender", "age_from"), sex, age))
    at = np.flatnonzero(~profession.is_null())
    degrees: Table = data["profession_education"]
    own = draw.take(at).pick(degrees.by("profession"), profession.take(at), label="profession")
    return overlaid(usual, at, degrees["education"].take(own))


STUDENTS_MARRIED = 0.1
"""Of those who would be married students, the share that is."""


def employment(
    sex: Text, age: Ints, education: Text, marital_status: Text, profession: Text, draw: Draw, data: Data
) -> Text:
    """What somebody mainly does. Few students are married."""
    table: Table = data["employment"]
    levels: Table = data["education_levels"]
    attainment = levels["attainment"].take(levels.lookup("education", education))
    found = table["employment"].take(draw.pick(table.by("gender", "attainment", "age_from"), sex, attainment, age))
    at = np.flatnonzero((found == "student") & (marital_status == "married"))
    if len(at):
        some = draw.take(at)
        settled = ~some.chance(STUDENTS_MARRIED, "married student")
        at_home = (sex == "female")[at] & some.chance(AT_HOME, "at home")
        found = overlaid(found, at[settled], where(at_home, "homemaker", "employed")[settled])
    at = np.flatnonzero(~profession.is_null())
    if len(at):
        independent = (profession == "physician")[at] & draw.take(at).chance(SELF_EMPLOYED_PHYSICIANS, "practice")
        found = overlaid(found, at, where(independent, "self_employed", "employed"))
    return found


def skill(education: Text, data: Data) -> Ints:
    """1 to 6, the level of work that a level of education qualifies for."""
    levels: Table = data["education_levels"]
    return levels.ints("skill")[levels.lookup("education", education)]


SECONDARY = 0.43
"""Of teachers, those of secondary schools: 1,050 of 2,450 thousand (BLS, May 2023)."""


def occupation_row(
    sex: Text,
    age: Ints,
    skill: Ints,
    profession: Text,
    draw: Draw,
    data: Data,
    options: PersonOptions,
    world: Any,
) -> Ints:
    """A row of the table `occupations`, for those at work as for those who are not."""
    table: Table = data["occupations"]
    columns, years = ("gender", "skill", "age_from"), np.maximum(age, 15)
    # Where people are drawn one by one nobody is of a profession but those who are asked for.
    if not is_narrowed(options):
        others = world.memo(("occupations of others", data.country), lambda: _without_professions(table))
        found = draw.pick(others.by(*columns), sex, skill, years)
    else:
        found = draw.pick(table.by(*columns), sex, skill, years)
    at = np.flatnonzero(~profession.is_null())
    if not len(at):
        return found
    holds, female = profession.take(at), (sex == "female")[at]
    second, own = draw.take(at).chance(SECONDARY, "secondary"), found[at]
    for (name, gender), (first, last) in _rows_of(table).items():
        has = (holds == name) & (female == (gender == "female"))
        own = np.where(has, np.where(second, last, first), own)
    found[at] = own
    return found


def _without_professions(table: Table) -> Table:
    """The table of occupations with nobody in those of professions; of a sex, skill and age that has no others, as it is."""
    of_professions = {code for own in PROFESSIONS.values() for code in own}
    keys = [*zip(*(table.columns[name] for name in ("gender", "skill", "age_from")), strict=True)]
    free = [code not in of_professions for code in table.columns["soc_code"]]
    weights = table.columns["weight"]
    kept = {key for key, other, weight in zip(keys, free, weights, strict=True) if other and float(weight) > 0}
    left = [weight if other or key not in kept else "0" for key, other, weight in zip(keys, free, weights, strict=True)]
    return Table(table.name, {**table.columns, "weight": left}, file=table.file, country=table.country)


@lru_cache(maxsize=16)
def _rows_of(table: Table) -> dict[tuple[str, str], tuple[int, int]]:
    """The first and last row of each profession and each sex."""
    keys = [*zip(table["soc_code"].tolist(), table["gender"].tolist(), strict=True)]
    return {
        (name, gender): (keys.index((own[0], gender)), keys.index((own[-1], gender)))
        for name, own in PROFESSIONS.items()
        for gender in ("female", "male")
    }


def occupation(occupation_row: Ints, employment: Text, data: Data) -> Text:
    names: Text = data["occupations"]["occupation"].take(occupation_row)
    return names.where(employment.isin(AT_WORK))
