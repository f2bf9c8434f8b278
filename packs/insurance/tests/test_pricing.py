"""Risk factors, scores and premiums: reproducible, monotone, and related as they should be."""

from __future__ import annotations

import csv
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from datamimic import World

DATA = files("datamimic_pack_insurance") / "data"
COUNTRIES = ("US", "DE", "VN", "GB", "FR")


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def numbers(table: pa.Table, name: str) -> NDArray[np.float64]:
    column = table[name].combine_chunks()
    return np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False))


def spearman(first: NDArray[Any], second: NDArray[Any]) -> float:
    ranks = [np.unique(each, return_inverse=True, return_counts=True)[1:] for each in (first, second)]
    mean = [(np.cumsum(counts) - (counts - 1) / 2)[inverse] for inverse, counts in ranks]
    return float(np.corrcoef(*mean)[0, 1])


# factor -> (table per rating, level column, does more of it raise the risk?)
DIRECTIONS = {
    "licence_years": -1, "prior_claims": 1, "territory": 1, "credit_band": 1, "smoker": 1, "annual_mileage": 1,
    "sum_insured": 1,
}  # fmt: skip
FALLING_AGE = {"motor", "contents", "liability", "legal"}


def monotone(levels: list[tuple[float, float]], direction: int) -> bool:
    values = [value for _, value in sorted(levels)]
    return all((b - a) * direction >= -1e-9 for a, b in pairwise(values))


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_factor_is_monotone(country: str) -> None:
    names = ("risk_age", "risk_licence_years", "risk_prior_claims", "risk_territory", "risk_credit", "risk_smoker")
    for name in (*names, f"risk_mileage_{country}", f"risk_sum_insured_{country}"):
        table = rows_of(name)
        group, level, *_ = table[0]
        for value in {row[group] for row in table}:
            # Credit band 0 is no level: it says that the country's insurers may not ask.
            own = [row for row in table if row[group] == value and (name, row[level]) != ("risk_credit", "0")]
            factor = level.removesuffix("_from")
            direction = DIRECTIONS.get(factor, -1 if value in FALLING_AGE else 1)
            for measure in ("relativity", "points"):
                assert monotone([(float(row[level]), float(row[measure])) for row in own], direction), (name, value)
    classes = rows_of(f"no_claims_classes_{country}")
    assert monotone([(float(r["claim_free_years_from"]), float(r["relativity"])) for r in classes], -1)
    beginners = rows_of(f"no_claims_beginners_{country}")
    for years in {r["licence_years_from"] for r in beginners}:
        own = [
            (float(r["prior_claims_from"]), float(r["relativity"]))
            for r in beginners
            if r["licence_years_from"] == years
        ]
        assert monotone(own, 1)


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_score_can_be_reproduced_from_the_stated_factors(country: str) -> None:
    """Recomputed from the CSV files alone, without the pack's code."""
    ratings = {row["product_code"]: row for row in rows_of(f"products_{country}")}

    def level(name: str, group: str, value: str, column: str, number: float) -> dict[str, str]:
        own = [row for row in rows_of(name) if row[group] == value and float(row[f"{column}_from"]) <= number]
        return max(own, key=lambda row: float(row[f"{column}_from"]))

    for profile in World("score", country)["insurance.risk_profile"][0:60]:
        product = ratings[profile.product_code]
        rating = product["rating"]
        found = [
            level("risk_age", "rating", rating, "age", profile.age),
            level("risk_licence_years", "rating", rating, "licence_years", profile.licence_years or 0),
            level("risk_prior_claims", "rating", rating, "prior_claims", profile.prior_claims),
            level("risk_territory", "rating", rating, "territory", profile.territory),
            level(f"risk_mileage_{country}", "rating", rating, "annual_mileage", profile.annual_mileage or 0),
            level(
                f"risk_sum_insured_{country}",
                "product_code",
                profile.product_code,
                "sum_insured",
                float(profile.sum_insured or 0),
            ),
            level("risk_credit", "rating", rating, "credit_band", profile.credit_band or 0),
            level("risk_smoker", "rating", rating, "smoker", int(bool(profile.smoker))),
        ]
        if rating == "motor":
            names = {row["no_claims_class"]: row for row in rows_of(f"no_claims_beginners_{country}")}
            names |= {row["no_claims_class"]: row for row in rows_of(f"no_claims_classes_{country}")}
            found.append(names[profile.no_claims_class])
        assert profile.score == int(product["base_points"]) + sum(int(row["points"]) for row in found)
        assert profile.relativity == pytest.approx(np.prod([float(row["relativity"]) for row in found]), abs=1e-4)


