"""What a column or table of somebody's own can mean, how it is called, and what its values are like.

Packs bring meanings with the hook `datamimic_meanings`; what reads tables that others designed (own models, learning, masking)
finds out with them that `vorname` is a given name, and that a column of 22 characters with the right check digits is an IBAN.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final, Literal, get_args

import attrs
from attrs import field, frozen
from attrs.validators import deep_iterable, in_, instance_of, matches_re, optional

from datamimic.base.frozen import FrozenMapping
from datamimic.errors import PackError, excerpt

Part = Literal["year", "month", "day", "initial", "first", "local", "tail"]
TYPES: Final = (
    *("bool", "bytes", "date", "datetime", "decimal", "duration", "float"),
    *("int", "json", "list", "str", "struct", "time", "uuid"),
)
"""Types of values, in plain words: those of the model language and of every reader of schemas."""

_NAME = r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?"
_PATH = r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+"
_LANGUAGE = r"[a-z]{2,3}"
_FUNCTION = r"\w+(\.\w+)*:\w+"


def _texts(values: Any) -> tuple[str, ...]:
    if isinstance(values, str):
        raise TypeError(f"a list of texts is needed, not the text {values!r}")
    return tuple(values)


def _by_language(names: Any) -> FrozenMapping[str, tuple[str, ...]]:
    if not isinstance(names, Mapping):
        raise TypeError(f"names are lists by language, not {names!r}")
    return FrozenMapping({language: _texts(words) for language, words in names.items()})


def _bounds(values: Any) -> tuple[float, float] | None:
    if values is None:
        return None
    low, high = values
    return float(low), float(high)


def _pair(values: Any) -> tuple[int, int] | None:
    if values is None:
        return None
    low, high = values
    return int(low), int(high)


_list_of_texts = deep_iterable(instance_of(str))


def _names_field() -> Any:
    def valid(meaning: object, attribute: Any, value: Mapping[str, tuple[str, ...]]) -> None:
        for language, words in value.items():
            if not re.fullmatch(_LANGUAGE, language):
                raise ValueError(f"{attribute.name}: {language!r} is no ISO 639 code of a language")
            _list_of_texts(meaning, attribute, words)

    return field(factory=FrozenMapping, converter=_by_language, validator=valid)


@frozen(kw_only=True, slots=False)
class Meaning:
    """A meaning is called `subject.what` where it is that of a column, such as `person.given_name`, and `subject` where it is
    that of a whole table, such as `person`. Meanings of one name from several packs are one: lists are joined, in the order of
    the packs' names, and of what can be said once, the first says it.

    What it is
        fields      where values come from: fields of entities, `pack.entity.field` and on through fields of their own
                    (`common.person.address.city`), the preferred first; of a table, entities (`common.person`)
        part        of those values: the year, month or day of a date; the first letter of a text in upper case (`initial`);
                    what stands before its @ (`local`) or after its first hyphen (`tail`); the first value of a list
        holds       of a table's meaning: other subjects whose columns a row of it has as well -> under which of its fields they
                    are, empty for its own; `{"address": "address"}` for a person, `{"person": ""}` for a patient
        summary     in a few words, for lists

    What it is called
        names       language (ISO 639) -> names, words separated by spaces; case, accents and separators do not count
        bare_names  the same for names that say too little alone, such as `name`: they count in a table of the subject, or after
                    a word for it (`customer_name`)
        favoured_by, forbidden_by
                    words of a table's name or of the column's own name that make the meaning more likely, or rule it out

    What its values are like
        types       what they are: of `TYPES`, the closest first
        length      shortest and longest usual value, in characters
        range       least and greatest usual number
        pattern     regular expression that whole values match
        validator   `module:function`, which gets a text and says whether it is such a value: check digits, for example
        values      all that there are, where they are few
        table       table of a pack and its column that hold them: `common.given_names.given_name`
        cut         whether what is too long for a column may be cut, as a note may and a postal code may not
        distinct    whether rows of the entity never, or hardly, have the same value
    """

    name: str = field(validator=matches_re(_NAME))
    summary: str = field(default="", validator=instance_of(str))
    fields: tuple[str, ...] = field(default=(), converter=_texts, validator=deep_iterable(matches_re(_PATH)))
    part: Part | None = field(default=None, validator=optional(in_(get_args(Part))))
    holds: Mapping[str, str] = field(factory=FrozenMapping, converter=FrozenMapping)
    names: Mapping[str, tuple[str, ...]] = _names_field()
    bare_names: Mapping[str, tuple[str, ...]] = _names_field()
    favoured_by: tuple[str, ...] = field(default=(), converter=_texts, validator=_list_of_texts)
    forbidden_by: tuple[str, ...] = field(default=(), converter=_texts, validator=_list_of_texts)
    types: tuple[str, ...] = field(default=("str",), converter=_texts, validator=deep_iterable(in_(TYPES)))
    length: tuple[int, int] | None = field(default=None, converter=_pair)
    range: tuple[float, float] | None = field(default=None, converter=_bounds)
    pattern: str | None = field(default=None, validator=optional(instance_of(str)))
    validator: str | None = field(default=None, validator=optional(matches_re(_FUNCTION)))
    values: tuple[str, ...] = field(default=(), converter=_texts, validator=_list_of_texts)
    table: str | None = field(default=None, validator=optional(matches_re(_PATH)))
    cut: bool = field(default=False, validator=instance_of(bool))
    distinct: bool = field(default=False, validator=instance_of(bool))

    def __attrs_post_init__(self) -> None:
        for low, high in filter(None, (self.length, self.range)):
            if not low <= high:
                raise ValueError(f"{self.name}: {low} to {high} is no range")
        try:
            re.compile(self.pattern or "")
        except re.error as failure:
            raise ValueError(f"{self.name}: the pattern is no regular expression: {failure}") from failure

    @property
    def subject(self) -> str:
        """`person` of `person.given_name`."""
        return self.name.partition(".")[0]

    @property
    def is_subject(self) -> bool:
        """Whether it is the meaning of a table, not of a column."""
        return "." not in self.name

    def recognises(self, value: str) -> bool | None:
        """Whether a text can be such a value, by pattern, validator and values; None where none of them is said. What a
        `table` holds is not looked up.

        Raises `PackError` (`bad_hook`) for a validator that cannot be imported.
        """
        tests = [test(value) for test in self._tests]
        return all(tests) if tests else None

    @cached_property
    def _tests(self) -> tuple[Callable[[str], bool], ...]:
        found: list[Callable[[str], bool]] = []
        if self.pattern is not None:
            pattern = re.compile(self.pattern)
            found.append(lambda value: pattern.fullmatch(value) is not None)
        if self.values:
            known = frozenset(each.casefold() for each in self.values)
            found.append(lambda value: value.casefold() in known)
        if self.validator is not None:
            valid = _function(self.validator, self.name)
            found.append(lambda value: bool(valid(value)))
        return tuple(found)

    def joined(self, other: Meaning) -> Meaning:
        """What two packs say of one meaning; where only one can be right, `self` is."""
        both: dict[str, Any] = {}
        for each in attrs.fields(Meaning):
            mine, theirs, unsaid = getattr(self, each.name), getattr(other, each.name), each.default
            if each.name in ("names", "bare_names"):
                both[each.name] = {
                    language: _once(mine.get(language, ()), theirs.get(language, ())) for language in {**mine, **theirs}
                }
            elif each.name == "holds":
                both[each.name] = {**theirs, **mine}
            elif each.name in ("fields", "favoured_by", "forbidden_by", "values"):
                both[each.name] = _once(mine, theirs)
            else:
                both[each.name] = theirs if mine == unsaid else mine
        return Meaning(**both)


def _once(*lists: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for words in lists for word in words))


def _function(place: str, meaning: str) -> Callable[[str], Any]:
    module, _, name = place.partition(":")
    try:
        found = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as failure:
        raise PackError("bad_hook", f"the validator of {excerpt(meaning)} cannot be imported: {failure}") from failure
    if not callable(found):
        raise PackError("bad_hook", f"the validator of {excerpt(meaning)}, {place}, cannot be called")
    return found
