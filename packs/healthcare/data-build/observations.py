"""Laboratory tests, vital signs, the effect of conditions on them, and the vaccination schedule.

Needs the standard library and datamimic only. This material contains content from LOINC (http://loinc.org). LOINC is
copyright Regenstrief Institute, Inc. and the LOINC Committee and is available at no cost under the licence at
http://loinc.org/license. Only a few codes are cited.
"""


from __future__ import annotations

from body_size import DATA
from condition_list import CONDITIONS

from datamimic.tables.build import write_table

NOTICE = "codes: LOINC, copyright Regenstrief Institute, cited under http://loinc.org/license; values: NHANES 2009-12 and common limits"
# key, LOINC, name, UCUM unit, decimals, reference low and high (men), (women), mean and sd of healthy men, of healthy women, least, most
TESTS = [
    ("sbp", "8480-6", "Systolic blood pressure", "mm[Hg]", 0, 90, 129, 90, 129, 118, 9, 114, 10, 82, 230),
    ("dbp", "8462-4", "Diastolic blood pressure", "mm[Hg]", 0, 60, 84, 60, 84, 72, 7, 70, 7, 42, 135),
    ("pulse", "8867-4", "Heart rate", "/min", 0, 50, 100, 50, 100, 70.8, 10, 74.1, 10, 40, 150),
    ("resp", "9279-1", "Respiratory rate", "/min", 0, 12, 20, 12, 20, 15.5, 1.6, 15.8, 1.6, 9, 34),
    ("temp", "8310-5", "Body temperature", "Cel", 1, 36.1, 37.5, 36.1, 37.5, 36.7, .25, 36.8, .25, 35.2, 40.5),
    ("spo2", "2708-6", "Oxygen saturation", "%", 0, 94, 100, 94, 100, 97.6, .9, 97.8, .9, 84, 100),
    ("a1c", "4548-4", "Hemoglobin A1c", "%", 1, 4.0, 5.6, 4.0, 5.6, 5.25, .2, 5.2, .2, 4.0, 13.5),
    ("glucose", "2339-0", "Glucose", "mg/dL", 0, 70, 125, 70, 125, 0, 0, 0, 0, 55, 380),
    ("tc", "2093-3", "Total cholesterol", "mg/dL", 0, 0, 199, 0, 199, 180, 28, 184, 28, 95, 380),
    ("hdl", "2085-9", "HDL cholesterol", "mg/dL", 0, 40, 100, 50, 100, 48, 9, 58, 11, 22, 105),
    ("tg", "2571-8", "Triglycerides", "mg/dL", 0, 0, 149, 0, 149, 112, 38, 100, 34, 35, 398),
    ("ldl", "13457-7", "LDL cholesterol (calculated)", "mg/dL", 0, 0, 129, 0, 129, 0, 0, 0, 0, 5, 320),
    ("creatinine", "2160-0", "Creatinine", "mg/dL", 2, .74, 1.35, .59, 1.04, 1.0, .12, .8, .09, .35, 6.0),
    ("hb", "718-7", "Hemoglobin", "g/dL", 1, 13.5, 17.5, 12.0, 15.5, 15.2, .8, 13.6, .75, 6.5, 19.0),
    ("tsh", "3016-3", "Thyroid stimulating hormone", "m[IU]/L", 2, .4, 4.0, .4, 4.0, 1.8, .6, 1.8, .6, .05, 40),
    ("urate", "3084-1", "Uric acid", "mg/dL", 1, 3.5, 7.2, 2.6, 6.0, 5.5, .8, 4.4, .75, 1.5, 13),
]  # fmt: skip
YOUNGEST = {"temp": 0, "spo2": 0, "a1c": 2, "glucose": 2}
"""Reference ranges are those of adults; children get only the tests whose range they share."""
# test, condition, added to the mean, added to the spread
EFFECTS = [
    ("sbp", "Hypertension", 18, 5), ("dbp", "Hypertension", 9, 3), ("sbp", "Chronic Kidney Disease", 4, 2),
    ("sbp", "Obesity", 5, 1), ("pulse", "Atrial Fibrillation", 8, 6), ("pulse", "Heart Failure", 5, 3),
    ("pulse", "Pneumonia", 16, 4), ("resp", "Pneumonia", 6, 1.5), ("resp", "COPD", 2, 1), ("temp", "Pneumonia", 1.4, .4),
    ("temp", "Upper Respiratory Infection", .5, .3), ("temp", "Otitis Media", .9, .4), ("temp", "Dengue Fever", 2.2, .5),
    ("spo2", "COPD", -3, .8), ("spo2", "Pneumonia", -3.5, 1.2), ("spo2", "Heart Failure", -1.4, .4),
    ("a1c", "Type 2 Diabetes", 1.95, .55), ("a1c", "Type 1 Diabetes", 2.35, .65), ("tc", "Hyperlipidemia", 48, 10),
    ("tg", "Hyperlipidemia", 45, 20), ("tg", "Type 2 Diabetes", 25, 15), ("hdl", "Type 2 Diabetes", -6, 0), ("hdl", "Obesity", -5, 0),
    ("creatinine", "Chronic Kidney Disease", .75, .22), ("hb", "Iron Deficiency Anemia", -3.6, .3),
    ("hb", "Chronic Kidney Disease", -1.1, .2), ("tsh", "Hypothyroidism", 2.6, 1.6), ("urate", "Gout", 2.4, .5),
]  # fmt: skip
# Tests that are taken because of a condition, besides what every patient gets.
PANELS = {
    "Type 2 Diabetes": ("a1c", "glucose"), "Type 1 Diabetes": ("a1c", "glucose"), "Hyperlipidemia": ("tc", "hdl", "tg", "ldl"),
    "Coronary Artery Disease": ("tc", "hdl", "tg", "ldl"), "Hypertension": ("creatinine",),
    "Chronic Kidney Disease": ("creatinine", "hb"), "Iron Deficiency Anemia": ("hb",), "Hypothyroidism": ("tsh",),
    "Gout": ("urate",), "Pregnancy": ("hb",), "Heart Failure": ("creatinine",), "Obesity": ("a1c", "glucose"),
}  # fmt: skip
ROUTINE = ("sbp", "dbp", "pulse", "resp", "temp", "spo2")

