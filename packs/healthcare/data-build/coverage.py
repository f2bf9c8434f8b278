"""Who pays: insurers and public programmes by age, with the pattern of their member numbers.

Needs the standard library and datamimic only. Private insurers are invented; public programmes are named.
Number formats: a keyword (MBI, KVNR, BHYT, NHS, NIR) or a pattern in which # is a digit and ? a letter.
"""


from __future__ import annotations

from body_size import DATA
from population import COUNTRIES

from datamimic.tables.build import write_table

BANDS = (0, 19, 26, 65)
# Lower ends of yearly income in national currency: where programmes for low incomes end, where private cover begins.
INCOMES = {"US": (0, 30_000, 60_000), "DE": (0, 73_800), "VN": (0,), "GB": (0,), "FR": (0,)}
Weights = tuple[tuple[float, ...], ...]
# provider, kind of coverage, number format, weights per age band, each for the income bands
US_PRIVATE = [
    "Meridian Health Plan",
    "Bluestone Mutual",
    "Evergreen Care",
    "Pioneer Health Insurance",
    "Summit Choice Health",
]
PAYERS: dict[str, list[tuple[str, str, str, Weights]]] = {
    "US": [
        ("Medicare", "Medicare", "MBI", ((0, 0, 0), (0, 0, 0), (0, 0, 0), (49, 49, 47))),
        *((f"{name} Medicare Advantage", "Medicare Advantage", "MBI", ((0, 0, 0), (0, 0, 0), (0, 0, 0), (14, 14, 13)))
          for name in US_PRIVATE[:3]),
        ("Medicaid", "Medicaid", "MCD-#########", ((29, 0, 0), (34, 0, 0), (40, 0, 0), (5, 0, 0))),
        ("Children's Health Insurance Program", "CHIP", "CHP-#########", ((8.5, 8.5, 8.5), (0, 0, 0), (0, 0, 0), (0, 0, 0))),
        ("TRICARE", "TRICARE", "###########", ((3, 3, 3), (3, 4, 2), (2, 3, 2), (1, 1.5, 1.5))),
        *((name, "Commercial", f"{code}#########", ((11, 11, 11), (9.4, 16, 18), (8.4, 16.6, 18.6), (.4, 1.4, 2.4)))
          for name, code in zip(US_PRIVATE, ("MHP", "BSM", "EGC", "PHI", "SCH"), strict=True)),
        ("Uninsured", "Self-pay", "", ((4.5, 4.5, 4.5), (16, 15, 8), (16, 12, 4), (.7, .5, .3))),
    ],
    "DE": [
        *((name, "Gesetzliche Krankenversicherung", "KVNR", ((weight, weight),) * 4) for name, weight in (
            ("Gesundheitskasse Mitte", 22), ("Techniker-Ersatzkasse Nord", 16), ("BKK Morgenstern", 9), ("IKK Handwerk Plus", 9),
            ("Ersatzkasse Vital", 14), ("Knappschaft Glückauf", 5), ("BKK Rheinbrücke", 7), ("Landkrankenkasse Süd", 6))),
        *((name, "Private Krankenversicherung", f"{code}-########", ((share, share), (share, 12 * share), (share, 14 * share),
                                                                    (share * 1.3, share * 9))) for name, code, share in (
            ("Hanse Privat Kranken AG", "HPK", 2.7), ("Alpenland Krankenversicherung VVaG", "ALK", 2.7),
            ("Rheinische Privatkranken AG", "RPK", 2.3))),
    ],
    "VN": [
        ("Bảo hiểm xã hội Việt Nam", "Bảo hiểm y tế", "BHYT", ((97,), (88,), (91,), (97,))),
        ("Bảo hiểm Sức khỏe Bông Sen", "Tư nhân", "BS########", ((.8,), (2,), (2.5,), (.8,))),
        ("Bảo hiểm Nhân thọ Trường An", "Tư nhân", "TA########", ((.5,), (1.5,), (2,), (.5,))),
        ("Không có bảo hiểm", "Self-pay", "", ((1.7,), (8.5,), (4.5,), (1.7,))),
    ],
    "GB": [
        ("National Health Service", "NHS", "NHS", ((94,), (93,), (88,), (92,))),
        ("Albion Health Insurance", "Private", "ALB########", ((3,), (3.5,), (6,), (4,))),
        ("Thistle Medical Cover", "Private", "THM########", ((3,), (3.5,), (6,), (4,))),
    ],
    "FR": [
        ("Caisse primaire d'assurance maladie", "Assurance maladie", "NIR", ((92,), (92,), (92,), (90,))),
        ("Mutualité sociale agricole", "Assurance maladie", "NIR", ((5,), (5,), (5,), (7,))),
        ("Caisse de prévoyance des cheminots", "Assurance maladie", "NIR", ((3,), (3,), (3,), (3,))),
    ],
}  # fmt: skip
SOURCE = {
    "US": (
        "NHIS early release 2023: public 44 % of children, private 63 % of adults 18-64, uninsured 4-11 %; CMS on Medicare",
        "C",
    ),
    "DE": ("BMG/vdek 2023: 88 % statutory, 10.5 % private; fund names invented", "B"),
    "VN": ("Vietnam Social Security 2023: 93 % covered", "C"),
    "GB": ("NHS for residents; private cover about 11 % (estimate of split)", "E"),
    "FR": ("scheme shares, approximate", "C"),
}


def main() -> None:
    for country in COUNTRIES:
        source, grade = SOURCE[country]
        write_table(
            DATA, "payers", country, ["age_from", "income_from", "insurance_provider", "coverage_type", "number_format", "weight"],
            [[age, income, provider, kind, form, weights[k][i]] for k, age in enumerate(BANDS)
             for i, income in enumerate(INCOMES[country]) for provider, kind, form, weights in PAYERS[country]],
            source=source, licence="published facts; invented insurer names", date="2023",
            method="data-build/coverage.py: published totals, split by age approximate", grade=grade,
        )  # fmt: skip


if __name__ == "__main__":
    main()
