"""Who pays or is paid: merchants, suppliers, employers, landlords, lenders, payees and the holder's own accounts; and where.

A counterparty is a number that the booking carries: everything said of it follows from the number, so that the same one is
found again under the same name and account.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Locale, Ref, Table, Text, World
from datamimic.columns import Bools, Ints, digits, join, select, where
from datamimic_pack_common.people.naming import is_family_first
from datamimic_pack_finance.booking import NUMBER, among
from datamimic_pack_finance.generators.iban import account_digits, account_format, bban, has_iban, iban_text
from datamimic_pack_finance.ledger.spending import PAYEES

CASH_MCC = "6011"
"""Automated cash disbursements."""

CASH_CATEGORY = "Cash Withdrawal"
PERSONS = 0.6
"""Of landlords, those who are people; the others are firms."""
OUTSIDE = 90_000_000
"""Numbers of accounts at other banks begin here, so that none is that of an account of the world with fewer."""


def at_merchant(kind: Ints) -> Bools:
    return among(kind, "card_pos", "card_online", "card_foreign", "card_abroad", "bill", "refund", "atm", "atm_abroad")


def party(kind: Ints, counterpart: Ints, account: Any, merchant: Ints) -> Ints:
    """One number for each counterparty of the country: its kind, and which one it is; 0 where it is the account's own bank, or
    a merchant who is paid by card."""
    payees = among(kind, "transfer_out", "transfer_in")
    group = np.select(
        [
            payees, kind == NUMBER["rent"], kind == NUMBER["income"], kind == NUMBER["bill"],
            among(kind, "savings_in", "savings_out", "savings_plan"), kind == NUMBER["loan"], kind == NUMBER["card_bill"],
        ],
        [1, 2, 3, 4, 5, 6, 7],
    )  # fmt: skip
    which = np.where(
        payees, account.rows * PAYEES + counterpart, np.where(kind == NUMBER["bill"], merchant, counterpart)
    )
    return np.where(group > 0, (which + 1) * 8 + group, 0)


def counterparty_name(kind: Ints, party: Ints, merchant: Ints, account: Any, world: World, data: Data) -> Text:
    abroad = among(kind, "card_foreign", "card_abroad", "atm_abroad")
    shops = where(
        abroad,
        data["foreign_merchants"]["merchant_name"].take(np.where(abroad, merchant, 0)),
        data["merchants"]["merchant_name"].take(np.where(abroad, 0, np.maximum(merchant, 0))),
    )
    distinct, inverse = np.unique(party, return_inverse=True)
    others = _names(distinct, world, data).take(inverse)
    generic = (kind == NUMBER["income"]) & (party == 3)
    payers = _payers(account.income_kind, data)
    at_shop = among(kind, "card_foreign", "card_abroad", "card_pos", "card_online", "refund", "bill")
    index = np.select([at_shop, generic, party > 0], [0, 1, 2], 3)
    return select(index, [shops, payers, others, account.bank_name])


def _payers(income_kind: Text, data: Data) -> Text:
    """Who pays pensions, allowances, benefits and the takings of a business."""
    table: Table = data["counterparties"]
    names = dict(zip(table.columns["role"], table.columns["counterparty"], strict=True))
    return income_kind.map(lambda kind: names.get(kind, names["benefit"]))


def _names(parties: Ints, world: World, data: Data) -> Text:
    """Of numbers that `party` gives."""
    group, which = parties % 8, parties // 8 - 1
    names: list[Text | str | None] = [Text.constant("", len(parties)) for _ in range(8)]
    draw = Draw(world.address("finance.bank_account", "counterparties"), parties)
    people = _person(draw, data)
    names[1] = people
    table: Table = data["counterparties"]
    firms = table["counterparty"].take(
        draw.pick(table.by("role"), Text.constant("landlord", len(parties)), label="firm")
    )
    names[2] = where(draw.chance(PERSONS, "person"), people, firms)
    for number, entity, field in (
        (3, "common.company", "full_name"), (5, "finance.bank_account", "holder_name"),
        (6, "finance.loan", "lender"), (7, "finance.credit_card", "bank_name"),
    ):  # fmt: skip
        at = np.flatnonzero((group == number) & (which >= 0))
        if len(at):
            known: Text = Ref(world, world.spec(entity), which[at]).column(field)
            place = np.zeros(len(parties), dtype=np.int64)
            place[at] = np.arange(len(at))
            names[number] = known.take(place)
    at = np.flatnonzero(group == 4)
    if len(at):
        names[4] = data["merchants"]["merchant_name"].take(np.where(group == 4, which, 0))
    return select(group, names)


def _person(draw: Draw, data: Data) -> Text:
    """Given and family name of somebody, as a bank prints them."""
    given: Table = data["common.given_names"]
    family: Table = data["common.family_names"]
    first = given["given_name"].take(draw.pick(given, label="given name"))
    last = family["family_name"].take(draw.pick(family, label="family name"))
    return join(last, " ", first) if is_family_first(data) else join(first, " ", last)


def counterparty_bank_of(party: Ints, world: World, data: Data) -> Ints:
    """The row of the table of banks at which the counterparty has its account, -1 for shops and the own bank."""
    distinct, inverse = np.unique(party, return_inverse=True)
    banks: Table = data["banks"]
    draw = Draw(world.address("finance.bank_account", "counterparties"), distinct)
    found = np.where(distinct > 0, draw.pick(banks, label="bank"), -1)
    own = np.flatnonzero(distinct % 8 == 5)
    if len(own):
        accounts = Ref(world, world.spec("finance.bank_account"), distinct[own] // 8 - 1)
        found[own] = accounts.column("bank").column("place")
    return found[inverse]


def counterparty_account(party: Ints, party_bank: Ints, world: World, data: Data) -> Text:
    """IBAN, or account number where the country has none."""
    distinct, at, inverse = np.unique(party, return_index=True, return_inverse=True)
    banks: Table = data["banks"]
    row = np.maximum(party_bank[at], 0)
    draw = Draw(world.address("finance.bank_account", "counterparties"), distinct)
    number = OUTSIDE + draw.integers(0, 10**8 - OUTSIDE - 1, "account")
    base = (number[:, None] // 10 ** np.arange(7, -1, -1, dtype=np.int64)) % 10
    written = account_digits(data, base, _Banks(banks["account_check"].take(row)))
    if has_iban(data):
        text = iban_text(
            data.country, bban(data.country, banks["bank_code"].take(row), banks["routing_number"].take(row), written)
        )
    else:
        text = digits(
            written @ 10 ** np.arange(written.shape[1] - 1, -1, -1, dtype=np.int64), account_format(data).account
        )
    own = np.flatnonzero(distinct % 8 == 5)
    if len(own):
        accounts = Ref(world, world.spec("finance.bank_account"), distinct[own] // 8 - 1)
        known: Text = accounts.column("iban" if has_iban(data) else "account_number")
        place = np.zeros(len(distinct), dtype=np.int64)
        place[own] = np.arange(len(own))
        text = where(distinct % 8 == 5, known.take(place), text)
    return text.take(inverse).where(party > 0)


class _Banks:
    """What `account_digits` asks of banks."""

    def __init__(self, account_check: Text) -> None:
        self.account_check = account_check


def counterparty_bic(party_bank: Ints, data: Data) -> Text:
    return data["banks"]["bic"].take(np.maximum(party_bank, 0)).where(party_bank >= 0)


def merchant_name(counterparty_name: Text, at_merchant: Bools) -> Text:
    return counterparty_name.where(at_merchant)


def _by_merchant(column: str, cash: str, kind: Ints, merchant: Ints, data: Data) -> Text:
    """A column of the merchants' tables; `cash` for withdrawals, null without a merchant."""
    abroad = among(kind, "card_foreign", "card_abroad")
    index = np.where(abroad, 1, np.where(among(kind, "atm", "atm_abroad"), 2, 0))
    choices: list[Text | str | None] = [
        data["merchants"][column].take(np.where(index == 0, np.maximum(merchant, 0), 0)),
        data["foreign_merchants"][column].take(np.where(index == 1, merchant, 0)),
        cash,
    ]
    return select(index, choices)


