"""Claim: a loss under a policy, from the day it happened to where its settlement stands."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Draw,
    Service,
    check,
    entity,
    field,
    from_row,
    parent,
    positions,
    record,
    ref,
    segment_sums,
    serial,
    via,
)
from datamimic.columns import Bools, Dates, Floats, Ints, Lists, Masked, Text, join, select
from datamimic_pack_common import DemographicConfig, DemographicSampler
from datamimic_pack_insurance.catalogue import deductibles, limits
from datamimic_pack_insurance.entities.insurance_coverage import InsuranceCoverage
from datamimic_pack_insurance.entities.insurance_policy import InsurancePolicy
from datamimic_pack_insurance.entities.insured import asked_of_holders
from datamimic_pack_insurance.months import days_between, plus_days
from datamimic_pack_insurance.premium import rounding
from datamimic_pack_insurance.settlement import (
    CLOSED,
    DENIED,
    PAYMENT,
    STATUSES,
    history,
    payable,
    payment_number,
    payments,
    stage,
)  # fmt: skip

INVESTIGATIONS = ("none", "referred", "cleared", "confirmed")
NONE, REFERRED, CLEARED, CONFIRMED = range(4)


@record
class ClaimPayment:
    """One payment of the insurer on a claim."""

    paid_on: date
    amount: Decimal


@record
class StatusChange:
    """A status of the claim and its first day."""

    status: str
    changed_on: date


# -- what happened ------------------------------------------------------------------------------------------------


def cause_row(product_code: Text, draw: Draw, data: Data) -> Ints:
    """Row of `claim_causes`: a cause that a coverage of the policy's product answers for."""
    return draw.pick(data["claim_causes"].by("product_code"), product_code)


def coverage(cause_row: Ints, data: Data) -> Ints:
    """The first rows of InsuranceCoverage are the catalogue's."""
    return data["coverages"].lookup("coverage_key", data["claim_causes"]["coverage_key"])[cause_row]


def coverage_code(coverage: Any, data: Data) -> Text:
    return data["coverages"]["coverage_code"].take(coverage.rows)


def cover_ends(policy: Any) -> Dates:
    """The first day without cover."""
    cancelled = policy.cancellation_date
    end = policy.end_date
    return np.where(np.ma.getmaskarray(cancelled), end, np.minimum(np.ma.getdata(cancelled), end))


def loss_date(policy: Any, cover_ends: Dates, draw: Draw, clock: Clock) -> Dates:
    """A day on which the policy gave cover, up to the clock."""
    start = policy.start_date
    days = days_between(start, np.minimum(cover_ends, plus_days(clock.date, np.ones(len(start), dtype=np.int64))))
    return plus_days(start, np.floor(days * draw.uniform()).astype(np.int64))


def settles(coverage: Any, data: Data) -> Text:
    return data["coverages"]["settles"].take(coverage.rows)


def report_date(loss_date: Dates, settles: Text, draw: Draw, data: Data, clock: Clock) -> Dates:
    pace = data["claim_pace"].by("settles")
    days = np.floor(pace.quantiles_at(draw.uniform(), settles, value="report_days")).astype(np.int64)
    return np.minimum(plus_days(loss_date, days), clock.date)


def due_days(settles: Text, draw: Draw, data: Data) -> Ints:
    """Days from the report to the end of the claim, at least one."""
    pace = data["claim_pace"].by("settles")
    days = np.floor(pace.quantiles_at(draw.uniform(), settles, value="settle_days")).astype(np.int64)
    return np.maximum(days, 1)


def denied(settles: Text, draw: Draw, data: Data) -> Bools:
    """Will the claim be denied in the end?"""
    table = data["claim_decisions"]
    return (table["denied"] == "true")[draw.pick(table.by("settles"), settles)]


def progress(report_date: Dates, due_days: Ints, clock: Clock) -> Floats:
    return days_between(report_date, clock.date) / due_days


# -- what it costs ------------------------------------------------------------------------------------------------


def limit(coverage: Any, policy: Any, data: Data) -> Ints:
    return limits(data, coverage.rows, policy.limit_tier, policy.insured_sum)


def deductible(coverage: Any, policy: Any, data: Data) -> Ints:
    return deductibles(data, coverage.rows, policy.deductible_tier)


def whole_loss(cause_row: Ints, coverage: Any, policy: Any, draw: Draw, data: Data) -> Ints:
    """The loss as it turns out in the end, in hundredths; of what is insured by its value not more than that."""
    keys = data["claim_causes"]["severity_key"].take(cause_row)
    units = data["claim_severities"].by("severity_key").quantiles_at(draw.uniform(), keys, value="loss")
    step = rounding(data)
    cents = np.rint(units * 100.0 / step).astype(np.int64) * step
    of_value = (data["coverages"]["basis"] == "value")[coverage.rows]
    return np.where(of_value, np.minimum(cents, policy.insured_sum), cents)


def worth(whole_loss: Ints, deductible: Ints, limit: Ints) -> Ints:
    return payable(whole_loss, deductible, limit)


