"""Insured: a policy holder, with what an insurer knows of a person."""

from __future__ import annotations

from datetime import date

import numpy as np

from datamimic import (
    Clock,
    Data,
    check,
    entity,
    field,
    option,
    options,
    role,
    serial,
    via,
)
from datamimic.columns import Bools, Dates, Ints, Masked, Text, years_between
from datamimic_pack_common import Person
from datamimic_pack_common.demographics.population import PersonOptions
from datamimic_pack_common.people_services import PeopleService
from datamimic_pack_insurance.lives import holdings
from datamimic_pack_insurance.months import birthday
from datamimic_pack_insurance.risks import person as holders


@options
class InsuredOptions(PersonOptions):
    """Policy holders are adults; ages are the population's unless asked otherwise."""

    min_age: int | None = option(18, doc="youngest age in completed years", minimum=18, maximum=110)
    max_age: int | None = option(90, doc="oldest age in completed years", minimum=18, maximum=115)


@entity(
    "insured",
    options=InsuredOptions,
    hide=("household", "household_role", "partner", "mother", "father", "employer", "employer_name"),
    tables=(
        "licence_ages", "earlier_claims", "no_claims_classes", "no_claims_beginners", "no_claims_states", "no_claims_steps",
        "common.smoking", "common.household_members", "common.other_incomes",
        "credit_bands", "territories", "home_owners", "proneness", "holdings", "renewals", "private_health", "common.places",
        # the claims that exist, which the classes are counted from
        "products", "coverages", "policy_terms", "deaths", "claim_rates", "claim_numbers", "claim_causes", "claim_seasons",
        "claim_pace", "event_causes", "catastrophes", "catastrophe_sizes", "catastrophe_zones", "zone_states",
    ),
)  # fmt: skip
class Insured(Person):
    """A policy holder: an adult with what an insurer knows of the person."""

    # identity
    person: Person | None = field(
        role(Person, shares="insured_shares"),
        hidden=True,
        doc="who it is; null for people of a population of their own",
    )
    insured_id: str = field(
        serial("INP-{country}-########", grows=True), key=True, doc="customer number with the insurer"
    )

    # driving
    licence_date: date | None = field(holders.licence_date, doc="day the driving licence was issued; null without one")
    licence_years: int | None = field(holders.licence_years, doc="completed years of holding the licence", unit="a")

    # covers
    home_owner: bool = field(
        holdings.home_owner, doc="does the person own the home, as the one who answers for the household?"
    )
    householder: bool = field(
        lambda household_role: holdings.householder(household_role), internal=True, doc="who answers for the home"
    )
    private_patient: bool = field(
        holdings.private_patient, internal=True, doc="may private insurance take the place of the statutory one?"
    )
    proneness: float = field(holdings.proneness, internal=True, doc="claims relative to others alike, 1 on average")
    able: int = field(holdings.able, internal=True, doc="bits of the covers that the person can have")
    wished: list[int] = field(holdings.wished, stream="holdings", internal=True, doc="covers that the person wants")
    holdings: list[int] = field(holdings.holdings, internal=True, doc="rows of the table of products, one per policy")

    # life
    smoker: bool = field(holders.smoker, doc="does the person smoke?")
    dependant_rows: list[int] = field(
        holders.dependant_rows, internal=True, doc="rows of people of those who depend on the person"
    )
    dependants: int = field(
        holders.dependants, doc="children at home who depend on the person: those not of age, and students of up to 24"
    )
    dependant_ids: list[str] = field(
        holders.dependant_ids,
        names=Person,
        doc="who they are, by `person_id`; none of people of a population of their own",
    )
    credit_band: int | None = field(
        holders.credit_band, doc="1 (best) to 5, where insurers may use credit; null elsewhere"
    )
    territory: int = field(
        holders.territory, doc="territory class by the population of the place, 1 (rural) to 5 (metropolis)"
    )

    # policies
    first_policy: int = field(holders.first_policy, hidden=True, doc="row of the first of the policies")
    policy_count: int = field(holders.policy_count, doc="number of policies held, in force or not")
    policy_ids: list[str] = field(holders.policy_ids, doc="numbers of those policies")
    customer_since: date = field(holders.customer_since, doc="day on which the first of them was made")

    # claims
    books_from: date = field(holders.books_from, internal=True, doc="day from which the claims are known")
    earlier: list[int] = field(
        holders.earlier, internal=True, doc="days before that day on which there were claims with other insurers"
    )
    claim_free_before: int = field(
        holders.claim_free_before, internal=True, doc="years of driving without a claim by that day", unit="a"
    )
    known: holders.Known = field(holders.known, internal=True, doc="what the claims that exist come to at the clock")
    prior_claims: int = field(via("known.prior"), doc="claims reported in the last five years, with any insurer")
    claim_free_years: int = field(
        via("known.claim_free"), doc="years of driving since the last claim as a driver", unit="a"
    )
    no_claims_class: str | None = field(
        holders.no_claims_class, doc="no-claims class of the first car insured; null without a licence"
    )


@check(Insured, "the policy holder is an adult")
def holder_is_adult(age: Ints) -> Bools:
    return age >= 18


@check(Insured, "the licence was issued on or after the 16th birthday, and not after the clock")
def licence_not_before_sixteen(licence_date: Masked, birthdate: Dates, clock: Clock) -> Bools:
    return (licence_date >= birthday(birthdate, holders.YOUNGEST_DRIVER)) & (licence_date <= clock.date)


@check(Insured, "licence years are the completed years since the licence date")
def licence_years_since_date(licence_years: Masked, licence_date: Masked, clock: Clock) -> Bools:
    missing = np.ma.getmaskarray(licence_date)
    return (missing == np.ma.getmaskarray(licence_years)) & (
        missing | (years_between(np.ma.filled(licence_date, clock.date), clock.date) == np.ma.filled(licence_years, 0))
    )


@check(Insured, "claim-free years do not exceed the years since the licence")
def claim_free_within_licence(claim_free_years: Ints, licence_years: Masked) -> Bools:
    return (claim_free_years <= np.ma.filled(licence_years, 0)) & (claim_free_years >= 0)


@check(Insured, "the no-claims class is one of the country's, and only drivers have one")
def class_of_a_driver(no_claims_class: Text, licence_years: Masked, data: Data) -> Bools:
    known = data["no_claims_states"].lookup("no_claims_class", no_claims_class) >= 0
    return np.where(np.ma.getmaskarray(licence_years), no_claims_class.is_null(), known)


@check(Insured, "the person became a customer as an adult")
def customer_as_adult(customer_since: Dates, birthdate: Dates, clock: Clock) -> Bools:
    return (customer_since >= birthday(birthdate, 18)) & (customer_since <= clock.date)


class InsuredService(PeopleService[Insured]):
    """Policy holders, adults of up to 90 years unless asked otherwise; with a sampler, of the ages from 18 that it gives."""
