"""Values of an entity's field in a form that fits a column: parts of them, cut, moved into bounds, as its choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from datamimic import Lists, Text
from datamimic.columns import Bools, Column, Ints, join, kept, number_text, take, where, year_month_day
from datamimic.columns.value_types import Decimals, Float, Int, ValueType
from datamimic_models.meanings.bounds import Bounds

_LEAST_LOCAL: Final = 8
"""Characters before the @ from which on a domain of several labels is shortened to two."""
_ROOMY: Final = 48


def part_of(column: Any, part: str | None) -> Column:
    """The part of the values that a meaning names."""
    if part in ("year", "month", "day"):
        found = year_month_day(np.ma.getdata(column))[("year", "month", "day").index(part)]
        mask = np.ma.getmask(column)
        return found if mask is np.ma.nomask else np.ma.MaskedArray(found, mask)
    if part == "first":
        return _first(column)
    if part is None:
        made: Column = column
        return made
    return column.map(_OF_TEXT[part])


_OF_TEXT: Final[Mapping[str, Callable[[str], str]]] = {
    "initial": lambda text: text[:1].upper(),
    "local": lambda text: text.partition("@")[0],
    "tail": lambda text: text.partition("-")[2] or text,
}


def _first(lists: Lists) -> Column:
    if not len(lists.values):
        return Text.constant(None, len(lists))
    some = lists.lengths > 0
    return kept(take(lists.values, np.where(some, lists.offsets[:-1], 0)), some)


def chosen(text: Text, choices: Mapping[str, str]) -> Text:
    """The choice that stands for each value; null for a value that none stands for."""
    return text.where(text.isin(choices)).map(lambda value: choices.get(value, value))


def null_in(column: Any) -> Bools:
    """Where a column has no value."""
    if isinstance(column, np.ma.MaskedArray):
        return np.ma.getmaskarray(column)
    if hasattr(column, "is_null"):
        return np.asarray(column.is_null(), dtype=np.bool_)
    present = getattr(column, "present", None)
    return np.zeros(len(column), dtype=np.bool_) if present is None else ~present


def cut(text: Text, room: int, *, email: bool) -> Text:
    """No longer than `room`; of an e-mail address the part before the @ gives way."""
    lengths = text.lengths()
    if not len(lengths) or int(lengths.max()) <= room:
        return text
    return text.map(lambda value: _shorter_email(value, room) if email else value[:room].rstrip())


def _shorter_email(value: str, room: int) -> str:
    local, at, domain = value.partition("@")
    if len(value) <= room or not at:
        return value
    if room - len(domain) - 1 < _LEAST_LOCAL:
        domain = _two_labels(domain)
    return f"{local[: max(room - len(domain) - 1, 1)].rstrip('.')}@{domain}"


def _two_labels(domain: str) -> str:
    """`mail.example.org` as `example.org`, which is reserved as well."""
    return ".".join(domain.split(".")[-2:])


def numbered(text: Text, rows: Ints, room: int | None, *, email: bool, between: str = " ") -> Text:
    """Each with the number of its row, so that no two are alike: before the @ of an e-mail address, else at the end, with
    `between` in between."""
    numbers = number_text(rows)
    filled = text.fill("")
    if email:
        local, domain = (
            filled.map(lambda value: value.partition("@")[0]),
            filled.map(lambda value: value.partition("@")[2]),
        )
        ends = join(".", numbers, "@", domain.map(lambda value: value or "example.org"))
        return _ended(local, ends, room)
    return _ended(filled, join(between, numbers), room)


def _ended(text: Text, ends: Text, room: int | None) -> Text:
    if room is None:
        return join(text, ends)
    left = np.maximum(room - ends.lengths(), 0)
    if len(left) and bool((text.lengths() > left).any()):
        values = zip(text.tolist(), left.tolist(), strict=True)
        text = Text.of([(value or "")[:most] for value, most in values])
    return join(text, ends)


def bounded(column: Any, kind: ValueType, bounds: Bounds, digits: tuple[int, int] | None, bits: int | None) -> Column:
    """Numbers moved into the bounds of checks, of a decimal's digits before and after the point, of an int's bits."""
    scale = kind.scale if isinstance(kind, Decimals) else 0
    unit = 1 if isinstance(kind, Decimals | Int) else np.finfo(np.float64).eps
    least = None if bounds.least is None else bounds.least * 10**scale + unit * bounds.above
    most = None if bounds.most is None else bounds.most * 10**scale - unit * bounds.below
    if digits is not None:
        limit = 10 ** sum(digits) - 1
        least, most = (
            max(-limit, least if least is not None else -limit),
            min(limit, most if most is not None else limit),
        )
    if bits is not None:
        most = min(2 ** (bits - 1) - 1, most if most is not None else 2 ** (bits - 1) - 1)
    if least is None and most is None:
        made: Column = column
        return made
    if not isinstance(kind, Float):
        least = None if least is None else int(np.ceil(least))
        most = None if most is None else int(np.floor(most))
    moved = np.ma.getdata(column)
    if least is not None and most is not None and bounds.least is not None and bounds.most is not None and most > least:
        # Many salaries of a year would all be the most that a check of those of a month allows.
        inside = (moved >= least) & (moved <= most)
        moved = np.where(inside, moved, least + np.mod(np.abs(moved - least), most - least))
    moved = np.clip(moved, least, most)
    mask = np.ma.getmask(column)
    return moved if mask is np.ma.nomask else np.ma.MaskedArray(moved, mask)


def replaced(column: Any, bad: Bools, instead: Callable[[], Any]) -> Column:
    """`instead` where `bad`."""
    if not bad.any():
        made: Column = column
        return made
    other = instead()
    if isinstance(column, Text):
        return where(~bad, column, other)
    if isinstance(column, np.ndarray):
        return np.where(bad, np.ma.getdata(other), np.ma.getdata(column))
    return other
