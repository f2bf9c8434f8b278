"""Risk factors: what a level of each multiplies the premium by, and the points of the score that says the same.

Points are 100 times the natural logarithm of the relativity, rounded: adding points is multiplying relativities. Every
factor is monotone in its levels. Factors that a rating does not use have relativity 1 and no points.

Run: python packs/insurance/data-build/risk.py
"""

from __future__ import annotations

import math

from catalogue import Product
from countries import COUNTRIES, DATA, OWN
from vehicles import values

from datamimic.tables.build import write_table

RATINGS = ("motor", "tariff", "home", "contents", "liability", "life", "health", "community", "accident", "travel", "legal")

AGE = {
    "motor": {18: 1.80, 21: 1.52, 25: 1.24, 30: 1.10, 40: 1.03, 50: 0.98, 60: 0.90, 70: 0.86},
    "life": {18: 0.42, 25: 0.45, 30: 0.52, 35: 0.64, 40: 0.86, 45: 1.2, 50: 1.7, 55: 2.5, 60: 3.6, 65: 5.2},
    "health": {
        18: 0.58,
        25: 0.64,
        30: 0.74,
        35: 0.81,
        40: 0.90,
        45: 1.02,
        50: 1.22,
        55: 1.48,
        60: 1.74,
        65: 2.0,
        75: 2.2,
    },
    # The federal default standard age curve of the United States, over its value at 45; 3 to 1 (45 CFR 147.102, CMS 2018).
    "community": {
        18: 0.632, 21: 0.693, 25: 0.695, 30: 0.786, 35: 0.846, 40: 0.885, 45: 1.0, 50: 1.237, 55: 1.544, 60: 1.879, 64: 2.078,
    },
    "accident": {18: 0.92, 30: 0.96, 40: 1.0, 50: 1.06, 60: 1.15, 70: 1.3},
    "contents": {18: 1.16, 25: 1.08, 35: 1.02, 45: 0.98, 60: 0.93},
    "liability": {18: 1.34, 25: 1.18, 35: 1.06, 45: 0.96, 60: 0.84},
    "legal": {18: 1.18, 25: 1.12, 35: 1.05, 45: 0.98, 60: 0.86},
    "travel": {18: 0.82, 30: 0.9, 50: 1.05, 60: 1.35, 65: 1.75, 70: 2.3},
}
LICENCE_YEARS = {"motor": {0: 1.30, 1: 1.24, 2: 1.18, 3: 1.10, 5: 1.05, 10: 1.0, 20: 0.97}}
PRIOR_CLAIMS = {
    "motor": {0: 0.95, 1: 1.25, 2: 1.55, 3: 1.90},
    "tariff": {0: 1.0, 1: 1.10, 2: 1.15, 3: 1.15},
    "home": {0: 0.97, 1: 1.15, 2: 1.38, 3: 1.65},
    "contents": {0: 0.97, 1: 1.15, 2: 1.35, 3: 1.60},
    "liability": {0: 0.97, 1: 1.15, 2: 1.35, 3: 1.60},
    "health": {0: 0.98, 1: 1.06, 2: 1.14, 3: 1.22},
    "accident": {0: 0.99, 1: 1.05, 2: 1.12, 3: 1.20},
    "travel": {0: 0.98, 1: 1.10, 2: 1.25, 3: 1.40},
    "legal": {0: 0.95, 1: 1.20, 2: 1.45, 3: 1.75},
}
TERRITORY = {
    "motor": {1: 0.82, 2: 0.92, 3: 1.0, 4: 1.10, 5: 1.26},
    "home": {1: 0.90, 2: 0.95, 3: 1.0, 4: 1.06, 5: 1.14},
    "contents": {1: 0.78, 2: 0.88, 3: 1.0, 4: 1.14, 5: 1.34},
    "liability": {1: 0.88, 2: 0.94, 3: 1.0, 4: 1.07, 5: 1.15},
    "health": {1: 0.94, 2: 0.97, 3: 1.0, 4: 1.05, 5: 1.10},
    "community": {1: 0.95, 2: 0.97, 3: 1.0, 4: 1.04, 5: 1.08},
    "legal": {1: 0.88, 2: 0.94, 3: 1.0, 4: 1.08, 5: 1.17},
}
# The lowest population of a place in territory 1 to 5.
POPULATIONS = {1: 0, 2: 5_000, 3: 20_000, 4: 100_000, 5: 500_000}
KILOMETRES = {0: 0.88, 6_001: 0.93, 9_001: 0.98, 12_001: 1.02, 15_001: 1.08, 20_001: 1.14, 25_001: 1.21, 31_000: 1.28}
MILES = {0: 0.88, 4_001: 0.93, 6_001: 0.98, 8_001: 1.02, 10_001: 1.08, 13_001: 1.14, 16_001: 1.21, 20_000: 1.28}
CREDIT = {
    "motor": {0: 1.0, 1: 0.84, 2: 0.94, 3: 1.05, 4: 1.22, 5: 1.42},
    "home": {0: 1.0, 1: 0.84, 2: 0.94, 3: 1.05, 4: 1.24, 5: 1.48},
    "contents": {0: 1.0, 1: 0.88, 2: 0.95, 3: 1.04, 4: 1.18, 5: 1.32},
}
SMOKER = {"life": {0: 0.88, 1: 1.95}, "health": {0: 0.96, 1: 1.25}, "community": {0: 0.97, 1: 1.2}}  # at most 1.5 to 1 by law
# The premium rises less than the sum insured where a part of the cost does not depend on it.
ELASTICITY = {"home": 0.7, "contents": 0.6, "life": 0.95, "accident": 0.9, "motor": 0.45}
VEHICLE_BANDS = (0.0, 0.3, 0.6, 0.9, 1.2, 1.6, 2.2)

