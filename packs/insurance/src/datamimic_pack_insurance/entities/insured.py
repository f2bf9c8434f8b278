"""Insured: a policy holder, with what an insurer knows of a person."""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from typing import Any

import numpy as np

from datamimic import (
    Children,
    Clock,
    Data,
    Draw,
    Service,
    World,
    check,
    entity,
    field,
    option,
    options,
    positions,
    serial,
)
from datamimic.columns import Bools, Dates, Ints, Lists, Masked, Text, years_between
from datamimic_pack_common import DemographicConfig, DemographicSampler, Person
from datamimic_pack_common.demographics import PersonOptions, asked_of_people
from datamimic_pack_insurance.months import birthday, days_between, plus_days
from datamimic_pack_insurance.underwriting import no_claims

YOUNGEST_DRIVER = 16
MEMORY = 5
"""Years for which earlier claims count."""


@options
class InsuredOptions(PersonOptions):
    """Policy holders are adults; ages are the population's unless asked otherwise."""

    min_age: int | None = option(18, doc="youngest age in completed years", minimum=18, maximum=110)
    max_age: int | None = option(90, doc="oldest age in completed years", minimum=18, maximum=115)


def licence_date(birthdate: Dates, draw: Draw, data: Data, clock: Clock) -> Masked:
    """Some day of the year of age that the table gives; nobody holds a licence of the future, and some never took one."""
    table = data["licence_ages"]
    age = table.ints("licence_age")[draw.pick(table, label="age")]
    taken = plus_days(birthday(birthdate, np.maximum(age, YOUNGEST_DRIVER)), draw.integers(0, 364, "day"))
    none = (age == 0) | (taken > clock.date)
    return np.ma.MaskedArray(np.where(none, clock.date, taken), none)


def licence_years(licence_date: Masked, clock: Clock) -> Masked:
    return np.ma.MaskedArray(years_between(licence_date.data, clock.date), np.ma.getmaskarray(licence_date))


def prior_claims(age: Ints, draw: Draw, data: Data) -> Ints:
    table = data["prior_claims"]
    return table.ints("prior_claims")[draw.pick(table.by("age_from"), age)]


def claim_free_years(licence_years: Masked, prior_claims: Ints, draw: Draw) -> Ints:
    """All years of driving for most; with a claim in the last five years at most four of them."""
    driven = np.where(np.ma.getmaskarray(licence_years), 0, licence_years.data)
    since = np.minimum(driven, draw.integers(0, MEMORY - 1, "since"))
    # Whoever took up insurance late, or had a claim longer ago, has fewer free years than years of driving.
    share = np.maximum(draw.uniform("share"), 0.25)
    free = np.where(draw.chance(0.55, "always"), driven, np.floor(driven * share).astype(np.int64))
    return np.where(prior_claims > 0, since, free)


def no_claims_class(licence_years: Masked, claim_free_years: Ints, prior_claims: Ints, data: Data) -> Text:
    driver = ~np.ma.getmaskarray(licence_years)
    names, _ = no_claims(data, driver, claim_free_years, np.where(driver, licence_years.data, 0), prior_claims)
    return names


def smoker(gender: Text, draw: Draw, data: Data) -> Bools:
    table = data["smokers"]
    return (table["smoker"] == "true")[draw.pick(table.by("gender"), gender)]


def dependants(age: Ints, draw: Draw, data: Data) -> Ints:
    table = data["dependants"]
    return table.ints("dependants")[draw.pick(table.by("age_from"), age)]


def credit_band(draw: Draw, data: Data) -> Masked:
    table = data["credit_bands"]
    band = table.ints("credit_band")[draw.pick(table)]
    return np.ma.MaskedArray(band, band == 0)


def territory(place: Ints, data: Data) -> Ints:
    table = data["territories"]
    population = data["common.places"].ints("population")[place]
    return table.ints("territory")[table.by("population_from").first(population)]


