"""The JSON request API on the test fleet: its own schemas hold, its errors are coded, its pages join."""

from __future__ import annotations

import json
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from fleet import Vehicle

from datamimic import DatamimicError, Registry, World
from datamimic.request.api import canonical_json, content_hash, generate_domain
from datamimic.request.schemas import request_schema, response_schema

REQUEST: dict[str, Any] = {
    "domain": "vehicle",
    "version": "v1",
    "count": 5,
    "seed": "docs-demo",
    "locale": "en_US",
    "clock": "2025-01-01T00:00:00Z",
}


def test_the_same_call_gives_the_same_bytes(packs: Registry) -> None:
    once, again = (json.dumps(generate_domain(REQUEST, packs=packs)) for _ in range(2))
    assert once == again


def test_items_are_rows_of_the_world(packs: Registry) -> None:
    items = generate_domain(REQUEST, packs=packs)["items"]
    rows = World("docs-demo", "en_US", "2025-01-01T00:00:00Z", packs=packs)[Vehicle]
    for position, item in enumerate(items):
        assert {k: v for k, v in item.items() if k not in ("id", "human_id", "locale")} == rows[position].to_dict()


def test_ids_and_hashes_are_what_is_documented(packs: Registry) -> None:
    response = generate_domain(REQUEST, packs=packs)
    namespace = uuid5(NAMESPACE_URL, "datamimic:vehicle:v1")
    assert [item["id"] for item in response["items"]] == [
        str(uuid5(namespace, f"docs-demo::{row}")) for row in range(5)
    ]
    assert UUID(response["items"][0]["id"]).version == 5
    assert response["request_hash"] == content_hash(REQUEST)
    assert response["determinism_proof"]["content_hash"] == content_hash(response["items"])
    assert canonical_json({"b": 1.5, "a": ["ü", None, True]}) == '{"a":["ü",null,true],"b":1.5}'
    assert content_hash({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_pages_join_and_prefixes_agree(packs: Registry) -> None:
    whole = generate_domain({**REQUEST, "count": 12}, packs=packs)["items"]
    pages = [generate_domain({**REQUEST, "count": 4, "offset": start}, packs=packs)["items"] for start in (0, 4, 8)]
    assert [item for page in pages for item in page] == whole
    assert generate_domain({**REQUEST, "count": 0}, packs=packs)["items"] == []
    assert len(generate_domain({**REQUEST, "count": 1000}, packs=packs)["items"]) == 1000


def test_number_and_text_seeds_are_the_same_seed(packs: Registry) -> None:
    one, two = (
        generate_domain({**REQUEST, "seed": 42}, packs=packs),
        generate_domain({**REQUEST, "seed": "42"}, packs=packs),
    )
    assert one["items"] == two["items"] and one["request_hash"] != two["request_hash"]


def test_constraints_are_options(packs: Registry) -> None:
    items = generate_domain({**REQUEST, "count": 50, "constraints": {"min_km": 10, "max_km": 12}}, packs=packs)["items"]
    assert {item["kilometres"] for item in items} == {10, 11, 12}


def test_schemas_accept_what_is_made_and_refuse_what_is_refused(packs: Registry) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    asks = jsonschema.Draft7Validator(request_schema(Vehicle.__entity__, "vehicle"))
    answers = jsonschema.Draft7Validator(response_schema(Vehicle.__entity__, "vehicle"))
    asks.validate(REQUEST)
    answers.validate(generate_domain({**REQUEST, "count": 100}, packs=packs))
    for wrong in WRONG:
        if wrong[1] not in ("impossible", "unsupported_locale", "invalid_clock", "invalid_constraints"):
            assert not asks.is_valid({**REQUEST, **wrong[0]}), wrong


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"domain": "vehikle"}, "unsupported_domain", "$.domain"),
    ({"domain": 5}, "schema_validation_failed", "$.domain"),
    ({"version": "v9"}, "unsupported_domain", "$.version"),
    ({"count": -1}, "invalid_count", "$.count"),
    ({"count": 1001}, "invalid_count", "$.count"),
    ({"count": True}, "invalid_count", "$.count"),
    ({"count": "5"}, "invalid_count", "$.count"),
    ({"offset": -5}, "invalid_count", "$.offset"),
    ({"seed": ""}, "schema_validation_failed", "$.seed"),
    ({"seed": None}, "schema_validation_failed", "$.seed"),
    ({"locale": "english"}, "schema_validation_failed", "$.locale"),
    ({"locale": "fr_FR"}, "unsupported_locale", "$.locale"),
    ({"clock": "now"}, "invalid_clock", "$.clock"),
    ({"clock": 5}, "schema_validation_failed", "$.clock"),
    ({"colour": "red"}, "schema_validation_failed", "$.colour"),
    ({"profile_id": "x"}, "schema_validation_failed", "$.profile_id"),
    ({"constraints": []}, "schema_validation_failed", "$.constraints"),
    ({"constraints": {"speed": 5}}, "schema_validation_failed", "$.constraints.speed"),
    ({"constraints": {"min_km": "5"}}, "schema_validation_failed", "$.constraints.min_km"),
    ({"constraints": {"min_km": -5}}, "schema_validation_failed", "$.constraints.min_km"),
    ({"constraints": {"colour": "green"}}, "schema_validation_failed", "$.constraints.colour"),
    ({"constraints": {"min_km": 9, "max_km": 8}}, "invalid_constraints", "$.constraints.min_km"),
]


@pytest.mark.parametrize(("change", "code", "path"), WRONG)
def test_every_error_has_a_code_and_a_path(packs: Registry, change: dict[str, Any], code: str, path: str) -> None:
    with pytest.raises(DatamimicError) as error:
        generate_domain({**REQUEST, **change}, packs=packs)
    assert (error.value.code, error.value.path) == (code, path)
    json.dumps(error.value.to_dict())


@pytest.mark.parametrize("missing", [*REQUEST])
def test_nothing_may_be_missing(packs: Registry, missing: str) -> None:
    with pytest.raises(DatamimicError) as error:
        generate_domain({name: value for name, value in REQUEST.items() if name != missing}, packs=packs)
    assert (error.value.code, error.value.path) == ("schema_validation_failed", f"$.{missing}")


@pytest.mark.parametrize("request_", [None, [], "person", 5, {1: 2}])
def test_what_is_no_object_is_no_request(packs: Registry, request_: Any) -> None:
    with pytest.raises(DatamimicError) as error:
        generate_domain(request_, packs=packs)
    assert error.value.code == "invalid_request"
