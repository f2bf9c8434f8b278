"""Credit and debit cards: number, network, security code, holder and account agree; expiry follows issue."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from datamimic import (
    Data,
    Entity,
    Text,
    apportioned,
    check,
    children,
    copy_of,
    entity,
    field,
    from_row,
    limited,
    number,
    ref,
    serial,
    via,
)
from datamimic.columns import Bools, Dates, Floats, Ints
from datamimic_pack_common.people_services import HoldersService
from datamimic_pack_finance.cards import cycles, dues_by_card, embossing, issuing, owners, validity
from datamimic_pack_finance.combinations import known, told
from datamimic_pack_finance.entities.bank_account import BankAccount
from datamimic_pack_finance.generators.card_number import luhn_is_valid
from datamimic_pack_finance.ledger import booking, credit

if TYPE_CHECKING:
    from datamimic_pack_finance import CardPayment, CardStatement


@entity(
    "credit_card",
    happens="issue_date",
    size=131_072,
    tables=(
        "currencies",
        "card_networks",
        "card_bins",
        "test_cards",
        "card_schemes",
        "card_tiers",
        "card_limits",
        "card_billing",
        "card_terms",
        "card_paces",
        *booking.TABLES,
    ),
    options=issuing.CardOptions,
)
class CreditCard(Entity):
    """A payment card of a current account; its number has a valid check digit and may be that of a card that exists."""

    # identity
    card_id: str = field(serial("CARD-{country}-########", grows=True), key=True, doc="unique id")
    number_base: str = field(serial("#######"), internal=True, doc="the free digits of the number, unique")
    card_type: str = field(apportioned("card_networks", "card_type", minimum=1, substitute=True), doc="credit or debit")

    # whose card
    account: BankAccount = field(ref(BankAccount, by=owners.account), doc="the current account that pays for the card")
    card_holder: str = field(
        embossing.card_holder, doc="name of the account's holder as embossed: capital letters, at most 26"
    )

    # network and number
    issued: int = field(issuing.issued, internal=True, doc="row of card_bins")
    card_provider: str = field(
        from_row("card_bins", "network", row="issued"),
        doc="network: Visa, Mastercard, American Express, Discover, JCB, NAPAS",
    )
    place: int = field(issuing.place, internal=True, doc="row of the table of networks")
    scheme: int = field(issuing.scheme, internal=True, doc="row of card_schemes")
    national_network: str | None = field(
        issuing.national_network,
        doc="second network, for payments at home: Cartes Bancaires, girocard; null without one",
    )
    bin: str = field(
        issuing.bin,
        doc="first digits of the number, which one bank owns: eight, of American Express seven; six of published numbers",
    )
    card_number: str = field(
        limited(issuing.card_number, issuing.most_cards),
        doc="number with Luhn check digit, unique unless published ones are asked for; 15 digits for American Express, else 16",
    )
    cvv: str = field(issuing.cvv, doc="security code: 3 digits, 4 for American Express")
    cvc_number: str = field(copy_of("cvv"), doc="the security code under its other name")

    # product and bank
    tier: str = field(issuing.tier, doc="classic, gold or platinum")
    bank_name: str = field(via("account.bank_name"), doc="issuing bank, that of the account")
    bank_code: str = field(via("account.bank_code"), doc="national code of the bank")
    bic: str = field(via("account.bic"), doc="BIC of the bank")
    iban: str | None = field(via("account.iban"), doc="IBAN of the account; null where the country has none")

    # validity
    is_main: bool = field(
        owners.is_main, hidden=True, doc="is it the debit card that the account's payments are made with?"
    )
    term: int = field(validity.term, internal=True, doc="years that the card is valid", unit="a")
    issue_date: date = field(validity.issue_date, doc="when the holder first got it, after the account was opened")
    renewals: list[date] = field(validity.renewals, internal=True, doc="when it was renewed under its number")
    renewed_on: date | None = field(validity.renewed_on, doc="when it was last renewed; null where it never was")
    expiration_date: date = field(validity.expiration_date, doc="last day of its last month")
    expires_at_last: date = field(validity.expires_at_last, internal=True, doc="with all renewals up to the clock")
    is_active: bool = field(validity.is_active, doc="not expired and not blocked")

    # how it is used
    use: cycles.Use = field(cycles.use, internal=True, doc="days on which it pays")
    cycle_day: int = field(number(1, 28), hidden=True, doc="day of the month on which a credit card's bill is made")
    pace: int = field(issuing.pace, internal=True, doc="payments a month of credit cards")
    purchase_count: int = field(cycles.purchase_count, internal=True, doc="payments that were made")
    due_count: int = field(dues_by_card.due_count, internal=True, doc="payments that other packs know of")
    payment_count: int = field(cycles.payment_count, hidden=True, doc="payments and attempts that failed")
    payments: list[CardPayment] = field(children("finance.card_payment"), doc="what was paid with it, in order of time")

    # limit and bills
    currency: str = field(via("account.currency"), doc="currency of the account")
    interest_rate: Decimal = field(
        issuing.interest_rate, doc="interest on unpaid balances a year, 0 for debit cards", unit="%"
    )
    credit_limit: Decimal = field(issuing.credit_limit, doc="0 for debit cards, which draw on the account")
    payer: str | None = field(
        issuing.payer, doc="what is paid of a bill: full, partial or minimum; null for debit cards"
    )
    billed: credit.Billed = field(credit.billed_so_far, internal=True, doc="bills that were made and paid")
    bill_count: int = field(via("billed.made"), internal=True, doc="bills that were made")
    statements: list[CardStatement] = field(children("finance.card_statement"), doc="bills, one for each month")

    # balance
    current_balance: Decimal = field(
        credit.current_balance, doc="what is owed after all payments and bills, at most the limit"
    )
    available_credit: Decimal = field(
        lambda credit_limit, current_balance: credit_limit - current_balance, doc="limit minus balance"
    )
    utilisation: float = field(issuing.utilisation, doc="balance divided by limit, 4 decimals; 0 without a limit")


@check(CreditCard, "the number satisfies the Luhn check")
def luhn(card_number: Text) -> Bools:
    return luhn_is_valid(card_number)


@check(CreditCard, "number, length and security code fit the network")
def number_fits_network(card_number: Text, card_provider: Text, card_type: Text, cvv: Text, data: Data) -> Bools:
    networks = known(data["card_networks"], "card_type", "network", "length", "cvv_length")
    sizes = [Text.plain(text.arrow()).lengths().astype(str).astype(object) for text in (card_number, cvv)]
    return told(card_type, card_provider, *(Text.of(size) for size in sizes)).isin(networks)


@check(
    CreditCard, "the first digits are those that the bank owns for its kind of card, or the number is one for testing"
)
def bank_owns_bin(
    card_number: Text, card_provider: Text, card_type: Text, bin: Text, bank_code: Text, data: Data
) -> Bools:
    owned = told(bank_code, card_type, card_provider, bin).isin(
        known(data["card_bins"], "bank_code", "card_type", "network", "bin")
    )
    tested = card_number.isin(set(data["test_cards"].columns["card_number"]))
    return (owned & issuing.starts_with(card_number, bin)) | tested


@check(CreditCard, "the two names of the security code hold the same digits")
def one_security_code(cvv: Text, cvc_number: Text) -> Bools:
    return cvv == cvc_number


@check(CreditCard, "the card expires two to six years after it was issued or renewed, on the last day of a month")
def expires_after_issue(issue_date: Dates, renewed_on: Any, expiration_date: Dates) -> Bools:
    begins = np.where(np.ma.getmaskarray(renewed_on), issue_date, np.ma.getdata(renewed_on))
    days = (expiration_date - begins.astype("datetime64[D]")).astype(np.int64)
    ends_month = (expiration_date + np.timedelta64(1, "D")).astype("datetime64[M]") != expiration_date.astype(
        "datetime64[M]"
    )
    return (begins >= issue_date) & (days > 2 * 365) & (days < 6 * 366) & ends_month


@check(CreditCard, "an active card has not expired, and was issued before the clock")
def active_is_valid(is_active: Bools, issue_date: Dates, expiration_date: Dates, now: Dates) -> Bools:
    return (~is_active | (expiration_date > now)) & (issue_date <= now)


@check(CreditCard, "the balance does not exceed the limit")
def within_limit(current_balance: Ints, credit_limit: Ints, available_credit: Ints) -> Bools:
    return (
        (current_balance >= 0)
        & (current_balance <= credit_limit)
        & (available_credit == credit_limit - current_balance)
    )


@check(CreditCard, "utilisation is balance divided by limit")
def utilisation_is_share(utilisation: Floats, current_balance: Ints, credit_limit: Ints) -> Bools:
    return np.abs(utilisation * credit_limit - current_balance) <= credit_limit * 0.5001e-4


@check(CreditCard, "the holder's name is in capital letters and at most 26 long")
def embossed_name(card_holder: Text) -> Bools:
    return (
        (card_holder.lengths() <= embossing.EMBOSSED)
        & (card_holder.lengths() > 0)
        & (card_holder == card_holder.upper())
    )


@check(CreditCard, "only credit cards have a limit")
def debit_has_no_limit(card_type: Text, credit_limit: Ints) -> Bools:
    return (card_type == "credit") == (credit_limit > 0)


@check(CreditCard, "bank name, code and BIC are of one bank")
def bank_agrees(bank_name: Text, bank_code: Text, bic: Text, data: Data) -> Bools:
    table = data["banks"]
    place = table.lookup("bank_code", bank_code)
    return (place >= 0) & (table["name"].take(place) == bank_name) & (table["bic"].take(place) == bic)


class CreditCardService(HoldersService[CreditCard]):
    """Cards; `demographic_config` limits the ages of their holders: `CreditCardService("US",
    demographic_config=DemographicConfig(age_min=70))`."""
