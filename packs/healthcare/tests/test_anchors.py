"""Marginals against published figures, within the tolerance of their grade: 0.01 for A, 0.02 for B, 0.04 for C, plus the
sampling error at the number of rows.

The figures are of all people, while the old and women are patients more often than others: each patient counts for as many
people of the same sex and age as there are per patient.
"""

from math import sqrt

import numpy as np
import pytest

from datamimic import World
from datamimic_pack_healthcare import Hospital, Patient
from datamimic_pack_healthcare.clinical.bits import has

ROWS = 200_000
TOLERANCE = {"A": 0.01, "B": 0.02, "C": 0.04}


class People:
    def __init__(self, country):
        world = World("anchors", country, strict=True)
        batch = world.batch(world.spec(Patient), np.arange(ROWS))
        self.age = batch.column("age")
        self.male = batch.column("sex") == "male"
        self.bmi = batch.column("bmi")
        self.height = batch.column("height_cm")
        self.weight = batch.column("weight_kg")
        self.blood = batch.column("blood_type")
        self.smokes = batch.column("smoking_status") == "current"
        self.bits = batch.column("condition_bits")
        self.names = world.data(Patient)["conditions"].columns["condition"]
        shares = world.data(Patient)["patient_shares"]
        asked = shares.by("sex", "age_from").first(batch.column("sex"), self.age)
        self.people = 1.0 / shares.floats("share")[asked]

    def has(self, *conditions):
        return np.any([has(self.bits, self.names.index(name)) for name in conditions], axis=0)

    def among(self, low, high, sex=""):
        inside = (self.age >= low) & (self.age <= high)
        return inside & (self.male if sex == "M" else ~self.male if sex == "F" else True)

    def assert_share(self, flags, inside, per_cent, grade):
        count = int(inside.sum())
        share = np.average(flags[inside], weights=self.people[inside])
        error = 3 * sqrt(max(share * (1 - share), 1e-4) / count)
        assert abs(share - per_cent / 100) <= TOLERANCE[grade] + error, (share, per_cent, count)


@pytest.fixture(scope="module")
def us():
    return People("US")


@pytest.fixture(scope="module")
def de():
    return People("DE")


@pytest.fixture(scope="module")
def vn():
    return People("VN")


BLOOD = {
    "US": ({"O+": 37.4, "A+": 35.7, "B+": 8.5, "AB+": 3.4, "O-": 6.6, "A-": 6.3, "B-": 1.5, "AB-": 0.6}, "C"),
    "DE": ({"O+": 35, "A+": 37, "B+": 9, "AB+": 4, "O-": 6, "A-": 6, "B-": 2, "AB-": 1}, "B"),
    "VN": ({"O+": 41.7, "A+": 21.9, "B+": 30.8, "AB+": 4.98, "O-": 0.3, "A-": 0.1, "B-": 0.2, "AB-": 0.02}, "C"),
}


@pytest.mark.parametrize("country", BLOOD)
def test_blood_groups(country, request):
    people = request.getfixturevalue(country.lower())
    expected, grade = BLOOD[country]
    distance = sum(abs((people.blood == name).mean() - share / 100) for name, share in expected.items()) / 2
    assert distance <= TOLERANCE[grade] / 2 + 0.005


@pytest.mark.parametrize(
    ("low", "high", "sex", "per_cent"),
    [
        (18, 120, "", 47.7),
        (18, 120, "M", 50.8),
        (18, 120, "F", 44.6),
        (18, 39, "", 23.4),
        (40, 59, "", 52.5),
        (60, 120, "", 71.6),
    ],
)
def test_hypertension_us(us, low, high, sex, per_cent):
    us.assert_share(us.has("Hypertension"), us.among(low, high, sex), per_cent, "B")


@pytest.mark.parametrize(
    ("low", "high", "sex", "per_cent"),
    [
        (20, 120, "", 11.3),
        (20, 120, "M", 12.9),
        (20, 120, "F", 9.7),
        (20, 39, "", 2.2),
        (40, 59, "", 12.1),
        (60, 120, "", 20.5),
    ],
)
def test_diagnosed_diabetes_us(us, low, high, sex, per_cent):
    us.assert_share(us.has("Type 1 Diabetes", "Type 2 Diabetes"), us.among(low, high, sex), per_cent, "B")


