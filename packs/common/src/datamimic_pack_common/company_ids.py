"""Numbers by which states know companies: tax and VAT numbers, and register numbers, with their check digits.

No country keeps company numbers for fiction: these have the right form and may belong to somebody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from datamimic import Data, Draw, Embedded, Locale, Permutation, Text
from datamimic.columns import Ints, digits, divided, from_bytes, join, number_text, where
from datamimic_pack_common.check_digits import (
    iso7064_mod_11_10,
    luhn,
    number_of,
    places,
    weighted_sum,
    with_check,
    written,
)

SERIALS = 10_000_000
_EIN_RANGES = (range(1, 7), range(10, 17), range(20, 28), range(30, 49), range(50, 69), range(71, 78), range(80, 89))
EIN_PREFIXES = np.array([*(prefix for each in _EIN_RANGES for prefix in each), *range(90, 96), 98, 99])
"""Prefixes of the campuses of the IRS."""
REGISTERS = {"GmbH": "HRB", "UG (haftungsbeschränkt)": "HRB", "AG": "HRB", "SE": "HRB", "eG": "GnR"}
"""Section of the German register by legal form; HRA for all others."""
_ALPHANUMERIC = np.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", dtype=np.uint8)


def serial_number(rows: Ints, draw: Draw) -> Ints:
    """Different for ten million companies, in no visible order."""
    return Permutation(SERIALS, draw.address.labelled("serial")).forward(rows % SERIALS)


def tax_id(
    serial_number: Ints, legal_form: Text, address_data: Embedded, draw: Draw, data: Data, locale: Locale
) -> Text:
    """The number on invoices; null in countries whose numbers are not known here."""
    make = _TAX_IDS.get(locale.country)
    return (
        make(serial_number, legal_form, address_data, draw, data) if make else Text.constant(None, len(serial_number))
    )


def registration_number(serial_number: Ints, legal_form: Text, address_data: Embedded, locale: Locale) -> Text:
    """The number in the companies' register; null where the tax number serves as such, or nothing does."""
    if locale.country == "DE":
        return join(legal_form.map(_register), " ", number_text(1 + serial_number % 299_999))
    if locale.country == "FR":
        return written("#########", siren(serial_number))
    if locale.country == "GB":
        prefixes = where(legal_form == "LLP", "OC", address_data.state_code.map(_companies_house))
        short = join(prefixes, digits(serial_number % 1_000_000, 6))
        return where(prefixes == "", digits(1_000_000 + serial_number, 8), short)
    return Text.constant(None, len(serial_number))


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
    first = places(10_000_000 + serial, 9)
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    # A remainder of 0 would need the check digit 10: such numbers are not issued, and the last digit makes room.
    stuck = weighted_sum(first, weights) % 11 == 0
    first[:, 8] = np.where(stuck, (first[:, 8] + 1) % 10, first[:, 8])
    rest = weighted_sum(first, weights) % 11
    first[:, 8] = np.where(rest == 0, (first[:, 8] + 1) % 10, first[:, 8])
    return written("##########", with_check(first, 10 - weighted_sum(first, weights) % 11))


def _british(serial: Ints, form: Text, address: Any, draw: Draw, data: Data) -> Text:
    first = places(1_000_000 + serial % 9_000_000, 7)
    check = 97 - weighted_sum(first, (8, 7, 6, 5, 4, 3, 2)) % 97
    return join("GB", digits(number_of(first), 7), digits(check, 2))


def _french(serial: Ints, form: Text, address: Any, draw: Draw, data: Data) -> Text:
    number = siren(serial)
    return join("FR", digits((12 + 3 * (number_of(number) % 97)) % 97, 2), written("#########", number))


def _spanish(serial: Ints, form: Text, address: Any, draw: Draw, data: Data) -> Text:
    province = np.array([int(code[:2]) for code in _vocabulary(address.postal_code)], dtype=np.int64)[
        _codes(address.postal_code)
    ]
    first = np.concatenate([places(province, 2), places(serial % 100_000, 5)], axis=1)
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
    letters = draw.integers(0, 26**5 - 1, "letters")
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
    "US": _ein, "CA": _canadian, "DE": _german, "VN": _vietnamese, "GB": _british, "FR": _french, "ES": _spanish,
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