@pytest.mark.parametrize("country", COUNTRIES)
def test_premiums_rise_with_the_score(country: str) -> None:
    table = (
        World("premium", country)["insurance.insurance_policy"][0:40_000]
        .select(["product_code", "premium", "risk_score"])
        .to_arrow()
    )
    premium, score = numbers(table, "premium"), numbers(table, "risk_score")
    assert spearman(premium, score) > 0.8
    codes = np.array(table["product_code"].to_pylist())
    for code in np.unique(codes):
        mask = codes == code
        if len(np.unique(score[mask])) > 1:
            # The premium is of the current term, the score of the day on which the contract was made.
            assert spearman(premium[mask], score[mask]) > 0.35, code


@pytest.mark.parametrize("country", COUNTRIES)
def test_young_drivers_and_earlier_claims_cost_more(country: str) -> None:
    chosen = ["product_code", "net_premium", "risk_profile.rating", "current_term.age", "current_term.prior_claims"]
    table = World("young", country)["insurance.insurance_policy"][0:60_000].select(chosen).to_arrow()
    net, age, prior = (
        numbers(table, name) for name in ("net_premium", "current_term.age", "current_term.prior_claims")
    )
    codes = np.array(table["product_code"].to_pylist())
    motor = np.array(table["risk_profile.rating"].to_pylist()) == "motor"
    for code in np.unique(codes[motor]):
        own = motor & (codes == code)
        assert net[own & (age < 25)].mean() > 1.3 * net[own & (age >= 45) & (age < 55)].mean()
        assert net[own & (prior > 0)].mean() > 1.15 * net[own & (prior == 0)].mean()


def test_a_higher_deductible_lowers_and_a_higher_limit_raises_the_premium() -> None:
    for country in COUNTRIES:
        tiers: dict[str, list[dict[str, str]]] = {}
        for row in rows_of(f"coverage_tiers_{country}"):
            tiers.setdefault(row["coverage_key"], []).append(row)
        for key, rows in tiers.items():
            assert monotone([(float(r["limit"]), float(r["limit_factor"])) for r in rows], 1), key
            if rows[0]["deductible"] != rows[-1]["deductible"]:
                factors = [float(r["deductible_factor"]) for r in sorted(rows, key=lambda r: float(r["deductible"]))]
                assert factors == sorted(factors, reverse=True), key
                assert factors[0] > factors[-1], key


def test_the_value_of_a_vehicle_falls_with_its_age() -> None:
    percents = [int(row["percent"]) for row in rows_of("vehicle_values")]
    assert percents == sorted(percents, reverse=True)
    assert percents[0] > percents[-1]


def test_german_insurance_tax() -> None:
    rates = {"KFZ-VK": 0.19, "PHV": 0.19, "HR": 0.1615, "WG": 0.1634, "RLV": 0.0, "PKV": 0.0}
    for policy in World("tax", "DE")["insurance.insurance_policy"][0:300]:
        if policy.product_code in rates:
            taxed = policy.net_premium - policy.discount + policy.instalment_fee
            assert abs(float(policy.premium_tax) - float(taxed) * rates[policy.product_code]) <= 0.0051


def test_the_vietnamese_tariff_is_the_decree_s() -> None:
    seen = set()
    for policy in World("tariff", "VN")["insurance.insurance_policy"][0:400]:
        if policy.product_code == "TNDS-XM" and policy.current_term.prior_claims == 0:
            seen.add((float(policy.net_premium), float(policy.premium)))
    assert seen == {(60_000.0, 66_000.0)}
