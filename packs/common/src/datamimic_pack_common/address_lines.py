"""The lines of an address, put together from the country's `address_formats` table.

A template names fields in braces. `{state_short}` is what follows the hyphen of the ISO 3166-2 code, `{locality}` the
district, or without one the city unless the state has its name; `{province}` the state unless the city has its name. A line
with an empty part is left out.
"""

from __future__ import annotations

from collections.abc import Mapping

from datamimic import Text
from datamimic.columns import join, join_present, where
from datamimic.datasets.tables import Table
from datamimic_pack_common.templates import fill

Parts = Mapping[str, Text]


def address_lines(table: Table, parts: Parts) -> list[tuple[str, Text]]:
    """For each line what stands before it when all stand on one line, and its text (null where it is left out).

    `parts` are house_number, street, city, district, state, state_code and postal_code.
    """
    return [
        (before, fill(template, lambda name: _part(name, parts)))
        for before, template in zip(table.columns["before"], table.columns["template"], strict=True)
    ]


def one_line(lines: list[tuple[str, Text]], country: Text) -> Text:
    """The lines one after the other, and the country at the end."""
    parts = [join(before, line) if before else line for before, line in lines]
    return join_present(*parts, join(", ", country), separator="")


def block(lines: list[tuple[str, Text]]) -> Text:
    """The lines below each other, without the country: as on a domestic letter."""
    return join_present(*(line for _, line in lines), separator="\n")


def _part(name: str, parts: Parts) -> Text:
    if name == "state_short":
        return parts["state_code"].map(_after_hyphen)
    if name == "locality":
        city = parts["city"].where(parts["city"] != parts["state"])
        return _first_of(parts["district"], city)
    if name == "province":
        return parts["state"].where(parts["state"] != parts["city"])
    if name == "district":
        return parts["district"].fill("")
    return parts[name]


def _first_of(first: Text, second: Text) -> Text:
    """The first where it is not null, else the second."""
    return where(~first.is_null(), first, second)


def _after_hyphen(code: str) -> str:
    return code.partition("-")[2]
