"""Transactions in booking order, with a running balance that never passes the overdraft limit."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import Clock, Data, Entity, Service, Text, check, entity, field, parent, serial, simulated, via
from datamimic.columns import Bools, Dates, Ints, join
from datamimic_pack_finance import booking
from datamimic_pack_finance.entities.bank_account import BankAccount
from datamimic_pack_finance.ledger import agreement, counterparties, entries, references
from datamimic_pack_finance.ledger.book import BLOCK, book
from datamimic_pack_finance.ledger.options import LedgerOptions
from datamimic_pack_finance.money import currency_of

LEDGER = simulated(book, block=BLOCK, kept=3)


@entity(
    "transaction",
    happens="transaction_date",
    options=LedgerOptions,
    tables=(
        "currencies", "counterparties", "account_formats", "banks", "pay_growth", "income_tax",
        "income_tax_reliefs", "contributions",
        "common.other_incomes", "common.given_names", "common.family_names", *booking.TABLES,
    ),
)  # fmt: skip
class Transaction(Entity):
    """What was booked on an account: income, rent, card payments, cash, transfers, fees and interest."""

    # identity
    transaction_id: str = field(serial("TXN-{country}-############"), key=True, doc="unique id")
    account: BankAccount = field(
        parent(BankAccount, counts=lambda booking_count: booking_count), doc="the account it is booked on"
    )
    account_number: str = field(via("account.account_number"), doc="number of that account")
    booking_number: int = field(lambda account: account.index + 1, doc="1, 2, … in booking order of the account")

    # the ledger of the whole account
    event: int = field(LEDGER["event"], internal=True, doc="time and kind")
    day: int = field(LEDGER["day"], internal=True, doc="day on the holder's calendar, since 1970")
    signed: int = field(LEDGER["signed"], internal=True, doc="booked amount, negative for debits")
    ledger_opening: int = field(LEDGER["opening"], internal=True, doc="balance before the account's first booking")
    merchant: int = field(LEDGER["merchant"], internal=True, doc="row of merchants, or of foreign merchants")
    place: int = field(LEDGER["place"], internal=True, doc="row of places, of the shop or machine")
    counterpart: int = field(LEDGER["party"], internal=True, doc="which payee, company, loan … it is")
    varies_by: int = field(LEDGER["key"], internal=True, doc="what both legs of a transfer have in common")
    original: int = field(LEDGER["original"], internal=True, doc="merchant's price in its own currency")
    fee: int = field(LEDGER["fee"], internal=True, doc="what the bank took for the exchange")
    rate: int = field(LEDGER["rate"], internal=True, doc="exchange rate, the bits of a float64")
    kind: int = field(entries.kind, internal=True, doc="row of transaction_kinds")
    at_merchant: bool = field(counterparties.at_merchant, internal=True, doc="is there a merchant or a cash machine?")
    party: int = field(
        counterparties.party, internal=True, doc="number of the counterparty, 0 for the own bank and shops"
    )
    party_bank: int = field(counterparties.counterparty_bank_of, internal=True, doc="row of banks of the counterparty")

    # when
    transaction_date: datetime = field(entries.transaction_date, doc="when it was made")
    booking_date: date | None = field(
        entries.booking_date, since="booking_date", doc="bank day on which it is posted; null while pending"
    )
    value_date: date | None = field(
        entries.value_date,
        since="booking_date",
        doc="day from which the amount counts for interest; null while pending",
    )
    status: str = field(entries.status, doc="booked, or pending until its bank day")

    # what and how much
    transaction_type: str = field(
        entries.transaction_type, doc="Salary, Rent, Card Payment, Cash Withdrawal, Direct Debit …"
    )
    direction: str = field(entries.direction, doc="credit (money comes in) or debit")
    amount: Decimal = field(entries.amount, doc="amount in the account's currency, above zero")
    currency: str = field(via("account.currency"), doc="currency of the account, ISO 4217")
    currency_symbol: str = field(entries.currency_symbol, doc="symbol of the currency")
    balance_after: Decimal = field(LEDGER["after"], doc="balance of the account after this transaction")
    channel: str = field(
        entries.channel, doc="pos, online, atm, mobile_app, branch, direct_debit, standing_order or batch"
    )

    # with whom
    counterparty_name: str = field(
        counterparties.counterparty_name, doc="merchant, payee, employer, landlord, lender, own savings or bank"
    )
    counterparty_account: str | None = field(
        counterparties.counterparty_account,
        doc="IBAN of the counterparty, account number where there is none; null for cards and cash",
    )
    counterparty_bic: str | None = field(counterparties.counterparty_bic, doc="BIC of the counterparty's bank")
    merchant_name: str | None = field(
        counterparties.merchant_name, doc="name of the merchant, or of the bank of the cash machine"
    )
    merchant_id: str | None = field(counterparties.merchant_id, doc="number of the shop, 15 digits")
    merchant_category: str | None = field(counterparties.merchant_category, doc="category of the merchant")
    mcc: str | None = field(counterparties.mcc, doc="merchant category code, ISO 18245")
    merchant_country: str | None = field(counterparties.merchant_country, doc="country of the merchant")
    location: str | None = field(counterparties.location, doc="city of the merchant or machine, Online, or null")

    # abroad
    is_international: bool = field(entries.is_international, doc="was it paid to a merchant abroad?")
    original_amount: Decimal | None = field(
        entries.original_amount, doc="amount in the merchant's currency, for payments abroad"
    )
    original_currency: str | None = field(counterparties.original_currency, doc="currency of the merchant abroad")
    exchange_rate: float | None = field(
        entries.exchange_rate, doc="account currency per unit of the original currency, of the day"
    )
    exchange_fee: Decimal | None = field(entries.exchange_fee, doc="what the bank takes for it, part of the amount")

    # what it says
    end_to_end_id: str | None = field(
        references.end_to_end_id, doc="reference that payer and payee see; both legs of an own transfer have the same"
    )
    mandate_id: str | None = field(references.mandate_id, doc="mandate of a direct debit, one for each creditor")
    purpose_code: str | None = field(references.purpose_code, doc="purpose, ISO 20022: SALA, RENT, LOAN, SAVG …")
    description: str = field(entries.description, doc="text as the bank prints it")
    reference_number: str = field(serial("REF{country}##############"), doc="unique reference of the booking")


@check(Transaction, "amounts are above zero and have no more decimals than the currency")
def amount_in_minor_units(amount: Ints, balance_after: Ints, data: Data) -> Bools:
    unit = currency_of(data).unit
    return (amount > 0) & (amount % unit == 0) & (balance_after % unit == 0)


@check(Transaction, "type, direction and channel fit each other")
def direction_fits_type(transaction_type: Text, direction: Text, channel: Text, data: Data) -> Bools:
    kinds = data["transaction_kinds"]
    known = {
        f"{kind}|{way}|{how}"
        for kind, way, how in zip(
            kinds.columns["transaction_type"], kinds.columns["direction"], kinds.columns["channel"], strict=True
        )
    }
    known |= {f"{label}|credit|batch" for label in entries.INCOME_LABELS.values()}
    return join(transaction_type, "|", direction, "|", channel).isin(known)


@check(Transaction, "merchant, category and category code belong together")
def merchant_fits_category(
    merchant_name: Text, merchant_category: Text, mcc: Text, is_international: Bools, data: Data
) -> Bools:
    known = set()
    for name in ("merchants", "foreign_merchants"):
        table = data[name]
        known |= {
            "|".join(part)
            for part in zip(
                table.columns["merchant_name"], table.columns["merchant_category"], table.columns["mcc"], strict=True
            )
        }
    cash = (merchant_category == counterparties.CASH_CATEGORY) & (mcc == counterparties.CASH_MCC)
    none = merchant_name.is_null() & merchant_category.is_null() & mcc.is_null()
    return none | cash | join(merchant_name.fill(""), "|", merchant_category.fill(""), "|", mcc.fill("")).isin(known)


check(Transaction, "the amount at a merchant lies in the range of its category")(agreement.amount_fits_category)


@check(Transaction, "cash from a machine comes in whole notes")
def cash_in_notes(transaction_type: Text, is_international: Bools, amount: Ints, data: Data) -> Bools:
    return (transaction_type != "Cash Withdrawal") | is_international | (amount % currency_of(data).note == 0)


check(Transaction, "a payment is posted on a bank day, within five bank days and not before it was made")(
    agreement.posted_on_bank_day
)


@check(Transaction, "nothing is dated after the clock, and what is not posted yet is pending")
def not_in_the_future(transaction_date: Dates, booking_date: Any, status: Text, clock: Clock) -> Bools:
    waiting = np.ma.getmaskarray(booking_date)
    return (
        (transaction_date <= clock.instant)
        & (waiting == (status == "pending"))
        & (waiting | (np.ma.getdata(booking_date) <= clock.date))
    )


check(Transaction, "an international payment has an original amount, and amount = original amount x rate + fee")(
    agreement.conversion_is_right
)


def _follows(account_number: Text, booking_number: Ints) -> Bools:
    """Is the row above the transaction booked just before on the same account?"""
    follows = np.zeros(len(booking_number), dtype=np.bool_)
    if len(follows) > 1:
        same = account_number[1:] == account_number[:-1]
        follows[1:] = same & (booking_number[1:] == booking_number[:-1] + 1)
    return follows


@check(Transaction, "the balance after a transaction is the one before plus or minus its amount")
def running_balance(
    account_number: Text, booking_number: Ints, direction: Text, amount: Ints, balance_after: Ints
) -> Bools:
    signed = np.where(direction == "credit", amount, -amount)
    before = np.concatenate((balance_after[:1], balance_after[:-1]))
    return ~_follows(account_number, booking_number) | (balance_after == before + signed)


@check(Transaction, "transactions of an account stand in order of time")
def in_order_of_time(account_number: Text, booking_number: Ints, transaction_date: Dates) -> Bools:
    before = np.concatenate((transaction_date[:1], transaction_date[:-1]))
    return ~_follows(account_number, booking_number) | (transaction_date >= before)


@check(Transaction, "a transaction is in the currency of the country's accounts")
def home_currency(currency: Text, currency_symbol: Text, data: Data) -> Bools:
    money = currency_of(data)
    return (currency == money.code) & (currency_symbol == money.symbol)


class TransactionService(Service[Transaction]):
    """Transactions, account after account: `TransactionService(dataset="US", seed=1).generate_batch(100)`."""
