"""FHIR R4 as others see it: each judge refuses a broken resource first, then finds nothing in ours; and what resources say
is what the world holds."""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

import fhir_oracles as oracles
import pytest
from stdnum import luhn
from stdnum.fr import nir
from stdnum.gb import nhs

from datamimic import World, installed_packs, verify

pytestmark = pytest.mark.oracle("jsonschema-rs", "fhir.resources", "fhirpathpy")
LOCALES = ("en_US", "de_DE", "en_GB", "fr_FR", "vi_VN")
PATIENTS = 24
TYPES = {
    "Patient", "Practitioner", "PractitionerRole", "Organization", "Location", "Coverage", "Encounter", "Condition",
    "Observation", "DiagnosticReport", "MedicationRequest", "AllergyIntolerance", "Immunization", "Procedure", "Claim",
    "ExplanationOfBenefit",
}  # fmt: skip
OF_RECORDS = TYPES - {"Practitioner", "PractitionerRole", "Organization", "Location"}
Resource = dict[str, Any]


@cache
def world(locale: str) -> World:
    return World("fhir", locale=locale, clock="2025-06-01T00:00:00Z")


@cache
def bundles(locale: str, count: int = PATIENTS) -> list[Resource]:
    return [json.loads(text) for text in world(locale).message("fhir.r4.bundle")[0:count].texts()]


def resources(locale: str, count: int = PATIENTS) -> list[Resource]:
    return [entry["resource"] for bundle in bundles(locale, count) for entry in bundle["entry"]]


def of_type(locale: str, kind: str, count: int = PATIENTS) -> list[Resource]:
    return [each for each in resources(locale, count) if each["resourceType"] == kind]


def lines(locale: str, kind: str, rows: slice) -> list[Resource]:
    text = world(locale).message(f"fhir.r4.{kind.lower()}")[rows].to_bytes().decode()
    return [json.loads(line) for line in text.splitlines()]


def few_of_each(found: list[Resource], most: int) -> list[Resource]:
    seen: Counter[str] = Counter()
    kept = []
    for each in found:
        seen[each["resourceType"]] += 1
        if seen[each["resourceType"]] <= most:
            kept.append(each)
    return kept


# -- the judges refuse first ----------------------------------------------------------------------------------------


def put(path: str, value: Any) -> Callable[[Resource], None]:
    def change(resource: Resource) -> None:
        *before, last = path.split(".")
        for name in before:
            resource = resource[int(name) if name.isdigit() else name]  # type: ignore[index]
        if value is None:
            del resource[last]
        else:
            resource[last] = value

    return change


BROKEN: list[tuple[Callable[[Resource], list[str]], str, Callable[[Resource], None]]] = [
    (oracles.against_schema, "Patient", put("birthDate", "1970-13-01")),
    (oracles.against_schema, "Patient", put("gender", "femail")),
    (oracles.against_schema, "Patient", put("colour", "blue")),
    (oracles.against_schema, "Observation", put("code", None)),
    (oracles.against_schema, "Encounter", put("status", "no-show")),
    (oracles.against_schema, "Claim", put("total.value", "50")),
    (oracles.against_models, "Patient", put("birthDate", "1970-02-30")),
    (oracles.against_models, "MedicationRequest", put("intent", None)),
    (oracles.against_models, "Immunization", put("patient", None)),
    (oracles.unbound_codes, "Condition", put("clinicalStatus.coding.0.code", "cured")),
    (oracles.unbound_codes, "AllergyIntolerance", put("verificationStatus.coding.0.code", "sure")),
    (oracles.unbound_codes, "Encounter", put("class.code", "WARD")),
    (oracles.unbound_codes, "Patient", put("maritalStatus.coding.0.code", "X")),
    (oracles.broken_invariants, "Condition", put("abatementDateTime", "2020-01-01")),
    (oracles.broken_invariants, "Observation", put("referenceRange", [{"appliesTo": [{"text": "all"}]}])),
    (oracles.broken_invariants, "MedicationRequest", put("dosageInstruction.0.timing.repeat.period", -1)),
]


@pytest.mark.parametrize(("judge", "kind", "change"), BROKEN, ids=lambda each: getattr(each, "__name__", str(each)))
def test_a_judge_refuses_what_is_broken(
    judge: Callable[[Resource], list[str]], kind: str, change: Callable[[Resource], None]
) -> None:
    sound = next(
        each
        for each in of_type("en_US", kind)
        if not (kind == "Condition" and "abatementDateTime" in each)
        and not (kind == "Observation" and "component" in each)
        and not (
            kind == "MedicationRequest" and "period" not in each["dosageInstruction"][0]["timing"].get("repeat", {})
        )
    )
    assert judge(sound) == []
    broken = copy.deepcopy(sound)
    change(broken)
    assert judge(broken) != []


