"""Conditions, their codes, prevalence by sex and age, and comorbidity.

Needs the standard library and datamimic; with simple_icd_10_cm installed the US code texts are written as well
(without it the script stops). # requires: simple_icd_10_cm==1.5.0
"""


from __future__ import annotations

import itertools

import simple_icd_10_cm
from body_size import DATA, interpolate, obesity_prevalence, shift_odds
from condition_list import CONDITIONS, Condition
from population import COUNTRIES, by_year
from risk_factors import CURRENT, FORMER, HIGH, LOW, OVERWEIGHT, RATIOS, SEVERE, UNDERWEIGHT, groups
from specialty_list import DEPARTMENT

from datamimic.tables.build import write_table

AGES = (0, 2, 5, 12, 18, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85)
CODE_SYSTEM = {"US": "ICD-10-CM", "DE": "ICD-10-GM", "VN": "ICD-10", "GB": "ICD-10", "FR": "ICD-10"}
MAX_SHARE = 0.97

# condition, given condition, odds ratio at equal age and sex; 0: never together; inf: only together.
INF = float("inf")
COMORBIDITY = [
    ("Type 2 Diabetes", "Obesity", 3.0, "NHANES 2021-23: diabetes 6.8 % below BMI 25, 24.2 % from 30"),
    ("Type 2 Diabetes", "Type 1 Diabetes", 0, "Excludes1 E10 and E11"),
    ("Hypertension", "Obesity", 2.2, "order of size of NHANES analyses"),
    ("Hypertension", "Type 2 Diabetes", 2.6, "DE: 76.4 % of known type 2 diabetes have hypertension"),
    ("Hyperlipidemia", "Type 2 Diabetes", 2.2, "estimate"),
    ("Hyperlipidemia", "Hypertension", 2.0, "estimate"),
    ("Coronary Artery Disease", "Hypertension", 2.0, "estimate"),
    ("Coronary Artery Disease", "Type 2 Diabetes", 2.0, "estimate"),
    ("Coronary Artery Disease", "Hyperlipidemia", 2.4, "estimate"),
    ("Previous Myocardial Infarction", "Coronary Artery Disease", INF, "an old infarction is coronary disease"),
    ("Atrial Fibrillation", "Hypertension", 1.7, "estimate"),
    ("Heart Failure", "Hypertension", 2.0, "estimate"),
    ("Heart Failure", "Coronary Artery Disease", 3.5, "estimate"),
    ("Heart Failure", "Atrial Fibrillation", 3.0, "estimate"),
    ("Previous Stroke", "Hypertension", 2.2, "estimate"),
    ("Previous Stroke", "Atrial Fibrillation", 2.4, "estimate"),
    ("Chronic Kidney Disease", "Hypertension", 2.3, "estimate"),
    ("Chronic Kidney Disease", "Type 2 Diabetes", 2.4, "estimate"),
    ("Gout", "Obesity", 2.0, "estimate"),
    ("Gout", "Chronic Kidney Disease", 2.0, "estimate"),
    ("Allergic Rhinitis", "Asthma", 3.0, "estimate"),
    ("Atopic Dermatitis", "Asthma", 3.03, "Ravnborg et al., J Am Acad Dermatol 2021: pooled odds ratio of 213 studies"),
    ("Alcohol Use Disorder", "Depression", 2.3, "Grant et al., Arch Gen Psychiatry 2004 (NESARC), past year"),
    ("Obstructive Sleep Apnea", "Obesity", 3.8, "estimate"),
    ("Obstructive Sleep Apnea", "Hypertension", 1.5, "estimate"),
    ("Anxiety Disorder", "Depression", 5.0, "estimate"),
    ("Bipolar Disorder", "Depression", 0, "Excludes1 F31 and F32"),
    ("Autism Spectrum Disorder", "ADHD", 4.0, "estimate"),
    ("Schizophrenia", "Bipolar Disorder", 0, "one psychosis diagnosis at a time"),
    ("Ulcerative Colitis", "Crohn's Disease", 0, "Excludes1 K50 and K51"),
    ("Cirrhosis of Liver", "Alcohol Use Disorder", 8.0, "estimate"),
    ("Cirrhosis of Liver", "Chronic Hepatitis B", 6.0, "estimate"),
    ("Gastroesophageal Reflux Disease", "Obesity", 1.6, "estimate"),
    ("Osteoarthritis", "Obesity", 1.9, "estimate"),
    ("Breast Cancer", "Pregnancy", 0, "keeps supervised normal pregnancy normal"),
    ("Cataract", "Type 2 Diabetes", 1.6, "estimate"),
    ("Heart Failure", "Obesity", 1.4, "estimate"),
    ("Atrial Fibrillation", "Obesity", 1.4, "estimate"),
    ("Hyperlipidemia", "Obesity", 1.7, "estimate"),
    ("Asthma", "Obesity", 1.4, "estimate"),
    ("Depression", "Obesity", 1.3, "estimate"),
    *((name, risk, odds, "estimate") for name, risk, odds in RATIOS),
]  # fmt: skip
# One at most of each: the groups of a person's body mass, smoking and schooling.
APART = ({UNDERWEIGHT, OVERWEIGHT, "Obesity"}, {UNDERWEIGHT, OVERWEIGHT, SEVERE}, {CURRENT, FORMER}, {LOW, HIGH})
# Shares of men and women against those of the US curves.
SEX_FACTOR = {
    ("VN", "Lung Cancer"): {"male": 1.2, "female": 0.6}, ("VN", "Alcohol Use Disorder"): {"male": 1.2, "female": 0.12},
    ("VN", "Gout"): {"male": 1.1, "female": 0.4}, ("DE", "Lung Cancer"): {"male": 1.15, "female": 0.85},
    ("FR", "Lung Cancer"): {"male": 1.2, "female": 0.8},
}  # fmt: skip
# Days for which a passing condition lasts, at most; the others stay.
LASTS = {
    "Pneumonia": 28, "Upper Respiratory Infection": 14, "Gastritis": 60, "Pregnancy": 270, "Urinary Tract Infection": 14,
    "Otitis Media": 14, "Tuberculosis": 180, "Dengue Fever": 14, "Iron Deficiency Anemia": 730, "Lung Cancer": 1500,
    "Colorectal Cancer": 3650, "Low Back Pain": 3650,
}  # fmt: skip
# Diseases with which people of the same age die several times as often.
SERIOUS = {
    "Previous Myocardial Infarction", "Heart Failure", "Previous Stroke", "Chronic Kidney Disease", "COPD", "Alzheimer's Disease",
    "Parkinson's Disease", "Cirrhosis of Liver", "Colorectal Cancer", "Lung Cancer", "Schizophrenia", "Alcohol Use Disorder",
}  # fmt: skip
LIFT_BY_COUNTRY = {("DE", "Hypertension", "Type 2 Diabetes"): 5.4}

