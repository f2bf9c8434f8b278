"""What happened, when, and whether the policy covers it."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, Family, World
from datamimic.columns import Bools, Dates, Floats, Ints, Masked, Struct, Text, ordered
from datamimic_pack_insurance.claims.seasons import SeasonDays
from datamimic_pack_insurance.events.calendar import EventCalendar
from datamimic_pack_insurance.lives.endings import NEVER
from datamimic_pack_insurance.lives.frequency import in_events
from datamimic_pack_insurance.months import days_between, plus_days
from datamimic_pack_insurance.office_days import office_days
from datamimic_pack_insurance.policies.term import term_on

ORDINARY, EVENT, DEATH = range(3)


def raw_kind(policy: Any) -> Ints:
    """Of the claims of a policy the first are of days like any other, then those of events, then that of a death."""
    numbers = policy.claim_numbers
    alive = policy.count - numbers.death
    ordinary = alive - in_events(numbers, policy.count)
    return np.where(policy.index < ordinary, ORDINARY, np.where(policy.index < alive, EVENT, DEATH))


def raw_cause(raw_kind: Ints, product_code: Text, draw: Draw, data: Data) -> Ints:
    """Row of `claim_causes`: a cause that a coverage of the policy's product answers for."""
    table = data["claim_causes"]
    result = np.zeros(len(raw_kind), dtype=np.int64)
    for kind in (ORDINARY, EVENT, DEATH):
        which = np.flatnonzero(raw_kind == kind)
        if not len(which):
            continue
        own, code = draw.take(which), product_code.take(which)
        if kind == ORDINARY:
            result[which] = own.pick(table.by("product_code"), code)
        elif kind == EVENT:
            events = data["event_causes"]
            keys = events["severity_key"].take(own.pick(events.by("product_code"), code))
            result[which] = table.lookup("severity_key", keys)
        else:
            result[which] = data["claim_causes"].lookup("death_of", code)
    return result


def raw_event(raw_kind: Ints, raw_cause: Ints, policy: Any, draw: Draw, data: Data, world: World) -> Struct:
    """The event that a claim is of, a row of Catastrophe (-1 for none), and its day; -1 and no day for other claims."""
    event = np.full(len(raw_kind), -1, dtype=np.int64)
    day = np.full(len(raw_kind), NEVER)
    which = np.flatnonzero(raw_kind == EVENT)
    if len(which):
        calendar = EventCalendar.of(world, data)
        table = data["event_causes"]
        keys = data["claim_causes"]["severity_key"].take(raw_cause[which])
        peril = table["peril"].take(table.lookup("severity_key", keys))
        state = policy.policy_holder.address.state_code.take(which)
        event[which], day[which] = calendar.hit(
            peril, state, policy.at_risk_from[which], policy.cover_until[which], draw.take(which)
        )
    return Struct({"row": event, "day": day})


def raw_date(raw_kind: Ints, raw_cause: Ints, raw_event: Any, policy: Any, draw: Draw, data: Data) -> Dates:
    """A day of the event or, in the season of the cause, one on which the policy gave cover; a death ends it."""
    since, until = policy.at_risk_from, policy.cover_until
    season = data["claim_causes"]["season"].take(raw_cause)
    day = SeasonDays.of(data).day(season, since, until, draw.uniform())
    day = np.where(raw_event.row >= 0, raw_event.day, day)
    return np.where(raw_kind == DEATH, plus_days(policy.ending.day, np.full(len(day), -1)), day)


def in_order(family: Family) -> Ints:
    """Per claim the place, among all claims of the batch's families, of that which comes at its place in time."""
    days = days_between("1970-01-01", family.column("raw_date"))
    order = ordered(np.repeat(np.arange(len(family.lengths)), family.lengths), days)
    return order[family.positions]


def cause_row(family: Family, place_in_time: Ints) -> Ints:
    return np.asarray(family.column("raw_cause")[place_in_time], dtype=np.int64)


def loss_date(family: Family, place_in_time: Ints, early: Bools, policy: Any, draw: Draw) -> Dates:
    """In order of time; but what is made up early in the life of a contract."""
    day = np.asarray(family.column("raw_date")[place_in_time], dtype="datetime64[D]")
    since = days_between(policy.start_date, day)
    sooner = plus_days(policy.start_date, np.floor(since * draw.uniform() * 0.25).astype(np.int64))
    return np.where(early, sooner, day)


def catastrophe(family: Family, place_in_time: Ints) -> Masked:
    row = np.asarray(family.column("raw_event").row[place_in_time], dtype=np.int64)
    return np.ma.MaskedArray(row, row < 0)


def at_fault(cause_row: Ints, data: Data) -> Bools:
    return (data["claim_causes"]["at_fault"] == "true")[cause_row]


def term(loss_date: Dates, policy: Any) -> Ints:
    return term_on(policy, loss_date)


def coverage(cause_row: Ints, data: Data) -> Ints:
    """The first rows of InsuranceCoverage are the catalogue's."""
    return data["coverages"].lookup("coverage_key", data["claim_causes"]["coverage_key"])[cause_row]


def cover_ends(policy: Any, clock: Clock) -> Masked:
    """The first day without cover; null where it is not known at the clock that cover ends."""
    day = np.asarray(policy.ending.day, dtype="datetime64[D]")
    return np.ma.MaskedArray(day, day > clock.date)


def settles(coverage: Any, data: Data) -> Text:
    return data["coverages"]["settles"].take(coverage.rows)


def report_date(loss_date: Dates, settles: Text, fraudulent: Bools, draw: Draw, data: Data, clock: Clock) -> Dates:
    pace = data["claim_pace"].by("settles")
    where = draw.uniform()
    # Frauds come late more often: the larger of two.
    where = np.where(fraudulent, np.maximum(where, draw.uniform("late")), where)
    days = np.floor(pace.quantiles_at(where, settles, value="report_days")).astype(np.int64)
    # What would be reported after the clock is not known yet; those that are were reported on some day before.
    since = days_between(loss_date, clock.date)
    sooner = np.floor((since + 1) * draw.uniform("sooner")).astype(np.int64)
    return plus_days(loss_date, np.where(days > since, sooner, days))


def due_days(report_date: Dates, settles: Text, draw: Draw, data: Data) -> Ints:
    """Days from the report to the end of the claim, an office day; at least one."""
    pace = data["claim_pace"].by("settles")
    days = np.floor(pace.quantiles_at(draw.uniform(), settles, value="settle_days")).astype(np.int64)
    return days_between(report_date, office_days(data).next(plus_days(report_date, np.maximum(days, 1))))


def denied(settles: Text, found_out: Bools, draw: Draw, data: Data) -> Bools:
    """Will the claim be denied in the end? Fraud that is found out always."""
    table = data["claim_decisions"]
    return (table["denied"] == "true")[draw.pick(table.by("settles"), settles)] | found_out


def progress(report_date: Dates, due_days: Ints, data: Data, clock: Clock) -> Floats:
    """Up to the last office day: on others nothing is done. Negative for what was reported after it."""
    return days_between(report_date, last_office_day(data, clock)) / due_days


def last_office_day(data: Data, clock: Clock) -> Dates:
    """The clock's day, or the last one before it on which insurers worked; one date."""
    return office_days(data).previous(np.array([clock.date]))
