"""Who pays: insurers and public programmes by age, with the pattern of their member numbers.

Needs the standard library and datamimic only. Private insurers are invented; public programmes are named.
Number formats: a keyword (MBI, KVNR, BHYT, NHS, NIR) or a pattern in which # is a digit and ? a letter.
"""

from __future__ import annotations

from body_size import DATA
from population import COUNTRIES

from datamimic.datasets.build import write_table

BANDS = (0, 19, 26, 65)
# provider, kind of coverage, number format, weight in each age band
US_PRIVATE = ["Meridian Health Plan", "Bluestone Mutual", "Evergreen Care", "Pioneer Health Insurance", "Summit Choice Health"]
PAYERS: dict[str, list[tuple[str, str, str, tuple[float, ...]]]] = {
    "US": [
        ("Medicare", "Medicare", "MBI", (0, 0, 0, 48)),
        *((f"{name} Medicare Advantage", "Medicare Advantage", "MBI", (0, 0, 0, 13)) for name in US_PRIVATE[:3]),
        ("Medicaid", "Medicaid", "MCD-#########", (29, 20, 15, 3)),
        ("Children's Health Insurance Program", "CHIP", "CHP-#########", (8.5, 0, 0, 0)),
        ("TRICARE", "TRICARE", "###########", (3, 3, 2, 1.5)),
        *((name, "Commercial", f"{code}#########", (11, 12.2, 13.4, 1.4)) for name, code in zip(
            US_PRIVATE, ("MHP", "BSM", "EGC", "PHI", "SCH"), strict=True)),
        ("Uninsured", "None", "", (4.5, 14, 11, .7)),
    ],
    "DE": [
        *((name, "Gesetzliche Krankenversicherung", "KVNR", (weight,) * 4) for name, weight in (
            ("Gesundheitskasse Mitte", 22), ("Techniker-Ersatzkasse Nord", 16), ("BKK Morgenstern", 9), ("IKK Handwerk Plus", 9),
            ("Ersatzkasse Vital", 14), ("Knappschaft Glückauf", 5), ("BKK Rheinbrücke", 7), ("Landkrankenkasse Süd", 6))),
        *((name, "Private Krankenversicherung", f"{code}-########", (share,) * 4) for name, code, share in (
            ("Hanse Privat Kranken AG", "HPK", 4), ("Alpenland Krankenversicherung VVaG", "ALK", 4),
            ("Rheinische Privatkranken AG", "RPK", 3.5))),
    ],
    "VN": [
        ("Bảo hiểm xã hội Việt Nam", "Bảo hiểm y tế", "BHYT", (97, 88, 91, 97)),
        ("Bảo hiểm Sức khỏe Bông Sen", "Tư nhân", "BS########", (.8, 2, 2.5, .8)),
        ("Bảo hiểm Nhân thọ Trường An", "Tư nhân", "TA########", (.5, 1.5, 2, .5)),
        ("Không có bảo hiểm", "None", "", (1.7, 8.5, 4.5, 1.7)),
    ],
    "GB": [
        ("National Health Service", "NHS", "NHS", (94, 93, 88, 92)),
        ("Albion Health Insurance", "Private", "ALB########", (3, 3.5, 6, 4)),
        ("Thistle Medical Cover", "Private", "THM########", (3, 3.5, 6, 4)),
    ],
    "FR": [
        ("Caisse primaire d'assurance maladie", "Assurance maladie", "NIR", (92, 92, 92, 90)),
        ("Mutualité sociale agricole", "Assurance maladie", "NIR", (5, 5, 5, 7)),
        ("Caisse de prévoyance des cheminots", "Assurance maladie", "NIR", (3, 3, 3, 3)),
    ],
}  # fmt: skip
SOURCE = {
    "US": ("NHIS early release 2023: public 44 % of children, private 63 % of adults 18-64, uninsured 4-11 %; CMS on Medicare", "C"),
    "DE": ("BMG/vdek 2023: 88 % statutory, 10.5 % private; fund names invented", "B"),
    "VN": ("Vietnam Social Security 2023: 93 % covered", "C"),
    "GB": ("NHS for residents; private cover about 11 % (estimate of split)", "E"),
    "FR": ("scheme shares, approximate", "C"),
}


def main() -> None:
    for country in COUNTRIES:
        source, grade = SOURCE[country]
        write_table(
            DATA, "payers", country, ["age_from", "insurance_provider", "coverage_type", "number_format", "weight"],
            [[age, provider, kind, form, weights[k]] for k, age in enumerate(BANDS)
             for provider, kind, form, weights in PAYERS[country]],
            source=source, licence="published facts; invented insurer names", date="2023",
            method="data-build/coverage.py: published totals, split by age approximate", grade=grade,
        )  # fmt: skip


if __name__ == "__main__":
    main()
