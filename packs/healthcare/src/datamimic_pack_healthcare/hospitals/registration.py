"""Numbers under which hospitals are registered, and who accredits them."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Draw, Lists, Locale, Table, Text
from datamimic.columns import Ints
from datamimic_pack_healthcare.generators.providers import ORGANISATION, ccn, ik_number, npi, serial_numbers


def accreditation(draw: Draw, data: Data) -> Lists:
    table: Table = data["accreditations"]
    held = np.stack(
        [
            draw.chance(share, name)
            for name, share in zip(table.columns["accreditation"], table.floats("share"), strict=True)
        ],
        axis=1,
    )
    rows, which = np.nonzero(held)
    return Lists(np.bincount(rows, minlength=len(held)), table["accreditation"].take(which))


def npi_number(rows: Ints, draw: Draw, locale: Locale) -> Text:
    if locale.country != "US":
        return Text.constant(None, len(rows))
    return npi(serial_numbers(draw, 10**8), ORGANISATION)


def ccn_number(type: Text, region: Text, draw: Draw, data: Data, locale: Locale) -> Text:
    if locale.country != "US":
        return Text.constant(None, len(type))
    ranges: Table = data["ccn_ranges"]
    at = ranges.lookup("hospital_type", type)
    states: Table = data["ccn_states"]
    return ccn(
        states["ccn_state"].take(states.lookup("state_code", region)),
        draw.integers(ranges.ints("low")[at], ranges.ints("high")[at]),
    )


def institution_number(rows: Ints, draw: Draw, locale: Locale) -> Text:
    if locale.country != "DE":
        return Text.constant(None, len(rows))
    return ik_number(serial_numbers(draw, 10**6))
