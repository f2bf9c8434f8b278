"""RiskProfile: what the insurer assessed when a policy was taken out, and the score and price that follow."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Draw,
    Service,
    World,
    check,
    entity,
    field,
    from_row,
    parent,
    record,
    ref,
    serial,
    via,
)
from datamimic.columns import Bools, Dates, Floats, Ints, Masked, Struct, Text, select, years_between
from datamimic_pack_common import DemographicConfig, DemographicSampler
from datamimic_pack_insurance.catalogue import product_rows
from datamimic_pack_insurance.entities.insurance_product import InsuranceProduct
from datamimic_pack_insurance.entities.insured import Insured, asked_of_holders
from datamimic_pack_insurance.months import birthday, days_between, first_of_year, plus_days
from datamimic_pack_insurance.underwriting import Factor, by_rating, by_sum_insured, no_claims

YEAR_DAYS = 365.25
USUAL_EXPOSURE = 0.75
"""Mean years at risk of policies that started evenly over the last two years; kept for those that start on 1 January."""
CLASSES = ("preferred", "standard", "substandard", "high")
CLASS_STARTS = (0.0, 0.85, 1.25, 1.80)
"""Relativity from which a risk belongs to each class."""


FACTORS = ("age", "licence", "no_claims", "prior_claims", "territory", "mileage", "sum_insured", "credit", "smoker")


@record
class FactorPoints:
    """Points of each factor: 100 times the natural logarithm of its relativity, rounded."""

    age: int
    licence: int
    no_claims: int
    prior_claims: int
    territory: int
    mileage: int
    sum_insured: int
    credit: int
    smoker: int


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


@record
class VehicleChoice:
    """Which row of `vehicles` is insured, and how old it is in years; -1 for none."""

    model: int
    age: int


def claim_count(rows: Ints, world: World) -> Ints:
    """Claims of policy k, which is drawn before everything that the policy is: see data-build/claims.py."""
    return world.refer("insurance.insurance_policy", rows).children("insurance.claim").counts


def product_code(insured: Any, claim_count: Ints, draw: Draw, data: Data) -> Text:
    table = data["policy_products"]
    driver = ~np.ma.getmaskarray(insured.licence_years)
    given = table.by("licensed", "age_from", "prior_claims_from", "claim_count")
    return table["product_code"].take(draw.pick(given, driver, insured.age, insured.prior_claims, claim_count))


def product_row(product_code: Text, data: Data) -> Ints:
    return product_rows(data, product_code)


def rating(product_row: Ints, data: Data) -> Text:
    return data["products"]["rating"].take(product_row)


def drives(product_row: Ints, data: Data) -> Bools:
    return data["products"]["insures"].isin({"vehicle", "motorcycle"})[product_row]


def calendar_year(product_row: Ints, draw: Draw, data: Data) -> Bools:
    return draw.chance(data["products"].floats("january_share")[product_row])


def powers(base: float, highest: int) -> Floats:
    """1, base, base * base, … up to the power `highest`, by multiplication alone."""
    values = [1.0]
    for _ in range(highest):
        values.append(values[-1] * base)
    return np.array(values)


def assessed_on(
    product_code: Text,
    product_row: Ints,
    calendar_year: Bools,
    drives: Bools,
    claim_count: Ints,
    insured: Any,
    draw: Draw,
    data: Data,
    clock: Clock,
) -> Dates:
    """The first day of cover, at the earliest when the insured is of age and may drive; in the future for new business."""
    table = data["policy_starts"]
    window = draw.pick(table.by("product_code", "claim_count"), product_code, claim_count, label="window")
    first, last = table.ints("first_day")[window], table.ints("last_day")[window]
    ago = first + np.floor((last - first) * draw.uniform("day")).astype(np.int64)
    start = plus_days(clock.date, -ago)

    # Contracts that run with the calendar year: as many of this year's as keep the usual mean time at risk, and the more
    # likely last year's, the more claims they have had, since this year is shorter.
    passed = float(days_between(first_of_year(np.array([clock.year])), clock.date)[0]) / YEAR_DAYS
    share = min(1.0, (1.0 - USUAL_EXPOSURE) / (1.0 - passed))
    odds = share * powers(passed, int(claim_count.max(initial=0)))[claim_count]
    this_year = draw.chance(odds / (odds + 1.0 - share + 1e-12), "this year")
    start = np.where(calendar_year & (ago >= 0), first_of_year(np.where(this_year, clock.year, clock.year - 1)), start)

    start = np.maximum(start, birthday(insured.birthdate, data["products"].ints("min_issue_age")[product_row]))
    return np.where(drives, np.maximum(start, np.ma.getdata(insured.licence_date)), start)


def age(insured: Any, assessed_on: Dates) -> Ints:
    return years_between(insured.birthdate, assessed_on)


def licence_years(insured: Any, drives: Bools, assessed_on: Dates) -> Masked:
    held = np.minimum(np.ma.getdata(insured.licence_date), assessed_on)
    return np.ma.MaskedArray(years_between(held, assessed_on), ~drives | np.ma.getmaskarray(insured.licence_years))


def claim_free_years(insured: Any, licence_years: Masked) -> Masked:
    missing = np.ma.getmaskarray(licence_years)
    return np.ma.MaskedArray(np.minimum(insured.claim_free_years, np.ma.filled(licence_years, 0)), missing)


def no_claims_class(
    drives: Bools, claim_free_years: Masked, licence_years: Masked, prior_claims: Ints, data: Data
) -> Text:
    return no_claims(data, drives, np.ma.filled(claim_free_years, 0), np.ma.filled(licence_years, 0), prior_claims)[0]


def annual_mileage(drives: Bools, draw: Draw, data: Data) -> Masked:
    table = data["annual_mileages"]
    return np.ma.MaskedArray(table.ints("annual_mileage")[draw.pick(table)], ~drives)


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


def sum_insured(product_code: Text, drives: Bools, vehicle: Struct, draw: Draw, data: Data) -> Masked:
    """A vehicle's value at its age, or the sum that was chosen; none where limits alone say what is paid."""
    table = data["sums_insured"]
    chosen = table.ints("sum_insured")[draw.pick(table.by("product_code"), product_code)]
    percent = data["vehicle_values"].ints("percent")[np.maximum(vehicle.age, 0)]
    value = data["vehicles"].ints("price_new")[np.maximum(vehicle.model, 0)] * percent // 100
    units = np.where(drives, value, chosen)
    return np.ma.MaskedArray(units * 100, units == 0)


