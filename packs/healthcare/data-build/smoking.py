"""Who smokes, by sex, age and disease of the lungs.

Needs the standard library and datamimic only.
"""


from __future__ import annotations

from body_size import DATA

from datamimic.tables.build import write_table

AGES = (0, 15, 18, 25, 45, 65)
# Per cent of current smokers from 18 on by age (men, women), and of former ones; young people of 15 to 17 at a third.
CURRENT = {
    "US": ((6.0, 14.8, 16.6, 9.4), (4.6, 11.5, 13.2, 7.6)),
    "DE": ((34, 39, 37, 17), (27, 27, 27, 11)),
    "VN": ((36, 51, 55, 42), (.6, 1.2, 1.9, 2.6)),
    "GB": ((13, 17, 15, 8), (10, 13, 12, 7)),
    "FR": ((36, 41, 35, 13), (31, 34, 31, 11)),
}  # fmt: skip
FORMER = {
    "US": ((4, 15, 23, 46), (4, 14, 20, 33)), "DE": ((6, 20, 33, 50), (7, 19, 27, 27)), "VN": ((4, 10, 17, 33), (.2, .4, .7, 1.2)),
    "GB": ((6, 19, 29, 46), (7, 20, 26, 35)), "FR": ((7, 21, 34, 49), (8, 22, 28, 27)),
}  # fmt: skip
# Of people with COPD or lung cancer: current, former (CDC: about one in four never smoked).
LUNG = {"male": (38, 44), "female": (36, 38)}
LUNG_VN_WOMEN = (6, 4)
WITHOUT_LUNG = 0.95
"""How much lower the share of current smokers is among those without, so that the whole population comes out."""
SOURCE = {
    "US": ("NHIS 2022: 11.6 % (men 13.1, women 10.1)", "C"), "DE": ("RKI GEDA 2019/20-EHIS", "C"),
    "VN": ("STEPS 2015: men 45 to 51 %, women 1.5 %", "C"), "GB": ("ONS Annual Population Survey 2022", "C"),
    "FR": ("Santé publique France, Baromètre 2022", "C"),
}  # fmt: skip


def main() -> None:
    for country, (source, grade) in SOURCE.items():
        rows: list[list[object]] = []
        for sex, gender in enumerate(("male", "female")):
            for place, age in enumerate(AGES):
                for lung in ("no", "yes"):
                    if age < 15:
                        current, former = 0.0, 0.0
                    elif age < 18:
                        current, former = CURRENT[country][sex][0] / 3, 0.0
                    else:
                        current, former = CURRENT[country][sex][place - 2] * WITHOUT_LUNG, FORMER[country][sex][place - 2]
                        if lung == "yes":
                            current, former = LUNG_VN_WOMEN if country == "VN" and gender == "female" else LUNG[gender]
                    shares = {"never": 100 - current - former, "former": former, "current": current}
                    rows += [[gender, age, lung, status, round(share, 3)] for status, share in shares.items()]
        write_table(
            DATA, "smoking", country, ["gender", "age_from", "lung_disease", "smoking_status", "weight"], rows, source=source,
            licence="published facts", date="2022", method="data-build/smoking.py: published totals, split by age approximate",
            grade=grade,
        )  # fmt: skip


if __name__ == "__main__":
    main()
