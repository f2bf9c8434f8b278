"""The lines of an address, put together from the country's `address_formats` table.

A template names fields in braces. `{state_short}` is what follows the hyphen of the ISO 3166-2 code, `{locality}` the
district, or without one the city unless the state has its name; `{county}` the district where there is one, `{province}` the
state unless the city has its name; `{unit_before}` and `{unit_after}` the flat with a comma after or before it, or nothing. A
line with an empty part is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from datamimic import Table, Text
from datamimic.columns import join, join_present, where
from datamimic_pack_common.templates import pieces

_STREET = re.compile(r"\{(street|house_number)\}.*\{(street|house_number)\}")

Parts = Mapping[str, Text]
Line = tuple[str, list[Text | str]]


def address_lines(table: Table, parts: Parts) -> list[Line]:
    """For each line what stands before it when all stand on one line, and the pieces that make it up.

    `parts` are house_number, street, unit, commune, city, district, state, state_code and postal_code.
    """
    return [
        (before, pieces(template, lambda name: _part(name, parts)))
        for before, template in zip(table.columns["before"], table.columns["template"], strict=True)
    ]


def street_line(table: Table, parts: Parts) -> Text:
    """Street and house number as the country writes them on one line; in Japan without the names of the places before them."""
    [line] = [found[0] for text in table.columns["template"] if (found := _STREET.search(text))]
    return join(*pieces(line, lambda name: _part(name, parts)))


def one_line(lines: list[Line], country: Text) -> Text:
    """The lines one after the other, and the country at the end."""
    parts: list[Text | str] = []
    for before, line in lines:
        parts.extend([before, *line] if _complete(line) else [join(before, *line)])
    return join_present(*parts, ", ", country, separator="")


def block(lines: list[Line]) -> Text:
    """The lines below each other, without the country: as on a domestic letter."""
    if all(_always(line) for _, line in lines):
        parts = [part for _, line in lines for part in ("\n", *line)]
        return join(*parts[1:])
    return join_present(*(join(*line) for _, line in lines), separator="\n")


def _always(line: Sequence[Text | str]) -> bool:
    """Is the line there in every row, since no part of it is null and something of it is never empty?"""
    return any(isinstance(part, str) and part for part in line) and _complete(line)


def _complete(line: Sequence[Text | str]) -> bool:
    return not any(isinstance(part, Text) and bool(part.is_null().any()) for part in line)


def _part(name: str, parts: Parts) -> Text:
    if name == "state_short":
        return parts["state_code"].map(_after_hyphen)
    if name == "locality":
        city = parts["city"].where(parts["city"] != parts["state"])
        return _first_of(parts["district"], city)
    if name == "province":
        return parts["state"].where(parts["state"] != parts["city"])
    if name == "unit_before":
        return join(parts["unit"], ", ").fill("")
    if name == "unit_after":
        return join(", ", parts["unit"]).fill("")
    if name == "district":
        return parts["district"].fill("")
    if name == "county":
        return parts["district"]
    return parts[name]


def _first_of(first: Text, second: Text) -> Text:
    """The first where it is not null, else the second."""
    return where(~first.is_null(), first, second)


def _after_hyphen(code: str) -> str:
    return code.partition("-")[2]
