"""How contracts end: not renewed at the end of a term, cancelled within one, run out, at a last age, or by a death."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Room, World, record
from datamimic.columns import Bools, Dates, Floats, Ints, Masked, Struct, Text, where
from datamimic_pack_insurance.lives.chain import begins, begun_by
from datamimic_pack_insurance.lives.options import history
from datamimic_pack_insurance.months import add_months, birthday, days_between, first_of_month, plus_days

IN_FORCE, WITHIN, AT_RENEWAL, RUN_OUT, LAST_AGE, DEATH = range(6)
LONGEST = 1_200
"""Terms of a contract without an end."""
NEVER = np.datetime64("2400-01-01", "D")


@record
class Ending:
    """How cover ends, and its first day without cover; of contracts that go on a day far away."""

    kind: int
    day: date


def period_months(term_months: Ints) -> Ints:
    """A longer term is a chain of years; so is a contract without an end."""
    return np.where((term_months == 0) | (term_months > 12), 12, term_months)


def first_in_books(
    start_date: Dates, period_months: Ints, calendar_year: Bools, term_months: Ints, clock: Clock, world: World
) -> Ints:
    """The number of the first term that the books hold: the first that began since they go back, or the last of all."""
    opened = np.array([add_months(np.array([clock.date], dtype="datetime64[D]"), -12 * history(world))[0]])
    before = begun_by(start_date, period_months, calendar_year, plus_days(opened, np.array([-1])))
    return np.where(term_months > 12, np.minimum(before, term_months // 12 - 1), before)


@record
class Lasting:
    """Whole terms in the books before the one in which the contract would be given up, and terms in the books at the clock,
    as drawn and if nobody gives it up."""

    given_up_after: int
    terms: int
    most: int


def lasting(
    start_date: Dates,
    period_months: Ints,
    calendar_year: Bools,
    first_term: Ints,
    fate: Struct,
    product_row: Ints,
    draw: Draw,
    data: Data,
    clock: Clock,
) -> Struct:
    yearly = data["renewals"].floats("percent")[product_row] / 100.0
    after = terms_survived(yearly * period_months / 12.0, draw.uniform("terms"))
    most = term_count(start_date, period_months, calendar_year, first_term, fate, clock)
    return Struct({"given_up_after": after, "terms": np.minimum(after + 1, most), "most": most})


def terms(lasting: Struct) -> Ints:
    return np.asarray(lasting.terms, dtype=np.int64)


def room(lasting: Struct) -> Room:
    """A contract may be given up a term sooner, or later."""
    return Room(np.ones(len(lasting.terms), dtype=np.int64), lasting.most, (lasting.most > lasting.terms) * 1.0)


def kept_terms(rows: Ints, world: World) -> Ints:
    return world.refer("insurance.insurance_policy", rows).children("insurance.policy_term").counts


def fate(
    start_date: Dates,
    period_months: Ints,
    calendar_year: Bools,
    term_months: Ints,
    first_term: Ints,
    product_row: Ints,
    risk_profile: Any,
    draw: Draw,
    data: Data,
) -> Struct:
    """What ends a contract that nobody gives up: its term, an age, or a death."""
    lapses = data["renewals"]
    day = np.where(term_months > 12, add_months(start_date, np.maximum(term_months, 0)), NEVER)
    kind = np.where(day < NEVER, RUN_OUT, IN_FORCE)

    age = lapses.ints("last_age")[product_row]
    at_age = np.where(age > 0, first_of_month(birthday(risk_profile.insured.birthdate, age)), NEVER)
    at_age = np.maximum(at_age, plus_days(start_date, np.ones(len(age), dtype=np.int64)))
    kind, day = np.where(at_age <= day, LAST_AGE, kind), np.minimum(day, at_age)

    died = death(begins(start_date, period_months, calendar_year, first_term), product_row, risk_profile, draw, data)
    return Struct({"kind": np.where(died < day, DEATH, kind), "day": np.minimum(day, died)})


def ending(
    start_date: Dates,
    period_months: Ints,
    calendar_year: Bools,
    first_term: Ints,
    fate: Struct,
    lasting: Struct,
    kept_terms: Ints,
    product_row: Ints,
    draw: Draw,
    data: Data,
) -> Struct:
    """What ends the contract first, whenever that is. A few are given up after other terms than drawn, so that all blocks of
    contracts have equally many."""
    at_renewal = data["renewals"].floats("at_renewal_percent")[product_row] / 100.0
    survived = np.where(kept_terms == lasting.terms, lasting.given_up_after, kept_terms - 1)
    last = first_term + np.minimum(survived, LONGEST)
    from_day = begins(start_date, period_months, calendar_year, last)
    to_day = begins(start_date, period_months, calendar_year, last + 1)
    within = ~draw.chance(at_renewal, "at renewal")
    part = 1 + np.floor(np.maximum(days_between(from_day, to_day) - 1, 0) * draw.uniform("day")).astype(np.int64)
    day = np.where(within, np.minimum(plus_days(from_day, part), to_day), to_day)
    kind = np.where(within & (day < to_day), WITHIN, AT_RENEWAL)
    sooner = np.where(fate.kind == DEATH, fate.day < day, fate.day <= day)
    return Struct({"kind": np.where(sooner, fate.kind, kind), "day": np.where(sooner, fate.day, day)})


def terms_survived(per_term: Floats, uniform: Floats) -> Ints:
    """Whole terms before the one in which a contract is ended, for a share that ends in each."""
    result = np.zeros(len(per_term), dtype=np.int64)
    there, stays, left = np.arange(len(per_term)), 1.0 - per_term, np.ones(len(per_term), dtype=np.float64)
    for _ in range(80):
        # What has ended is looked at no more.
        left = left * stays
        going = np.flatnonzero(uniform < left)
        if not len(going):
            break
        there, stays, left, uniform = there[going], stays[going], left[going], uniform[going]
        result[there] += 1
    return result


def death(since: Dates, product_row: Ints, risk_profile: Any, draw: Draw, data: Data) -> Dates:
    """The day after the death of the second life insured, of life covers of two lives; the holder is alive at the clock."""
    life = (data["products"]["line"] == "life")[product_row]
    result = np.full(len(since), NEVER)
    which = np.flatnonzero(life & risk_profile.two_lives)
    if len(which):
        table = data["deaths"]
        rate = table.floats("per_1000")[table.by("age_from").first(np.maximum(risk_profile.age[which], 18))] / 1000.0
        years = np.minimum(draw.take(which).uniform("death") / rate, 300.0)
        result[which] = plus_days(since[which], 2 + np.floor(years * 365.25).astype(np.int64))
    return result


def cancellation_date(ending: Struct, clock: Clock) -> Masked:
    """Known once it has come; a contract that has run out was not cancelled."""
    return np.ma.MaskedArray(ending.day, (ending.kind == RUN_OUT) | (ending.day > clock.date))


def cancellation_reason(ending: Struct, cancellation_date: Masked, product_code: Text, draw: Draw, data: Data) -> Text:
    table = data["cancellation_reasons"]
    moment = Text.coded(np.where(ending.kind == AT_RENEWAL, 0, 1), ("renewal", "within"))
    reason = table["cancellation_reason"].take(draw.pick(table.by("product_code", "moment"), product_code, moment))
    reason = where(ending.kind == LAST_AGE, Text.constant("last age of the cover", len(reason)), reason)
    reason = where(ending.kind == DEATH, Text.constant("death of an insured life", len(reason)), reason)
    return reason.where(~np.ma.getmaskarray(cancellation_date))


def cover_until(ending: Struct, clock: Clock) -> Dates:
    """The first day of which it is not known at the clock that there was cover."""
    return np.minimum(ending.day, clock.date + np.timedelta64(1, "D"))


def term_count(
    start_date: Dates, period_months: Ints, calendar_year: Bools, first_term: Ints, ending: Struct, clock: Clock
) -> Ints:
    """Terms in the books at the clock: those that have begun, and the first even where it will begin."""
    last_day = np.minimum(ending.day - np.timedelta64(1, "D"), clock.date)
    return np.maximum(begun_by(start_date, period_months, calendar_year, last_day) - first_term, 1)
