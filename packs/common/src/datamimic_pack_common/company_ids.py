"""Numbers by which states know companies: tax and VAT numbers, and register numbers, with their check digits.

No country keeps company numbers for fiction: these have the right form and may belong to somebody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from datamimic import Data, Draw, Embedded, Locale, Permutation, Text, World
from datamimic.columns import Ints, digits, divided, from_bytes, join, number_text, where
from datamimic.errors import InvalidOption
from datamimic_pack_common.check_digits import (
    iso7064_mod_11_10,
    luhn,
    number_of,
    places,
    weighted_sum,
    with_check,
    written,
)

SERIALS = 9_000_000
"""Companies of a country that have numbers; more are refused."""
_ODD = np.uint64(0x9E3779B97F4A7C15)
_EIN_RANGES = (range(1, 7), range(10, 17), range(20, 28), range(30, 49), range(50, 69), range(71, 78), range(80, 89))
EIN_PREFIXES = np.array([*(prefix for each in _EIN_RANGES for prefix in each), *range(90, 96), 98, 99])
"""Prefixes of the campuses of the IRS."""
REGISTERS = {"GmbH": "HRB", "UG (haftungsbeschränkt)": "HRB", "AG": "HRB", "SE": "HRB", "eG": "GnR"}
"""Section of the German register by legal form; HRA for all others."""
_ALPHANUMERIC = np.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", dtype=np.uint8)


def serial_number(rows: Ints, draw: Draw) -> Ints:
    """Different for nine million companies, in no visible order. Raises `InvalidOption` (`not_enough_ids`) beyond them."""
    if len(rows) and int(rows.max()) >= SERIALS:
        raise InvalidOption(
            "not_enough_ids",
            f"{draw.address.where} has {SERIALS} different values, not {int(rows.max()) + 1}",
            hint=f"ask for at most {SERIALS} rows",
        )
    return Permutation(SERIALS, draw.address.labelled("serial")).forward(rows)


def tax_id(
    rows: Ints,
    serial_number: Ints,
    number_in_cell: Ints,
    legal_form: Text,
    address_data: Embedded,
    draw: Draw,
    data: Data,
    locale: Locale,
) -> Text:
    """The number on invoices; null in countries whose numbers are not known here."""
    if locale.country == "ES":
        return _spanish(rows, number_in_cell, legal_form, address_data, draw)
    make = _TAX_IDS.get(locale.country)
    return (
        make(serial_number, legal_form, address_data, draw, data) if make else Text.constant(None, len(serial_number))
    )


def registration_number(
    serial_number: Ints, number_in_cell: Ints, legal_form: Text, address_data: Embedded, locale: Locale
) -> Text:
    """The number in the companies' register; null where the tax number serves as such, or nothing does."""
    if locale.country == "DE":
        return join(legal_form.map(_register), " ", number_text(1 + number_in_cell)).where(number_in_cell >= 0)
    if locale.country == "FR":
        return written("#########", siren(serial_number))
    if locale.country == "GB":
        prefixes = where(legal_form == "LLP", "OC", address_data.state_code.map(_companies_house))
        short = join(prefixes, digits(np.maximum(number_in_cell, 0), 6)).where(number_in_cell >= 0)
        return where(prefixes == "", digits(1_000_000 + serial_number, 8), short)
    return Text.constant(None, len(serial_number))


IN_CELL = {"ES": (100_000, 4_096), "DE": (999_999, 13_312), "GB": (1_000_000, 4_096)}
"""Countries of whose companies a number tells the province, the section of the register or the nation: how many numbers each of
these has, and how many of them a block of companies."""
BLOCK = 16_384
"""Rows among which `rank_within` counts."""


def number_cell(legal_form: Text, address_data: Embedded, locale: Locale) -> Ints:
    """What the country's number says of a company, as a number; -1 where it says nothing."""
    if locale.country == "ES":
        return _provinces(address_data)
    if locale.country == "DE":
        return (legal_form.map(_register) == "HRB") + 2 * (legal_form.map(_register) == "GnR")
    if locale.country == "GB":
        nation = address_data.state_code
        return np.where(legal_form == "LLP", 1, 2 * (nation == "GB-SCT") + 3 * (nation == "GB-NIR"))
    return np.full(len(legal_form), -1)


def number_in_cell(rows: Ints, number_cell: Ints, number_cell_rank: Ints, draw: Draw, locale: Locale) -> Ints:
    """Another for every company in the cell; -1 beyond those that there are."""
    size, room = IN_CELL.get(locale.country, (1, 1))
    place = rows // BLOCK * room + number_cell_rank
    enough = (number_cell_rank >= 0) & (number_cell_rank < room) & (place < size)
    order = Permutation(size, draw.address.labelled("in cell"))
    number = order.forward(np.where(enough, place, 0), number_cell.astype(np.uint64) * _ODD)
    return np.where(enough, number, -1)


def siren(serial_number: Ints) -> Ints:
    """Nine digits, the last by Luhn."""
    first = places(30_000_000 + serial_number, 8)
    return with_check(first, luhn(first))


def _ein(serial: Ints, form: Text, address: Any, draw: Draw, data: Data) -> Text:
    prefix = EIN_PREFIXES[draw.integers(0, len(EIN_PREFIXES) - 1, "prefix")]
    return join(digits(prefix, 2), "-", digits(serial, 7))


def _canadian(serial: Ints, form: Text, address: Any, draw: Draw, data: Data) -> Text:
    """Business number: nine digits, the last by Luhn, and the first account for the goods and services tax."""
    first = places(10_000_000 + serial * 8 + draw.integers(0, 7, "low"), 8)
    return written("######### RT0001", with_check(first, luhn(first)))


