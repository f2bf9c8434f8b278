"""What an insurer knows of a person: licence, claims, smoking, credit, where she lives."""

from __future__ import annotations

import numpy as np

from datamimic import Children, Clock, Data, Draw, World, positions
from datamimic.columns import Bools, Dates, Ints, Lists, Masked, Text, where, years_between
from datamimic_pack_insurance.lives.known_claims import MEMORY, KnownClaims
from datamimic_pack_insurance.months import birthday, plus_days
from datamimic_pack_insurance.underwriting import no_claims

YOUNGEST_DRIVER = 16


def licence_date(birthdate: Dates, draw: Draw, data: Data, clock: Clock) -> Masked:
    """Some day of the year of age that the table gives; nobody holds a licence of the future, and some never took one."""
    table = data["licence_ages"]
    age = table.ints("licence_age")[draw.pick(table, label="age")]
    taken = plus_days(birthday(birthdate, np.maximum(age, YOUNGEST_DRIVER)), draw.integers(0, 364, "day"))
    none = (age == 0) | (taken > clock.date)
    return np.ma.MaskedArray(np.where(none, clock.date, taken), none)


def licence_years(licence_date: Masked, clock: Clock) -> Masked:
    return np.ma.MaskedArray(years_between(licence_date.data, clock.date), np.ma.getmaskarray(licence_date))


def earlier(age: Ints, draw: Draw, data: Data) -> Lists:
    """Days before the books begin of the claims that were made before, at most five years."""
    table = data["earlier_claims"]
    number = table.ints("earlier_claims")[draw.pick(table.by("age_from"), age, label="number")]
    days = draw.items(number, "when").integers(1, MEMORY * 365)
    return Lists(number, days)


def claim_free_before(books_from: Dates, licence_date: Masked, earlier: Lists, draw: Draw) -> Ints:
    """All years of driving for most by the day from which claims are known; fewer after a claim before."""
    held = np.where(np.ma.getmaskarray(licence_date), books_from, np.minimum(np.ma.getdata(licence_date), books_from))
    driven = years_between(held, books_from)
    # Whoever took up insurance late, or had a claim longer ago, has fewer free years than years of driving.
    share = np.maximum(draw.uniform("share"), 0.25)
    free = np.where(draw.chance(0.55, "always"), driven, np.floor(driven * share).astype(np.int64))
    last = np.full(len(driven), 200 * 365, dtype=np.int64)
    np.minimum.at(last, earlier.parents, earlier.values)
    return np.minimum(free, last // 365)


def tomorrow(clock: Clock, count: int) -> Dates:
    """The day after the clock, so many times: what is counted lies before it."""
    day: Dates = np.full(count, clock.date + np.timedelta64(1, "D"), dtype="datetime64[D]")
    return day


def prior_claims(rows: Ints, clock: Clock, world: World) -> Ints:
    known = KnownClaims.of(world, rows)
    return known.within(np.arange(len(rows)), tomorrow(clock, len(rows)), MEMORY)


def claim_free_years(rows: Ints, licence_date: Masked, licence_years: Masked, clock: Clock, world: World) -> Ints:
    known = KnownClaims.of(world, rows)
    free = known.claim_free(np.arange(len(rows)), tomorrow(clock, len(rows)), licence_date)
    return np.minimum(free, np.ma.filled(licence_years, 0))


def no_claims_class(
    licence_years: Masked,
    claim_free_years: Ints,
    prior_claims: Ints,
    first_policy: Ints,
    policy_count: Ints,
    world: World,
    data: Data,
) -> Text:
    """That of the first car insured as it stands, or what the years of driving would give."""
    driver = ~np.ma.getmaskarray(licence_years)
    names, _ = no_claims(data, driver, claim_free_years, np.where(driver, licence_years.data, 0), prior_claims)
    motor = np.flatnonzero(driver)
    if not len(motor):
        return names
    rows = np.repeat(first_policy[motor], policy_count[motor]) + positions(policy_count[motor])
    own = np.repeat(motor, policy_count[motor])
    rated = world.refer("insurance.insurance_policy", rows).risk_profile.rating == "motor"
    first = np.full(len(driver), -1, dtype=np.int64)
    first[own[rated][::-1]] = rows[rated][::-1]
    with_car = np.flatnonzero(first >= 0)
    if not len(with_car):
        return names
    terms = world.refer("insurance.insurance_policy", first[with_car]).children("insurance.policy_term")
    last = world.refer("insurance.policy_term", terms.first + terms.counts - 1).no_claims_class
    chosen = np.full(len(driver), -1, dtype=np.int64)
    chosen[with_car] = np.arange(len(with_car))
    return where(first >= 0, last.take(np.maximum(chosen, 0)), names)


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


def customer_since(first_policy: Ints, policy_count: Ints, world: World, clock: Clock) -> Dates:
    """The first day of the first policy; a policy still to come makes a customer by the clock."""
    return np.minimum(earliest(world, first_policy, policy_count, "start_date"), clock.date)


def books_from(first_policy: Ints, policy_count: Ints, world: World, clock: Clock) -> Dates:
    return np.minimum(earliest(world, first_policy, policy_count, "at_risk_from"), clock.date)


def earliest(world: World, first: Ints, counts: Ints, name: str) -> Dates:
    rows = np.repeat(first, counts) + positions(counts)
    days = world.refer("insurance.insurance_policy", rows).column(name)
    return np.minimum.reduceat(days, np.cumsum(counts) - counts) if len(counts) else days


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
