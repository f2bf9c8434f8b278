"""Who holds what, for how long, and how many claims a mean of them is: `holdings`, `home_owners`, `renewals`, `claim_numbers`.

Run: python packs/insurance/data-build/holdings.py
"""

from __future__ import annotations

import math

from catalogue import Product
from countries import COUNTRIES, DATA, OWN

from datamimic.tables.build import write_table

# What risk a product covers, of which a holder has one; and who can have it.
RISKS = {
    "US": {
        "car": ("driver", "PAP-L", "PAP-F6", "PAP-F12"), "home": ("owner", "HO-3", "HO-5"), "rented home": ("tenant", "HO-4"),
        "flood": ("owner", "FLD"), "umbrella": ("householder", "UMB"), "life": ("person", "TERM"),
        "health": ("person", "PPO", "MEDSUP"),
    },
    "DE": {
        "car": ("driver", "KFZ-HP", "KFZ-TK", "KFZ-VK"), "contents": ("householder", "HR"), "building": ("owner", "WG"),
        "liability": ("householder", "PHV"), "legal": ("householder", "RS"), "accident": ("person", "UV"),
        "life": ("person", "RLV"), "health": ("private patient", "PKV"),
    },
    "VN": {
        "motorcycle": ("driver", "TNDS-XM"), "car": ("driver", "TNDS-OTO"), "car damage": ("car", "VCX-OTO"),
        "home": ("owner", "NTN"), "accident": ("person", "TNCN"), "health": ("person", "SK"), "life": ("person", "TK-NT"),
    },
    "GB": {
        "car": ("driver", "MC", "TPFT"), "home": ("owner", "HBC"), "rented home": ("tenant", "HC"), "travel": ("person", "TRV"),
        "life": ("person", "LT"), "health": ("person", "PMI"),
    },
    "FR": {
        "car": ("driver", "AUTO-T", "AUTO-TR"), "home": ("owner", "MRH-P"), "rented home": ("tenant", "MRH-L"),
        "health": ("person", "SANTE"), "accident": ("householder", "GAV"), "life": ("person", "TD"),
    },
}  # fmt: skip
SECOND = {"car": 22.0, "motorcycle": 15.0}  # per cent of those with one who have a second, insured the same way
MEAN_POLICIES = {"US": 1.9, "DE": 2.4, "VN": 1.45, "GB": 1.87, "FR": 2.16}
# Adults by what lets them have a cover, per cent of the insured; the rest by age at issue.
ABLE = {"driver": 0.88, "owner": 0.36, "tenant": 0.24, "householder": 0.60, "person": 1.0, "private patient": 0.10, "car": 0.13}
# Householders by age who live in a home of their own, per cent.
OWNERS = {
    "US": (24, 50, 64, 71, 77, 80), "DE": (6, 26, 45, 53, 56, 55), "VN": (60, 74, 86, 92, 94, 94),
    "GB": (12, 42, 60, 68, 76, 79), "FR": (11, 37, 55, 63, 70, 75),
}  # fmt: skip
OWNER_AGES = (18, 25, 35, 45, 55, 65)
# Per cent of contracts that end in a year, by rating; of these those at the end of a term rather than within it.
LAPSES = {
    "motor": (11, 66), "tariff": (9, 80), "home": (7, 62), "contents": (11, 50), "liability": (7, 74), "life": (5, 0),
    "health": (12, 70), "community": (16, 70), "accident": (8, 74), "travel": (14, 85), "legal": (8, 76),
}  # fmt: skip
OWN_LAPSES = {"PKV": (2, 80), "MEDSUP": (6, 70), "SANTE": (9, 75), "TK-NT": (9, 0)}
UNLIMITED = {"PKV"}
LAST_AGE = {"PPO": 65}  # covers that end at an age: Medicare begins
# Annual deaths per 1,000 lives insured by age: half of a population's, since lives are selected.
DEATHS = ((18, 0.5), (25, 0.6), (35, 0.9), (45, 2.0), (55, 4.5), (65, 9.0), (75, 22.0))
AT_RENEWAL = {
    "vehicle": (("change of insurer", 72), ("vehicle sold", 20), ("insurer's notice to the end of the term", 8)),
    "motorcycle": (("not renewed by the holder", 80), ("vehicle sold", 20)),
    "house": (("change of insurer", 74), ("property sold", 18), ("insurer's notice to the end of the term", 8)),
    "dwelling": (("change of insurer", 60), ("moved home", 32), ("insurer's notice to the end of the term", 8)),
    "person": (("change of insurer", 60), ("no longer needed", 36), ("insurer's notice to the end of the term", 4)),
}
WITHIN = {
    "vehicle": (("vehicle sold", 58), ("non-payment", 28), ("notice after a claim", 6), ("moved abroad", 8)),
    "motorcycle": (("vehicle sold", 90), ("moved abroad", 10)),
    "house": (("property sold", 74), ("non-payment", 16), ("notice after a claim", 10)),
    "dwelling": (("moved in with somebody insured", 44), ("moved abroad", 20), ("non-payment", 28), ("notice after a claim", 8)),
    "person": (("non-payment", 62), ("no longer needed", 38)),
}
# Where the law lets an insurer of health or life give no ordinary notice, and what ends such a cover instead.
OWN_REASONS = {
    "PKV": ((("change of insurer", 55), ("compulsory statutory insurance", 45)), (("compulsory statutory insurance", 86), ("moved abroad", 14))),
    "PPO": ((("change of insurer", 46), ("cover by an employer", 40), ("Medicaid", 14)), (("non-payment", 48), ("cover by an employer", 38), ("moved out of the area", 14))),
    "MEDSUP": ((("change of insurer", 60), ("Medicare Advantage", 40)), (("non-payment", 60), ("Medicare Advantage", 40))),
    "SANTE": ((("change of insurer", 62), ("compulsory cover by an employer", 38)), (("change of insurer", 66), ("compulsory cover by an employer", 34))),
    "PMI": ((("change of insurer", 40), ("no longer needed", 60)), (("non-payment", 62), ("no longer needed", 38))),
    "SK": ((("change of insurer", 40), ("no longer needed", 60)), (("non-payment", 62), ("no longer needed", 38))),
}  # fmt: skip
LIFE = (("surrendered or lapsed for non-payment", 70), ("no longer needed", 30))
LAWS = (
    "VVG 11, 39, 92, 96, 111, 195, 206 (DE); Code des assurances L113-3, L113-12, L113-15-2, L113-16 (FR); 42 USC 300gg-2, "
    "1395ss(q) (US); shares estimated"
)
# Income from which employees may leave the statutory health insurance, by year; the first stands for those before.
INCOME_LIMITS = (
    (2000, 46_350), (2005, 46_800), (2006, 47_250), (2007, 47_700), (2008, 48_150), (2009, 48_600), (2010, 49_950),
    (2011, 49_500), (2012, 50_850), (2013, 52_200), (2014, 53_550), (2015, 54_900), (2016, 56_250), (2017, 57_600),
    (2018, 59_400), (2019, 60_750), (2020, 62_550), (2021, 64_350), (2023, 66_600), (2024, 69_300), (2025, 73_800),
)  # fmt: skip
PRONENESS = ((0.3, 22), (0.6, 26), (0.9, 22), (1.4, 17), (2.2, 9), (3.6, 4))
STEPS = 1.12
LARGEST_MEAN = 60.0


