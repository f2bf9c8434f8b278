"""Claim frequencies and severities against the published figures they were made from (anchors of the project)."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from datamimic import World

POLICIES = 700_000
DATA = files("datamimic_pack_insurance") / "data"

# Claims paid per 1,000 policy-years and mean payment.
US_AUTO = {"BI": (7.7, 26501), "PD": (25.8, 6551), "COLL": (45.4, 5470), "COMP": (40.6, 2306)}
US_HOME = {
    "fire/lightning": (2.4, 83991), "water/freezing": (16.1, 13954), "wind/hail": (28.2, 13511), "theft": (1.4, 5024),
    "other property": (8.9, 7798), "liability": (0.9, 26175),
}  # fmt: skip
DE_KH = (50.0, 4070)
FR_RC = (100.7, 2266)


class Book:
    """Years at risk by product, and the claims with a payment paid or reserved."""

    def __init__(self, country: str, clock: str | None = None) -> None:
        world = World("book", country, clock)
        chosen = ["product_code", "start_date", "end_date", "cancellation_date", "claim_count"]
        policies = world["insurance.insurance_policy"][0:POLICIES].select(chosen).to_arrow()
        end = np.minimum(days(policies, "end_date"), np.datetime64(world.clock.date, "D"))
        cancelled = days(policies, "cancellation_date")
        end = np.where(np.isnat(cancelled), end, np.minimum(end, cancelled))
        years = np.maximum((end - days(policies, "start_date")).astype(np.int64), 0) / 365.25
        self.products = np.array(policies["product_code"].to_pylist())
        self.years = years
        count = int(np.asarray(policies["claim_count"]).sum())
        chosen = ["product_code", "coverage_code", "cause", "incurred"]
        claims = world["insurance.claim"][0:count].select(chosen).to_arrow()
        self.incurred = claims["incurred"].combine_chunks().cast(pa.float64()).to_numpy(zero_copy_only=False)
        self.texts = {name: np.array(claims[name].to_pylist()) for name in chosen[:3]}

    def exposure(self, *products: str) -> float:
        return float(self.years[np.isin(self.products, products)].sum())

    def claims(self, products: tuple[str, ...], **wanted: str) -> NDArray[Any]:
        mask = np.isin(self.texts["product_code"], products) & (self.incurred > 0)
        for name, value in wanted.items():
            mask &= self.texts[name] == value
        return self.incurred[mask]  # type: ignore[no-any-return]

    def compare(
        self, products: tuple[str, ...], expected: tuple[float, float], tolerance: float, **wanted: str
    ) -> None:
        """Within `tolerance` and three standard errors."""
        paid = self.claims(products, **wanted)
        frequency = 1000 * len(paid) / self.exposure(*products)
        assert frequency == pytest.approx(expected[0], rel=tolerance + 3 / np.sqrt(len(paid))), (products, wanted)
        error = 3 * paid.std() / paid.mean() / np.sqrt(len(paid))
        assert paid.mean() == pytest.approx(expected[1], rel=tolerance + error), (products, wanted)


def days(table: pa.Table, name: str) -> NDArray[np.datetime64]:
    return table[name].combine_chunks().to_numpy(zero_copy_only=False).astype("datetime64[D]")  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def american() -> Book:
    return Book("US")


@pytest.mark.slow
@pytest.mark.parametrize("coverage", US_AUTO)
def test_american_car_claims(american: Book, coverage: str) -> None:
    products = ("PAP-F6", "PAP-F12") if coverage in ("COLL", "COMP") else ("PAP-L", "PAP-F6", "PAP-F12")
    american.compare(products, US_AUTO[coverage], 0.03, coverage_code=coverage)


@pytest.mark.slow
@pytest.mark.parametrize("cause", US_HOME)
def test_american_home_claims(american: Book, cause: str) -> None:
    american.compare(("HO-3", "HO-5"), US_HOME[cause], 0.03, cause=cause)


@pytest.mark.slow
@pytest.mark.parametrize("clock", [None, "2025-07-01"])
def test_german_car_liability(clock: str | None) -> None:
    Book("DE", clock).compare(("KFZ-HP", "KFZ-TK", "KFZ-VK"), DE_KH, 0.04, coverage_code="KH")


@pytest.mark.slow
def test_french_car_liability() -> None:
    book = Book("FR")
    book.compare(("AUTO-T", "AUTO-TR"), FR_RC, 0.03, coverage_code="RC")
    paid = book.claims(("AUTO-T", "AUTO-TR"), coverage_code="RC")
    assert np.percentile(paid, 50) == pytest.approx(1172, rel=0.05)
    assert np.percentile(paid, 75) == pytest.approx(1212, rel=0.05)
    assert np.percentile(paid, 99) == pytest.approx(16451, rel=0.15)


@pytest.mark.slow
@pytest.mark.parametrize("country", ["VN", "GB"])
def test_other_countries_follow_their_own_tables(country: str) -> None:
    book = Book(country)
    for row in csv.DictReader((DATA / f"claim_causes_{country}.csv").read_text(encoding="utf-8").splitlines()):
        expected = (float(row["paid_per_1000_years"]), float(row["mean_payment"]))
        coverage = row["coverage_key"].partition("/")[2]
        product = (row["product_code"],)
        if len(book.claims(product, coverage_code=coverage, cause=row["cause"])) > 300:
            book.compare(product, expected, 0.05, coverage_code=coverage, cause=row["cause"])


@pytest.mark.slow
def test_severity_has_a_heavy_tail(american: Book) -> None:
    paid = american.claims(("HO-3", "HO-5"), cause="water/freezing")
    assert np.median(paid) < 0.75 * paid.mean()


def test_few_claims_are_looked_into() -> None:
    flags = World("fraud", "US")["insurance.claim"][0:30_000].select(["fraud_flag"]).to_arrow()["fraud_flag"]
    assert 0.03 < np.asarray(flags).mean() < 0.07


@pytest.mark.slow
def test_young_drivers_and_earlier_claims_are_followed_by_more_claims() -> None:
    world = World("book", "DE")
    policies = (
        world["insurance.insurance_policy"][0:POLICIES]
        .select(["product_code", "claim_count", "risk_profile.age", "risk_profile.prior_claims"])
        .to_arrow()
    )
    count = np.asarray(policies["claim_count"])
    age, prior = np.asarray(policies["risk_profile.age"]), np.asarray(policies["risk_profile.prior_claims"])
    own = np.array(policies["product_code"].to_pylist()) == "KFZ-VK"
    assert count[own & (age < 25)].mean() > 1.15 * count[own & (age >= 45) & (age < 65)].mean()
    assert count[own & (prior > 0)].mean() > 1.25 * count[own & (prior == 0)].mean()