def customer_since(birthdate: Dates, draw: Draw, clock: Clock) -> Dates:
    """Any day from the 18th birthday, but within thirty years."""
    adult = np.maximum(days_between(birthday(birthdate, 18), clock.date), 0)
    days = np.floor(np.minimum(adult, 10_950) * draw.uniform()).astype(np.int64)
    return plus_days(clock.date, -days)


def policy_count(rows: Ints, world: World) -> Ints:
    return _profiles(world, rows).counts


def first_policy(rows: Ints, world: World) -> Ints:
    return _profiles(world, rows).first


def _profiles(world: World, rows: Ints) -> Children:
    """The risk profiles of the insured; policy k is the one that risk profile k was made for."""
    return world.refer("insurance.insured", rows).children("insurance.risk_profile")


def policy_ids(first_policy: Ints, policy_count: Ints, world: World) -> Lists:
    rows = np.repeat(first_policy, policy_count) + positions(policy_count)
    return Lists(policy_count, world.refer("insurance.insurance_policy", rows).id)


@entity(
    "insured",
    options=InsuredOptions,
    tables=(
        "policy_counts", "licence_ages", "prior_claims", "no_claims_classes", "no_claims_beginners", "smokers",
        "dependants", "credit_bands",
        "territories", "policy_counts", "common.places",
    ),
)  # fmt: skip
class Insured(Person):
    """A policy holder: an adult with what an insurer knows of the person."""

    insured_id: str = field(serial("INP-########"), key=True, doc="customer number with the insurer")
    licence_date: date | None = field(licence_date, doc="day the driving licence was issued; null without one")
    licence_years: int | None = field(licence_years, doc="completed years of holding the licence", unit="a")
    prior_claims: int = field(prior_claims, doc="claims in the last five years, with any insurer")
    claim_free_years: int = field(claim_free_years, doc="years of driving without a claim", unit="a")
    no_claims_class: str | None = field(
        no_claims_class, doc="no-claims class as the country names it; null without a licence"
    )
    smoker: bool = field(smoker, doc="does the person smoke?")
    dependants: int = field(dependants, doc="children and others who depend on the person")
    credit_band: int | None = field(credit_band, doc="1 (best) to 5, where insurers may use credit; null elsewhere")
    territory: int = field(territory, doc="territory class by the population of the place, 1 (rural) to 5 (metropolis)")
    customer_since: date = field(customer_since, doc="first day as a customer")
    first_policy: int = field(first_policy, hidden=True, doc="row of the first of the policies")
    policy_count: int = field(policy_count, doc="number of policies held, in force or not")
    policy_ids: list[str] = field(policy_ids, doc="numbers of those policies")


@check(Insured, "the policy holder is an adult")
def holder_is_adult(age: Ints) -> Bools:
    return age >= 18


@check(Insured, "the licence was issued on or after the 16th birthday, and not after the clock")
def licence_not_before_sixteen(licence_date: Masked, birthdate: Dates, clock: Clock) -> Bools:
    return (licence_date >= birthday(birthdate, YOUNGEST_DRIVER)) & (licence_date <= clock.date)


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
    return (claim_free_years <= driven) & ((prior_claims == 0) | (claim_free_years < MEMORY)) & (claim_free_years >= 0)


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


class InsuredService(Service[Insured]):
    """Policy holders, adults of up to 90 years unless asked otherwise; with a sampler, of the ages from 18 that it gives."""

    entity = Insured

    def __init__(
        self,
        dataset: str | None = None,
        demographic_config: DemographicConfig | None = None,
        demographic_sampler: DemographicSampler | None = None,
        rng: Random | None = None,
        *,
        min_age: int | None = None,
        max_age: int | None = None,
        seed: str | int | None = None,
        reference_now: datetime | str | None = None,
    ) -> None:
        asked = asked_of_people(demographic_config, demographic_sampler, min_age=min_age, max_age=max_age)
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now, **asked)


def asked_of_holders(config: DemographicConfig | None, sampler: DemographicSampler | None) -> dict[str, Any]:
    """What a service of what people insure (policies, claims, risk profiles) passes on to `Service.__init__`: options of
    the policy holders."""
    return {**asked_of_people(config, sampler), "of": Insured}
