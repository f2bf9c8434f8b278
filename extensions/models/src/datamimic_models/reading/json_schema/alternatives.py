"""Which of the alternatives of a schema is taken: `oneOf`, `anyOf`.

The documented choice: alternatives that are only values are one list of values; null among them makes the value nullable;
of what remains the first that can be made is taken, and a warning says so. What other alternatives of a `oneOf` require and
it does not is left out, so that no second one fits.
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from datamimic_models.reading.json_schema.references import Located


@frozen
class Choice:
    """`nullable`: null is an alternative. `candidates` are to be tried in turn. `values`: there is nothing but these."""

    nullable: bool
    candidates: tuple[Located, ...]
    values: tuple[Any, ...] | None = None
    required_elsewhere: frozenset[str] = frozenset()


def choice(located: Located, word: str) -> Choice:
    """Of the alternatives that stand under a word."""
    every = [located.down(word, index) for index in range(len(located.schema[word]))]
    others = [each for each in every if not _is_null(each.schema)]
    nullable = len(others) < len(every)
    if others and all(_is_values(each.schema) for each in others):
        values = [value for each in others for value in _values(each.schema)]
        return Choice(nullable or None in values, (), tuple(value for value in values if value is not None))
    required = [_required(each.schema) for each in others]
    elsewhere = frozenset[str]()
    if word == "oneOf" and required:
        only_required = all(isinstance(each.schema, dict) and set(each.schema) <= {"required"} for each in others)
        elsewhere = frozenset[str]().union(*required[1:]) - required[0] if only_required else elsewhere
    return Choice(nullable, tuple(others), None, elsewhere)


def _is_null(schema: Any) -> bool:
    if not isinstance(schema, dict):
        return False
    return schema.get("type") in ("null", ["null"]) or ("const" in schema and schema["const"] is None)


def _is_values(schema: Any) -> bool:
    return isinstance(schema, dict) and ("const" in schema or isinstance(schema.get("enum"), list))


def _values(schema: dict[str, Any]) -> list[Any]:
    return [schema["const"]] if "const" in schema else list(schema["enum"])


def _required(schema: Any) -> frozenset[str]:
    said = schema.get("required") if isinstance(schema, dict) else None
    return frozenset(each for each in said if isinstance(each, str)) if isinstance(said, list) else frozenset()
