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
    Service,
    Text,
    check,
    entity,
    field,
    parent,
    ref,
    serial,
    simulated,
    via,
)
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_finance.dues import telling
from datamimic_pack_finance.dues.telling import Due
from datamimic_pack_finance.entities.bank_account import BankAccount
from datamimic_pack_finance.entities.credit_card import CreditCard
from datamimic_pack_finance.entities.loan import Loan
from datamimic_pack_finance.ledger import agreement, booking, counterparties, entries, merchants_fit
from datamimic_pack_finance.ledger.book import BLOCK, book
from datamimic_pack_finance.ledger.options import LedgerOptions
from datamimic_pack_finance.ledger.siblings import above, follows
from datamimic_pack_finance.money import currency_of
from datamimic_pack_finance.payments import collecting, ends, parties, references, selection, sending
from datamimic_pack_finance.payments.collecting import Mandate
from datamimic_pack_finance.payments.ends import End
from datamimic_pack_finance.payments.parties import Party
from datamimic_pack_finance.payments.sending import Sent

LEDGER = simulated(book, block=BLOCK, kept=5)


@entity(
    "transaction",
    happens="transaction_date",
    options=LedgerOptions,
    tables=("currencies", "counterparties", *booking.TABLES, *booking.NAMES),
)  # fmt: skip
class Transaction(Entity):
    """What was booked on an account: income, rent, card payments, cash, transfers, fees and interest."""

    # identity
    transaction_id: str = field(serial("TXN-{country}-############", grows=True), key=True, doc="unique id")
    account: BankAccount = field(
        parent(BankAccount, counts=lambda booking_count: booking_count), doc="the account it is booked on"
    )
    account_number: str = field(via("account.account_number"), doc="number of that account")
    booking_number: int = field(lambda account: account.index + 1, doc="1, 2, … in booking order of the account")

    # the ledger of the whole account
    event: int = field(LEDGER["event"], internal=True, doc="time and kind")
    day: int = field(LEDGER["day"], internal=True, doc="day on the holder's calendar, since 1970")
    signed: int = field(LEDGER["signed"], internal=True, doc="booked amount, negative for debits")
    merchant: int = field(LEDGER["merchant"], internal=True, doc="row of merchants, or of foreign merchants")
    place: int = field(LEDGER["place"], internal=True, doc="row of places, of the shop or machine")
    payee_of_account: int = field(LEDGER["payee"], internal=True, doc="which of the account's payees it is")
    own: int = field(LEDGER["own"], internal=True, doc="what both legs of a transfer have in common, -1 for others")
    original: int = field(LEDGER["original"], internal=True, doc="merchant's price in its own currency")
    fee: int = field(LEDGER["fee"], internal=True, doc="what the bank took for the exchange")
    rate: int = field(LEDGER["rate"], internal=True, doc="exchange rate, the bits of a float64")
    kind: int = field(entries.kind, internal=True, doc="row of transaction_kinds")
    payee: int = field(counterparties.payee, internal=True, doc="number of the payee or landlord, -1 for others")
    role: str = field(entries.role, internal=True, doc="whose name stands in it")
    at_merchant: bool = field(counterparties.at_merchant, internal=True, doc="is there a merchant or a cash machine?")

    # when
    settlement_date: date = field(
        entries.settlement_date, hidden=True, doc="bank day on which it is posted, pending or not"
    )
    transaction_date: datetime = field(entries.transaction_date, doc="when it was made")
    booking_date: date | None = field(
        entries.booking_date, since="booking_date", doc="bank day on which it is posted; null while pending"
    )
    value_date: date | None = field(
        entries.value_date,
        since="booking_date",
        doc="day from which on the amount counts; null while pending",
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
        counterparties.counterparty_name, doc="merchant, payee, employer, landlord, the holder or the bank"
    )
    other: Party = field(
        parties.other, hidden=True, doc="the other party, with its account where money moves between two"
    )
    counterparty_account: str | None = field(
        parties.account_of, doc="IBAN of the other party, account number where there is none; null for cards and cash"
    )
    counterparty_bic: str | None = field(parties.bic_of, doc="BIC of the other party's bank")
    merchant_name: str | None = field(
        counterparties.merchant_name, doc="name of the merchant, or of the bank of the cash machine"
    )
    merchant_id: str | None = field(counterparties.merchant_id, doc="number of the shop, 15 digits")
    merchant_category: str | None = field(counterparties.merchant_category, doc="category of the merchant")
    mcc: str | None = field(counterparties.mcc, doc="merchant category code, ISO 18245")
    merchant_country: str | None = field(counterparties.merchant_country, doc="country of the merchant")
    location: str | None = field(counterparties.location, doc="city of the merchant or machine, Online, or null")

    # abroad
    is_international: bool = field(counterparties.is_international, doc="was it paid to a merchant abroad?")
    original_amount: Decimal | None = field(
        counterparties.original_amount, doc="amount in the merchant's currency, for payments abroad"
    )
    original_currency: str | None = field(counterparties.original_currency, doc="currency of the merchant abroad")
    exchange_rate: float | None = field(
        counterparties.exchange_rate,
        doc="account currency per unit of the original currency: the reference rate of the day and the bank's charge",
    )
    exchange_fee: Decimal | None = field(
        counterparties.exchange_fee, doc="what of the amount is the bank's charge for the exchange"
    )

    # by which card
    by_card: int = field(LEDGER["card"], internal=True, doc="row of the card, -1 for none")
    number_of_it: int = field(LEDGER["number"], internal=True, doc="place among the payments of the card or loan")
    card: CreditCard | None = field(
        ref(CreditCard, by=entries.card),
        doc="the debit card that paid it; null for what none paid, and where the card of that day is not in the world",
    )
    card_payment_number: int | None = field(
        entries.card_payment_number, doc="which payment of the card it is, as `finance.card_payment` counts them"
    )

    # of which loan
    by_loan: int = field(LEDGER["loan"], internal=True, doc="row of the loan, -1 for none")
    loan: Loan | None = field(ref(Loan, by=entries.loan), doc="the loan that is paid back with it; null for others")
    loan_payment_number: int | None = field(
        entries.loan_payment_number, doc="which payment of the loan it is, as `finance.loan_payment` counts them"
    )

    # of what other packs know
    source: int = field(LEDGER["source"], internal=True, doc="place among the world's dues, -1 for none")
    contract: int = field(LEDGER["contract"], internal=True, doc="number of what is paid for, there")
    payment_of_it: int = field(LEDGER["payment"], internal=True, doc="which of its payments, there")
    due: Due = field(telling.due, hidden=True, doc="what the other pack says of the payment: all null for none")

    # what it says
    end_to_end_id: str | None = field(
        references.end_to_end_id,
        doc="what who pays calls it, alike on both legs of a transfer between own accounts; of orders paid by card their "
        "number; null without one or a loan",
    )
    mandate: Mandate | None = field(collecting.mandate, hidden=True, doc="the mandate of a direct debit")
    mandate_id: str | None = field(
        collecting.mandate_id, doc="mandate of a direct debit, one for each supplier and loan"
    )
    purpose_code: str | None = field(
        selection.purpose_code, doc="purpose, ISO 20022: SALA, PENS, RENT …; null where there is none"
    )
    description: str = field(entries.description, doc="text as the bank prints it")
    reference_number: str = field(serial("REF{country}##############"), doc="unique reference of the booking")

    # what messages say of it
    booking_reference: str = field(
        lambda transaction_id: references.number(transaction_id), hidden=True, doc="what the bank calls the booking"
    )
    instruction_id: str | None = field(
        references.instruction_id, hidden=True, doc="what one bank calls the payment to the next"
    )
    uetr: str | None = field(references.uetr, hidden=True, doc="unique end-to-end transaction reference, a UUID")
    is_transfer: bool = field(selection.is_transfer, hidden=True, doc="is it a credit transfer from bank to bank?")
    is_collection: bool = field(selection.is_collection, hidden=True, doc="is it a direct debit?")
    debtor: End | None = field(ends.debtor, hidden=True, doc="who pays, of a payment between two accounts")
    creditor: End | None = field(ends.creditor, hidden=True, doc="who is paid, of a payment between two accounts")
    sent: Sent | None = field(sending.sent, hidden=True, doc="how a payment is sent, as messages write it")