def credit_band(insured: Any, rating: Text) -> Masked:
    used = rating.isin({"motor", "home", "contents"})
    return np.ma.MaskedArray(np.ma.getdata(insured.credit_band), ~used | np.ma.getmaskarray(insured.credit_band))


def smoker(insured: Any, rating: Text) -> Masked:
    return np.ma.MaskedArray(insured.smoker, ~rating.isin({"life", "health"}))


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


@entity(
    "risk_profile",
    tables=(
        "claim_counts", "products", "policy_products", "policy_starts", "annual_mileages", "vehicles", "vehicle_ages",
        "vehicle_values", "sums_insured",
        "no_claims_classes", "no_claims_beginners", "risk_age", "risk_licence_years", "risk_prior_claims", "risk_territory",
        "risk_mileage", "risk_sum_insured", "risk_credit", "risk_smoker", "claim_counts",
    ),
)  # fmt: skip
class RiskProfile:
    """What the insurer assessed for one policy: the factors, their points, the score and the price relative to the base."""

    profile_id: str = field(serial("RSK-##########"), key=True, doc="number of the assessment; one per policy")
    insured: Insured = field(parent(Insured, counts="policy_counts"), doc="who was assessed")
    claim_count: int = field(claim_count, hidden=True, doc="claims that the policy will have by the clock")
    product_code: str = field(product_code, doc="product in question")
    product: InsuranceProduct = field(ref(InsuranceProduct, same={"product_code": "code"}), doc="the insurer's product")
    product_row: int = field(product_row, hidden=True, doc="row of the catalogue of products")
    line: str = field(from_row("products", "line", row="product_row"), doc="line of business")
    rating: str = field(rating, doc="set of risk factors that count for the product")
    drives: bool = field(drives, hidden=True, doc="is a vehicle insured?")
    calendar_year: bool = field(calendar_year, hidden=True, doc="does the contract run from one 1 January to the next?")
    assessed_on: date = field(assessed_on, doc="first day of cover, at which the factors are taken")
    age: int = field(age, doc="age of the insured on that day", unit="a")
    licence_years: int | None = field(licence_years, doc="years of holding a licence; for vehicles", unit="a")
    claim_free_years: int | None = field(
        claim_free_years, doc="years of driving without a claim; for vehicles", unit="a"
    )
    prior_claims: int = field(via("insured.prior_claims"), doc="claims in the five years before")
    no_claims_class: str | None = field(no_claims_class, doc="no-claims class as the country names it; for vehicles")
    territory: int = field(via("insured.territory"), doc="territory class, 1 (rural) to 5 (metropolis)")
    annual_mileage: int | None = field(
        annual_mileage, doc="yearly distance in the country's unit (mile or km); for vehicles"
    )
    vehicle: VehicleChoice = field(vehicle, hidden=True, doc="model and age of the vehicle")
    sum_insured: Decimal | None = field(sum_insured, doc="value or sum insured; null where only limits apply")
    credit_band: int | None = field(credit_band, doc="1 (best) to 5, where insurers may use credit")
    smoker: bool | None = field(smoker, doc="does the insured smoke? for life and health")
    factors: FactorColumns = field(
        factors, hidden=True, doc="points of every factor, and the product of their relativities"
    )
    base_points: int = field(
        from_row("products", "base_points", row="product_row"), doc="points that the product starts from"
    )
    points: FactorPoints = field(points, doc="points of each factor; 0 for a factor that does not count")
    score: int = field(score, doc="base points and points of all factors added up: higher is riskier and dearer")
    relativity: float = field(relativity, doc="what the factors multiply the base premium by")
    risk_class: str = field(risk_class, doc="preferred, standard, substandard or high, by the relativity")