def merchant_category(kind: Ints, merchant: Ints, at_merchant: Bools, data: Data) -> Text:
    return _by_merchant("merchant_category", CASH_CATEGORY, kind, merchant, data).where(at_merchant)


def mcc(kind: Ints, merchant: Ints, at_merchant: Bools, data: Data) -> Text:
    return _by_merchant("mcc", CASH_MCC, kind, merchant, data).where(at_merchant)


def merchant_id(kind: Ints, mcc: Text, merchant: Ints, place: Ints, is_international: Bools, world: World) -> Text:
    """Fifteen digits of the shop, not of the chain: the same shop in the same place has the same ones."""
    shop = among(kind, "card_pos", "card_online", "card_foreign", "card_abroad", "refund")
    key = np.where(shop, ((merchant + 1) * (1 << 20) + place + 1) * 2 + is_international, 0)
    number = Draw(world.address("finance.bank_account", "outlets"), key).integers(0, 10**11 - 1)
    return join(mcc.fill("0000"), digits(number, 11)).where(shop)


def merchant_country(is_international: Bools, merchant: Ints, at_merchant: Bools, data: Data, locale: Locale) -> Text:
    away = data["foreign_merchants"]["country"].take(np.where(is_international, merchant, 0))
    return where(is_international, away, locale.country).where(at_merchant)


def location(kind: Ints, merchant: Ints, place: Ints, is_international: Bools, account: Any, data: Data) -> Text:
    away: Table = data["foreign_merchants"]
    in_town = among(kind, "card_pos", "atm") & (place >= 0)
    online = among(kind, "card_online", "card_foreign", "refund")
    index = np.select(
        [among(kind, "card_abroad", "atm_abroad"), in_town, online, kind == NUMBER["cash_deposit"]], [2, 0, 1, 4], 3
    )
    towns = data["common.places"]["city"].take(np.where(in_town, place, 0))
    abroad = away["city"].take(np.where(is_international, merchant, 0))
    return select(index, [towns, "Online", abroad, None, account.home_city])


def original_currency(is_international: Bools, merchant: Ints, data: Data) -> Text:
    away = data["foreign_merchants"]["currency"]
    return away.take(np.where(is_international, merchant, 0)).where(is_international)
