"""Shops and cash machines as the networks know them: their numbers follow from their names and places."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Ref, Struct, Text, World
from datamimic.columns import Bools, Dates, Ints, digits, join, select, where
from datamimic_pack_common.check_digits import luhn, places
from datamimic_pack_finance.cards.owners import CARD
from datamimic_pack_finance.generators.digits import characters, numbers_of
from datamimic_pack_finance.ledger.booking import NUMBER, among
from datamimic_pack_finance.ledger.counterparties import by_merchant, outlet
from datamimic_pack_finance.traffic.writing import day_of_year, placed, placed_longer

_TERMINALS = 4
"""Terminals of a shop."""
_MACHINES, _OF_DUES = 1 << 20, 1 << 21
"""Merchants are fewer, and so are banks."""


def shop(kind: Ints, merchant: Ints, source: Ints, place: Ints, is_international: Bools, card: Any) -> Ints:
    """A number of the shop in its place, or of the machine of a bank there."""
    machine = kind == NUMBER["atm"]
    of = np.where(machine, _MACHINES + card.account.bank.rows, merchant + 1)
    of = np.where(source >= 0, _OF_DUES + source, of)
    return outlet(of, place, is_international)


def acquirer(shop: Ints, merchant_country: Text, world: World, data: Data) -> Text:
    """Six digits that begin with 9 and the country's number, which is no issuer's of the international networks."""
    row = row_of(merchant_country, data)
    own = Draw(world.address(CARD, "acquirers"), shop).integers(0, 99)
    return join("9", data["acquirers"]["country_number"].take(row), digits(own, 2))


def row_of(country: Text, data: Data) -> Ints:
    """The row of `acquirers`; the first one of countries that the table does not have."""
    return np.maximum(data["acquirers"].lookup("country_code", country), 0)


def terminal_id(shop: Ints, draw: Draw, world: World) -> Text:
    """One of the shop's terminals."""
    number = Draw(world.address(CARD, "terminals"), shop).integers(0, 999_999)
    return digits(number * 100 + draw.integers(1, _TERMINALS), 8)


def acceptor_id(merchant_id: Text, shop: Ints, world: World) -> Text:
    """The number that the ledger knows; cash machines have another."""
    number = Draw(world.address(CARD, "machines"), shop).integers(0, 10**15 - 1)
    return where(merchant_id.is_null(), digits(number, 15), merchant_id.fill(""))


def places_of(merchant_name: Text, location: Text, merchant_country: Text, data: Data) -> tuple[Text, Text]:
    """Name and place in 40 characters, as version 1987 has it, and with back slashes, as 1993."""
    alpha_3 = data["acquirers"]["alpha_3"].take(row_of(merchant_country, data))
    named = join(merchant_name, "|", location, "|")
    return _few(join(named, merchant_country)).map(placed), _few(join(named, alpha_3)).map(placed_longer)


def merchant_name(kind: Ints, merchant: Ints, card: Any, due: Struct, data: Data) -> Text:
    """The shop, or the bank of the cash machine."""
    usual = by_merchant("merchant_name", card.column("bank_name", Text), kind, merchant, data)
    told: Text = due.party
    return where(told.is_null(), usual, told)


def network(card: Ref, is_international: Bools, channel: Text, data: Data) -> Text:
    """The card's own one, or at home its national one, which may not carry payments online."""
    table = data["card_schemes"]
    row = card.column("scheme")
    everywhere = (table["online"] == "yes")[row]
    national = card.column("national_network", Text)
    carries = ~national.is_null() & ~is_international & (everywhere | (channel != "online"))
    return where(carries, national.fill(""), card.column("card_provider", Text))


def location(kind: Ints, merchant: Ints, place: Ints, is_international: Bools, data: Data) -> Text:
    """The city of the shop or machine, or Online."""
    in_town = among(kind, "card_pos", "atm")
    towns = data["common.places"]["city"].take(np.where(in_town, np.maximum(place, 0), 0))
    away = data["foreign_merchants"]["city"].take(np.where(is_international, merchant, 0))
    return select(np.select([in_town, among(kind, "card_abroad", "atm_abroad")], [0, 2], 1), [towns, "Online", away])


def acquirer_reference(acquirer: Text, authorised_at: Dates, cleared_on: Any, draw: Draw) -> Text:
    """23 digits; null while it is not cleared."""
    made = reference_data(acquirer, authorised_at, draw.integers(0, 10**11 - 1))
    return made.where(~np.ma.getmaskarray(cleared_on))


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
