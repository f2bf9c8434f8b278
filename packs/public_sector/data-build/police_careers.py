"""police_careers_<CC>.csv (who may join when, until when one serves, how many are women), police_ages_<CC>.csv and
police_hire_ages_<CC>.csv (quantiles of the ages of officers and of joining), police_education_<CC>.csv.

`state_code` is "*" where one rule holds for the whole country. `role` of police_ages is `head` for those who lead a
department and `member` for the others.
"""

from __future__ import annotations

from pack_data import OWN, publish, quantiles

# country -> [(state, youngest and oldest at joining, last age in service)]. Germany: Laufbahn- and Beamtengesetze der Länder.
CAREERS = {
    "US": [("*", 21, 40, 65)],
    "DE": [
        ("DE-BW", 17, 30, 62), ("DE-BY", 17, 30, 62), ("DE-BE", 16, 38, 62), ("DE-BB", 17, 35, 62), ("DE-HB", 17, 35, 62), ("DE-HH", 16, 33, 60),
        ("DE-HE", 17, 36, 62), ("DE-MV", 17, 35, 62), ("DE-NI", 17, 32, 62), ("DE-NW", 17, 36, 62), ("DE-RP", 17, 35, 62), ("DE-SL", 17, 35, 62),
        ("DE-SN", 17, 33, 62), ("DE-ST", 17, 35, 61), ("DE-SH", 17, 33, 62), ("DE-TH", 17, 34, 62),
    ],
    "VN": [("*", 18, 30, 60)],
    "GB": [("*", 18, 40, 60)],
    "FR": [("*", 18, 44, 62)],
}  # fmt: skip
# A German trainee of sixteen is no officer yet: all are at least 18 here, as invariant 185 asks.
WOMEN = {
    "US": (0.125, "BJS, Local Police Departments 2013 and 2016: sworn officers who are women", "https://bjs.ojp.gov/", "2016", "B"),
    "DE": (0.31, "Statistisches Bundesamt, Personal im öffentlichen Dienst (Polizei, rounded)", "https://www.destatis.de/", "2022", "C"),
    "VN": (0.13, OWN, "", "2026", "E"),
    "GB": (0.354, "Home Office, Police workforce England and Wales, 31 March 2024", "https://www.gov.uk/", "2024", "B"),
    "FR": (0.29, "Ministère de l'Intérieur, bilan social de la police nationale (rounded)", "https://www.interieur.gouv.fr/", "2022", "C"),
}
MEMBERS = {
    "US": quantiles((0, 21), (0.06, 25), (0.2, 30), (0.37, 35), (0.54, 40), (0.7, 45), (0.84, 50), (0.93, 55), (0.98, 60), (1, 65.99)),
    "DE": quantiles((0, 18), (0.07, 22), (0.25, 30), (0.42, 37), (0.58, 44), (0.74, 50), (0.88, 55), (0.97, 60), (1, 62.99)),
    "VN": quantiles((0, 18), (0.1, 22), (0.3, 27), (0.5, 32), (0.68, 37), (0.83, 42), (0.93, 48), (0.99, 55), (1, 60.99)),
    "GB": quantiles((0, 19), (0.06, 24), (0.2, 29), (0.38, 34), (0.55, 39), (0.72, 44), (0.88, 50), (0.98, 56), (1, 60.99)),
    "FR": quantiles((0, 18), (0.05, 23), (0.18, 29), (0.36, 35), (0.55, 41), (0.74, 47), (0.9, 53), (0.98, 57), (1, 62.99)),
}
HEADS = {
    "US": quantiles((0, 36), (0.1, 41), (0.35, 47), (0.6, 52), (0.85, 58), (1, 65.99)),
    "DE": quantiles((0, 47), (0.2, 51), (0.5, 55), (0.8, 58), (1, 62.99)),
    "VN": quantiles((0, 51), (0.4, 54), (0.8, 57), (1, 60.99)),
    "GB": quantiles((0, 44), (0.3, 47), (0.7, 52), (1, 60.99)),
    "FR": quantiles((0, 42), (0.3, 47), (0.7, 53), (1, 62.99)),
}
JOINING = {
    "US": quantiles((0, 21), (0.2, 22.5), (0.45, 24), (0.65, 26), (0.82, 29), (0.94, 34), (1, 40.99)),
    "DE": quantiles((0, 17), (0.35, 19), (0.65, 21), (0.85, 24), (0.95, 28), (1, 38.99)),
    "VN": quantiles((0, 18), (0.5, 19.5), (0.8, 22), (0.93, 25), (1, 30.99)),
    "GB": quantiles((0, 18), (0.25, 21), (0.5, 24), (0.75, 28), (0.92, 34), (1, 40.99)),
    "FR": quantiles((0, 18), (0.25, 21), (0.5, 23), (0.75, 26), (0.92, 31), (1, 44.99)),
}

