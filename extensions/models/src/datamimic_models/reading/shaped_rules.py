"""The rule that makes values of a shape.

Limits on both sides are a range; a limit on one side is a range from it on. A pattern is a pattern. What says none of these
keeps its meaning: a text called `first_name` is somebody's, also where it must be of three characters or more and a name has
these; other names are letters then.
"""

from __future__ import annotations

import keyword
import math
import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Final

from attrs import evolve

from datamimic_models.model import ColumnType, Mistakes, Rule
from datamimic_models.reading.shapes import Shape
from datamimic_models.rules.choices import Choice, Constant
from datamimic_models.rules.named import Named
from datamimic_models.rules.nested import ListOf, Struct
from datamimic_models.rules.ranges import Range
from datamimic_models.rules.text_patterns import Pattern
from datamimic_models.rules.words import Pairs

FORMATS: Final = {
    "email": "email_address",
    "idn-email": "email_address",
    "uri": "url",
    "url": "url",
    "iri": "url",
    "uri-reference": "url",
    "iri-reference": "url",
    "hostname": "domain",
    "idn-hostname": "domain",
}
"""Formats of texts, and what has their name."""
PATTERNS: Final = {
    "ipv4": "^(192[.]0[.]2|198[.]51[.]100|203[.]0[.]113)[.](1?[1-9]?[1-9])$",
    "ipv6": "^2001:db8:[1-9a-f][0-9a-f]{0,3}::[1-9a-f][0-9a-f]{0,3}$",
    "path": "^/[a-z]{3,8}/[a-z]{3,10}[.](txt|csv|json)$",
    "json-pointer": "^(/[a-z]{1,8}){1,3}$",
    "relative-json-pointer": "^[0-9](/[a-z]{1,8}){1,3}$",
    "uri-template": "^https://www[.]example[.]com/[a-z]{3,8}/[{][a-z]{2,8}[}]$",
    "regex": "^[a-z]{2,6}$",
}
"""Formats of texts, and what is of them: addresses are of the blocks for documentation (RFC 5737, RFC 3849)."""
SHORT: Final = 2
_MOST_SAID: Final = 1_000
"""Names of people and places may be of so few characters."""
SPREAD: Final = 1_000_000
DAYS: Final = 3_650
MOST_DIGITS: Final = 15


def shaped_rule(shape: Shape, mistakes: Mistakes) -> Rule | None:
    """None for values that are made by what their column means, or by their type."""
    if shape.values is not None:
        return _fixed(shape.values, shape)
    match shape.type.name:
        case "struct":
            rules = [(member_name(name), shaped_rule(each, mistakes)) for name, each in shape.members]
            return Struct(Pairs((name, rule) for name, rule in rules if rule is not None))
        case "list":
            item = None if shape.item is None else shaped_rule(shape.item, mistakes)
            by_place = [(str(at), shaped_rule(each, mistakes)) for at, each in enumerate(shape.places, start=1)]
            places = Pairs((at, rule) for at, rule in by_place if rule is not None)
            return ListOf(item, shape.shortest, shape.longest, shape.distinct, places)
        case "int" | "float" | "decimal":
            return _numbers(shape)
        case "date" | "datetime":
            return _moments(shape)
        case "time" | "duration" if shape.least is not None or shape.most is not None:
            return Range(_said(shape.least), _said(shape.most))
        case "str":
            return _text(shape, mistakes)
    return None


def full_type(shape: Shape) -> ColumnType:
    """With those of all that is within it."""
    nullable = shape.nullable or shape.values == (None,)
    if shape.type.name == "struct":
        members = tuple((member_name(name), full_type(each)) for name, each in shape.members)
        return evolve(shape.type, members=members, nullable=nullable)
    if shape.type.name == "list" and shape.item is not None:
        of_one_length = shape.shortest is not None and shape.shortest == shape.longest and shape.shortest > 0
        length = shape.shortest if of_one_length else None
        return evolve(shape.type, item=full_type(shape.item), length=length, nullable=nullable)
    return evolve(shape.type, nullable=nullable)


def member_name(name: str) -> str:
    """Members are called as names of Python may be; what is none is written with underscores."""
    made = re.sub(r"\W", "_", name).lstrip("_") or "member"
    made = f"m_{made}" if made[0].isdigit() else made
    return f"{made}_" if keyword.iskeyword(made) else made


def _fixed(values: tuple[Any, ...], shape: Shape) -> Rule | None:
    if values == (None,):
        return Constant(None)
    if shape.type.name == "str" and shape.type.choices == values:
        return None if len(values) > 1 else Constant(values[0])
    return Choice(values) if len(values) > 1 else Constant(values[0])


# -- numbers -----------------------------------------------------------------------------------------------------------