def part(country: str, product: Product) -> tuple[str, str]:
    """(risk, who can have it)."""
    return next((risk, needs) for risk, (needs, *codes) in RISKS[country].items() if product.code in codes)


def percent(country: str, product: Product, whole: float) -> float:
    """Of those who could, how many hold the product, so that its share of all policies is its mix."""
    _, needs = part(country, product)
    years = min(product.issue_ages[1], 90) - max(product.issue_ages[0], 18)
    able = ABLE[needs] * (min(1.0, years / 62) if needs == "person" else 1.0)
    return min(92.0, round(100 * product.mix / whole * MEAN_POLICIES[country] / able, 1))


def numbers() -> list[tuple[float, int, float]]:
    """(mean, number, weight): Poisson's distribution of means on a grid, so that others are mixed of two neighbours."""
    means, mean = [0.0], 0.002
    while mean < LARGEST_MEAN:
        means.append(round(mean, 6))
        mean *= STEPS
    rows = []
    for each in means:
        for number in range(160):
            weight = math.exp(-each) * each**number / math.factorial(number) if each else float(number == 0)
            if weight > 1e-9:
                rows.append((each, number, round(weight, 12)))
    return rows

# Changes within terms: what is insured, number and name of the kind, how many in a thousand years.
ENDORSEMENTS = (
    ("vehicle", 0, "vehicle replaced", 95), ("vehicle", 1, "mileage changed", 45), ("vehicle", 2, "driver added", 25),
    ("motorcycle", 0, "vehicle replaced", 60), ("house", 3, "sum insured changed", 45),
    ("dwelling", 3, "sum insured changed", 40),
)  # fmt: skip


