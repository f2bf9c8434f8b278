"""Bank accounts whose balance is the opening balance plus the transactions, to the minor unit."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from datamimic import (
    Entity,
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
from datamimic_pack_common import Person
from datamimic_pack_common.people_services import HoldersService
from datamimic_pack_finance.accounts import (
    agreement,
    balances,
    counting,
    dates,
    identity,
    monthly,
    numbering,
    pairs,
    sums,
    windows,
)
from datamimic_pack_finance.entities.bank import Bank
from datamimic_pack_finance.holders import homes, pay
from datamimic_pack_finance.ledger import booking, currencies, saving
from datamimic_pack_finance.ledger.options import LedgerOptions
from datamimic_pack_finance.payments import ordering, owners, period, statements
from datamimic_pack_finance.payments import pages as paging
from datamimic_pack_finance.payments.ordering import Order
from datamimic_pack_finance.payments.owners import Owner
from datamimic_pack_finance.payments.pages import Page, ReportPage
from datamimic_pack_finance.payments.statements import Entry, Statement

if TYPE_CHECKING:
    from datamimic_pack_finance import Transaction


@entity(
    "bank_account",
    happens="created_date",
    size=65_536,
    tables=(
        "currencies", "account_formats",
        "account_types", "booking_paces", "overdraft_limits", "balance_buffers", "customer_profiles", "net_incomes",
        "paydays", "pay_rhythms", "counterparties", "rent_shares", "rent_levels", "home_ownership",
        *booking.TABLES, *booking.NAMES,
    ),
    options=LedgerOptions,
)  # fmt: skip
class BankAccount(Entity):
    """An account of an adult at a bank; its balance is the opening balance plus its transactions."""

    # identity
    account_id: str = field(serial("ACC-{country}-########", grows=True), key=True, doc="unique id")
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

    # which accounts belong together
    owner_row: int = field(pairs.owner_row, internal=True, doc="row of the account that feeds it, or its own")
    savings_row: int = field(pairs.savings_row, internal=True, doc="row of the savings that it feeds, -1 for none")

    # when it is used
    rests: bool = field(windows.rests, stream="status", internal=True, doc="is nothing booked on it any more?")
    open_days: int = field(windows.open_days, internal=True, doc="days of the history for which it has been open")
    last_used: date = field(windows.last_used, internal=True, doc="last day on which the holder uses it")
    window_start: date = field(windows.window_start, hidden=True, doc="day before the window of transactions")
    last_active: date = field(windows.last_active, hidden=True, doc="last day of the window of transactions")
    saves: bool = field(saving.saves, internal=True, doc="is money put on it every month?")
    plan_day: int = field(number(2, 16), internal=True, doc="day of the month of the savings plan")
    leg_count: int = field(saving.leg_count, internal=True, doc="transfers from and to the account that feeds it")
    interest_months: int = field(windows.interest_months, internal=True, doc="how often interest is booked")
    pace: int = field(windows.pace, internal=True, doc="bookings a month, 0 on savings")
    own_count: int = field(windows.own_count, internal=True, doc="bookings beside transfers to and from its savings")
    booking_count: int = field(counting.booking_count, internal=True, doc="number of transactions")

    # whose account
    holder: Person = field(ref(Person, by=identity.holder), doc="who owns the account, an adult")
    is_main: bool = field(identity.is_main, hidden=True, doc="does the income of the holder go to it?")
    home_city: str = field(via("holder.address.city"), hidden=True, doc="city in which the holder lives")
    home_state_code: str = field(via("holder.address.state_code"), internal=True, doc="code of the holder's state")
    time_zone: str = field(via("holder.address.time_zone"), hidden=True, doc="time zone of the holder's clocks")
    holder_name: str = field(via("holder.full_name"), doc="full name of the holder")

    # at which bank
    bank: Bank = field(ref(Bank, by=identity.bank), doc="the bank that keeps the account")
    bank_name: str = field(via("bank.name"), doc="name of the bank")
    bank_code: str = field(via("bank.bank_code"), doc="national code of the bank")
    bic: str = field(via("bank.bic"), doc="BIC of the bank")
    bin: str = field(via("bank.bin"), doc="first eight digits of the bank's debit cards, which no other bank has")
    routing_number: str = field(via("bank.routing_number"), doc="what routes a domestic payment to the bank")

    # numbers
    account_number: str = field(identity.account_number, doc="account number with national check digits, unique")
    iban: str | None = field(identity.iban, doc="IBAN; null where the country has none (US, VN)")
    currency: str = field(identity.currency, doc="currency of the country, ISO 4217")

    # terms
    monthly_fee: Decimal = field(from_row("account_types", "monthly_fee", row="product"), doc="account fee a month")
    interest_rate: Decimal = field(
        from_row("account_types", "interest_rate", row="product"), doc="interest on credit balances a year", unit="%"
    )
    overdraft_limit: Decimal = field(balances.overdraft_limit, doc="how far below zero the balance may go")
    foreign_fee: Decimal = field(
        currencies.foreign_fee, hidden=True, doc="what the bank takes of payments in another currency", unit="%"
    )

    # what comes in
    transaction_profile: str = field(
        identity.transaction_profile,
        doc="spending profile of the holder: student, employee, family, affluent, self_employed, retiree",
    )
    income_kind: str = field(monthly.income_kind, hidden=True, doc="salary, business, pension, allowance or benefit")
    gross_income: Decimal = field(monthly.gross_income, hidden=True, doc="yearly income that is paid into the account")
    rhythm: int = field(pay.rhythm, internal=True, doc="how often the income is paid, a number of pay.RHYTHMS")
    net_pay: list[int] = field(pay.net_pay, internal=True, doc="hundredths on a payday, by periods of the history")
    monthly_income: Decimal = field(pay.monthly, hidden=True, doc="net income a month, by the law at the clock")
    payer: str = field(monthly.payer, hidden=True, doc="who pays the income")
    payday: int = field(monthly.payday, hidden=True, doc="day of the month of the income")

    # what goes out
    pays_for_home: bool = field(homes.pays_for_home, internal=True, doc="is rent paid from it, or the home owned?")
    housing: str | None = field(
        homes.housing, hidden=True, doc="owned, mortgaged or rented: the home that the holder pays for; null for others"
    )
    rent: Decimal = field(monthly.rent, hidden=True, doc="monthly rent, 0 for owners")
    rent_day: int = field(number(1, 3), internal=True, doc="day of the month of the rent")
    suppliers: list[int] = field(monthly.suppliers, internal=True, doc="rows of merchants that are paid monthly")
    supplier_prices: list[int] = field(monthly.supplier_prices, internal=True, doc="hundredths that they take")
    bill_day: int = field(number(1, 27), internal=True, doc="what the days of suppliers follow from")
    plan: Decimal = field(saving.plan, hidden=True, doc="what is put on this account every month, 0 without a plan")
    usual_transfer: int = field(saving.usual_transfer, internal=True, doc="what is put aside besides, hundredths")
    budget: float = field(monthly.budget, internal=True, doc="by which factor the holder spends more or less")

    # when
    created_date: datetime = field(dates.created_date, doc="when the account was opened, before its first transaction")
    status: str = field(stages(dates.STAGES), doc="active, or dormant when nothing was booked for more than a year")
    dormant_on: date | None = field(dates.dormant_on, internal=True, doc="when it began to count as dormant")
    last_second: int = field(dates.last_second, internal=True, doc="second of the day of the last booking")
    last_booked_at: datetime = field(dates.last_booked_at, internal=True, doc="when the last booking was made")

    # the balance
    balance_buffer: Decimal = field(balances.buffer, hidden=True, doc="what the account usually holds")
    floor: int = field(balances.floor, internal=True, doc="how low the balance may go, hundredths")
    ends: balances.Ends = field(balances.ends, internal=True, doc="balance before the first and after the last booking")
    closing: int = field(via("ends.closing"), internal=True, doc="balance after the last booking, hundredths")
    opening_balance: Decimal = field(via("ends.opening"), doc="balance before the first transaction")
    standing: sums.Standing = field(sums.standing, internal=True, doc="how many transactions there are, and their sum")
    transaction_count: int = field(via("standing.number"), doc="transactions of the account in this world")
    last_transaction_date: datetime | None = field(
        sums.last_transaction_date, doc="time of the last transaction; null without any"
    )
    balance: Decimal = field(
        lambda opening_balance, standing: opening_balance + standing.moved, doc="opening balance plus all transactions"
    )
    available_balance: Decimal = field(
        lambda balance, overdraft_limit: balance + overdraft_limit, doc="balance plus overdraft limit"
    )
    sums: sums.Sums = field(sums.sums, internal=True, doc="sums over the transactions that there are")
    credits_total: Decimal = field(via("sums.credits"), hidden=True, doc="sum of the incoming transactions")
    debits_total: Decimal = field(via("sums.debits"), hidden=True, doc="sum of the outgoing transactions")
    lowest_balance: Decimal = field(
        lambda opening_balance, sums: opening_balance + sums.lowest,
        hidden=True,
        doc="lowest balance from the opening to the last transaction",
    )

    # its statement
    period_start: int = field(period.first_day, internal=True, doc="first day of the statement, since 1970")
    statement_end: int = field(period.last_day, internal=True, doc="last day of the statement, since 1970")
    covered: period.Covered = field(period.covered, internal=True, doc="transactions of the statement")
    statement_opening: int = field(statements.opening, internal=True, doc="balance before the statement, hundredths")
    statement: Statement = field(statements.statement, hidden=True, doc="balances and sums of its statement")
    entries: list[Entry] = field(statements.entries, hidden=True, doc="entries of its statement, booked and pending")
    booked_entries: list[Entry] = field(
        statements.booked_entries, hidden=True, doc="entries of its statement that make the closing balance"
    )
    pages: list[Page] = field(paging.pages, hidden=True, doc="its statement in pages of seven entries")
    report_pages: list[ReportPage] = field(
        paging.report_pages, hidden=True, doc="booked and pending entries in pages of seven"
    )
    has_orders: bool = field(
        ordering.has_orders, hidden=True, doc="does the holder order any credit transfer in the statement's month?"
    )
    order: Order | None = field(
        ordering.order,
        hidden=True,
        doc="the credit transfers that the holder orders in the statement's month, in batches of one day",
    )
    owner: Owner = field(owners.owner, hidden=True, doc="holder, account and bank as messages write them")


check(BankAccount, "the balance is the opening balance plus credits minus debits")(agreement.balance_adds_up)
check(BankAccount, "the balance was never below the overdraft limit; savings were never negative")(
    agreement.within_overdraft
)
check(BankAccount, "the available balance is the balance plus the overdraft limit")(
    agreement.available_is_balance_plus_overdraft
)
check(BankAccount, "amounts have no more decimals than the currency")(agreement.whole_minor_units)
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
check(BankAccount, "the account is in the country's currency")(agreement.home_currency)
check(BankAccount, "an account that shows something booked in the last 13 months is active")(
    dates.dormant_accounts_rest
)


class BankAccountService(HoldersService[BankAccount]):
    """Accounts with their bank, holder and balance: `BankAccountService(dataset="DE", seed=1).generate()`."""
