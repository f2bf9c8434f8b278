"""InsurancePolicy (also Policy): a contract priced by a risk profile, with the coverages of its product."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Entity,
    check,
    children,
    count_of,
    entity,
    field,
    from_row,
    positions,
    ref,
    segment_sums,
    serial,
    via,
)
from datamimic.columns import Bools, Dates, Ints, Lists, Masked, Struct, Text, join
from datamimic_pack_common.people_services import HoldersService
from datamimic_pack_insurance.catalogue import product_rows
from datamimic_pack_insurance.entities.insurance_company import InsuranceCompany
from datamimic_pack_insurance.entities.insurance_product import InsuranceProduct
from datamimic_pack_insurance.entities.insured import Insured
from datamimic_pack_insurance.entities.risk_profile import RiskProfile
from datamimic_pack_insurance.months import DAY, add_months, first_of_year, year_of
from datamimic_pack_insurance.policies import parts, price, term
from datamimic_pack_insurance.premium import minor_unit

if TYPE_CHECKING:
    from datamimic_pack_insurance import Claim


@entity(
    "insurance_policy",
    happens="created_date",
    aliases=("policy",),
    tables=(
        "claim_counts", "products", "coverages", "coverage_tiers", "policy_terms", "cancellation_reasons", "vehicles",
        "markets",
        "tier_choices",
        "premium_frequencies", "beneficiaries", "claim_counts",
    ),
)  # fmt: skip
class InsurancePolicy(Entity):
    """A contract of insurance: who holds it with whom, what it covers, what it costs, and where it stands at the clock."""

    # who insures what
    id: str = field(serial("POL-{country}-##########"), key=True, doc="policy number, unique")
    risk_profile: RiskProfile = field(
        ref(RiskProfile, by=lambda rows: rows), doc="assessment that the price follows from"
    )
    policy_holder: Insured = field(
        ref(Insured, by=term.policy_holder), doc="policy holder, who is also the insured person"
    )
    product: InsuranceProduct = field(ref(InsuranceProduct, by=term.product), doc="product of the insurer")
    company: InsuranceCompany = field(ref(InsuranceCompany, by=term.company), doc="insurer")
    product_code: str = field(via("risk_profile.product_code"), doc="code of the product in the market's catalogue")
    line: str = field(via("risk_profile.line"), doc="line of business")
    insured_object: parts.InsuredObject = field(term.insured_object, doc="what is insured")

    # term
    start_date: date = field(via("risk_profile.assessed_on"), doc="first day of cover")
    term_months: int = field(
        term.term_months, doc="agreed term; the first may be shorter where terms end on 1 January", unit="mo"
    )
    end_date: date = field(term.end_date, doc="day on which cover ends, itself not covered")
    created_date: datetime = field(term.created_date, doc="when the contract was made")
    cancellation_date: date | None = field(
        term.cancellation_date, since="cancellation_date", doc="day on which cover ended early"
    )
    cancellation_reason: str | None = field(
        term.cancellation_reason, since="cancellation_date", doc="why it ended early"
    )
    status: str = field(term.status, doc="pending, active, expired or cancelled at the clock")

    # coverages
    limit_tier: int = field(price.limit_tier, internal=True, doc="level of the limits, 0 to 2")
    deductible_tier: int = field(price.deductible_tier, internal=True, doc="level of the deductibles, 0 to 2")
    insured_sum: Decimal = field(price.insured_sum, hidden=True, doc="value or sum insured, 0 where only limits apply")
    policy_years: float = field(
        price.policy_years, internal=True, doc="part of a year that the premium is for", unit="a"
    )
    coverages: list[parts.PolicyCoverage] = field(price.coverages, doc="coverages with limit, deductible and premium")

    # premium
    risk_score: int = field(via("risk_profile.score"), doc="score of the risk profile")
    currency: str = field(via("product.currency"), doc="currency of all amounts, ISO 4217")
    frequency_row: int = field(price.frequency_row, internal=True, doc="row of the table of payment frequencies")
    premium_frequency: str = field(
        from_row("premium_frequencies", "premium_frequency", row="frequency_row"), doc="how often the premium is paid"
    )
    net_premium: Decimal = field(price.net_premium, doc="premiums of the coverages added up")
    bill: price.BillColumns = field(price.bill, internal=True, doc="parts of the premium beside the coverages")
    discount: Decimal = field(via("bill.discount"), doc="taken off for holding several policies")
    instalment_fee: Decimal = field(via("bill.fee"), doc="put on for paying in instalments")
    premium_tax: Decimal = field(via("bill.tax"), doc="insurance tax on net premium, less discount, plus fee")
    premium: Decimal = field(via("bill.total"), doc="to pay for the term, or for a year of a longer term, tax included")
    instalments: list[parts.Instalment] = field(price.instalment_list, doc="parts of the premium and when they are due")

    # who benefits, and claims
    beneficiaries: list[parts.Beneficiary] = field(
        price.beneficiaries, doc="who shares a death benefit; of life insurance only"
    )
    claims: list[Claim] = field(children("insurance.claim"), doc="the claims made under it")
    claim_count: int = field(count_of("claims"), doc="claims reported by the clock")


Policy = InsurancePolicy
"""The name that descriptions use for an insurance policy."""


@check(InsurancePolicy, "cover starts before it ends, and the contract was made by then and by the clock")
def dates_in_order(created_date: Dates, start_date: Dates, end_date: Dates, clock: Clock) -> Bools:
    made = created_date.astype("datetime64[D]")
    return (start_date < end_date) & (made <= start_date) & (created_date <= clock.instant)


@check(
    InsurancePolicy,
    "the term is one the product has: at most the agreed months, and exactly these but for terms to 1 January",
)
def term_matches_product(
    product_code: Text, start_date: Dates, end_date: Dates, term_months: Ints, data: Data
) -> Bools:
    full = add_months(start_date, term_months)
    january = data["products"].floats("january_share")[product_rows(data, product_code)] > 0
    terms = data["policy_terms"]
    known = terms.lookup("product_code", product_code) >= 0
    return known & (
        (end_date == full) | (january & (end_date <= full) & (end_date == first_of_year(year_of(start_date) + 1)))
    )


@check(
    InsurancePolicy,
    "active means begun, not ended and not cancelled; pending not begun; cancelled with a day within the term",
)
def status_follows_dates(
    status: Text, start_date: Dates, end_date: Dates, cancellation_date: Masked, now: Dates
) -> Bools:
    cancelled = ~np.ma.getmaskarray(cancellation_date)
    day = np.where(cancelled, np.ma.getdata(cancellation_date), now)
    begun, ended = start_date <= now, end_date <= now
    within = (day >= start_date) & (day <= end_date) & (day <= now)
    return (
        ((status == "active") == (begun & ~ended & ~cancelled))
        & ((status == "pending") == (~begun & ~cancelled))
        & ((status == "expired") == (ended & ~cancelled))
        & ((status == "cancelled") == cancelled)
        & (~cancelled | within)
    )


@check(InsurancePolicy, "a reason is given for every cancellation, and only there")
def reason_with_cancellation(cancellation_date: Masked, cancellation_reason: Text) -> Bools:
    return np.ma.getmaskarray(cancellation_date) == cancellation_reason.is_null()


@check(InsurancePolicy, "every coverage is of the policy's own product, and that product of its line")
def coverages_of_own_product(product_code: Text, line: Text, coverages: Lists, data: Data) -> Bools:
    each: Any = coverages.values
    own = product_code.take(coverages.parents)
    known = data["coverages"].lookup("coverage_key", join(own, "/", each.code)) >= 0
    products = data["products"]
    row = product_rows(data, product_code)
    return (
        coverages.all(known & (each.product_code == own))
        & (coverages.lengths > 0)
        & (row >= 0)
        & (products["line"].take(row) == line)
    )


@check(InsurancePolicy, "limits lie in the range of the coverage, and deductibles are not negative")
def limit_in_range(coverages: Lists) -> Bools:
    each: Any = coverages.values
    return coverages.all((each.limit >= each.min_coverage) & (each.limit <= each.max_coverage) & (each.deductible >= 0))


@check(InsurancePolicy, "the net premium is the sum of the coverages' premiums")
def net_premium_adds_up(coverages: Lists, net_premium: Ints) -> Bools:
    each: Any = coverages.values
    return segment_sums(each.premium, coverages.lengths) == net_premium


@check(InsurancePolicy, "premium = net premium - discount + instalment fee + tax")
def premium_adds_up(net_premium: Ints, discount: Ints, instalment_fee: Ints, premium_tax: Ints, premium: Ints) -> Bools:
    return premium == net_premium - discount + instalment_fee + premium_tax


@check(InsurancePolicy, "the tax is the line's rate on what is taxed")
def tax_at_the_rate(
    product_code: Text, net_premium: Ints, discount: Ints, instalment_fee: Ints, premium_tax: Ints, data: Data
) -> Bools:
    rate = data["products"].floats("tax_rate")[product_rows(data, product_code)]
    off = np.abs(premium_tax - (net_premium - discount + instalment_fee) * rate)
    return off <= minor_unit(data) * 0.5 + 1e-6


@check(InsurancePolicy, "the instalments add up to the premium and are due within the term, the first at its start")
def instalments_add_up(premium: Ints, instalments: Lists, start_date: Dates, end_date: Dates) -> Bools:
    each: Any = instalments.values
    whole = segment_sums(each.amount, instalments.lengths) == premium
    own = instalments.parents
    due = (each.due_on >= start_date[own]) & (each.due_on < np.maximum(end_date, start_date + DAY)[own])
    begins = instalments.any((positions(instalments.lengths) == 0) & (each.due_on == start_date[own]))
    return whole & begins & instalments.all(due)


@check(InsurancePolicy, "a life policy has beneficiaries whose shares add up to 100 per cent; others have none")
def shares_add_up(line: Text, beneficiaries: Lists) -> Bools:
    each: Any = beneficiaries.values
    total = segment_sums(each.share_percent, beneficiaries.lengths)
    return np.where(line == "life", total == 100, beneficiaries.lengths == 0)


@check(InsurancePolicy, "a vehicle and only a vehicle has a VIN, and no model year after the start of cover")
def vehicle_is_described(line: Text, insured_object: Struct, start_date: Dates) -> Bools:
    vehicle = line.isin({"auto", "motorcycle"})
    described = ~insured_object.vin.is_null()
    return (vehicle == described) & (~vehicle | (np.ma.filled(insured_object.model_year, 0) <= year_of(start_date)))


class InsurancePolicyService(HoldersService[InsurancePolicy]):
    """Insurance policies of holders who are adults of up to 90 years, unless asked otherwise."""

    holders = Insured


PolicyService = InsurancePolicyService
"""The service under the short name."""
