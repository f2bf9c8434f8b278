"""Claim: a loss under a policy, from the day it happened to where its settlement stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Entity,
    check,
    entity,
    field,
    from_row,
    parent,
    positions,
    ref,
    segment_sums,
    serial,
    via,
)
from datamimic.columns import Bools, Dates, Ints, Lists, Masked, Text, join, select
from datamimic_pack_common.people_services import HoldersService
from datamimic_pack_insurance.claims import costs, fraud, loss, reserving
from datamimic_pack_insurance.claims.parts import ClaimPayment, RawEvent, StatusChange
from datamimic_pack_insurance.entities.catastrophe import Catastrophe
from datamimic_pack_insurance.entities.insurance_coverage import InsuranceCoverage
from datamimic_pack_insurance.entities.insurance_policy import InsurancePolicy
from datamimic_pack_insurance.entities.insured import Insured
from datamimic_pack_insurance.entities.policy_term import PolicyTerm
from datamimic_pack_insurance.lives.changes import sum_on
from datamimic_pack_insurance.lives.frequency import claim_count, room
from datamimic_pack_insurance.lives.options import BLOCK
from datamimic_pack_insurance.settlement import (
    STATUSES,
    payable,
)  # fmt: skip

INVESTIGATIONS = ("none", "referred", "cleared", "confirmed")


@entity(
    "claim",
    happens="report_date",
    options=fraud.ClaimOptions,
    tables=(
        "claim_causes", "event_causes", "claim_seasons", "claim_severities", "claim_pace", "claim_decisions", "case_estimates",
        "fraud_flags", "coverages", "products", "sums_insured",
        "coverage_tiers", "cost_sharing", "out_of_pocket", "markets", "office_holidays",
    ),
)  # fmt: skip
class Claim(Entity):
    """A loss under a policy: what happened, what is paid for it, and how the settlement went."""

    # of which policy
    claim_number: str = field(
        serial("CLM-{country}-##########", grows=True), key=True, doc="number of the claim, unique"
    )
    policy: InsurancePolicy = field(
        parent(InsurancePolicy, counts=claim_count, each_block=BLOCK, within=room),
        doc="policy under which the claim is made",
    )
    product_code: str = field(via("policy.product_code"), doc="product of the policy")
    line: str = field(via("policy.line"), doc="line of business")

    # what happened
    raw_kind: int = field(loss.raw_kind, internal=True, doc="claim of a day like any other, of an event, or a death")
    raw_cause: int = field(loss.raw_cause, internal=True, doc="cause before claims are put in order")
    raw_event: RawEvent = field(loss.raw_event, internal=True, doc="event before claims are put in order")
    raw_date: date = field(loss.raw_date, internal=True, doc="day before claims are put in order")
    fraudulent: bool = field(
        fraud.fraudulent, hidden=True, doc="is it fraudulent? the truth, which the insurer does not know"
    )
    found_out: bool = field(fraud.found_out, internal=True, doc="will the fraud be proved?")
    place_in_time: int = field(loss.in_order, internal=True, doc="which of them comes at the place of the claim")
    cause_row: int = field(loss.cause_row, internal=True, doc="row of the table of causes")
    coverage: InsuranceCoverage = field(
        ref(InsuranceCoverage, by=loss.coverage), doc="coverage that answers for the cause"
    )
    coverage_code: str = field(costs.coverage_code, doc="code of that coverage within the product")
    cause: str = field(from_row("claim_causes", "cause", row="cause_row"), doc="cause of loss")

    at_fault: bool = field(loss.at_fault, doc="is it a claim of a driver that moves the no-claims class?")
    catastrophe: Catastrophe | None = field(
        ref(Catastrophe, by=loss.catastrophe), doc="the event that it is of; null for most"
    )

    # when
    policy_start: date = field(via("policy.start_date"), doc="first day of cover")
    cover_ends: date | None = field(
        loss.cover_ends, since="cover_ends", doc="first day without cover; null while it goes on"
    )
    early: bool = field(fraud.early, internal=True, doc="is it a fraud early in the life of the contract?")
    loss_date: date = field(loss.loss_date, doc="day of the loss")
    term: PolicyTerm = field(ref(PolicyTerm, by=loss.term), doc="term of the policy in which the loss fell")
    settles: str = field(loss.settles, internal=True, doc="pace of settlement")
    report_date: date = field(loss.report_date, doc="day on which the insurer learned of it")
    due_days: int = field(loss.due_days, internal=True, doc="days from the report to the end of the claim", unit="d")
    denied: bool = field(loss.denied, internal=True, doc="will the claim be denied in the end?")
    progress: float = field(loss.progress, internal=True, doc="part of the time to settle that has passed at the clock")

    # what it may cost
    sum_insured: Decimal = field(
        lambda policy, loss_date: sum_on(policy, loss_date), internal=True, doc="sum insured on the day of the loss"
    )
    most: Decimal = field(costs.most, internal=True, doc="limit, or what no claim reaches")
    limit: Decimal | None = field(
        costs.limit, doc="limit per claim of the coverage as chosen in the policy; null where there is none"
    )
    whole_loss: Decimal = field(costs.whole_loss, hidden=True, doc="the loss as it turns out in the end")
    own_shares: costs.OwnShares = field(costs.own_shares, internal=True, doc="what the insured bears of the claim")
    deductible: Decimal = field(
        via("own_shares.deductible"), doc="deductible, per claim; where it is of a year, what is left of it"
    )
    coinsurance: Decimal = field(
        via("own_shares.coinsurance"),
        doc="part above the deductible that the insured bears, up to the maximum of the year",
    )
    own_share: Decimal = field(costs.own_share, internal=True, doc="both together")
    worth: Decimal = field(costs.worth, internal=True, doc="what that loss is worth under the policy")
    first_estimate: Decimal = field(
        reserving.first_estimate, internal=True, doc="what it was thought to cost when it was reported"
    )

    # how it stands
    status_number: int = field(costs.status_number, internal=True, doc="number of the status at the clock")
    paid_by_clock: Decimal = field(costs.paid_by_clock, internal=True, doc="what is paid up to the clock")
    whole_history: list[StatusChange] = field(costs.whole_history, internal=True, doc="statuses up to the clock")
    changed_on: list[date] = field(
        lambda whole_history: Lists(whole_history.lengths, whole_history.values.changed_on), internal=True
    )
    standing: int = field(costs.standing, internal=True, doc="number of the status")
    status: str = field(lambda standing: select(standing, STATUSES), doc="where the claim stands at the clock")
    close_date: date | None = field(
        costs.close_date, since="close_date", doc="day on which the claim was closed or denied"
    )

    # what it costs
    loss_by_clock: Decimal = field(costs.loss_by_clock, internal=True, doc="loss as assessed up to the clock")
    payments_by_clock: list[ClaimPayment] = field(
        costs.payments_by_clock, stream="payments", internal=True, doc="payments made up to the clock"
    )
    paid_on: list[date] = field(
        lambda payments_by_clock: Lists(payments_by_clock.lengths, payments_by_clock.values.paid_on), internal=True
    )
    loss_amount: Decimal = field(costs.loss_amount, doc="loss as assessed so far; 0 until the first payment is decided")
    paid_amount: Decimal = field(
        costs.paid_amount, doc="max(0, min(loss - deductible - coinsurance, limit)); 0 when denied"
    )
    reserve: Decimal = field(reserving.reserve, doc="what is still expected to be paid; 0 once closed")
    incurred: Decimal = field(lambda paid_amount, reserve: paid_amount + reserve, doc="paid and reserved")
    currency: str = field(via("policy.currency"), doc="currency of all amounts, ISO 4217")
    payments: list[ClaimPayment] = field(costs.payment_list, changes="paid_on", doc="payments made, in order of time")
    status_history: list[StatusChange] = field(costs.status_history, doc="statuses so far, in order of time")

    # what speaks for and against it
    provider: str | None = field(fraud.provider, doc="number of the workshop or practice; null where there is none")
    police_report: bool | None = field(fraud.police_report, doc="was the police called? null where nobody would")
    lawyer: bool = field(fraud.lawyer, doc="did a lawyer write within a week of the loss?")

    # investigation
    investigation_number: int = field(
        costs.investigation_number, internal=True, doc="number of the state of the investigation"
    )
    fraud_flag: bool = field(
        lambda investigation_number: investigation_number != costs.NONE, doc="was it looked into for fraud?"
    )
    investigation: str = field(
        lambda investigation_number: select(investigation_number, INVESTIGATIONS),
        doc="none, referred (open), cleared or confirmed",
    )


@check(
    Claim, "the loss happened while the policy gave cover, and the claim was reported after it and closed after that"
)
def timeline_in_order(
    policy_start: Dates, cover_ends: Masked, loss_date: Dates, report_date: Dates, close_date: Masked, clock: Clock
) -> Bools:
    closed = np.ma.filled(close_date, clock.date)
    return (
        (policy_start <= loss_date)
        & np.ma.filled(loss_date < cover_ends, True)
        & (loss_date <= report_date)
        & (report_date <= closed)
        & (closed <= clock.date)
    )


@check(Claim, "the cause is one that the coverage answers for, and the coverage is one of the policy's product")
def cause_is_covered(product_code: Text, coverage_code: Text, cause: Text, data: Data) -> Bools:
    key = join(product_code, "/", coverage_code, "/", cause)
    return data["claim_causes"].lookup("severity_key", key) >= 0


@check(Claim, "paid = max(0, min(loss - deductible - coinsurance, limit)), and 0 for a denied claim")
def paid_follows_from_loss(
    status: Text, loss_amount: Ints, deductible: Ints, coinsurance: Ints, limit: Masked, paid_amount: Ints
) -> Bools:
    most = np.ma.filled(limit, costs.UNLIMITED)
    return paid_amount == np.where(status == "denied", 0, payable(loss_amount, deductible + coinsurance, most))


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


class ClaimService(HoldersService[Claim]):
    """Claims under the policies of holders who are adults of up to 90 years, unless asked otherwise."""

    holders = Insured
