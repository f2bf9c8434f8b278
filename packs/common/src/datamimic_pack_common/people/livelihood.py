"""Marital status, education and work: what fits somebody's age and sex, and each other. For what is earned see `earnings`."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from datamimic import Data, Draw, Table, Text
from datamimic.columns import Bools, Ints, where
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
    have = ~profession.is_null()
    if not have.any():
        return usual
    degrees: Table = data["profession_education"]
    # Those without a profession are read as one of the table, and not looked at.
    own = degrees["education"].take(
        draw.pick(degrees.by("profession"), profession.fill(degrees.columns["profession"][0]), label="profession")
    )
    return where(have, own, usual)


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
    settled = (found == "student") & (marital_status == "married") & ~draw.chance(STUDENTS_MARRIED, "married student")
    at_home = (sex == "female") & draw.chance(AT_HOME, "at home")
    found = where(settled, where(at_home, "homemaker", "employed"), found)
    independent = (profession == "physician") & draw.chance(SELF_EMPLOYED_PHYSICIANS, "practice")
    return where(~profession.is_null(), where(independent, "self_employed", "employed"), found)


def skill(education: Text, data: Data) -> Ints:
    """1 to 6, the level of work that a level of education qualifies for."""
    levels: Table = data["education_levels"]
    return levels.ints("skill")[levels.lookup("education", education)]


SECONDARY = 0.43
"""Of teachers, those of secondary schools: 1,050 of 2,450 thousand (BLS, May 2023)."""
AGAIN = 4
"""How often an occupation of the professions is drawn anew for those who have none."""


def occupation_row(
    sex: Text, age: Ints, skill: Ints, profession: Text, draw: Draw, data: Data, options: PersonOptions
) -> Ints:
    """A row of the table `occupations`, for those at work as for those who are not."""
    table: Table = data["occupations"]
    choices, years = table.by("gender", "skill", "age_from"), np.maximum(age, 15)
    found = draw.pick(choices, sex, skill, years).copy()
    kept, rows_of = _of_professions(table)
    # Where people are drawn one by one nobody is of a profession but those who are asked for.
    for turn in range(1, 1 if is_narrowed(options) else AGAIN + 1):
        at = np.flatnonzero(kept[found])
        if not len(at):
            break
        some = Draw(draw.address, draw.rows[at])
        found[at] = some.pick(choices, sex.take(at), skill[at], years[at], label=f"again {turn}")
    if bool(profession.is_null().all()):
        return found
    female, second = sex == "female", draw.chance(SECONDARY, "secondary")
    for (name, gender), (first, last) in rows_of.items():
        holds = (profession == name) & (female == (gender == "female"))
        found = np.where(holds, np.where(second, last, first), found)
    return found


@lru_cache(maxsize=16)
def _of_professions(table: Table) -> tuple[Bools, dict[tuple[str, str], tuple[int, int]]]:
    """Which rows of the table of occupations are those of professions, and the first and last row of each and each sex."""
    keys = [*zip(table["soc_code"].tolist(), table["gender"].tolist(), strict=True)]
    kept = np.array([any(code in own for own in PROFESSIONS.values()) for code, _ in keys])
    return kept, {
        (name, gender): (keys.index((own[0], gender)), keys.index((own[-1], gender)))
        for name, own in PROFESSIONS.items()
        for gender in ("female", "male")
    }


def occupation(occupation_row: Ints, employment: Text, data: Data) -> Text:
    names: Text = data["occupations"]["occupation"].take(occupation_row)
    return names.where(employment.isin(AT_WORK))
