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
    ref,
    segment_sums,
    serial,
    via,
)  # fmt: skip
from datamimic.columns import Bools, Dates, Ints, Lists, Masked, Struct, Text
from datamimic_pack_common.people_services import HoldersService
from datamimic_pack_insurance.entities.insurance_company import InsuranceCompany
from datamimic_pack_insurance.entities.insurance_product import InsuranceProduct
from datamimic_pack_insurance.entities.insured import Insured
from datamimic_pack_insurance.entities.risk_profile import RiskProfile
from datamimic_pack_insurance.lives import change_numbers, endings, frequency
from datamimic_pack_insurance.lives import changes as changing
from datamimic_pack_insurance.lives.options import PolicyOptions
from datamimic_pack_insurance.policies import benefits, conditions, parts, price, term

if TYPE_CHECKING:
    from datamimic_pack_insurance import Claim, Endorsement, PolicyTerm


@entity(
    "insurance_policy",
    happens="booked_at",
    aliases=("policy",),
    tables=(
        "products", "coverages", "coverage_tiers", "policy_terms", "renewals", "cancellation_reasons", "deaths", "vehicles",
        "markets", "tier_choices", "premium_frequencies", "beneficiaries", "claim_rates", "claim_numbers", "event_causes",
        "common.other_incomes", "endorsement_rates", "vehicle_ages", "vehicle_values", "sums_insured", "annual_mileages",
        "risk_sum_insured", "risk_mileage", "risk_age",
    ),
    options=PolicyOptions,
)  # fmt: skip
class InsurancePolicy(Entity):
    """A contract of insurance: who holds it with whom, what it covers, what it costs, and where it stands at the clock."""

    # who insures what
    id: str = field(serial("POL-{country}-##########", grows=True), key=True, doc="policy number, unique")
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

    # life of the contract
    product_row: int = field(via("risk_profile.product_row"), internal=True, doc="row of the catalogue of products")
    calendar_year: bool = field(via("risk_profile.calendar_year"), internal=True, doc="do terms end on 1 January?")
    start_date: date = field(via("risk_profile.assessed_on"), doc="first day of cover of the first term")
    agreed_months: int = field(
        term.agreed_months, stream="term_months", internal=True, doc="agreed term, 0 without an end", unit="mo"
    )
    term_months: int | None = field(
        term.term_months, doc="agreed term, after which it renews, but for life cover; null without an end", unit="mo"
    )
    period_months: int = field(term.period_months, internal=True, doc="what one premium is for", unit="mo")
    first_term: int = field(endings.first_in_books, internal=True, doc="number of the first term that the books hold")
    at_risk_from: date = field(term.at_risk_from, internal=True, doc="first day of that term")
    fate: endings.Ending = field(endings.fate, stream="ending", internal=True, doc="its end if nobody gives it up")
    lasting: endings.Lasting = field(
        endings.lasting, stream="ending", internal=True, doc="terms in the books, as drawn"
    )
    kept_terms: int = field(endings.kept_terms, internal=True, doc="terms in the books, as they are")
    ending: endings.Ending = field(endings.ending, internal=True, doc="what ends the contract, whenever that is")
    ends_on: date = field(lambda ending: ending.day, internal=True, doc="that day, far away where it goes on")
    cover_until: date = field(endings.cover_until, internal=True, doc="first day not known to be covered")
    created_date: datetime = field(term.created_date, doc="when the contract was made")
    booked_at: datetime = field(term.booked_at, internal=True, doc="since when the books hold it")
    cancellation_date: date | None = field(
        endings.cancellation_date, since="cancellation_date", doc="first day without cover of a contract that was ended"
    )
    cancellation_reason: str | None = field(
        endings.cancellation_reason, since="cancellation_date", doc="why it was ended"
    )
    begun: list[date] = field(term.begun, internal=True, doc="first days of its terms")
    terms: list[PolicyTerm] = field(children("insurance.policy_term"), doc="its terms, one after the other")
    current_term: PolicyTerm = field(
        ref("insurance.policy_term", by=term.current_term), doc="the term that runs, or the last one"
    )
    term_number: int = field(via("current_term.number"), doc="number of that term, the first is 1")
    end_date: date | None = field(
        term.end_date, doc="day on which that term ends, itself not covered; null of a contract without an end"
    )
    status: str = field(
        term.status,
        doc="pending, active, lapsed (not renewed), expired (run out) or cancelled (within a term) at the clock",
    )

    # changes within terms
    assessed_sum: Decimal = field(price.assessed_sum, internal=True, doc="sum insured on the first day")
    drawn_changes: change_numbers.Drawn = field(
        change_numbers.drawn, stream="changes", internal=True, doc="how many, as drawn"
    )
    change_count: int = field(change_numbers.change_count, internal=True, doc="how many, as they are")
    changes: list[changing.Change] = field(changing.changes, internal=True, doc="what is changed, in order")
    changed_on: list[date] = field(changing.changed_on, internal=True, doc="days of those changes")
    endorsements: list[Endorsement] = field(children("insurance.endorsement"), doc="changes within its terms")
    insured_object: parts.InsuredObject = field(term.insured_object, doc="what is insured, after all changes so far")

    # coverages
    limit_tier: int = field(price.limit_tier, internal=True, doc="level of the limits, 0 to 2")
    deductible_tier: int = field(price.deductible_tier, internal=True, doc="level of the deductibles, 0 to 2")
    insured_sum: Decimal = field(price.insured_sum, hidden=True, doc="value or sum insured, 0 where only limits apply")
    coverages: list[parts.PolicyCoverage] = field(price.coverages, doc="coverages with limit, deductible and premium")

    # premium
    risk_score: int = field(via("risk_profile.score"), doc="score of the risk profile")
    currency: str = field(via("product.currency"), doc="currency of all amounts, ISO 4217")
    frequency_row: int = field(price.frequency_row, internal=True, doc="row of the table of payment frequencies")
    premium_frequency: str = field(
        from_row("premium_frequencies", "premium_frequency", row="frequency_row"), doc="how often the premium is paid"
    )
    net_premium: Decimal = field(via("current_term.net_premium"), doc="premiums of the coverages added up")
    discount: Decimal = field(via("current_term.discount"), doc="taken off for other covers with the same insurer")
    instalment_fee: Decimal = field(via("current_term.instalment_fee"), doc="put on for paying in instalments")
    premium_tax: Decimal = field(
        via("current_term.premium_tax"), doc="insurance tax on net premium, less discount, plus fee"
    )
    premium: Decimal = field(
        via("current_term.premium"), doc="to pay for the current term, or for a year of a longer one, tax included"
    )
    instalments: list[parts.Instalment] = field(
        via("current_term.instalments"), doc="parts of the premium and when they are due"
    )

    # who benefits, and claims
    beneficiaries: list[parts.Beneficiary] = field(
        benefits.beneficiaries,
        doc="who shares a death benefit; of life insurance only. `person_id` is of those in the holder's household",
    )
    claim_numbers: frequency.ClaimNumbers = field(
        frequency.claim_numbers, internal=True, doc="claims reported by the clock"
    )
    claims: list[Claim] = field(children("insurance.claim"), doc="the claims made under it")
    claim_count: int = field(count_of("claims"), doc="claims reported by the clock")


