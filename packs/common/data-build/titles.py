"""salutations, academic_titles, nobility_titles and middle_names per country, and name_order: what goes around a name.

`name_order` says per country how a full name is put together; the tables say which words there are. An empty title means
that most, or all, people of that group have none. Weights are estimates unless a note says otherwise.
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_common" / "data"
SAID = {"licence": "MIT (this project)", "date": "2026", "method": "data-build/titles.py"}
COUNTRIES = ("US", "DE", "VN", "GB", "FR", "ES", "BR", "IN", "JP", "CA")

ADULT, OLD = 16, 60

# country -> rows of gender, age_from, salutation, weight: children have a form of address in few languages
SALUTATIONS: dict[str, list[tuple[str, int, str, int]]] = {
    "US": [
        ("male", 0, "", 1), ("male", ADULT, "Mr.", 1), ("male", OLD, "Mr.", 1),
        ("female", 0, "", 1), ("female", ADULT, "Ms.", 65), ("female", ADULT, "Mrs.", 35),
        ("female", OLD, "Ms.", 35), ("female", OLD, "Mrs.", 65),
        ("other", 0, "", 1), ("other", ADULT, "Mx.", 1), ("other", OLD, "Mx.", 1),
    ],
    "CA": [
        ("male", 0, "", 1), ("male", ADULT, "Mr.", 1), ("male", OLD, "Mr.", 1),
        ("female", 0, "", 1), ("female", ADULT, "Ms.", 65), ("female", ADULT, "Mrs.", 35),
        ("female", OLD, "Ms.", 35), ("female", OLD, "Mrs.", 65),
        ("other", 0, "", 1), ("other", ADULT, "Mx.", 1), ("other", OLD, "Mx.", 1),
    ],
    "GB": [
        ("male", 0, "Master", 60), ("male", 0, "", 40), ("male", ADULT, "Mr", 1), ("male", OLD, "Mr", 1),
        ("female", 0, "Miss", 60), ("female", 0, "", 40),
        ("female", ADULT, "Miss", 50), ("female", ADULT, "Ms", 50), ("female", ADULT, "Mrs", 150),
        ("female", OLD, "Miss", 60), ("female", OLD, "Ms", 40), ("female", OLD, "Mrs", 360),
        ("other", 0, "", 1), ("other", ADULT, "Mx", 1), ("other", OLD, "Mx", 1),
    ],
    "DE": [
        ("male", 0, "", 1), ("male", ADULT, "Herr", 1), ("female", 0, "", 1), ("female", ADULT, "Frau", 1),
        ("other", 0, "", 1), ("other", ADULT, "", 1),
    ],
    "FR": [
        ("male", 0, "", 1), ("male", ADULT, "M.", 1), ("female", 0, "", 1), ("female", ADULT, "Mme", 1),
        ("other", 0, "", 1), ("other", ADULT, "", 1),
    ],
    "ES": [
        ("male", 0, "", 1), ("male", ADULT, "Sr.", 1), ("female", 0, "", 1), ("female", ADULT, "Sra.", 1),
        ("other", 0, "", 1), ("other", ADULT, "", 1),
    ],
    "BR": [
        ("male", 0, "", 1), ("male", ADULT, "Sr.", 1), ("female", 0, "", 1), ("female", ADULT, "Sra.", 1),
        ("other", 0, "", 1), ("other", ADULT, "", 1),
    ],
    "IN": [
        ("male", 0, "Master", 1), ("male", ADULT, "Shri", 1),
        ("female", 0, "Kum.", 1), ("female", ADULT, "Smt.", 400), ("female", ADULT, "Kum.", 60), ("female", ADULT, "Ms.", 40),
        ("other", 0, "", 1), ("other", ADULT, "Mx.", 1),
    ],
    "JP": [("male", 0, "様", 1), ("female", 0, "様", 1), ("other", 0, "様", 1)],
    "VN": [
        ("male", 0, "Em", 1), ("male", ADULT, "Anh", 1), ("male", 45, "Ông", 1),
        ("female", 0, "Em", 1), ("female", ADULT, "Chị", 1), ("female", 45, "Bà", 1),
        ("other", 0, "Em", 1), ("other", ADULT, "Bạn", 1), ("other", 45, "Quý khách", 1),
    ],
}  # fmt: skip
OF_MARRIED = {"Mrs.", "Mrs", "Smt."}
OF_UNMARRIED = {"Miss", "Kum."}

# (title, weight) of holders of a doctorate: before 35, and from then on, when some are professors; men, women
DOCTORS = {
    "US": (("Dr.", "Dr."), ("Prof.", "Prof."), 12),
    "CA": (("Dr.", "Dr."), ("Prof.", "Prof."), 12),
    "GB": (("Dr", "Dr"), ("Prof", "Prof"), 12),
    "DE": (("Dr.", "Dr."), ("Prof. Dr.", "Prof. Dr."), 6),
    "FR": (("Dr", "Dr"), ("Pr", "Pr"), 8),
    "ES": (("Dr.", "Dra."), ("Prof. Dr.", "Profa. Dra."), 10),
    "BR": (("Dr.", "Dra."), ("Prof. Dr.", "Profa. Dra."), 12),
    "IN": (("Dr.", "Dr."), ("Prof.", "Prof."), 10),
    "JP": (("博士", "博士"), ("教授", "教授"), 10),
    "VN": (("TS.", "TS."), ("PGS.TS.", "PGS.TS."), 15),
}
MASTERS = {"VN": "ThS.", "DE": "Dipl.-Ing."}
MASTER_SHARE = {"VN": 1.0, "DE": 0.12}

# country -> gender -> titles with weights; an empty list: the country knows no nobility
NOBILITY = {
    "DE": {
        "male": [("von", 75), ("von der", 6), ("Freiherr von", 11), ("Graf von", 5), ("Baron von", 2), ("Prinz von", 1)],
        "female": [("von", 75), ("von der", 6), ("Freifrau von", 11), ("Gräfin von", 5), ("Baronin von", 2), ("Prinzessin von", 1)],
    },
    "GB": {
        "male": [("Sir", 80), ("Lord", 20)],
        "female": [("Dame", 60), ("Lady", 40)],
    },
    "FR": {
        "male": [("de", 90), ("comte de", 4), ("vicomte de", 2), ("marquis de", 2), ("baron de", 2)],
        "female": [("de", 90), ("comtesse de", 4), ("vicomtesse de", 2), ("marquise de", 2), ("baronne de", 2)],
    },
    "ES": {
        "male": [("Don", 90), ("Marqués", 5), ("Conde", 4), ("Duque", 1)],
        "female": [("Doña", 90), ("Marquesa", 5), ("Condesa", 4), ("Duquesa", 1)],
    },
}  # fmt: skip

# given (and middle) before or after the family name; what separates them; where a title of nobility stands
NAME_ORDER = {
    "US": ("given_first", "initial", "none"),
    "CA": ("given_first", "initial", "none"),
    "DE": ("given_first", "none", "before_family"),
    "VN": ("family_first", "full", "none"),
    "GB": ("given_first", "none", "before_given"),
    "FR": ("given_first", "none", "before_family"),
    "ES": ("given_first", "none", "none"),
    "BR": ("given_first", "none", "none"),
    "IN": ("given_first", "none", "none"),
    "JP": ("family_first", "none", "none"),
    "*": ("given_first", "initial", "none"),
}
# Vietnamese middle names by sex; Văn and Thị lead, less so for the young
VN_MIDDLE = {
    ("male", 1880): [("Văn", 58), ("Đức", 4), ("Hữu", 4), ("Đình", 4), ("Xuân", 4), ("Quang", 3), ("Ngọc", 3), ("Công", 3), ("Thanh", 2),
                     ("Minh", 2), ("Trọng", 2), ("Bá", 2), ("Thế", 2), ("Viết", 2), ("Duy", 2), ("Quốc", 2), ("Hồng", 1)],
    ("male", 1980): [("Văn", 36), ("Đức", 7), ("Minh", 6), ("Anh", 4), ("Quang", 6), ("Hữu", 4), ("Xuân", 3), ("Ngọc", 4), ("Thanh", 4),
                     ("Quốc", 5), ("Đình", 4), ("Công", 4), ("Thế", 3), ("Trọng", 3), ("Duy", 3), ("Hoàng", 4), ("Tuấn", 2), ("Mạnh", 3)],
    ("male", 2000): [("Văn", 17), ("Minh", 11), ("Đức", 9), ("Gia", 8), ("Quang", 7), ("Anh", 6), ("Hoàng", 7), ("Quốc", 6), ("Tuấn", 5),
                     ("Duy", 5), ("Ngọc", 4), ("Thanh", 3), ("Hữu", 3), ("Xuân", 2), ("Bảo", 4), ("Đình", 3), ("Nhật", 3), ("Thiên", 3)],
    ("female", 1880): [("Thị", 92), ("Ngọc", 2), ("Thanh", 1), ("Kim", 2), ("Hồng", 1), ("Bích", 1), ("Mỹ", 1)],
    ("female", 1980): [("Thị", 62), ("Ngọc", 6), ("Thanh", 5), ("Thu", 5), ("Kim", 3), ("Hồng", 3), ("Bích", 3), ("Phương", 3), ("Minh", 2),
                       ("Mỹ", 3), ("Thùy", 3), ("Hoàng", 2)],
    ("female", 2000): [("Thị", 26), ("Ngọc", 12), ("Phương", 8), ("Thu", 6), ("Thanh", 7), ("Khánh", 6), ("Minh", 6), ("Bảo", 6), ("Hồng", 3),
                       ("Quỳnh", 4), ("Thùy", 5), ("Kim", 3), ("Mai", 3), ("Hoàng", 2), ("Gia", 3)],
}  # fmt: skip


# Codes of occupations whose people have titles of their own; all others are `other`
TITLE_FIELDS = {
    "17-1011": "engineering", "17-2051": "engineering", "17-2071": "engineering", "17-2141": "engineering",
    "23-1011": "law", "25-1099": "teaching", "29-1021": "medicine", "29-1215": "medicine",
}  # fmt: skip
FIELDS = ("engineering", "law", "medicine", "other", "teaching")
OF_A_FIELD = {"DE": ("engineering", 40)}
"""Titles of a first degree that only one field gives, and from which age on: German universities gave the Diplom until about 2010,
masters since (Bologna)."""
JURIS_DOCTOR = {"US", "CA"}
"""Where lawyers have a professional doctorate, which is no form of address."""


def academic(country: str) -> list[tuple[str, str, int, str, str, float]]:
    """Of those with a doctorate, from 35 on, so many are professors at universities, and some in medicine."""
    (man, woman), (professor, professoress), share = DOCTORS[country]
    rows: list[tuple[str, str, int, str, str, float]] = []
    for gender, doctor, chair in (("female", woman, professoress), ("male", man, professor)):
        for age in (0, 35, 40):
            for field in FIELDS:
                chairs = {"teaching": 4.0 * share, "medicine": share / 2}.get(field, 0.0) if age >= 35 else 0.0
                called = "" if field == "law" and country in JURIS_DOCTOR else doctor
                rows.append(("doctorate", gender, age, field, called, 100.0 - chairs))
                if chairs:
                    rows.append(("doctorate", gender, age, field, chair, chairs))
                title, own = MASTERS.get(country, ""), OF_A_FIELD.get(country)
                has = bool(title) and (own is None or (field == own[0] and age >= own[1]))
                if has:
                    rows.append(("master", gender, age, field, title, MASTER_SHARE[country]))
                if not has or MASTER_SHARE[country] < 1:
                    rows.append(("master", gender, age, field, "", 1 - MASTER_SHARE[country] if has else 1.0))
    return rows


def main() -> None:
    for country in COUNTRIES:
        rows = [
            (gender, age, status, salutation, weight)
            for status in ("married", "unmarried")
            for gender, age, salutation, weight in SALUTATIONS[country]
            if age < ADULT or salutation not in (OF_UNMARRIED if status == "married" else OF_MARRIED)
        ]
        columns = ["gender", "age_from", "married", "salutation", "weight"]
        ages = {row[1] for row in rows}
        assert all((row[0], age) in {(other[0], other[1]) for other in rows} for row in rows for age in ages)
        write_table(
            DATA,
            "salutations",
            country,
            columns,
            rows,
            source="Forms of address in use; shares estimated",
            grade="E",
            **SAID,
        )
        columns = ["education", "gender", "age_from", "field", "academic_title", "weight"]
        write_table(
            DATA,
            "academic_titles",
            country,
            columns,
            academic(country),
            source="Titles in use; shares estimated",
            grade="E",
            **SAID,
        )
        noble = NOBILITY.get(country, {"female": [("", 1)], "male": [("", 1)]})
        rows_noble = [(gender, title, weight) for gender in ("female", "male") for title, weight in noble[gender]]
        columns = ["gender", "nobility_title", "weight"]
        write_table(
            DATA,
            "nobility_titles",
            country,
            columns,
            rows_noble,
            source="Titles in use; shares estimated",
            grade="E",
            **SAID,
        )
    write_table(
        DATA,
        "title_fields",
        None,
        ["soc_code", "field"],
        sorted(TITLE_FIELDS.items()),
        source="Occupations by code, and what their titles are of",
        grade="D",
        **SAID,
    )
    columns = ["gender", "birth_year_from", "middle_name", "weight"]
    middle = [
        (gender, year, name, weight) for (gender, year), names in sorted(VN_MIDDLE.items()) for name, weight in names
    ]
    write_table(
        DATA,
        "middle_names",
        "VN",
        columns,
        middle,
        source="Vietnamese middle names; shares estimated",
        grade="E",
        **SAID,
    )
    columns = ["country_code", "order", "middle", "nobility"]
    order = [(country, *facts) for country, facts in NAME_ORDER.items()]
    write_table(
        DATA,
        "name_order",
        None,
        columns,
        order,
        source="Name order of the country's language (Unicode CLDR personNames)",
        grade="B",
        **SAID,
    )


if __name__ == "__main__":
    main()
