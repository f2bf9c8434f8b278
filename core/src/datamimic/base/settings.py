"""Classes with settings that a user gives by name: formats, targets and engines.

class Csv(Format):
    delimiter: str = setting(",", "What stands between two cells.")

Csv(delimiter=";")                          in Python, compared and hashed by value
Csv.configured({"delimiter": ";"})          from a manifest or the command line: names and types are checked
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self, dataclass_transform

import attrs
from attrs import frozen

from datamimic.errors import InvalidOption, UnknownName, excerpt

_MARK = "datamimic.setting"
_TRUTHS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


@frozen
class Setting:
    """A setting: its default, what it is for, and the only values that it takes, where there are few."""

    name: str
    default: Any
    doc: str
    choices: tuple[Any, ...] = ()


def setting(
    default: Any,
    doc: str,
    *,
    choices: tuple[Any, ...] = (),
    check: Callable[[Any], str | None] | None = None,
    converter: Callable[[Any], Any] | None = None,
) -> Any:
    """A setting of a class, explained by `doc`; its type (bool, int or str) is that of the default.

    `choices` are all values that it may have. `check` gets a value and says what is wrong with it, None where nothing is;
    `converter` gives another spelling its value.
    """

    def validate(instance: Configured, attribute: attrs.Attribute[Any], value: Any) -> None:
        where: dict[str, Any] = {"path": f"$.settings.{attribute.name}"}
        owner = f"{attribute.name} of {instance.name}"
        if type(value) is not type(default):
            raise InvalidOption("invalid_option", f"{owner} is {excerpt(value)}, not {type(default).__name__}", **where)
        if choices and value not in choices:
            near = difflib.get_close_matches(str(value), [str(each) for each in choices], n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"one of {', '.join(map(str, choices))}"
            raise InvalidOption("invalid_option", f"{owner} is {excerpt(value)}", hint=hint, **where)
        if check is not None and (wrong := check(value)):
            raise InvalidOption("invalid_option", f"{owner} is {excerpt(value)}: {wrong}", **where)

    return attrs.field(
        default=default, kw_only=True, validator=validate, converter=converter, metadata={_MARK: (doc, choices)}
    )


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(setting,))
class Configured:
    """A value whose settings are the annotated `setting(...)` attributes of its class; subclasses need no decorator."""

    name: ClassVar[str]
    word: ClassVar[str] = "class"
    """What an instance is called in messages."""

    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        attrs.frozen(slots=False, kw_only=True, auto_attribs=False)(cls)

    @classmethod
    def settings(cls) -> dict[str, Setting]:
        """The settings by name, in the order in which the class has them."""
        return {
            each.name: Setting(each.name, each.default, *each.metadata[_MARK])
            for each in attrs.fields(cls)  # type: ignore[arg-type]
            if _MARK in each.metadata
        }

    @classmethod
    def configured(cls, given: Mapping[str, Any]) -> Self:
        """From names and values, which may be texts of the command line.

        Raises `UnknownName` (`unknown_value`) for a name that is no setting, `InvalidOption` for a wrong value.
        """
        known = cls.settings()
        for name in given:
            if name not in known:
                raise UnknownName("setting", name, known, owner=f"the {cls.word} {cls.name}")
        return cls(**{name: _read(value, known[name]) for name, value in given.items()})

    def evolved(self, **changes: Any) -> Self:
        """The same with other values of some settings."""
        return attrs.evolve(self, **changes)  # type: ignore[misc]

    def chosen(self) -> dict[str, Any]:
        """Every setting with its value: what a manifest says, so that other defaults do not change what is read."""
        return {name: getattr(self, name) for name in self.settings()}


def _read(value: Any, about: Setting) -> Any:
    """A text as a value of the type of the setting's default; any other value as it is."""
    if not isinstance(value, str) or isinstance(about.default, str):
        return value
    where = f"$.settings.{about.name}"
    if isinstance(about.default, bool):
        if value.lower() not in _TRUTHS:
            raise InvalidOption("invalid_option", f"{about.name} is {excerpt(value)}", hint="true or false", path=where)
        return _TRUTHS[value.lower()]
    try:
        return int(value)
    except ValueError:
        raise InvalidOption(
            "invalid_option", f"{about.name} is {excerpt(value)}, not a whole number", path=where
        ) from None
