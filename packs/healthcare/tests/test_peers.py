"""The rows of PEER-COHERENCE.md that concern healthcare, computed from the finished tables: all zero here."""

import pytest

from datamimic import World
from datamimic_pack_healthcare import Doctor, Hospital, MedicalDevice, MedicalProcedure, Patient

ROWS = 100_000
LATE = {"Alzheimer's Disease", "Parkinson's Disease", "Macular Degeneration"}
ADULT = LATE | {
    "COPD",
    "Coronary Artery Disease",
    "Atrial Fibrillation",
    "Osteoporosis",
    "Type 2 Diabetes",
    "Osteoarthritis",
    "Hypertension",
}


@pytest.fixture(params=("US", "DE", "VN"), scope="module")
def patients(request):
    names = ["age", "gender", "height_cm", "conditions", "medications", "allergies", "emergency_contact", "family_name",
             "coverage_type",
             "social_security_number", "marital_status", "employment"]  # fmt: skip
    return request.param, World("peers", request.param)[Patient][0:ROWS].select(names).to_arrow().to_pylist()


def test_no_early_dementia_and_no_adult_disease_in_children(patients):
    _, rows = patients
    assert not [r for r in rows if r["age"] < 50 and LATE & set(r["conditions"])]
    assert not [r for r in rows if r["age"] < 18 and ADULT & set(r["conditions"])]
    dementia = [r["age"] for r in rows if "Alzheimer's Disease" in r["conditions"]]
    assert sum(age < 60 for age in dementia) / len(dementia) < 0.03


def test_men_are_taller_and_infants_small(patients):
    _, rows = patients
    men = [r["height_cm"] for r in rows if r["gender"] == "male" and 20 <= r["age"] < 60]
    women = [r["height_cm"] for r in rows if r["gender"] == "female" and 20 <= r["age"] < 60]
    assert sum(men) / len(men) - sum(women) / len(women) > 10
    assert max(men) > 185
    infants = [r["height_cm"] for r in rows if r["age"] == 1]
    assert 74 < sum(infants) / len(infants) < 86
    assert max(infants) < 100


def test_drugs_have_conditions_and_lists_no_twins(patients):
    country, rows = patients
    data = World(1, country).data(Patient)
    inn = dict(
        zip(
            data["medications"].columns["medication"],
            data["medications"].columns["medication" if country == "US" else "inn"],
            strict=True,
        )
    )
    treats = {}
    for condition, regimen in zip(
        data["treatments"].columns["condition"], data["treatments"].columns["regimen"], strict=True
    ):
        for drug in regimen.split(" + "):
            treats.setdefault(inn[drug], set()).add(condition)
    assert not [r for r in rows if any(not treats[drug] & set(r["conditions"]) for drug in r["medications"])]
    for name in ("conditions", "medications", "allergies"):
        assert not [r for r in rows if len(set(r[name])) != len(r[name])]
    penicillins = {inn["Amoxicillin"], inn["Amoxicillin/Clavulanate"]}
    assert not [r for r in rows if "Penicillin" in r["allergies"] and penicillins & set(r["medications"])]
    assert sum(bool(r["medications"]) for r in rows) > ROWS / 4


def test_contacts_fit(patients):
    country, rows = patients
    minors = {r["emergency_contact"]["relationship"] for r in rows if r["age"] < 18}
    assert minors <= {"mother", "father", "grandmother", "guardian"}
    end = str.startswith if country == "VN" else str.endswith
    joint = " {}" if country != "VN" else "{} "
    unrelated = [r for r in rows if r["emergency_contact"]["relationship"] in ("friend", "neighbor")]
    assert unrelated
    assert not [r for r in unrelated if end(r["emergency_contact"]["name"], joint.format(r["family_name"]))]
    spouses = {r["marital_status"] for r in rows if r["emergency_contact"]["relationship"] == "spouse"}
    assert spouses == {"married"}


def test_medicare_and_social_security(patients):
    country, rows = patients
    young = [r for r in rows if r["coverage_type"].startswith("Medicare") and r["age"] < 65]
    assert all(r["employment"] == "inactive" and r["age"] >= 26 for r in young)
    if country == "US":
        assert all(900 <= int(r["social_security_number"][:3]) <= 999 for r in rows if r["social_security_number"])


@pytest.mark.parametrize("country", ["US", "DE", "VN"])
def test_doctors(country):
    names = ["age", "birthdate", "graduation_year", "years_of_experience", "address.state", "hospital.address.state"]
    rows = World("peers", country)[Doctor][0:20_000].select(names).to_arrow().to_pylist()
    assert not [r for r in rows if r["address.state"] != r["hospital.address.state"]]
    assert not [r for r in rows if not 24 <= r["graduation_year"] - r["birthdate"].year <= 45]
    assert not [r for r in rows if r["years_of_experience"] > r["age"] - 24]


@pytest.mark.parametrize("country", ["US", "DE", "VN"])
def test_hospitals(country):
    rows = World("peers", country)[Hospital][0:20_000].to_arrow().to_pylist()
    assert not [r for r in rows if r["name"].startswith("Children's") and "Children" not in r["type"]]
    assert not [r for r in rows if "University Hospital" in r["name"] and not r["teaching_status"]]
    assert not [r for r in rows if "Long-Term" in r["type"] and r["emergency_services"]]
    assert not [
        r
        for r in rows
        if r["phone"].split()[1] != r["address"]["phone"].split()[1] and country == "US" and len(r["phone"]) != 15
    ]


@pytest.mark.parametrize("country", ["US", "DE", "VN"])
def test_devices(country):
    rows = World("peers", country)[MedicalDevice][0:20_000].to_arrow().to_pylist()
    assert not [r for r in rows if r["serial_number"][2:6] != str(r["manufacture_date"].year)]
    assert not [r for r in rows if r["maintenance_history"][-1]["date"] != r["last_maintenance_date"]]
    assert not [r for r in rows if any(m["date"] < r["manufacture_date"] for m in r["maintenance_history"])]


def test_procedures_have_one_specialty_each():
    rows = World("peers", "US")[MedicalProcedure][0:20_000].to_arrow().to_pylist()
    pairs = {(r["name"], r["specialty"], r["category"]) for r in rows}
    assert len(pairs) == len({r["name"] for r in rows})
    assert all("00001" <= r["cpt_code"] <= "00099" for r in rows)
