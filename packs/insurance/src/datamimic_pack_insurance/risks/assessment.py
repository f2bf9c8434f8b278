"""What is insured, since when, and the factors that its price follows from."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Clock, Data, Draw, World, record
from datamimic.columns import Bools, Dates, Floats, Ints, Masked, Struct, Text, numbered, select, years_between
from datamimic_pack_insurance.lives.holdings import first_days, to_january
from datamimic_pack_insurance.lives.known_claims import MEMORY, KnownClaims
from datamimic_pack_insurance.months import birthday
from datamimic_pack_insurance.risks import leaning
from datamimic_pack_insurance.underwriting import Factor, by_rating, by_sum_insured, no_claims

CLASSES = ("preferred", "standard", "substandard", "high")

CLASS_STARTS = (0.0, 0.85, 1.25, 1.80)
"""Relativity from which a risk belongs to each class."""

FACTORS = ("age", "licence", "no_claims", "prior_claims", "territory", "mileage", "sum_insured", "credit", "smoker")


@record
class FactorColumns:
    """The points of each factor, and the product of their relativities."""

    relativity: float
    age: int
    licence: int
    no_claims: int
    prior_claims: int
    territory: int
    mileage: int
    sum_insured: int
    credit: int
    smoker: int


def product_row(insured: Any) -> Ints:
    """Of the covers of the insured the one at the place of the policy."""
    held = insured.holdings
    return np.asarray(held.values[held.offsets[:-1] + insured.index], dtype=np.int64)


def product_code(product_row: Ints, data: Data) -> Text:
    return data["products"]["product_code"].take(product_row)


def rating(product_row: Ints, data: Data) -> Text:
    return data["products"]["rating"].take(product_row)


def drives(product_row: Ints, data: Data) -> Bools:
    return data["products"]["insures"].isin({"vehicle", "motorcycle"})[product_row]


def calendar_year(product_row: Ints, draw: Draw, data: Data) -> Bools:
    return draw.chance(data["products"].floats("january_share")[product_row])


def assessed_on(
    insured: Any, product_row: Ints, calendar_year: Bools, draw: Draw, data: Data, clock: Clock, world: World
) -> Dates:
    """The first day of cover, when the insured was of age and could drive; some days ahead for new business."""
    start = first_days(insured, product_row, draw, data, clock, world)
    drives = data["products"]["insures"].isin({"vehicle", "motorcycle"})[product_row]
    earliest = birthday(insured.birthdate, data["products"].ints("min_issue_age")[product_row])
    return to_january(
        start, calendar_year, np.where(drives, np.maximum(earliest, np.ma.getdata(insured.licence_date)), earliest)
    )


def two_lives(line: Text, draw: Draw) -> Bools:
    """Is the partner's life insured as well? Of life covers."""
    return (line == "life") & draw.chance(0.35)


def prior_claims(insured: Any, rating: Text, assessed_on: Dates, world: World) -> Ints:
    holders, place = numbered(insured.rows)
    return KnownClaims.of(world, holders).within(place, assessed_on, MEMORY, ratings=rating)


def age(insured: Any, assessed_on: Dates) -> Ints:
    return years_between(insured.birthdate, assessed_on)


def licence_years(insured: Any, drives: Bools, assessed_on: Dates) -> Masked:
    held = np.minimum(np.ma.getdata(insured.licence_date), assessed_on)
    return np.ma.MaskedArray(years_between(held, assessed_on), ~drives | np.ma.getmaskarray(insured.licence_years))


def claim_free_years(insured: Any, licence_years: Masked, assessed_on: Dates, world: World) -> Masked:
    missing = np.ma.getmaskarray(licence_years)
    holders, place = numbered(insured.rows)
    free = KnownClaims.of(world, holders).claim_free(place, assessed_on, insured.licence_date)
    return np.ma.MaskedArray(np.minimum(free, np.ma.filled(licence_years, 0)), missing)


def no_claims_class(
    drives: Bools, claim_free_years: Masked, licence_years: Masked, prior_claims: Ints, data: Data
) -> Text:
    return no_claims(data, drives, np.ma.filled(claim_free_years, 0), np.ma.filled(licence_years, 0), prior_claims)[0]


def annual_mileage(insured: Any, drives: Bools, draw: Draw, data: Data) -> Masked:
    table = data["annual_mileages"]
    distance = table.ints("annual_mileage")
    up = leaning.larger(leaning.by_driving(insured.employment, insured.age), draw)
    row = leaning.chosen(draw.pick(table), draw.pick(table, label="other"), distance, up)
    return np.ma.MaskedArray(distance[row], ~drives)


