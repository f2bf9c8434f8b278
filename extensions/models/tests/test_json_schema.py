"""JSON Schema and OpenAPI as models."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic_models import Model as DmModel
from datamimic_models.model import Mistakes, Model, Table
from datamimic_models.reading.json_schema import read_json_schema


def read(document: Any, *codes: str) -> Model:
    """The model; `codes` are those of its mistakes and warnings."""
    mistakes = Mistakes()
    model = read_json_schema(document, mistakes, name="things", file="things.json")
    assert [each.code for each in mistakes.found] == list(codes), mistakes.found
    return model


def table(properties: dict[str, Any], *codes: str, **more: Any) -> Table:
    [only] = read({"type": "object", "properties": properties, **more}, *codes).tables
    return only


@pytest.mark.parametrize(
    ("schema", "type_"),
    [
        ({"type": "integer"}, "int"),
        ({"type": "number"}, "float"),
        ({"type": "number", "multipleOf": 0.01}, "decimal(15,2)"),
        ({"type": "number", "multipleOf": 5}, "int"),
        ({"type": ["integer", "number"]}, "float"),
        ({"type": "string", "maxLength": 7}, "str(7)"),
        ({"type": "string", "format": "date"}, "date"),
        ({"type": "string", "format": "date-time"}, "datetime"),
        ({"type": "string", "format": "time"}, "time"),
        ({"type": "string", "format": "duration"}, "duration"),
        ({"format": "uuid"}, "uuid"),
        ({"minimum": 3}, "float"),
        ({"minLength": 1}, "str"),
        ({"type": "boolean"}, "bool"),
        ({"enum": [1, 2]}, "int"),
        ({"const": "a"}, "str"),
        ({"const": True}, "bool"),
        ({"type": "array", "items": {"type": "integer"}}, "list[int]"),
        ({"items": {"type": "string"}}, "list[str]"),
        ({"type": "object", "properties": {"a": {"type": "integer"}}}, "struct"),
        ({"type": "object"}, "json"),
        ({}, "str"),
        (True, "str"),
        ({"allOf": [{"type": ["integer", "string"]}, {"type": "integer"}]}, "int"),
        ({"anyOf": [{"const": 1}, {"const": 2}]}, "int"),
    ],
)
def test_types(schema: Any, type_: str) -> None:
    assert str(table({"a": schema}).column("a").type) == type_


def test_null_may_be_said_in_every_way_that_drafts_have() -> None:
    shown = table(
        {
            "a": {"type": ["string", "null"]},
            "b": {"type": "string", "nullable": True},
            "c": {"anyOf": [{"type": "null"}, {"type": "string"}]},
            "d": {"enum": ["x", None]},
            "e": {"type": ["string", "null"], "not": {"type": "null"}},
            "f": {"allOf": [{"type": ["string", "null"]}, {"type": "string"}]},
            "g": {"type": "null"},
        }
    )
    assert {each.name: each.nullable for each in shown.columns} == dict.fromkeys("abcdg", True) | dict.fromkeys(
        "ef", False
    )
    assert shown.column("g").null_share == 1


def test_references_of_every_draft_are_followed() -> None:
    number = {"type": "integer"}
    document = {
        "$id": "https://example.com/a/root.json",
        "type": "object",
        "properties": {
            "pointer": {"$ref": "#/definitions/n"},
            "anchor": {"$ref": "#n"},
            "old": {"$ref": "#old"},
            "address": {"$ref": "other.json"},
            "whole": {"$ref": "https://example.com/a/other.json#"},
            "escaped": {"$ref": "#/definitions/a~1b%20c"},
        },
        "definitions": {
            "n": {"$anchor": "n", **number},
            "o": {"$id": "#old", **number},
            "m": {"$id": "other.json", **number},
            "a/b c": number,
        },
    }
    [shown] = read(document).tables
    assert {each.type.name for each in shown.columns} == {"int"}
    read({"properties": {"a": {"$ref": "file.json#/x"}}}, "models.no_such_schema")


def test_circles_end_where_they_may_and_are_refused_where_not() -> None:
    document = {
        "title": "TreeNode",
        "properties": {
            "parent": {"$ref": "#"},
            "next": {"anyOf": [{"$ref": "#"}, {"type": "null"}]},
            "children": {"type": "array", "items": {"$ref": "#"}},
        },
        "required": ["next"],
    }
    [shown] = read(document, "models.not_expressed", "models.not_expressed").tables
    assert shown.name == "tree_node" and [each.name for each in shown.columns] == ["next", "children"]
    assert shown.column("next").null_share == 1
    read({**document, "required": ["parent"]}, "models.impossible")
    a_and_b = {
        name: {"properties": {"x": {"$ref": f"#/$defs/{other}"}}, "required": ["x"]} for name, other in ("ab", "ba")
    }
    read({"$defs": a_and_b}, "models.impossible", "models.impossible")


def test_of_alternatives_the_first_that_there_can_be_is_made_and_no_second_one_fits() -> None:
    cash = {"type": "object", "properties": {"cash": {"type": "integer"}}}
    shown = table({"pay": {"oneOf": [False, cash, {"type": "string"}]}}, "models.not_expressed")
    assert [name for name, _ in shown.column("pay").type.members] == ["cash"]
    shown = table({"a": {}, "b": {}}, "models.not_expressed", oneOf=[{"required": ["a"]}, {"required": ["b"]}])
    assert [each.name for each in shown.columns] == ["a"]
    shown = table({"a": {}, "b": {}}, **{"not": {"required": ["b"]}})
    assert [each.name for each in shown.columns] == ["a"]


@pytest.mark.parametrize(
    "schema",
    [
        {"allOf": [{"type": "string"}, {"type": "integer"}]},
        {"type": "integer", "minimum": 5, "maximum": 4},
        {"type": "string", "minLength": 5, "maxLength": 4},
        {"enum": [1, 2], "type": "string"},
        {"allOf": [{"enum": [1, 2]}, {"const": 3}]},
        {"const": 7, "maximum": 6},
        False,
    ],
)
def test_what_cannot_be_is_refused_where_it_must_be(schema: Any) -> None:
    mistakes = Mistakes()
    read_json_schema({"properties": {"a": schema}, "required": ["a"]}, mistakes, name="things", file="f.json")
    assert [each.code for each in mistakes.errors] == ["models.impossible"]
    assert str(mistakes.errors[0].place) == "f.json#/properties/a"
    table({"a": schema, "b": {"type": "integer"}})


def test_words_that_a_model_has_no_word_for_are_told() -> None:
    table({"a": {"type": "array", "contains": {"const": 1}}, "b": {"not": {"const": 2}}}, *["models.not_expressed"] * 2)


def test_components_of_openapi_are_tables_unless_another_one_holds_them() -> None:
    schemas = {
        "Order": {
            "type": "object",
            "properties": {
                "order_id": {"type": "integer", "format": "int32"},
                "lines": {"type": "array", "items": {"$ref": "#/components/schemas/OrderLine"}},
            },
        },
        "OrderLine": {"type": "object", "properties": {"sku": {"type": "string"}}},
        "State": {"type": "string", "enum": ["new", "sent"]},
    }
    [shown] = read({"openapi": "3.1.0", "info": {}, "paths": {}, "components": {"schemas": schemas}}).tables
    assert shown.name == "order" and shown.primary_key == ("order_id",)
    assert shown.column("order_id").type.bits == 32
    assert str(shown.column("lines").type) == "list[struct]"


def test_what_would_never_end_is_refused() -> None:
    wide = {f"d{n}": {"properties": {f"p{k}": {"$ref": f"#/$defs/d{n + 1}"} for k in range(9)}} for n in range(9)}
    wide["d9"] = {"properties": {"a": {"type": "integer"}}}
    read({"$ref": "#/$defs/d0", "$defs": wide}, "models.too_large")
    deep: Any = {"type": "integer"}
    for _ in range(5_000):
        deep = {"allOf": [deep]}
    read(deep, "models.too_deep")


_WORDS = st.sampled_from(
    ["type", "properties", "items", "enum", "const", "$ref", "allOf", "oneOf", "anyOf", "not", "required", "minimum", "format",
     "maximum", "multipleOf", "pattern", "minItems", "maxItems", "maxLength", "$id", "id", "$anchor", "$defs", "nullable", "a"]
)  # fmt: skip
_LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.floats(),
    st.sampled_from(["string", "integer", "object", "array", "null", "number", "#", "#/properties/a", "#a", "(", "date", "http://["]),
)  # fmt: skip
_DOCUMENTS = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=4), max_leaves=25
)


@settings(max_examples=300, deadline=None)
@given(_DOCUMENTS)
def test_whatever_stands_in_a_document_is_a_model_or_a_mistake(document: Any) -> None:
    mistakes = Mistakes()
    model = read_json_schema(document, mistakes, name="things", file="things.json")
    assert model.tables or mistakes.errors


def test_a_discriminator_says_which_alternative_it_is_and_columns_refer_by_their_name() -> None:
    kind = {"propertyName": "kind", "mapping": {"card": "#/components/schemas/Card", "wire": "Wire"}}
    base = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}
    one = {"allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"n": {"type": "integer"}}}]}
    schemas = {
        "Base": {**base, "discriminator": {"propertyName": "kind"}},
        "Card": base,
        "Wire": base,
        "Heir": one,
        "Order": {
            "type": "object",
            "required": ["id", "petId", "from", "to"],
            "properties": {
                "id": {"type": "integer"},
                "petId": {"type": "string", "format": "uuid"},
                "paid": {"oneOf": [{"$ref": "#/components/schemas/Wire"}], "discriminator": kind},
                "from": {"type": "string", "format": "date"},
                "to": {"type": "string", "format": "date"},
            },
        },
        "Pet": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "format": "uuid"}}},
    }
    model = DmModel.checked(read({"openapi": "3.0.0", "components": {"schemas": schemas}}))
    [key] = model.tables.table("order").foreign_keys
    assert (key.columns, key.parent_table, key.parent_columns) == (("petId",), "pet", ("id",))
    world = model.with_rows(20).world(seed=1)
    pets = {row["id"] for row in world["things.pet"][0:20].to_arrow().to_pylist()}
    for row in world["things.order"][0:20].to_arrow().to_pylist():
        assert row["petId"] in pets and row["paid"] == {"kind": "wire"} and row["from"] <= row["to"]
    assert {row["kind"] for row in world["things.heir"][0:20].to_arrow().to_pylist()} == {"Heir"}


def test_mappings_of_any_names_have_some_and_distinct_items_are_no_more_than_there_are() -> None:
    schema = {
        "type": "object",
        "properties": {
            "counts": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 3}, "minProperties": 3},
            "tags": {"type": "array", "items": {"enum": ["new", "sale"]}, "uniqueItems": True},
        },
        "required": ["counts", "tags"],
    }
    made = DmModel.checked(read(schema)).world(seed="s")["things.things"][0:100]
    for row in made:
        jsonschema.validate(row.to_dict(), schema)
    assert {len(row.to_dict()["tags"]) for row in made} == {0, 1, 2}


def test_items_may_differ_by_place() -> None:
    degrees = [{"type": "number", "minimum": -limit, "maximum": limit} for limit in (180, 90)]
    schema = {
        "type": "object",
        "required": ["point", "code", "rest"],
        "properties": {
            "point": {"prefixItems": degrees, "items": False, "minItems": 2},
            "code": {"prefixItems": [{"type": "string", "pattern": "^[A-Z]{3}$"}, {"enum": ["N", "S"]}], "minItems": 2},
            "rest": {
                "prefixItems": [{"const": 1}],
                "items": {"type": "integer", "minimum": 5, "maximum": 7},
                "minItems": 3,
            },
        },
    }
    rows = DmModel.checked(read(schema)).world(seed="places")["things.things"][:100]
    for row in rows:
        made = {"point": list(row.point), "code": list(row.code), "rest": list(row.rest)}
        jsonschema.validate(made, schema)
    assert len({tuple(row.point) for row in rows}) > 90
    several = {"prefixItems": [{"type": "string"}, {"type": "boolean"}], "minItems": 2}
    assert str(table({"a": several}, "models.not_expressed").column("a").type) == "list[str]"


def test_several_patterns_and_lengths_hold_together() -> None:
    schema = {
        "allOf": [
            {
                "type": "object",
                "required": ["a", "b"],
                "properties": {"a": {"type": "string", "pattern": "^[a-z]{3,6}$"}},
            },
            {"properties": {"a": {"pattern": "^ab", "maxLength": 5}}},
            {
                "properties": {
                    "b": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$", "minLength": 12, "maxLength": 15}
                }
            },
        ]
    }
    rows = DmModel.checked(read(schema)).world(seed="s")["things.things"][:60].to_arrow().to_pylist()
    for row in rows:
        jsonschema.validate(row, schema)


def test_a_pattern_and_a_length_leave_what_columns_mean() -> None:
    two = {"type": "string", "pattern": "^[A-Z]{2}$"}
    place = {"type": "object", "required": ["country"], "properties": {"country": two}}
    name = {"type": "string", "minLength": 3, "maxLength": 60}
    schema = {
        "type": "object",
        "required": ["fullName", "country", "home", "slug"],
        "properties": {"fullName": name, "country": two, "home": place, "slug": {"type": "string", "minLength": 4}},
    }
    rows = DmModel.checked(read(schema)).world(seed="s", locale="fr_FR")["things.things"][:40].to_arrow().to_pylist()
    for row in rows:
        jsonschema.validate(row, schema)
        assert " " in row["fullName"] and row["slug"].islower()
    assert {row["country"] for row in rows} == {row["home"]["country"] for row in rows} == {"FR"}
