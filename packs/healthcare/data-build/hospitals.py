"""Hospital types with beds and name patterns, their departments, and the services of a department.

Needs the standard library and datamimic only.
"""


from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from body_size import DATA
from population import COUNTRIES

from datamimic.tables.build import write_table

# type: profile, weight, beds at quantiles 0, 1/4, 1/2, 3/4, 1, emergency share, teaching share, staff per bed, name patterns
TYPES: dict[str, dict[str, tuple[str, float, tuple[int, ...], float, float, float, str]]] = {
    "US": {
        "General Acute Care": ("acute", 46, (30, 90, 160, 280, 620), .97, .2, 5.6,
                               "{city} General Hospital|{city} Regional Medical Center|{city} Community Hospital|St. {saint} Hospital {city}|{city} Memorial Hospital"),
        "Critical Access": ("critical", 22, (6, 16, 23, 25, 25), 1, 0, 4.2, "{city} Critical Access Hospital|{city} County Memorial Hospital|{city} Valley Hospital"),
        "Academic Medical Center": ("large", 6, (350, 500, 640, 850, 1500), 1, 1, 8.5,
                                    "{city} University Hospital|{city} University Medical Center|{state} University Hospital {city}"),
        "Children's Hospital": ("children", 4, (60, 130, 210, 320, 600), .9, .6, 8, "Children's Hospital of {city}|{city} Children's Hospital"),
        "Psychiatric Hospital": ("psychiatric", 9, (24, 60, 96, 140, 400), .25, .1, 2.2, "{city} Behavioral Health Hospital|{city} Psychiatric Center"),
        "Rehabilitation Hospital": ("rehabilitation", 6, (20, 40, 56, 80, 180), 0, .08, 2.8, "{city} Rehabilitation Hospital|{city} Rehabilitation Institute"),
        "Long-Term Care Hospital": ("long_term", 5, (20, 36, 48, 70, 200), 0, .03, 3, "{city} Long-Term Care Hospital|{city} Extended Care Hospital"),
        "Cancer Center": ("cancer", 2, (50, 90, 150, 240, 650), .15, .7, 8, "{city} Cancer Center"),
    },
    "DE": {
        "General Hospital": ("acute", 52, (60, 140, 220, 340, 700), .93, .35, 2.4,
                             "Klinikum {city}|Krankenhaus {city}|Kreiskrankenhaus {city}|St. {saint}-Krankenhaus {city}|Evangelisches Krankenhaus {city}"),
        "University Hospital": ("large", 3, (800, 1050, 1300, 1600, 3000), 1, 1, 4.6, "Universitätsklinikum {city}"),
        "Maximum Care Hospital": ("large", 6, (500, 650, 800, 1000, 1500), 1, .9, 2.9, "Städtisches Klinikum {city}|Zentralklinikum {city}"),
        "Specialist Clinic": ("specialist", 16, (15, 40, 70, 120, 300), .1, .15, 2.1, "Fachklinik {city}|Orthopädische Fachklinik {city}|Herzzentrum {city}"),
        "Psychiatric Hospital": ("psychiatric", 12, (30, 90, 150, 260, 600), .5, .25, 1.8, "Fachkrankenhaus für Psychiatrie {city}|Zentrum für Psychiatrie {city}"),
        "Children's Hospital": ("children", 2, (40, 70, 110, 170, 300), .9, .5, 2.8, "Kinderklinik {city}|Kinderkrankenhaus {city}"),
        "Rehabilitation Clinic": ("rehabilitation", 9, (60, 120, 170, 230, 400), 0, .05, 1.0, "Rehaklinik {city}|Rehazentrum {city}"),
    },
    "VN": {
        "Central General Hospital": ("large", 4, (700, 1000, 1300, 1800, 3200), 1, 1, 2.2, "Bệnh viện Đa khoa Trung ương {city}"),
        "Provincial General Hospital": ("acute", 30, (150, 240, 330, 480, 900), 1, .55, 1.6, "Bệnh viện Đa khoa {state}|Bệnh viện Đa khoa khu vực {city}"),
        "Regional Medical Center": ("community", 40, (30, 55, 85, 125, 230), .98, .03, 1.3, "Trung tâm Y tế {city}|Bệnh viện {city}"),
        "Obstetrics and Pediatrics Hospital": ("mother_child", 8, (60, 120, 180, 260, 500), .95, .4, 1.7, "Bệnh viện Sản Nhi {state}|Bệnh viện Sản Nhi {city}"),
        "Psychiatric Hospital": ("psychiatric", 4, (60, 90, 130, 190, 350), .4, .1, 1.1, "Bệnh viện Tâm thần {city}"),
        "Rehabilitation Hospital": ("rehabilitation", 4, (40, 70, 100, 140, 250), 0, .05, 1.0, "Bệnh viện Phục hồi chức năng {city}"),
        "Private Hospital": ("acute", 10, (24, 42, 75, 120, 300), .9, .03, 1.8, "Bệnh viện Đa khoa tư nhân {city}|Bệnh viện Quốc tế {city}"),
    },
    "GB": {
        "District General Hospital": ("acute", 45, (25, 50, 85, 160, 560), 1, .3, 6, "{city} District General Hospital|{city} General Hospital|{city} Infirmary|St {saint}'s Hospital {city}"),
        "University Hospital": ("large", 15, (400, 520, 650, 850, 1400), 1, 1, 8, "University Hospital {city}|{city} University Hospital"),
        "Community Hospital": ("community", 25, (10, 18, 26, 40, 90), .2, .02, 2.4, "{city} Community Hospital|{city} Cottage Hospital"),
        "Children's Hospital": ("children", 2, (60, 100, 150, 220, 350), 1, .9, 8, "{city} Children's Hospital"),
        "Mental Health Hospital": ("psychiatric", 13, (15, 35, 60, 100, 280), .1, .15, 3, "{city} Mental Health Unit|{city} Psychiatric Hospital"),
    },
    "FR": {
        "Public General Hospital": ("acute", 38, (15, 35, 70, 150, 620), 1, .35, 3, "Centre Hospitalier de {city}|Hôpital Saint-{saint} de {city}"),
        "University Hospital": ("large", 3, (900, 1300, 1700, 2200, 3200), 1, 1, 4.5, "Centre Hospitalier Universitaire de {city}"),
        "Private Clinic": ("specialist", 35, (20, 50, 80, 120, 300), .15, .03, 1.8, "Clinique Saint-{saint} de {city}|Polyclinique de {city}"),
        "Psychiatric Hospital": ("psychiatric", 12, (40, 80, 130, 180, 450), .3, .2, 2, "Centre Hospitalier Spécialisé de {city}"),
        "Rehabilitation Center": ("rehabilitation", 12, (40, 65, 90, 125, 220), 0, .05, 1.3, "Centre de Rééducation de {city}"),
    },
}  # fmt: skip
SAINTS = {
    "US": "Mary, Joseph, Luke, Vincent, Francis, Anthony, Elizabeth, John, Catherine, Mark, Agnes, Bernard, Anne, Rita, Clare, Rose, Peter, Charles, Barnabas, Thomas, Michael, Alexius, James, Louis",
    "DE": "Marien, Josefs, Elisabeth, Vinzenz, Antonius, Franziskus, Barbara, Georgs, Anna, Lukas, Bonifatius, Hedwig, Agatha, Johannes, Martinus, Walburga, Gertrauden, Willehad",
    "VN": "Tâm",
    "GB": "Thomas, Mary, George, Bartholomew, Luke, Andrew, James, Margaret, John, Helen, Peter, Michael, Catherine, Leonard, Ann, Martin, Richard, Cuthbert",
    "FR": "Joseph, Louis, Martin, Vincent, Luc, Jean, Michel, Antoine, François, Roch, Camille, Anne, Augustin, Pierre, Paul, Georges, André, Yves, Marc, Étienne",
}
MORE: dict[str, dict[str, str]] = {
    "US": {
        "General Acute Care": "Mercy Hospital {city}|Good Samaritan Hospital {city}|Providence Hospital {city}|Sacred Heart Hospital {city}|Baptist Hospital {city}|Methodist Hospital {city}|Lutheran Hospital {city}|North {city} Medical Center|South {city} Medical Center|East {city} Medical Center|West {city} Medical Center|{city} Lakeside Hospital|{city} Northside Hospital|{city} Southside Hospital|{city} Park Medical Center|{city} Veterans Memorial Hospital|Adventist Health {city}|Presbyterian Hospital {city}|Holy Cross Hospital {city}|{city} Deaconess Hospital|{city} Doctors Hospital|{city} Hills Medical Center",
        "Academic Medical Center": "{city} Medical College Hospital|{city} Academic Medical Center|University Health {city}",
        "Children's Hospital": "{city} Children's Medical Center|{city} Memorial Children's Hospital",
        "Psychiatric Hospital": "{city} Oaks Behavioral Health|{city} State Hospital|{city} Springs Psychiatric Hospital",
        "Rehabilitation Hospital": "{city} Encompass Rehabilitation|North {city} Rehabilitation Hospital",
        "Long-Term Care Hospital": "{city} Specialty Hospital|Select Care Hospital {city}",
        "Cancer Center": "{city} Cancer Institute|{city} Comprehensive Cancer Center",
        "Critical Access": "{city} Community Hospital|{city} Memorial Hospital|{city} District Hospital|{city} Health Care",
    },
    "DE": {
        "General Hospital": "DRK-Krankenhaus {city}|Diakonie-Klinikum {city}|Klinikum {city} Nord|Klinikum {city} Süd|Klinikum {city} West|Klinikum {city} Ost|Stadtkrankenhaus {city}|Katholisches Krankenhaus {city}|Helenenkrankenhaus {city}|Paul-Gerhardt-Krankenhaus {city}",
        "Maximum Care Hospital": "Klinikum {city}-Mitte|Großklinikum {city}",
        "Specialist Clinic": "Augenklinik {city}|Privatklinik {city}|Lungenklinik {city}|Hautklinik {city}|Klinik am Park {city}|Klinik am See {city}|Sportklinik {city}|Venenklinik {city}",
        "Psychiatric Hospital": "Klinik für Psychiatrie und Psychotherapie {city}|Psychosomatische Klinik {city}",
        "Rehabilitation Clinic": "Klinik am Kurpark {city}|Kurklinik {city}",
    },
    "VN": {
        "Central General Hospital": "Bệnh viện Hữu nghị {city}|Bệnh viện Phổi Trung ương {city}|Bệnh viện Mắt Trung ương {city}|Bệnh viện Nội tiết Trung ương {city}|Bệnh viện Phụ sản Trung ương {city}",
        "Provincial General Hospital": "Bệnh viện Đa khoa Bắc {city}|Bệnh viện Đa khoa Nam {city}",
        "Private Hospital": "Bệnh viện Đa khoa An Bình {city}|Bệnh viện Đa khoa Hồng Đức {city}|Bệnh viện Đa khoa Tâm An {city}|Bệnh viện Đa khoa Phúc Lộc {city}",
    },
    "GB": {
        "District General Hospital": "Royal {city} Hospital|{city} Royal Infirmary|Queen's Hospital {city}|North {city} Hospital|South {city} Hospital|Victoria Hospital {city}|Princess Alexandra Hospital {city}|{city} County Hospital|{city} Park Hospital",
        "University Hospital": "Royal University Hospital {city}|{city} Teaching Hospital",
        "Community Hospital": "{city} War Memorial Hospital|{city} Memorial Hospital",
        "Mental Health Hospital": "{city} Park Mental Health Hospital|{city} Priory Clinic",
    },
    "FR": {
        "Public General Hospital": "Hôpital de {city}|Hôpital Nord de {city}|Hôpital Sud de {city}|Centre Hospitalier Intercommunal de {city}|Hôpital Notre-Dame de {city}",
        "Private Clinic": "Clinique du Parc de {city}|Clinique des Cèdres de {city}|Clinique de l'Europe de {city}|Clinique Pasteur de {city}|Clinique du Pont de {city}|Clinique de la Roseraie de {city}|Polyclinique du Val de {city}",
        "Rehabilitation Center": "Centre de Soins de Suite de {city}",
    },
}
"""Further names, for towns with many hospitals of a type."""
DEPARTMENTS = (
    "Emergency",
    "Internal Medicine",
    "Surgery",
    "Radiology",
    "Laboratory",
    "Pharmacy",
    "Family Medicine",
    "Intensive Care",
    "Anesthesiology",
    "Cardiology",
    "Orthopedics",
    "Obstetrics and Gynecology",
    "Pediatrics",
    "Neurology",
    "Gastroenterology",
    "Pulmonology",
    "Urology",
    "Oncology",
    "Nephrology",
    "Psychiatry",
    "Dermatology",
    "Ophthalmology",
    "Otolaryngology",
    "Endocrinology",
    "Rheumatology",
    "Geriatrics",
    "Infectious Disease",
    "Allergy and Immunology",
    "Rehabilitation",
    "Pediatric Surgery",
    "Neonatology",
    "Addiction Medicine",
    "Wound Care",
    "Radiation Oncology",
    "Palliative Care",
)
CORE = {"Emergency": 1, "Internal Medicine": 1, "Surgery": 1, "Radiology": 1, "Laboratory": 1, "Pharmacy": 1}
# Share of hospitals of a profile that have a department. "Emergency" is set by the hospital's emergency services instead.
PROFILES: dict[str, dict[str, float]] = {
    "acute": {**CORE, "Family Medicine": 1, "Intensive Care": .97, "Anesthesiology": 1, "Cardiology": .85, "Orthopedics": .85,
              "Obstetrics and Gynecology": .75, "Pediatrics": 1, "Neurology": .55, "Gastroenterology": .65, "Pulmonology": .5,
              "Urology": .5, "Oncology": .45, "Nephrology": .4, "Psychiatry": .35, "Dermatology": .15, "Ophthalmology": .3,
              "Otolaryngology": .35, "Endocrinology": .3, "Rheumatology": .2, "Geriatrics": .4, "Infectious Disease": .3,
              "Allergy and Immunology": .1, "Rehabilitation": .5},
    # Every department: where a specialist of any kind finds a hospital in the state.
    "large": dict.fromkeys(DEPARTMENTS, 1),
    "critical": {**CORE, "Surgery": .6, "Family Medicine": 1, "Obstetrics and Gynecology": .35, "Geriatrics": .3, "Rehabilitation": .5},
    "community": {**CORE, "Surgery": .7, "Family Medicine": 1, "Obstetrics and Gynecology": .6, "Pediatrics": .6, "Geriatrics": .4,
                  "Rehabilitation": .5, "Infectious Disease": .3, "Cardiology": .2},
    "children": {"Emergency": 1, "Pediatrics": 1, "Pediatric Surgery": 1, "Neonatology": .95, "Intensive Care": .95,
                 "Anesthesiology": 1, "Radiology": 1, "Laboratory": 1, "Pharmacy": 1, "Cardiology": .6, "Neurology": .6, "Oncology": .6,
                 "Pulmonology": .5, "Gastroenterology": .5, "Endocrinology": .5, "Allergy and Immunology": .4, "Psychiatry": .5},
    "mother_child": {"Emergency": 1, "Obstetrics and Gynecology": 1, "Pediatrics": 1, "Neonatology": 1, "Anesthesiology": 1,
                     "Intensive Care": .9, "Radiology": 1, "Laboratory": 1, "Pharmacy": 1, "Pediatric Surgery": .5},
    "psychiatric": {"Emergency": 1, "Psychiatry": 1, "Addiction Medicine": .8, "Neurology": .3, "Pharmacy": 1, "Laboratory": .7,
                    "Geriatrics": .4, "Internal Medicine": .4},
    "rehabilitation": {"Rehabilitation": 1, "Orthopedics": .7, "Neurology": .6, "Cardiology": .4, "Pharmacy": .9, "Internal Medicine": .6},
    "long_term": {"Geriatrics": 1, "Internal Medicine": 1, "Pulmonology": .7, "Rehabilitation": .9, "Pharmacy": 1, "Laboratory": .6,
                  "Wound Care": .8},
    "cancer": {"Emergency": 1, "Oncology": 1, "Radiation Oncology": 1, "Surgery": 1, "Anesthesiology": 1, "Radiology": 1,
               "Laboratory": 1, "Pharmacy": 1, "Intensive Care": .8, "Palliative Care": .9},
    "specialist": {"Emergency": 1, "Surgery": .8, "Anesthesiology": 1, "Orthopedics": .8, "Cardiology": .4, "Radiology": .9, "Pharmacy": .9,
                   "Ophthalmology": .3, "Urology": .3, "Internal Medicine": .6},
}  # fmt: skip
SERVICES = {
    "Emergency": "24-Hour Emergency Care", "Internal Medicine": "General Internal Medicine", "Surgery": "General Surgery",
    "Radiology": "Diagnostic Imaging", "Laboratory": "Laboratory Testing", "Pharmacy": "Inpatient Pharmacy",
    "Family Medicine": "Primary Care", "Intensive Care": "Critical Care", "Anesthesiology": "Anesthesia and Pain Management",
    "Cardiology": "Cardiac Catheterization", "Orthopedics": "Joint Replacement", "Obstetrics and Gynecology": "Maternity Care",
    "Pediatrics": "Pediatric Care", "Neurology": "Stroke Unit", "Gastroenterology": "Endoscopy", "Pulmonology": "Lung Function Testing",
    "Urology": "Urologic Surgery", "Oncology": "Chemotherapy", "Nephrology": "Dialysis", "Psychiatry": "Inpatient Mental Health Care",
    "Dermatology": "Skin Cancer Screening", "Ophthalmology": "Cataract Surgery", "Otolaryngology": "Ear, Nose and Throat Surgery",
    "Endocrinology": "Diabetes Center", "Rheumatology": "Infusion Center", "Geriatrics": "Geriatric Assessment",
    "Infectious Disease": "Infection Control", "Allergy and Immunology": "Allergy Testing", "Rehabilitation": "Physical Therapy",
    "Pediatric Surgery": "Pediatric Surgery", "Neonatology": "Neonatal Intensive Care", "Addiction Medicine": "Addiction Treatment",
    "Wound Care": "Wound Care", "Radiation Oncology": "Radiation Therapy", "Palliative Care": "Palliative Care",
}  # fmt: skip
ACCREDITATION = {
    "US": [("The Joint Commission", .78), ("DNV Healthcare", .1), ("CMS Certification", 1.0), ("Magnet Recognition", .09)],
    "DE": [("KTQ", .22), ("DIN EN ISO 9001", .45), ("Zulassung nach § 108 SGB V", 1.0), ("DKG-Zertifikat", .12)],
    "VN": [("Giấy phép hoạt động Bộ Y tế", 1.0), ("ISO 9001", .12), ("JCI", .02), ("83 tiêu chí chất lượng bệnh viện", .8)],
    "GB": [("Care Quality Commission registration", 1.0), ("ISO 15189", .35)],
    "FR": [("Certification HAS", .95), ("Autorisation ARS", 1.0), ("ISO 9001", .15)],
}  # fmt: skip
SOURCE = {
    "US": "AHA Hospital Statistics 2022 (6,120 hospitals, 916,752 beds); MedPAC on critical access hospitals",
    "DE": "Destatis Grunddaten der Krankenhäuser 2022 (1,893 hospitals, 480,382 beds)",
    "VN": "Ministry of Health 2023: 32 beds per 10,000 of 100 million (VietNamNet 2254601)",
    "GB": "about 163,000 hospital beds, United Kingdom 2020 (Statista after NHS figures)",
    "FR": "DREES, Études et Résultats, 31 December 2023: 2,962 establishments, 369,400 beds",
}  # fmt: skip
BEDS = {"US": 916_752, "DE": 480_382, "FR": 369_400, "GB": 163_000, "VN": 320_000}
STAFF_PER_BED = {"DE": (173_233 + 792_007) / 480_382}
"""Full-time equivalents of hospitals, Destatis 2022: doctors and others; where nothing stands, the types' own figures are estimates."""
BOUND = frozenset({"Critical Access"})
"""Types whose beds the law bounds."""