def vehicle(product_row: Ints, product_code: Text, drives: Bools, draw: Draw, data: Data) -> Struct:
    """`model` is the row of `vehicles`, `age` in years at the start; -1 where no vehicle is insured."""
    models, ages = data["vehicles"], data["vehicle_ages"]
    insures = data["products"]["insures"].take(product_row)
    model = np.full(len(product_row), -1, dtype=np.int64)
    years = np.full(len(product_row), -1, dtype=np.int64)
    which = np.flatnonzero(drives)
    if len(which):
        own = draw.take(which)
        model[which] = own.pick(models.by("insures"), insures.take(which), label="model")
        picked = own.pick(ages.by("product_code"), product_code.take(which), label="age")
        years[which] = ages.ints("vehicle_age")[picked]
    return Struct({"model": model, "age": years})


def sum_insured(insured: Any, product_code: Text, drives: Bools, vehicle: Struct, draw: Draw, data: Data) -> Masked:
    """A vehicle's value at its age, or the sum that was chosen, by the income; none where limits alone say what is paid."""
    table = data["sums_insured"]
    sums, of_product = table.ints("sum_insured"), table.by("product_code")
    up = leaning.larger(leaning.by_income(insured.income, data), draw)
    first, second = draw.pick(of_product, product_code), draw.pick(of_product, product_code, label="other")
    chosen = sums[leaning.chosen(first, second, sums, up)]
    percent = data["vehicle_values"].ints("percent")[np.maximum(vehicle.age, 0)]
    value = data["vehicles"].ints("price_new")[np.maximum(vehicle.model, 0)] * percent // 100
    units = np.where(drives, value, chosen)
    return np.ma.MaskedArray(units * 100, units == 0)


def credit_band(insured: Any, rating: Text) -> Masked:
    used = rating.isin({"motor", "home", "contents"})
    return np.ma.MaskedArray(np.ma.getdata(insured.credit_band), ~used | np.ma.getmaskarray(insured.credit_band))


def smoker(insured: Any, rating: Text) -> Masked:
    return np.ma.MaskedArray(insured.smoker, ~rating.isin({"life", "health", "community"}))


def factors(
    rating: Text,
    product_code: Text,
    drives: Bools,
    age: Ints,
    licence_years: Masked,
    claim_free_years: Masked,
    prior_claims: Ints,
    territory: Ints,
    annual_mileage: Masked,
    sum_insured: Masked,
    credit_band: Masked,
    smoker: Masked,
    data: Data,
) -> Struct:
    """Points of every factor by name, and `relativity`, the product of the factors' relativities."""
    driven = np.ma.filled(licence_years, 0)
    _, free = no_claims(data, drives & (rating == "motor"), np.ma.filled(claim_free_years, 0), driven, prior_claims)
    found: dict[str, Factor] = {
        "age": by_rating(data, "age", "age", rating, age),
        "licence": by_rating(data, "licence_years", "licence_years", rating, driven),
        "no_claims": free,
        "prior_claims": by_rating(data, "prior_claims", "prior_claims", rating, prior_claims),
        "territory": by_rating(data, "territory", "territory", rating, territory),
        "mileage": by_rating(data, "mileage", "annual_mileage", rating, np.ma.filled(annual_mileage, 0)),
        "sum_insured": by_sum_insured(data, product_code, np.ma.filled(sum_insured, 0) // 100),
        "credit": by_rating(data, "credit", "credit_band", rating, np.ma.filled(credit_band, 0)),
        "smoker": by_rating(data, "smoker", "smoker", rating, np.ma.filled(smoker, False).astype(np.int64)),
    }
    relativity = np.ones(len(age), dtype=np.float64)
    for factor in found.values():
        relativity = relativity * factor.relativity
    return Struct({"relativity": relativity, **{name: factor.points for name, factor in found.items()}})


def score(base_points: Ints, points: Struct) -> Ints:
    total = base_points.copy()
    for name in FACTORS:
        total += getattr(points, name)
    return total


def points(factors: Struct) -> Struct:
    return Struct({name: column for name, column in factors.columns.items() if name != "relativity"})


def relativity(factors: Struct) -> Floats:
    return np.rint(factors.relativity * 10_000.0) / 10_000.0


def risk_class(relativity: Floats) -> Text:
    return select(np.searchsorted(CLASS_STARTS, relativity, side="right") - 1, CLASSES)
