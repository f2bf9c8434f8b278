"""Numbers under which hospitals are registered, and who accredits them."""

from __future__ import annotations

import numpy as np

from datamimic import Data, Draw, Lists, Locale, Permutation, Table, Text
from datamimic.columns import Ints
from datamimic_pack_healthcare.generators.providers import NPI_SPACE, ORGANISATION, ccn, ik_number, npi, serial_numbers

INSTITUTIONS = 10**6
BLOCK = 16_384
"""Rows among which `rank_within` counts."""
_ODD = np.uint64(0x9E3779B97F4A7C15)


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
    return npi(serial_numbers(draw, NPI_SPACE), ORGANISATION)


def ccn_cell(type_en: Text, region: Text, data: Data, locale: Locale) -> Ints:
    """State and first number of the range; types that share a range share its numbers."""
    if locale.country != "US":
        return np.full(len(type_en), -1)
    ranges, states = data["ccn_ranges"], data["ccn_states"]
    return states.lookup("state_code", region) * 10_000 + ranges.ints("low")[ranges.lookup("hospital_type", type_en)]


def ccn_number(
    rows: Ints, ccn_cell: Ints, ccn_cell_rank: Ints, type_en: Text, region: Text, draw: Draw, data: Data, locale: Locale
) -> Text:
    if locale.country != "US":
        return Text.constant(None, len(type_en))
    ranges: Table = data["ccn_ranges"]
    at = ranges.lookup("hospital_type", type_en)
    low, high = ranges.ints("low")[at], ranges.ints("high")[at]
    states: Table = data["ccn_states"]
    state = states["ccn_state"].take(states.lookup("state_code", region))
    number = np.zeros(len(type_en), dtype=np.int64)
    enough = (rows < BLOCK) & (ccn_cell_rank >= 0) & (ccn_cell_rank <= high - low)
    for first, last in {*zip(low.tolist(), high.tolist(), strict=True)}:
        own = np.flatnonzero(enough & (low == first))
        order = Permutation(last - first + 1, draw.address.labelled("facility"))
        number[own] = first + order.forward(ccn_cell_rank[own], ccn_cell[own].astype(np.uint64) * _ODD)
    return ccn(state, number).where(enough)


def institution_number(rows: Ints, draw: Draw, locale: Locale) -> Text:
    if locale.country != "DE":
        return Text.constant(None, len(rows))
    return ik_number(serial_numbers(draw, INSTITUTIONS))
