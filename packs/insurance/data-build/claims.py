"""Claims: causes and severities by coverage, counts by policy, and which policies have them.

A policy's number of claims is drawn first (child tables have exact counts); what the policy is, and how long it has
run, is then drawn given that number and the holder's age, licence and earlier claims, so that the frequency of every
product comes out as published. The tables are that conditional distribution, by Bayes' rule.

Run: python packs/insurance/data-build/claims.py
"""

from __future__ import annotations

import math

from calibration import DEDUCTIBLE_WEIGHTS, LIMIT_WEIGHTS, calibrated
from catalogue import Country, Product
from countries import COUNTRIES, DATA, OWN
from products import key

from datamimic.tables.build import write_table

AGES = (18, 25, 35, 45, 55, 65, 75)
MOST_CLAIMS = 6
PENDING = 30  # days before its start a policy may already be in the books
YEAR = 365.25
BLOCK = 1024  # parents that share one exact set of child counts
# Claim frequency by age band, relative: auto from ausprivauto0405 (CASdatasets), the others estimated.
AGING = {
    "motor": (0.2010, 0.1697, 0.1605, 0.1580, 0.1556, 0.1253, 0.1253),
    "mortality": (0.25, 0.35, 0.7, 1.6, 3.5, 8.0, 20.0),
    "health": (0.65, 0.75, 0.85, 1.0, 1.25, 1.6, 1.9),
    "flat": (1.0,) * 7,
}
# Earlier claims in five years, by age: share of 0, 1, 2, 3 (per cent).
PRIOR = {18: (76, 18, 5, 1), 25: (79, 16, 4, 1), 45: (83, 13, 3, 1), 65: (86, 11, 2, 1)}
REPEAT = {"motor": 1.5, "mortality": 1.0, "health": 1.3, "flat": 1.25}  # frequency with earlier claims over without
# How claims of a kind run: days to report and to settle (quantiles), per cent denied.
PACE = {
    "vehicle": ((0, 0, 1, 3, 14, 60), (2, 9, 20, 41, 95, 400), 4),
    "property": ((0, 1, 2, 6, 25, 90), (4, 18, 42, 90, 220, 700), 7),
    "injury": ((0, 1, 5, 20, 90, 365), (20, 75, 190, 400, 900, 1800), 6),
    "medical": ((0, 2, 7, 20, 60, 180), (2, 8, 16, 30, 70, 240), 5),
    "life": ((3, 10, 25, 60, 150, 365), (10, 21, 40, 75, 160, 400), 3),
    "legal": ((0, 3, 10, 28, 80, 240), (10, 40, 120, 260, 520, 1200), 10),
}
PACE_QUANTILES = (0.0, 0.25, 0.5, 0.75, 0.95, 1.0)


def prior_share(age: int) -> float:
    return 1 - PRIOR[max(band for band in PRIOR if band <= age)][0] / 100


def poisson(count: int, mean: float) -> float:
    return math.exp(-mean) * mean**count / math.factorial(count)