# Highest education by service class of the rank (estimates); what nobody of an age can have yet is left out for it.
YOUNGEST = {"lower_secondary": 0, "upper_secondary": 0, "vocational": 18, "some_college": 18, "associate": 20, "bachelor": 21, "master": 23, "doctorate": 26}
EDUCATION = {
    "US": {"line": "upper_secondary=20;some_college=30;associate=20;bachelor=28;master=2", "supervisory": "upper_secondary=12;some_college=22;associate=20;bachelor=38;master=8",
           "command": "some_college=12;associate=10;bachelor=48;master=30", "executive": "some_college=8;associate=6;bachelor=45;master=38;doctorate=3"},
    "DE": {"mittlerer Dienst": "lower_secondary=30;upper_secondary=20;vocational=50", "gehobener Dienst": "upper_secondary=8;vocational=10;bachelor=80;master=2",
           "höherer Dienst": "upper_secondary=0.1;master=94;doctorate=6"},
    "VN": {"Hạ sĩ quan": "upper_secondary=70;associate=30", "Sĩ quan cấp úy": "upper_secondary=4;associate=34;bachelor=60;master=2",
           "Sĩ quan cấp tá": "associate=12;bachelor=70;master=17;doctorate=1", "Sĩ quan cấp tướng": "bachelor=30;master=45;doctorate=25"},
    "GB": {"federated": "upper_secondary=48;some_college=10;bachelor=38;master=4", "superintending": "upper_secondary=15;bachelor=55;master=30",
           "chief officer": "bachelor=45;master=50;doctorate=5"},
    "FR": {"encadrement et application": "upper_secondary=62;associate=15;bachelor=20;master=3", "commandement": "upper_secondary=5;bachelor=45;master=50",
           "conception et direction": "upper_secondary=0.1;master=93;doctorate=7"},
}  # fmt: skip


def education(country: str) -> list[tuple[str, int, str, float]]:
    """(service class, age_from, education, weight); a class without anything for an age has what its youngest have."""
    rows = []
    for group, text in EDUCATION[country].items():
        shares = [(name, float(weight)) for name, _, weight in (part.partition("=") for part in text.split(";"))]
        for age in sorted(set(YOUNGEST.values())):
            able = [(name, weight) for name, weight in shares if YOUNGEST[name] <= age]
            rows += [(group, age, name, weight) for name, weight in able or [("upper_secondary", 1.0)]]
    return rows


for country, rows in CAREERS.items():
    publish(__file__, "police_education", country, ["service_class", "age_from", "education", "weight"], education(country), source=OWN, date="2026", grade="E")
    share, source, url, date, grade = WOMEN[country]
    publish(
        __file__, "police_careers", country, ["state_code", "hire_age_min", "hire_age_max", "retirement_age", "female_share"],
        [(state, max(18, low), high, last, share) for state, low, high, last in rows],
        source="police service laws (entry and retirement ages, rounded); " + source, url=url, date=date, grade=grade,
    )  # fmt: skip
    publish(
        __file__, "police_ages", country, ["role", "quantile", "age"],
        [(role, q, age) for role, points in (("member", MEMBERS[country]), ("head", HEADS[country])) for q, age in points],
        source=OWN, date="2026", grade="E",
    )  # fmt: skip
    joining = [(q, max(18, age)) for q, age in JOINING[country]]
    publish(__file__, "police_hire_ages", country, ["quantile", "age"], joining, source=OWN, date="2026", grade="E")
