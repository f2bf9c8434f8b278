"""RiskProfile: what the insurer assessed when a policy was taken out, and the score and price that follow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np

from datamimic import (
    Data,
    Entity,
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
from datamimic.columns import Bools, Ints, Masked, Struct, Text
from datamimic_pack_common.people_services import HoldersService
from datamimic_pack_insurance.catalogue import product_rows
from datamimic_pack_insurance.entities.insurance_product import InsuranceProduct
from datamimic_pack_insurance.entities.insured import Insured
from datamimic_pack_insurance.lives.holdings import policy_counts, room
from datamimic_pack_insurance.lives.options import BLOCK
from datamimic_pack_insurance.risks import assessment, insurer


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
class VehicleChoice:
    """Which row of `vehicles` is insured, and how old it is in years; -1 for none."""

    model: int
    age: int


@entity(
    "risk_profile",
    tables=(
        "products", "holdings", "annual_mileages", "vehicles", "vehicle_ages",
        "vehicle_values", "sums_insured", "common.other_incomes",
        "no_claims_classes", "no_claims_beginners", "risk_age", "risk_licence_years", "risk_prior_claims", "risk_territory",
        "risk_mileage", "risk_sum_insured", "risk_credit", "risk_smoker",
        # the claims that exist, which prior claims and classes are counted from
        "policy_terms", "deaths", "claim_rates", "claim_numbers", "claim_causes", "claim_seasons", "claim_pace",
        "event_causes", "catastrophes", "catastrophe_sizes", "catastrophe_zones", "zone_states",
    ),
)  # fmt: skip
class RiskProfile(Entity):
    """What the insurer assessed for one policy: the factors, their points, the score and the price relative to the base."""

    # who and what
    profile_id: str = field(
        serial("RSK-{country}-##########", grows=True), key=True, doc="number of the assessment; one per policy"
    )
    insured: Insured = field(
        parent(Insured, counts=policy_counts, each_block=BLOCK, within=room), doc="who was assessed"
    )
    product_code: str = field(assessment.product_code, doc="product in question")
    any_product: InsuranceProduct = field(
        ref(InsuranceProduct, same={"product_code": "code"}), internal=True, doc="such a product of any insurer"
    )
    product: InsuranceProduct = field(ref(InsuranceProduct, by=insurer.product), doc="the insurer's product")
    product_row: int = field(assessment.product_row, internal=True, doc="row of the catalogue of products")
    line: str = field(from_row("products", "line", row="product_row"), doc="line of business")
    rating: str = field(assessment.rating, doc="set of risk factors that count for the product")
    drives: bool = field(assessment.drives, internal=True, doc="is a vehicle insured?")
    calendar_year: bool = field(
        assessment.calendar_year, internal=True, doc="does the contract run from one 1 January to the next?"
    )

    two_lives: bool = field(assessment.two_lives, internal=True, doc="is the partner's life insured as well?")

    # factors
    assessed_on: date = field(assessment.assessed_on, doc="first day of cover, at which the factors are taken")
    age: int = field(assessment.age, doc="age of the insured on that day", unit="a")
    licence_years: int | None = field(
        assessment.licence_years, doc="years of holding a licence; for vehicles", unit="a"
    )
    claim_free_years: int | None = field(
        assessment.claim_free_years, doc="years of driving without a claim; for vehicles", unit="a"
    )
    prior_claims: int = field(
        assessment.prior_claims,
        doc="claims under covers of this kind reported in the five years before, with any insurer",
    )
    no_claims_class: str | None = field(
        assessment.no_claims_class, doc="no-claims class as the country names it; for vehicles"
    )
    territory: int = field(via("insured.territory"), doc="territory class, 1 (rural) to 5 (metropolis)")
    annual_mileage: int | None = field(
        assessment.annual_mileage, doc="yearly distance in the country's unit (mile or km); for vehicles"
    )
    vehicle: VehicleChoice = field(assessment.vehicle, internal=True, doc="model and age of the vehicle")
    sum_insured: Decimal | None = field(
        assessment.sum_insured, doc="value or sum insured; null where only limits apply"
    )
    credit_band: int | None = field(assessment.credit_band, doc="1 (best) to 5, where insurers may use credit")
    smoker: bool | None = field(assessment.smoker, doc="does the insured smoke? for life and health")

    # price
    factors: assessment.FactorColumns = field(
        assessment.factors, internal=True, doc="points of every factor, and the product of their relativities"
    )
    base_points: int = field(
        from_row("products", "base_points", row="product_row"), doc="points that the product starts from"
    )
    points: FactorPoints = field(assessment.points, doc="points of each factor; 0 for a factor that does not count")
    score: int = field(
        assessment.score, doc="base points and points of all factors added up: higher is riskier and dearer"
    )
    relativity: float = field(assessment.relativity, doc="what the factors multiply the base premium by")
    risk_class: str = field(assessment.risk_class, doc="preferred, standard, substandard or high, by the relativity")


@check(RiskProfile, "the score is the base points and the points of all factors added up")
def score_adds_up(score: Ints, base_points: Ints, points: Struct) -> Bools:
    return score == base_points + sum(getattr(points, name) for name in assessment.FACTORS)


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
    expected = assessment.factors(
        assessment.rating(row, data), known, assessment.drives(row, data), age, licence_years, claim_free_years,
        prior_claims, territory, annual_mileage, sum_insured, credit_band, smoker, data,
    )  # fmt: skip
    same = row >= 0
    for name in assessment.FACTORS:
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


class RiskProfileService(HoldersService[RiskProfile]):
    """Risk profiles of policy holders who are adults of up to 90 years, unless asked otherwise."""

    holders = Insured
