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
)
from datamimic.columns import Bools, Dates, Ints, Masked, Text, years_between
from datamimic_pack_common import Person
from datamimic_pack_common.demographics.population import PersonOptions
from datamimic_pack_common.people_services import PeopleService
from datamimic_pack_insurance.months import birthday
from datamimic_pack_insurance.risks import person as holders
from datamimic_pack_insurance.underwriting import no_claims


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
        "policy_counts", "licence_ages", "prior_claims", "no_claims_classes", "no_claims_beginners", "smokers",
        "dependants", "credit_bands",
        "territories", "policy_counts", "common.places",
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
    insured_id: str = field(serial("INP-{country}-########"), key=True, doc="customer number with the insurer")

    # driving
    licence_date: date | None = field(holders.licence_date, doc="day the driving licence was issued; null without one")
    licence_years: int | None = field(holders.licence_years, doc="completed years of holding the licence", unit="a")
    prior_claims: int = field(holders.prior_claims, doc="claims in the last five years, with any insurer")
    claim_free_years: int = field(holders.claim_free_years, doc="years of driving without a claim", unit="a")
    no_claims_class: str | None = field(
        holders.no_claims_class, doc="no-claims class as the country names it; null without a licence"
    )

    # life
    smoker: bool = field(holders.smoker, doc="does the person smoke?")
    dependants: int = field(holders.dependants, doc="children and others who depend on the person")
    credit_band: int | None = field(
        holders.credit_band, doc="1 (best) to 5, where insurers may use credit; null elsewhere"
    )
    territory: int = field(
        holders.territory, doc="territory class by the population of the place, 1 (rural) to 5 (metropolis)"
    )
    customer_since: date = field(holders.customer_since, doc="first day as a customer")

    # policies
    first_policy: int = field(holders.first_policy, hidden=True, doc="row of the first of the policies")
    policy_count: int = field(holders.policy_count, doc="number of policies held, in force or not")
    policy_ids: list[str] = field(holders.policy_ids, doc="numbers of those policies")


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


@check(
    Insured, "claim-free years do not exceed the years since the licence, nor the time since a claim that is remembered"
)
def claim_free_within_licence(claim_free_years: Ints, licence_years: Masked, prior_claims: Ints) -> Bools:
    driven = np.ma.filled(licence_years, 0)
    return (
        (claim_free_years <= driven)
        & ((prior_claims == 0) | (claim_free_years < holders.MEMORY))
        & (claim_free_years >= 0)
    )


@check(Insured, "the no-claims class is that of the claim-free years, where the person drives")
def class_of_claim_free_years(
    no_claims_class: Text, claim_free_years: Ints, licence_years: Masked, prior_claims: Ints, data: Data
) -> Bools:
    driver = ~np.ma.getmaskarray(licence_years)
    expected, _ = no_claims(data, driver, claim_free_years, np.ma.filled(licence_years, 0), prior_claims)
    return np.where(driver, no_claims_class == expected, no_claims_class.is_null())


@check(Insured, "the person became a customer as an adult")
def customer_as_adult(customer_since: Dates, birthdate: Dates, clock: Clock) -> Bools:
    return (customer_since >= birthday(birthdate, 18)) & (customer_since <= clock.date)


class InsuredService(PeopleService[Insured]):
    """Policy holders, adults of up to 90 years unless asked otherwise; with a sampler, of the ages from 18 that it gives."""