# condition: country, first and last age, gender or "", per cent, source. The curves are raked onto these.
TARGETS: dict[str, list[tuple[str, int, int, str, float]]] = {
    "Hypertension": [
        ("US", 18, 120, "male", 50.8), ("US", 18, 120, "female", 44.6), ("US", 18, 39, "", 23.4),
        ("US", 40, 59, "", 52.5), ("US", 60, 120, "", 71.6),
        ("DE", 18, 120, "female", 30.9), ("DE", 18, 120, "male", 32.8), ("DE", 65, 120, "female", 63.8),
        ("DE", 65, 120, "male", 65.1), ("DE", 18, 29, "", 3.0), ("DE", 30, 44, "", 10.0), ("DE", 55, 64, "", 41.0), ("VN", 25, 64, "", 28.3), ("GB", 18, 120, "", 18.2), ("FR", 18, 74, "", 30.6),
    ],
    "Type 2 Diabetes": [
        ("US", 20, 120, "male", 12.4), ("US", 20, 120, "female", 9.2), ("US", 20, 39, "", 1.7), ("US", 40, 59, "", 11.5),
        ("US", 60, 120, "", 20.0), ("DE", 18, 120, "female", 7.7), ("DE", 18, 120, "male", 9.1),
        ("VN", 25, 64, "", 6.9), ("GB", 18, 120, "", 7.0), ("FR", 18, 120, "", 6.6),
    ],
    "Hyperlipidemia": [("VN", 25, 64, "", 15.63)],
    "Coronary Artery Disease": [("DE", 40, 79, "female", 6.4), ("DE", 40, 79, "male", 12.3), ("GB", 18, 120, "", 3.8)],
    "Previous Myocardial Infarction": [("DE", 40, 79, "female", 2.5), ("DE", 40, 79, "male", 7.0)],
    "Previous Stroke": [
        ("DE", 40, 79, "female", 2.5), ("DE", 40, 79, "male", 3.3), ("DE", 70, 79, "female", 6.3),
        ("DE", 70, 79, "male", 8.1), ("GB", 18, 120, "", 2.4),
    ],
    "Atrial Fibrillation": [("GB", 18, 120, "", 2.7)],
    "Asthma": [("US", 18, 120, "female", 9.7), ("US", 18, 120, "male", 5.5), ("DE", 18, 120, "", 8.0), ("GB", 6, 120, "", 6.5)],
    "COPD": [("US", 18, 24, "", 0.4), ("US", 75, 120, "", 10.5), ("US", 18, 120, "female", 4.1),
             ("US", 18, 120, "male", 3.4), ("GB", 18, 120, "", 2.4), ("VN", 40, 120, "male", 7.1), ("VN", 40, 120, "female", 1.9)],
    "Alzheimer's Disease": [
        ("US", 65, 74, "", 5.0), ("US", 75, 84, "", 13.1), ("US", 85, 120, "", 33.3), ("US", 65, 120, "female", 12.0),
        ("US", 65, 120, "male", 9.0), ("US", 30, 64, "", 0.11),
    ],
    "Depression": [("GB", 18, 120, "", 13.2)],
}  # fmt: skip
TARGET_SOURCE = {
    "US": "NHANES and NHIS figures in NCHS Data Briefs 2018-2024; Alzheimer's Association Facts and Figures 2023",
    "DE": "RKI: GEDA 2014/15-EHIS, GEDA 2019/20, DEGS1",
    "VN": "VN STEPS 2020/21; WHO Viet Nam (chronic obstructive pulmonary disease, 40 and over: men 7.1 %, women 1.9 %)",
    "GB": "NHS England QOF 2022-23",
    "FR": "Santé publique France, Esteban 2014-16 and SNDS 2021 (approximate)",
}
CURVE_SOURCE = "curve drawn after published US figures (CDC, NIH, specialist societies), shape by age estimated"