# Claim-free years, name of the class, relativity. Falls with every claim-free year.
NO_CLAIMS = {
    "DE": [(0, "SF 0", 1.55), (1, "SF 1", 1.28), (2, "SF 2", 1.18), (3, "SF 3", 1.10), (4, "SF 4", 1.04)]
    + [(n, f"SF {n}", round(0.99 * 0.971 ** (n - 5) if n <= 20 else 0.99 * 0.971**15 * 0.985 ** (n - 20),
    4)) for n in range(5, 51)],
    "FR": [(0, "CRM 1,00", 1.30), (1, "CRM 0,95", 1.235), (2, "CRM 0,90", 1.17), (3, "CRM 0,85", 1.105), (4, "CRM 0,80", 1.04),
           (5, "CRM 0,76", 0.988), (6, "CRM 0,72", 0.936), (7, "CRM 0,68", 0.884), (8, "CRM 0,64", 0.832), (9,
           "CRM 0,60", 0.78),
           (10, "CRM 0,57", 0.741), (11, "CRM 0,54", 0.702), (12, "CRM 0,51", 0.663), (13, "CRM 0,50", 0.65)],
    "GB": [(0, "0 years NCD", 1.45), (1, "1 year NCD", 1.22), (2, "2 years NCD", 1.10), (3, "3 years NCD", 1.02), (4,
    "4 years NCD", 0.96),
           (5, "5 years NCD", 0.90), (6, "6 years NCD", 0.87), (7, "7 years NCD", 0.85), (8, "8 years NCD", 0.83), (9,
           "9+ years NCD", 0.81)],
    "US": [(0, "no discount", 1.12), (1, "claim-free 1 year", 1.08), (2, "claim-free 2 years", 1.05), (3,
    "claim-free 3 years", 1.0),
           (5, "claim-free 5+ years", 0.94)],
    "VN": [(0, "0 năm", 1.10), (1, "1 năm", 1.04), (2, "2 năm", 0.99), (3, "từ 3 năm", 0.93)],
}  # fmt: skip
# Classes for people without a claim-free year, by years of licence and earlier claims: name and relativity.
BEGINNERS = {
    "DE": [(0, 0, "SF 0", 1.55), (3, 0, "SF 1/2", 1.40), (0, 1, "SF S", 1.60), (3, 1, "SF S", 1.60), (0, 2, "SF M",
    1.90), (3, 2, "SF M", 1.90)],
    "FR": [(0, 0, "CRM 1,00", 1.30), (0, 1, "CRM 1,25", 1.62), (0, 2, "CRM 1,56", 2.03)],
    "GB": [(0, 0, "0 years NCD", 1.45)],
    "US": [(0, 0, "no discount", 1.12)],
    "VN": [(0, 0, "0 năm", 1.10)],
}  # fmt: skip
CLAIMS = 3  # so many claims of a year and more move a class alike


def states(code: str) -> list[tuple[str, float]]:
    """(name, relativity) of every class that a driver can be in; the number of the state is its place."""
    named = {name: relativity for *_, name, relativity in BEGINNERS[code]} | {name: r for _, name, r in NO_CLAIMS[code]}
    if code == "DE":
        order = ["SF M", "SF S", "SF 0", "SF 1/2", *(f"SF {n}" for n in range(1, 51))]
        return [(name, named[name]) for name in order]
    if code == "FR":
        return [(f"CRM {crm // 100},{crm % 100:02d}", round(1.3 * crm / 100, 4)) for crm in range(350, 49, -1)]
    years = {name: years for years, name, _ in NO_CLAIMS[code]}
    if code == "US":  # four years without a claim have the name of three
        order = ["no discount", "claim-free 1 year", "claim-free 2 years", "claim-free 3 years", "claim-free 5+ years"]
        return [(name, named[name]) for name in order]
    return [(name, named[name]) for name in sorted(years, key=lambda name: years[name])]


