"""Bank accounts whose balance is the opening balance plus the transactions, to the minor unit."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from datamimic import (
    Data,
    Entity,
    Text,
    apportioned,
    check,
    children,
    entity,
    field,
    from_row,
    number,
    ref,
    serial,
    stages,
    via,
)
from datamimic.columns import Bools, Ints
from datamimic_pack_common import Person
from datamimic_pack_common.people_services import HoldersService
from datamimic_pack_finance import booking
from datamimic_pack_finance.accounts import dates, identity, monthly, numbering, sums
from datamimic_pack_finance.entities.bank import Bank
from datamimic_pack_finance.money import currency_of
from datamimic_pack_finance.payments import ordering, owners, statements
from datamimic_pack_finance.payments import pages as paging
from datamimic_pack_finance.payments.ordering import Order
from datamimic_pack_finance.payments.owners import Owner
from datamimic_pack_finance.payments.pages import Page, ReportPage
from datamimic_pack_finance.payments.statements import Entry, Statement
from datamimic_pack_finance.statement import Standing

if TYPE_CHECKING:
    from datamimic_pack_finance import Transaction


@entity(
    "bank_account",
    happens="created_date",
    size=65_536,
    tables=(
        "currencies", "account_formats",
        "account_types", "overdraft_limits", "balance_buffers", "customer_profiles", "net_incomes", "paydays",
        "counterparties", "rent_shares", "savings_plans", "transaction_counts", *booking.TABLES,
    ),
)  # fmt: skip
class BankAccount(Entity):
    """An account of an adult at a bank; its balance is the opening balance plus its transactions."""

    # identity
    account_id: str = field(serial("ACC-{country}-########"), key=True, doc="unique id")
    number_base: str = field(serial("########"), internal=True, doc="the free digits of the account number, unique")
    account_type: str = field(
        apportioned("account_types", "account_type", minimum=1, substitute=True),
        doc="checking, premium_checking, student_checking, savings or money_market",
    )
    transactions: list[Transaction] = field(
        children("finance.transaction"), doc="what was booked on the account, in order"
    )

    # product
    product: int = field(identity.product, internal=True, doc="row of the table of account types")
    account_class: str = field(
        from_row("account_types", "account_class", row="product"), hidden=True, doc="current or savings"
    )
    product_name: str = field(
        from_row("account_types", "product_name", row="product"),
        doc="what the bank calls the product, in the country's language",
    )

    # whose account
    holder: Person = field(ref(Person, by=identity.holder), doc="who owns the account, an adult")
    home_city: str = field(via("holder.address.city"), hidden=True, doc="city in which the holder shops")
    time_zone: str = field(via("holder.address.time_zone"), hidden=True, doc="time zone of the holder's clocks")
    holder_name: str = field(via("holder.full_name"), doc="full name of the holder")

    # at which bank
    bank: Bank = field(ref(Bank), doc="the bank that keeps the account")
    bank_name: str = field(via("bank.name"), doc="name of the bank")
    bank_code: str = field(via("bank.bank_code"), doc="national code of the bank")
    bic: str = field(via("bank.bic"), doc="BIC of the bank")
    bin: str = field(via("bank.bin"), doc="first six digits of the bank's debit cards; in Viet Nam its NAPAS code")
    routing_number: str = field(via("bank.routing_number"), doc="what routes a domestic payment to the bank")

    # numbers
    account_number: str = field(identity.account_number, doc="account number with national check digits, unique")
    iban: str | None = field(identity.iban, doc="IBAN; null where the country has none (US, VN)")
    currency: str = field(identity.currency, doc="currency of the country, ISO 4217")

    # what comes in and goes out every month
    transaction_profile: str = field(
        identity.transaction_profile,
        doc="spending profile of the holder: student, employee, family, affluent, self_employed, retiree",
    )
    income_kind: str = field(monthly.income_kind, hidden=True, doc="salary, business, pension, allowance or benefit")
    monthly_income: Decimal = field(monthly.monthly_income, hidden=True, doc="net income booked every month")
    payer: str = field(monthly.payer, hidden=True, doc="who pays the monthly income")
    payday: int = field(monthly.payday, hidden=True, doc="day of the month of the income")
    rent: Decimal = field(monthly.rent, hidden=True, doc="monthly rent, 0 for owners")
    landlord: str = field(monthly.landlord, hidden=True, doc="who receives the rent")
    plan: Decimal = field(monthly.plan, hidden=True, doc="monthly savings plan, 0 without")

    # terms
    monthly_fee: Decimal = field(from_row("account_types", "monthly_fee", row="product"), doc="account fee a month")
    interest_rate: Decimal = field(
        from_row("account_types", "interest_rate", row="product"), doc="interest on credit balances a year", unit="%"
    )
    overdraft_limit: Decimal = field(monthly.overdraft_limit, doc="how far below zero the balance may go")
    balance_buffer: Decimal = field(monthly.buffer, hidden=True, doc="balance at the lowest point")
    interest: Decimal = field(monthly.interest, hidden=True, doc="interest booked every month")

    # when
    rests: bool = field(dates.rests, stream="status", internal=True, doc="is nothing booked on it any more?")
    last_active: date = field(dates.last_active, hidden=True, doc="last day of the window of transactions")
    window_start: date = field(dates.window_start, hidden=True, doc="day before the window of transactions")
    status: str = field(stages(dates.STAGES), doc="active, or dormant when nothing was booked for more than a year")
    created_date: datetime = field(dates.created_date, doc="when the account was opened, before its first transaction")
    dormant_on: date | None = field(dates.dormant_on, internal=True, doc="when it began to count as dormant")
    income_day: int = field(dates.income_day, internal=True, doc="day of the month of income or interest")
    rent_day: int = field(number(1, 3), internal=True, doc="day of the month of the rent")
    plan_day: int = field(number(2, 16), internal=True, doc="day of the month of the savings plan")
    standing: Standing = field(dates.standing_orders, internal=True, doc="what falls due every month")

    # the balance
    lowest: int = field(sums.lowest, internal=True, doc="lowest sum of the transactions up to one of them, hundredths")
    booked: sums.Ledger = field(sums.booked, internal=True, doc="sums over the transactions that there are")
    transaction_count: int = field(via("booked.number"), doc="transactions of the account in this world")
    last_transaction_date: datetime | None = field(
        sums.last_transaction_date, doc="time of the last transaction; null without any"
    )
    opening_balance: Decimal = field(
        lambda balance_buffer, lowest: balance_buffer - lowest, doc="balance before the first transaction"
    )
    credits_total: Decimal = field(via("booked.credits"), doc="sum of the incoming transactions")
    debits_total: Decimal = field(via("booked.debits"), doc="sum of the outgoing transactions")
    balance: Decimal = field(
        lambda opening_balance, credits_total, debits_total: opening_balance + credits_total - debits_total,
        doc="opening balance plus all transactions",
    )
    lowest_balance: Decimal = field(
        lambda opening_balance, booked: opening_balance + booked.lowest,
        doc="lowest balance from the opening to the last transaction",
    )
    available_balance: Decimal = field(
        lambda balance, overdraft_limit: balance + overdraft_limit, doc="balance plus overdraft limit"
    )

    # its statement
    statement_end: int = field(statements.last_day, internal=True, doc="last day of the statement, since 1970")
    statement: Statement = field(statements.statement, hidden=True, doc="balances and sums of its statement")
    entries: list[Entry] = field(statements.entries, hidden=True, doc="entries of its statement, booked and pending")
    booked_entries: list[Entry] = field(
        statements.booked_entries, hidden=True, doc="entries of its statement that make the closing balance"
    )
    pages: list[Page] = field(paging.pages, hidden=True, doc="its statement in pages of seven entries")
    report_pages: list[ReportPage] = field(
        paging.report_pages, hidden=True, doc="booked and pending entries in pages of seven"
    )
    has_orders: bool = field(ordering.has_orders, hidden=True, doc="does the holder order any credit transfer?")
    order: Order | None = field(
        ordering.order, hidden=True, doc="the credit transfers that the holder orders, in batches of one day"
    )
    owner: Owner = field(owners.owner, hidden=True, doc="holder, account and bank as messages write them")


@check(BankAccount, "the balance is the opening balance plus credits minus debits")
def balance_adds_up(opening_balance: Ints, credits_total: Ints, debits_total: Ints, balance: Ints) -> Bools:
    return balance == opening_balance + credits_total - debits_total


@check(BankAccount, "the balance was never below the overdraft limit; savings were never negative")
def within_overdraft(lowest_balance: Ints, balance: Ints, overdraft_limit: Ints, account_type: Text) -> Bools:
    savings = account_type.isin({"savings", "money_market"})
    return (lowest_balance >= -overdraft_limit) & (balance >= lowest_balance) & (~savings | (lowest_balance >= 0))


@check(BankAccount, "the available balance is the balance plus the overdraft limit")
def available_is_balance_plus_overdraft(available_balance: Ints, balance: Ints, overdraft_limit: Ints) -> Bools:
    return available_balance == balance + overdraft_limit


@check(BankAccount, "amounts have no more decimals than the currency")
def whole_minor_units(
    opening_balance: Ints, credits_total: Ints, debits_total: Ints, overdraft_limit: Ints, data: Data
) -> Bools:
    unit = currency_of(data).unit
    return (
        (opening_balance % unit == 0)
        & (credits_total % unit == 0)
        & (debits_total % unit == 0)
        & (overdraft_limit % unit == 0)
    )


check(BankAccount, "the account was opened before its last transaction, and that lies before the clock")(
    dates.dates_in_order
)
check(BankAccount, "the account was opened before the clock")(dates.opened_before_clock)
check(BankAccount, "an account has a last transaction exactly if it has transactions")(dates.last_transaction_if_any)


check(
    BankAccount,
    "the IBAN has the country's length and its mod-97 check holds; where the country has no IBAN there is none",
)(numbering.iban_check_digits)


check(BankAccount, "the IBAN holds the account's bank code and account number")(numbering.iban_holds_account)


check(BankAccount, "a German account number fits the check-digit method of its bank")(numbering.german_check_digit)


check(BankAccount, "name, code, BIC and routing number are of one bank")(numbering.bank_agrees)


@check(BankAccount, "the account is in the country's currency")
def home_currency(currency: Text, data: Data) -> Bools:
    return currency == currency_of(data).code


check(BankAccount, "an account that shows something booked in the last 13 months is active")(
    dates.dormant_accounts_rest
)


class BankAccountService(HoldersService[BankAccount]):
    """Accounts with their bank, holder and balance: `BankAccountService(dataset="DE", seed=1).generate()`."""