@check(Transaction, "amounts are above zero and have no more decimals than the currency")
def amount_in_minor_units(amount: Ints, balance_after: Ints, data: Data) -> Bools:
    unit = currency_of(data).unit
    return (amount > 0) & (amount % unit == 0) & (balance_after % unit == 0)


check(Transaction, "type, direction and channel fit each other")(merchants_fit.direction_fits_type)
check(Transaction, "merchant, category and category code belong together")(merchants_fit.merchant_fits_category)
check(Transaction, "the amount at a merchant lies in the range of its category")(merchants_fit.amount_fits_category)
check(Transaction, "cash from a machine of the country comes in whole notes")(merchants_fit.cash_in_notes)
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


check(Transaction, "an international payment has an original amount, and amount = original amount x rate")(
    agreement.conversion_is_right
)


@check(Transaction, "the balance after a transaction is the one before plus or minus its amount")
def running_balance(
    account_number: Text, booking_number: Ints, direction: Text, amount: Ints, balance_after: Ints
) -> Bools:
    signed = np.where(direction == "credit", amount, -amount)
    return ~follows(account_number, booking_number) | (balance_after == above(balance_after) + signed)


@check(Transaction, "transactions of an account stand in order of time")
def in_order_of_time(account_number: Text, booking_number: Ints, transaction_date: Dates) -> Bools:
    return ~follows(account_number, booking_number) | (transaction_date >= above(transaction_date))


@check(Transaction, "only what is paid by card, or given back on one, names a payment of a card")
def card_fits_type(transaction_type: Text, card_payment_number: Any) -> Bools:
    named = ~np.ma.getmaskarray(card_payment_number)
    return ~named | (transaction_type.isin(entries.BY_CARD) & (np.ma.getdata(card_payment_number) >= 1))


check(Transaction, "a transaction is in the currency of the country's accounts")(agreement.home_currency)


class TransactionService(Service[Transaction]):
    """Transactions, account after account: `TransactionService(dataset="US", seed=1).generate_batch(100)`."""
