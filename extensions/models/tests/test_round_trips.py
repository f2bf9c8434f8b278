"""Rows are what the language that the model was read from wants: JSON Schema validates them, classes are made of them."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

import attrs
import jsonschema
import pydantic
import pytest
from annotated_types import Ge, Gt, Le, Len, Lt, MultipleOf
from attrs import validators as v
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datamimic import World
from datamimic_models.model import Mistakes, Model
from datamimic_models.model_reader import checked, described
from datamimic_models.printing.text import to_json, to_yaml
from datamimic_models.reading.classes import read_classes
from datamimic_models.reading.json_schema import read_json_schema
from datamimic_models.reading.tables_files import document_part
from datamimic_models.reading.tables_language import model_of

ROWS = 40


def rows_of(model: Model) -> list[dict[str, Any]]:
    """Of the first table, as JSON has them; the model that its YAML and JSON say is the same one."""
    for text in (to_yaml(model), to_json(model)):
        mistakes = Mistakes()
        assert model_of(document_part(text, None, mistakes), model.name, mistakes) == model, text
    world = World("demo", models=[described(model)])
    return [json.loads(json.dumps(row.to_dict())) for row in world[f"{model.name}.{model.tables[0].name}"][0:ROWS]]


_INTEGERS = st.tuples(st.integers(-1_000, 1_000), st.integers(0, 1_000), st.sampled_from([None, 1, 3, 10])).map(
    lambda x: {"type": "integer", "minimum": x[0], "maximum": x[0] + 10 + x[1]} | ({"multipleOf": x[2]} if x[2] else {})
)
_ONE_SIDED = st.tuples(
    st.sampled_from(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]), st.integers(-99, 99)
).map(lambda x: {"type": "integer", x[0]: x[1]})
_NUMBERS = st.tuples(st.integers(-500, 500), st.integers(1, 500), st.booleans()).map(
    lambda x: {
        "type": "number",
        ("exclusiveMinimum" if x[2] else "minimum"): x[0] / 8,
        ("exclusiveMaximum" if x[2] else "maximum"): (x[0] + x[1]) / 8,
    }
)
_OTHERS: list[Any] = [
    {"type": "boolean"},
    {"type": "number"},
    {"type": "string"},
    {"type": "string", "maxLength": 3},
    {"type": "string", "format": "date"},
    {"type": "string", "format": "date-time"},
    {"type": "string", "format": "uuid"},
    {"type": "string", "format": "email"},
    {"type": "string", "format": "uri"},
    {"type": "string", "format": "ipv4"},
    {"type": "string", "format": "ipv6"},
    {"type": "string", "pattern": "^[A-Z]{3}-[0-9]{2,4}$"},
    {"type": "string", "pattern": "[a-c]+x?"},
    {"type": "string", "minLength": 5, "maxLength": 9},
    {"type": "number", "multipleOf": 0.5, "minimum": 0},
    {"enum": ["a", "b", None]},
    {"enum": [1, 2, 3]},
    {"const": "x"},
    {"type": "null"},
    {"anyOf": [{"type": "integer"}, {"type": "null"}]},
    {"oneOf": [{"type": "string", "enum": ["x"]}, {"type": "integer"}]},
    {"allOf": [{"type": "integer", "minimum": 3}, {"maximum": 9}]},
    {"$ref": "#/$defs/part"},
    {"type": "array", "items": {"$ref": "#"}},
    {"type": "object"},
]


def _lists(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.tuples(inner, st.integers(0, 3), st.integers(0, 3)).map(
        lambda x: {"type": "array", "items": x[0], "minItems": x[1], "maxItems": x[1] + x[2]}
    )


def _objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    members = st.dictionaries(st.sampled_from(["a", "b", "city", "d_e", "first_name"]), inner, min_size=1, max_size=3)
    return st.tuples(members, st.booleans()).map(
        lambda x: (
            {"type": "object", "properties": x[0], "additionalProperties": False}
            | ({"required": sorted(x[0])} if x[1] else {})
        )
    )


_SCHEMAS = st.recursive(
    st.sampled_from(_OTHERS) | _INTEGERS | _ONE_SIDED | _NUMBERS,
    lambda inner: _lists(inner) | _objects(inner),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(_objects(_SCHEMAS))
def test_rows_of_a_json_schema_validate(schema: dict[str, Any]) -> None:
    part = {
        "type": "object",
        "properties": {"n": {"type": "integer"}},
        "required": ["n"],
        "additionalProperties": False,
    }
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "$defs": {"part": part}}
    mistakes = Mistakes()
    model = read_json_schema(document, mistakes, name="things", file="things.json")
    if mistakes.errors:
        assert {each.code for each in mistakes.errors} == {"models.impossible"}
        return
    validator = jsonschema.Draft202012Validator(document, format_checker=jsonschema.FormatChecker())
    for row in rows_of(checked(model, mistakes)):
        validator.validate(row)


class Part(pydantic.BaseModel):
    n: int = pydantic.Field(gt=0, multiple_of=7)
    word: str | None


class Thing(pydantic.BaseModel):
    """A class that says a little of everything."""

    model_config = pydantic.ConfigDict(extra="forbid")

    id: int = pydantic.Field(ge=1, le=500)
    email: pydantic.EmailStr
    site: pydantic.HttpUrl
    kind: Literal["a", "b"]
    code: str = pydantic.Field(pattern=r"^\d{2}[A-F]$")
    share: float = pydantic.Field(gt=0, lt=1)
    small: Decimal = pydantic.Field(max_digits=4, decimal_places=2, gt=0)
    born: date = pydantic.Field(ge=date(1950, 1, 1), lt=date(1950, 1, 3))
    seen: pydantic.AwareDatetime
    past: pydantic.PastDate
    lasts: timedelta
    key: UUID
    parts: list[Part] = pydantic.Field(min_length=1, max_length=2)
    one: Part
    tags: Annotated[set[int], Len(2, 3)]
    pair: tuple[int, int]
    maybe: Annotated[int, Ge(3), Lt(5)] | None
    even: Annotated[int, Gt(0), Le(10), MultipleOf(2)]
    secret: pydantic.SecretStr


@dataclasses.dataclass
class Box:
    box_id: UUID
    sizes: list[float]
    made: datetime | None


@attrs.frozen
class Shelf:
    number: int = attrs.field(validator=[v.ge(1), v.lt(100)])
    place: str = attrs.field(validator=v.in_(["left", "right"]))
    label: str = attrs.field(validator=[v.matches_re("[A-Z]{2,4}"), v.max_len(3)])
    spare: int | None = attrs.field(validator=v.optional(v.gt(7)))
    floors: list[int] = attrs.field(validator=v.deep_iterable(v.and_(v.gt(0), v.le(9)), v.min_len(1)))


@pytest.mark.parametrize("cls", [Thing, Box, Shelf])
def test_classes_can_be_made_of_rows(cls: Any) -> None:
    mistakes = Mistakes()
    model = checked(read_classes([cls], mistakes), mistakes)
    assert mistakes.found == []
    made = [cls(**row) for row in rows_of(model)]
    assert len(made) == ROWS
    if cls is Thing:
        assert {each.kind for each in made} == {"a", "b"} and None in {each.maybe for each in made}
