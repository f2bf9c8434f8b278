"""Every declared check holds in many rows of every locale; and a flipped cell is found by the checks that concern it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from sample_size import CHECKED

from datamimic import World
from datamimic.checks.checking import check_batches, check_rows

ENTITIES = (
    "bank",
    "bank_account",
    "transaction",
    "credit_card",
    "card_payment",
    "card_statement",
    "loan",
    "loan_payment",
    "investment",
)
LOCALES = ("US", "DE", "VN", "GB", "FR")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("entity", ENTITIES)
def test_no_violation(entity: str, locale: str) -> None:
    # Checks of accounts add up all their bookings.
    count = CHECKED // 4 if entity == "bank_account" else CHECKED
    rows = World("finance checks", locale, strict=True)[f"finance.{entity}"][0:count]
    broken = {finding.check: finding.samples for finding in check_rows(rows) if not finding.holds}
    assert broken == {}


@pytest.mark.parametrize("clock", ["2000-02-29T00:00:00Z", "2024-06-30T23:59:59Z", "2043-03-02T12:00:00Z"])
@pytest.mark.parametrize("entity", ENTITIES)
def test_no_violation_at_other_clocks(entity: str, clock: str) -> None:
    count = 1_000 if entity == "bank_account" else 5_000
    rows = World(5, "DE", clock, options={"finance.bank_account": {"history": 6}})[f"finance.{entity}"][0:count]
    broken = {finding.check: finding.samples for finding in check_rows(rows) if not finding.holds}
    assert broken == {}


def flipped(table: pa.Table, column: str, row: int, value: object) -> pa.Table:
    values = table[column].to_pylist()
    values[row] = value
    kind = table.schema.field(column).type
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return table.set_column(table.column_names.index(column), column, pa.array(values, type=kind))


def found(entity: str, table: pa.Table, locale: str) -> dict[str, list[int]]:
    world = World("flip", locale)
    findings = check_batches(table.combine_chunks().to_batches(), world.spec(f"finance.{entity}"), world)
    return {finding.check: finding.samples for finding in findings if not finding.holds}


def rows_of(entity: str, locale: str, count: int = 2_000) -> pa.Table:
    return World("flip", locale)[f"finance.{entity}"][0:count].to_arrow()


def test_untouched_tables_pass_from_outside() -> None:
    for entity in ENTITIES:
        assert found(entity, rows_of(entity, "DE"), "DE") == {}


def test_a_changed_amount_breaks_the_running_balance_and_nothing_else() -> None:
    table = rows_of("transaction", "US")
    plain = pc.and_(pc.equal(table["transaction_type"], "Card Payment"), pc.greater(table["booking_number"], 1))
    row = int(np.flatnonzero(plain.to_numpy(zero_copy_only=False))[0])
    changed = flipped(table, "amount", row, table["amount"][row].as_py() + 1)
    assert found("transaction", changed, "US") == {"running_balance": [row]}


def test_a_changed_digit_of_an_iban_is_found() -> None:
    table = rows_of("bank_account", "DE")
    iban = table["iban"][7].as_py()
    changed = flipped(table, "iban", 7, iban[:-1] + str((int(iban[-1]) + 1) % 10))
    assert found("bank_account", changed, "DE") == {"iban_check_digits": [7], "iban_holds_account": [7]}


def test_a_changed_balance_is_found() -> None:
    rows = World("flip", "US")["finance.bank_account"][0:20]
    sums = rows.select([*rows.columns, "credits_total", "debits_total"]).to_arrow()
    changed = flipped(sums, "balance", 3, sums["balance"][3].as_py() + 1)
    assert set(found("bank_account", changed, "US")) == {"balance_adds_up", "available_is_balance_plus_overdraft"}


def test_a_merchant_of_another_category_is_found() -> None:
    table = rows_of("transaction", "US")
    row = table["merchant_category"].to_pylist().index("Groceries")
    assert found("transaction", flipped(table, "merchant_category", row, "Hotels"), "US") == {
        "merchant_fits_category": [row]
    }


def test_a_changed_card_digit_is_found() -> None:
    table = rows_of("credit_card", "GB")
    number = table["card_number"][11].as_py()
    changed = flipped(table, "card_number", 11, number[:-1] + str((int(number[-1]) + 3) % 10))
    assert found("credit_card", changed, "GB") == {"luhn": [11]}


def test_a_changed_loan_balance_is_found() -> None:
    table = rows_of("loan", "FR")
    row = table["status"].to_pylist().index("current")
    changed = flipped(table, "balance", row, table["balance"][row].as_py() + 1)
    assert set(found("loan", changed, "FR")) == {"balance_follows_schedule"}


def test_nonsense_is_found_and_does_not_stop_the_checks() -> None:
    for entity, column, value in (
        ("bank_account", "iban", "Zürich"),
        ("bank_account", "account_number", "ABCÄEFGHIJ"),
        ("bank_account", "bank_code", ""),
        ("bank", "bic", ""),
        ("credit_card", "card_number", "四二四二四二四二四二四二四二四二"),
        ("credit_card", "cvv", None),
        ("loan", "vin", "ÄÖÜ45678901234567"),
        ("transaction", "mcc", "nonsense"),
    ):
        assert found(entity, flipped(rows_of(entity, "DE", 50), column, 4, value), "DE"), (entity, column)


@pytest.mark.parametrize(
    ("entity", "column", "value", "check"),
    [
        ("card_payment", "acquirer_reference", "74111111111111111111111", "reference_fits"),
        ("card_payment", "response_code", "51", "answer_fits_status"),
        ("card_payment", "authorised_amount", Decimal("0.01"), "amounts_fit"),
        ("card_payment", "cleared_on", date(2001, 1, 1), "in_order_of_time"),
        ("card_payment", "channel", "atm", "entry_fits_channel"),
        ("card_payment", "cvv_result", None, "checked_where_absent"),
        ("card_payment", "dispute_winner", "merchant", "dispute_fits"),
        ("card_payment", "statement_number", 0, "bill_of_credit_card"),
        ("card_statement", "interest", Decimal("999.00"), "adds_up"),
        ("card_statement", "closing_balance", Decimal("0.00"), "within_limit"),
        ("card_statement", "opening_balance", Decimal("999.00"), "carries_over"),
        ("card_statement", "minimum_payment", Decimal("0.00"), "payment_fits"),
        ("card_statement", "paid_on", date(2001, 1, 1), "in_order_of_time"),
        ("transaction", "card_payment_number", 0, "card_fits_type"),
    ],
)
def test_what_is_changed_about_cards_is_found(entity: str, column: str, value: object, check: str) -> None:
    table = rows_of(entity, "US", 400)
    made = table[column].to_pylist()
    row = next((place for place, each in enumerate(made) if place > 5 and each not in (None, value)), 9)
    assert row in found(entity, flipped(table, column, row, value), "US").get(check, [])
