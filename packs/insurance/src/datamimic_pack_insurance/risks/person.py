"""What an insurer knows of a person: licence, claims, smoking, credit, where she lives."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Children, Clock, Data, Draw, Ref, World, positions, record
from datamimic.columns import Bools, Dates, Floats, Ints, Lists, Masked, Struct, Text, where, years_between
from datamimic_pack_common.people.families import dependants_at_home
from datamimic_pack_insurance.lives.frequency import number as poisson
from datamimic_pack_insurance.lives.known_claims import MEMORY, KnownClaims
from datamimic_pack_insurance.months import birthday, plus_days
from datamimic_pack_insurance.risks import leaning
from datamimic_pack_insurance.underwriting import no_claims

YOUNGEST_DRIVER = 16


@record
class Known:
    """Claims of the last five years, with any insurer, and years of driving since the last claim as a driver."""

    prior: int
    claim_free: int


def licence_date(birthdate: Dates, draw: Draw, data: Data, clock: Clock) -> Masked:
    """Some day of the year of age that the table gives; nobody holds a licence of the future, and some never took one."""
    table = data["licence_ages"]
    age = table.ints("licence_age")[draw.pick(table, label="age")]
    taken = plus_days(birthday(birthdate, np.maximum(age, YOUNGEST_DRIVER)), draw.integers(0, 364, "day"))
    none = (age == 0) | (taken > clock.date)
    return np.ma.MaskedArray(np.where(none, clock.date, taken), none)


def licence_years(licence_date: Masked, clock: Clock) -> Masked:
    return np.ma.MaskedArray(years_between(licence_date.data, clock.date), np.ma.getmaskarray(licence_date))


def earlier(age: Ints, proneness: Floats, draw: Draw, data: Data) -> Lists:
    """Days before the books begin of the claims that were made before, at most five years: as many as the age and the
    person's proneness make likely."""
    table = data["earlier_claims"]
    claims, weight = table.floats("earlier_claims"), table.floats("weight")
    ages, band = np.unique(table.ints("age_from"), return_inverse=True)
    mean = np.bincount(band, claims * weight) / np.bincount(band, weight)
    own = np.maximum(np.searchsorted(ages, age, side="right") - 1, 0)
    number = poisson(mean[own] * proneness, draw, data, "number")
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


def known(rows: Ints, licence_date: Masked, licence_years: Masked, clock: Clock, world: World) -> Struct:
    """What the claims that exist come to at the clock, looked up once for both."""
    claims = KnownClaims.of(world, rows)
    places, day = np.arange(len(rows)), tomorrow(clock, len(rows))
    free = claims.claim_free(places, day, licence_date)
    return Struct(
        {"prior": claims.within(places, day, MEMORY), "claim_free": np.minimum(free, np.ma.filled(licence_years, 0))}
    )


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


def smoker(smoking_status: Text) -> Bools:
    return smoking_status == "current"


def dependant_rows(person: Ref, data: Data, world: World) -> Lists:
    return Lists(*dependants_at_home(person, data["common.household_members"], world))


def dependant_ids(dependant_rows: Lists, world: World) -> Lists:
    rows: Any = dependant_rows.values
    return Lists(dependant_rows.lengths, world.refer("common.person", rows).column("person_id", Text))


def dependants(person: Ref, dependant_rows: Lists, age: Ints, draw: Draw, data: Data) -> Ints:
    """Of the household; of people of a population of their own, who have none, as many as people of the age have."""
    if not bool(person.is_null().all()):
        return dependant_rows.lengths
    table = data["dependants"]
    return table.ints("dependants")[draw.pick(table.by("age_from"), age)]


def credit_band(income: Ints, age: Ints, draw: Draw, data: Data) -> Masked:
    """The lower, the better: with income and with age."""
    table = data["credit_bands"]
    bands = table.ints("credit_band")
    worse = 1.0 - leaning.by_income(income, data) + np.where(age < 35, 0.15, np.where(age >= 60, -0.25, 0.0))
    row = leaning.chosen(draw.pick(table), draw.pick(table, label="other"), bands, leaning.larger(worse, draw))
    band = bands[row]
    return np.ma.MaskedArray(band, band == 0)


def territory(place: Ints, data: Data) -> Ints:
    table = data["territories"]
    population = data["common.places"].ints("population")[place]
    return table.ints("territory")[table.by("population_from").first(population)]


def customer_since(first_policy: Ints, policy_count: Ints, world: World, clock: Clock) -> Dates:
    """The day on which the first of the contracts was made."""
    made = earliest(world, first_policy, policy_count, "created_date").astype("datetime64[D]")
    return np.minimum(made, clock.date)


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