def curve(condition: Condition, country: str) -> dict[tuple[str, int], float]:
    """Share by gender and age band before raking."""
    shares = {}
    for gender, text in (("male", condition.men), ("female", condition.women)):
        points = [(float(age), float(share)) for age, share in (p.split(":") for p in text.split())] if text else []
        for k, start in enumerate(AGES):
            end = AGES[k + 1] if k + 1 < len(AGES) else 95
            allowed = condition.min_age <= start and start <= condition.max_age and condition.sex in ("any", gender)
            if condition.name == "Obesity":
                ages = range(start, min(end, 90))
                share = sum(obesity_prevalence(country, gender, age) for age in ages) / len(ages)
            elif allowed and points:
                share = interpolate(points, (start + min(end, condition.max_age + 1)) / 2) / 100
                share *= condition.factors.get(country, 1.0) * SEX_FACTOR.get((country, condition.name), {}).get(gender, 1.0)
            else:
                share = 0.0
            shares[gender, start] = min(share, MAX_SHARE) if allowed else 0.0
    return shares


def rake(shares: dict[tuple[str, int], float], condition: str, country: str) -> dict[tuple[str, int], float]:
    weights = by_year(country)
    targets = [(lo, hi, sex, pct / 100) for c, lo, hi, sex, pct in TARGETS.get(condition, []) if c == country]
    band = {age: max(a for a in AGES if a <= age) for age in range(105)}
    for _ in range(300 if targets else 0):
        for lo, hi, sex, target in targets:
            cells = [key for key in weights if lo <= key[1] <= hi and sex in ("", key[0])]
            share = sum(weights[g, a] * shares[g, band[a]] for g, a in cells) / sum(weights[key] for key in cells)
            ratio = target / (1 - target) * (1 - share) / share
            for key in sorted({(g, band[a]) for g, a in cells}):
                shares[key] = min(shift_odds(shares[key], ratio**0.7), MAX_SHARE) if shares[key] else 0.0
    return shares


