"""Bills of credit cards: what was owed, paid, bought, given back and charged in a month adds up to what is owed at its end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import Clock, Data, Entity, Service, Text, check, entity, field, parent, serial, simulated, via
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_finance.cards import cycles
from datamimic_pack_finance.entities.credit_card import CreditCard
from datamimic_pack_finance.ledger import booking, of_cards, paying_bills
from datamimic_pack_finance.ledger.siblings import above, follows
from datamimic_pack_finance.money import currency_of

LATEST = np.timedelta64(20, "D")
"""By which bills are paid late at most."""
BILLS = simulated(of_cards.bills, block=of_cards.BLOCK, kept=4, at_once=of_cards.AT_ONCE)


@entity(
    "card_statement",
    happens="closing_date",
    tables=("currencies", "card_billing", *booking.TABLES),
)
class CardStatement(Entity):
    """A month's bill of a credit card, and how it was paid from the current account."""

    # which bill
    statement_id: str = field(serial("CST-{country}-############", grows=True), key=True, doc="unique id")
    card: CreditCard = field(parent(CreditCard, counts=lambda bill_count: bill_count), doc="the credit card")
    card_number: str = field(via("card.card_number"), doc="number of that card")
    statement_number: int = field(lambda card: card.index + 1, doc="1, 2, … of the card, as its payments name it")
    after: int = field(BILLS["after"], internal=True, doc="day before the period, since 1970")
    close: int = field(BILLS["close"], internal=True, doc="last day of the period, since 1970")
    period_start: date = field(lambda after: (after + 1).astype("datetime64[D]"), doc="first day of the period")
    closing_date: date = field(lambda close: close.astype("datetime64[D]"), doc="last day of the period")

    # what adds up
    currency: str = field(via("card.currency"), doc="currency of the card")
    opening_balance: Decimal = field(BILLS["opening"], doc="closing balance of the bill before")
    payments: Decimal = field(BILLS["paid"], doc="what was paid of the bill before")
    purchases: Decimal = field(BILLS["purchases"], doc="what was bought with the card in the period")
    refunds: Decimal = field(BILLS["refunds"], doc="what merchants gave back in the period")
    interest: Decimal = field(BILLS["interest"], doc="on what was left unpaid of the bill before, or was paid late")
    late_fee: Decimal = field(BILLS["fee"], doc="for paying the bill before late")
    closing_balance: Decimal = field(
        BILLS["closing"], doc="opening - payments + purchases - refunds + interest + late fee"
    )
    credit_limit: Decimal = field(via("card.credit_limit"), doc="limit of the card")

    # what is to be paid
    minimum_payment: Decimal = field(BILLS["least"], doc="the least that is to be paid")
    due_date: date = field(
        lambda close, data: paying_bills.due_days(close, data).astype("datetime64[D]"),
        doc="bank day up to which it is to be paid",
    )
    on: int = field(BILLS["on"], internal=True, doc="day on which it is paid, since 1970")
    to_pay: int = field(BILLS["to_pay"], internal=True, doc="what is paid, hundredths")
    last_day: int = field(
        lambda card: cycles.last_day(card.account),
        internal=True,
        doc="last day on which the account is used, since 1970",
    )
    paid_on: date | None = field(
        lambda on, last_day: np.ma.MaskedArray(on.astype("datetime64[D]"), on > last_day),
        since="paid_on",
        doc="bank day on which it is booked on the current account, after the due date where late; null before",
    )
    paid_amount: Decimal | None = field(
        lambda to_pay, paid_on: np.ma.MaskedArray(to_pay, np.ma.getmaskarray(paid_on)),
        since="paid_on",
        doc="all, the least, or something between, as the holder pays",
    )


@check(CardStatement, "opening balance - payments + purchases - refunds + interest + late fee is the closing balance")
def adds_up(
    opening_balance: Ints,
    payments: Ints,
    purchases: Ints,
    refunds: Ints,
    interest: Ints,
    late_fee: Ints,
    closing_balance: Ints,
) -> Bools:
    return closing_balance == opening_balance - payments + purchases - refunds + interest + late_fee


@check(CardStatement, "what is owed is above zero and at most the limit")
def within_limit(closing_balance: Ints, credit_limit: Ints) -> Bools:
    return (closing_balance > 0) & (closing_balance <= credit_limit)


@check(CardStatement, "the least payment is above zero, and at most what is owed; so is what was paid")
def payment_fits(minimum_payment: Ints, paid_amount: Any, closing_balance: Ints) -> Bools:
    paid = np.ma.getdata(paid_amount)
    fits = (paid >= minimum_payment) & (paid <= closing_balance)
    return (minimum_payment > 0) & (minimum_payment <= closing_balance) & (np.ma.getmaskarray(paid_amount) | fits)


@check(
    CardStatement, "a late fee is asked for the bill before, if that was paid late, and is at most what was due of it"
)
def fee_fits(
    card_number: Text, statement_number: Ints, late_fee: Ints, minimum_payment: Ints, due_date: Dates, paid_on: Any
) -> Bools:
    late = np.ma.filled(paid_on > due_date, False)
    fits = (late_fee >= 0) & ((late_fee == 0) | (statement_number > 1))
    was_late = above(late) & (late_fee <= above(minimum_payment))
    return fits & ((late_fee == 0) | ~follows(card_number, statement_number) | was_late)


@check(CardStatement, "a bill opens with what the bill before closed with")
def carries_over(card_number: Text, statement_number: Ints, opening_balance: Ints, closing_balance: Ints) -> Bools:
    carried = ~follows(card_number, statement_number) | (opening_balance == above(closing_balance))
    return carried & ((statement_number != 1) | (opening_balance == 0))


@check(CardStatement, "amounts have no more decimals than the currency")
def whole_minor_units(closing_balance: Ints, interest: Ints, minimum_payment: Ints, data: Data) -> Bools:
    unit = currency_of(data).unit
    return (closing_balance % unit == 0) & (interest % unit == 0) & (minimum_payment % unit == 0)


@check(CardStatement, "a bill is made before the clock, and paid on the due date or some days later")
def in_order_of_time(period_start: Dates, closing_date: Dates, due_date: Dates, paid_on: Any, clock: Clock) -> Bools:
    days = np.ma.getdata(paid_on)
    paid = np.ma.getmaskarray(paid_on) | ((days >= due_date) & (days <= clock.date) & (days <= due_date + LATEST))
    return (period_start <= closing_date) & (closing_date <= clock.date) & (due_date > closing_date) & paid


class CardStatementService(Service[CardStatement]):
    """Bills, card after card: `CardStatementService(dataset="US", seed=1).generate_batch(12)`."""
