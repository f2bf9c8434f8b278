"""Loans: products, amounts, terms, rates by year and score, loan to value, arrears; and the distribution of credit scores.

Needs nothing but the standard library and datamimic-core. US: score distribution FICO 8 of 2017 (anchor `fico`), spread of
mortgage rates by score of June 2007 (`fico_rate`), yearly mean of 30-year fixed rates from Freddie Mac (`mortgage`), car
loans from Experian Q3 2023 (`auto_loan`), arrears by score in proportion to the Federal Reserve's default rates of 2007
(`fico_default`), scaled to the 2.31 % of car loans 30 days late. Other countries: estimates on their own score's scale.
Spreads have mean zero over the score distribution, so a year's mean rate is the published one.
"""

from __future__ import annotations

from collections.abc import Mapping

from quantiles import COUNTRIES, DATA_DIR, KNOTS, lognormal, money

from datamimic.tables.build import write_table

FICO = (
    (300, 500, 4.7),
    (500, 550, 6.8),
    (550, 600, 8.5),
    (600, 650, 10.0),
    (650, 700, 13.2),
    (700, 750, 17.1),
    (750, 800, 19.0),
    (800, 851, 20.7),
)
#: score's name, its lowest and highest value; a FICO score maps onto it linearly
SCALES = {
    "US": ("FICO 8", 300, 850),
    "DE": ("SCHUFA", 100, 999),
    "GB": ("Experian UK", 0, 999),
    "FR": ("internal", 0, 1000),
    "VN": ("CIC", 150, 750),
}
#: (type, purpose) -> (weight, collateral, mean USD, sigma)
PRODUCTS = {
    ("mortgage", "home purchase"): (18, "property", 330000.0, 0.50), ("mortgage", "refinancing"): (6, "property", 270000.0, 0.50),
    ("auto", "new car"): (22, "vehicle", 40184.0, 0.38), ("auto", "used car"): (26, "vehicle", 27167.0, 0.42),
    ("personal", "debt consolidation"): (9, "", 13500.0, 0.65), ("personal", "home improvement"): (5, "", 15500.0, 0.60),
    ("personal", "large purchase"): (5, "", 8200.0, 0.65), ("personal", "medical costs"): (3, "", 6400.0, 0.65), ("student", "education"): (6, "", 28500.0, 0.55),
}  # fmt: skip
LOAN_LEVEL = {"US": 1.0, "DE": 0.80, "GB": 0.70, "FR": 0.68, "VN": 4500.0}
TERMS = {
    "mortgage": {120: 3, 180: 14, 240: 6, 300: 3, 360: 74}, "auto": {24: 1.4, 36: 4.5, 48: 7.5, 60: 17.16, 63: 4.0, 66: 8.0, 72: 26.65, 75: 8.0, 84: 21.15},
    "personal": {12: 8, 24: 18, 36: 34, 48: 16, 60: 22, 72: 1, 84: 1}, "student": {120: 70, 180: 15, 240: 15},
}  # fmt: skip
TERMS_EUROPE = TERMS | {
    "mortgage": {120: 10, 180: 18, 240: 27, 300: 30, 360: 15}, "auto": {24: 8, 36: 22, 48: 30, 60: 26, 72: 9, 84: 5},
}  # fmt: skip
YEARS = (2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025)
MORTGAGE = {
    "US": (3.85, 3.65, 3.99, 4.54, 3.94, 3.11, 2.96, 5.34, 6.81, 6.72, 6.60), "DE": (1.95, 1.75, 1.80, 1.90, 1.45, 1.20, 1.25, 2.65, 3.90, 3.75, 3.65),
    "GB": (2.70, 2.40, 2.10, 2.20, 2.15, 1.95, 1.95, 3.00, 5.00, 4.90, 4.60), "FR": (2.10, 1.60, 1.55, 1.50, 1.25, 1.20, 1.12, 1.75, 3.55, 3.60, 3.15),
    "VN": (10.5, 10.3, 10.2, 10.3, 10.4, 9.9, 9.2, 10.2, 11.2, 8.9, 8.4),
}  # fmt: skip
#: margin over a country's mortgage rate in the same year, by product; US car loans are given as such below
MARGIN = {"auto": (2.4, 4.2), "personal": 5.2, "student": 1.4}
AUTO_US = {
    "new car": (4.3, 4.3, 4.6, 5.2, 5.6, 5.0, 4.2, 5.3, 7.03, 6.8, 6.7),
    "used car": (8.4, 8.5, 8.7, 9.1, 9.6, 8.9, 8.1, 9.5, 11.35, 11.8, 11.9),
}
PERSONAL_US = (9.9, 9.9, 10.1, 10.3, 10.3, 9.5, 9.4, 10.2, 11.9, 12.2, 11.9)
#: FICO from -> rate, in % points; only differences matter
SPREAD = {
    "mortgage": {300: 9.56, 580: 8.94, 620: 7.30, 660: 6.49, 700: 6.21, 760: 5.99},
    "auto": {300: 14.2, 500: 12.3, 601: 9.3, 661: 6.9, 781: 5.5}, "personal": {300: 24.0, 580: 20.0, 640: 15.0, 700: 11.0, 760: 9.0},
    "student": {300: 9.4, 580: 8.4, 640: 7.2, 700: 6.2, 760: 5.6},
}  # fmt: skip
SPREAD_LEVEL = {"US": 1.0, "DE": 0.4, "GB": 0.6, "FR": 0.3, "VN": 0.5}
DEFAULTS = {300: 41.0, 520: 28.4, 560: 22.5, 600: 15.8, 640: 8.9, 680: 4.4, 720: 1.0}
#: quantiles of loan to value in percent
LTV = {
    "mortgage": ((0.0, 25), (0.1, 50), (0.25, 68), (0.5, 80), (0.75, 90), (0.9, 95), (1.0, 97)),
    "auto": ((0.0, 45), (0.1, 70), (0.25, 85), (0.5, 98), (0.75, 110), (0.9, 120), (1.0, 130)),
}
#: months that are owed on a due day -> percent that then pay all of them, that pay one, until the next due day
TRANSITIONS = {1: (80, 0), 2: (45, 30), 3: (38, 32), 4: (28, 26), 5: (20, 20)}
LATE_LEVEL = {"US": 1.22}
"""Loans that are written off after 120 days are late no longer: so many more are late before, for 2.31 % of those that run."""
LATE_PER_ARREARS = 4.2
"""Not paid in time in a month, over the share that is 30 days late: so that with `TRANSITIONS` 2.31 % are."""
#: type -> percent of what was owed that comes in after a write-off
RECOVERIES = {"mortgage": (55, 95), "auto": (35, 65), "personal": (5, 30), "student": (10, 45)}
#: days past due from which loans are written off where nobody says otherwise
WRITTEN_OFF_AFTER = 180
#: closed-end retail loans at 120 days, loans on the borrower's home at 180 (looked up in November 2026)
WRITE_OFFS = {"US": {"mortgage": 180, "auto": 120, "personal": 120, "student": 120}}
UNIFORM_POLICY = {
    "source": "FFIEC, Uniform Retail Credit Classification and Account Management Policy, 65 FR 36903, 12 June 2000",
    "url": "https://www.gpo.gov/fdsys/pkg/FR-2000-06-12/html/00-14704.htm", "licence": "public domain", "date": "2000-06",
    "method": "data-build/loans.py: hand-entered", "grade": "A",
}  # fmt: skip
#: type -> youngest at the start and oldest at the end in years; least income of the household, percent of the usual pay;
#: payment in percent of that income at most, for the most careful and the least careful bank (0: others vouch for it)
BORROWERS = {"mortgage": (21, 85, 55, 26, 44), "auto": (18, 92, 60, 15, 35), "personal": (18, 90, 25, 8, 28), "student": (18, 75, 0, 0, 0)}
#: type -> age today -> how often they borrow
AGES = {
    "mortgage": {0: 0, 23: 1, 76: 0}, "auto": {0: 0, 19: 5, 25: 9, 35: 10, 55: 8, 65: 4, 75: 1, 85: 0},
    "personal": {0: 0, 20: 6, 25: 10, 45: 9, 60: 5, 70: 2, 80: 0}, "student": {0: 0, 19: 12, 25: 8, 28: 3, 33: 1, 41: 0},
}  # fmt: skip
PROPERTIES = {
    "US": ("Single-family house", "Condominium", "Townhouse"), "DE": ("Einfamilienhaus", "Eigentumswohnung", "Reihenhaus"),
    "GB": ("Detached house", "Flat", "Terraced house"), "FR": ("Maison individuelle", "Appartement", "Maison mitoyenne"), "VN": ("Nhà riêng", "Căn hộ chung cư", "Nhà phố"),
}  # fmt: skip
VEHICLES = (("Compact car", 30), ("Sedan", 22), ("Sport utility vehicle", 34), ("Pickup truck", 8), ("Van", 6))