def parents(condition: str) -> list[str]:
    return [given for name, given, _, _ in COMORBIDITY if name == condition]


def ratio(country: str, condition: str, given: str) -> float:
    default = next(r for name, g, r, _ in COMORBIDITY if (name, g) == (condition, given))
    return LIFT_BY_COUNTRY.get((country, condition, given), default)


def states_of(given: list[str]) -> list[tuple[str, ...]]:
    """Sets of a condition's parents that somebody can have."""
    sets = [s for k in range(len(given) + 1) for s in itertools.combinations(given, k)]
    return [
        s
        for s in sets
        if all(len(group & {*s}) < 2 for group in APART) and not (SEVERE in s and "Obesity" in given and "Obesity" not in s)
    ]


def conditional(
    country: str, prevalence: dict[str, float], base: dict[frozenset[str], float]
) -> dict[str, dict[tuple[str, ...], float]]:
    """For one gender and age band: share of each condition given which of its parents a person has."""
    result: dict[str, dict[tuple[str, ...], float]] = {}
    for condition in CONDITIONS:
        name, given = condition.name, parents(condition.name)
        states = states_of(given)
        joint = dict.fromkeys(states, 0.0)
        for people, weight in _joint(given, result, base).items():
            joint[tuple(g for g in given if g in people)] += weight
        low, high = 0.0, 1e6
        for _ in range(80):
            odds = (low + high) / 2
            total = sum(weight * _share(country, name, state, given, odds) for state, weight in joint.items())
            low, high = (odds, high) if total < prevalence[name] else (low, odds)
        result[name] = {s: _share(country, name, s, given, low) if prevalence[name] else 0.0 for s in states}
    return result


def _share(country: str, name: str, state: tuple[str, ...], given: list[str], odds: float) -> float:
    for parent in given:
        ratio_ = ratio(country, name, parent)
        if ratio_ == INF:
            if parent not in state:
                return 0.0
        elif parent in state:
            odds *= ratio_
    return min(odds / (1 + odds), MAX_SHARE)


def _joint(
    names: list[str], known: dict[str, dict[tuple[str, ...], float]], base: dict[frozenset[str], float]
) -> dict[frozenset[str], float]:
    """Joint distribution of the named conditions and groups, and of all that stands behind them."""
    needed: set[str] = set()
    queue = list(names)
    while queue:
        name = queue.pop()
        if name not in needed:
            needed.add(name)
            queue += parents(name)
    joint: dict[frozenset[str], float] = {}
    for people, weight in base.items():
        joint[people & needed] = joint.get(people & needed, 0.0) + weight
    for name in [c.name for c in CONDITIONS if c.name in needed and c.name != "Obesity"]:
        grown: dict[frozenset[str], float] = {}
        for people, weight in joint.items():
            share = known[name][tuple(g for g in parents(name) if g in people)]
            for extended, part in ((people | {name}, weight * share), (people, weight * (1 - share))):
                if part:
                    grown[extended] = grown.get(extended, 0.0) + part
        joint = grown
    return joint


