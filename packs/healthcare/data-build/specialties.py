"""Specialties with shares, training and certificates; medical schools (invented names); working ages of doctors.

Needs the standard library and datamimic only.
"""

from __future__ import annotations

from body_size import DATA
from population import COUNTRIES
from specialty_list import SPECIALTIES

from datamimic.datasets.build import write_table

FRENCH = {
    "Family Medicine": "médecine générale", "Internal Medicine": "médecine interne", "Pediatrics": "pédiatrie",
    "Emergency Medicine": "médecine d'urgence", "Obstetrics and Gynecology": "gynécologie obstétrique",
    "Anesthesiology": "anesthésie-réanimation", "Psychiatry": "psychiatrie", "Radiology": "radiologie",
    "General Surgery": "chirurgie viscérale", "Cardiology": "médecine cardiovasculaire",
    "Orthopedics": "chirurgie orthopédique", "Ophthalmology": "ophtalmologie",
    "Gastroenterology": "hépato-gastro-entérologie", "Hematology and Oncology": "oncologie", "Pulmonology": "pneumologie",
    "Neurology": "neurologie", "Dermatology": "dermatologie", "Nephrology": "néphrologie", "Urology": "urologie",
    "Otolaryngology": "oto-rhino-laryngologie", "Infectious Disease": "maladies infectieuses",
    "Endocrinology": "endocrinologie", "Rheumatology": "rhumatologie", "Allergy and Immunology": "allergologie",
    "Geriatrics": "gériatrie",
}  # fmt: skip
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


def certificate(country: str, name: str, board: str, german: str, vietnamese: str) -> str:
    return {
        "US": board, "DE": german, "VN": f"Bác sĩ chuyên khoa I: {vietnamese}", "GB": f"CCT in {name}",
        "FR": f"DES de {FRENCH[name]}" if FRENCH[name][0] not in "aeiouhéœ" else f"DES d'{FRENCH[name]}",
    }[country]  # fmt: skip


def main() -> None:
    for country in COUNTRIES:
        rows = []
        for s in SPECIALTIES:
            weight = {"US": s.us, "DE": s.de, "VN": s.vn}.get(country, s.us * (2 if s.name == "Family Medicine" else 1))
            years = s.training_years + (2 if country == "DE" and s.training_years < 5 else 0)
            board = certificate(country, s.name, s.us_board, s.de_title, s.vn_title)
            rows.append([s.name, weight, s.department, years, board, s.extra, s.lanr])
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
            source="invented names", licence="MIT (own work)", date="2026-11", method="data-build/specialties.py", grade="E",
        )  # fmt: skip
    write_table(
        DATA, "doctor_ages", None, ["age_from", "age_to", "weight"],
        [[31, 34, 9], [35, 39, 14], [40, 44, 14.5], [45, 49, 14], [50, 54, 13.5], [55, 59, 13], [60, 64, 12], [65, 69, 7], [70, 74, 3]],
        source="order of size of AAMC 2022 and Bundesärztekammer 2023 age groups", licence="published facts", date="2023",
        method="data-build/specialties.py: rounded; ends chosen so that every specialty's training fits", grade="C",
    )  # fmt: skip


if __name__ == "__main__":
    main()
