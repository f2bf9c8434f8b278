"""IBANs: mod-97 check digits over the account number as each country writes it (ISO 13616), and national check digits.

    DE   8 digits bank code, 10 digits account (with the check digit of the bank's method)
    GB   4 letters bank code, 6 digits sort code, 8 digits account
    FR   5 digits bank, 5 digits branch, 11 digits account, 2 digits key (clé RIB)

The United States, Viet Nam, Japan and India have no IBAN.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Context, Data, LiteralGenerator, Table, Text
from datamimic.columns import Bools, Ints, from_bytes
from datamimic.errors import InvalidOption
from datamimic_pack_common.check_digits import number_of
from datamimic_pack_finance.generators.digits import Matrix, characters, numbers_of
from datamimic_pack_finance.generators.german_account import german_account_numbers


@frozen
class AccountFormat:
    """Characters of an IBAN (0 where there is none), of the bank code and account number in it, and of what follows."""

    iban: int
    bank_code: int
    account: int
    key: int


def account_format(data: Data) -> AccountFormat:
    table: Table = data["finance.account_formats"]
    row = table.of_country(data.country)
    return AccountFormat(*(int(table.ints(f"{part}_length")[row]) for part in ("iban", "bank_code", "account", "key")))


def has_iban(data: Data) -> bool:
    return account_format(data).iban > 0


def account_digits(data: Data, base: Matrix, bank: Any) -> Matrix:
    """The account number of each row as digits, from eight free digits that differ from row to row.

    `bank` gives `account_check`, the method of the row's bank. US 10, DE 10, GB 8, FR 11, VN 12 digits.
    """
    if data.country == "DE":
        return german_account_numbers(base, bank.account_check)
    lead = account_format(data).account - base.shape[1]
    if not lead:
        return base
    # The digits before are a function of the free ones, so that numbers stay unique and look filled.
    front = (base[:, :lead] * 7 + base[:, 8 - lead :] * 3 + np.arange(1, lead + 1)) % 10
    return np.concatenate([front, base], axis=1)


def rib_key(bank: Matrix, branch: Matrix, account: Matrix) -> Ints:
    """The two-digit key of a French account of digits: 97 - (89 bank + 15 branch + 3 account) mod 97."""
    return 97 - (89 * number_of(bank) + 15 * number_of(branch) + 3 * number_of(account)) % 97


def mod97(matrix: NDArray[np.uint8]) -> Ints:
    """The remainder by 97 of each row read as a number, letters as two digits (A is 10)."""
    rest = np.zeros(len(matrix), dtype=np.int64)
    values = numbers_of(matrix)
    for place in range(matrix.shape[1]):
        value = values[:, place]
        rest = np.where(value > 9, rest * 100, rest * 10) + value
        rest %= 97
    return rest


def bban(country: str, bank_code: Text, routing_number: Text, account: Matrix) -> NDArray[np.uint8]:
    """The national account number as bytes, without the two check digits and the country in front."""
    body = (account + 48).astype(np.uint8)
    if country == "DE":
        return np.concatenate([characters(bank_code, 8), body], axis=1)
    if country == "GB":
        return np.concatenate([characters(bank_code, 4), characters(routing_number, 6), body], axis=1)
    codes = characters(routing_number, 10)
    parts = numbers_of(codes)
    key = rib_key(parts[:, :5], parts[:, 5:], account)
    digits = np.stack([key // 10, key % 10], axis=1) + 48
    return np.concatenate([codes, body, digits.astype(np.uint8)], axis=1)


def iban_text(country: str, body: NDArray[np.uint8]) -> Text:
    """IBANs of the country from national account numbers."""
    head = np.frombuffer(country.encode(), dtype=np.uint8)
    turned = np.concatenate(
        [body, np.broadcast_to(head, (len(body), 2)), np.full((len(body), 2), 48, dtype=np.uint8)], axis=1
    )
    check = 98 - mod97(turned)
    out = np.empty((len(body), body.shape[1] + 4), dtype=np.uint8)
    out[:, :2] = head
    out[:, 2] = check // 10 + 48
    out[:, 3] = check % 10 + 48
    out[:, 4:] = body
    return from_bytes(out)


def iban_is_valid(data: Data, ibans: Text) -> Bools:
    """Length, country and mod 97 of every IBAN; null counts as valid."""
    width = account_format(data).iban
    null = ibans.is_null()
    fits = (ibans.lengths() == width) & (ibans.slice(0, 2) == data.country)
    valid = null | fits
    at = np.flatnonzero(fits & ~null)
    if len(at):
        matrix = characters(Text.plain(ibans.take(at).arrow()), width)
        written = (numbers_of(matrix) >= 0).all(axis=1)
        valid[at] = written & (mod97(np.concatenate([matrix[:, 4:], matrix[:, :4]], axis=1)) == 1)
    return valid


class IbanGenerator(LiteralGenerator[str]):
    """IBANs of a country's banks: the bank exists, national and international check digits are right."""

    tables = ("finance.banks", "finance.account_formats")
    python_type = str

    def column(self, context: Context) -> Text:
        country = context.locale.country
        formats = context.data["finance.account_formats"]
        known = dict(zip(formats.columns["country_code"], formats.ints("iban_length"), strict=True))
        if not known.get(country):
            those = ", ".join(code for code, length in known.items() if length)
            raise InvalidOption(
                "unsupported_locale", f"{country} has no IBAN", hint=f"use one of {those}", path="$.locale"
            )
        table = context.data["finance.banks"]
        rows = context.draw.pick(table, label="bank")
        free = context.draw.integers(0, 10**8 - 1, "account")
        base = (free[:, None] // 10 ** np.arange(7, -1, -1, dtype=np.int64)) % 10
        methods = table["account_check"].take(rows)
        account = german_account_numbers(base, methods) if country == "DE" else account_digits(context.data, base, None)
        return iban_text(
            country, bban(country, table["bank_code"].take(rows), table["routing_number"].take(rows), account)
        )
