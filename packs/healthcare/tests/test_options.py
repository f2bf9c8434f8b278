"""Options and services do what they say, and refuse what cannot be."""

from random import Random

import numpy as np
import pytest

from datamimic import World, check_rows, generate_domain
from datamimic.errors import DatamimicError, InvalidOption, UnknownName
from datamimic_pack_common import DemographicConfig, DemographicSampler
from datamimic_pack_healthcare import (
    Doctor,
    DoctorService,
    EncounterService,
    HospitalService,
    MedicalDeviceService,
    MedicalProcedureService,
    MedicalRecordService,
    Patient,
    PatientService,
)

SERVICES = (
    DoctorService, EncounterService, HospitalService, MedicalDeviceService, MedicalProcedureService, MedicalRecordService,
    PatientService,
)  # fmt: skip


@pytest.mark.parametrize("service", SERVICES)
def test_services_repeat_and_support_the_complete_countries(service):
    assert {"US", "DE", "VN"} <= set(service.supported_datasets())
    first, second = service(dataset="DE", rng=Random(7)), service(dataset="DE", rng=Random(7))
    assert [e.to_dict() for e in first.generate_batch(5)] == [second.generate().to_dict() for _ in range(5)]


def test_ages_of_the_config():
    service = PatientService(
        dataset="US", demographic_config=DemographicConfig(age_min=70, age_max=75), rng=Random(1337)
    )
    ages = [patient.age for patient in service.generate_batch(300)]
    assert min(ages) == 70
    assert max(ages) == 75
    doctors = DoctorService(
        "US", demographic_config=DemographicConfig(age_min=40, age_max=41), rng=Random(1)
    ).generate_batch(200)
    assert {doctor.age for doctor in doctors} == {40, 41}


def test_conditions_are_included_and_excluded():
    config = DemographicConfig(
        conditions_include=frozenset({"type 2 diabetes", "Previous Myocardial Infarction"}),
        conditions_exclude=frozenset({"Hypertension"}),
    )
    patients = PatientService("DE", demographic_config=config, rng=Random(3)).generate_batch(500)
    for patient in patients:
        assert {"Type 2 Diabetes", "Previous Myocardial Infarction", "Coronary Artery Disease"} <= set(
            patient.conditions
        )
        assert not {"Hypertension", "Type 1 Diabetes"} & set(patient.conditions)
        assert patient.age >= 30


@pytest.mark.parametrize("country", ["US", "VN"])
def test_obesity_on_demand(country):
    def patients(wish):
        rows = World(1, country, options={"healthcare.patient": {wish: {"Obesity"}}})[Patient][0:2_000]
        return rows.select(["conditions", "bmi", "age"]).to_arrow().to_pylist()

    assert all("Obesity" in patient["conditions"] for patient in patients("conditions_include"))
    thin = patients("conditions_exclude")
    assert not [patient for patient in thin if "Obesity" in patient["conditions"]]
    assert all(patient["bmi"] < 30 for patient in thin if patient["age"] >= 18)


def test_pregnancy_makes_women():
    patients = PatientService(
        "US", demographic_config=DemographicConfig(conditions_include={"Pregnancy"}), rng=Random(3)
    ).generate_batch(200)
    assert {patient.gender for patient in patients} == {"female"}
    assert all(18 <= patient.age <= 44 for patient in patients)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"conditions_include": {"Alzheimer's Disease"}, "max_age": 30}, InvalidOption),
        ({"conditions_include": {"Pregnancy"}, "female_quota": 0.5}, InvalidOption),
        (
            {
                "conditions_include": {"Previous Myocardial Infarction"},
                "conditions_exclude": {"Coronary Artery Disease"},
            },
            InvalidOption,
        ),
        ({"conditions_include": {"Type 1 Diabetes", "Type 2 Diabetes"}}, InvalidOption),
        ({"conditions_include": {"Asthma"}, "conditions_exclude": {"asthma"}}, InvalidOption),
        ({"conditions_include": {"Hypertenson"}}, UnknownName),
        ({"min_age": 60, "max_age": 50}, InvalidOption),
    ],
)
def test_impossible_wishes_are_refused(options, error):
    with pytest.raises(error):
        World(1, "US", options={"healthcare.patient": options})[Patient][0:10].to_arrow()


