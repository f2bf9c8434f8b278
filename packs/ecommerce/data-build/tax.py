"""Sales tax and VAT rates by country, state, tax class and date.

Writes tax_rates_<CC>: tax_class, state_code (ISO 3166-2, `*` = whole country), since (ISO date), rate_ppm (parts per million),
exempt_under_cents (unit price below which the good is exempt, 0 = never). Rates are facts of law; needs nothing but the
standard library and datamimic. US: statewide rates only, local surtaxes are left out (that is why Alaska has none).
Not modelled: sales tax holidays, Canary Islands, Ceuta, Melilla, French overseas departments, Corsica.
"""

from __future__ import annotations

from pathlib import Path

from assortment import CATEGORIES

from datamimic.tables.build import write_table

DATA = Path(__file__).resolve().parent.parent / "src/datamimic_pack_ecommerce/data"
START = "1900-01-01"
CLASSES = sorted({c.tax_class for c in CATEGORIES} | {"shipping"})
History = list[tuple[str, float]]  # (since, percent)

DE_FULL: History = [(START, 19), ("2020-07-01", 16), ("2021-01-01", 19)]
DE_REDUCED: History = [(START, 7), ("2020-07-01", 5), ("2021-01-01", 7)]
VN_FULL: History = [
    (START, 10),
    ("2022-02-01", 8),
    ("2023-01-01", 10),
    ("2023-07-01", 8),
    ("2027-01-01", 10),
]
VN_IT: History = [(START, 10), ("2025-07-01", 8), ("2027-01-01", 10)]
ES_STAPLES: History = [(START, 4), ("2023-01-01", 0), ("2024-10-01", 2), ("2025-01-01", 4)]
VAT: dict[str, tuple[History, dict[str, History]]] = {
    "DE": (
        DE_FULL,
        dict.fromkeys(
            ("books", "magazines", "coffee_tea", "pantry", "snacks", "vitamins", "pet_food", "plants"), DE_REDUCED
        )
        | {"menstrual": [(START, 19), ("2020-01-01", 7), ("2020-07-01", 5), ("2021-01-01", 7)]},
    ),
    "GB": (
        [(START, 20)],
        {
            **{key: [(START, 0.0)] for key in ("books", "magazines", "coffee_tea", "pantry", "kids_clothing")},
            "baby_seat": [(START, 5)],
            "menstrual": [(START, 5), ("2021-01-01", 0)],
        },
    ),
    "FR": (
        [(START, 20)],
        {
            **{key: [(START, 5.5)] for key in ("books", "coffee_tea", "pantry", "snacks", "vitamins", "menstrual")},
            "magazines": [(START, 2.1)],
            "plants": [(START, 10)],
        },
    ),
    "ES": (
        [(START, 21)],
        {
            **{key: [(START, 10)] for key in ("coffee_tea", "snacks", "vitamins", "pet_food", "plants")},
            **{key: [(START, 4)] for key in ("books", "magazines")},
            "pantry": ES_STAPLES,
            "menstrual": [(START, 10), ("2023-01-01", 4)],
        },
    ),
    "VN": (
        VN_FULL,
        {
            **{key: [(START, 5)] for key in ("books", "toys", "plants", "pantry")},
            "it": VN_IT,
            "metal": [(START, 10)],
            "magazines": [(START, 0)],
        },
    ),
}
SOURCES = {
    "DE": (
        "UStG §§ 12, 28 and Anlage 2; Zweites Corona-Steuerhilfegesetz",
        "https://www.gesetze-im-internet.de/ustg_1980/",
        "B",
    ),
    "GB": (
        "Value Added Tax Act 1994, Schedules 7A and 8; VAT Notices 701/10, 701/14, 701/18",
        "https://www.gov.uk/guidance/rates-of-vat-on-different-goods-and-services",
        "B",
    ),
    "FR": ("Code général des impôts, art. 278 to 298 septies", "https://www.legifrance.gouv.fr/", "C"),
    "ES": ("Ley 37/1992, art. 90 and 91; RDL 20/2022, RDL 4/2024", "https://www.boe.es/", "C"),
    "VN": (
        "Law on VAT 13/2008 and 48/2024; Decrees 15/2022, 44/2023, 94/2023, 72/2024, 180/2024, 174/2025",
        "https://vanban.chinhphu.vn/",
        "C",
    ),
}

