"""What raises the risk of diseases besides other diseases: body mass, smoking and schooling, and how common each is.

`RATIOS` are odds ratios at equal age and sex, estimates after the order of size of large cohort studies (but for diabetes with severe
obesity: diagnosed in 15.1 per cent from a body mass index of 35 on, in 6.7 from 30 to 35, NHANES 1999-2000, Gregg et al. 2004); a group's share comes
from the tables of body sizes, smoking and schooling, so that risks stay consistent with them. Needs the standard library.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from body_size import QUANTILES, _size_rows, interpolate

COMMON = Path(__file__).parents[2] / "common" / "src" / "datamimic_pack_common" / "data"
ADULT, SCHOOLED = 18, 25
UNDERWEIGHT, OVERWEIGHT, SEVERE = "Underweight", "Overweight", "Severe Obesity"
CURRENT, FORMER = "Current Smoker", "Former Smoker"
LOW, HIGH = "Low Schooling", "High Schooling"
RISKS = (UNDERWEIGHT, OVERWEIGHT, SEVERE, CURRENT, FORMER, LOW, HIGH)
SCHOOLING = {
    "none": "low", "primary": "low", "lower_secondary": "low", "upper_secondary": "middle", "vocational": "middle",
    "associate": "middle", "some_college": "middle", "bachelor": "high", "master": "high", "doctorate": "high",
}  # fmt: skip
RATIOS = [
    ("Type 2 Diabetes", OVERWEIGHT, 1.8), ("Type 2 Diabetes", SEVERE, 2.4), ("Type 2 Diabetes", LOW, 1.35), ("Type 2 Diabetes", HIGH, 0.75),
    ("Hypertension", OVERWEIGHT, 1.5), ("Hypertension", SEVERE, 1.4), ("Hypertension", HIGH, 0.85),
    ("Hyperlipidemia", OVERWEIGHT, 1.5),
    ("Coronary Artery Disease", CURRENT, 2.3), ("Coronary Artery Disease", FORMER, 1.3), ("Coronary Artery Disease", LOW, 1.25),
    ("Heart Failure", SEVERE, 1.6), ("Atrial Fibrillation", SEVERE, 1.6),
    ("Previous Stroke", CURRENT, 1.8), ("Previous Stroke", LOW, 1.3),
    ("Gout", OVERWEIGHT, 1.6), ("Asthma", SEVERE, 1.7), ("Asthma", CURRENT, 1.2),
    ("COPD", CURRENT, 9.0), ("COPD", FORMER, 4.0), ("COPD", LOW, 1.4),
    ("Obstructive Sleep Apnea", OVERWEIGHT, 1.8), ("Obstructive Sleep Apnea", SEVERE, 2.0),
    ("Alzheimer's Disease", LOW, 1.5), ("Parkinson's Disease", CURRENT, 0.5),
    ("Depression", CURRENT, 1.8), ("Depression", LOW, 1.3), ("Depression", HIGH, 0.8), ("Anxiety Disorder", CURRENT, 1.5),
    ("Bipolar Disorder", CURRENT, 2.5), ("Schizophrenia", CURRENT, 3.5), ("Schizophrenia", LOW, 1.8),
    ("Alcohol Use Disorder", CURRENT, 2.8), ("Gastroesophageal Reflux Disease", OVERWEIGHT, 1.3),
    ("Crohn's Disease", CURRENT, 1.7), ("Ulcerative Colitis", CURRENT, 0.6), ("Ulcerative Colitis", FORMER, 1.6),
    ("Rheumatoid Arthritis", CURRENT, 1.5), ("Osteoarthritis", OVERWEIGHT, 1.4), ("Osteoarthritis", SEVERE, 1.5),
    ("Osteoporosis", UNDERWEIGHT, 2.3), ("Osteoporosis", CURRENT, 1.3), ("Low Back Pain", LOW, 1.4),
    ("Psoriasis", CURRENT, 1.5), ("Pregnancy", CURRENT, 0.5), ("Macular Degeneration", CURRENT, 2.2), ("Cataract", CURRENT, 1.4),
    ("Colorectal Cancer", SEVERE, 1.3), ("Lung Cancer", CURRENT, 16.0), ("Lung Cancer", FORMER, 7.0),
    ("Tuberculosis", CURRENT, 1.9), ("Tuberculosis", UNDERWEIGHT, 2.7),
]  # fmt: skip


@cache
def schooling(country: str, age: int) -> dict[str, float]:
    """Shares of low, middle and high schooling; all are in the middle before their schooling is over."""
    if age < SCHOOLED:
        return {"low": 0.0, "middle": 1.0, "high": 0.0}
    with (COMMON / f"education_{country}.csv").open(encoding="utf-8") as file:
        rows = [(int(row["age_from"]), row["education"], float(row["weight"])) for row in csv.DictReader(file)]
    band = max(start for start, _, _ in rows if start <= age)
    shares = dict.fromkeys(("low", "middle", "high"), 0.0)
    for start, education, weight in rows:
        if start == band:
            shares[SCHOOLING[education]] += weight
    return {name: share / sum(shares.values()) for name, share in shares.items()}


@cache
def body_mass(country: str, gender: str, age: int) -> dict[frozenset[str], float]:
    """Shares of the groups by body mass; of children only obesity counts."""
    row = next(r for r in reversed(_size_rows(country)) if r[0] == gender and r[1] <= age * 12)  # type: ignore[operator]
    limit, bmi = float(row[4]), [float(value) for value in row[5:]]  # type: ignore[arg-type]

    def below(value: float) -> float:
        return interpolate(list(zip(bmi, QUANTILES, strict=True)), value)

    if age < ADULT:
        obese = 1 - below(limit) if limit < 99 else 0.0
        return {frozenset(): 1 - obese, frozenset({"Obesity"}): obese}
    cuts = [0.0, below(18.5), below(25), below(30), below(35), 1.0]
    kinds = [{UNDERWEIGHT}, set(), {OVERWEIGHT}, {"Obesity"}, {"Obesity", SEVERE}]
    return {frozenset(kind): cuts[k + 1] - cuts[k] for k, kind in enumerate(kinds)}


def groups(country: str, gender: str, age: int) -> dict[frozenset[str], float]:
    """Joint shares of body mass, smoking and schooling, body mass independent of the others."""
    from smoking import shares_of

    joint: dict[frozenset[str], float] = {}
    levels = schooling(country, age)
    for level, part in levels.items():
        smoking = shares_of(country, gender, age, level)
        for status, share in smoking.items():
            kind = {"current": {CURRENT}, "former": {FORMER}}.get(status, set()) | {"low": {LOW}, "high": {HIGH}}.get(level, set())
            for mass, weight in body_mass(country, gender, age).items():
                key = mass | kind
                joint[key] = joint.get(key, 0.0) + part * share * weight
    return {key: weight for key, weight in joint.items() if weight > 0}