def windows(product: Product) -> list[tuple[int, int]]:
    """Stretches of days since the start: pending, then the term in progress, then expired (none for long terms)."""
    shortest = min(product.terms)
    days = round(shortest * YEAR / 12)
    steps = 8
    inside = [(days * i // steps, days * (i + 1) // steps) for i in range(steps)]
    return [(-PENDING, 0), *inside, *([(days, 2 * days)] if shortest <= 12 else [])]


def exposure(product: Product, day: float) -> float:
    """Years at risk by `day` after the start, on average over policies that end early."""
    if day <= 0:
        return 0.0
    term = min(product.terms) * YEAR / 12
    full = min(day, term)
    early = full - full * full / (2 * term)  # mean of min(day, a uniform end within the term)
    return ((1 - product.cancelled) * full + product.cancelled * early) / YEAR


def grid(product: Product) -> list[tuple[int, int, float, float]]:
    """(first day, last day, share, mean exposure) of each window."""
    whole = windows(product)
    total = whole[-1][1] + PENDING
    rows = []
    for low, high in whole:
        days = [low + (high - low) * (i + 0.5) / 10 for i in range(10)]
        rows.append((low, high, (high - low) / total, sum(exposure(product, day) for day in days) / 10))
    return rows


def counts_given(product: Product, rate: float) -> list[float]:
    """Probability of 0..MOST_CLAIMS claims for a yearly rate; the rare rest counts as MOST_CLAIMS."""
    result = [sum(share * poisson(n, rate * years) for _, _, share, years in grid(product)) for n in range(MOST_CLAIMS)]
    return [*result, max(0.0, 1 - sum(result))]


class Mix:
    """Products held, by the holder's licence, age and earlier claims, and by the number of claims."""

    def __init__(self, country: Country, rates: dict[str, float]) -> None:
        self.country = country
        self.target = rates
        self.rates = dict(rates)
        self.cells = [(licensed, age, prior) for licensed in (False, True) for age in AGES for prior in (0, 1)]
        self.weight = {cell: self._weight(cell) for cell in self.cells}
        self.years = {p.code: sum(share * years for _, _, share, years in grid(p)) for p in country.products}
        self.mean: float | None = None
        self.counts: list[float] = []
        for _ in range(12):
            self._solve()
            reached = self.frequencies()
            for code, rate in self.target.items():
                self.rates[code] *= rate / reached[code]
        self._solve()

    def _weight(self, cell: tuple[bool, int, int]) -> float:
        licensed, age, prior = cell
        share = self.country.age_shares[AGES.index(age)] / sum(self.country.age_shares)
        again = prior_share(age)
        return (
            share * (self.country.licensed if licensed else 1 - self.country.licensed) * (again if prior else 1 - again)
        )

    def eligible(self, product: Product, cell: tuple[bool, int, int]) -> bool:
        licensed, age, _ = cell
        last = AGES[AGES.index(age) + 1] - 1 if age != AGES[-1] else product.issue_ages[1]
        if age < product.issue_ages[0]:
            return False
        return (licensed or product.insures not in ("vehicle", "motorcycle")) and max(age, last) <= product.issue_ages[
            1
        ]

    def rate(self, product: Product, cell: tuple[bool, int, int]) -> float:
        _, age, prior = cell
        curve, repeat = AGING[product.aging], REPEAT[product.aging]
        ages = [(a, self.country.age_shares[i]) for i, a in enumerate(AGES) if self.eligible(product, (True, a, 0))]
        mean = sum(curve[AGES.index(a)] * w * (1 + prior_share(a) * (repeat - 1)) for a, w in ages) / sum(
            w for _, w in ages
        )
        return self.rates[product.code] * curve[AGES.index(age)] * (repeat if prior else 1.0) / mean

    def _solve(self) -> None:
        given = {
            (p.code, cell): counts_given(p, self.rate(p, cell))
            for p in self.country.products for cell in self.cells if self.eligible(p, cell)
        }  # fmt: skip
        expected = {k: sum(n * x for n, x in enumerate(v)) for k, v in given.items()}
        codes = {cell: [p for p in self.country.products if self.eligible(p, cell)] for cell in self.cells}
        if self.mean is None:
            whole = sum(
                self.weight[c] * sum(p.mix * expected[p.code, c] for p in codes[c]) / sum(p.mix for p in codes[c])
                for c in self.cells
            )
            self.mean = round(BLOCK * whole) / BLOCK
        mean = self.mean
        shares = {
            cell: tilted(codes[cell], {p.code: expected[p.code, cell] for p in codes[cell]}, mean)
            for cell in self.cells
        }
        exact = (
            []
            if self.counts
            else [
                sum(self.weight[c] * s * given[code, c][n] for c in self.cells for code, s in shares[c].items())
                for n in range(MOST_CLAIMS + 1)
            ]
        )
        self.counts = self.counts or [count / BLOCK for count in quantised(exact)]
        self.joint = {}
        for cell, held in shares.items():
            for n in self.possible:
                own = sum(s * given[code, cell][n] for code, s in held.items())
                for code, s in held.items():
                    self.joint[cell, n, code] = s * given[code, cell][n] * self.counts[n] / own

    @property
    def possible(self) -> list[int]:
        return [n for n, count in enumerate(self.counts) if count]

    def frequencies(self) -> dict[str, float]:
        claims: dict[str, float] = {}
        held: dict[str, float] = {}
        for (cell, n, code), share in self.joint.items():
            claims[code] = claims.get(code, 0.0) + self.weight[cell] * n * share
            held[code] = held.get(code, 0.0) + self.weight[cell] * share
        return {code: claims[code] / held[code] / self.years[code] for code in claims}


def quantised(shares: list[float]) -> list[int]:
    """Policies out of BLOCK by number of claims, as near to the shares as whole numbers with the same mean can be."""
    counts = [round(BLOCK * share) for share in shares]
    mean = round(BLOCK * sum(n * share for n, share in enumerate(shares)))
    counts[1] += mean - sum(n * count for n, count in enumerate(counts))
    counts[0] = BLOCK - sum(counts[1:])
    return counts


def tilted(products: list[Product], expected: dict[str, float], mean: float) -> dict[str, float]:
    """Shares as near as may be to the market's mix whose mean number of claims is `mean`."""
    low, high = -60.0, 60.0
    shares: dict[str, float] = {}
    for _ in range(60):
        tilt = (low + high) / 2
        weights = {p.code: p.mix * math.exp(tilt * expected[p.code]) for p in products}
        total = sum(weights.values())
        shares = {code: w / total for code, w in weights.items()}
        low, high = (tilt, high) if sum(shares[c] * expected[c] for c in shares) < mean else (low, tilt)
    return shares


def main() -> None:
    for country in COUNTRIES:
        about = {"source": country.sources, "licence": OWN, "date": "2026"}
        causes, severities, rates = [], [], {}
        for product in country.products:
            rates[product.code] = 0.0
            for coverage in product.coverages:
                for cause in coverage.causes:
                    losses, paid = calibrated(country.code, product, coverage, cause, country.unit)
                    reported = cause.frequency / 1000 / paid / (1 - PACE[coverage.settles][2] / 100)
                    rates[product.code] += reported
                    name = f"{key(product, coverage)}/{cause.name}"
                    causes.append(
                        (
                            product.code,
                            key(product, coverage),
                            cause.name,
                            name,
                            cause.frequency,
                            cause.severity,
                            round(reported * 1e6),
                        )
                    )
                    severities += [(name, p, amount) for p, amount in losses]
        write_table(
            DATA, "claim_causes", country.code,
            ["product_code", "coverage_key", "cause", "severity_key", "paid_per_1000_years", "mean_payment", "weight"], causes,
            **about, grade="C",
            method="data-build/claims.py: published frequency and mean; weight is reported claims per million policy-years",
        )  # fmt: skip
        write_table(
            DATA, "claim_severities", country.code, ["severity_key", "probability", "loss"], severities,
            **about, grade="C",
            method="data-build/calibration.py: lognormal shape, scaled to the published mean payment",
        )  # fmt: skip
        mix = Mix(country, rates)
        write_table(
            DATA, "claim_counts", country.code, ["count", "weight"],
            [(n, round(BLOCK * mix.counts[n])) for n in mix.possible],
            **about, grade="C", method="data-build/claims.py: Poisson over the policies' time at risk, in 1,024ths",
        )  # fmt: skip
        write_table(
            DATA, "policy_products", country.code,
            ["licensed", "age_from", "prior_claims_from", "claim_count", "product_code", "weight"],
            [
                (str(cell[0]).lower(), cell[1], cell[2], n, product.code, max(1, round(1_000_000 * mix.joint[cell, n,
                product.code] / mix.counts[n])))
                for cell in mix.cells for n in mix.possible for product in country.products
                if (cell, n, product.code) in mix.joint and not (product.line == "life" and n > 1)
            ],
            **about, grade="E", method="data-build/claims.py: products held given the number of claims, by Bayes' rule",
        )  # fmt: skip
        write_table(
            DATA, "policy_starts", country.code, ["product_code", "claim_count", "first_day", "last_day", "weight"],
            [
                (product.code, n, low, high, weight)
                for product in country.products for n in mix.possible
                if not (product.line == "life" and n > 1)
                for low, high, weight in starts(product, rates[product.code], n)
            ],
            **about, grade="E", method="data-build/claims.py: days since the start given the number of claims, by Bayes' rule",
        )  # fmt: skip
        reached = mix.frequencies()
        print(
            country.code,
            {code: (round(rates[code], 4), round(reached[code], 4)) for code in rates},
            [round(c, 5) for c in mix.counts],
        )
    estimated = {"source": "estimate", "licence": OWN, "date": "2026", "grade": "E"}
    write_table(
        DATA, "prior_claims", None, ["age_from", "prior_claims", "weight"],
        [(age, n, weight) for age, weights in PRIOR.items() for n, weight in enumerate(weights)],
        **estimated, method="data-build/claims.py: hand-entered",
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
        DATA, "claim_decisions", None, ["settles", "denied", "weight"],
        [(settles, denied, weight) for settles, (_, _, share) in PACE.items() for denied, weight in (("false",
        100 - share), ("true", share))],
        **estimated, method="data-build/claims.py: hand-entered shares of claims denied",
    )  # fmt: skip
    write_table(
        DATA, "fraud_flags", None, ["denied", "flagged", "weight"],
        [("false", "false", 97), ("false", "true", 3), ("true", "false", 65), ("true", "true", 35)],
        **estimated, method="data-build/claims.py: hand-entered; about one claim in twenty is looked into",
    )  # fmt: skip
    write_table(
        DATA, "tier_choices", None, ["choice", "tier", "weight"],
        [(choice, *row) for choice, shares in (("limit", LIMIT_WEIGHTS), ("deductible",
        DEDUCTIBLE_WEIGHTS)) for row in shares.items()],
        **estimated, method="data-build/calibration.py: hand-entered",
    )  # fmt: skip


def starts(product: Product, rate: float, count: int) -> list[tuple[int, int, int]]:
    """(first day, last day, weight) of the windows in which a policy with `count` claims may stand."""
    rows = [(low, high, share * poisson(count, rate * years)) for low, high, share, years in grid(product)]
    most = max(weight for *_, weight in rows)
    return [(low, high, scaled) for low, high, weight in rows if (scaled := round(1_000_000 * weight / most)) > 0]


if __name__ == "__main__":
    main()