def _numbers(shape: Shape) -> Rule | None:
    kind = shape.type
    narrow = kind.name == "decimal" and kind.precision is not None and kind.precision - (kind.scale or 0) < 5
    if shape.least is None and shape.most is None and shape.step is None and not narrow:
        return None
    decimals = 0 if kind.name == "int" else kind.scale or 0 if kind.name == "decimal" else _decimals(shape)
    unit = Decimal(shape.step) if shape.step else Decimal(1).scaleb(-decimals)
    least, most = _limit(shape.least), _limit(shape.most)
    if kind.name == "decimal" and kind.precision is not None:
        largest = Decimal(10) ** (kind.precision - (kind.scale or 0)) - unit
        most = largest if most is None and narrow else most if most is None else min(most, largest)
        least = None if least is None else max(least, -largest)
    low, high = _on_grid(least, shape.above, unit, 1), _on_grid(most, shape.below, unit, -1)
    if low is None:
        low = Decimal(0) if high is None or high >= 0 else high - unit * SPREAD
    if high is None:
        high = max(low, Decimal(0)) + unit * SPREAD
    if kind.name == "int":
        bits = (kind.bits or 64) - int(kind.signed)
        low, high = max(low, Decimal(-(2**bits) if kind.signed else 0)), min(high, Decimal(2**bits - 1))
        return Range(int(low), int(high), int(unit) if shape.step else None)
    if kind.name == "decimal":
        return Range(_plain(low), _plain(high), _plain(unit) if shape.step else None)
    return Range(float(low), float(high), float(unit) if shape.step else None, decimals)


def _limit(value: Any) -> Decimal | None:
    """None for what is no number that a column could hold."""
    if value is None or isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
        return None
    made = Decimal(str(value))
    return max(min(made, Decimal(2**63 - 1)), Decimal(-(2**63)))


def _on_grid(limit: Decimal | None, outside: bool, unit: Decimal, sign: int) -> Decimal | None:
    """The first multiple of the unit within the limit."""
    if limit is None:
        return None
    units = (limit / unit).to_integral_value(ROUND_CEILING if sign > 0 else ROUND_FLOOR)
    return (units + sign if outside and units * unit == limit else units) * unit


def _decimals(shape: Shape) -> int:
    """As many as the limits have, and enough for a few thousand values between them."""
    limits = [each for each in (_limit(shape.least), _limit(shape.most)) if each is not None]
    written = max((-int(each.normalize().as_tuple().exponent) for each in limits), default=0)
    span = abs(limits[1] - limits[0]) if len(limits) == 2 else Decimal(SPREAD)
    enough = next((each for each in range(2, 12) if span.scaleb(each) >= 1_000), 12)
    return min(max(written, enough), 12)


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


# -- dates and texts ---------------------------------------------------------------------------------------------------


def _moments(shape: Shape) -> Rule | None:
    if shape.format in ("past", "future"):
        return Range(f"now-{DAYS}d", "now-1d") if shape.format == "past" else Range("now+1d", f"now+{DAYS}d")
    if not isinstance(shape.least, date) and not isinstance(shape.most, date):
        return None
    step = timedelta(days=1) if shape.type.name == "date" else timedelta(seconds=1)
    least, most = shape.least, shape.most
    low = least + step if least is not None and shape.above else least
    high = most - step if most is not None and shape.below else most
    return Range(
        _said(_shifted(high, -DAYS) if low is None else low), _said(_shifted(low, DAYS) if high is None else high)
    )


def _shifted(moment: Any, days: int) -> Any:
    try:
        return moment + timedelta(days=days)
    except OverflowError:
        return moment


def _said(value: Any) -> str | None:
    """As the tables language writes it."""
    if isinstance(value, timedelta):
        return f"{value // timedelta(microseconds=1)}us"
    return value.isoformat() if isinstance(value, date | datetime | time) else None


def _text(shape: Shape, mistakes: Mistakes) -> Rule | None:
    pattern = shape.pattern or PATTERNS.get(shape.format or "")
    if pattern is None and shape.format in FORMATS:
        return Named(FORMATS[shape.format])
    shortest = shape.shortest or 0
    if pattern is None and shortest > SHORT:
        longest = shape.longest if shape.longest is not None else shortest + 10
        pattern = f"^[a-z]{{{shortest},{min(longest, shortest + 10)}}}$"
        # A full name has more than three letters anyway.
        most = shape.longest if shape.longest is not None and shape.longest <= _MOST_SAID else ""
        return Pattern(pattern, of_meaning=shape.format is None, meant=f"^.{{{shortest},{most}}}$")
    if pattern is None:
        return None
    # A postal code of five digits is that of the city beside it.
    return Pattern(pattern, shape.shortest or None, of_meaning=shape.pattern is not None and shape.format is None)