_STATE_RATES = """
AL 4 AK 0 AZ 5.6 AR 6.5 CA 7.25 CO 2.9 CT 6.35 DE 0 DC 6 FL 6 GA 4 HI 4 ID 6 IL 6.25 IN 7 IA 6 KS 6.5 KY 6 ME 5.5 MD 6
MA 6.25 MI 6 MN 6.875 MS 7 MO 4.225 MT 0 NE 5.5 NV 6.85 NH 0 NJ 6.625 NY 4 NC 4.75 ND 5 OH 5.75 OK 4.5 OR 0 PA 6 RI 7
SC 6 TN 7 TX 6.25 UT 6.1 VT 6 VA 5.3 WA 6.5 WV 6 WI 5 WY 4
"""
_words = _STATE_RATES.split()
US_GENERAL: dict[str, History] = {
    state: [(START, float(rate))] for state, rate in zip(_words[::2], _words[1::2], strict=True)
}
US_GENERAL |= {
    "LA": [(START, 4.45), ("2025-01-01", 5)],
    "NM": [(START, 5.125), ("2022-07-01", 5), ("2023-07-01", 4.875)],
    "SD": [(START, 4.5), ("2023-07-01", 4.2)],
}
US_GROCERY: dict[str, History] = {  # every other state exempts food for the home
    "AL": [(START, 4), ("2023-09-01", 3), ("2025-09-01", 2)],
    "AR": [(START, 0.125), ("2026-01-01", 0)],
    "HI": [(START, 4)],
    "ID": [(START, 6)],
    "IL": [(START, 1), ("2022-07-01", 0), ("2023-07-01", 1), ("2026-01-01", 0)],
    "KS": [(START, 6.5), ("2023-01-01", 4), ("2024-01-01", 2), ("2025-01-01", 0)],
    "MO": [(START, 1.225)],
    "MS": [(START, 7), ("2025-07-01", 5)],
    "OK": [(START, 4.5), ("2024-08-29", 0)],
    "SD": [(START, 4.5), ("2023-07-01", 4.2)],
    "TN": [(START, 4)],
    "UT": [(START, 3)],
    "VA": [(START, 2.5), ("2023-01-01", 1)],
}
US_CLOTHING_EXEMPT = {"MN": 0, "NJ": 0, "PA": 0, "VT": 0, "MA": 17_500, "NY": 11_000, "RI": 25_000}  # 0 = at any price
US_MENSTRUAL_EXEMPT = {
    "CA": "2020-01-01",
    "CO": "2022-08-10",
    "CT": "2018-07-01",
    "DC": "2019-10-01",
    "FL": "2018-01-01",
    "IA": "2023-01-01",
    "IL": "2017-01-01",
    "LA": "2022-07-01",
    "MA": START,
    "MD": START,
    "ME": "2021-10-01",
    "MI": "2022-02-03",
    "MN": START,
    "NE": "2022-07-01",
    "NJ": START,
    "NV": "2019-01-01",
    "NY": "2016-09-01",
    "OH": "2020-04-01",
    "PA": START,
    "RI": "2019-10-01",
    "TX": "2023-09-01",
    "VA": "2023-01-01",
    "VT": "2021-07-01",
    "WA": "2020-07-01",
}


def _ppm(percent: float) -> int:
    """Parts per million: whole for every rate in force, also 6.875 % and 0.125 %."""
    return round(percent * 10_000)


def us_rows() -> list[tuple[str, str, str, int, int]]:
    rows = []
    for state in sorted(US_GENERAL):
        general = US_GENERAL[state]
        for tax_class in CLASSES:
            history, exempt_under = general, 0
            if tax_class == "shipping":
                history = [(START, 0.0)]
            elif tax_class in ("coffee_tea", "pantry", "snacks"):
                history = US_GROCERY.get(state, [(START, 0.0)])
            elif tax_class in ("clothing", "kids_clothing") and state in US_CLOTHING_EXEMPT:
                exempt_under = US_CLOTHING_EXEMPT[state]
                history = general if exempt_under else [(START, 0.0)]
            elif tax_class == "menstrual" and state in US_MENSTRUAL_EXEMPT:
                since = US_MENSTRUAL_EXEMPT[state]
                before = [(start, rate) for start, rate in general if start < since]
                history = [*before, (since, 0.0)]
            rows += [(tax_class, f"US-{state}", since, _ppm(rate), exempt_under) for since, rate in history]
    return rows


def write() -> None:
    columns = ["tax_class", "state_code", "since", "rate_ppm", "exempt_under_cents"]
    write_table(
        DATA,
        "tax_rates",
        "US",
        columns,
        us_rows(),
        source="state statutes and revenue department notices",
        url="https://www.sba.gov/business-guide/manage-your-business/pay-taxes",
        licence="public domain facts of law",
        date="2025",
        grade="C",
        method="data-build/tax.py: hand-entered statewide rates, food, clothing and period-product exemptions; no "
        "local "
        "rates; delivery charges untaxed",
    )
    for country, (full, special) in VAT.items():
        source, url, grade = SOURCES[country]
        write_table(
            DATA,
            "tax_rates",
            country,
            columns,
            [
                (tax_class, "*", since, _ppm(rate), 0)
                for tax_class in CLASSES
                for since, rate in special.get(tax_class, full)
            ],
            source=source,
            url=url,
            licence="public domain facts of law",
            date="2025",
            grade=grade,
            method="data-build/tax.py: hand-entered rates of the law by class of goods; delivery at the full rate",
        )


if __name__ == "__main__":
    write()