def test_references_that_lead_nowhere_and_ids_that_repeat_are_found() -> None:
    (bundle,) = copy.deepcopy(bundles("en_US")[:1])
    assert oracles.unresolved(bundle) == []
    bundle["entry"][0]["resource"]["generalPractitioner"][0]["reference"] += "9"
    bundle["entry"].append(bundle["entry"][1])
    assert len(oracles.unresolved(bundle)) == 2


# -- and find nothing in ours ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
def test_every_resource_keeps_the_schema_and_the_value_sets(locale: str) -> None:
    found = resources(locale)
    assert {each["resourceType"] for each in found} == TYPES
    assert [wrong for each in found for wrong in oracles.against_schema(each)] == []
    assert [wrong for each in found for wrong in oracles.unbound_codes(each)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_reference_of_a_bundle_is_to_one_of_its_resources(locale: str) -> None:
    assert [wrong for bundle in bundles(locale) for wrong in oracles.unresolved(bundle)] == []


@pytest.mark.parametrize("locale", ["en_US", "de_DE"])
def test_models_and_invariants_have_nothing_to_say(locale: str) -> None:
    found = few_of_each(resources(locale), 8)
    assert [wrong for each in found for wrong in oracles.against_models(each)] == []
    assert [wrong for each in found for wrong in oracles.broken_invariants(each)] == []


def test_american_resources_keep_the_profiles_that_they_name() -> None:
    found = few_of_each([each for each in resources("en_US") if each["resourceType"] != "Observation"], 40)
    found += [each for each in of_type("en_US", "Observation") if "component" in each][:40]
    judged, wrong = oracles.against_us_core(found)
    assert judged > 60 and wrong == []
    broken = copy.deepcopy(found[:1] + found[-1:])
    del broken[0]["identifier"], broken[1]["component"][1]
    judged, wrong = oracles.against_us_core(broken)
    assert judged == len(wrong) == 2
    assert {each["resourceType"] for each in resources("en_US") if "meta" in each} == TYPES - {
        "Coverage",
        "Claim",
        "ExplanationOfBenefit",
    }
    assert not any("meta" in each for locale in LOCALES[1:] for each in resources(locale))


# -- bulk files and bundles -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", ["fr_FR"])
def test_bulk_files_hold_what_bundles_hold(locale: str) -> None:
    """What belongs to patients line by line; doctors, hospitals and insurers as those of the world's rows."""
    for kind in OF_RECORDS:
        assert lines(locale, kind, slice(0, PATIENTS)) == of_type(locale, kind), kind
    for kind, entity, key in (
        ("Practitioner", "healthcare.doctor", "doctor_id"),
        ("PractitionerRole", "healthcare.doctor", "doctor_id"),
        ("Organization", "healthcare.hospital", "hospital_id"),
        ("Location", "healthcare.hospital", "hospital_id"),
    ):
        mine = {each["id"]: each for each in of_type(locale, kind)}
        every = world(locale)[entity]
        size = world(locale).size(world(locale).spec(entity))
        numbers = every[0:size].select([key]).to_arrow()[key].to_pylist()
        place = {number: row for row, number in enumerate(numbers) if number in mine}
        for number, row in [*place.items()][:10]:
            assert lines(locale, kind, slice(row, row + 1))[-1] == mine[number]
        payers = {each["id"] for each in lines(locale, kind, slice(0, 1))[:-1]}
        assert {*mine} == {*place} | {number for number in mine if number in payers}


def test_bundles_do_not_depend_on_how_they_are_cut() -> None:
    messages = world("de_DE").message("fhir.r4.bundle")
    assert messages[3:7].texts() == messages[0:10].texts()[3:7]
    assert messages[5] == messages[0:10].texts()[5]


def test_a_file_of_resources_is_verified(tmp_path: Path) -> None:
    written = world("de_DE").message("fhir.r4.condition")[0:PATIENTS].write(tmp_path / "conditions.ndjson")
    assert [each.verdict for each in verify(written).outputs] == ["byte-identical"]


def test_a_collection_has_no_requests() -> None:
    message = installed_packs().message("fhir.r4.bundle")(bundle_type="collection")
    rows = world("en_GB")["healthcare.medical_record"][0:3].select(message.columns())
    (first, *_) = [json.loads(text) for batch in rows.batches() for text in message.texts(batch).to_pylist()]
    assert first["type"] == "collection" and not any("request" in entry for entry in first["entry"])
    assert [entry["resource"] for entry in first["entry"]] == [
        entry["resource"] for entry in bundles("en_GB")[0]["entry"]
    ]


# -- the world's numbers --------------------------------------------------------------------------------------------


@cache
def records(locale: str) -> list[dict[str, Any]]:
    return world(locale)["healthcare.medical_record"][0:PATIENTS].to_arrow().to_pylist()


@pytest.mark.parametrize("locale", LOCALES)
def test_resources_say_what_the_record_says(locale: str) -> None:
    for record, bundle in zip(records(locale), bundles(locale), strict=True):
        mine = [entry["resource"] for entry in bundle["entry"]]

        def of(kind: str, found: list[Resource] = mine) -> list[Resource]:
            return [each for each in found if each["resourceType"] == kind]

        assert [(each["code"]["coding"][0]["code"], each["onsetDateTime"]) for each in of("Condition")] == [
            (each["code"], each["onset"].isoformat()) for each in record["conditions"]
        ]
        assert [each["id"] for each in of("Encounter")] == [each["encounter_id"] for each in record["encounters"]]
        assert [each["medicationCodeableConcept"]["text"] for each in of("MedicationRequest")] == [
            each["medication"] for each in record["medications"]
        ]
        assert [each["vaccineCode"]["coding"][0]["code"] for each in of("Immunization")] == [
            each["cvx"] for each in record["immunizations"]
        ]
        told = Counter()
        for each in of("Observation"):
            for part in each.get("component", [each]):
                loinc = part["code"]["coding"][-1]["code"]
                told[
                    each["effectiveDateTime"], loinc, part["valueQuantity"]["value"], part["valueQuantity"]["code"]
                ] += 1
        assert told == Counter(
            (each["taken_at"].strftime("%Y-%m-%dT%H:%M:%SZ"), each["loinc"], each["value"], each["unit"])
            for each in record["observations"]
        )
        reported = {each["reference"] for report in of("DiagnosticReport") for each in report["result"]}
        laboratory = {
            f"Observation/{each['id']}"
            for each in of("Observation")
            if each["category"][0]["coding"][0]["code"] == "laboratory"
        }
        assert reported == laboratory


@pytest.mark.parametrize("locale", LOCALES)
def test_dates_are_coherent(locale: str) -> None:
    for bundle in bundles(locale):
        mine = {f"{e['resource']['resourceType']}/{e['resource']['id']}": e["resource"] for e in bundle["entry"]}
        born = next(each["birthDate"] for each in mine.values() if each["resourceType"] == "Patient")
        for each in mine.values():
            if each["resourceType"] == "Encounter":
                period = each["period"]
                assert born <= period["start"][:10] and period["start"] <= period.get("end", "9999")
                assert ("end" in period) == (each["status"] == "finished")
            if each["resourceType"] == "Observation":
                visit = mine[each["encounter"]["reference"]]
                assert visit["period"]["start"] <= each["effectiveDateTime"] <= visit["period"]["end"]
                assert visit["participant"][0]["individual"] == each["performer"][0]
            if each["resourceType"] == "Condition":
                assert born <= each["onsetDateTime"] <= each["recordedDate"]
                assert each["onsetDateTime"] <= each.get("abatementDateTime", "9999")
            if each["resourceType"] == "MedicationRequest" and "reasonReference" in each:
                assert mine[each["reasonReference"][0]["reference"]]["onsetDateTime"] <= each["authoredOn"]
            if each["resourceType"] == "Procedure":
                visit = mine[each["encounter"]["reference"]]
                assert (
                    each["performedPeriod"] == visit["period"] and each["location"] == visit["location"][0]["location"]
                )


@pytest.mark.parametrize("locale", LOCALES)
def test_claims_add_up_and_are_those_of_the_insured(locale: str) -> None:
    for bundle in bundles(locale):
        mine = [entry["resource"] for entry in bundle["entry"]]
        kinds = Counter(each["resourceType"] for each in mine)
        assert kinds["Coverage"] <= 1 and kinds["Claim"] == kinds["ExplanationOfBenefit"] <= kinds["Procedure"]
        assert kinds["Claim"] == 0 or kinds["Coverage"] == 1
        for each in mine:
            if each["resourceType"] == "Claim":
                assert each["total"] == each["item"][0]["net"] == each["item"][0]["unitPrice"]
                assert each["item"][0]["servicedDate"] < each["created"]
            if each["resourceType"] == "ExplanationOfBenefit":
                amounts = {part["category"]["coding"][0]["code"]: part["amount"]["value"] for part in each["total"]}
                assert amounts["submitted"] == pytest.approx(amounts["copay"] + amounts["benefit"])
                assert each["payment"]["amount"]["value"] == amounts["benefit"]
                assert each["created"] < each["payment"]["date"]


def test_numbers_have_the_naming_systems_of_the_country_and_are_valid() -> None:
    def numbers(locale: str, kind: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for each in of_type(locale, kind):
            for own in each.get("identifier", []):
                found.setdefault(own["system"], []).append(own["value"])
        return found

    american = numbers("en_US", "Practitioner")
    assert all(luhn.is_valid(f"80840{number}") for number in american["http://hl7.org/fhir/sid/us-npi"])
    assert "http://hl7.org/fhir/sid/us-ssn" in numbers("en_US", "Patient")
    german = numbers("de_DE", "Patient")["http://fhir.de/sid/gkv/kvid-10"]
    assert german and all(re.fullmatch("[A-Z][0-9]{9}", number) for number in german)
    assert "https://fhir.kbv.de/NamingSystem/KBV_NS_Base_ANR" in numbers("de_DE", "Practitioner")
    assert "http://fhir.de/sid/arge-ik/iknr" in numbers("de_DE", "Organization")
    assert all(map(nhs.is_valid, numbers("en_GB", "Patient")["https://fhir.nhs.uk/Id/nhs-number"]))
    assert all(map(nir.is_valid, numbers("fr_FR", "Patient")["urn:oid:1.2.250.1.213.1.4.10"]))


def test_a_world_as_it_stood_has_fewer_resources_of_the_same_ids() -> None:
    then = world("en_US").as_of("2024-01-01T00:00:00Z").message("fhir.r4.bundle")[0:8].texts()
    for earlier, later in zip(map(json.loads, then), bundles("en_US"), strict=False):
        assert oracles.unresolved(earlier) == []
        urls = [{e["fullUrl"] for e in bundle["entry"]} for bundle in (earlier, later)]
        assert urls[0] < urls[1] and max(_days(earlier)) <= "2024-01-01T00:00:00Z"


def _days(bundle: Resource) -> list[str]:
    names = ("effectiveDateTime", "recordedDate", "authoredOn", "occurrenceDateTime", "created")
    return [entry["resource"][name] for entry in bundle["entry"] for name in names if name in entry["resource"]]


# -- breaks ---------------------------------------------------------------------------------------------------------


def test_negatives_are_refused_by_a_judge() -> None:
    message = installed_packs().message("fhir.r4.bundle")()
    sound = world("en_US").message("fhir.r4.bundle")[2]
    for rule in message.negatives():
        for number in (1, 8):
            broken = rule.broken(sound, number)
            assert broken is not None, rule.name
            assert not _accepted(broken), (rule.name, number)
    assert _accepted(sound)


def _accepted(text: str) -> bool:
    try:
        bundle = json.loads(text)
        found = [bundle, *(entry["resource"] for entry in bundle["entry"])]
        if oracles.unresolved(bundle) or any(map(oracles.against_schema, found)):
            return False
    except (ValueError, KeyError):
        return False
    return not any(oracles.against_models(each) for each in found[1:])


def test_breaks_of_items_are_answered() -> None:
    messages = world("en_US").message("fhir.r4.claim")[0:200]
    broken = messages.broken(**{"charges.altered": 4, "charges.missing": 2})
    assert broken.answers()["kind"].to_pylist().count("charges.altered") == 4
    clean, found = (len("".join(each.texts()).splitlines()) for each in (messages, broken))
    assert clean - found == 2


# -- at length ------------------------------------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.parametrize("locale", LOCALES)
def test_the_judges_accept_ten_thousand_patients(locale: str) -> None:
    messages = world(locale).message("fhir.r4.bundle")
    for first in range(0, 10_000, 500):
        for text in messages[first : first + 500].texts():
            bundle = json.loads(text)
            assert oracles.unresolved(bundle) == []
            for entry in bundle["entry"]:
                assert oracles.against_schema(entry["resource"]) == oracles.unbound_codes(entry["resource"]) == []


@pytest.mark.thorough
def test_writing_takes_a_twentieth_of_what_the_models_take() -> None:
    """The models build and write the same resources from values that are at hand; ours make the values as well."""
    from fhir.resources.R4B import get_fhir_model_class

    messages = world("en_US").message("fhir.r4.bundle")
    messages[0:10].texts()
    began = process_time()
    count = sum(text.count('"resourceType"') - 1 for text in messages[1_000:3_000].texts())
    ours = count / (process_time() - began)
    values = resources("en_US")
    get_fhir_model_class("Patient")
    began = process_time()
    for each in values:
        get_fhir_model_class(each["resourceType"]).model_validate(each).model_dump_json()
    theirs = len(values) / (process_time() - began)
    print(f"\n{ours:,.0f} resources a second, fhir.resources {theirs:,.0f}: {ours / theirs:.0f} times")
    assert ours > 20 * theirs