def prevalence_rows(country: str) -> list[list[object]]:
    marginal = {c.name: rake(curve(c, country), c.name, country) for c in CONDITIONS}
    for condition in CONDITIONS:
        if condition.name == "Previous Myocardial Infarction":
            disease = marginal["Coronary Artery Disease"]
            for key, share in marginal[condition.name].items():
                marginal[condition.name][key] = min(share, 0.85 * disease[key])
    tables = {
        (gender, age): conditional(
            country, {name: shares[gender, age] for name, shares in marginal.items()}, groups(country, gender, min(age + 2, 87))
        )
        for gender in ("male", "female")
        for age in AGES
    }
    rows: list[list[object]] = []
    for condition in CONDITIONS:
        for state in tables["male", 0][condition.name]:
            values = {
                gender: [tables[gender, age][condition.name][state] for age in AGES] for gender in ("male", "female")
            }
            for gender in ("female", "male"):
                cells = [f"{100 * share:.4f}".rstrip("0").rstrip(".") for share in values[gender]]
                rows.append([condition.name, gender, " + ".join(state), *cells])
    return rows


# condition, code, body mass index from and below (of adults; empty: any), first and last day, text. A row counts instead of the
# code of condition_list.py; US: fiscal years of ICD-10-CM; DE: fifth digits of ICD-10-GM for the body mass index.
VARIANTS = {
    "US": [
        ("Obesity", "E66.811", 30, 35, "2024-10-01", "", "Obesity, class 1"), ("Obesity", "E66.812", 35, 40, "2024-10-01", "", "Obesity, class 2"),
        ("Obesity", "E66.813", 40, 999, "2024-10-01", "", "Obesity, class 3"),
        ("Multiple Sclerosis", "G35", "", "", "", "2025-09-30", "Multiple sclerosis"), ("Depression", "F32.9", "", "", "", "2021-09-30", "Major depressive disorder, single episode, unspecified"),
        ("Parkinson's Disease", "G20", "", "", "", "2023-09-30", "Parkinson's disease"),
        ("Low Back Pain", "M54.5", "", "", "", "2021-09-30", "Low back pain"), ("Chronic Kidney Disease", "N18.3", "", "", "", "2020-09-30", "Chronic kidney disease, stage 3 (moderate)"),
    ],
    "DE": [
        ("Obesity", "E66.90", 30, 35, "", "", "Adipositas, nicht näher bezeichnet: BMI von 30 bis unter 35"),
        ("Obesity", "E66.91", 35, 40, "", "", "Adipositas, nicht näher bezeichnet: BMI von 35 bis unter 40"),
        ("Obesity", "E66.92", 40, 999, "", "", "Adipositas, nicht näher bezeichnet: BMI von 40 und mehr"),
    ],
}  # fmt: skip