@pytest.mark.parametrize(("sex", "per_cent"), [("F", 9.7), ("M", 5.5)])
def test_asthma_us(us, sex, per_cent):
    us.assert_share(us.has("Asthma"), us.among(18, 120, sex), per_cent, "B")


@pytest.mark.parametrize(
    ("low", "high", "sex", "per_cent"),
    [(18, 120, "", 3.8), (18, 120, "F", 4.1), (18, 120, "M", 3.4), (18, 24, "", 0.4), (75, 120, "", 10.5)],
)
def test_copd_us(us, low, high, sex, per_cent):
    us.assert_share(us.has("COPD"), us.among(low, high, sex), per_cent, "B")


@pytest.mark.parametrize(
    ("low", "high", "sex", "per_cent"),
    [
        (65, 74, "", 5.0),
        (75, 84, "", 13.1),
        (85, 120, "", 33.3),
        (65, 120, "", 10.8),
        (65, 120, "F", 12),
        (65, 120, "M", 9),
        (30, 64, "", 0.11),
    ],
)
def test_alzheimers_us(us, low, high, sex, per_cent):
    us.assert_share(us.has("Alzheimer's Disease"), us.among(low, high, sex), per_cent, "B")


@pytest.mark.parametrize(
    ("low", "high", "sex", "per_cent"),
    [
        (20, 120, "", 40.3),
        (20, 120, "M", 39.2),
        (20, 120, "F", 41.3),
        (20, 39, "", 35.5),
        (40, 59, "", 46.4),
        (60, 120, "", 38.9),
    ],
)
def test_obesity_us(us, low, high, sex, per_cent):
    # The body mass index keeps to NHANES 2009-12 (grade A) as well, whose obesity is 4 points lower: half-way.
    inside = us.among(low, high, sex)
    assert abs((us.bmi[inside] >= 30).mean() - per_cent / 100) < 0.05
    assert np.array_equal((us.bmi >= 30)[us.age >= 18], us.has("Obesity")[us.age >= 18])


@pytest.mark.parametrize(
    ("sex", "height", "weight", "classes"),
    [
        ("M", (175.8, 7.5), 89.2, {18.5: 0.9, 25: 25.6, 30: 63.6, 35: 87.2, 40: 95.2}),
        ("F", (162.0, 7.3), 75.5, {18.5: 2.5, 25: 35.6, 30: 64.2, 35: 82.6, 40: 91.9}),
    ],
)
def test_bodies_us(us, sex, height, weight, classes):
    inside = us.among(20, 120, sex)
    assert abs(us.height[inside].mean() - height[0]) < 0.8
    assert abs(us.height[inside].std() - height[1]) < 0.4
    assert abs(us.weight[inside].mean() - weight) < 2.0
    for limit, below in classes.items():
        assert abs((us.bmi[inside] < limit).mean() - below / 100) < 0.025, limit
    correlation = np.corrcoef(us.height[inside], us.weight[inside])[0, 1]
    assert abs(correlation - {"M": 0.41, "F": 0.29}[sex]) < 0.08


@pytest.mark.parametrize(
    ("age", "girls", "boys"), [(2, 90.1, 91.9), (4, 106.0, 107.6), (6, 119.2, 119.0), (8, 132.3, 131.3), (10, 145.2, 142.6),
                               (12, 157.4, 157.1), (14, 160.1, 170.0), (16, 162.0, 175.2)],
)  # fmt: skip
def test_growth_us(us, age, girls, boys):
    assert abs(us.height[us.among(age, age, "F")].mean() - girls) < 2.0
    assert abs(us.height[us.among(age, age, "M")].mean() - boys) < 2.0


