"""Specialties with shares, training and certificates, which of them women and men have; medical schools (invented names); working
ages of doctors.

Needs the standard library and datamimic only.
"""


from __future__ import annotations

from body_size import DATA
from course_list import COURSES
from label_list import SPECIALTIES as NAMES
from population import COUNTRIES
from specialty_list import SPECIALTIES
from terms import COLUMN

from datamimic.tables.build import write_table

SOURCE = {
    "US": ("AAMC Physician Specialty Data Report 2022, active physicians", "C"),
    "DE": ("Bundesärztekammer, Ärztestatistik 2023", "C"),
    "VN": ("estimate after the structure of hospitals", "E"),
    "GB": ("US shares with twice the general practitioners (estimate)", "E"),
    "FR": ("US shares with twice the general practitioners (estimate)", "E"),
}
SCHOOLS = {
    "US": [f"{name} School of Medicine" for name in (
        "Lakeshore University", "Redwood State University", "Prairie Central University", "Blue Ridge University",
        "Harborview University", "Cascade University", "Pine Barrens University", "Gulf Plains University",
        "Northfield University", "Sierra Vista University", "Great Basin University", "Ironwood University")]
    + [f"{name} College of Medicine" for name in (
        "Ashford University", "Bay Meadow University", "Cedar Valley University", "Delta State University",
        "Eastmoor University", "Fairhaven University", "Granite State College", "High Desert University",
        "Old Dominion Hills University", "Riverbend University")],
    "DE": [f"Medizinische Fakultät der {name}" for name in (
        "Universität Nordmark", "Universität Elbtal", "Universität Rheinaue", "Universität Mainfranken-Süd",
        "Universität Weserbergland", "Universität Schwabental", "Universität Ostsee", "Universität Harzvorland",
        "Universität Donautal", "Universität Spreeaue", "Universität Saarpfalz", "Universität Eifelhöhe")],
    "VN": [f"Trường Đại học Y Dược {name}" for name in (
        "Sông Hồng", "Sông Cửu Long", "Tây Bắc", "Trường Sơn", "Duyên Hải", "Đông Nam", "Nam Trung", "Cao Nguyên",
        "Bắc Hà", "Phương Nam")],
    "GB": [f"{name} Medical School" for name in (
        "Avonmoor University", "Brackenfield University", "Calderdale Vale University", "Downland University",
        "Fenwick University", "Highmoor University", "Severnside University", "Tynebridge University")],
    "FR": [f"Faculté de médecine de l'université {name}" for name in (
        "Val-de-Marne-Est", "Rhône-Collines", "Garonne-Sud", "Loire-Amont", "Bretagne-Nord", "Alsace-Plaine",
        "Côte-d'Azur-Ouest", "Hauts-de-Flandre")],
}  # fmt: skip


# Share of women by age among doctors who are asked for by age.
WOMEN: dict[str, tuple[tuple[int, float], ...]] = {
    "US": ((31, .50), (45, .43), (60, .30)),
    "DE": ((31, .58), (45, .51), (60, .38)),
    "VN": ((31, .52), (45, .46), (60, .40)),
    "GB": ((31, .55), (45, .49), (60, .36)),
    "FR": ((31, .60), (45, .50), (60, .35)),
}
# Per cent of women by specialty, US 2021. Looked up: pediatrics, orthopedics, urology and pulmonology (AAMC 2022 as told by Becker's
# ASC Review, 7 April 2023); all others are estimates between these.
FEMALE = {
    "Family Medicine": 43, "Internal Medicine": 40, "Pediatrics": 65, "Emergency Medicine": 29, "Obstetrics and Gynecology": 61,
    "Anesthesiology": 26, "Psychiatry": 41, "Radiology": 27, "General Surgery": 23, "Cardiology": 16, "Orthopedics": 5.9,
    "Ophthalmology": 28, "Gastroenterology": 20, "Hematology and Oncology": 37, "Pulmonology": 12.7, "Neurology": 32,
    "Dermatology": 52, "Nephrology": 30, "Urology": 10, "Otolaryngology": 19, "Infectious Disease": 43, "Endocrinology": 54,
    "Rheumatology": 48, "Allergy and Immunology": 42, "Geriatrics": 54,
}  # fmt: skip
# Per cent of women among the physicians of packs/common/data-build/professions.py.
PHYSICIANS = {"US": 38, "DE": 48, "VN": 50, "GB": 49, "FR": 48}
GRADUATE = 25
ALL_TRAINED = 31