def test_no_young_doctors():
    with pytest.raises(DatamimicError, match="training"):
        World(1, "US", options={"healthcare.doctor": {"max_age": 25}})[Doctor][0:1].to_arrow()


def test_sampler_and_profile():
    sampler = DemographicSampler({(20, 29): 1, (80, 89): 3})
    service = PatientService(
        "US",
        demographic_config=DemographicConfig(transaction_profile="senior"),
        demographic_sampler=sampler,
        rng=Random(9),
    )
    patients = service.generate_batch(1_000)
    assert {patient.age // 10 for patient in patients} == {2, 8}
    assert 0.7 < sum(patient.age >= 80 for patient in patients) / 1_000 < 0.8
    assert {patient.transaction_profile for patient in patients} == {"senior"}


def test_profiles_bring_conditions():
    sampler = DemographicSampler.from_profile("chronic_diabetes", dataset="DE")
    one, two = (PatientService("DE", demographic_sampler=sampler, seed=seed).generate_batch(200) for seed in (1, 2))
    for patients in (one, two):
        assert all("Type 2 Diabetes" in patient.conditions for patient in patients)
        assert min(patient.age for patient in patients) >= 35
    assert sum(a.full_name == b.full_name for a, b in zip(one, two, strict=True)) < 10
    healthy = DemographicSampler.from_profile("healthy_adult", dataset="US")
    config = DemographicConfig(conditions_include={"hypertension"})
    patients = PatientService("US", demographic_config=config, demographic_sampler=healthy, seed=1).generate_batch(200)
    assert all("Hypertension" in patient.conditions for patient in patients), "the config goes before the profile"
    assert not any("Asthma" in patient.conditions for patient in patients)
    wrong = DemographicSampler().apply_profile_groups({"condition_prevalence_tier": "type_2_diabets"})
    with pytest.raises(UnknownName, match="type_2_diabetes"):
        PatientService("US", demographic_sampler=wrong, seed=1)


def test_profiles_are_for_doctors_too():
    sampler = DemographicSampler.from_profile("seniors", dataset="US")
    doctors = DoctorService("US", demographic_sampler=sampler, rng=Random(1)).generate_batch(200)
    assert min(doctor.age for doctor in doctors) >= 65
    cities = World(1, "US", options={"healthcare.doctor": {"city_sizes": "0:0,50000:1"}})
    batch = cities.batch(cities.spec(Doctor), np.arange(200))
    assert cities.data(Doctor)["common.places"].ints("population")[batch.column("place")].min() >= 50_000


def test_any_slice_has_the_same_values():
    for name in ("patient", "doctor", "hospital", "encounter", "medical_record", "medical_device"):
        rows = World("slices", "DE")[f"healthcare.{name}"]
        whole = rows[0:400].to_arrow().to_pylist()
        assert World("slices", "DE")[f"healthcare.{name}"][150:180].to_arrow().to_pylist() == whole[150:180]
        assert World("slices", "DE")[f"healthcare.{name}"][399:400].to_arrow().to_pylist() == whole[399:]


@pytest.mark.parametrize(
    ("asked", "suggested"),
    [
        ("Diabetes", "'Type 2 Diabetes'"), ("diabtes", "'Type 2 Diabetes'"), ("heart failur", "'Heart Failure'"),
        ("asthm", "'Asthma'"), ("TYPE 2", "'Type 2 Diabetes'"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("option", ["conditions_include", "conditions_exclude"])
def test_near_names_of_conditions_are_suggested(option: str, asked: str, suggested: str) -> None:
    with pytest.raises(DatamimicError) as error:
        World(1, "US", options={"healthcare.patient": {option: asked}})
    assert suggested in str(error.value.hint) and option in str(error.value)
    config = DemographicConfig(**{option: {asked}})  # type: ignore[arg-type]
    with pytest.raises(DatamimicError, match="did you mean"):
        PatientService("US", demographic_config=config)


def test_requests_suggest_near_conditions_and_specialties() -> None:
    request = {"version": "v1", "count": 1, "seed": 1, "locale": "en_US", "clock": "2025-01-01T00:00:00Z"}
    for domain, constraints, suggested in (
        ("patient", {"conditions": ["Diabetes"]}, "Type 2 Diabetes"),
        ("doctor", {"specialty": "Cardio"}, "Cardiology"),
    ):
        with pytest.raises(DatamimicError) as error:
            generate_domain({"domain": domain, **request, "constraints": constraints})
        assert suggested in str(error.value.hint)
        assert error.value.path == f"$.constraints.{next(iter(constraints))}"


@pytest.mark.parametrize(
    ("entity", "options", "column", "values"),
    [
        ("hospital", {"type": "University Hospital"}, "type_en", {"University Hospital"}),
        ("medical_device", {"device_type": "CT Scanner"}, "department_en", {"Radiology"}),
        ("medical_device", {"status": "retired"}, "status", {"retired"}),
        ("medical_procedure", {"category": "Surgical", "specialty": "Cardiology"}, "category", {"Surgical"}),
        ("doctor", {"specialty": "Cardiology"}, "specialty_en", {"Cardiology"}),
        ("encounter", {"encounter_class": "IMP"}, "encounter_class", {"IMP"}),
        ("encounter", {"encounter_class": "AMB"}, "encounter_class", {"AMB"}),
        ("encounter", {"encounter_class": "IMP", "outcome": "no-show"}, "status", {"no-show"}),
        ("encounter", {"outcome": "cancelled"}, "status", {"cancelled"}),
    ],
)
def test_options_choose_a_population(entity, options, column, values):
    rows = World("chosen", "DE", options={f"healthcare.{entity}": options})[f"healthcare.{entity}"][0:600]
    assert set(rows.select([column]).to_arrow()[column].to_pylist()) == values
    assert not [each.sentence for each in check_rows(rows) if each.violations]


def test_encounters_lie_in_the_period_that_is_asked_for():
    asked = {"since": "2024-03-01", "until": "2024-04-15"}
    rows = World("period", "DE", options={"healthcare.encounter": asked})["healthcare.encounter"][0:20_000]
    days = [str(start.date()) for start in rows.select(["start"]).to_arrow()["start"].to_pylist()]
    assert min(days) == "2024-03-01"
    assert max(days) in {"2024-04-14", "2024-04-15"}
    assert len({*days}) >= 45
    assert not [each.sentence for each in check_rows(rows) if each.violations]


def test_beds_lie_in_the_range_that_is_asked_for():
    beds = World("beds", "US", options={"healthcare.hospital": {"beds_min": 40, "beds_max": 60}})["healthcare.hospital"]
    found = beds[0:2_000].select(["bed_count", "type"]).to_arrow().to_pydict()
    assert set(found["bed_count"]) == {*range(40, 61)}
    assert "Critical Access" not in found["type"]


@pytest.mark.parametrize(
    ("entity", "options"),
    [
        ("hospital", {"type": "Critical Access", "beds_min": 26}),
        ("hospital", {"beds_min": 9, "beds_max": 8}),
        ("medical_procedure", {"category": "Surgical", "specialty": "Psychiatry"}),
        ("doctor", {"specialty": "Astrology"}),
        ("encounter", {"since": "1990-01-01"}),
        ("encounter", {"encounter_class": "EMER", "outcome": "no-show"}),
        ("encounter", {"since": "2024-03-01", "until": "2024-03-02"}),
    ],
)
def test_what_no_row_can_be_is_refused(entity, options):
    with pytest.raises((InvalidOption, UnknownName)) as refused:
        World("none", "US", options={f"healthcare.{entity}": options})[f"healthcare.{entity}"][0:1].to_arrow()
    assert refused.value.code in {"impossible_constraint", "unknown_value"}
