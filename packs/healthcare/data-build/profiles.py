"""groups_condition_prevalence_tier and groups_specialty_family: what the profiles of the common pack mean for healthcare.

Needs the standard library and datamimic only. The groups are definitions: which conditions every patient of a profile has
(`included`) or none of them has (`excluded`), and which specialties its doctors have.
"""

from __future__ import annotations

import csv

from body_size import DATA

from datamimic.tables.build import write_table

SAID = {
    "source": "definition", "licence": "MIT (this project)", "date": "2026", "grade": "D",
    "method": "data-build/profiles.py: definitions chosen by this project; no figure is measured",
}  # fmt: skip
INCLUDED = {
    "type_2_diabetes": ["Type 2 Diabetes"],
    "hypertension": ["Hypertension"],
    "respiratory": ["COPD"],
    "metabolic": ["Type 2 Diabetes", "Hypertension", "Obesity"],
}
FAMILIES = {
    "primary_care": ["Family Medicine", "Internal Medicine", "Geriatrics"],
    "family_care": ["Family Medicine", "Pediatrics", "Obstetrics and Gynecology"],
    "womens_health": ["Obstetrics and Gynecology", "Family Medicine"],
    "diabetes_care": ["Endocrinology", "Internal Medicine", "Family Medicine", "Nephrology", "Ophthalmology"],
    "cardiac_care": ["Cardiology", "Internal Medicine"],
    "surgical": ["General Surgery", "Orthopedics", "Urology", "Anesthesiology"],
}


def main() -> None:
    with (DATA / "conditions.csv").open(encoding="utf-8", newline="") as file:
        chronic = [row["condition"] for row in csv.DictReader(file) if row["chronic"] == "1"]
    tiers = [(group, name, "included") for group, names in INCLUDED.items() for name in names]
    tiers += [("no_chronic_conditions", name, "excluded") for name in chronic]
    columns = ["group", "condition", "effect"]
    write_table(DATA, "groups_condition_prevalence_tier", None, columns, tiers, **SAID)
    families = [(group, name) for group, names in FAMILIES.items() for name in names]
    write_table(DATA, "groups_specialty_family", None, ["group", "specialty"], families, **SAID)


if __name__ == "__main__":
    main()
