"""From when to when a term runs, and what is known of the risk when it begins."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Family, World
from datamimic.columns import Bools, Dates, Ints, Masked, Text, numbered, years_between
from datamimic_pack_insurance.lives.chain import begins
from datamimic_pack_insurance.lives.endings import RUN_OUT
from datamimic_pack_insurance.lives.known_claims import MEMORY, KnownClaims
from datamimic_pack_insurance.months import add_months
from datamimic_pack_insurance.underwriting import no_claims

SHORT = 182
"""Days of a first year after which a year without a claim counts."""


def place(policy: Any) -> Ints:
    return np.asarray(policy.index, dtype=np.int64)


def number(place: Ints, policy: Any) -> Ints:
    return place + policy.first_term + 1


def start_date(number: Ints, policy: Any) -> Dates:
    return begins(policy.start_date, policy.period_months, policy.calendar_year, number - 1)


def end_date(number: Ints, policy: Any) -> Dates:
    return begins(policy.start_date, policy.period_months, policy.calendar_year, number)


def issued_at(number: Ints, start_date: Dates, policy: Any) -> Dates:
    return np.where(number == 1, policy.created_date, start_date.astype("datetime64[us]"))


def cover_ends(end_date: Dates, policy: Any, clock: Any) -> Masked:
    ending = policy.ending
    early = (ending.day < end_date) & (ending.day <= clock.date) & (ending.kind != RUN_OUT)
    return np.ma.MaskedArray(ending.day, ~early)


def age(start_date: Dates, policy: Any) -> Ints:
    return years_between(policy.policy_holder.birthdate, start_date)


def licence_years(start_date: Dates, policy: Any) -> Masked:
    profile = policy.risk_profile
    licence = profile.insured.licence_date
    missing = ~profile.drives | np.ma.getmaskarray(licence)
    return np.ma.MaskedArray(years_between(np.where(missing, start_date, np.ma.getdata(licence)), start_date), missing)


def known(policy: Any, world: World) -> tuple[KnownClaims, Ints]:
    holders, where = numbered(policy.policy_holder.rows)
    return KnownClaims.of(world, holders), np.asarray(where, dtype=np.int64)


def prior_claims(start_date: Dates, rating: Text, policy: Any, world: World) -> Ints:
    claims, holder = known(policy, world)
    return claims.within(holder, start_date, MEMORY, ratings=rating)


def moves(place: Ints, number: Ints, start_date: Dates, policy: Any) -> Bools:
    """Does a year of driving end with the start of the term, which moves the class?"""
    yearly = ((number - 1) * policy.period_months) % 12 == 0
    first = policy.start_date
    long_enough = ~policy.calendar_year | (number > 2) | ((start_date - first).astype(np.int64) >= SHORT)
    return (place > 0) & (yearly | policy.calendar_year) & long_enough


def at_fault_claims(rating: Text, place: Ints, number: Ints, start_date: Dates, policy: Any) -> Ints:
    """Claims under this contract, reported since the class was moved last: within a year before the start of the term."""
    moving = moves(place, number, start_date, policy) & (rating == "motor")
    policies, own = numbered(policy.rows)
    claims = policy.world.refer("insurance.insurance_policy", policies).children("insurance.claim")
    guilty = claims.column("at_fault")
    reported = claims.column("report_date")
    counts = claims.counts[own]
    first = (np.cumsum(claims.counts) - claims.counts)[own]
    question = np.repeat(np.arange(len(own), dtype=np.int64), counts)
    claim = np.repeat(first - (np.cumsum(counts) - counts), counts) + np.arange(len(question))
    since = np.maximum(add_months(start_date, -12), policy.start_date)
    counted = guilty[claim] & (reported[claim] < start_date[question]) & (reported[claim] >= since[question])
    return np.where(moving, np.bincount(question[counted], minlength=len(own)), 0).astype(np.int64)


def entry_state(
    rating: Text, start_date: Dates, licence_years: Masked, prior_claims: Ints, policy: Any, world: World, data: Data
) -> Ints:
    """By the years without a claim on the first day of the books; -1 for what has no class."""
    claims, holder = known(policy, world)
    free = claims.claim_free(holder, start_date, policy.policy_holder.licence_date)
    motor = rating == "motor"
    names, _ = no_claims(data, motor, free, np.ma.filled(licence_years, 0), prior_claims)
    return np.where(motor, data["no_claims_states"].lookup("no_claims_class", names), -1)


def state(family: Family, data: Data) -> Ints:
    """Moved from term to term by the claims of the year before: a step of the table up without, steps down with claims."""
    steps = data["no_claims_steps"]
    by_state = steps.ints("next_state").reshape(len(data["no_claims_states"]), -1)
    most = by_state.shape[1] - 1

    def step(before: Ints, moving: Bools, claims: Ints) -> Ints:
        after = by_state[np.maximum(before, 0), np.minimum(claims, most)]
        return np.where((before >= 0) & moving, after, before)

    return family.along(step, family.column("entry_state"), "class_moves", "at_fault_claims")


def class_moves(place: Ints, number: Ints, start_date: Dates, policy: Any) -> Bools:
    return moves(place, number, start_date, policy)


def no_claims_class(state: Ints, data: Data) -> Text:
    return data["no_claims_states"]["no_claims_class"].take(np.maximum(state, 0)).where(state >= 0)
