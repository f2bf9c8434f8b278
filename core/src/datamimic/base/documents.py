"""JSON and TOML from anywhere, read so that nothing in them surprises: refused with the path of the first part that is wrong.

`read_json` takes what any JSON may hold apart: nesting too deep, numbers too long or not finite, half surrogate pairs.
`structured` makes attrs classes of it by cattrs, and converts nothing: what is not of the type is refused.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import attrs
import cattrs
import cattrs.v
from cattrs.gen import make_dict_structure_fn

from datamimic.errors import excerpt

T = TypeVar("T")
_HALF_PAIR = re.compile(r"\\u[dD][89a-fA-F]")
_WORDS: dict[Any, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
    list: "a list",
    dict: "an object",
}


class Unfit(ValueError):
    """A document, or the part of it at `path`, is not what it should be."""

    def __init__(self, message: str, path: str = "$") -> None:
        super().__init__(message)
        self.path = path


def read_json(text: str | bytes) -> Any:
    """The value of a JSON text, UTF-8. Raises `Unfit`."""
    return _read(text, "JSON", _json)


def read_toml(text: str | bytes) -> dict[str, Any]:
    """The document of a TOML text, UTF-8. Raises `Unfit`."""
    return _read(text, "TOML", tomllib.loads)


def _read(text: str | bytes, language: str, parse: Callable[[str], T]) -> T:
    try:
        return parse(text.decode("utf-8-sig") if isinstance(text, bytes) else text)
    except RecursionError:
        raise Unfit("it is nested too deeply") from None
    except UnicodeEncodeError:
        raise Unfit("it holds half a surrogate pair, which no text can") from None
    except UnicodeDecodeError as error:
        raise Unfit(f"it is not UTF-8, at byte {error.start}") from None
    except ValueError as error:
        many = "digits" in str(error)
        raise Unfit("a number in it has too many digits" if many else f"it is not {language}: {error}") from None


def _json(text: str) -> Any:
    value = json.loads(text, parse_constant=_not_finite)
    if _HALF_PAIR.search(text):
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _not_finite(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def structured(value: object, cls: type[T], path: str = "$", *, extra: bool = False) -> T:
    """The value as an instance of an attrs class; `extra` lets members pass that the class does not have.

    Raises `Unfit` with the JSON path of the first part that is missing, unknown, of a wrong type or refused by a validator.
    """
    try:
        return _converter(extra).structure(value, cls)
    except cattrs.BaseValidationError as error:
        message, _, where = cattrs.transform_error(error, path, _reason)[0].rpartition(" @ ")
        raise Unfit(message, where) from None
    except RecursionError:
        raise Unfit("it is nested too deeply", path) from None
    except (TypeError, ValueError) as error:
        raise Unfit(str(error), path) from None


def _reason(error: BaseException, kind: type | None) -> str:
    return str(error) if type(error) in (TypeError, ValueError) else cattrs.v.format_exception(error, kind)


@cache
def _converter(extra: bool) -> cattrs.Converter:
    made = cattrs.Converter(forbid_extra_keys=not extra)
    for scalar in (str, int, float, bool):
        made.register_structure_hook(scalar, lambda value, kind: _exactly(value, (kind,)))
    made.register_structure_hook_func(_is_choice, lambda value, kind: _exactly(value, get_args(kind)))
    made.register_structure_hook_func(
        _is_list_of_scalars,
        lambda value, kind: [_exactly(each, get_args(kind)) for each in _exactly(value, (list,))],
    )
    made.register_structure_hook_factory(attrs.has, lambda cls: _of_objects(made, cls, extra))
    return made


def _of_objects(converter: cattrs.Converter, cls: type, extra: bool) -> Callable[[Any, Any], Any]:
    make: Callable[[Any, Any], Any] = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=not extra)
    return lambda value, kind: make(_exactly(value, (dict,)), kind)


def _is_list_of_scalars(kind: Any) -> bool:
    return get_origin(kind) is list and get_args(kind)[0] in (str, int)


def _is_choice(kind: Any) -> bool:
    return get_origin(kind) in (Union, UnionType) and all(option in _WORDS for option in get_args(kind))


def _exactly(value: Any, kinds: tuple[Any, ...]) -> Any:
    if type(value) not in kinds and not (type(value) is int and float in kinds):
        raise TypeError(f"{excerpt(value)} is not {' or '.join(_WORDS[kind] for kind in kinds)}")
    return value
