"""Shops and cash machines as the networks know them: their numbers follow from their names and places."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from datamimic import Data, Text
from datamimic.columns import Dates, Ints, digits, join
from datamimic_pack_common.check_digits import luhn, places
from datamimic_pack_finance.generators.digits import characters, numbers_of
from datamimic_pack_finance.traffic.writing import day_of_year, digits_from, placed, placed_longer

_TERMINALS = 4
"""Terminals of a shop."""


@frozen(eq=False)
class Acceptor:
    """Where a payment was made. `acquirer` has six digits that begin with 9 and the country's number, which is no issuer's of
    the international networks; `place` has 40 characters, as version 1987 has it, `address` back slashes, as 1993."""

    country: Text
    acquirer: Text
    merchant: Text
    terminal: Text
    place: Text
    address: Text
    zone: Text

    @classmethod
    def of(cls, name: Text, location: Text, country: Text, terminal: Ints, data: Data) -> Acceptor:
        """`terminal` is any number, by which one of a shop's terminals is chosen."""
        table = data["acquirers"]
        row = np.maximum(table.lookup("country_code", country), 0)
        shop = _few(join(name, "|", location, "|", country))
        number = table["country_number"].take(row)
        return cls(
            number,
            join("9", number, shop.map(_acquirer)),
            shop.map(_merchant),
            join(shop.map(_shop), digits(terminal % _TERMINALS + 1, 2)),
            shop.map(placed),
            _few(join(name, "|", location, "|", table["alpha_3"].take(row))).map(placed_longer),
            table["time_zone"].take(row),
        )


def reference_data(acquirer: Text, cleared: Dates, number: Ints) -> Text:
    """The acquirer's reference of 23 digits: a 7, the acquirer, the day of the year, eleven digits, Luhn's check digit."""
    head = np.full((len(number), 1), 7, np.int64)
    bank = numbers_of(characters(acquirer, 6))
    body = np.concatenate([head, bank, places(day_of_year(cleared), 4), places(number, 11)], axis=1)
    return join("7", acquirer, digits(day_of_year(cleared), 4), digits(number, 11), digits(luhn(body), 1))


def _few(text: Text) -> Text:
    """The same texts, each of which is changed once."""
    codes, vocabulary = text.coding()
    return Text(codes.astype(np.int32), vocabulary)


def _acquirer(shop: str) -> str:
    return digits_from(f"acquirer {shop}", 2)


def _merchant(shop: str) -> str:
    return digits_from(f"merchant {shop.partition('|')[0]} {shop.rpartition('|')[2]}", 15)


def _shop(shop: str) -> str:
    return digits_from(f"terminal {shop}", 6)
