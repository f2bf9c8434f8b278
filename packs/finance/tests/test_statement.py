"""Statements reconcile: opening balance plus transactions is the closing balance, whichever way rows are asked for."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest

from datamimic import World
from datamimic.errors import InvalidOption

LOCALES = ("US", "DE", "VN")
ACCOUNTS = 150
Statement = dict[str, tuple[dict[str, Any], list[dict[str, Any]]]]


def statements(world: World) -> Statement:
    """Account id -> the account and its transactions, computed from the two tables alone."""
    rows = world["finance.bank_account"][0:ACCOUNTS]
    accounts = rows.select([*rows.columns, "lowest_balance"]).to_arrow().to_pylist()
    total = sum(account["transaction_count"] for account in accounts)
    lines: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in world["finance.transaction"][0:total].to_arrow().to_pylist():
        lines[line["account_id"]].append(line)
    return {account["account_id"]: (account, lines[account["account_id"]]) for account in accounts}


@pytest.mark.parametrize("locale", LOCALES)
def test_opening_plus_transactions_is_closing(locale: str) -> None:
    world = World("statement", locale, options={"finance.bank_account": {"history": 6}})
    for account, lines in statements(world).values():
        balance = lowest = account["opening_balance"]
        for number, line in enumerate(lines, start=1):
            assert line["booking_number"] == number
            balance += line["amount"] if line["direction"] == "credit" else -line["amount"]
            assert line["balance_after"] == balance
            assert balance >= -account["overdraft_limit"]
            lowest = min(lowest, balance)
        assert len(lines) == account["transaction_count"]
        assert balance == account["balance"]
        assert lowest == account["lowest_balance"]
        times = [line["transaction_date"] for line in lines]
        assert times == sorted(times)
        assert account["last_transaction_date"] == (times[-1] if times else None)
        assert all(time > account["created_date"] for time in times)
        if account["account_type"] in ("savings", "money_market"):
            assert lowest >= 0


def test_any_slice_gives_the_same_rows() -> None:
    whole = World("slices", "DE")["finance.transaction"][0:30_000].to_arrow()
    for start, stop in ((0, 1), (777, 778), (10_000, 10_111), (16_380, 16_390), (29_999, 30_000)):
        part = World("slices", "DE")["finance.transaction"][start:stop].to_arrow()
        assert part.to_pylist() == whole.slice(start, stop - start).to_pylist()
    accounts = World("slices", "DE")["finance.bank_account"][0:3_000].to_arrow()
    part = World("slices", "DE")["finance.bank_account"][1_023:1_026].to_arrow()
    assert part.to_pylist() == accounts.slice(1_023, 3).to_pylist()


def test_references_agree_wherever_they_are_seen() -> None:
    world = World("references", "GB")
    line = world["finance.transaction"][4_321]
    account = line.account
    assert line.account_number == account.account_number
    assert len(account.transactions) == account.transaction_count
    assert account.transactions[line.booking_number - 1] == line
    assert account.bank.name == account.bank_name
    assert account.holder.full_name == account.holder_name
    assert account.holder.age >= 18
    card, loan = world["finance.credit_card"][12], world["finance.loan"][34]
    assert card.iban == card.account.iban
    assert card.account.account_type not in ("savings", "money_market")
    assert loan.borrower == loan.account.holder
    investment = world["finance.investment"][56]
    assert investment.owner.full_name == investment.account.holder_name


def test_the_first_digits_of_a_card_name_one_bank_of_the_world() -> None:
    """ISO/IEC 7812-1:2017: issuers are known by eight digits; those of American Express here by seven of fifteen."""
    names = ["bin", "card_number", "card_type", "card_provider", "bank_code", "account.bin"]
    owner: dict[str, tuple[str, ...]] = {}
    for country in ("US", "DE", "GB", "FR", "VN"):
        world = World(8, country)
        for card in world["finance.credit_card"][0:3_000].select(names).to_arrow().to_pylist():
            who = (country, card["bank_code"], card["card_type"], card["card_provider"])
            assert card["card_number"].startswith(card["bin"])
            assert len(card["bin"]) == len(card["card_number"]) - 8
            assert owner.setdefault(card["card_number"][: len(card["bin"])], who) == who
            if card["card_type"] == "debit" and country != "VN":
                assert card["bin"] == card["account.bin"]
    assert len({width[:7] for width in owner}) > 500 and len({len(each) for each in owner}) == 2
    with pytest.raises(InvalidOption, match="card_number"):
        World(8, "US")["finance.credit_card"][0:10_000_001]


def test_the_dong_has_no_decimals() -> None:
    lines = World(2, "VN")["finance.transaction"][0:5_000].to_arrow().to_pylist()
    assert all(line["amount"] % 1 == 0 and line["balance_after"] % 1 == 0 for line in lines)
    assert all(line["amount"] % Decimal(1000) == 0 for line in lines if line["merchant_country"] == "VN")
