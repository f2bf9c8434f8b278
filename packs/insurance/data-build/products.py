"""Products, coverages, their limits and deductibles, terms and sums insured, from the hand-entered catalogues.

Run: python packs/insurance/data-build/products.py
"""

from __future__ import annotations

import math

from catalogue import TIERS, Country, Coverage, Product, limits_factor
from countries import COUNTRIES, DATA, OWN
from vehicles import price_range

from datamimic.tables.build import write_table

# Products whose cost sharing is by the calendar year: deductibles by tier, per cent that the insured bears above, and parts of
# the legal maximum out of pocket (0 where only the deductible is borne); their covers have no limit in money.
YEARLY = {
    "PPO": ((2000, 4500, 6500), 25, (80, 95, 100)), "MEDSUP": ((0, 0, 0), 0, (0, 0, 0)), "PKV": ((0, 600, 1200), 0, (0, 0, 0)),
}
# The most that the law lets one person bear in a year of an individual health plan (42 USC 18022(c), yearly notices).
OUT_OF_POCKET = (
    (2000, 6350), (2015, 6600), (2016, 6850), (2017, 7150), (2018, 7350), (2019, 7900), (2020, 8150), (2021, 8550), (2022, 8700),
    (2023, 9100), (2024, 9450), (2025, 9200),
)
DEDUCTIBLE_FACTORS = (1.1, 1.0, 0.88)
JANUARY = 0.8  # contracts that end on 1 January, where that is the custom
METHOD = "data-build/products.py: hand-entered catalogue, data-build/catalogue_{}.py"


def key(product: Product, coverage: Coverage) -> str:
    return f"{product.code}/{coverage.code}"


def deductibles(coverage: Coverage) -> tuple[int, int, int]:
    first, *rest = coverage.deductibles
    return (first, rest[0], rest[1]) if rest else (first, first, first)


def tiers(coverage: Coverage) -> list[tuple[str, float, float, int, float]]:
    """(tier, limit, limit factor, deductible, deductible factor); factors are 1 where there is nothing to choose."""
    chosen = deductibles(coverage)
    varies = chosen[0] != chosen[2]
    return [
        (tier, limit, factor, deductible, cut if varies else 1.0)
        for tier, limit, factor, deductible, cut in zip(
            TIERS, coverage.limits, limits_factor(coverage.limits), chosen, DEDUCTIBLE_FACTORS, strict=True
        )
    ]


def limit_range(country: str, product: Product, coverage: Coverage) -> tuple[int, int]:
    if coverage.basis == "amount":
        return int(min(coverage.limits)), int(max(coverage.limits))
    if product.sums:
        low, high = min(product.sums)[0], max(product.sums)[0]
    else:
        low, high = price_range(country, product.insures)
    return int(low * min(coverage.limits) / 100), int(high * max(coverage.limits) / 100)


def base_points(product: Product, country: Country) -> int:
    """What the score starts from: 300 for the cheapest product, and 100 times the logarithm of how much dearer this one is."""
    return 300 + round(100 * math.log(product.base_premium / min(p.base_premium for p in country.products)))


def main() -> None:
    for country in COUNTRIES:
        about = {
            "source": country.sources, "licence": OWN, "date": "2026", "grade": "C",
            "method": METHOD.format(country.code.lower()),
        }  # fmt: skip
        write_table(
            DATA, "products", country.code,
            [
                "product_code", "line", "segment", "rating", "insures", "form", "product_name", "description",
                "base_premium", "base_points", "tax_rate", "january_share", "cancelled_share", "min_issue_age", "weight",
            ],
            [
                (
                    p.code, p.line, p.segment, p.rating, p.insures, p.form, p.name, p.description,
                    p.base_premium, base_points(p, country), p.tax, JANUARY if p.renews == "january" else 0.0,
                    p.cancelled, p.issue_ages[0], p.mix,
                )
                for p in country.products
            ],
            **about,
        )  # fmt: skip
        write_table(
            DATA, "coverages", country.code,
            [
                "coverage_key", "product_code", "coverage_code", "coverage_name", "coverage_description", "basis", "share",
                "settles", "aggregate_multiple", "min_coverage", "max_coverage", "weight",
            ],
            [
                (
                    key(p, c), p.code, c.code, c.name, c.description, "unlimited" if p.code in YEARLY else c.basis, c.share, c.settles, c.aggregate or 0,
                    *limit_range(country.code, p, c), 1,
                )
                for p in country.products
                for c in p.coverages
            ],
            **about,
        )  # fmt: skip
        write_table(
            DATA, "coverage_tiers", country.code,
            ["coverage_key", "tier", "limit", "limit_factor", "deductible", "deductible_factor"],
            [(key(p, c), *row) for p in country.products for c in p.coverages for row in tiers(c)],
            **about,
        )  # fmt: skip
        write_table(
            DATA, "policy_terms", country.code, ["product_code", "issue_age_from", "term_months", "weight"],
            [
                (p.code, age, months, 1)
                for p in country.products
                for age, months in terms(p, issue_bands(country.products))
            ],
            **about,
        )  # fmt: skip
        write_table(
            DATA, "cost_sharing", country.code,
            ["product_code", "tier", "yearly", "deductible", "coinsurance_percent", "out_of_pocket_percent"],
            [
                (p.code, tier, str(p.code in YEARLY).lower(), deductibles[n], share, parts[n])
                for p in country.products
                for deductibles, share, parts in (YEARLY.get(p.code, ((0, 0, 0), 0, (0, 0, 0))),)
                for n, tier in enumerate(TIERS)
            ],
            **{**about, "grade": "E", "method": "data-build/products.py: hand-entered, what the insured bears in a year"},
        )  # fmt: skip
        write_table(
            DATA, "out_of_pocket", country.code, ["year_from", "most"], OUT_OF_POCKET if country.code == "US" else ((2000, 0),),
            source="42 USC 18022(c), HHS notices of benefit and payment parameters; none elsewhere",
            url="https://obamacarefacts.com/health-insurance/out-of-pocket-maximum/", licence="public facts", date="2026-11",
            method="data-build/products.py: looked up, 2015 to 2025", grade="B",
        )  # fmt: skip
        write_table(
            DATA, "sums_insured", country.code, ["product_code", "sum_insured", "weight"],
            [(p.code, amount, weight) for p in country.products for amount, weight in p.sums or ((0, 1.0),)],
            **about,
        )  # fmt: skip


def terms(product: Product, starts: list[int]) -> list[tuple[int, int]]:
    """The terms on offer from each of the ages at issue in `starts`: those that end by the product's last age."""
    rows = []
    for age in starts:
        fitting = [months for months in product.terms if age < end_of_issue(product, months)]
        rows += [(age, months) for months in fitting or product.terms[:1]]
    return rows


def end_of_issue(product: Product, months: int) -> int:
    """The first age at which a term of so many months is no longer sold."""
    return product.max_end_age - months // 12


def issue_bands(products: tuple[Product, ...]) -> list[int]:
    return sorted({0} | {end_of_issue(p, months) for p in products if len(p.terms) > 1 for months in p.terms})


if __name__ == "__main__":
    main()
