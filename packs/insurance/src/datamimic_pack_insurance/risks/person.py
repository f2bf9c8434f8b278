"""What an insurer knows of a person: licence, claims, smoking, credit, where she lives."""

from __future__ import annotations

import numpy as np

from datamimic import Children, Clock, Data, Draw, World, positions
from datamimic.columns import Bools, Dates, Ints, Lists, Masked, Text, years_between
from datamimic_pack_insurance.months import birthday, days_between, plus_days
from datamimic_pack_insurance.underwriting import no_claims

YOUNGEST_DRIVER = 16

MEMORY = 5
"""Years for which earlier claims count."""


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
    return profiles(world, rows).counts


def first_policy(rows: Ints, world: World) -> Ints:
    return profiles(world, rows).first


def profiles(world: World, rows: Ints) -> Children:
    """The risk profiles of the insured; policy k is the one that risk profile k was made for."""
    return world.refer("insurance.insured", rows).children("insurance.risk_profile")


def policy_ids(first_policy: Ints, policy_count: Ints, world: World) -> Lists:
    rows = np.repeat(first_policy, policy_count) + positions(policy_count)
    return Lists(policy_count, world.refer("insurance.insurance_policy", rows).id)
