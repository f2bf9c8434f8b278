"""PolicyTerm: one term of a contract, with the class, risk and premium that it begins with."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import Clock, Data, Entity, check, entity, field, from_row, parent, segment_sums, serial, via
from datamimic.columns import Bools, Dates, Ints, Lists, Masked, Text
from datamimic_pack_common.people_services import HoldersService
from datamimic_pack_insurance.entities.insurance_policy import InsurancePolicy
from datamimic_pack_insurance.entities.insured import Insured
from datamimic_pack_insurance.lives.endings import room, terms
from datamimic_pack_insurance.lives.options import BLOCK
from datamimic_pack_insurance.months import DAY
from datamimic_pack_insurance.policies import parts
from datamimic_pack_insurance.terms import renewal, tariff


@entity(
    "policy_term",
    size=20_000_000_000,
    happens="issued_at",
    tables=(
        "products", "coverages", "coverage_tiers", "markets", "premium_frequencies", "renewals", "no_claims_states",
        "no_claims_steps", "no_claims_classes", "no_claims_beginners", "risk_age", "risk_licence_years", "risk_prior_claims",
    ),
)  # fmt: skip
class PolicyTerm(Entity):
    """A term of a contract, or a year of a longer one: from when to when, in what no-claims class, for what premium."""

    # of which contract
    term_id: str = field(serial("TRM-{country}-##########", grows=True), key=True, doc="number of the term, unique")
    policy: InsurancePolicy = field(
        parent(InsurancePolicy, counts=terms, each_block=BLOCK, within=room),
        doc="the contract",
    )
    place: int = field(renewal.place, internal=True, doc="place among the terms of the books, from 0 on")
    number: int = field(renewal.number, doc="number of the term since the contract was made, from 1 on")
    product_code: str = field(via("policy.product_code"), doc="code of the product in the market's catalogue")
    line: str = field(via("policy.line"), doc="line of business")
    product_row: int = field(via("policy.product_row"), internal=True, doc="row of the catalogue of products")
    rating: str = field(from_row("products", "rating", row="product_row"), internal=True, doc="set of risk factors")

    # time
    start_date: date = field(renewal.start_date, doc="first day")
    end_date: date = field(renewal.end_date, doc="day on which it ends as agreed, itself not covered")
    issued_at: datetime = field(renewal.issued_at, doc="when the contract was made, or it was renewed at the start")
    cover_ends: date | None = field(
        renewal.cover_ends, since="cover_ends", doc="day on which cover ended, if not as agreed"
    )

    # risk
    age: int = field(renewal.age, doc="age of the holder at the start", unit="a")
    licence_years: int | None = field(
        renewal.licence_years, doc="years of holding a licence at the start; for vehicles", unit="a"
    )
    prior_claims: int = field(
        renewal.prior_claims, doc="claims under covers of this kind reported in the five years before, with any insurer"
    )
    at_fault_claims: int = field(
        renewal.at_fault_claims,
        doc="claims that were the driver's fault, reported in the year before that moves the class",
    )
    class_moves: bool = field(
        renewal.class_moves, internal=True, doc="does a year of driving end at the start, which moves the class?"
    )
    entry_state: int = field(renewal.entry_state, internal=True, doc="no-claims state of the first term in the books")
    state: int = field(renewal.state, internal=True, doc="row of the table of no-claims states, -1 without one")
    no_claims_class: str | None = field(renewal.no_claims_class, doc="no-claims class of the term; for vehicles")
    relativity: float = field(tariff.relativity, doc="what the factors multiply the base premium by")

    # premium
    years: float = field(tariff.years, internal=True, doc="part of a year that the premium is for", unit="a")
    coverage_premiums: list[Decimal] = field(
        tariff.premiums, internal=True, doc="premium of each coverage, in the order of the product's"
    )
    net_premium: Decimal = field(tariff.net_premium, doc="premiums of the coverages added up")
    bundled: bool = field(tariff.bundled, doc="does the holder have another cover with this insurer at the start?")
    bill: tariff.BillColumns = field(tariff.bill, internal=True, doc="parts of the premium beside the coverages")
    discount: Decimal = field(via("bill.discount"), doc="taken off for other covers with the same insurer")
    instalment_fee: Decimal = field(via("bill.fee"), doc="put on for paying in instalments")
    premium_tax: Decimal = field(via("bill.tax"), doc="insurance tax on net premium, less discount, plus fee")
    premium: Decimal = field(via("bill.total"), doc="to pay for the term, tax included")
    currency: str = field(via("policy.currency"), doc="currency of all amounts, ISO 4217")
    instalments: list[parts.Instalment] = field(
        tariff.instalment_list, doc="parts of the premium and when they are due"
    )
    refund: Decimal | None = field(
        tariff.refund, since="cover_ends", doc="given back, tax included, for the days after an early end"
    )


@check(PolicyTerm, "a term begins before it ends, and not before the contract was made")
def term_in_order(start_date: Dates, end_date: Dates, issued_at: Dates, clock: Clock) -> Bools:
    return (start_date < end_date) & (issued_at.astype("datetime64[D]") <= start_date) & (issued_at <= clock.instant)


@check(PolicyTerm, "cover that ended early ended within the term")
def early_end_within(start_date: Dates, end_date: Dates, cover_ends: Masked) -> Bools:
    return np.ma.filled((cover_ends > start_date) & (cover_ends <= end_date), True)


@check(PolicyTerm, "premium = net premium - discount + instalment fee + tax")
def premium_adds_up(net_premium: Ints, discount: Ints, instalment_fee: Ints, premium_tax: Ints, premium: Ints) -> Bools:
    return premium == net_premium - discount + instalment_fee + premium_tax


@check(PolicyTerm, "a discount is given exactly for a bundle with the insurer, but not off a tariff of the state")
def discount_for_a_bundle(product_code: Text, net_premium: Ints, discount: Ints, bundled: Bools, data: Data) -> Bools:
    products = data["products"]
    free = ~(products["rating"] == "tariff")[products.lookup("product_code", product_code)]
    return (discount > 0) == (bundled & free & (net_premium > 0))


@check(PolicyTerm, "the instalments add up to the premium and are due within the term, the first at its start")
def instalments_add_up(premium: Ints, instalments: Lists, start_date: Dates, end_date: Dates) -> Bools:
    each: Any = instalments.values
    own = instalments.parents
    whole = segment_sums(each.amount, instalments.lengths) == premium
    due = (each.due_on >= start_date[own]) & (each.due_on < np.maximum(end_date, start_date + DAY)[own])
    return whole & instalments.all(due) & instalments.any(each.due_on == start_date[own])


@check(PolicyTerm, "the no-claims class is one of the country's, for cars that are rated by it")
def class_is_known(product_code: Text, no_claims_class: Text, data: Data) -> Bools:
    products = data["products"]
    motor = (products["rating"] == "motor")[products.lookup("product_code", product_code)]
    known = data["no_claims_states"].lookup("no_claims_class", no_claims_class) >= 0
    return np.where(motor, known, no_claims_class.is_null())


@check(PolicyTerm, "what is given back for an early end is not more than the premium, and nothing is for a whole term")
def refund_within_premium(refund: Masked, premium: Ints, cover_ends: Masked) -> Bools:
    fits = np.ma.filled((refund >= 0) & (refund <= premium), True)
    return fits & (np.ma.getmaskarray(refund) == np.ma.getmaskarray(cover_ends))


class PolicyTermService(HoldersService[PolicyTerm]):
    """Terms of policies whose holders are adults of up to 90 years, unless asked otherwise."""

    holders = Insured