def mean_beds(beds: Sequence[float]) -> float:
    """Of hospitals whose beds lie evenly between the quartiles."""
    return sum((low + high) / 2 for low, high in pairwise(beds)) / 4


def of_published_beds(country: str, kinds: dict[str, tuple[str, float, tuple[int, ...], float, float, float, str]]) -> dict[str, tuple[list[int], float]]:
    """Quartiles of beds and staff per bed of every type, so that all hospitals of the country together have the published beds."""
    with (DATA / f"hospital_sites_{country}.csv").open(encoding="utf-8", newline="") as file:
        count = Counter(row["hospital_type"] for row in csv.DictReader(file))
    held = {kind: count[kind] * mean_beds(row[2]) for kind, row in kinds.items()}
    fixed = sum(beds for kind, beds in held.items() if kind in BOUND)
    factor = (BEDS[country] - fixed) / (sum(held.values()) - fixed)
    beds = {kind: [round(value * (1 if kind in BOUND else factor)) for value in row[2]] for kind, row in kinds.items()}
    staff = sum(count[kind] * mean_beds(beds[kind]) * row[5] for kind, row in kinds.items()) / BEDS[country]
    level = STAFF_PER_BED.get(country, staff) / staff
    return {kind: (beds[kind], round(row[5] * level, 2)) for kind, row in kinds.items()}