def share_below(score: float) -> float:
    """Share of people below a FICO score, uniform within the published bands."""
    total = sum(weight for *_, weight in FICO)
    return sum(weight * min(max((score - low) / (high - low), 0), 1) for low, high, weight in FICO) / total


def average(bands: dict[int, float]) -> float:
    starts = [*bands, 851]
    return sum(
        value * (share_below(high) - share_below(low))
        for (low, value), high in zip(bands.items(), starts[1:], strict=True)
    )


def rate_at(bands: Mapping[int, float], score: int) -> float:
    return bands[max(start for start in bands if start <= score)]


def scaled(score: float, country: str) -> int:
    _, low, high = SCALES[country]
    return round(low + (score - 300) / 550 * (high - low))


def base_rates(country: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for kind, purpose in PRODUCTS:
        for place, year in enumerate(YEARS):
            rate = MORTGAGE[country][place]
            if kind == "auto":
                rate = (
                    AUTO_US[purpose][place]
                    if country == "US"
                    else rate + (MARGIN["auto"][0 if purpose == "new car" else 1]) * 0.8
                )
            elif kind == "personal":
                rate = PERSONAL_US[place] if country == "US" else rate + 4.0
            elif kind == "student":
                rate += MARGIN["student"]
            rows.append((kind, purpose, 0 if place == 0 else year, f"{rate:.2f}"))
    return rows


def main() -> None:
    facts = {"licence": "public domain facts", "date": "2026-11"}
    for country in COUNTRIES:
        grade = "B" if country == "US" else "E"
        level = LOAN_LEVEL[country]
        step = 1000000.0 if country == "VN" else 100.0
        write_table(
            DATA_DIR, "loan_products", country, ["loan_type", "purpose", "collateral_type", "weight"],
            [(*key, collateral, weight) for key, (weight, collateral, _, _) in PRODUCTS.items()],
            source="datamimic estimate of the mix of newly seen loans", method="data-build/loans.py", grade="E", **facts,
        )  # fmt: skip
        rows: list[tuple[object, ...]] = []
        for key, (_, _, average_amount, sigma) in PRODUCTS.items():
            # The cut log-normal's mean is a little below exp(mu + sigma^2/2); scale to the published mean exactly.
            shape = lognormal(1.0, sigma)
            weights = [(KNOTS[i + 1] - KNOTS[i]) * (shape[i] + shape[i + 1]) / 2 for i in range(len(KNOTS) - 1)]
            rows += [
                (*key, knot, money(value * average_amount * level / sum(weights), country, step))
                for knot, value in zip(KNOTS, shape, strict=True)
            ]
        write_table(
            DATA_DIR, "loan_amounts", country, ["loan_type", "purpose", "probability", "value"], rows,
            source="Experian Q3 2023 for US car loans; otherwise estimates", method="data-build/loans.py: log-normal with the published mean", grade=grade, **facts,
        )  # fmt: skip
        write_table(
            DATA_DIR, "loan_terms", country, ["loan_type", "term_months", "weight"],
            [(kind, months, weight) for kind, terms in (TERMS if country == "US" else TERMS_EUROPE).items() for months, weight in terms.items()],
            source="Experian Q3 2023 for US car loans; otherwise estimates", method="data-build/loans.py", grade=grade, **facts,
        )  # fmt: skip
        write_table(
            DATA_DIR, "loan_base_rates", country, ["loan_type", "purpose", "year_from", "rate"], base_rates(country),
            source="Freddie Mac PMMS yearly means, Experian Q3 2023 (US); otherwise estimates after central banks' rate statistics",
            method="data-build/loans.py", grade="C" if country == "US" else "E", **facts,
        )  # fmt: skip
        write_table(
            DATA_DIR, "loan_spreads", country, ["loan_type", "score_from", "spread"],
            [
                (kind, scaled(score, country), f"{(rate_at(bands, score) - average(bands)) * SPREAD_LEVEL[country]:.2f}")
                for kind, bands in SPREAD.items() for score in sorted({start for other in SPREAD.values() for start in other})
            ],
            source="Federal Reserve report to Congress 2007, table 3 (mortgages); otherwise estimates", method="data-build/loans.py: minus the mean over scores", grade="C", **facts,
        )  # fmt: skip
        write_table(
            DATA_DIR, "loan_arrears", country, ["score_from", "percent", "late_percent"],
            [
                (scaled(score, country), round(share, 3), round(share * LATE_PER_ARREARS * LATE_LEVEL.get(country, 1.0), 3))
                for score, share in ((score, rate * 2.31 / average(DEFAULTS)) for score, rate in DEFAULTS.items())
            ],
            source="Federal Reserve report to Congress 2007, table 2, in proportion; Experian 2.31 % 30 days late", method="data-build/loans.py", grade="C", **facts,
        )  # fmt: skip
        name, _, _ = SCALES[country]
        cumulated, knots = 0.0, [(0.0, FICO[0][0])]
        for _, high, weight in FICO:
            cumulated += weight / sum(weight for *_, weight in FICO)
            knots.append((round(cumulated, 6), high))
        knots[-1] = (1.0, 850)
        write_table(
            DATA_DIR, "credit_scores", country, ["score_name", "probability", "value"], [(name, quantile, scaled(score, country)) for quantile, score in knots],
            source="FICO, April 2017" + ("" if country == "US" else f", mapped linearly onto the scale of {name}"), method="data-build/loans.py", grade=grade, **facts,
        )  # fmt: skip
        write_table(
            DATA_DIR, "collaterals", country, ["collateral_type", "description", "weight"],
            [("", "", 1)] + [("vehicle", *row) for row in VEHICLES] + [("property", text, weight) for text, weight in zip(PROPERTIES[country], (66, 22, 12), strict=True)],
            source="datamimic estimate", method="data-build/loans.py", grade="E", **facts,
        )  # fmt: skip
    write_table(
        DATA_DIR, "loan_to_value", None, ["loan_type", "probability", "value"], [(kind, *row) for kind, rows in LTV.items() for row in rows],
        source="datamimic estimate", method="data-build/loans.py", grade="E", **facts,
    )  # fmt: skip
    estimate = {"source": "datamimic estimate", "method": "data-build/loans.py", "grade": "E", **facts}
    write_table(
        DATA_DIR, "loan_transitions", None, ["owed", "all_percent", "one_percent"],
        [(owed, *percent) for owed, percent in TRANSITIONS.items()], **estimate,
    )  # fmt: skip
    write_table(
        DATA_DIR, "loan_recoveries", None, ["loan_type", "percent_from", "percent_to"],
        [(kind, *percent) for kind, percent in RECOVERIES.items()], **estimate,
    )  # fmt: skip
    for country in COUNTRIES:
        known = WRITE_OFFS.get(country)
        write_table(
            DATA_DIR, "loan_write_offs", country, ["loan_type", "days"],
            [(kind, (known or {}).get(kind, WRITTEN_OFF_AFTER)) for kind in RECOVERIES],
            **(UNIFORM_POLICY if known else estimate),
        )  # fmt: skip
    write_table(
        DATA_DIR, "loan_borrowers", None, ["loan_type", "youngest", "oldest_at_end", "least_income", "share_from", "share_to"],
        [(kind, *terms) for kind, terms in BORROWERS.items()], **estimate,
    )  # fmt: skip
    write_table(
        DATA_DIR, "loan_ages", None, ["loan_type", "age_from", "often"],
        [
            (kind, age, rate_at(ages, age)) for kind, ages in AGES.items()
            for age in sorted({start for other in AGES.values() for start in other})
        ], **estimate,
    )  # fmt: skip


if __name__ == "__main__":
    main()