# test, what a year of age adds, what a point of body mass index adds
TRENDS = [("sbp", .32, .35), ("dbp", .04, .3), ("a1c", .004, .012), ("hdl", .05, -.55), ("tg", .2, 2.2), ("tc", .15, .2), ("creatinine", .001, 0)]
# A statin lowers LDL by about a third, drugs against high pressure by some mm Hg each, diabetes drugs HbA1c by about one point.
TREATED = [
    ("tc", "statin", 55), ("tg", "statin", 15), ("sbp", "ACE inhibitor", 7), ("sbp", "angiotensin receptor blocker", 7),
    ("sbp", "calcium channel blocker", 7), ("sbp", "thiazide diuretic", 5), ("dbp", "ACE inhibitor", 4), ("dbp", "angiotensin receptor blocker", 4),
    ("dbp", "calcium channel blocker", 4), ("dbp", "thiazide diuretic", 2), ("pulse", "beta blocker", 8), ("a1c", "biguanide", .35),
    ("a1c", "GLP-1 receptor agonist", .5), ("urate", "xanthine oxidase inhibitor", 1.8), ("tsh", "thyroid hormone", 1.6),
]  # fmt: skip
ENCOUNTER_COUNTS = {0: 8, 1: 14, 2: 16, 3: 15, 4: 13, 5: 10, 6: 8, 7: 6, 8: 4, 9: 3, 10: 2, 12: 1}


