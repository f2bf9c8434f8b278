"""How conditions are cared for: how often as an emergency or in a ward; and why people without a complaint see a doctor.

Needs the standard library and datamimic only.
"""


from __future__ import annotations

from body_size import DATA
from condition_list import CONDITIONS
from population import COUNTRIES

from datamimic.tables.build import write_table

# condition: per cent of its encounters that are emergencies, and inpatient stays; 3 and 2 where nothing is said
CARE = {
    "Pneumonia": (28, 22), "Previous Myocardial Infarction": (8, 12), "Coronary Artery Disease": (8, 10), "Heart Failure": (12, 22),
    "Atrial Fibrillation": (9, 8), "Previous Stroke": (5, 9), "COPD": (12, 11), "Asthma": (10, 3), "Type 1 Diabetes": (6, 4),
    "Type 2 Diabetes": (3, 3), "Chronic Kidney Disease": (4, 6), "Pregnancy": (5, 14), "Epilepsy": (14, 6), "Migraine": (8, 1),
    "Schizophrenia": (6, 14), "Bipolar Disorder": (5, 9), "Depression": (3, 4), "Alcohol Use Disorder": (14, 10), "Cirrhosis of Liver": (9, 15),
    "Crohn's Disease": (6, 8), "Ulcerative Colitis": (5, 7), "Urinary Tract Infection": (14, 5), "Gastritis": (9, 2), "Low Back Pain": (7, 2),
    "Otitis Media": (12, 1), "Upper Respiratory Infection": (6, 0), "Breast Cancer": (2, 10), "Prostate Cancer": (2, 8),
    "Colorectal Cancer": (3, 16), "Lung Cancer": (6, 20), "Osteoarthritis": (1, 5), "Dengue Fever": (25, 30), "Tuberculosis": (4, 18),
    "Cataract": (0, 2), "Alzheimer's Disease": (4, 5), "Parkinson's Disease": (4, 6), "Acne": (0, 0), "Obesity": (0, 1),
    "Hyperlipidemia": (0, 0), "Hearing Loss": (0, 0), "Allergic Rhinitis": (1, 0), "Menopausal Symptoms": (0, 0),
}  # fmt: skip
# Patients have fewer encounters in their tables than in life, mostly ambulatory ones; stays are all there, about one in ten years.
INPATIENT_FACTOR = 3.5
# reason, ages, weight, ICD-10-CM, ICD-10-GM, ICD-10 (WHO), class
ROUTINE = [
    ("Routine child health examination", 0, 17, 10, "Z00.129", "Z00.1", "Z00.1", "AMB"),
    ("Immunization", 0, 17, 5, "Z23", "Z26.9", "Z26.9", "AMB"),
    ("Fever", 0, 17, 2, "R50.9", "R50.9", "R50.9", "EMER"),
    ("Sprained ankle", 8, 69, 1.5, "S93.409A", "S93.40", "S93.4", "EMER"),
    ("General adult medical examination", 18, 120, 10, "Z00.00", "Z00.0", "Z00.0", "AMB"),
    ("Immunization", 18, 120, 3, "Z23", "Z26.9", "Z26.9", "AMB"),
    ("Sore throat", 3, 120, 2, "J02.9", "J02.9", "J02.9", "AMB"),
    ("Cough", 2, 120, 2, "R05.9", "R05", "R05", "AMB"),
    ("Headache", 8, 120, 1.5, "R51.9", "R51", "R51", "AMB"),
    ("Abdominal pain", 4, 120, 1.2, "R10.9", "R10.4", "R10.4", "EMER"),
    ("Chest pain", 30, 120, .8, "R07.9", "R07.4", "R07.4", "EMER"),
    ("Open wound of the hand", 5, 90, .9, "S61.409A", "S61.9", "S61.9", "EMER"),
]  # fmt: skip
# What becomes of appointments, per cent: of ambulatory visits and of planned stays. GB: of 124.5 m outpatient appointments of
# 2022-23 8.0 m were missed and 20.0 m cancelled (NHS England); the others are estimates after it.
APPOINTMENTS = {
    "GB": ((77.6, 16.0, 6.4), (90, 9, 1)), "US": ((80, 11, 9), (93, 6, 1)), "DE": ((89, 7, 4), (94, 5, 1)),
    "FR": ((88, 8, 4), (94, 5, 1)), "VN": ((90, 6, 4), (95, 4, 1)),
}  # fmt: skip
# Days from booking to the visit at quantiles; estimates: most visits to general practices are of the same day or the next.
LEADS = {
    "AMB": {0.0: 0, 0.4: 0.9, 0.5: 1.9, 0.65: 6, 0.8: 15, 0.93: 35, 1.0: 90},
    "IMP": {0.0: 1, 0.25: 6, 0.5: 15, 0.75: 38, 0.9: 75, 1.0: 160},
}
SAME_DAY = {0.0: 0, 0.75: 0.9, 0.85: 1.9, 0.95: 7, 1.0: 30}
"""In Viet Nam people queue in the hospital's out-patient department."""
# Arrivals by the hour, weights: 12 % of those of England come from 0 to 6 o'clock, 24 % to 12, 36 % to 18, 28 % to 24.
EMERGENCY_HOURS = (3.0, 2.5, 2.1, 1.8, 1.6, 1.6, 2.0, 2.8, 3.9, 4.9, 5.6, 5.9, 5.9, 5.8, 5.7, 5.8, 5.9, 6.0, 5.9, 5.6, 5.1, 4.5, 3.8, 3.3)
# Nights of a stay at quantiles; the mean is about 5 in the US and France, 7 in Germany, 6.5 in GB and Viet Nam.
NIGHTS = {0.0: 1, 0.25: 2, 0.5: 3.4, 0.75: 6, 0.9: 11, 0.97: 19, 1.0: 40}
NIGHTS_FACTOR = {"US": 1.0, "FR": 1.1, "DE": 1.4, "GB": 1.25, "VN": 1.3}
AGES = (0, 2, 3, 4, 5, 8, 18, 30, 70, 91)
DISCHARGES = [
    ("EMER", "home", 88), ("EMER", "left against advice", 3), ("EMER", "transferred", 3), ("EMER", "home with follow-up", 6),
    ("IMP", "home", 72), ("IMP", "home with home care", 14), ("IMP", "rehabilitation facility", 5), ("IMP", "nursing facility", 7),
    ("IMP", "transferred", 2),
]  # fmt: skip