def _german(serial: Ints, form: Text, address: Any, draw: Draw, data: Data) -> Text:
    first = places(10_000_000 + serial * 8 + draw.integers(0, 7, "low"), 8)
    return join("DE", written("#########", with_check(first, iso7064_mod_11_10(first))))


def _vietnamese(serial: Ints, form: Text, address: Any, draw: Draw, data: Data) -> Text:
    head, last = divided(90_000_000 + serial, 9)
    first = places(head * 10, 9)
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    # With a remainder of 0 the check digit would be 10: such numbers are not issued. 4 is the inverse of 3, the last weight.
    stuck = -weighted_sum(first, weights) * 4 % 11
    first[:, 8] = last + (last >= stuck)
    return written("##########", with_check(first, 10 - weighted_sum(first, weights) % 11))


def _british(serial: Ints, form: Text, address: Any, draw: Draw, data: Data) -> Text:
    first = places(1_000_000 + serial, 7)
    check = 97 - weighted_sum(first, (8, 7, 6, 5, 4, 3, 2)) % 97
    return join("GB", digits(number_of(first), 7), digits(check, 2))


def _french(serial: Ints, form: Text, address: Any, draw: Draw, data: Data) -> Text:
    number = siren(serial)
    return join("FR", digits((12 + 3 * (number_of(number) % 97)) % 97, 2), written("#########", number))


def _provinces(address: Any) -> Ints:
    codes, vocabulary = address.postal_code.coding()
    return np.array([int(code[:2]) for code in vocabulary.values], dtype=np.int64)[codes]


WITHOUT_PROVINCE = 4_000_000


def most_companies(world: World) -> int:
    return WITHOUT_PROVINCE if world.locale.country == "ES" else SERIALS


def _spanish(rows: Ints, number: Ints, form: Text, address: Any, draw: Draw) -> Text:
    """CIF: a letter of the legal form, seven digits and a check digit. The first two digits are the province; those who come
    when its numbers are given out have seven that say nothing, as all have since 2008 (Orden EHA/451/2008)."""
    free = 6_000_000 + Permutation(WITHOUT_PROVINCE, draw.address.labelled("free")).forward(rows % WITHOUT_PROVINCE)
    first = places(np.where(number >= 0, _provinces(address) * 100_000 + number, free), 7)
    doubled = first[:, ::2] * 2
    total = (doubled // 10 + doubled % 10).sum(axis=1) + first[:, 1::2].sum(axis=1)
    return join(where(form == "S.A.", "A", "B"), written("########", with_check(first, -total % 10)))


def _brazilian(serial: Ints, form: Text, address: Any, draw: Draw, data: Data) -> Text:
    root = 10_000_000 + serial * 8 + draw.integers(0, 7, "low")
    first = np.concatenate([places(root, 8), places(np.ones_like(root), 4)], axis=1)
    for weights in ((5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)):
        rest = weighted_sum(first, weights) % 11
        first = with_check(first, np.where(rest < 2, 0, 11 - rest))
    return written("##.###.###/####-##", first)


def _indian(serial: Ints, form: Text, address: Any, draw: Draw, data: Data) -> Text:
    """State code, the holder's PAN (fourth letter C for companies, F for firms), entity 1, Z and a check character."""
    table = data["common.gst_states"]
    rows = [table.position("state_code", code) for code in _vocabulary(address.state_code)]
    states = np.array(table.columns["gst_code"])[rows].astype("S2")
    matrix = np.empty((len(serial), 15), dtype=np.uint8)
    matrix[:, 0:2] = states[_codes(address.state_code)].view(np.uint8).reshape(-1, 2)
    letters = draw.integers(0, 26**2 - 1, "letters") * 26**3 + serial // 9_999
    for place in (2, 3, 4, 6, 11):
        letters, letter = divided(letters, 26)
        matrix[:, place] = ord("A") + letter
    matrix[:, 5] = np.where(form == "LLP", ord("F"), ord("C"))
    matrix[:, 7:11] = places(1 + serial % 9_999, 4) + ord("0")
    matrix[:, 12], matrix[:, 13] = ord("1"), ord("Z")
    values = np.where(matrix[:, :14] >= ord("A"), matrix[:, :14] - ord("A") + 10, matrix[:, :14] - ord("0")).astype(
        np.int64
    )
    products = values * np.where(np.arange(14) % 2 == 0, 1, 2)
    matrix[:, 14] = _ALPHANUMERIC[-(products // 36 + products % 36).sum(axis=1) % 36]
    return from_bytes(matrix)


def _japanese(serial: Ints, form: Text, address: Any, draw: Draw, data: Data) -> Text:
    number = places(100_000_000_000 + serial * 10_007, 12)
    check = 9 - weighted_sum(number, (2, 1) * 6) % 9
    return written("#############", np.concatenate([check[:, None], number], axis=1))


_TAX_IDS: dict[str, Callable[[Ints, Text, Any, Draw, Data], Text]] = {
    "US": _ein, "CA": _canadian, "DE": _german, "VN": _vietnamese, "GB": _british, "FR": _french,
    "BR": _brazilian, "IN": _indian, "JP": _japanese,
}  # fmt: skip


def _register(form: str) -> str:
    return REGISTERS.get(form, "HRA")


def _companies_house(state_code: str) -> str:
    return {"GB-SCT": "SC", "GB-NIR": "NI"}.get(state_code, "")


def _vocabulary(text: Text) -> tuple[str, ...]:
    _, vocabulary = text.coding()
    return vocabulary.values


def _codes(text: Text) -> Ints:
    codes, _ = text.coding()
    return codes.astype(np.int64)