def by_sex(country: str, weights: dict[str, float], years: dict[str, int]) -> list[tuple[str, int, str, float]]:
    """Weights of specialties for women and men, whose odds are the American ones times what makes the country's share of women;
    in the first age band without those whose training lasts longer."""
    wanted = PHYSICIANS[country] / 100 * sum(weights.values())
    low, high = 0.01, 100.0
    for _ in range(100):
        factor = (low * high) ** 0.5
        women = {name: weight * odds / (1 + odds) for name, weight in weights.items()
                 if (odds := factor * FEMALE[name] / (100 - FEMALE[name]))}  # fmt: skip
        low, high = (factor, high) if sum(women.values()) < wanted else (low, factor)
    rows = []
    for sex in ("female", "male"):
        for start in (0, ALL_TRAINED):
            for name, weight in weights.items():
                own = women[name] if sex == "female" else weight - women[name]
                if start == ALL_TRAINED or years[name] < ALL_TRAINED - GRADUATE:
                    rows.append((sex, start, name, round(own, 4)))
    return rows


HOURS = {
    "US": ["08:00-17:00 x5", "09:00-17:00 x5", "08:00-18:00 x4,closed", "08:30-16:30 x5,09:00-12:00", "07:30-15:30 x5"],
    "DE": ["08:00-12:00 14:00-18:00 x2,08:00-12:00,08:00-12:00 14:00-18:00,08:00-13:00", "08:00-13:00 15:00-18:00 x2,08:00-13:00,"
           "08:00-13:00 15:00-18:00,08:00-13:00", "07:30-15:30 x5", "09:00-12:00 x5"],
    "VN": ["07:00-11:30 13:30-17:00 x5", "07:00-11:30 13:30-17:00 x6", "07:30-16:30 x5", "17:00-20:00 x6"],
    "GB": ["08:00-18:30 x5", "09:00-17:00 x5", "08:30-18:00 x4,08:30-13:00"],
    "FR": ["09:00-12:00 14:00-19:00 x5", "08:30-18:30 x4,08:30-12:30", "09:00-12:00 14:00-18:00 x5,09:00-12:00"],
}  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def week(text: str) -> list[str]:
    """`08:00-17:00 x4,closed` → seven texts, the days that are not named closed."""
    days: list[str] = []
    for part in text.split(","):
        hours, _, times = part.rpartition(" x")
        days += [hours or part] * int(times if hours else 1)
    return days + ["closed"] * (7 - len(days))


def certificate(country: str, name: str, board: str, german: str, vietnamese: str) -> str:
    """The certificate of the specialty, in the words of the country."""
    own = {row[0]: row[COLUMN[country]] or row[0] for row in NAMES}[name]
    french = own[0].lower() + own[1:]
    return {
        "US": board, "DE": german, "VN": f"Bác sĩ chuyên khoa I: {vietnamese}", "GB": f"CCT in {own}",
        "FR": f"DES d'{french}" if french[0] in "aeiouhéœ" else f"DES de {french}",
    }[country]  # fmt: skip


def courses(country: str, english: str) -> str:
    """Courses, separated by "|", in the words of the country."""
    own = {row[0]: row[COLUMN[country]] or row[0] for row in COURSES}
    return "|".join(own[name] for name in english.split("|"))