def status_number(progress: Floats, denied: Bools, worth: Ints) -> Ints:
    return stage(progress, denied, worth)


def loss_amount(status_number: Ints, whole_loss: Ints, deductible: Ints, progress: Floats, data: Data) -> Ints:
    """The loss as assessed so far: nothing before payment begins, then a growing part, all of it at the end."""
    step = rounding(data)
    over = np.maximum(whole_loss - deductible, 0)
    part = deductible + np.rint(over * np.minimum(progress, 1.0) / step).astype(np.int64) * step
    assessed = np.where(status_number >= CLOSED, whole_loss, np.where(status_number == PAYMENT, part, 0))
    return np.minimum(assessed, whole_loss)


def paid_amount(status_number: Ints, loss_amount: Ints, deductible: Ints, limit: Ints) -> Ints:
    return np.where(status_number == DENIED, 0, payable(loss_amount, deductible, limit))


def reserve(status_number: Ints, worth: Ints, paid_amount: Ints) -> Ints:
    """What the insurer still expects to pay on an open claim."""
    return np.where(status_number >= CLOSED, 0, np.maximum(worth - paid_amount, 0))


def close_date(status_number: Ints, report_date: Dates, due_days: Ints) -> Masked:
    return np.ma.MaskedArray(plus_days(report_date, due_days), status_number < CLOSED)


def payment_list(
    paid_amount: Ints, status_number: Ints, report_date: Dates, due_days: Ints, draw: Draw, data: Data, clock: Clock
) -> Lists:
    """One payment for most, up to three for others; the last on the day the claim is closed."""
    step = rounding(data)
    wanted = 1 + draw.chance(0.25, "second").astype(np.int64) + draw.chance(0.08, "third")
    last = np.where(status_number >= CLOSED, plus_days(report_date, due_days), clock.date)
    return payments(paid_amount, payment_number(paid_amount, wanted, step), report_date, last, step)


def status_history(status_number: Ints, paid_amount: Ints, report_date: Dates, due_days: Ints) -> Lists:
    return history(status_number, paid_amount, report_date, due_days)


def investigation_number(status_number: Ints, denied: Bools, draw: Draw, data: Data) -> Ints:
    """What the special investigation came to; open claims are merely referred."""
    table = data["fraud_flags"]
    flagged = (table["flagged"] == "true")[draw.pick(table.by("denied"), denied)]
    outcome = np.where(status_number == DENIED, CONFIRMED, np.where(status_number == CLOSED, CLEARED, REFERRED))
    return np.where(flagged, outcome, NONE)


@entity(
    "claim",
    tables=(
        "claim_causes", "claim_severities", "claim_pace", "claim_decisions", "fraud_flags", "coverages",
        "coverage_tiers", "markets",
    ),
)  # fmt: skip
class Claim:
    """A loss under a policy: what happened, what is paid for it, and how the settlement went."""

    claim_number: str = field(serial("CLM-##########"), key=True, doc="number of the claim, unique")
    policy: InsurancePolicy = field(
        parent(InsurancePolicy, counts="claim_counts"), doc="policy under which the claim is made"
    )
    product_code: str = field(via("policy.product_code"), doc="product of the policy")
    line: str = field(via("policy.line"), doc="line of business")
    cause_row: int = field(cause_row, hidden=True, doc="row of the table of causes")
    coverage: InsuranceCoverage = field(ref(InsuranceCoverage, by=coverage), doc="coverage that answers for the cause")
    coverage_code: str = field(coverage_code, doc="code of that coverage within the product")
    cause: str = field(from_row("claim_causes", "cause", row="cause_row"), doc="cause of loss")
    policy_start: date = field(via("policy.start_date"), doc="first day of cover")
    cover_ends: date = field(cover_ends, doc="day on which cover ended or will end, by expiry or cancellation")
    loss_date: date = field(loss_date, doc="day of the loss")
    settles: str = field(settles, hidden=True, doc="pace of settlement")
    report_date: date = field(report_date, doc="day on which the insurer learned of it")
    due_days: int = field(due_days, hidden=True, doc="days from the report to the end of the claim", unit="d")
    denied: bool = field(denied, hidden=True, doc="will the claim be denied in the end?")
    progress: float = field(progress, hidden=True, doc="part of the time to settle that has passed at the clock")
    limit: Decimal = field(limit, doc="limit per claim of the coverage as chosen in the policy")
    deductible: Decimal = field(deductible, doc="deductible of the coverage as chosen in the policy")
    whole_loss: Decimal = field(whole_loss, hidden=True, doc="the loss as it turns out in the end")
    worth: Decimal = field(worth, hidden=True, doc="what that loss is worth under the policy")
    status_number: int = field(status_number, hidden=True, doc="number of the status")
    status: str = field(
        lambda status_number: select(status_number, STATUSES), doc="where the claim stands at the clock"
    )
    close_date: date | None = field(close_date, doc="day on which the claim was closed or denied")
    loss_amount: Decimal = field(loss_amount, doc="loss as assessed so far; 0 until the first payment is decided")
    paid_amount: Decimal = field(paid_amount, doc="max(0, min(loss - deductible, limit)); 0 when denied")
    reserve: Decimal = field(reserve, doc="what is still expected to be paid; 0 once closed")
    incurred: Decimal = field(lambda paid_amount, reserve: paid_amount + reserve, doc="paid and reserved")
    currency: str = field(via("policy.currency"), doc="currency of all amounts, ISO 4217")
    payments: list[ClaimPayment] = field(payment_list, doc="payments made, in order of time")
    status_history: list[StatusChange] = field(status_history, doc="statuses so far, in order of time")
    investigation_number: int = field(investigation_number, hidden=True, doc="number of the state of the investigation")
    fraud_flag: bool = field(
        lambda investigation_number: investigation_number != NONE, doc="was it looked into for fraud?"
    )
    investigation: str = field(
        lambda investigation_number: select(investigation_number, INVESTIGATIONS),
        doc="none, referred (open), cleared or confirmed",
    )


