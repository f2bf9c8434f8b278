"""Sex, age and date of birth: from the population pyramid of the country, within the range that was asked for."""

from __future__ import annotations

import numpy as np

from datamimic import Clock, Data, Draw, Steps, Text
from datamimic.columns import Dates, Floats, Ints, Vocabulary
from datamimic_pack_common.demographics.population import PersonOptions, population, profile_weights

SEXES = Vocabulary(("female", "male"))
GENDERS = Vocabulary(("female", "male", "other"))
OLDEST = 115


def pyramid(data: Data, options: PersonOptions) -> Floats:
    """Weights of shape (2, OLDEST + 1), women first: people by age, nobody outside the range that is asked for."""
    weights = population(data)
    low = 0 if options.min_age is None else options.min_age
    high = OLDEST if options.max_age is None else options.max_age
    ages = np.arange(OLDEST + 1)
    inside = (ages >= low) & (ages <= high)
    if options.age_profile is not None:
        weights = profile_weights(options.age_profile, weights)
    weights *= inside
    # Where nobody of the table lives in the range, every age of it is as likely.
    empty = weights.sum(axis=1) == 0
    weights[empty] = inside
    return weights


def sex(draw: Draw, data: Data, options: PersonOptions) -> Text:
    """What tables that know two sexes are read by; of those whose gender is "other" as many as of all."""
    weights = pyramid(data, options).sum(axis=1)
    share = float(weights[0] / weights.sum()) if options.female_quota is None else options.female_quota
    others = options.other_gender_quota
    drawn = draw.uniform()
    female = drawn < share
    if others > 0:
        # [0, share) women, [share, share + others) "other", of which half is read as women, the rest men
        female |= (drawn >= share) & (drawn < share + others / 2)
    return Text.coded((~female).astype(np.int32), SEXES)


def gender(sex: Text, draw: Draw, data: Data, options: PersonOptions) -> Text:
    codes, _ = sex.coding()
    if options.other_gender_quota == 0:
        return Text.coded(codes, GENDERS)
    # Within a sex, the share that makes the quota come out over all rows.
    weights = pyramid(data, options).sum(axis=1)
    share = float(weights[0] / weights.sum()) if options.female_quota is None else options.female_quota
    half = options.other_gender_quota / 2
    women, men = share + half, 1 - share - half
    chance = np.where(codes == 0, half / women if women > 0 else 0.0, half / men if men > 0 else 0.0)
    other = draw.chance(chance)
    return Text.coded(np.where(other, 2, codes), GENDERS)


def age(sex: Text, draw: Draw, data: Data, options: PersonOptions) -> Ints:
    codes, _ = sex.coding()
    drawn = draw.uniform()
    result = np.zeros(len(drawn), dtype=np.int64)
    for code, weights in enumerate(pyramid(data, options)):
        ends = np.cumsum(weights)
        found = Steps(ends).after(drawn * ends[-1])
        np.minimum(found, int(np.flatnonzero(weights)[-1]), out=found)
        result = np.where(codes == code, found, result)
    return result


def birthdate(age: Ints, draw: Draw, clock: Clock) -> Dates:
    """A day on which somebody of this age at the clock's date can have been born; all such days equally likely."""
    latest = years_before(clock.date, age)
    earliest = years_before(clock.date, age + 1) + np.timedelta64(1, "D")
    span = (latest - earliest).astype(np.int64)
    return earliest + draw.integers(0, span).astype("timedelta64[D]")


def years_before(day: np.datetime64, years: Ints) -> Dates:
    """The same day of earlier years; 28 February for a 29 February that a year does not have."""
    low = int(years.min()) if len(years) else 0
    if len(years) and (span := int(years.max()) - low + 1) < len(years):
        return years_before(day, np.arange(low, low + span))[years - low]
    month = day.astype("datetime64[M]")
    in_month = int((day - month.astype("datetime64[D]")).astype(np.int64))
    earlier = month - (12 * years).astype("timedelta64[M]")
    last = (earlier + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.minimum(earlier.astype("datetime64[D]") + np.timedelta64(in_month, "D"), last)
