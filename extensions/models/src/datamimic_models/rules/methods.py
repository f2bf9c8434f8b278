"""Methods of somebody's own classes as rules: one value a row, of what the model says and columns that the method names."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from datamimic import DatamimicError, Generator, row_rule
from datamimic.errors import excerpt, suggest
from datamimic_models.model import Mistakes
from datamimic_models.model.code import named_object
from datamimic_models.rules.rule import Where

_SUPPLIED: Final = ("draw", "clock", "locale", "options")
_WHATEVER: Final = (Exception, SystemExit)


def judge_method(reference: str, name: str | None, where: Where, mistakes: Mistakes) -> None:
    """Add what keeps the method `name` of the class `module:Class` from making the column. Imports the module."""
    if where.unique:
        mistakes.add(
            "models.cannot_be_unique",
            f"{where.label} is unique, and nobody knows whether a method gives a value twice",
            where.place,
            hint="a rule of the language for the key",
        )
        return
    try:
        method = _method(reference, name)
    except DatamimicError as error:
        mistakes.add(error.code, f"{where.label}: {error.message}", where.place, hint=error.hint)
        return
    columns = [each.name for each in where.table.columns if each.name != where.column.name]
    for each in _asked(method):
        if each not in _SUPPLIED and each not in columns:
            near = suggest(each, [*columns, *_SUPPLIED])
            mistakes.add(
                "models.unknown_column",
                f"{where.label}: {_told(method)} asks for {each!r}, which is no column of {where.table.name}",
                where.place,
                hint=f"did you mean {' or '.join(near)}?" if near else f"columns, {', '.join(_SUPPLIED)}",
            )


def rule_of_method(reference: str, name: str | None, said: Mapping[str, Any], where: Where) -> Generator[Any]:
    """Calls the method with what the model says of the rule, and with the columns and supplied things that it asks for."""
    method = _method(reference, name)
    asked = [each if each in _SUPPLIED else where.around.field_of(each) for each in _asked(method)]
    return row_rule(_Called(method, said, asked))


class _Called:
    """A method as a function of fields."""

    def __init__(self, method: Callable[..., Any], said: Mapping[str, Any], fields: Sequence[str]) -> None:
        self.__name__ = method.__name__
        self.__code__ = method.__code__
        self.__signature__ = inspect.Signature(
            [inspect.Parameter(each, inspect.Parameter.POSITIONAL_OR_KEYWORD) for each in fields]
        )
        self._method, self._said = method, said

    def __call__(self, *values: Any) -> Any:
        try:
            return self._method(dict(self._said), *values)
        except (DatamimicError, Warning):
            raise
        except _WHATEVER as error:
            raise DatamimicError(
                "rule_failed",
                f"{_told(self._method)} raised {_failure(error)}",
                file=self.__code__.co_filename,
                line=self.__code__.co_firstlineno,
            ) from error


def _told(method: Any) -> str:
    return f"{type(method.__self__).__name__}.{method.__name__}"


def _failure(error: BaseException) -> str:
    return f"{type(error).__name__}: {excerpt(str(error))}" if str(error) else type(error).__name__


def _asked(method: Callable[..., Any]) -> list[str]:
    """What it is called with beside what the model says of the rule."""
    return list(inspect.signature(method).parameters)[1:]


def _method(reference: str, name: str | None) -> Any:
    """Of an object of the class. Raises `DatamimicError` for what is not there, or cannot be made or called."""
    found = named_object(reference)
    label = f"{reference}.{name or 'generate'}"
    if not isinstance(found, type):
        raise DatamimicError("models.no_such_name", f"{excerpt(reference)} is no class")
    function = getattr(found, name or "generate", None)
    if not inspect.isfunction(function) or function.__name__.startswith("_"):
        own = [each for each, value in inspect.getmembers(found, inspect.isfunction) if not each.startswith("_")]
        near = suggest(name or "generate", own)
        hint = f"did you mean {' or '.join(near)}?" if near else "custom_method names a method of the class"
        raise DatamimicError("models.no_such_name", f"there is no method {excerpt(label)}", hint=hint)
    plain = [inspect.Parameter.POSITIONAL_OR_KEYWORD]
    parameters = inspect.signature(function).parameters.values()
    if len(parameters) < 2 or any(each.kind not in plain for each in parameters):
        hint = f"def {function.__name__}(self, rule_config)"
        raise DatamimicError("models.bad_value", f"{excerpt(label)} does not take what the rule says", hint=hint)
    try:
        return getattr(found(), function.__name__)
    except _WHATEVER as error:
        said = f"{excerpt(reference)} cannot be made without arguments: {_failure(error)}"
        raise DatamimicError("models.bad_value", said, hint="give every argument of __init__ a default") from error
