"""Transactions in booking order, with a running balance that never passes the overdraft limit."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Entity,
    Locale,
    Service,
    Text,
    check,
    entity,
    field,
    of_family,
    parent,
    ref,
    serial,
    via,
)
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_finance import booking
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.entities.bank_account import BankAccount
from datamimic_pack_finance.entities.credit_card import CreditCard
from datamimic_pack_finance.ledger import amounts, counterparties, entries, merchants_fit
from datamimic_pack_finance.money import currency_of
from datamimic_pack_finance.payments import collecting, ends, parties, references, selection, sending
from datamimic_pack_finance.payments.collecting import Mandate
from datamimic_pack_finance.payments.ends import End
from datamimic_pack_finance.payments.parties import Party
from datamimic_pack_finance.payments.sending import Sent
from datamimic_pack_finance.traffic import cards_of, payment
from datamimic_pack_finance.traffic.payment import CardPayment


@entity(
    "transaction",
    happens="transaction_date",
    tables=("currencies", "counterparties", *booking.TABLES, *payment.TABLES),
)  # fmt: skip
class Transaction(Entity):
    """What was booked on an account: income, rent, card payments, cash, transfers, fees and interest."""

    # identity
    transaction_id: str = field(serial("TXN-{country}-############"), key=True, doc="unique id")
    account: BankAccount = field(parent(BankAccount, counts="transaction_counts"), doc="the account it is booked on")
    account_number: str = field(via("account.account_number"), doc="number of that account")
    booking_number: int = field(lambda account: account.index + 1, doc="1, 2, … in booking order of the account")

    # the ledger of the whole account
    slot: int = field(amounts.slot, internal=True, doc="event by position among the siblings, before sorting")
    ledger_event: int = field(amounts.ledger_event, internal=True, doc="time and kind, in booking order")
    ledger_merchant: int = field(amounts.ledger_merchant, internal=True, doc="row of merchants")
    ledger_foreign: int = field(amounts.ledger_foreign, internal=True, doc="row of foreign merchants")
    ledger_original: int = field(amounts.ledger_original, internal=True, doc="merchant's price in its own currency")
    ledger_signed: int = field(amounts.ledger_signed, internal=True, doc="booked amount, negative for debits")

    # the entry
    event: int = field(of_family("ledger_event"), internal=True, doc="time and kind")
    merchant: int = field(of_family("ledger_merchant"), internal=True, doc="row of merchants")
    foreign: int = field(of_family("ledger_foreign"), internal=True, doc="row of foreign merchants")
    role: str = field(entries.role, internal=True, doc="whose name stands in it")
    at_merchant: bool = field(counterparties.at_merchant, internal=True, doc="is there a merchant or a cash machine?")

    # when
    transaction_date: datetime = field(entries.transaction_date, doc="when it was made")
    booking_date: date | None = field(
        entries.booking_date, since="booking_date", doc="bank day on which it is posted; null while pending"
    )
    status: str = field(entries.status, doc="booked, or pending until its bank day")

    # what and how much
    transaction_type: str = field(
        entries.transaction_type, doc="Salary, Rent, Card Payment, Cash Withdrawal, Direct Debit …"
    )
    direction: str = field(entries.direction, doc="credit (money comes in) or debit")
    amount: Decimal = field(amounts.amount, doc="amount in the account's currency, above zero")
    currency: str = field(via("account.currency"), doc="currency of the account, ISO 4217")
    currency_symbol: str = field(entries.currency_symbol, doc="symbol of the currency")
    balance_after: Decimal = field(amounts.balance_after, doc="balance of the account after this transaction")
    channel: str = field(
        entries.channel, doc="pos, online, atm, mobile_app, branch, direct_debit, standing_order or batch"
    )

    # with whom
    counterparty_name: str = field(counterparties.counterparty_name, doc="merchant, payee, employer, landlord or bank")
    merchant_name: str | None = field(
        counterparties.merchant_name, doc="name of the merchant, or of the bank of the cash machine"
    )
    merchant_category: str | None = field(counterparties.merchant_category, doc="category of the merchant")
    mcc: str | None = field(counterparties.mcc, doc="merchant category code, ISO 18245")
    merchant_country: str | None = field(counterparties.merchant_country, doc="country of the merchant")
    location: str | None = field(counterparties.location, doc="city of the merchant or machine, Online, or null")

    # abroad
    is_international: bool = field(counterparties.is_international, doc="was it paid to a merchant abroad?")
    original_amount: Decimal | None = field(
        amounts.original_amount, doc="amount in the merchant's currency, for payments abroad"
    )
    original_currency: str | None = field(counterparties.original_currency, doc="currency of the merchant abroad")
    exchange_rate: float | None = field(
        counterparties.exchange_rate, doc="account currency per unit of the original currency"
    )

    # what the networks of cards saw of it
    card: CreditCard | None = field(ref(CreditCard, by=cards_of.card), internal=True, doc="a debit card of the account")
    by_card: bool = field(cards_of.by_card, hidden=True, doc="was it paid by a debit card of the world?")
    card_cleared: bool = field(payment.card_cleared, hidden=True, doc="is it cleared by a message of its own?")
    card_payment: CardPayment | None = field(
        payment.card_payment, hidden=True, doc="what the messages of a payment by card share"
    )

    # what it says
    description: str = field(entries.description, doc="text as the bank prints it")
    reference_number: str = field(serial("REF{country}##############"), doc="unique reference of the booking")

    # what messages say of it
    other: Party = field(
        parties.other, hidden=True, doc="the other party, with its account where money moves between two"
    )
    settlement_date: date = field(
        references.settlement_date, hidden=True, doc="bank day on which it is posted, pending or not"
    )
    booking_reference: str = field(
        lambda transaction_id: references.number(transaction_id), hidden=True, doc="what the bank calls the booking"
    )
    end_to_end_id: str | None = field(
        references.end_to_end_id,
        hidden=True,
        doc="what who pays calls the payment; null where there is no other account",
    )
    instruction_id: str | None = field(
        references.instruction_id, hidden=True, doc="what one bank calls the payment to the next"
    )
    uetr: str | None = field(references.uetr, hidden=True, doc="unique end-to-end transaction reference, a UUID")
    is_transfer: bool = field(selection.is_transfer, hidden=True, doc="is it a credit transfer from bank to bank?")
    is_collection: bool = field(selection.is_collection, hidden=True, doc="is it a direct debit?")
    debtor: End | None = field(ends.debtor, hidden=True, doc="who pays, of a payment between two accounts")
    creditor: End | None = field(ends.creditor, hidden=True, doc="who is paid, of a payment between two accounts")
    mandate: Mandate | None = field(collecting.mandate, hidden=True, doc="the mandate of a direct debit")
    sent: Sent | None = field(sending.sent, hidden=True, doc="how a payment is sent, as messages write it")


@check(Transaction, "amounts are above zero and have no more decimals than the currency")
def amount_in_minor_units(amount: Ints, balance_after: Ints, data: Data) -> Bools:
    unit = currency_of(data).unit
    return (amount > 0) & (amount % unit == 0) & (balance_after % unit == 0)


check(Transaction, "type, direction and channel fit each other")(merchants_fit.direction_fits_type)


check(Transaction, "merchant, category and category code belong together")(merchants_fit.merchant_fits_category)


check(Transaction, "the amount at a merchant lies in the range of its category")(merchants_fit.amount_fits_category)


@check(Transaction, "cash from a machine comes in whole notes")
def cash_in_notes(transaction_type: Text, amount: Ints, data: Data) -> Bools:
    return (transaction_type != "Cash Withdrawal") | (amount % currency_of(data).note == 0)


@check(Transaction, "a payment is posted on a bank day, within five bank days and not before it was made")
def posted_on_bank_day(booking_date: Any, transaction_date: Dates, data: Data) -> Bools:
    days = bank_days(data)
    posted = np.ma.getdata(booking_date)
    made = transaction_date.astype("datetime64[D]")
    # The holder's calendar may be a day before or after that of UTC.
    soon = (posted >= days.next(made - 1)) & (posted <= days.next(made + 1))
    return np.ma.getmaskarray(booking_date) | (
        days.is_open(np.where(np.ma.getmaskarray(booking_date), made, posted)) & soon
    )


@check(Transaction, "nothing is dated after the clock, and what is not posted yet is pending")
def not_in_the_future(transaction_date: Dates, booking_date: Any, status: Text, clock: Clock) -> Bools:
    waiting = np.ma.getmaskarray(booking_date)
    return (
        (transaction_date <= clock.instant)
        & (waiting == (status == "pending"))
        & (waiting | (np.ma.getdata(booking_date) <= clock.date))
    )


@check(Transaction, "an international payment has an original amount, and amount = original amount x rate")
def conversion_is_right(
    is_international: Bools,
    amount: Ints,
    original_amount: Any,
    exchange_rate: Any,
    merchant_country: Text,
    original_currency: Text,
    locale: Locale,
    data: Data,
) -> Bools:
    unit = currency_of(data).unit
    exact = np.ma.getdata(original_amount) * np.ma.getdata(exchange_rate)
    close = (np.abs(exact - amount) <= unit * 0.5001) | (amount == unit)
    abroad = ~merchant_country.is_null() & (merchant_country != locale.country)
    given = ~np.ma.getmaskarray(original_amount) & ~np.ma.getmaskarray(exchange_rate) & ~original_currency.is_null()
    return (abroad == is_international) & (given == is_international) & (~is_international | close)


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
