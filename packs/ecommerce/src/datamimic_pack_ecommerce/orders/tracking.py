"""Tracking numbers in the form of UPU standard S10: service, eight digits, check digit, country."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Locale, Permutation, Text, World
from datamimic.columns import Bools, Ints, digit_matrix, digits, join

WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_SPACE = 10**8


def check_digit(numbers: Ints) -> Ints:
    """S10's check digit of eight-digit numbers: weighted sum modulo 11, 10 written as 0 and 11 as 5."""
    places = digit_matrix(numbers, 8).astype(np.int64) - ord("0")
    rest = 11 - (places * np.array(WEIGHTS, dtype=np.int64)).sum(axis=1) % 11
    return np.where(rest == 10, 0, np.where(rest == 11, 5, rest))


def tracking_number(rows: Ints, shipping_row: Ints, shipped_at: Any, world: World, data: Data, locale: Locale) -> Text:
    """Null before the parcel is on its way and for orders that the customer collects."""
    table = data["shipping_methods"]
    serial = Permutation(_SPACE, world.address("ecommerce.order", "tracking_number")).forward(rows % _SPACE)
    number = digits(serial * 10 + check_digit(serial), 9)
    sent = ~np.ma.getmaskarray(shipped_at) & (table["kind"].take(shipping_row) != "pickup")
    return join(table["service"].take(shipping_row), number, locale.country).where(sent)


def is_valid(tracking_number: Text, country: str) -> Bools:
    """Form and check digit of S10; null is valid."""
    result = []
    for value in tracking_number.tolist():
        if value is None:
            result.append(True)
            continue
        body = value[2:11]
        formed = len(value) == 13 and value[:2].isalpha() and body.isdigit() and value[11:] == country
        result.append(formed and int(check_digit(np.array([int(body[:8])]))[0]) == int(body[8]))
    return np.array(result, dtype=np.bool_)


def tracking_is_valid(tracking_number: Text, shipped_at: Any, locale: Locale) -> Bools:
    sent = ~np.ma.getmaskarray(shipped_at)
    return is_valid(tracking_number, locale.country) & (sent | tracking_number.is_null())