def main() -> None:
    estimate = {"licence": OWN, "date": "2026-11", "method": "data-build/holdings.py", "grade": "E"}
    for country in COUNTRIES:
        code, products = country.code, country.products
        whole = sum(p.mix for p in products)
        write_table(
            DATA, "holdings", code,
            ["product_code", "risk", "needs", "first_age", "last_age", "percent", "second_percent"],
            [
                (p.code, *part(code, p), p.issue_ages[0], p.issue_ages[1], percent(code, p, whole),
                 SECOND.get(part(code, p)[0], 0.0))
                for p in products
            ],
            source="shares of policies by product: data-build/catalogue; who can hold them: estimate", **estimate,
        )  # fmt: skip
        write_table(
            DATA, "home_owners", code, ["age_from", "percent"], zip(OWNER_AGES, OWNERS[code], strict=True),
            source="estimate of owner-occupiers by age of the householder", **estimate,
        )  # fmt: skip
        write_table(
            DATA, "renewals", code,
            ["product_code", "unlimited", "percent", "at_renewal_percent", "last_age", "attained_age", "experience"],
            [
                (
                    p.code, yes(p.code in UNLIMITED), *OWN_LAPSES.get(p.code, LAPSES[p.rating]), LAST_AGE.get(p.code, 0),
                    yes(p.rating not in ("life", "tariff") and p.code not in UNLIMITED),
                    yes(p.rating not in ("life", "health", "community")),
                )
                for p in products
            ],
            source="contracts ended in a year: estimate; unlimited cover and no rating by claims in health: VVG 195, 203; 42 USC 300gg", **estimate,
        )  # fmt: skip
        write_table(
            DATA, "cancellation_reasons", code, ["product_code", "moment", "cancellation_reason", "weight"],
            [
                (p.code, moment, *row)
                for p in products
                for moment, rows in zip(("renewal", "within"), reasons(p), strict=True)
                for row in rows
            ],
            source=LAWS, **estimate,
        )  # fmt: skip
        write_table(
            DATA, "private_health", code, ["year_from", "least_income"],
            INCOME_LIMITS if code == "DE" else ((2000, 0),),
            source="Jahresarbeitsentgeltgrenze: SGB V 6, yearly ordinances; elsewhere no limit",
            url="https://datenbank.nwb.de/Dokument/113546", licence="public facts", date="2026-11",
            method="data-build/holdings.py: looked up (NWB, TK-Lex, SVRechGrV 2024 and 2025)", grade="B",
        )  # fmt: skip
    write_table(
        DATA, "proneness", None, ["factor", "weight"], PRONENESS, source="spread of claim frequencies between people alike",
        **estimate,
    )  # fmt: skip
    write_table(
        DATA, "deaths", None, ["age_from", "per_1000"], DEATHS,
        source="annual deaths of insured lives, estimate below the period life tables", **estimate,
    )  # fmt: skip
    write_table(
        DATA, "endorsement_rates", None, ["insures", "kind", "endorsement", "per_1000_years", "weight"],
        [(insures, kind, name, rate, rate) for insures, kind, name, rate in ENDORSEMENTS],
        source="changes of contracts in a thousand years of cover", **estimate,
    )  # fmt: skip
    write_table(
        DATA, "claim_numbers", None, ["mean_from", "count", "weight"], numbers(),
        source="Poisson's distribution", licence="public facts", date="2026-11", method="data-build/holdings.py", grade="A",
    )  # fmt: skip


def yes(flag: bool) -> str:
    return str(flag).lower()


def reasons(product: Product) -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
    if product.rating == "life":
        return LIFE, LIFE
    return OWN_REASONS.get(product.code, (AT_RENEWAL[product.insures], WITHIN[product.insures]))


if __name__ == "__main__":
    main()