# Visits to physicians' offices and outpatient departments per 100 persons and year, 2002-03, women and men from each age on:
# Health, United States, 2005, data table for figure 24. About 335 of all ages.
AGES = (0, 18, 45, 55, 65, 75)
US_VISITS = {"female": (274.1, 350.2, 454.4, 547.0, 688.9, 804.3), "male": (282.9, 171.0, 313.5, 406.4, 629.0, 803.7)}
US_MEAN = 335.0
# Treatment cases per insured person of statutory health insurance: 8.3 of all, 4.6 at 10 to 14, 4 of men and twice as many of
# women between 20 and 30, about 14 at 80 to 85 (BARMER Arztreport); what lies between is estimated.
DE_CASES = {"female": (5.2, 8.6, 8.9, 10.0, 12.2, 13.8), "male": (5.2, 4.6, 6.4, 8.4, 11.6, 13.8)}
DE_MEAN = 8.3
# Conditions that patients of the pack have on average (measured in the US).
MEAN_CONDITIONS = {"female": (0.83, 2.31, 3.33, 4.03, 4.94, 5.93), "male": (0.77, 1.95, 3.13, 3.88, 4.91, 6.02)}


def main() -> None:
    names = {c.name for c in CONDITIONS}
    keys = {row[0] for row in TESTS}
    assert {c for _, c, *_ in EFFECTS} <= names and PANELS.keys() <= names
    assert {t for t, *_ in EFFECTS} <= keys and {t for tests in PANELS.values() for t in tests} <= keys
    write_table(
        DATA, "laboratory_tests", None,
        ["test", "loinc", "name", "unit", "decimals", "low_male", "high_male", "low_female", "high_female", "mean_male", "sd_male",
         "mean_female", "sd_female", "least", "most", "min_age"],
        [[*row, YOUNGEST.get(row[0], 18)] for row in TESTS], source=NOTICE, url="https://loinc.org", licence="LOINC licence for the codes; facts", date="2024",
        method="data-build/observations.py: hand-entered", grade="C",
    )  # fmt: skip
    write_table(
        DATA, "test_effects", None, ["test", "condition", "mean", "sd"], EFFECTS, source="own estimates",
        licence="MIT (own work)", date="2026-11", method="data-build/observations.py", grade="E",
    )  # fmt: skip
    write_table(
        DATA, "test_trends", None, ["test", "per_year", "per_bmi"], TRENDS, source="order of size of NHANES analyses",
        licence="published facts", date="2026-11",
        method="data-build/observations.py: what a year of age (from 45) and a point of body mass index (from 27) add", grade="E",
    )  # fmt: skip
    write_table(
        DATA, "test_treatments", None, ["test", "drug_class", "less"], TREATED, source="order of size of trials of the drugs",
        licence="published facts", date="2026-11", method="data-build/observations.py: by how much a drug lowers a value", grade="E",
    )  # fmt: skip
    write_table(
        DATA, "test_panels", None, ["condition", "test"],
        [["", test] for test in ROUTINE] + [[c, test] for c, tests in PANELS.items() for test in tests],
        source="own choice", licence="MIT (own work)", date="2026-11",
        method="data-build/observations.py: tests taken for a condition; without a condition: for everybody", grade="D",
    )  # fmt: skip
    write_table(
        DATA, "encounter_counts", None, ["count", "weight"], ENCOUNTER_COUNTS.items(),
        source="order of size of NAMCS visit rates over three years", licence="published facts", date="2019",
        method="data-build/observations.py: rounded", grade="E",
    )  # fmt: skip

    for country in ("US", "DE", "FR", "GB", "VN"):
        visits, mean = (DE_CASES, DE_MEAN) if country == "DE" else (US_VISITS, US_MEAN)
        about = {
            "US": ("National Center for Health Statistics: Health, United States, 2005, figure 24", "C", "2005"),
            "DE": ("BARMER Arztreport 2019 and 2013, as reported", "E", "2019"),
        }.get(country, ("the rates of the United States, as an estimate", "E", "2005"))
        write_table(
            DATA, "visit_rates", country, ["gender", "age_from", "relative", "mean_conditions"],
            [[sex, age, round(rate / mean, 3), conditions] for sex in visits
             for age, rate, conditions in zip(AGES, visits[sex], MEAN_CONDITIONS[sex], strict=True)],
            source=about[0], url="https://www.ncbi.nlm.nih.gov/books/NBK20992/" if country == "US" else "",
            licence="published facts" if country in ("US", "DE") else "MIT (own work)", date=about[2],
            method="data-build/observations.py: rates over that of all ages; conditions as measured in the pack", grade=about[1],
        )  # fmt: skip


if __name__ == "__main__":
    main()
