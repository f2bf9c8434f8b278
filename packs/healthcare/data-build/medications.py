"""Drugs, the treatments of each condition, and allergies.

Needs the standard library and datamimic only.
"""


from __future__ import annotations

from body_size import DATA
from condition_list import CONDITIONS
from medication_list import ALLERGIES, ALLERGY_FACTOR, DRUGS, TREATMENTS, Drug
from population import COUNTRIES

from datamimic.tables.build import write_table

# Classes of which nobody takes two drugs at a time; every other class is its own group.
GROUPS = {
    "RAS inhibitor": ("ACE inhibitor", "angiotensin receptor blocker", "neprilysin inhibitor with ARB"),
    "anticoagulant": ("direct oral anticoagulant", "vitamin K antagonist"),
    "antidepressant": ("SSRI antidepressant", "SNRI antidepressant", "antidepressant"),
    "acid suppressant": ("proton pump inhibitor", "H2 blocker"),
    "incretin": ("GLP-1 receptor agonist", "DPP-4 inhibitor"),
    "biologic": ("TNF inhibitor", "interleukin antibody"),
    "bone agent": ("bisphosphonate", "RANKL antibody"),
    "hepatitis B antiviral": ("nucleotide analogue", "nucleoside analogue"),
    "antimuscarinic inhaler": ("long-acting antimuscarinic", "antimuscarinic with beta agonist"),
    "steroid inhaler": ("inhaled corticosteroid", "inhaled corticosteroid with beta agonist"),
    "estrogen blocker": ("selective estrogen receptor modulator", "aromatase inhibitor"),
}
# Drugs of these classes are combined with each other.
COMBINED = ("anticonvulsant", "antiplatelet", "antituberculous drug")
LABELS = "public drug labels (FDA, DailyMed) as commonly stated"


def group(drug: Drug) -> str:
    if drug.drug_class in COMBINED:
        return drug.name
    return next((name for name, classes in GROUPS.items() if drug.drug_class in classes), drug.drug_class)


def main() -> None:
    names = {drug.name for drug in DRUGS}
    conditions = {c.name for c in CONDITIONS}
    # Drugs of a group stand together: the engine keeps the first of neighbours.
    order = {name: place for place, name in enumerate(dict.fromkeys(group(d) for d in DRUGS))}
    in_groups = sorted(DRUGS, key=lambda d: order[group(d)])
    assert len(names) == len(DRUGS)
    assert TREATMENTS.keys() <= conditions, TREATMENTS.keys() - conditions
    for condition, (_, _, drugs) in TREATMENTS.items():
        assert drugs.keys() <= names, (condition, drugs.keys() - names)
    assert names <= {drug for _, _, drugs in TREATMENTS.values() for drug in drugs}
    assert {d.allergy for d in DRUGS} - {""} <= ALLERGIES.keys()
    write_table(
        DATA, "medications", None,
        ["medication", "inn", "drug_class", "duplication_group", "route", "dose_form", "approval_year", "min_age", "pregnancy_safe",
         "excluded_by_allergy", "dose", "frequency"],
        [[d.name, d.inn, d.drug_class, group(d), d.route, d.dose_form, d.approved, d.min_age, int(d.pregnancy), d.allergy, d.dose,
          d.frequency] for d in in_groups],
        source=LABELS, url="https://dailymed.nlm.nih.gov/", licence="public domain facts", date="2025",
        method="data-build/medication_list.py: hand-entered; age limits and pregnancy rules stated cautiously", grade="C",
    )  # fmt: skip
    write_table(
        DATA, "treatments", None, ["condition", "medication", "weight"],
        [[c.name, drug, weight] for c in CONDITIONS for drug, weight in TREATMENTS.get(c.name, (0, 0, {}))[2].items()],
        source="own choice among first-line drugs of public guidelines", licence="MIT (own work)", date="2025",
        method="data-build/medication_list.py: weights estimated", grade="E",
    )  # fmt: skip
    write_table(
        DATA, "treatment_shares", None, ["condition", "treated", "second_drug"],
        [[c.name, *TREATMENTS.get(c.name, (0, 0, {}))[:2]] for c in CONDITIONS],
        source="own estimates", licence="MIT (own work)", date="2025",
        method="data-build/medication_list.py: share of patients on a drug, and of those on a second one", grade="E",
    )  # fmt: skip
    for country in COUNTRIES:
        factor = ALLERGY_FACTOR[country]
        write_table(
            DATA, "allergies", country, ["allergy", "kind", "age_0", "age_2", "age_18", "with_allergic_rhinitis"],
            [[name, kind, *(round(share * factor.get(name, 1.0), 4) for share in shares), rhinitis]
             for name, (kind, *shares, rhinitis) in ALLERGIES.items()],
            source="order of size of published allergy-list and food-allergy surveys (US); other countries scaled by estimate",
            licence="published facts", date="2023", method="data-build/medication_list.py: per cent of persons by age",
            grade="C" if country == "US" else "E",
        )  # fmt: skip


if __name__ == "__main__":
    main()
