"""onset_ages: by which age a condition has begun in those who have it; and how long the passing ones last.

`PUBLISHED` holds cumulative per cent by age. Those of mental disorders are of Solmi et al., Molecular Psychiatry 2022 (192 studies:
shares with onset before 14, 18 and 25 years and quartiles of the diagnostic group); the others are drawn after the ages at onset that
reviews commonly state. What is not among them accumulates with age: its onsets are the steps of its prevalence curve.
Needs simple_icd_10_cm, as conditions.py does.
"""

from __future__ import annotations

from body_size import DATA, interpolate
from conditions import AGES, CONDITIONS, curve

from datamimic.tables.build import write_table

SOLMI = {"Schizophrenia", "Bipolar Disorder", "Depression", "Anxiety Disorder", "ADHD", "Autism Spectrum Disorder", "Alcohol Use Disorder"}
PUBLISHED = {
    "Obesity": "2:0 12:12 18:20 30:45 45:72 60:90 85:100",
    "Schizophrenia": "12:0 14:3 18:12.3 25:47.8 34:75 45:93 70:100",
    "Bipolar Disorder": "12:0 14:2.5 18:11.5 25:34.5 31:50 46:75 80:100",
    "Depression": "8:0 14:2.5 18:11.5 25:34.5 31:50 46:75 90:100",
    "Anxiety Disorder": "3:0 9:25 14:38.1 18:51.8 25:73.3 40:90 85:100",
    "ADHD": "3:0 7:61.5 12:100",
    "Autism Spectrum Disorder": "1:0 3:61.5 6:100",
    "Alcohol Use Disorder": "12:0 14:2.9 18:15.2 25:48.8 41:75 70:100",
    "Type 1 Diabetes": "0:0 5:18 10:40 15:62 20:72 30:86 40:100",
    "Asthma": "0:0 6:35 12:50 18:58 30:70 45:83 60:93 90:100",
    "Allergic Rhinitis": "2:0 10:40 20:75 30:88 50:97 75:100",
    "Atopic Dermatitis": "0:0 1:45 5:75 12:85 20:92 45:100",
    "Migraine": "5:0 10:8 15:30 20:50 25:66 30:78 40:92 65:100",
    "Multiple Sclerosis": "14:0 20:10 25:30 30:50 35:65 40:78 50:94 65:100",
    "Epilepsy": "0:0 5:20 10:32 20:48 40:65 60:80 95:100",
    "Crohn's Disease": "8:0 15:12 20:32 25:48 30:59 40:74 60:93 90:100",
    "Ulcerative Colitis": "8:0 15:8 20:22 25:36 34:55 45:73 60:89 90:100",
    "Psoriasis": "3:0 15:18 20:32 30:52 40:65 50:76 60:88 90:100",
    "Polycystic Ovary Syndrome": "12:0 16:30 20:60 25:80 35:97 45:100",
    "Endometriosis": "15:0 20:20 25:40 30:62 40:92 50:100",
    "Uterine Fibroids": "20:0 30:20 35:42 40:68 45:88 54:100",
    "Acne": "10:0 12:20 14:50 16:75 20:92 34:100",
    "HIV Infection": "15:0 20:10 25:32 30:50 40:75 60:97 85:100",
    "Chronic Hepatitis B": "0:0 1:50 5:70 30:88 60:100",
}
SHARES = (0, 5, 10, 25, 50, 75, 90, 95, 100)


def points(text: str) -> list[tuple[float, float]]:
    return [(float(share), float(age)) for age, share in (part.split(":") for part in text.split())]


def accumulated(condition: object, gender: str) -> list[tuple[float, float]]:
    """(cumulative per cent, age) of the steps of the US prevalence curve, which does not fall."""
    shares = curve(condition, "US")  # type: ignore[arg-type]
    most, steps = 0.0, []
    for place, age in enumerate(AGES):
        until = AGES[place + 1] if place + 1 < len(AGES) else 100
        begins = max(age, condition.min_age)  # type: ignore[attr-defined]
        if shares[gender, age] > most:
            steps.append((begins, until, shares[gender, age] - most))
            most = shares[gender, age]
    total = sum(step for _, _, step in steps)
    found, done = [(0.0, float(steps[0][0]))], 0.0
    for _, until, step in steps:
        done += step
        found.append((100 * done / total, float(until)))
    return found


def main() -> None:
    rows = []
    for condition in CONDITIONS:
        if not condition.chronic and condition.name not in PUBLISHED:
            continue
        for gender in ("female", "male"):
            if condition.sex not in ("any", gender):
                continue
            known = condition.name in PUBLISHED
            cumulative = points(PUBLISHED[condition.name]) if known else accumulated(condition, gender)
            basis = "Solmi et al. 2022" if condition.name in SOLMI else "reviews, as commonly stated" if known else "US prevalence curve"
            rows.append([condition.name, gender, basis, *(round(interpolate(cumulative, share), 2) for share in SHARES)])
    write_table(
        DATA, "onset_ages", None, ["condition", "gender", "basis", *(f"age_{share}" for share in SHARES)], rows,
        source="Solmi et al., Molecular Psychiatry 2022, for mental disorders; see the column basis for the others",
        url="https://doi.org/10.1038/s41380-021-01161-7", licence="published facts", date="2022",
        method="data-build/onsets.py: age by which so many per cent of those affected in the end have the condition", grade="E",
    )  # fmt: skip


if __name__ == "__main__":
    main()