@pytest.mark.parametrize(
    ("condition", "low", "high", "sex", "per_cent", "grade"),
    [
        ("Hypertension", 65, 120, "F", 63.8, "B"), ("Hypertension", 65, 120, "M", 65.1, "B"),
        ("Hypertension", 18, 120, "F", 30.9, "C"),
        ("Hypertension", 18, 120, "M", 32.8, "C"), ("Previous Myocardial Infarction", 40, 79, "F", 2.5, "B"),
        ("Previous Myocardial Infarction", 40, 79, "M", 7.0, "B"), ("Coronary Artery Disease", 40, 79, "F", 6.4, "B"),
        ("Coronary Artery Disease", 40, 79, "M", 12.3, "B"), ("Previous Stroke", 40, 79, "F", 2.5, "B"),
        ("Previous Stroke", 40, 79, "M", 3.3, "B"), ("Previous Stroke", 70, 79, "F", 6.3, "B"),
        ("Previous Stroke", 70, 79, "M", 8.1, "B"),
        ("Asthma", 18, 120, "", 8.0, "C"), ("Obesity", 18, 120, "", 19.0, "C"),
    ],
)  # fmt: skip
def test_germany(de, condition, low, high, sex, per_cent, grade):
    de.assert_share(de.has(condition), de.among(low, high, sex), per_cent, grade)


def test_diabetes_germany(de):
    known = de.has("Type 1 Diabetes", "Type 2 Diabetes")
    for sex, per_cent in (("F", 8.2), ("M", 9.6), ("", 8.9)):
        de.assert_share(known, de.among(18, 120, sex), per_cent, "C")
    second = de.has("Type 2 Diabetes")
    assert abs(de.has("Hypertension")[second].mean() - 0.764) < 0.03
    adults = de.among(18, 120)
    assert de.has("Hypertension")[second].mean() / de.has("Hypertension")[adults].mean() >= 1.5
    for sex, per_cent in (("F", 46.6), ("M", 60.5)):
        de.assert_share(de.bmi >= 25, de.among(18, 120, sex), per_cent, "C")
    assert abs(de.height[de.among(18, 120, "M")].mean() - 179) < 1.5
    assert abs(de.height[de.among(18, 120, "F")].mean() - 166) < 1.5


def test_vietnam(vn):
    adults = vn.among(25, 64)
    vn.assert_share(vn.has("Hypertension"), adults, 28.3, "B")
    vn.assert_share(vn.bmi >= 25, adults, 20.57, "B")
    vn.assert_share(vn.has("Type 2 Diabetes", "Type 1 Diabetes"), adults, 6.96, "B")
    vn.assert_share(vn.has("Hyperlipidemia"), adults, 15.63, "B")
    assert abs(vn.height[vn.among(18, 24, "M")].mean() - 168.1) < 1
    assert abs(vn.height[vn.among(18, 24, "F")].mean() - 156.2) < 1


def test_comorbidity_us(us):
    second = us.has("Type 2 Diabetes")
    adults = us.among(18, 120)
    assert us.has("Hypertension")[second].mean() / us.has("Hypertension")[adults].mean() >= 1.5
    obese, slim = adults & (us.bmi >= 30), adults & (us.bmi < 25)
    assert us.has("Type 2 Diabetes")[obese].mean() > 2.5 * us.has("Type 2 Diabetes")[slim].mean()


def test_smoking(us, vn):
    for sex, per_cent in (("", 11.6), ("M", 13.1), ("F", 10.1)):
        us.assert_share(us.smokes, us.among(18, 120, sex), per_cent, "B")
    vn.assert_share(vn.smokes, vn.among(18, 69, "M"), 50.6, "C")
    vn.assert_share(vn.smokes, vn.among(18, 69, "F"), 1.5, "C")
    lungs = us.has("COPD")
    assert us.smokes[lungs].mean() > 2.5 * us.smokes[us.among(18, 120)].mean()


@pytest.mark.parametrize(
    ("country", "beds"), [("US", 916_752), ("DE", 480_382), ("FR", 369_400), ("GB", 163_000), ("VN", 320_000)]
)
def test_hospitals_have_the_beds_of_the_country(country, beds):
    world = World("anchors", country)
    sites = len(world.data(Hospital)["hospital_sites"])
    made = world.batch(world.spec(Hospital), np.arange(sites)).column("bed_count")
    assert abs(made.sum() / beds - 1) < 0.06


def test_coverage_us():
    world = World("anchors", "US")
    batch = world.batch(world.spec(Patient), np.arange(50_000))
    age, kind, income = batch.column("age"), batch.column("coverage_type"), batch.column("income")
    grown = (age >= 19) & (age < 65)
    assert 0.07 < (kind == "Self-pay")[grown].mean() < 0.15
    assert (kind.isin({"Medicare", "Medicare Advantage"}))[age >= 65].mean() > 0.85
    assert not ((kind == "Medicaid") & (income >= 30_000_00)).any()
