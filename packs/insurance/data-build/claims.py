"""Claims: causes and severities by coverage, how often a policy has them by the holder's age, in what season, and by what events.

A year of cover has the published number of claims of each cause on average. Storms, hail and floods come in events that hit
a region at once: of these causes a part is ordinary, spread over the season, and the rest follows the events of the region.

Run: python packs/insurance/data-build/claims.py
"""

from __future__ import annotations

from calibration import DEDUCTIBLE_WEIGHTS, LIMIT_WEIGHTS, calibrated
from catalogue import Country, Product
from countries import COUNTRIES, DATA, OWN
from products import key

from datamimic.tables.build import write_table

AGES = (18, 25, 35, 45, 55, 65, 75)
# Claim frequency by age band, relative: auto from ausprivauto0405 (CASdatasets), the others estimated.
AGING = {
    "motor": (0.2010, 0.1697, 0.1605, 0.1580, 0.1556, 0.1253, 0.1253),
    "mortality": (0.25, 0.35, 0.7, 1.6, 3.5, 8.0, 20.0),
    "health": (0.65, 0.75, 0.85, 1.0, 1.25, 1.6, 1.9),
    "flat": (1.0,) * 7,
}
# Weights of the months by season of a cause; and of which causes how much comes in events, of which peril.
SEASONS = {
    "even": (1,) * 12,
    "winter": (16, 15, 12, 8, 6, 4, 4, 4, 5, 7, 9, 13),
    "dark": (12, 11, 10, 8, 7, 6, 6, 6, 7, 9, 11, 12),
    "game": (7, 6, 7, 10, 11, 7, 7, 7, 7, 10, 13, 9),
    "hail": (0.5, 0.5, 2, 9, 17, 22, 20, 14, 5, 1.5, 0.5, 0.5),
    "convective": (2, 3, 8, 14, 18, 17, 13, 10, 5, 4, 3, 2),
    "gale": (20, 18, 14, 6, 3, 3, 3, 4, 4, 7, 9, 13),
    "wet": (3, 3, 5, 7, 10, 13, 15, 15, 11, 8, 5, 4),
    "hurricane": (0, 0, 0, 0, 0, 6, 10, 26, 38, 17, 3, 0),
    "monsoon": (1, 1, 1, 2, 5, 7, 10, 14, 19, 22, 13, 4),
    "travel": (5, 6, 7, 8, 9, 11, 15, 15, 9, 7, 4, 5),
}
OF_CAUSE = {
    "water/freezing": "winter", "burglary": "dark", "acute illness": "winter", "animal": "game", "trip cancelled": "travel",
    "acute illness abroad": "travel", "injury abroad": "travel", "loss of baggage": "travel", "collision": "dark",
}
PERILS = {  # of a country and cause: season, per cent in events
    ("US", "wind/hail"): ("convective", 72), ("US", "hail"): ("hail", 70), ("US", "flood"): ("wet", 75),
    ("DE", "storm/hail"): ("gale", 64), ("DE", "flood"): ("wet", 70), ("FR", "storm/hail"): ("gale", 60),
    ("GB", "storm/hail"): ("gale", 62), ("GB", "flood"): ("gale", 70), ("VN", "storm/hail"): ("monsoon", 75),
    ("VN", "flood"): ("monsoon", 70),
}  # fmt: skip
# Own damage and liability of drivers: claims that move the no-claims class.
AT_FAULT = {"BI", "PD", "COLL", "KH", "VK", "RC", "DTA", "TP", "AD", "NG", "TS", "DV"}
# Claims in the five years before the books, by age: share of 0, 1, 2, 3 (per cent).
PRIOR = {18: (76, 18, 5, 1), 25: (79, 16, 4, 1), 45: (83, 13, 3, 1), 65: (86, 11, 2, 1)}
PERIL = {
    ("US", "wind/hail"): "storm", ("US", "hail"): "storm", ("US", "flood"): "flood", ("DE", "storm/hail"): "storm",
    ("DE", "flood"): "flood", ("FR", "storm/hail"): "storm", ("GB", "storm/hail"): "storm", ("GB", "flood"): "flood",
    ("VN", "storm/hail"): "storm", ("VN", "flood"): "flood",
}  # fmt: skip
NO_EVENTS = ("", "", "storm", 1)
# How claims of a kind run: days to report and to settle (quantiles), per cent denied.
PACE = {
    "vehicle": ((0, 0, 1, 3, 14, 60), (2, 9, 20, 41, 95, 400), 4),
    "property": ((0, 1, 2, 6, 25, 90), (4, 18, 42, 90, 220, 700), 7),
    "injury": ((0, 1, 5, 20, 90, 365), (20, 75, 190, 400, 900, 1800), 6),
    "medical": ((0, 2, 7, 20, 60, 180), (2, 8, 16, 30, 70, 240), 5),
    "life": ((3, 10, 25, 60, 150, 365), (10, 21, 40, 75, 160, 400), 3),
    "legal": ((0, 3, 10, 28, 80, 240), (10, 40, 120, 260, 520, 1200), 10),
}
# What a claim is first thought to cost, as a part of what it comes to (quantiles); injuries are thought too small more often.
ESTIMATES = {
    "vehicle": (0.4, 0.85, 1.0, 1.15, 1.7, 2.5),
    "property": (0.3, 0.75, 0.95, 1.15, 1.9, 3.0),
    "injury": (0.15, 0.55, 0.85, 1.1, 2.0, 3.5),
    "medical": (0.5, 0.9, 1.0, 1.1, 1.5, 2.2),
    "life": (1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
    "legal": (0.3, 0.7, 0.95, 1.2, 2.0, 3.0),
}
PACE_QUANTILES = (0.0, 0.25, 0.5, 0.75, 0.95, 1.0)


def ages(country: Country, product: Product) -> list[float]:
    """Relative frequency at each of `AGES`, 1 on average over those whom the product is sold to."""
    curve = AGING[product.aging]
    sold = [
        (rate, share) for age, rate, share in zip(AGES, curve, country.age_shares, strict=True)
        if product.issue_ages[0] - 10 < age <= product.issue_ages[1]
    ]
    mean = sum(rate * share for rate, share in sold) / sum(share for _, share in sold)
    return [round(rate / mean, 4) for rate in curve]


def main() -> None:
    for country in COUNTRIES:
        about = {"source": country.sources, "licence": OWN, "date": "2026"}
        causes, severities, events = [], [], []
        rates: dict[str, tuple[float, float]] = {}
        for product in country.products:
            ordinary = in_events = 0.0
            for coverage in product.coverages:
                for cause in coverage.causes:
                    losses, paid = calibrated(country.code, product, coverage, cause, country.unit)
                    reported = cause.frequency / 1000 / paid / (1 - PACE[coverage.settles][2] / 100)
                    season, percent = PERILS.get((country.code, cause.name), (OF_CAUSE.get(cause.name, "even"), 0))
                    name = f"{key(product, coverage)}/{cause.name}"
                    own, together = reported * (100 - percent) / 100, reported * percent / 100
                    ordinary, in_events = ordinary + own, in_events + together
                    fault = product.rating in ("motor", "tariff") and coverage.code in AT_FAULT and not percent
                    causes.append(
                        (
                            product.code, key(product, coverage), cause.name, name, season, str(fault).lower(),
                            product.code if cause.name == "death" else "", cause.frequency, cause.severity, round(own * 1e6),
                        )
                    )  # fmt: skip
                    if percent:
                        events.append((product.code, name, PERIL[country.code, cause.name], round(together * 1e6)))
                    severities += [(name, p, amount) for p, amount in losses]
            rates[product.code] = ordinary, in_events
        write_table(
            DATA, "claim_causes", country.code,
            [
                "product_code", "coverage_key", "cause", "severity_key", "season", "at_fault", "death_of", "paid_per_1000_years",
                "mean_payment", "weight",
            ], causes,
            **about, grade="C",
            method="data-build/claims.py: published frequency and mean; weight is claims reported in a million policy-years without events",
        )  # fmt: skip
        write_table(
            DATA, "claim_severities", country.code, ["severity_key", "probability", "loss"], severities,
            **about, grade="C",
            method="data-build/calibration.py: lognormal shape, or published quantiles less frauds, scaled to the published mean",
        )  # fmt: skip
        write_table(
            DATA, "claim_rates", country.code, ["product_code", "age_from", "ordinary", "in_events"],
            [
                (product.code, age, round(rates[product.code][0] * part, 7), round(rates[product.code][1] * part, 7))
                for product in country.products
                for age, part in zip(AGES, ages(country, product), strict=True)
            ],
            **about, grade="C", method="data-build/claims.py: claims reported in a year by the holder's age",
        )  # fmt: skip
        write_table(
            DATA, "event_causes", country.code, ["product_code", "severity_key", "peril", "weight"], events or [NO_EVENTS],
            **about, grade="E", method="data-build/claims.py: claims in a year that come in events",
        )  # fmt: skip
    estimated = {"source": "estimate", "licence": OWN, "date": "2026", "grade": "E"}
    write_table(
        DATA, "claim_seasons", None, ["season", "month", "weight"],
        [(season, month, weight) for season, weights in SEASONS.items() for month, weight in enumerate(weights, start=1)],
        **estimated, method="data-build/claims.py: hand-entered",
    )  # fmt: skip
    write_table(
        DATA, "earlier_claims", None, ["age_from", "earlier_claims", "weight"],
        [(age, n, weight) for age, weights in PRIOR.items() for n, weight in enumerate(weights)],
        **estimated, method="data-build/claims.py: hand-entered; claims in the five years before the books",
    )  # fmt: skip
    write_table(
        DATA, "claim_pace", None, ["settles", "probability", "report_days", "settle_days"],
        [
            (settles, q, *days)
            for settles, (report, settle, _) in PACE.items()
            for q, *days in zip(PACE_QUANTILES, report, settle, strict=True)
        ],
        **estimated, method="data-build/claims.py: hand-entered quantiles",
    )  # fmt: skip
    write_table(
        DATA, "case_estimates", None, ["settles", "probability", "part"],
        [
            (settles, q, part)
            for settles, parts in ESTIMATES.items()
            for q, part in zip(PACE_QUANTILES, parts, strict=True)
        ],
        **estimated, method="data-build/claims.py: hand-entered quantiles of the first estimate over the final cost",
    )  # fmt: skip
    write_table(
        DATA, "claim_decisions", None, ["settles", "denied", "weight"],
        [(settles, denied, weight) for settles, (_, _, share) in PACE.items() for denied, weight in (("false",
        100 - share), ("true", share))],
        **estimated, method="data-build/claims.py: hand-entered shares of claims denied",
    )  # fmt: skip
    write_table(
        DATA, "fraud_flags", None, ["fraudulent", "flagged", "weight"],
        [("false", "false", 96), ("false", "true", 4), ("true", "false", 60), ("true", "true", 40)],
        **estimated, method="data-build/claims.py: hand-entered; claims looked into beside the frauds that are proved",
    )  # fmt: skip
    write_table(
        DATA, "tier_choices", None, ["choice", "tier", "weight"],
        [(choice, *row) for choice, shares in (("limit", LIMIT_WEIGHTS), ("deductible",
        DEDUCTIBLE_WEIGHTS)) for row in shares.items()],
        **estimated, method="data-build/calibration.py: hand-entered",
    )  # fmt: skip


if __name__ == "__main__":
    main()