def main() -> None:
    codes_now = {c.name: c.icd10cm for c in CONDITIONS}
    for country in COUNTRIES:
        rows = [row for row in VARIANTS.get(country, []) if country != "US" or row[1] != codes_now[row[0]]]
        # A country whose codes do not vary has one row that never counts.
        rows = rows or [("Obesity", "", 0, 0, "9999-01-01", "", "")]
        write_table(
            DATA, "condition_code_variants", country,
            ["condition", "code", "bmi_least", "bmi_below", "valid_from", "valid_until", "code_text"], rows,
            source="ICD-10-CM addenda of FY2021 to FY2026, CDC/CMS" if country == "US" else "ICD-10-GM, BfArM" if country == "DE" else "none vary",
            url={"US": "https://www.cms.gov/medicare/coding-billing/icd-10-codes", "DE": "https://www.bfarm.de/DE/Kodiersysteme/Klassifikationen/ICD"}.get(country, ""),
            licence="public domain" if country == "US" else "codes as facts; own texts", date="2025",
            method="data-build/conditions.py: hand-entered", grade="C" if country in ("US", "DE") else "D",
        )  # fmt: skip
    write_table(
        DATA, "conditions", None,
        ["condition", "sex", "min_age", "max_age", "chronic", "serious", "specialty", "department", "description"],
        [[c.name, c.sex, c.min_age, c.max_age, int(c.chronic), int(c.name in SERIOUS), c.specialty, DEPARTMENT[c.specialty], c.description]
         for c in CONDITIONS],
        source="own list; sex limits after the Medicare Code Editor", licence="MIT (own work)", date="2026-11",
        method="data-build/condition_list.py: hand-written; which conditions there are, no figure of how often", grade="D",
    )  # fmt: skip
    write_table(
        DATA, "condition_durations", None, ["condition", "lasts_days"], [[c.name, LASTS.get(c.name, 0)] for c in CONDITIONS],
        source="own estimates", licence="MIT (own work)", date="2026-11",
        method="data-build/conditions.py: days that one case lasts; 0 for conditions that stay", grade="E",
    )  # fmt: skip
    write_table(
        DATA, "comorbidity", None, ["condition", "given", "odds_ratio", "basis"],
        [[name, given, "only together" if r == INF else r, basis] for name, given, r, basis in COMORBIDITY],
        source="own estimates after published order of size; DE hypertension in diabetes: RKI", licence="MIT (own work)",
        date="2026-11", method="data-build/conditions.py: odds ratio at equal age and sex (documentation; the conditional "
        "shares are in condition_prevalence)", grade="E",
    )  # fmt: skip
    sources: list[list[object]] = []
    for country in COUNTRIES:
        codes: list[list[object]] = []
        for c in CONDITIONS:
            code = {"US": c.icd10cm, "DE": c.icd10gm}.get(country, c.icd10)
            text = simple_icd_10_cm.get_description(code) if country == "US" else c.name
            codes.append([c.name, CODE_SYSTEM[country], code, text])
            cited = c.name == "Obesity" or any(t[0] == country for t in TARGETS.get(c.name, []))
            grade = (
                "B"
                if cited and country in ("US", "DE", "VN")
                else "C"
                if cited
                else c.grade
                if country == "US"
                else "E"
            )
            basis = TARGET_SOURCE[country] if cited else CURVE_SOURCE
            if country != "US" and not cited:
                basis = f"US curve times {c.factors.get(country, 1.0):g} (estimate)"
            sources.append([c.name, country, grade, basis])
        write_table(
            DATA, "condition_codes", country, ["condition", "code_system", "code", "code_text"], codes,
            source="ICD-10-CM FY2025, CDC/CMS" if country == "US" else "codes of ICD-10; texts are our own condition names",
            url="https://www.cdc.gov/nchs/icd/icd-10-cm/" if country == "US" else "",
            licence="public domain" if country == "US" else "codes as facts; own texts",
            date="2025", method="data-build/conditions.py: leaf codes chosen by hand, US texts from simple_icd_10_cm", grade="A",
        )  # fmt: skip
        write_table(
            DATA, "condition_prevalence", country, ["condition", "gender", "given", *(f"age_{a}" for a in AGES)],
            prevalence_rows(country), source=TARGET_SOURCE[country] + "; per condition see condition_sources.csv",
            url="", licence="published facts", date="2024", method="data-build/conditions.py: curves raked onto published "
            "figures with UN WPP 2019 population weights, then split by comorbidity; per cent of persons with the conditions in "
            "`given` and none of the others that raise the risk", grade="C",
        )  # fmt: skip
    write_table(
        DATA, "condition_sources", None, ["condition", "country", "grade", "basis"], sources,
        source="see column basis", licence="MIT (own work)", date="2026-11", method="data-build/conditions.py", grade="C",
    )  # fmt: skip


if __name__ == "__main__":
    main()