@check(
    Claim, "the loss happened while the policy gave cover, and the claim was reported after it and closed after that"
)
def timeline_in_order(
    policy_start: Dates, cover_ends: Dates, loss_date: Dates, report_date: Dates, close_date: Masked, clock: Clock
) -> Bools:
    closed = np.ma.filled(close_date, clock.date)
    return (
        (policy_start <= loss_date)
        & (loss_date < cover_ends)
        & (loss_date <= report_date)
        & (report_date <= closed)
        & (closed <= clock.date)
    )


@check(Claim, "the cause is one that the coverage answers for, and the coverage is one of the policy's product")
def cause_is_covered(product_code: Text, coverage_code: Text, cause: Text, data: Data) -> Bools:
    key = join(product_code, "/", coverage_code, "/", cause)
    return data["claim_causes"].lookup("severity_key", key) >= 0


@check(Claim, "paid = max(0, min(loss - deductible, limit)), and 0 for a denied claim")
def paid_follows_from_loss(status: Text, loss_amount: Ints, deductible: Ints, limit: Ints, paid_amount: Ints) -> Bools:
    return paid_amount == np.where(status == "denied", 0, payable(loss_amount, deductible, limit))


@check(Claim, "the payments add up to what is paid, and lie between report and close in order of time")
def payments_add_up(paid_amount: Ints, payments: Lists, report_date: Dates, close_date: Masked, clock: Clock) -> Bools:
    each: Any = payments.values
    own = payments.parents
    last = np.ma.filled(close_date, clock.date)
    within = (each.paid_on >= report_date[own]) & (each.paid_on <= last[own]) & (each.amount > 0)
    later = np.ones(len(own), dtype=np.bool_)
    later[1:] = (each.paid_on[1:] >= each.paid_on[:-1]) | (own[1:] != own[:-1])
    return (segment_sums(each.amount, payments.lengths) == paid_amount) & payments.all(within & later)


@check(Claim, "incurred = paid + reserve, and nothing is reserved for a closed or denied claim")
def reserve_while_open(status: Text, paid_amount: Ints, reserve: Ints, incurred: Ints) -> Bools:
    over = status.isin({"closed", "denied"})
    return (incurred == paid_amount + reserve) & (reserve >= 0) & (~over | (reserve == 0))


@check(Claim, "a claim has a close date exactly when it is closed or denied")
def closed_with_date(status: Text, close_date: Masked) -> Bools:
    return status.isin({"closed", "denied"}) == ~np.ma.getmaskarray(close_date)


@check(Claim, "the history begins with the report, is ordered in time, and ends with the status")
def history_leads_to_status(status: Text, status_history: Lists, report_date: Dates, clock: Clock) -> Bools:
    each: Any = status_history.values
    own = status_history.parents
    ordered = each.changed_on <= clock.date
    ordered[1:] &= (each.changed_on[1:] >= each.changed_on[:-1]) | (own[1:] != own[:-1])
    place = positions(status_history.lengths)
    begins = (place == 0) & (each.status == "reported") & (each.changed_on == report_date[own])
    ends = (place == status_history.lengths[own] - 1) & (each.status == status.take(own))
    return status_history.all(ordered) & status_history.any(begins) & status_history.any(ends)


@check(Claim, "the fraud flag and the investigation agree, and confirmed fraud is denied")
def fraud_flag_agrees(fraud_flag: Bools, investigation: Text, status: Text) -> Bools:
    return (fraud_flag == (investigation != "none")) & ((investigation != "confirmed") | (status == "denied"))


class ClaimService(Service[Claim]):
    """Claims under the policies of holders who are adults of up to 90 years, unless asked otherwise."""

    entity = Claim

    def __init__(
        self,
        dataset: str | None = None,
        demographic_config: DemographicConfig | None = None,
        rng: Random | None = None,
        *,
        demographic_sampler: DemographicSampler | None = None,
        seed: str | int | None = None,
        reference_now: datetime | str | None = None,
    ) -> None:
        asked = asked_of_holders(demographic_config, demographic_sampler)
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now, **asked)
