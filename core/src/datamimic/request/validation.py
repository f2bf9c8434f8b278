"""A request against the JSON Schema of its domain: the first thing that does not fit, with its code and JSON path."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from datamimic.base.utf8 import encodes
from datamimic.errors import DatamimicError, excerpt, suggest
from datamimic.model.spec import Spec
from datamimic.request.schemas import constraints_schema, request_schema
from datamimic.request.view import RequestView

DEEPEST = 16
"""Levels of nesting that a request may have; no schema has more."""
_MOST_BITS = 128
_CODES = {"count": "invalid_count", "offset": "invalid_count"}
_CODES |= {name: f"invalid_{name}" for name in ("profile_id", "component_id")}


def as_json(value: Any) -> dict[str, Any]:
    """The request as plain JSON values. Raises `DatamimicError` for what no JSON text holds, or nobody could read:
    `invalid_request` where the whole is no object, else `schema_validation_failed` with the path."""
    if not isinstance(value, Mapping):
        raise DatamimicError("invalid_request", "a request is a JSON object", path="$")
    if bad := [name for name in value if not isinstance(name, str) or not encodes(name)]:
        raise DatamimicError("invalid_request", f"{excerpt(bad[0])} is no name of a member", path="$")
    return {name: _plain(member, f"$.{name}", 1) for name, member in value.items()}


def _plain(value: Any, path: str, depth: int) -> Any:
    if depth > DEEPEST:
        raise _unfit("the request is nested too deeply", path, f"at most {DEEPEST} levels")
    if isinstance(value, Mapping):
        if bad := [name for name in value if not isinstance(name, str) or not encodes(name)]:
            raise _unfit(f"{excerpt(bad[0])} is no name of a member", path)
        return {name: _plain(member, f"{path}.{name}", depth + 1) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, f"{path}[{number}]", depth + 1) for number, item in enumerate(value)]
    if isinstance(value, str) and not encodes(value):
        raise _unfit(f"{_said(path)} holds half a surrogate pair", path, "text that UTF-8 can write")
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        raise DatamimicError(_code(path), f"{_said(path)} is {excerpt(value)}", hint="a smaller number", path=path)
    if not (value is None or isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value))):
        raise _unfit(f"{_said(path)} is {excerpt(value)}", path, "a value that JSON has")
    return value


def check_request(request: Mapping[str, Any], spec: Spec, domain: str) -> None:
    """Raises `DatamimicError` for the first member, in the order of the schema, that does not fit the domain's schema."""
    errors = sorted(_Validator(request_schema(spec, domain)).iter_errors(request), key=_order)
    if errors:
        raise _coded(errors[0], domain)


def check_constraints(constraints: Mapping[str, Any], view: RequestView) -> None:
    """Raises `DatamimicError` (`schema_validation_failed`) for constraints that do not fit the view's schema."""
    for error in _Validator(constraints_schema(view)).iter_errors(constraints):
        raise _coded(error, "", "$.constraints")


# A tuple is a list and 1.0 no whole number, as Python callers have it.
_Validator = extend(
    Draft7Validator,
    type_checker=Draft7Validator.TYPE_CHECKER.redefine_many(
        {
            "array": lambda checker, value: isinstance(value, list | tuple),
            "object": lambda checker, value: isinstance(value, Mapping),
            "integer": lambda checker, value: isinstance(value, int) and not isinstance(value, bool),
        }
    ),
)
_OF_THE_WHOLE = ("required", "additionalProperties")


def _order(error: ValidationError) -> bool:
    """Members that are missing or too many come first."""
    return bool(error.absolute_path) or error.validator not in _OF_THE_WHOLE


def _coded(error: ValidationError, domain: str, root: str = "$") -> DatamimicError:
    while error.context:  # of a choice, what the first of its schemas says
        error = min(error.context, key=lambda each: (each.schema_path[0], len(each.path)))
    path = root + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, Mapping) else {}
    if error.validator == "required":
        name = next(iter(name for name in schema["required"] if name not in error.instance), "")
        return _unfit(f"{'the request' if path == '$' else _said(path)} has no {name}", f"{path}.{name}")
    if error.validator == "additionalProperties":
        known = [*schema.get("properties", {})]
        name = next(iter(name for name in error.instance if name not in known), "")
        owner = f"a request for {domain} has no member" if path == "$" else f"there is no {_kind(path)}"
        near = suggest(name, known)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(known))}"
        return _unfit(f"{owner} {excerpt(name)}", f"{path}.{name}", hint)
    hint = f"expected: {', '.join(_wanted(error.validator, schema))}"
    if path == "$.count":
        hint += "; ask for more items in pages, with offset"
    return DatamimicError(_code(path), f"{_said(path)} is {excerpt(error.instance)}", hint=hint, path=path)


def _code(path: str) -> str:
    return _CODES.get(path.removeprefix("$."), "schema_validation_failed")


def _kind(path: str) -> str:
    return "constraint" if path == "$.constraints" else f"member of {_said(path)}"


def _wanted(rule: object, schema: Mapping[str, Any]) -> Iterator[str]:
    """What a schema asks for, in words."""
    kinds = schema.get("type")
    if rule == "enum":
        yield f"one of {', '.join(map(str, schema['enum']))}"
    elif rule == "const":
        yield str(schema["const"])
    elif rule in ("pattern", "minLength") and kinds == "string":
        yield f"text like {schema['pattern']}" if "pattern" in schema else "text that is not empty"
    elif rule == "minItems":
        yield f"at least {schema['minItems']} items"
    else:
        if kinds is not None:
            yield kinds if isinstance(kinds, str) else " or ".join(kinds)
        low, high = schema.get("minimum"), schema.get("maximum")
        if low is not None or high is not None:
            yield f"from {low if low is not None else '…'} to {high if high is not None else '…'}"
        if not kinds and low is None and high is None:
            yield str(rule)


def _said(path: str) -> str:
    return path.removeprefix("$.").removeprefix("constraints.") if path != "$" else "the request"


def _unfit(message: str, path: str, hint: str | None = None) -> DatamimicError:
    return DatamimicError("schema_validation_failed", message, hint=hint, path=path)