def step(code: str, state: int, claims: int) -> int:
    """The state after a year with so many claims that were the driver's fault."""
    if code == "DE":
        if not claims:
            return {0: 2, 1: 4, 2: 4, 3: 4}.get(state, min(state + 1, 53))
        for _ in range(claims):
            years = state - 3
            state = 0 if state in (0, 1, 2) else 1 if years <= 1 else 3 if years == 2 else max(4, 3 + int(years * 0.46))
        return state
    if code == "FR":
        crm = 350 - state
        crm = math.floor(crm * 0.95) if not claims else crm
        for _ in range(claims):
            crm = math.floor(crm * 1.25)
        return 350 - max(50, min(350, crm))
    last = len(states(code)) - 1
    if code == "GB":
        for _ in range(claims):
            state = 0 if state < 3 else 3 if state >= 5 else state - 2
        return state if claims else min(state + 1, last)
    return 0 if claims else min(state + 1, last)


CREDIT_SHARES = {"US": ((1, 24), (2, 33), (3, 22), (4, 13), (5, 8))}
MEAN_DISTANCE = {"US": 11_500, "DE": 12_500, "VN": 9_500, "GB": 7_400, "FR": 12_000}
LICENCE_AGES = {  # age at the licence: weights; 0 means none
    "US": {16: 44, 17: 20, 18: 14, 19: 6, 20: 3, 22: 3, 25: 1.5, 30: 0.8, 0: 7.7},
    "DE": {17: 22, 18: 42, 19: 10, 20: 5, 22: 4, 25: 3, 30: 2, 35: 1, 0: 11},
    "VN": {18: 44, 19: 16, 20: 9, 22: 8, 25: 6, 30: 3, 35: 2, 0: 12},
    "GB": {17: 28, 18: 22, 19: 9, 20: 6, 22: 6, 25: 5, 30: 3, 35: 2, 0: 19},
    "FR": {18: 38, 19: 17, 20: 10, 22: 8, 25: 6, 30: 3, 35: 2, 0: 16},
}
DEPENDANTS = {
    18: (93, 5, 2, 0),
    25: (62, 19, 14, 5),
    35: (38, 22, 27, 13),
    45: (52, 21, 19, 8),
    55: (84, 10, 5, 1),
    65: (96, 3, 1, 0),
}


def points(relativity: float) -> int:
    return round(100 * math.log(relativity))


def levels(factor: dict[str, dict[int, float]]) -> list[tuple[str, int, float, int]]:
    """Rows of every rating at every level that any rating distinguishes, so that each is whole."""
    every = sorted({level for curve in factor.values() for level in curve})
    rows = []
    for rating in RATINGS:
        curve = factor.get(rating, {every[0]: 1.0})
        for level in every:
            relativity = curve[max(known for known in curve if known <= level)]
            rows.append((rating, level, relativity, points(relativity)))
    return rows


def sum_insured(country: str, product: Product) -> list[tuple[str, int, float, int]]:
    elasticity = ELASTICITY.get(product.rating, 0.0)
    if product.sums:
        steps = product.sums
    elif product.insures == "vehicle" and elasticity and any(c.basis == "value" for c in product.coverages):
        fleet = values(country, product.insures, True)
        mean = sum(v * w for v, w in fleet) / sum(w for _, w in fleet)
        unit = 10 ** max(2, round(math.log10(mean)) - 2)
        steps = tuple((round(mean * band / unit) * unit, 1.0) for band in VEHICLE_BANDS)
    else:
        return [(product.code, 0, 1.0, 0)]
    rows: list[tuple[str, int, float, int]] = []
    middle = sum(amount * weight for amount, weight in steps) / sum(weight for _, weight in steps)
    for position, (amount, _) in enumerate(steps):
        typical = amount if product.sums else amount + middle * 0.15
        relativity = round((typical / middle) ** elasticity, 4)
        rows.append((product.code, amount if position else 0, relativity, points(relativity)))
    return rows


def spread(rows: list[tuple[str, int, float, int]]) -> list[tuple[str, int, float, int]]:
    """Every product at the thresholds of all of them, so that each is whole."""
    every = sorted({row[1] for row in rows})
    own: dict[str, list[tuple[str, int, float, int]]] = {}
    for row in rows:
        own.setdefault(row[0], []).append(row)
    return [
        (code, threshold, *max(row for row in mine if row[1] <= threshold)[2:])
        for code, mine in own.items()
        for threshold in every
    ]


