"""Values as text by a format: `f"{x:>10.2f}"`, `"{} {name}".format(…)`, `"%05d" % x`, within bounds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from string import Formatter
from typing import Any, Final

from datamimic_models.expressions.failures import Failed, TooLarge
from datamimic_models.expressions.limits import LONGEST_TEXT, WIDEST
from datamimic_models.expressions.moment_text import moment_text
from datamimic_models.expressions.values import kind_name, lettered, member, repr_of, text_of

_SPEC: Final = re.compile(
    r"(?:.?[<>=^])?[-+ ]?z?#?0?(?P<width>\d{0,9})[,_]?(?:\.(?P<decimals>\d{1,9}))?[bcdeEfFgGosxX%]?", re.DOTALL
)
_PERCENT: Final = re.compile(
    r"%(?:(?P<sign>%)|(?:\((?P<name>[^()]*)\))?(?P<flags>[-+ #0]*)(?P<width>\d*)(?:\.(?P<decimals>\d*))?"
    r"(?P<kind>[diouxXeEfFgGcrsa]))"
)


def formatted(value: Any, spec: str, conversion: str = "") -> str:
    """`format(value, spec)`, the value first made text where `conversion` is s, r or a."""
    if conversion:
        value = text_of(value) if conversion == "s" else repr_of(value)
        if conversion == "a":
            value = value.encode("ascii", "backslashreplace").decode("ascii")
    if not spec:
        return text_of(value)
    if isinstance(value, date | time):
        return moment_text(value, spec)
    if not isinstance(value, str | int | float | Decimal):
        raise Failed(f"{kind_name(value)} has no format {spec!r}")
    found = _SPEC.fullmatch(spec)
    if found is None:
        raise Failed(f"{spec!r} is no format")
    _narrow(found["width"], found["decimals"])
    return lettered(format(value, spec)) if spec.endswith("c") else format(value, spec)


def _narrow(*numbers: str | None) -> None:
    for digits in numbers:
        if digits and int(digits) > WIDEST:
            raise TooLarge(f"a format of width {digits}")


def filled_in(text: str, *arguments: Any, **named: Any) -> str:
    """`text.format(…)`: fields are numbers or names, whose members and items are not asked for."""
    written, length, next_number = [], 0, 0
    for before, field, spec, conversion in Formatter().parse(text):
        written.append(before)
        if field is not None:
            if field == "":
                field, next_number = str(next_number), next_number + 1
            if "{" in (spec or ""):
                raise Failed("a format within a format is only possible in f-strings")
            if field.isdecimal():
                if len(field) > 4 or int(field) >= len(arguments):
                    raise Failed(f"there is no argument {field[:20]}")
                value = arguments[int(field)]
            elif field.isidentifier():
                value = member(named, field)
            else:
                raise Failed(f"the field {field!r} is neither a number nor a name")
            written.append(formatted(value, spec or "", conversion or ""))
        length += sum(map(len, written[-2:]))
        if length > LONGEST_TEXT:
            raise TooLarge(f"a text of more than {LONGEST_TEXT} characters")
    return "".join(written)


def percent(text: str, values: Any) -> str:
    """`text % values`."""
    given = iter(values if isinstance(values, tuple) else (values,))
    written, end, length, taken = [], 0, 0, 0
    for found in _PERCENT.finditer(text):
        written.append(_no_percent(text[end : found.start()]))
        end = found.end()
        if found["sign"]:
            written.append("%")
        else:
            _narrow(found["width"], found["decimals"])
            if found["name"] is not None:
                value = member(values, found["name"])
            else:
                taken += 1
                value = next(given, given)
                if value is given:
                    raise Failed("there are fewer values than the text has places for")
            written.append(_percent_part(found, value))
        length += sum(map(len, written[-2:]))
        if length > LONGEST_TEXT:
            raise TooLarge(f"a text of more than {LONGEST_TEXT} characters")
    if not isinstance(values, Mapping) and next(given, given) is not given:
        raise Failed("there are more values than the text has places for")
    return "".join([*written, _no_percent(text[end:])])


def _no_percent(text: str) -> str:
    if "%" in text:
        raise Failed("a % in a text that values are put into is written %%")
    return text


def _percent_part(found: re.Match[str], value: Any) -> str:
    kind = found["kind"]
    if kind in "sra":
        value = formatted(value, "", kind)
        kind = "s"
    elif not isinstance(value, int | float | Decimal) and not (kind == "c" and isinstance(value, str)):
        raise Failed(f"%{kind} takes a number, not {kind_name(value)}")
    decimals = "" if found["decimals"] is None else f".{found['decimals']}"
    made: str = f"%{found['flags']}{found['width']}{decimals}{kind}" % (value,)
    return lettered(made) if kind == "c" else made
