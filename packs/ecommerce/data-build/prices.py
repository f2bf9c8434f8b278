"""Price quantiles per category and currency, and psychological price endings.

Writes product_prices_<CC>, price_endings_<CC> and product_margins. Prices are what the shopper sees: with VAT in DE, GB, FR, ES and VN,
without sales tax in US. Needs nothing but the standard library and datamimic.
"""

from __future__ import annotations

from math import exp
from pathlib import Path
from statistics import NormalDist

from assortment import CATEGORIES, COUNTRIES

from datamimic.tables.build import write_table

DATA = Path(__file__).resolve().parent.parent / "src/datamimic_pack_ecommerce/data"
PERCENTS = (0, 1, 5, 10, 25, 50, 75, 90, 95, 99, 100)
LOWEST, HIGHEST = 0.002, 0.998  # where the lognormal is cut
# Units of the currency per US dollar of the reference price: price level, not exchange rate.
LEVEL = {"US": 1.0, "DE": 1.02, "FR": 1.05, "ES": 0.98, "GB": 0.88, "VN": 15_500.0}
# from this price on: prices are `unit` steps plus one of the endings, both in hundredths of the currency
_WESTERN = [
    (0, 100, [(99, 46), (49, 22), (95, 9), (79, 8), (29, 6), (0, 9)]),
    (2_000, 100, [(99, 52), (95, 16), (0, 14), (49, 12), (90, 6)]),
    (10_000, 1_000, [(999, 40), (900, 30), (995, 12), (500, 8), (0, 10)]),
]
_DONG = [
    (0, 1_000_000, [(900_000, 52), (500_000, 22), (0, 26)]),
    (20_000_000, 10_000_000, [(9_900_000, 40), (9_000_000, 34), (5_000_000, 12), (0, 14)]),
    (200_000_000, 10_000_000, [(9_000_000, 52), (9_900_000, 22), (0, 26)]),
]
ENDINGS = {country: (_DONG if country == "VN" else _WESTERN) for country in COUNTRIES}


# Gross margin in percent of the price without tax, by department; an article's lies within ten points of it.
MARGINS = {
    "electronics": 22, "computers": 17, "kitchen": 38, "home": 44, "furniture": 46, "fashion": 48, "shoes": 45,
    "accessories": 52, "beauty": 45, "health": 36, "food": 28, "media": 36, "toys": 36, "baby": 34, "sports": 37, "garden": 36,
    "diy": 34, "pet": 33, "office": 36, "automotive": 32,
}  # fmt: skip


def quantile(median: float, sigma: float, share: float) -> float:
    """Quantile of a lognormal cut at both ends; `share` within 0..1."""
    inner = LOWEST + (HIGHEST - LOWEST) * share
    return median * exp(sigma * NormalDist().inv_cdf(inner))


def mean(median: float, sigma: float) -> float:
    points = [quantile(median, sigma, (i + 0.5) / 200) for i in range(200)]
    return sum(points) / len(points)


def write() -> None:
    write_table(
        DATA,
        "product_margins",
        None,
        ["category_code", "low_percent", "high_percent"],
        [(c.code, MARGINS[c.department] - 10, MARGINS[c.department] + 10) for c in CATEGORIES],
        source="own estimate; order of trades after U.S. Census Bureau, Annual Retail Trade Survey, gross margins",
        licence="MIT (this project)",
        date="2026-11",
        grade="E",
        method="data-build/prices.py: by department, an article's margin within ten points",
    )
    for country in COUNTRIES:
        level = LEVEL[country]
        # dong prices are whole; both are written in hundredths, the unit money has everywhere
        rows = [
            (c.code, percent / 100, round(quantile(c.median_usd, c.sigma, percent / 100) * level * 100))
            for c in CATEGORIES
            for percent in PERCENTS
        ]
        write_table(
            DATA,
            "product_prices",
            country,
            ["category_code", "probability", "value"],
            rows,
            source="datamimic",
            licence="MIT (this project)",
            date="2026-11",
            grade="E",
            method="data-build/prices.py: lognormal per category, median and spread estimated; "
            f"{level:g} units of the currency per reference dollar",
        )
        write_table(
            DATA,
            "price_endings",
            country,
            ["price_cents_from", "unit_cents", "ending_cents", "weight"],
            [(start, unit, ending, weight) for start, unit, endings in ENDINGS[country] for ending, weight in endings],
            source="own estimate after the pricing literature (9-endings are the most frequent)",
            licence="MIT (this project)",
            date="2026-11",
            grade="E",
            method="data-build/prices.py: shares of endings by price level, estimated",
        )


if __name__ == "__main__":
    write()