Policy = InsurancePolicy
"""The name that descriptions use for an insurance policy."""


@check(InsurancePolicy, "cover starts before it ends, and the contract was made by then and by the clock")
def dates_in_order(created_date: Dates, start_date: Dates, end_date: Masked, clock: Clock) -> Bools:
    made = created_date.astype("datetime64[D]")
    return (np.ma.filled(start_date < end_date, True)) & (made <= start_date) & (created_date <= clock.instant)


@check(
    InsurancePolicy,
    "a term ends whole terms of the product after the start, or on 1 January; cover without an end has no last day",
)
def term_matches_product(
    product_code: Text, start_date: Dates, end_date: Masked, term_months: Masked, term_number: Ints, data: Data
) -> Bools:
    return conditions.end_is_of_a_term(product_code, start_date, end_date, term_months, term_number, data)


@check(
    InsurancePolicy,
    "active means begun and not ended; pending not begun; lapsed and cancelled with a day of that, expired run out",
)
def status_follows_dates(
    status: Text, start_date: Dates, end_date: Masked, cancellation_date: Masked, now: Dates
) -> Bools:
    return conditions.status_is_of_dates(status, start_date, end_date, cancellation_date, now)


@check(InsurancePolicy, "a reason is given for every cancellation, and only there")
def reason_with_cancellation(cancellation_date: Masked, cancellation_reason: Text) -> Bools:
    return np.ma.getmaskarray(cancellation_date) == cancellation_reason.is_null()


@check(InsurancePolicy, "every coverage is of the policy's own product, and that product of its line")
def coverages_of_own_product(product_code: Text, line: Text, coverages: Lists, data: Data) -> Bools:
    return conditions.coverages_fit(product_code, line, coverages, data)


@check(InsurancePolicy, "limits lie in the range of the coverage, and deductibles are not negative")
def limit_in_range(coverages: Lists) -> Bools:
    each: Any = coverages.values
    within = np.ma.filled((each.limit >= each.min_coverage) & (each.limit <= each.max_coverage), True)
    return coverages.all(within & (each.deductible >= 0))


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
    return conditions.tax_fits(product_code, net_premium - discount + instalment_fee, premium_tax, data)


@check(InsurancePolicy, "the instalments add up to the premium and are due while there is cover")
def instalments_add_up(premium: Ints, instalments: Lists, start_date: Dates, end_date: Masked) -> Bools:
    return conditions.instalments_fit(premium, instalments, start_date, end_date)


@check(InsurancePolicy, "a life policy has beneficiaries whose shares add up to 100 per cent; others have none")
def shares_add_up(line: Text, beneficiaries: Lists) -> Bools:
    return conditions.shares_fit(line, beneficiaries)


@check(
    InsurancePolicy, "a vehicle and only a vehicle has a VIN, and no model year after the clock or the start of cover"
)
def vehicle_is_described(line: Text, insured_object: Struct, start_date: Dates, clock: Clock) -> Bools:
    return conditions.vehicle_fits(line, insured_object, start_date, clock)


class InsurancePolicyService(HoldersService[InsurancePolicy]):
    """Insurance policies of holders who are adults of up to 90 years, unless asked otherwise."""

    holders = Insured


PolicyService = InsurancePolicyService
"""The service under the short name."""