def main() -> None:
    estimate = {"licence": OWN, "date": "2026", "grade": "E", "method": "data-build/risk.py: hand-entered"}
    after = "direction and size after published rate filings and GDV figures by mileage and class; levels estimated"
    columns = ["rating", "{}_from", "relativity", "points"]
    for name, column, factor in (
        ("risk_age", "age", AGE), ("risk_licence_years", "licence_years", LICENCE_YEARS),
        ("risk_prior_claims", "prior_claims", PRIOR_CLAIMS), ("risk_territory", "territory", TERRITORY),
        ("risk_credit", "credit_band", CREDIT), ("risk_smoker", "smoker", SMOKER),
    ):  # fmt: skip
        write_table(DATA, name, None, [c.format(column) for c in columns], levels(factor), source=after, **estimate)
    write_table(
        DATA, "territories", None, ["population_from", "territory"], [(p, t) for t, p in POPULATIONS.items()],
        source="territory classes by the population of the place", **estimate,
    )  # fmt: skip
    write_table(
        DATA, "dependants", None, ["age_from", "dependants", "weight"],
        [(age, n, weight) for age, weights in DEPENDANTS.items() for n, weight in enumerate(weights) if weight],
        source="shares of adults by number of dependent children, estimated", **estimate,
    )  # fmt: skip
    for country in COUNTRIES:
        code = country.code
        distance = {"motor": MILES if code in ("US", "GB") else KILOMETRES}
        write_table(
            DATA,
            "risk_mileage",
            code,
            [c.format("annual_mileage") for c in columns],
            levels(distance),
            source=after,
            **estimate,
        )
        write_table(
            DATA, "risk_sum_insured", code, ["product_code", "sum_insured_from", "relativity", "points"],
            spread([row for product in country.products for row in sum_insured(code, product)]), source=after, **estimate,
        )  # fmt: skip
        write_table(
            DATA, "no_claims_classes", code, ["claim_free_years_from", "no_claims_class", "relativity", "points"],
            [(*row, points(row[2])) for row in NO_CLAIMS[code]],
            source="classes as named by AKB, by article A121-1 and by custom; relativities estimated", **estimate,
        )  # fmt: skip
        write_table(
            DATA, "no_claims_beginners", code,
            ["licence_years_from", "prior_claims_from", "no_claims_class", "relativity", "points"],
            [(*row, points(row[3])) for row in BEGINNERS[code]],
            source="classes before the first claim-free year; relativities estimated", **estimate,
        )  # fmt: skip
        every = states(code)
        write_table(
            DATA, "no_claims_states", code, ["no_claims_class", "relativity", "points"],
            [(name, relativity, points(relativity)) for name, relativity in every],
            source="classes as named by AKB, by article A121-1 and by custom; relativities estimated", **estimate,
        )  # fmt: skip
        write_table(
            DATA, "no_claims_steps", code, ["state", "claims_from", "next_state"],
            [(state, claims, step(code, state, claims)) for state in range(len(every)) for claims in range(CLAIMS + 1)],
            source="FR: Code des assurances, article A121-1 (5 % off, 25 % on, 0.50 to 3.50); DE after AKB I.3.5, simplified; others by custom",
            **estimate,
        )  # fmt: skip
        write_table(
            DATA, "credit_bands", code, ["credit_band", "weight"], CREDIT_SHARES.get(code, ((0, 1),)),
            source="five bands from excellent (1) to poor (5) where insurers may use credit; 0 where they do not", **estimate,
        )  # fmt: skip
        mean = MEAN_DISTANCE[code]
        write_table(
            DATA, "annual_mileages", code, ["annual_mileage", "weight"],
            [(round(mean * share / 1000) * 500, weight) for share, weight in MILEAGE_SHAPE],
            source="mean annual distance of private cars (FHWA, KBA, DfT, SDES; VN estimated), shape estimated", **estimate,
        )  # fmt: skip
        write_table(
            DATA, "licence_ages", code, ["licence_age", "weight"], LICENCE_AGES[code].items(),
            source="age at the first licence, estimated from licence holders by age (FHWA, KBA, DfT)", **estimate,
        )  # fmt: skip


MILEAGE_SHAPE = (
    (0.5, 7),
    (0.8, 9),
    (1.1, 13),
    (1.4, 15),
    (1.7, 15),
    (2.0, 13),
    (2.4, 11),
    (2.9, 8),
    (3.5, 5),
    (4.4, 3),
    (6.0, 1),
)


if __name__ == "__main__":
    main()
