"""Payments by card as networks see them: asked for, declined, taken back, cleared and disputed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from datamimic import Entity, Service, Text, check, entity, field, parent, ref, serial, simulated, via
from datamimic_pack_finance.dues import telling
from datamimic_pack_finance.dues.telling import Due
from datamimic_pack_finance.entities.bank_account import BankAccount
from datamimic_pack_finance.entities.credit_card import CreditCard
from datamimic_pack_finance.ledger import agreement as ledger_agreement
from datamimic_pack_finance.ledger import booking, counterparties, entries, merchants_fit, of_cards
from datamimic_pack_finance.traffic import acceptors, agreement, attempts, disputes, postings, reading, wire

MADE = simulated(of_cards.payments, block=of_cards.BLOCK, kept=4, at_once=of_cards.AT_ONCE)


@entity(
    "card_payment",
    happens="authorised_at",
    tables=("currencies", "card_schemes", "card_billing", *booking.TABLES, *wire.TABLES),
)
class CardPayment(Entity):
    """A payment by card, or an attempt that failed: what a debit card paid is booked on its account, what a credit card paid
    stands on its bills."""

    # identity
    payment_id: str = field(serial("CPM-{country}-############", grows=True), key=True, doc="unique id")
    card: CreditCard = field(
        parent(CreditCard, counts=lambda payment_count: payment_count), doc="the card it was made with"
    )
    card_number: str = field(via("card.card_number"), doc="number of that card")
    payment_number: int = field(lambda card: card.index + 1, doc="1, 2, … in order of time of the card")
    account: BankAccount = field(
        ref(BankAccount, by=lambda card: card.account.rows),
        doc="the account that it is booked on, or that pays the bill",
    )
    card_type: str = field(via("card.card_type"), doc="debit or credit")

    # what the card's book says
    event: int = field(MADE["event"], internal=True, doc="time and kind")
    day: int = field(MADE["day"], internal=True, doc="day on the holder's calendar, since 1970")
    signed: int = field(MADE["signed"], internal=True, doc="amount, above zero for refunds")
    merchant: int = field(MADE["merchant"], internal=True, doc="row of merchants, or of foreign merchants")
    place: int = field(MADE["place"], internal=True, doc="row of places, of the shop or machine")
    original: int = field(MADE["original"], internal=True, doc="merchant's price in its own currency")
    fee: int = field(MADE["fee"], internal=True, doc="what the bank took for the exchange")
    rate: int = field(MADE["rate"], internal=True, doc="exchange rate, the bits of a float64")
    period: int = field(MADE["period"], internal=True, doc="which bill it stands on, 0 for none")
    outcome: int = field(MADE["outcome"], internal=True, doc="what became of it")
    source: int = field(MADE["source"], internal=True, doc="place among the world's dues, -1 for none")
    contract: int = field(MADE["contract"], internal=True, doc="number of what is paid for, there")
    payment_of_it: int = field(MADE["payment"], internal=True, doc="which of its payments, there")
    due: Due = field(telling.due, hidden=True, doc="what the other pack says of the payment: all null for none")
    kind: int = field(entries.kind, internal=True, doc="row of transaction_kinds")
    at_merchant: bool = field(counterparties.at_merchant, internal=True, doc="always")
    is_made: bool = field(attempts.is_made, internal=True, doc="was it approved, and not taken back?")

    # what and how much
    payment_type: str = field(attempts.payment_type, doc="purchase, cash or refund")
    authorised_at: datetime = field(entries.transaction_date, doc="when it was asked for")
    channel: str = field(entries.channel, doc="pos, online or atm")
    currency: str = field(via("card.currency"), doc="currency of the card")
    amount: Decimal = field(entries.amount, doc="what it is about in the end, above zero")

    # where
    is_international: bool = field(counterparties.is_international, doc="was it made at a merchant abroad?")
    merchant_name: str = field(acceptors.merchant_name, doc="the shop, or the bank of the cash machine")
    merchant_category: str = field(counterparties.merchant_category, doc="category of the merchant")
    mcc: str = field(counterparties.mcc, doc="merchant category code, ISO 18245")
    merchant_country: str = field(counterparties.merchant_country, doc="country of the merchant")
    network: str = field(
        acceptors.network, doc="network that carried it: the national one at home where the card has it"
    )
    location: str = field(acceptors.location, doc="city of the merchant or machine, or Online")
    merchant_id: str | None = field(
        counterparties.merchant_id, doc="number of the shop, 15 digits; null for cash machines"
    )
    shop: int = field(acceptors.shop, internal=True, doc="number of the shop or machine")
    terminal_id: str = field(acceptors.terminal_id, doc="terminal of the shop or machine")
    acquirer: str = field(acceptors.acquirer, doc="six digits of the merchant's bank")
    order_reference: str | None = field(
        lambda due: Text.plain(due.reference.arrow()),
        doc="number of the order in this world that it pays or gives back; null for others",
    )
    acceptor_id: str = field(
        acceptors.acceptor_id, hidden=True, doc="number of the shop or machine, as networks know it"
    )
    original_amount: Decimal | None = field(
        counterparties.original_amount, doc="amount in the merchant's currency, for payments abroad"
    )
    original_currency: str | None = field(counterparties.original_currency, doc="currency of the merchant abroad")
    exchange_rate: float | None = field(
        counterparties.exchange_rate, doc="card's currency per unit of the original one, with the bank's charge"
    )
    exchange_fee: Decimal | None = field(
        counterparties.exchange_fee, doc="what of the amount is the bank's charge for the exchange"
    )

    # how it was asked for
    mode: int = field(reading.mode, internal=True, doc="row of card_entry_modes")
    entry_mode: str = field(
        reading.entry_mode, doc="chip, contactless, swipe, key entered, e-commerce or stored credential"
    )
    verified_by: str = field(reading.verified_by, doc="how the holder was verified: pin, signature or none")
    avs_result: str | None = field(
        reading.avs_result, doc="result of comparing addresses, of payments online with cards of the US and GB"
    )
    cvv_result: str | None = field(
        reading.cvv_result, doc="result of comparing the security code, where it was entered"
    )
    authorised_amount: Decimal = field(
        attempts.authorised_amount, doc="what was asked for: more where only a part is cleared"
    )

    # what became of it
    decline: int | None = field(attempts.decline, internal=True, doc="row of card_declines")
    response_code: str = field(attempts.response_code, doc="answer of the issuer, ISO 8583: 00 approves")
    decline_reason: str | None = field(attempts.decline_reason, doc="what the code of a declined payment means")
    approval_code: str | None = field(attempts.approval_code, doc="six digits of the issuer; null where it declined")
    reversed_at: datetime | None = field(
        attempts.reversed_at, since="reversed_at", doc="when an approved payment was taken back"
    )
    clearing_date: date = field(postings.clearing_date, internal=True, doc="bank day on which it is cleared")
    posted_on: date | None = field(
        postings.posted_on, since="posted_on", doc="bank day on which it is booked on the account or card"
    )
    cleared_on: date | None = field(
        postings.cleared_on, since="cleared_on", doc="bank day on which the merchant's bank is paid"
    )
    cleared_amount: Decimal | None = field(attempts.cleared_amount, since="cleared_on", doc="the amount, once cleared")
    acquirer_reference: str | None = field(
        acceptors.acquirer_reference, since="cleared_on", doc="reference of the clearing, 23 digits with a check digit"
    )
    status: str = field(attempts.status, doc="declined, reversed, authorised, or cleared")
    is_cleared: bool = field(postings.is_cleared, hidden=True, doc="is it cleared by a message of its own?")
    statement_number: int | None = field(
        postings.statement_number,
        doc="which bill of a credit card it stands on; null before the bill, and for debit cards",
    )

    # what was disputed
    dispute: int | None = field(disputes.dispute, internal=True, doc="row of chargeback_reasons")
    disputed_on: date | None = field(disputes.disputed_on, since="disputed_on", doc="day of the chargeback")
    dispute_reason: str | None = field(disputes.dispute_reason, since="disputed_on", doc="reason code of the network")
    dispute_text: str | None = field(disputes.dispute_text, since="disputed_on", doc="what the reason code means")
    dispute_code: str | None = field(
        disputes.dispute_code, since="disputed_on", hidden=True, doc="the reason in four digits, as messages take it"
    )
    represented_on: date | None = field(
        disputes.represented_on, since="represented_on", doc="day on which the merchant presented it again"
    )
    dispute_decided_on: date | None = field(
        disputes.decided_on, since="dispute_decided_on", doc="day on which the dispute was over"
    )
    dispute_winner: str | None = field(
        disputes.winner, since="dispute_decided_on", doc="who keeps the money: cardholder or merchant"
    )
    dispute_stage: str | None = field(disputes.stage, doc="chargeback, represented or closed; null without a dispute")

    # what messages say of it
    wire: wire.Wire = field(wire.wire, hidden=True, doc="what the messages of the payment share")


check(CardPayment, "what is cleared has the reference of its acquirer, with its check digit")(agreement.reference_fits)
check(CardPayment, "status, answer and what followed fit each other")(agreement.answer_fits_status)
check(CardPayment, "what is cleared was authorised, and amounts have no more decimals than the currency")(
    agreement.amounts_fit
)
check(CardPayment, "a payment is asked for, posted, cleared, disputed, presented again and decided in this order")(
    agreement.in_order_of_time
)
check(CardPayment, "how a card was read fits where; cash comes from machines")(agreement.entry_fits_channel)
check(
    CardPayment, "address and security code are checked where the card is absent, and the address only where issuers do"
)(agreement.checked_where_absent)
check(CardPayment, "a dispute has a reason of its network, and a merchant wins only what was presented again")(
    agreement.dispute_fits
)
check(CardPayment, "only payments with credit cards stand on bills, and none is cash")(agreement.bill_of_credit_card)
check(CardPayment, "payments of a card stand in order of time")(agreement.follows)
check(CardPayment, "merchant, category and category code belong together")(merchants_fit.shop_fits_category)
check(CardPayment, "a payment abroad has an original amount, and amount = original amount x rate")(
    ledger_agreement.conversion_is_right
)


class CardPaymentService(Service[CardPayment]):
    """Payments, card after card: `CardPaymentService(dataset="US", seed=1).generate_batch(100)`."""
