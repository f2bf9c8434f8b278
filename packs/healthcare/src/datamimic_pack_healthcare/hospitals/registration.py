"""Numbers under which hospitals are registered, and who accredits them."""

from __future__ import annotations

import numpy as np

from datamimic import Clock, Data, Draw, Lists, Locale, Permutation, Table, Text
from datamimic.columns import Dates, Ints
from datamimic_pack_healthcare.clinical.bits import numbers_of
from datamimic_pack_healthcare.generators.providers import NPI_SPACE, ORGANISATION, ccn, ik_number, npi, serial_numbers

INSTITUTIONS = 10**6
ACCREDITED_DAYS = 4_000
"""Accreditations that not every hospital has were first given within so many days."""
BLOCK = 16_384
"""Rows among which `rank_within` counts."""
_ODD = np.uint64(0x9E3779B97F4A7C15)


def accreditation_rows(draw: Draw, data: Data) -> Lists:
    """Rows of the table `accreditations`."""
    table: Table = data["accreditations"]
    held = np.stack(
        [
            draw.chance(share, name)
            for name, share in zip(table.columns["accreditation"], table.floats("share"), strict=True)
        ],
        axis=1,
    )
    rows, which = np.nonzero(held)
    return Lists(np.bincount(rows, minlength=len(held)), which)


def accredited_on(opened_on: Dates, accreditation_rows: Lists, draw: Draw, data: Data, clock: Clock) -> Lists:
    """When the hospital got each of them: what every hospital needs with its opening, the others within the last years."""
    row = accreditation_rows.parents
    opened = opened_on[row]
    since = np.maximum(opened, clock.date - np.timedelta64(ACCREDITED_DAYS, "D"))
    days = (clock.date - since).astype(np.int64) * draw.items(accreditation_rows.lengths).uniform()
    needed = data["accreditations"].floats("share")[numbers_of(accreditation_rows)] >= 1.0
    day = np.where(needed, opened, since + days.astype(np.int64).astype("timedelta64[D]"))
    return Lists(accreditation_rows.lengths, day)


def accreditation(accreditation_rows: Lists, accredited_on: Lists, now: Dates, data: Data) -> Lists:
    days = numbers_of(accredited_on)
    held = accreditation_rows.only(days <= now[accredited_on.parents])
    return Lists(held.lengths, data["accreditations"]["accreditation"].take(numbers_of(held)))


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