PAY = {  # thousands of dollars a year
    "Orthopedics": 546, "Cardiology": 527, "Urology": 497, "Otolaryngology": 472, "General Surgery": 454, "Gastroenterology": 453,
    "Ophthalmology": 417, "Hematology and Oncology": 404, "Radiology": 401, "Pulmonology": 385, "Dermatology": 378,
    "Emergency Medicine": 368, "Anesthesiology": 367, "Nephrology": 364, "Allergy and Immunology": 338, "Neurology": 332,
    "Obstetrics and Gynecology": 332, "Psychiatry": 299, "Endocrinology": 270, "Rheumatology": 258, "Internal Medicine": 244,
    "Family Medicine": 243, "Pediatrics": 236,
    # of internal medicine, which the report does not tell apart
    "Infectious Disease": 244, "Geriatrics": 244,
}  # fmt: skip


def main() -> None:
    write_table(
        DATA, "specialty_pay", None, ["specialty", "thousand_dollars"], [(s.name, PAY[s.name]) for s in SPECIALTIES],
        source="Physicians Thrive, 2023 Physician Compensation Report, as told by Becker's Hospital Review 2023-05-10",
        url="https://www.beckershospitalreview.com/compensation-issues/27-physician-specialties-ranked-by-annual-compensation.html",
        licence="published facts", date="2023", method="data-build/specialties.py: which specialty pays better than which", grade="B",
    )  # fmt: skip
    for country in COUNTRIES:
        rows = []
        for s in SPECIALTIES:
            weight = {"US": s.us, "DE": s.de, "VN": s.vn}.get(country, s.us * (2 if s.name == "Family Medicine" else 1))
            years = s.training_years + (2 if country == "DE" and s.training_years < 5 else 0)
            board = certificate(country, s.name, s.us_board, s.de_title, s.vn_title)
            rows.append([s.name, weight, s.department, years, board, courses(country, s.extra), s.lanr])
        source, grade = SOURCE[country]
        write_table(
            DATA, "specialties", country,
            ["specialty", "weight", "department", "training_years", "certificate", "courses", "lanr_group"], rows,
            source=source, licence="published facts", date="2023",
            method="data-build/specialties.py: thousands of physicians; courses are a choice; lanr_group is the KBV "
            "Arztgruppenschlüssel", grade=grade,
        )  # fmt: skip
        write_table(
            DATA, "medical_schools", country, ["medical_school", "weight"], [[name, 1] for name in SCHOOLS[country]],
            source="invented names", licence="MIT (own work)", date="2026-11", method="data-build/specialties.py", grade="D",
        )  # fmt: skip
        write_table(
            DATA, "doctor_women", country, ["age_from", "women"], WOMEN[country], source="OECD Health Statistics, approximate",
            licence="published facts", date="2022", method="data-build/specialties.py", grade="E",
        )  # fmt: skip
        weights, trained = {row[0]: row[1] for row in rows}, {row[0]: row[3] for row in rows}
        write_table(
            DATA, "doctor_specialties", country, ["sex", "age_from", "specialty", "weight"], by_sex(country, weights, trained),
            source="shares as in specialties; women: AAMC 2022 as told by Becker's ASC Review 2023-04-07 for four, estimates",
            url="https://www.beckersasc.com/asc-news/10-specialties-with-the-lowest-female-provider-representation.html",
            licence="published facts", date="2026-11", grade="E",
            method="data-build/specialties.py: odds of a woman by specialty times what makes the country's share of women",
        )  # fmt: skip
        write_table(
            DATA, "office_hours", country, [*DAYS, "weight"], [[*week(text), 1] for text in HOURS[country]],
            source="own choice", licence="MIT (own work)", date="2026-11", method="data-build/specialties.py", grade="E",
        )  # fmt: skip
    write_table(
        DATA, "doctor_ages", None, ["age_from", "age_to", "weight"],
        [[31, 34, 9], [35, 39, 14], [40, 44, 14.5], [45, 49, 14], [50, 54, 13.5], [55, 59, 13], [60, 64, 12], [65, 69, 7], [70, 74, 3]],
        source="order of size of AAMC 2022 and Bundesärztekammer 2023 age groups", licence="published facts", date="2023",
        method="data-build/specialties.py: rounded; ends chosen so that every specialty's training fits", grade="C",
    )  # fmt: skip


if __name__ == "__main__":
    main()
