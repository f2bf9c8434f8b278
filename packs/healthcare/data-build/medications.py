"""Drugs, the treatments of each condition, and allergies.

Needs the standard library and datamimic only.
"""


from __future__ import annotations

from body_size import DATA
from condition_list import CONDITIONS
from dose_list import DOSES
from medication_list import ALLERGIES, ALLERGY_FACTOR, DRUGS, TREATMENTS, Drug
from population import COUNTRIES
from treatment_list import CONTRAINDICATED, FIRST, FORMULARY, HR, INTERACTIONS, SECOND, SHARES, SMOKER, WOMAN

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
    "antiretroviral": ("antiretroviral combination",),
    "steroid inhaler": ("inhaled corticosteroid", "inhaled corticosteroid with beta agonist"),
    "painkiller": ("non-steroidal anti-inflammatory",),
    "estrogen blocker": ("selective estrogen receptor modulator", "aromatase inhibitor"),
}
# Drugs of these classes are combined with each other.
COMBINED = ("anticonvulsant", "antiplatelet", "antituberculous drug")
LABELS = "public drug labels (FDA, DailyMed) as commonly stated"


def group(drug: Drug) -> str:
    if drug.drug_class in COMBINED:
        return drug.name
    return next((name for name, classes in GROUPS.items() if drug.drug_class in classes), drug.drug_class)


def table_of() -> dict[str, list[Drug]]:
    """Drugs by name and by class."""
    found: dict[str, list[Drug]] = {}
    for drug in DRUGS:
        for key in (drug.name, drug.drug_class):
            found.setdefault(key, []).append(drug)
    return found


def parts(regimen: str) -> list[str]:
    return regimen.split(" + ")


def lines(condition: str, country: str) -> list[list[object]]:
    """Rows (condition, line, regimen, weight); a regimen counts for as much as the least usual of its drugs."""
    default: dict[str, float] = dict(TREATMENTS.get(condition, (0, 0, {}))[2])
    rows: list[list[object]] = []
    for line, choices in ((1, FIRST.get(condition, default)), (2, SECOND.get(condition, FIRST.get(condition, default)))):
        factors = FORMULARY[country]
        for regimen, weight in choices.items():
            usual = min(factors.get(regimen, factors.get(drug, 1.0)) for drug in parts(regimen))
            if weight * usual > 0:
                rows.append([condition, line, regimen, round(weight * usual, 4)])
    return rows


def doses() -> list[list[object]]:
    """Rows (medication, country, age_from, kidney, dose, per_kg, most, step, unit, frequency, weight)."""
    rows: list[list[object]] = []
    for name, text in DOSES.items():
        for rule in text.split("; "):
            where, _, rest = rule.partition(": ")
            choices, _, frequency = rest.rpartition(", ")
            words = where.split()
            kidney = "reduced" if "reduced" in words else ""
            country = next((word for word in words[1:] if word.isupper()), "")
            for choice in choices.split(" | "):
                dose, _, weight = choice.partition("*")
                if "/kg" in dose:
                    amount, unit, _, most, _, step = dose.replace("/kg", "").split()
                    rows.append([name, country, words[0], kidney, "", amount, most, step, unit, frequency, weight or 1])
                else:
                    rows.append([name, country, words[0], kidney, dose, 0, 0, 0, "", frequency, weight or 1])
    return rows


def main() -> None:
    names = {drug.name for drug in DRUGS}
    conditions = {c.name for c in CONDITIONS}
    known = table_of()
    # Drugs of a group stand together: the engine keeps the first of neighbours.
    order = {name: place for place, name in enumerate(dict.fromkeys(group(d) for d in DRUGS))}
    in_groups = sorted(DRUGS, key=lambda d: order[group(d)])
    assert len(names) == len(DRUGS) < 256
    assert TREATMENTS.keys() | FIRST.keys() | SECOND.keys() <= conditions
    used = {drug for c in conditions for country in COUNTRIES for row in lines(c, country) for drug in parts(str(row[2]))}
    used |= set(parts(HR))
    assert used == names, used ^ names
    assert {d.allergy for d in DRUGS} - {""} <= ALLERGIES.keys()
    assert {key for pair in INTERACTIONS for key in pair} | CONTRAINDICATED.keys() <= known.keys()
    assert {c for cs in CONTRAINDICATED.values() for c in cs} <= conditions | {WOMAN, SMOKER}
    assert DOSES.keys() <= names
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
        DATA, "doses", None,
        ["medication", "country", "age_from", "kidney", "dose", "per_kg", "most", "step", "unit", "frequency", "weight"], doses(),
        source=LABELS + "; BNF, Fachinformationen", url="https://dailymed.nlm.nih.gov/", licence="public domain facts", date="2025",
        method="data-build/dose_list.py: hand-entered; weights of strengths estimated", grade="E",
    )  # fmt: skip
    write_table(
        DATA, "contraindications", None, ["medication", "with"],
        [[drug.name, other] for key, others in CONTRAINDICATED.items() for drug in known[key] for other in others],
        source=LABELS, url="https://dailymed.nlm.nih.gov/", licence="public domain facts", date="2025",
        method="data-build/treatment_list.py: hand-entered by drug or class", grade="E",
    )  # fmt: skip
    write_table(
        DATA, "interactions", None, ["stopped", "with"],
        sorted({(one.name, other.name) for stopped, kept in INTERACTIONS for one in known[stopped] for other in known[kept]}),
        source=LABELS, url="https://dailymed.nlm.nih.gov/", licence="public domain facts", date="2025",
        method="data-build/treatment_list.py: hand-entered by drug or class", grade="E",
    )  # fmt: skip
    ranks = {
        "US": ("order of size of CMS Part D claims", "E"), "DE": ("Arzneiverordnungs-Report: shares within classes", "E"),
        "GB": ("order of size of Prescription Cost Analysis, OpenPrescribing", "E"), "FR": ("own estimates", "E"), "VN": ("own estimates", "E"),
    }  # fmt: skip
    for country in COUNTRIES:
        source, grade = ranks[country]
        write_table(
            DATA, "treatments", country, ["condition", "line", "regimen", "weight"],
            [row for c in CONDITIONS for row in lines(c.name, country)], source=source, licence="MIT (own work)", date="2026-11",
            method="data-build/treatment_list.py: first-line drugs of public guidelines, weights estimated to that order", grade=grade,
        )  # fmt: skip
    write_table(
        DATA, "treatment_shares", None, ["condition", "treated", "second_drug"],
        [[c.name, *SHARES.get(c.name, TREATMENTS.get(c.name, (0, 0, {}))[:2])] for c in CONDITIONS],
        source="own estimates", licence="MIT (own work)", date="2025",
        method="data-build/medication_list.py: share of patients on a drug, and of those on a second line", grade="E",
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
