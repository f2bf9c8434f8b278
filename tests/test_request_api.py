"""The JSON request API of the shipped packs: every domain answers, validates, pages and repeats; the values are pinned."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from datamimic import Registry, generate_domain
from datamimic.errors import DatamimicError
from datamimic.plugins.registry import installed_packs
from datamimic.request.api import canonical_json, content_hash
from datamimic.request.schema_files import schema_files, shipped_files, write_schemas

jsonschema = pytest.importorskip("jsonschema")

OWN = ("common", "ecommerce", "finance", "healthcare", "insurance", "public_sector")
LOCALES = ("en_US", "de_DE", "vi_VN")
GOLDEN = Path(__file__).parent / "golden" / "requests.json"
ALIASES = {"insurance.policy"}
"""Other names of an entity that is tested under its own."""
CATALOGUES = {"insurance.insurance_coverage"}
"""Domains that list what there is, whatever the seed: the first coverages are those of the first products."""


def packs() -> Registry:
    return installed_packs()


DOMAINS = [name for name in installed_packs().entities() if name.partition(".")[0] in OWN]
ENTITIES = [name for name in DOMAINS if name not in ALIASES]


def asked(domain: str, **members: Any) -> dict[str, Any]:
    return {
        "domain": domain.partition(".")[2],
        "version": "v1",
        "count": 3,
        "seed": "golden",
        "locale": "en_US",
        "clock": "2025-01-01T00:00:00Z",
        **members,
    }


def items(domain: str, **members: Any) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = generate_domain(asked(domain, **members))["items"]
    return made


@pytest.mark.parametrize("pack", OWN)
def test_the_shipped_schemas_are_current(pack: str) -> None:
    wanted = schema_files(packs(), pack)
    assert shipped_files(packs(), pack) == wanted, "run python -m datamimic.request.schema_files " + pack
    for text in wanted.values():
        jsonschema.Draft7Validator.check_schema(json.loads(text))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("domain", ENTITIES)
def test_requests_and_responses_validate(domain: str, locale: str) -> None:
    pack, _, name = domain.partition(".")
    shipped = shipped_files(packs(), pack)
    request = asked(domain, count=50, locale=locale)
    response = json.loads(json.dumps(generate_domain(request)))
    jsonschema.Draft7Validator(json.loads(shipped[f"{name}.v1.request.json"])).validate(request)
    jsonschema.Draft7Validator(json.loads(shipped[f"{name}.v1.response.json"])).validate(response)
    assert len(response["items"]) == 50
    assert (
        len({item["id"] for item in response["items"]}) == len({item["human_id"] for item in response["items"]}) == 50
    )


@pytest.mark.parametrize("domain", ENTITIES)
def test_pages_join_byte_for_byte_and_calls_repeat(domain: str) -> None:
    whole = items(domain, count=12)
    pages = [item for start in (0, 4, 8) for item in items(domain, count=4, offset=start)]
    assert canonical_json(pages) == canonical_json(whole)
    once, twice = (content_hash(generate_domain(asked(domain))) for _ in range(2))
    assert once == twice


@pytest.mark.parametrize("domain", [name for name in ENTITIES if name not in CATALOGUES])
def test_another_seed_gives_other_items(domain: str) -> None:
    one, two = items(domain, count=12), items(domain, count=12, seed="other")

    def shown(made: list[dict[str, Any]]) -> str:
        return canonical_json([{k: v for k, v in item.items() if k not in ("id", "human_id")} for item in made])

    assert shown(one) != shown(two)


@pytest.mark.parametrize("domain", ENTITIES)
def test_ids_can_be_computed_anywhere(domain: str) -> None:
    namespace = uuid5(NAMESPACE_URL, f"datamimic:{domain.partition('.')[2]}:v1")
    assert [item["id"] for item in items(domain)] == [str(uuid5(namespace, f"golden::{row}")) for row in range(3)]


@pytest.mark.parametrize("locale", LOCALES)
def test_golden_hashes(locale: str) -> None:
    """Values change only with a new data version or a new minor version of a pack; then write the file anew.

    python -c "import runpy; runpy.run_path('tests/test_request_api.py')['write_golden']()"
    """
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))[locale]
    assert golden == hashes(locale)


def hashes(locale: str) -> dict[str, str]:
    return {domain: content_hash(items(domain, locale=locale)) for domain in ENTITIES}


def write_golden() -> None:
    GOLDEN.parent.mkdir(exist_ok=True)
    text = json.dumps({locale: hashes(locale) for locale in LOCALES}, indent=2)
    GOLDEN.write_text(text + "\n", encoding="utf-8")


# -- profiles and components --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("domain", ["common.person", "healthcare.patient"])
def test_a_profile_changes_the_ages_and_a_seed_the_people(domain: str, locale: str) -> None:
    everybody = items(domain, count=200, locale=locale)
    urban = items(domain, count=200, locale=locale, component_id="urban_adult")
    again = items(domain, count=200, locale=locale, profile_id="urban_adult")
    others = items(domain, count=200, locale=locale, component_id="urban_adult", seed="other")
    assert min(item["age"] for item in everybody) < 18 < 65 < max(item["age"] for item in everybody)
    assert all(18 <= item["age"] <= 64 for item in urban + others)
    assert urban == again
    names = [[item["full_name"] for item in made] for made in (urban, others)]
    assert sum(one == two for one, two in zip(*names, strict=True)) < 10


def test_chronic_diabetes_works() -> None:
    patients = items("healthcare.patient", count=100, component_id="chronic_diabetes")
    assert all("Type 2 Diabetes" in patient["conditions"] for patient in patients)
    assert all(40 <= patient["age"] <= 85 for patient in patients)
    narrower = items("healthcare.patient", component_id="chronic_diabetes", constraints={"age": {"min": 60, "max": 61}})
    assert {patient["age"] for patient in narrower} <= {60, 61}
    people = items("common.person", count=100, component_id="chronic_diabetes")
    assert all(40 <= person["age"] <= 85 for person in people)


def test_the_doctors_of_a_profile_have_its_specialties() -> None:
    doctors = items("healthcare.doctor", count=200, profile_id="cardiac_seniors")
    assert {doctor["specialty"] for doctor in doctors} == {"Cardiology", "Internal Medicine"}
    own = items("healthcare.doctor", profile_id="cardiac_seniors", constraints={"specialty": "Urology"})
    assert {doctor["specialty"] for doctor in own} == {"Urology"}


PERSON, PATIENT, DOCTOR, ADDRESS = "common.person", "healthcare.patient", "healthcare.doctor", "common.address"
WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    (PERSON, {"profile_id": "urban_adlt"}, "unknown_profile", "$.profile_id"),
    (PERSON, {"component_id": "urban_adlt"}, "unknown_component", "$.component_id"),
    (
        PERSON,
        {"component_id": "chronic_diabetes", "locale": "de_DE"},
        "unsupported_component_dataset",
        "$.component_id",
    ),
    (PERSON, {"profile_id": "seniors", "locale": "fr_FR"}, "missing_component_dataset", "$.profile_id"),
    (PERSON, {"profile_id": "seniors", "component_id": "seniors"}, "invalid_profile_selector", "$.profile_id"),
    (PERSON, {"profile_id": " "}, "invalid_profile_id", "$.profile_id"),
    (PERSON, {"component_id": 5}, "invalid_component_id", "$.component_id"),
    (PERSON, {"profile_id": "seniors", "constraints": {"age": {"max": 30}}}, "invalid_constraints", "$.constraints"),
    (PERSON, {"constraints": {"age": {"min": 50, "max": 40}}}, "invalid_constraints", "$.constraints.age"),
    (PERSON, {"constraints": {"sex": "Q"}}, "schema_validation_failed", "$.constraints.sex"),
    (PERSON, {"constraints": {"sex": []}}, "schema_validation_failed", "$.constraints.sex"),
    (PERSON, {"constraints": {"nationality": "DE"}}, "invalid_constraints", "$.constraints.nationality"),
    (PATIENT, {"constraints": {"id_namespace": "a b"}}, "schema_validation_failed", "$.constraints.id_namespace"),
    (PATIENT, {"constraints": {"conditions": ["Hypertenson"]}}, "invalid_constraints", "$.constraints.conditions"),
    (DOCTOR, {"constraints": {"specialty": "Wizardry"}}, "invalid_constraints", "$.constraints.specialty"),
    (DOCTOR, {"component_id": "seniors"}, "schema_validation_failed", "$.component_id"),
    (ADDRESS, {"constraints": {"country": "DE"}}, "invalid_constraints", "$.constraints.country"),
    (
        ADDRESS,
        {"constraints": {"postal_code_prefix": ""}},
        "schema_validation_failed",
        "$.constraints.postal_code_prefix",
    ),
    (ADDRESS, {"profile_id": "seniors"}, "schema_validation_failed", "$.profile_id"),
    (ADDRESS, {"count": 1001}, "invalid_count", "$.count"),
    (ADDRESS, {"clock": "yesterday"}, "invalid_clock", "$.clock"),
    (ADDRESS, {"locale": "zz_ZZ"}, "unsupported_locale", "$.locale"),
    (ADDRESS, {"version": "v2"}, "unsupported_domain", "$.version"),
]


@pytest.mark.parametrize(("domain", "change", "code", "path"), WRONG)
def test_bad_requests_are_coded(domain: str, change: dict[str, Any], code: str, path: str) -> None:
    with pytest.raises(DatamimicError) as error:
        generate_domain(asked(domain, **change))
    assert (error.value.code, error.value.path) == (code, path)
    told = error.value.to_dict()
    assert json.loads(json.dumps(told)) == told


def test_near_names_are_suggested() -> None:
    with pytest.raises(DatamimicError, match="urban_adult"):
        items(PERSON, profile_id="urban_adlt")


def test_schemas_that_are_written_again_leave_other_files_alone(tmp_path: Path) -> None:
    texts = schema_files(packs(), "common")
    folder = tmp_path / "common"
    assert write_schemas(folder, texts) == sorted(texts)
    (folder / "mine.request.json").write_text('{"title": "what I asked"}', encoding="utf-8")
    (folder / "broken.response.json").write_text("{", encoding="utf-8")
    fewer = dict(list(texts.items())[2:])
    assert write_schemas(folder, fewer) == sorted(texts.keys() - fewer.keys())
    assert {each.name for each in folder.iterdir()} == {*fewer, "mine.request.json", "broken.response.json"}
