"""Endorsement: a change of a contract within a term, and what is paid or given back for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np

from datamimic import Clock, Data, Entity, check, entity, field, parent, ref, serial, via
from datamimic.columns import Bools, Dates, Floats, Ints, Masked, Text, select
from datamimic_pack_common import Person
from datamimic_pack_common.people_services import HoldersService
from datamimic_pack_insurance.endorsements import adjustment, told
from datamimic_pack_insurance.entities.insurance_policy import InsurancePolicy
from datamimic_pack_insurance.entities.insured import Insured
from datamimic_pack_insurance.entities.policy_term import PolicyTerm
from datamimic_pack_insurance.lives import change_numbers, changes
from datamimic_pack_insurance.lives.options import BLOCK
from datamimic_pack_insurance.premium import minor_unit


@entity(
    "endorsement",
    size=2_000_000_000,
    happens="effective_on",
    tables=("products", "coverages", "coverage_tiers", "markets", "premium_frequencies", "vehicles"),
)
class Endorsement(Entity):
    """A change of a contract within a term: what is insured from a day on, and the premium for the days that are left."""

    # of which contract
    endorsement_id: str = field(
        serial("END-{country}-##########", grows=True), key=True, doc="number of the endorsement, unique"
    )
    policy: InsurancePolicy = field(
        parent(InsurancePolicy, counts=change_numbers.number_drawn, each_block=BLOCK, within=change_numbers.room),
        doc="the contract",
    )
    place: int = field(lambda policy: policy.index, internal=True)
    number: int = field(lambda place: place + 1, doc="number of the endorsement among those in the books, from 1 on")
    product_code: str = field(via("policy.product_code"), doc="code of the product in the market's catalogue")
    line: str = field(via("policy.line"), doc="line of business")

    # what and when
    change: changes.Change = field(adjustment.change, internal=True, doc="what is so from the day on")
    kind: str = field(
        lambda change: select(change.kind, changes.KINDS),
        doc="vehicle replaced, mileage changed, driver added or sum insured changed",
    )
    effective_on: date = field(via("change.day"), doc="first day on which it is so")
    term: PolicyTerm = field(ref(PolicyTerm, by=told.term), doc="term of the policy in which it is made")

    # before and after
    make: str | None = field(told.make, doc="make of the vehicle that is insured now, where it was replaced")
    model: str | None = field(told.model, doc="its model")
    model_year: int | None = field(told.model_year, doc="its model year")
    vin: str | None = field(told.vin, doc="its vehicle identification number")
    driver_id: str | None = field(
        told.driver_id, names=Person, doc="who drives as well now, by `person_id`: the holder's partner"
    )
    mileage_before: int | None = field(told.mileage_before, doc="yearly distance before, where it was changed")
    mileage_after: int | None = field(told.mileage_after, doc="yearly distance since")
    sum_before: Decimal | None = field(told.sum_before, doc="value or sum insured before, where it was changed")
    sum_after: Decimal | None = field(told.sum_after, doc="value or sum insured since")

    # premium
    risk_at_start: float = field(
        lambda policy, term: changes.risk_on(policy, term.start_date),
        internal=True,
        doc="risk that the term was priced by",
    )
    risk_before: float = field(
        lambda policy, place: adjustment.before(policy, place, "risk", 1.0), internal=True, doc="risk before the change"
    )
    relativity_before: float = field(
        lambda term, risk_before, risk_at_start: adjustment.relativity(term, risk_before, risk_at_start),
        doc="what the factors multiply the base premium by, before",
    )
    relativity_after: float = field(
        lambda term, change, risk_at_start: adjustment.relativity(term, change.risk, risk_at_start), doc="and since"
    )
    days_left: int = field(adjustment.days_left, doc="days of the term from that day on", unit="d")
    bills: adjustment.Adjustment = field(adjustment.adjustment, internal=True)
    premium_before: Decimal = field(via("bills.before"), doc="premium of the whole term as it was, tax included")
    premium_after: Decimal = field(via("bills.after"), doc="premium of the whole term as it would be with the change")
    premium_tax: Decimal = field(via("bills.tax"), doc="insurance tax in the adjustment")
    premium_adjustment: Decimal = field(
        via("bills.total"),
        doc="to pay, or given back where negative: the difference of both, by the days left of the term",
    )
    currency: str = field(via("policy.currency"), doc="currency of all amounts, ISO 4217")


@check(Endorsement, "a change is made before the clock, and before the end of its term")
def changed_within_the_term(effective_on: Dates, days_left: Ints, clock: Clock) -> Bools:
    return (effective_on <= clock.date) & (days_left > 0)


@check(Endorsement, "a change tells what it changed, and nothing else")
def tells_what_changed(
    kind: Text, vin: Text, sum_before: Masked, sum_after: Masked, mileage_before: Masked, mileage_after: Masked
) -> Bools:
    vehicle, mileage = kind == "vehicle replaced", kind == "mileage changed"
    sums = vehicle | (kind == "sum insured changed")
    return (
        (vin.is_null() == ~vehicle)
        & (np.ma.getmaskarray(sum_after) == ~sums)
        & (np.ma.getmaskarray(mileage_after) == ~mileage)
        & (~mileage | (np.ma.filled(mileage_before, 0) != np.ma.filled(mileage_after, 0)))
        & ((kind != "sum insured changed") | (np.ma.filled(sum_before, 0) != np.ma.filled(sum_after, 0)))
    )


@check(Endorsement, "what is riskier costs more, and what is less risky not more")
def premium_follows_risk(
    relativity_before: Floats, relativity_after: Floats, premium_before: Ints, premium_after: Ints
) -> Bools:
    return ((relativity_after < relativity_before) | (premium_after >= premium_before)) & (
        (relativity_after > relativity_before) | (premium_after <= premium_before)
    )


@check(Endorsement, "the adjustment is not more than the difference of the premiums, and of its sign")
def adjustment_within_difference(
    premium_before: Ints, premium_after: Ints, premium_adjustment: Ints, premium_tax: Ints, data: Data
) -> Bools:
    off = premium_after - premium_before
    return (
        (np.abs(premium_adjustment) <= np.abs(off))
        & (premium_adjustment * off >= 0)
        & (np.abs(premium_tax) <= np.abs(premium_adjustment) + minor_unit(data))
    )


class EndorsementService(HoldersService[Endorsement]):
    """Endorsements of policies whose holders are adults of up to 90 years, unless asked otherwise."""

    holders = Insured
