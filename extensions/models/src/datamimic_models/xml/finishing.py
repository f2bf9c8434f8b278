"""What a value goes through after it is made: null share, dates, converters, type."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Literal

import numpy as np
import pyarrow as pa

from datamimic import DatamimicError, Text
from datamimic.errors import excerpt
from datamimic_models.model import Place
from datamimic_models.xml.arrow import text_of
from datamimic_models.xml.calls import read_calls
from datamimic_models.xml.checking import nearest
from datamimic_models.xml.converters import converter_of, without_empty
from datamimic_models.xml.dates import read_date, read_moment, write_date
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.own_code import made_of_own
from datamimic_models.xml.setting import Setting, failed
from datamimic_models.xml.values import Built, Listed, Plain, Same, Value, object_array, of_objects
from datamimic_models.xml.vocabulary import TYPES

_MISFITS: Final = (ValueError, TypeError, ArithmeticError, LookupError, AttributeError)
"""What functions of values raise for those that they do not take."""
Step = Literal["write", "cast", "convert"]
_ORDERS: Final[dict[str, tuple[Step, ...]]] = {
    "Timestamp2Date": ("cast", "convert", "write"),
    "Date2Timestamp": ("convert", "write", "cast"),
    "DateFormat": ("convert", "write", "cast"),
}
_TRUE = frozenset({"true", "1", "yes"})


def finished(node: Node, value: Value, frame: Frame, setting: Setting, path: str) -> Value:
    """The value as the record has it. Raises `DatamimicError` for one that does not fit."""
    if node.has("nullQuota"):
        value = _with_nulls(value, float(node.get("nullQuota")), frame, setting, path)
    if node.has("inDateFormat"):
        form = node.get("inDateFormat")
        value = each(value, lambda one: read_date(one, form), node, node.at("inDateFormat"))
    for step in steps(node):
        if step == "convert":
            value = converted(node, value, setting)
        elif step == "cast":
            value = cast(value, node.get("type"), node)
        else:
            value = written(node, value)
    return value


def written(node: Node, value: Value) -> Value:
    """Moments as the element's `outDateFormat` has them."""
    form = node.get("outDateFormat")
    return each(value, lambda one: write_date(one, form), node, node.at("outDateFormat"))


def steps(node: Node) -> tuple[Step, ...]:
    """What a value goes through once it is read: it is written as a date, becomes its type, and is converted. Converters of
    moments stand before the step that needs what they give."""
    calls = read_calls(node.get("converter"), node.at("converter")) if node.get("converter").strip() else []
    order: tuple[Step, ...] = ("write", "cast", "convert")
    if calls and calls[0].name in _ORDERS:
        order = _ORDERS[calls[0].name]
    kind, written = node.get("type"), node.has("outDateFormat")
    casts = bool(kind) and not (node.name == "variable" and kind not in TYPES)
    wanted = {
        "write": written,
        "cast": casts and not (written and kind in ("date", "datetime")),
        "convert": bool(calls),
    }
    return tuple(each for each in order if wanted[each])


def converted(node: Node, value: Value, setting: Setting) -> Value:
    """The value after the converters of an element."""
    if node.get("converter").strip():
        place = node.at("converter")
        for convert in setting.once(("converters", node), lambda: converters(node, setting)):
            value = each(value, convert, node, place)
    return value


def converters(node: Node, setting: Setting) -> list[Callable[[Any], Any]]:
    """Those that an element names. Raises `DatamimicError`."""
    place = node.at("converter")
    return [
        made_of_own(call, setting).convert if call.name in setting.own else converter_of(call, place)
        for call in read_calls(node.get("converter"), place)
    ]


