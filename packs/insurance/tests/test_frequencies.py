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

WORLDS = 6
POLICIES = 10_000
"""Of each of several worlds: the storms of one hit its claims of eight years together."""
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
    """Years at risk by product, and the claims with a payment paid or reserved, of several worlds together."""

    def __init__(self, country: str, clock: str | None = None) -> None:
        books = [Book._of(World(f"book {number}", country, clock)) for number in range(WORLDS)]
        self.terms = pa.concat_tables([terms for terms, _ in books], promote_options="permissive")
        claims = pa.concat_tables([claims for _, claims in books], promote_options="permissive")
        end = np.minimum(days(self.terms, "end_date"), np.datetime64(World("book", country, clock).clock.date, "D") + 1)
        early = days(self.terms, "cover_ends")
        end = np.where(np.isnat(early), end, np.minimum(end, early))
        self.years = np.maximum((end - days(self.terms, "start_date")).astype(np.int64), 0) / 365.25
        self.products = np.array(self.terms["product_code"].to_pylist())
        self.incurred = claims["incurred"].combine_chunks().cast(pa.float64()).to_numpy(zero_copy_only=False)
        self.texts = {name: np.array(claims[name].to_pylist()) for name in ("product_code", "coverage_code", "cause")}
        self.claimed = claims

    @staticmethod
    def _of(world: World) -> tuple[pa.Table, pa.Table]:
        policies = world.refer("insurance.insurance_policy", np.arange(POLICIES))
        count = int(policies.children("insurance.policy_term").counts.sum())
        chosen = ["product_code", "start_date", "end_date", "cover_ends", "age", "prior_claims"]
        terms = world["insurance.policy_term"][0:count].select(chosen).to_arrow()
        count = int(policies.children("insurance.claim").counts.sum())
        chosen = ["product_code", "coverage_code", "cause", "incurred", "term.age", "term.prior_claims"]
        return terms, world["insurance.claim"][0:count].select(chosen).to_arrow()

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
    # How many storms there are, and how large they are, moves even the average of several worlds.
    american.compare(("HO-3", "HO-5"), US_HOME[cause], 0.15 if cause == "wind/hail" else 0.03, cause=cause)


@pytest.mark.slow
@pytest.mark.parametrize("clock", [None, "2025-07-01"])
def test_german_car_liability(clock: str | None) -> None:
    Book("DE", clock).compare(("KFZ-HP", "KFZ-TK", "KFZ-VK"), DE_KH, 0.04, coverage_code="KH")


@pytest.mark.slow
def test_french_car_liability() -> None:
    book = Book("FR")
    book.compare(("AUTO-T", "AUTO-TR"), FR_RC, 0.03, coverage_code="RC")
    paid = book.claims(("AUTO-T", "AUTO-TR"), coverage_code="RC")
    for percent, expected, tolerance in ((50, 1172, 0.05), (75, 1212, 0.05), (90, 2768, 0.1), (95, 4765, 0.1)):
        assert np.percentile(paid, percent) == pytest.approx(expected, rel=tolerance), percent
    # The sums of the convention between insurers; three standard errors.
    for lump, share in ((1128, 0.12), (1172, 0.08), (1204, 0.18)):
        assert (paid == lump).mean() == pytest.approx(share, abs=0.005 + 3 * np.sqrt(share / len(paid))), lump
    # One in a hundred is larger; three standard errors.
    assert (paid > 16451).mean() == pytest.approx(0.01, abs=3 * np.sqrt(0.01 / len(paid)))


@pytest.mark.slow
@pytest.mark.parametrize("country", ["VN", "GB"])
def test_other_countries_follow_their_own_tables(country: str) -> None:
    """Within a tenth, by which small sums of Vietnamese accidents fall short of their table."""
    book = Book(country)
    for row in csv.DictReader((DATA / f"claim_causes_{country}.csv").read_text(encoding="utf-8").splitlines()):
        expected = (float(row["paid_per_1000_years"]), float(row["mean_payment"]))
        coverage = row["coverage_key"].partition("/")[2]
        product = (row["product_code"],)
        if len(book.claims(product, coverage_code=coverage, cause=row["cause"])) > 300:
            book.compare(product, expected, 0.1, coverage_code=coverage, cause=row["cause"])


@pytest.mark.slow
def test_severity_has_a_heavy_tail(american: Book) -> None:
    paid = american.claims(("HO-3", "HO-5"), cause="water/freezing")
    assert np.median(paid) < 0.75 * paid.mean()


def test_few_claims_are_looked_into() -> None:
    flags = World("fraud", "US")["insurance.claim"][0:30_000].select(["fraud_flag"]).to_arrow()["fraud_flag"]
    assert 0.03 < np.asarray(flags).mean() < 0.07


@pytest.mark.slow
def test_young_drivers_and_earlier_claims_are_followed_by_more_claims() -> None:
    book = Book("DE")

    def yearly(name: str, least: int, most: int) -> float:
        own = np.asarray(book.terms[name])
        claimed = np.asarray(book.claimed[f"term.{name}"])
        at_risk = book.years[(book.products == "KFZ-VK") & (own >= least) & (own < most)].sum()
        return float(((book.texts["product_code"] == "KFZ-VK") & (claimed >= least) & (claimed < most)).sum() / at_risk)

    assert yearly("age", 18, 25) > 1.15 * yearly("age", 45, 65)
    assert yearly("prior_claims", 1, 99) > 1.25 * yearly("prior_claims", 0, 1)
