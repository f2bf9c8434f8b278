"""Ages, dates of joining and ranks of officers: who can have joined when, and hold which rank by now."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Locale, Quantiles, Table, Text
from datamimic.columns import Dates, Floats, Ints, where, years_between
from datamimic.errors import InvalidOption
from datamimic_pack_common.calendars import spread, working_days
from datamimic_pack_common.demographics.population import HIGHEST_AGE, PersonOptions, profile_weights
from datamimic_pack_common.people.ages import GENDERS, SEXES
from datamimic_pack_public_sector.towns import state_key

DAYS_PER_YEAR = 365.2425


FEWER_WOMEN = 0.17
"""By how much of its mean the share of women falls with ten years of age from `MEAN_AGE` of officers on: of American ones 8 in
a hundred were women in 1987, 12 in 2007, 14 in 2020 (Bureau of Justice Statistics)."""
MEAN_AGE = 41


def women(age: Ints, data: Data, options: PersonOptions) -> Floats:
    """The share of women among officers of the age: as the country's police has, fewer among the older, unless
    asked otherwise."""
    if options.female_quota is not None:
        return np.full(len(age), options.female_quota)
    careers: Table = data["police_careers"]
    share = float(careers.floats("female_share")[0])
    return share * np.clip(1.0 + FEWER_WOMEN * (MEAN_AGE - age) / 10.0, 0.3, 1.5)


def sex(age: Ints, draw: Draw, data: Data, options: PersonOptions) -> Text:
    share = women(age, data, options)
    others = options.other_gender_quota
    drawn = draw.uniform()
    # As for people in general, those of another gender have the names of either sex.
    female = (drawn < share) | ((drawn >= share) & (drawn < share + others / 2))
    return Text.coded(np.where(female, 0, 1), SEXES)


def gender_of(sex: Text, age: Ints, draw: Draw, data: Data, options: PersonOptions) -> Text:
    """Of those of each sex the part that makes the quota of other genders come out."""
    codes, _ = sex.coding()
    share, half = women(age, data, options), options.other_gender_quota / 2
    most = np.maximum(np.where(codes == 0, share + half, 1.0 - share - half), 1e-9)
    chance = np.where(codes == 0, half / np.maximum(share + half, 1e-9), np.minimum(half / most, 1.0))
    return Text.coded(np.where(draw.chance(chance), 2, codes), GENDERS)


def career_row(department: Any, data: Data) -> Ints:
    """The rules of joining and retiring in the state of the department."""
    table: Table = data["police_careers"]
    states = state_key(table, data["common.places"]["state_code"].take(department.place))
    return table.lookup("state_code", states)


def age(career_row: Ints, draw: Draw, data: Data, options: PersonOptions) -> Ints:
    """Completed years, between the youngest at joining and the last in service, within what is asked for."""
    careers: Table = data["police_careers"]
    youngest, last = careers.ints("hire_age_min"), careers.ints("retirement_age")
    low = np.maximum(youngest, options.min_age or 0)
    high = np.minimum(last, HIGHEST_AGE if options.max_age is None else options.max_age)
    # Of all states, so that it is refused before the first row.
    if bool((low > high).any()):
        asked = {"min_age": options.min_age, "max_age": options.max_age}
        given = " and ".join(f"{name} {age}" for name, age in asked.items() if age is not None)
        raise InvalidOption(
            "impossible_constraint",
            f"no officer of {'this country' if len(careers) == 1 else 'some state'} has {given}",
            hint=f"officers are {int(youngest.max())} to {int(last.min())} years old",
            path=f"$.{'min_age' if options.min_age is not None else 'max_age'}",
        )
    low, high = low[career_row], high[career_row]
    uniform = draw.uniform()
    if options.age_profile is not None:
        return _profiled(options.age_profile, low, high, uniform)
    table: Table = data["police_ages"]
    own = table["role"] == "member"
    quantiles = Quantiles.build(table.floats("quantile")[own].tolist(), table.floats("age")[own].tolist())
    return np.clip(truncated(quantiles, low, high + 1, uniform).astype(np.int64), low, high)


def _profiled(profile: str, low: Ints, high: Ints, uniform: Floats) -> Ints:
    weights = profile_weights(profile, np.ones((1, HIGHEST_AGE + 1)))[0]
    ends = np.concatenate(([0.0], np.cumsum(weights)))
    if bool((ends[high + 1] <= ends[low]).any()):
        raise InvalidOption("impossible_constraint", f"no officer has an age of the profile {profile}")
    drawn = ends[low] + uniform * (ends[high + 1] - ends[low])
    return np.clip(np.searchsorted(ends, drawn, side="right") - 1, low, high)


def truncated(quantiles: Quantiles, low: Any, high: Any, uniform: Floats) -> Floats:
    """Values of the distribution between `low` and `high`; evenly spread where it has none there."""
    # The inverse of a quantile table is one too, with the columns exchanged.
    values, starts = np.unique(quantiles.values, return_index=True)
    inverse = Quantiles(values, quantiles.probabilities[starts])
    first = inverse.at(np.clip(np.asarray(low, dtype=np.float64), values[0], values[-1]))
    last = inverse.at(np.clip(np.asarray(high, dtype=np.float64), values[0], values[-1]))
    inside = quantiles.at(first + uniform * (last - first))
    even = low + uniform * (high - low)
    return np.where(last > first, np.clip(inside, low, high), even)


def shifted(days: Dates, years: Ints) -> Dates:
    """The same day some years later; 28 February for a 29 February that a year does not have."""
    months = days.astype("datetime64[M]")
    in_month = (days - months.astype("datetime64[D]")).astype(np.int64)
    later = months + (12 * years).astype("timedelta64[M]")
    last = ((later + np.timedelta64(1, "M")).astype("datetime64[D]") - later.astype("datetime64[D]")).astype(
        np.int64
    ) - 1
    return later.astype("datetime64[D]") + np.minimum(in_month, last).astype("timedelta64[D]")


def hire_date(birthdate: Dates, career_row: Ints, draw: Draw, data: Data, clock: Clock) -> Dates:
    """The day of joining: old enough and not too old by the law."""
    careers: Table = data["police_careers"]
    youngest, oldest = careers.ints("hire_age_min")[career_row], careers.ints("hire_age_max")[career_row]
    today: Any = clock.date
    first = shifted(birthdate, youngest) + np.timedelta64(1, "D")
    last = np.minimum(shifted(birthdate, oldest + 1) - np.timedelta64(2, "D"), today)
    first = np.minimum(first, today)
    last = np.maximum(last, first)
    table: Table = data["police_hire_ages"]
    quantiles = table.quantiles("quantile", "age")
    low = (first - birthdate).astype(np.int64) / DAYS_PER_YEAR
    high = ((last - birthdate).astype(np.int64) + 1) / DAYS_PER_YEAR
    days = (truncated(quantiles, low, high, draw.uniform()) * DAYS_PER_YEAR).astype(np.int64)
    joined = np.clip(birthdate + days.astype("timedelta64[D]"), first, last)
    # A service begins on a day on which offices work, unless the law leaves no such day.
    earlier, later = spread(joined, working_days(), draw), working_days().next(joined)
    return np.where(earlier >= first, earlier, np.where(later <= last, later, joined))


def years_of_service(hire_date: Dates, clock: Clock) -> Ints:
    return years_between(hire_date, clock.date)


def rank(rank_row: Ints, sex: Text, unit: Text, data: Data, locale: Locale) -> Text:
    """The title of the rank, in the form for the sex where the language has one; detectives of German police have their own."""
    table: Table = data["police_ranks"]
    women, men = table["rank_female"], table["rank"]
    title = where(sex == "female", women.take(rank_row), men.take(rank_row))
    if locale.country != "DE":
        return title
    women, men = women.map(detective_rank), men.map(detective_rank)
    return where(unit == DETECTIVES, where(sex == "female", women.take(rank_row), men.take(rank_row)), title)


DETECTIVES = "Kriminalkommissariat"


def detective_rank(title: str) -> str:
    """`Polizeioberkommissarin` → `Kriminaloberkommissarin`."""
    return title.replace("Polizei", "Kriminal")


def rank_of(title: str) -> str:
    """The rank of the uniformed police that a title stands for."""
    return title.replace("Kriminal", "Polizei")
