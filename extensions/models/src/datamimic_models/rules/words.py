"""The words of a rule: attributes of its class, with what they mean and what may stand for them.

Values are frozen, so that a rule can be compared and hashed: a list is a tuple, a mapping `Pairs`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from attrs import NOTHING, Attribute, field, fields

WordKind = Literal["number", "whole", "text", "bool", "scalar", "bound", "list", "pairs", "any", "rule", "rules"]
"""What may stand for a word.

number  a number                    scalar  a text, a number, true, false or null
whole   a whole number              bound   a number, or a text that is one, a date or a moment
text    a text                      list    a list
bool    true or false               pairs   a mapping
any     whatever a document holds  rule    a rule; in a class it is one
rules   a mapping of names to rules
"""
_DOC: Final = "doc"
_KIND: Final = "kind"
_CHOICES: Final = "choices"
_OTHER: Final = "other names"


def word(
    doc: str, kind: WordKind, default: Any = NOTHING, *, choices: tuple[str, ...] = (), other: tuple[str, ...] = ()
) -> Any:
    """An attribute that the language knows. Without a default it must be there. `other` are names that stand for it as well."""
    return field(
        default=default,
        converter=frozen_value,
        metadata={_DOC: doc, _KIND: kind, _CHOICES: choices, _OTHER: other},
    )


def words_of(rule: type) -> tuple[Attribute[Any], ...]:
    """The words of a kind of rule, in the order in which they are written."""
    return tuple(each for each in fields(rule) if _KIND in each.metadata)


def kind_of_word(each: Attribute[Any]) -> WordKind:
    kind: WordKind = each.metadata[_KIND]
    return kind


def doc_of(each: Attribute[Any]) -> str:
    return str(each.metadata[_DOC])


def choices_of(each: Attribute[Any]) -> tuple[str, ...]:
    return tuple(each.metadata[_CHOICES])


def other_names(each: Attribute[Any]) -> tuple[str, ...]:
    return tuple(each.metadata[_OTHER])


def fits(value: Any, kind: WordKind) -> bool:
    """May this plain value stand for a word of the kind?"""
    scalar = value is None or isinstance(value, str | int | float)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    tests: dict[WordKind, bool] = {
        "number": number,
        "whole": number and isinstance(value, int),
        "text": isinstance(value, str),
        "bool": isinstance(value, bool),
        "scalar": scalar,
        "bound": number or isinstance(value, str),
        "list": isinstance(value, list | tuple),
        "pairs": isinstance(value, Mapping),
        "any": True,
        "rule": isinstance(value, str | Mapping),
        "rules": isinstance(value, Mapping),
    }
    return tests[kind]


class Pairs(tuple[tuple[str, Any], ...]):
    """A mapping that does not change, in the order in which it was written."""

    __slots__ = ()


def frozen_value(value: Any) -> Any:
    """Lists as tuples, mappings as `Pairs`."""
    if isinstance(value, Pairs):
        return value
    if isinstance(value, Mapping):
        return Pairs((str(key), frozen_value(each)) for key, each in value.items())
    return tuple(map(frozen_value, value)) if isinstance(value, list | tuple) else value


def thawed(value: Any) -> Any:
    """The value as a document has it."""
    if isinstance(value, Pairs):
        return {key: thawed(each) for key, each in value}
    return [thawed(each) for each in value] if isinstance(value, tuple) else value