def each(value: Value, function: Callable[[Any], Any], node: Node, place: Place) -> Value:
    """The function of every value; of one that comes again it runs once."""
    known: dict[Any, Any] = {}

    def run(one: Any) -> Any:
        try:
            return function(one)
        except DatamimicError:
            raise
        except _MISFITS as error:
            message = f"{node.get('name') or node.name}: {excerpt(one)} does not fit: {error}"
            raise failed("models.bad_value", message, place) from None

    def once(one: Any) -> Any:
        if type(one) is not str:
            return run(one)
        if one not in known:
            known[one] = run(one)
        return known[one]

    def all_of(values: list[Any]) -> list[Any]:
        try:
            for text in dict.fromkeys(one for one in values if type(one) is str):
                known[text] = function(text)
            return [known[one] if type(one) is str else function(one) for one in values]
        except _MISFITS:
            # One by one it is told which of them does not fit.
            return [once(one) for one in values]

    if isinstance(value, Same):
        return Same(run(value.value), len(value))
    if function is without_empty and isinstance(value, Built | Frame | Listed):
        return Built(len(value), lambda: list(map(without_empty, value.objects())))  # it fits whatever there is
    if (
        isinstance(value, Plain)
        and isinstance(value.data, Text)
        and value.data.codes is not None
        and value.data.vocabulary
    ):
        codes, vocabulary = value.data.codes, value.data.vocabulary.values
        if len(vocabulary) < len(codes) and not value.data.has_null():
            return of_objects(all_of(list(vocabulary))).take(codes.astype(np.int64))
    return of_objects(all_of(value.objects()))


def _with_nulls(value: Value, share: float, frame: Frame, setting: Setting, path: str) -> Value:
    null = setting.draw(frame, f"{path} null").chance(share)
    if not null.any():
        return value
    if isinstance(value.column(), Text):
        return Plain(value.column().where(~null))
    held = object_array(value.objects())
    held[null] = None
    return Plain(held)


def cast(value: Value, kind: str, node: Node) -> Value:
    """The value as that type; null stays. Raises `DatamimicError`."""
    column = value.column()
    masked = isinstance(column, np.ma.MaskedArray)
    if isinstance(column, np.ndarray) and not masked:
        if kind in ("int", "integer") and column.dtype.kind in "iu":
            return Plain(column)
        if kind == "float" and column.dtype.kind in "iuf":
            return Plain(column.astype(np.float64))
        if kind in ("bool", "boolean") and column.dtype.kind == "b":
            return Plain(column)
        if kind == "string" and column.dtype.kind in "iu":
            return Plain(Text(None, None, pa.array(column).cast(pa.string())))
    if kind == "string" and isinstance(column, Text):
        return Plain(column)
    convert = _CASTS.get(kind)
    if convert is None:
        hint = nearest(kind, TYPES) or f"one of {', '.join(TYPES)}"
        raise failed("models.bad_value", f"there is no type {excerpt(kind)}", node.at("type"), hint)
    objects = value.objects() if column is None else []
    distinct = {id(one): one for one in objects}
    few = len(distinct) * 2 < len(objects)
    # Values of several kinds are often a few that come again and again, the very same objects.
    taken = Plain(object_array([*distinct.values()])) if few else value
    made = each(taken, lambda one: None if one is None else convert(one), node, node.at("type"))
    if not few:
        return made
    places = {one: place for place, one in enumerate(distinct)}
    return made.take(np.array([places[id(one)] for one in objects], dtype=np.int64))


def _whole(value: Any) -> int:
    if isinstance(value, str):
        text = value.strip()
        return int(text) if text.lstrip("+-").isdigit() else int(float(text))
    return int(value)


def _truth(value: Any) -> bool | None:
    if value == "":
        return None  # an empty cell says neither
    return value.strip().lower() in _TRUE if isinstance(value, str) else bool(value)


def _decimal(value: Any) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise ValueError("it is no decimal number") from None


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _moment(value: Any) -> Any:
    return read_moment(value) if isinstance(value, str) else value


def _date(value: Any) -> Any:
    made = _moment(value)
    return made.date() if hasattr(made, "date") else made


def _text(value: Any) -> str:
    return value if isinstance(value, str) else text_of(value) if isinstance(value, bytes) else str(value)


_CASTS: dict[str, Callable[[Any], Any]] = {
    "int": _whole,
    "integer": _whole,
    "float": float,
    "bool": _truth,
    "boolean": _truth,
    "decimal": _decimal,
    "string": _text,
    "binary": _bytes,
    "datetime": _moment,
    "date": _date,
}