@check(RiskProfile, "the score is the base points and the points of all factors added up")
def score_adds_up(score: Ints, base_points: Ints, points: Struct) -> Bools:
    return score == base_points + sum(getattr(points, name) for name in FACTORS)


@check(RiskProfile, "every factor has the points that its level has in the tables of the product's rating")
def points_follow_from_factors(
    product_code: Text,
    age: Ints,
    licence_years: Masked,
    claim_free_years: Masked,
    prior_claims: Ints,
    territory: Ints,
    annual_mileage: Masked,
    sum_insured: Masked,
    credit_band: Masked,
    smoker: Masked,
    points: Struct,
    data: Data,
) -> Bools:
    row = product_rows(data, product_code)
    known = data["products"]["product_code"].take(row)
    expected = factors(
        rating(row, data), known, drives(row, data), age, licence_years, claim_free_years, prior_claims, territory,
        annual_mileage, sum_insured, credit_band, smoker, data,
    )  # fmt: skip
    same = row >= 0
    for name in FACTORS:
        same &= getattr(points, name) == getattr(expected, name)
    return same


@check(RiskProfile, "the line and rating are those of the product")
def line_of_product(product_code: Text, line: Text, rating: Text, data: Data) -> Bools:
    row = product_rows(data, product_code)
    products = data["products"]
    return (row >= 0) & (products["line"].take(row) == line) & (products["rating"].take(row) == rating)


@check(RiskProfile, "a driver has a licence, with no more claim-free years than years of holding it")
def driver_has_licence(line: Text, licence_years: Masked, claim_free_years: Masked) -> Bools:
    drives = line.isin({"auto", "motorcycle"})
    free = np.ma.filled(claim_free_years, 0) <= np.ma.filled(licence_years, 0)
    return (~drives | ~np.ma.getmaskarray(licence_years)) & free


@check(RiskProfile, "the insured was an adult on the first day of cover")
def insured_is_adult(age: Ints) -> Bools:
    return age >= 18


class RiskProfileService(Service[RiskProfile]):
    """Risk profiles of policy holders who are adults of up to 90 years, unless asked otherwise."""

    entity = RiskProfile

    def __init__(
        self,
        dataset: str | None = None,
        demographic_config: DemographicConfig | None = None,
        demographic_sampler: DemographicSampler | None = None,
        rng: Random | None = None,
        *,
        seed: str | int | None = None,
        reference_now: datetime | str | None = None,
    ) -> None:
        asked = asked_of_holders(demographic_config, demographic_sampler)
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now, **asked)
