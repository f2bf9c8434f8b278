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
INCOMES = {"US": (0, 30_000, 60_000), "DE": (0, 73_800), "VN": (0, 60_000_000, 150_000_000), "GB": (0, 18_000, 59_000), "FR": (0, 11_000, 20_000)}
Weights = tuple[tuple[float, ...], ...]
# provider, kind of coverage, number format, weights per age band, each for the income bands
US_PRIVATE = [
    "Meridian Health Plan",
    "Bluestone Mutual",
    "Evergreen Care",
    "Pioneer Health Insurance",
    "Summit Choice Health",
]
# Of a hundred people by age band and income band, who has a complementary insurance beside the compulsory one: of all 96, those
# without among the poorest fifth 12 (DREES: 95 in 2014, 96 in 2017); the one that the state pays for low incomes.
FRENCH = {
    "Assurance maladie et complémentaire": ((82, 82, 82), (61, 87, 96), (51, 88, 97), (66, 92, 97)),
    "Assurance maladie et complémentaire solidaire": ((14, 14, 14), (27, 7, 0), (37, 7, 0), (26, 4, 0)),
    "Assurance maladie": ((4, 4, 4), (12, 6, 4), (12, 5, 3), (8, 4, 3)),
}
# Of a hundred Britons by age band and income band (the four lowest tenths of adults' incomes in `common`, the next five, the
# highest), who has private cover beside the NHS: less than 5 of the four lowest, over 40 of the highest tenth (Institute for Fiscal
# Studies 2001), 13 of all adults, 18 of those employed (Financial Conduct Authority, Financial Lives 2022); the rest fitted to these.
BRITISH = ((6, 6, 6), (4.5, 11, 41), (4.5, 15, 41), (4.5, 14, 41))
# Of a hundred Vietnamese by age band and income band, who has private cover: nobody publishes it by income, so that these are estimates
# around 4.5 of all between 26 and 64; and who has none.
VIETNAMESE = ((1.3, 1.3, 1.3), (2, 6.5, 14), (1, 4, 12.3), (0.6, 3, 8))
NO_COVER = (1.7, 8.5, 4.5, 1.7)
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
        ("Bảo hiểm xã hội Việt Nam", "Bảo hiểm y tế", "BHYT",
         tuple(tuple(100 - none - share for share in band) for none, band in zip(NO_COVER, VIETNAMESE, strict=True))),
        *((name, "Tư nhân", f"{code}########", tuple(tuple(share * part for share in band) for band in VIETNAMESE))
          for name, code, part in (("Bảo hiểm Sức khỏe Bông Sen", "BS", 0.56), ("Bảo hiểm Nhân thọ Trường An", "TA", 0.44))),
        ("Không có bảo hiểm", "Tự chi trả", "", tuple((none,) * 3 for none in NO_COVER)),
    ],
    "GB": [
        ("National Health Service", "NHS", "NHS", tuple(tuple(100 - share for share in band) for band in BRITISH)),
        *((name, "Private", f"{code}########", tuple(tuple(share / 2 for share in band) for band in BRITISH))
          for name, code in (("Albion Health Insurance", "ALB"), ("Thistle Medical Cover", "THM"))),
    ],
    "FR": [
        (scheme, kind, "NIR", tuple(tuple(share * part[band][income] / 100 for income in range(3)) for band, share in enumerate(shares)))
        for scheme, shares in (("Caisse primaire d'assurance maladie", (92, 92, 92, 90)), ("Mutualité sociale agricole", (5, 5, 5, 7)),
                               ("Caisse de prévoyance des cheminots", (3, 3, 3, 3)))
        for kind, part in FRENCH.items()
    ],
}  # fmt: skip
SOURCE = {
    "US": (
        "NHIS early release 2023: public 44 % of children, private 63 % of adults 18-64, uninsured 4-11 %; CMS on Medicare",
        "C",
    ),
    "DE": ("BMG/vdek 2023: 88 % statutory, 10.5 % private; fund names invented", "B"),
    "VN": ("Vietnam Social Security 2023: 93 % covered; private cover and how it goes with income: estimates", "E"),
    "GB": (
        "NHS for residents; private cover by income: IFS, Should private medical insurance be subsidised? (2001), of all and of "
        "those employed: FCA, Financial Lives 2022, as told by Financial Planning Today",
        "C",
    ),
    "FR": ("scheme shares, approximate; DREES 2014 and 2017: 95 and 96 % with a complementary insurance, 7 % with that of the state", "C"),
}


# Of those at work, the share with private cover in place of the statutory one, by standing and yearly income: employees only
# above the threshold of SGB V section 6, there as many as make nine in a hundred of all employees, officials among them.
PRIVATE = tuple(
    (standing, income, share)
    for standing, shares in {"official": (0.85, 0.85), "self_employed": (0.45, 0.45), "employee": (0.0, 0.32)}.items()
    for income, share in zip(INCOMES["DE"], shares, strict=True)
)

# Of Americans under 65 who are not in the labour force, who has Medicare: those who have had a disability pension for two years.
DISABLED = ((0, 0.0), (26, 0.34), (45, 0.58), (65, 0.0))


def main() -> None:
    write_table(
        DATA, "disability_cover", "US", ["age_from", "share"], DISABLED,
        source="KFF, Medicare's role for people under 65 with disabilities, 2016: 9.1 million, 16 % of all with Medicare; shares of those "
        "not in the labour force by age so that they come out, estimated",
        url="https://www.kff.org/medicare/issue-brief/medicares-role-for-people-under-age-65-with-disabilities/",
        licence="published facts", date="2016", method="data-build/coverage.py", grade="C",
    )  # fmt: skip
    write_table(
        DATA, "private_cover", "DE", ["standing", "income_from", "share"], PRIVATE,
        source="Destatis, Mikrozensus 2011: 45 % of the self-employed, 9 % of employees; Bertelsmann Stiftung and IGES 2017: 85 % of "
        "officials, as told by Tagesspiegel; SGB V section 6: nobody else below the threshold",
        url="https://www.tagesspiegel.de/politik/bertelsmann-studie-zur-krankenversicherung-kassenpflicht-fuer-beamte-braechte-"
        "ersparnis-von-60-milliarden-euro/19227636.html",
        licence="published facts", date="2017", method="data-build/coverage.py", grade="B",
    )  # fmt: skip
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