def main() -> None:
    departments = {name for profile in PROFILES.values() for name in profile}
    assert departments == SERVICES.keys(), departments ^ SERVICES.keys()
    for country in COUNTRIES:
        rows: list[list[object]] = []
        names: list[list[object]] = []
        sized = of_published_beds(country, TYPES[country])
        for kind, (profile, weight, _, emergency, teaching, _, patterns) in TYPES[country].items():
            beds, staff = sized[kind]
            rows.append([kind, profile, weight, *beds, emergency, teaching, staff])
            saints = SAINTS[country].split(", ")
            for pattern in patterns.split("|"):
                for saint in saints if "{saint}" in pattern else [""]:
                    count = len(saints) if "{saint}" in pattern else 1
                    names.append([kind, pattern.replace("{saint}", saint), round(1 / count, 4)])
            for pattern in MORE[country].get(kind, "").split("|") if kind in MORE[country] else ():
                names.append([kind, pattern, 0.15])
        kinds = [*TYPES[country]]
        # Names after a state alone last in their type: naming.py goes through the others.
        names.sort(key=lambda row: (kinds.index(str(row[0])), "{state}" in str(row[1]) and "{city}" not in str(row[1])))
        write_table(
            DATA, "hospital_types", country,
            ["hospital_type", "profile", "weight", "beds_0", "beds_25", "beds_50", "beds_75", "beds_100", "emergency", "teaching",
             "staff_per_bed"],
            rows, source=SOURCE[country], licence="published facts", date="2022",
            method="data-build/hospitals.py: quartiles of each type estimated, then scaled to the country's beds; staff per bed: DE published, others "
            "estimated", grade="C",
        )  # fmt: skip
        write_table(
            DATA, "hospital_names", country, ["hospital_type", "pattern", "weight"], names, source="own patterns",
            licence="MIT (own work)", date="2026-11", method="data-build/hospitals.py: {city} and {state} are filled in; usual forms of names, their weights a choice", grade="D",
        )  # fmt: skip
        write_table(
            DATA, "accreditations", country, ["accreditation", "share"], ACCREDITATION[country],
            source="public figures of the accrediting bodies, approximate", licence="published facts", date="2023",
            method="data-build/hospitals.py", grade="C",
        )  # fmt: skip
    order = list(SERVICES)
    assert tuple(order) == DEPARTMENTS
    write_table(
        DATA, "hospital_departments", None, ["profile", "department", "share"],
        [[profile, name, PROFILES[profile].get(name, 0)] for profile in PROFILES for name in order],
        source="own estimates", licence="MIT (own work)", date="2026-11", method="data-build/hospitals.py", grade="E",
    )  # fmt: skip
    write_table(
        DATA, "department_services", None, ["department", "service"], SERVICES.items(), source="own list",
        licence="MIT (own work)", date="2026-11", method="data-build/hospitals.py", grade="D",
    )  # fmt: skip


if __name__ == "__main__":
    main()