def main() -> None:
    note = {
        "source": "own estimates", "licence": "MIT (own work)", "date": "2026-11", "method": "data-build/care.py", "grade": "E"
    }
    assert set(CARE) - {c.name for c in CONDITIONS} <= {"Menopausal Symptoms"}
    write_table(
        DATA, "condition_care", None, ["condition", "emergency", "inpatient"],
        [[c.name, emergency, min(INPATIENT_FACTOR * inpatient, 60)]
         for c in CONDITIONS for emergency, inpatient in [CARE.get(c.name, (3, 2))]], **note,
    )  # fmt: skip
    write_table(DATA, "discharges", None, ["encounter_class", "disposition", "weight"], DISCHARGES, **note)
    write_table(
        DATA, "emergency_hours", None, ["hour", "weight"], [*enumerate(EMERGENCY_HOURS)],
        source="six-hour shares of 5.2 m attendances in England, 2016-18 (Emergency Medicine Journal)",
        url="https://emj.bmj.com/", licence="published facts", date="2018",
        method="data-build/care.py: spread over the hours by estimate", grade="C",
    )  # fmt: skip
    for country, (visits, stays) in APPOINTMENTS.items():
        cited = country == "GB"
        write_table(
            DATA, "appointments", country, ["encounter_class", "outcome", "weight"],
            [[kind, outcome, weight] for kind, weights in (("AMB", visits), ("IMP", stays), ("EMER", (100, 0, 0)))
             for outcome, weight in zip(("finished", "cancelled", "no-show"), weights, strict=True)],
            source="NHS England, Hospital Outpatient Activity 2022-23" if cited else "own estimates", url="", date="2023",
            licence="published facts" if cited else "MIT (own work)", method="data-build/care.py", grade="B" if cited else "E",
        )  # fmt: skip
        leads = {**LEADS, "AMB": SAME_DAY} if country == "VN" else LEADS
        write_table(
            DATA, "booking_leads", country, ["encounter_class", "share", "days"],
            [[kind, share, days] for kind, quantiles in leads.items() for share, days in quantiles.items()], **note,
        )  # fmt: skip
        write_table(
            DATA, "stay_nights", country, ["share", "nights"],
            [[share, max(1.0, round(nights * NIGHTS_FACTOR[country], 1))] for share, nights in NIGHTS.items()], **note,
        )  # fmt: skip
    for country in COUNTRIES:
        column = {"US": 4, "DE": 5}.get(country, 6)
        rows = [
            [age, row[0], row[column], row[7], row[3]] for age in AGES for row in ROUTINE if row[1] <= age <= row[2]
        ]  # fmt: skip
        write_table(
            DATA, "routine_reasons", country, ["age_from", "reason", "code", "encounter_class", "weight"], rows, **note
        )


if __name__ == "__main__":
    main()
