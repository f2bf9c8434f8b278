"""Standing orders of an account: everything that falls due again and again inside the window of its history.

Salary by its rhythm, rent, suppliers, fee, interest, instalments of the holder's loans, bills of the holder's cards, and
transfers between the holder's own accounts. Each knows its first due date and how many there are, so that what an account
books can be counted without making it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Clock, Data, Lists, Ref, Struct, Text, WorkingDays, World, positions, record
from datamimic.columns import Bools, Dates, Ints
from datamimic_pack_finance.accounts.monthly import SUPPLIERS
from datamimic_pack_finance.booking import NUMBER
from datamimic_pack_finance.calendar import bank_days, month_day, monthly
from datamimic_pack_finance.holders.pay import RHYTHMS
from datamimic_pack_finance.lending.repayment import due_dates

WEEK = 7
FRIDAY = 4
SEMIMONTHLY = (15, 31)
CARD_SHARE = 5
"""Per cent of the month's gross income that a card's bill is at most, on average."""
UP_EVERY, DOWN_EVERY = 3, 4
"""Months between two transfers to savings beside the plan, and between two back."""


@record
class Order:
    """`first` is a month (counted from 1970-01) where `step` is a number of months below zero, else a day; `day` of the month;
    `count` due dates in the window; `amount` in hundredths; `party` a row of what the kind names; `key` numbers what varies
    from month to month; `ahead` is whether a due day that is no bank day moves to the next one, or to the one before."""

    kind: int
    first: int
    step: int
    day: int
    count: int
    amount: int
    party: int
    key: int
    ahead: bool


_COLUMNS = ("kind", "first", "step", "day", "count", "amount", "party", "key", "ahead")


class _Book:
    """Orders of accounts as they are found, in columns."""

    def __init__(self, days: WorkingDays) -> None:
        self.days = days
        self.owners: list[Ints] = []
        self.parts: dict[str, list[Any]] = {name: [] for name in _COLUMNS}

    def add(self, owner: Ints, kind: str, **columns: Any) -> None:
        keep = columns["count"] > 0
        self.owners.append(owner[keep])
        for name in _COLUMNS:
            value = NUMBER[kind] if name == "kind" else columns[name]
            self.parts[name].append(np.broadcast_to(value, owner.shape)[keep])

    def monthly(
        self, owner: Ints, kind: str, day: Any, start: Dates, end: Dates, amount: Any, party: Any, *,
        key: Any = 0, ahead: bool = True, every: int = 1, first_month: Ints | None = None, last_month: Ints | None = None,
    ) -> None:  # fmt: skip
        """A series with one due date in each month, or in every so many, inside (start, end]."""
        day = np.broadcast_to(np.asarray(day, dtype=np.int64), owner.shape)
        first, count = monthly(self.days, day, start, end, self.days.next if ahead else self.days.previous)
        begin = first.astype(np.int64)
        last = begin + count - 1
        if first_month is not None:
            begin = np.maximum(begin, first_month)
        if last_month is not None:
            last = np.minimum(last, last_month)
        if every > 1:
            begin = begin + (-(begin + key)) % every
        count = np.maximum((last - begin) // every + 1, 0)
        self.add(
            owner,
            kind,
            first=begin,
            step=-every,
            day=day,
            count=count,
            amount=amount,
            party=party,
            key=key,
            ahead=ahead,
        )

    def lists(self, accounts: int) -> Lists:
        owner = np.concatenate(self.owners)
        order = np.argsort(owner, kind="stable")
        columns = {name: np.concatenate(parts)[order] for name, parts in self.parts.items()}
        columns |= {name: columns[name].astype(np.int64) for name in _COLUMNS if name != "ahead"}
        return Lists(np.bincount(owner, minlength=accounts).astype(np.int64), Struct(columns))


def standing_orders(
    rows: Ints, holder: Any, account_class: Text, window_start: Dates, last_active: Dates, employer: Ints, payday: Ints,
    rhythm: Ints, income_kind: Text, gross_income: Ints, rent: Ints, suppliers: Lists, supplier_prices: Lists, bill_day: Ints,
    monthly_fee: Ints, interest_rate: Ints, plan: Ints, plan_day: Ints, world: World, data: Data, clock: Clock,
) -> Lists:  # fmt: skip
    book = _Book(bank_days(data))
    own = np.arange(len(rows), dtype=np.int64)
    window = (window_start, last_active)
    _income(book, own, rows, window, employer, payday, rhythm, income_kind, gross_income)
    _home(book, own, rows, window, rent, suppliers, supplier_prices, bill_day)
    some = np.flatnonzero((monthly_fee > 0) & (account_class == "current"))
    book.monthly(own[some], "fee", 31, window_start[some], last_active[some], monthly_fee[some], -1, ahead=False)
    some = np.flatnonzero((account_class == "savings") & (interest_rate > 0))
    book.monthly(own[some], "interest", 31, window_start[some], last_active[some], 0, -1, ahead=False)
    main = np.flatnonzero((account_class == "current") & (holder.index == 0))
    if len(main):
        _loans(book, main, holder, window, world)
        _cards(book, main, holder, window, gross_income)
    _savings(book, rows, holder, window, plan, plan_day, world)
    return book.lists(len(rows))


Window = tuple[Dates, Dates]


def _income(
    book: _Book, own: Ints, rows: Ints, window: Window, employer: Ints, payday: Ints, rhythm: Ints, kind: Text, gross: Ints
) -> None:  # fmt: skip
    start, end = window
    payer = np.where(kind == "salary", employer, -1)
    for number, name in enumerate(RHYTHMS):
        some = np.flatnonzero((gross > 0) & (rhythm == number))
        if name == "monthly":
            book.monthly(own[some], "income", payday[some], start[some], end[some], 0, payer[some], ahead=False)
        elif name == "semimonthly":
            for day in SEMIMONTHLY:
                book.monthly(own[some], "income", day, start[some], end[some], 0, payer[some], ahead=False)
        else:
            # On Fridays; a holiday before the first of them must not carry it out of the window.
            step = 2 * WEEK if name == "biweekly" else WEEK
            first = start[some].astype(np.int64) + WEEK
            first += (FRIDAY - (first + 3)) % WEEK
            first += np.where((first // WEEK + rows[some]) % (step // WEEK) == 0, 0, WEEK)
            count = np.maximum((end[some].astype(np.int64) - first) // step + 1, 0)
            book.add(
                own[some], "income", first=first, step=step, day=0, count=count, amount=0, party=payer[some], key=0, ahead=False
            )  # fmt: skip


def _home(
    book: _Book, own: Ints, rows: Ints, window: Window, rent: Ints, suppliers: Lists, prices: Lists, bill_day: Ints
) -> None:
    start, end = window
    some = np.flatnonzero(rent > 0)
    book.monthly(own[some], "rent", 1 + rows[some] % 3, start[some], end[some], rent[some], rows[some], key=rows[some])
    merchants, amounts = (each.values.reshape(len(own), len(SUPPLIERS)) for each in (suppliers, prices))
    for place, category in enumerate(SUPPLIERS):
        some = np.flatnonzero(merchants[:, place] >= 0)
        day = 1 + (bill_day[some] + 7 * place) % 27
        kind = "card_online" if category == "Digital Media" else "bill"
        key = rows[some] * len(SUPPLIERS) + place
        book.monthly(
            own[some], kind, day, start[some], end[some], amounts[some, place], merchants[some, place], key=key
        )


def _loans(book: _Book, main: Ints, holder: Any, window: Window, world: World) -> None:
    """The instalments that were paid; the last one of a term is another amount."""
    loans = holder.take(main).loans
    owner = np.repeat(main, loans.counts)
    if not len(owner):
        return
    start = np.maximum(window[0][owner], loans.column("start_date"))
    begun = loans.column("start_date").astype("datetime64[M]").astype(np.int64)
    day = (loans.column("start_date") - loans.column("start_date").astype("datetime64[M]")).astype(np.int64) + 1
    term = loans.column("term_months")
    paid = np.minimum(loans.column("due_by_clock"), term) - loans.column("missed_by_clock")
    rows = loans.rows
    last = begun + np.minimum(paid, term - 1)
    book.monthly(
        owner,
        "loan",
        day,
        start,
        window[1][owner],
        loans.column("payment"),
        rows,
        first_month=begun + 1,
        last_month=last,
    )
    ending = np.flatnonzero((paid == term) & (due_dates(loans.column("start_date"), term) > window[0][owner]))
    if len(ending):
        final = Ref(world, loans.target, rows[ending]).column("last_payment")
        month = begun[ending] + term[ending]
        book.monthly(
            owner[ending], "loan", day[ending], start[ending], window[1][owner[ending]], final, rows[ending],
            first_month=month, last_month=month,
        )  # fmt: skip


def _cards(book: _Book, main: Ints, holder: Any, window: Window, gross: Ints) -> None:
    """A bill every month of cards on which something is owed: of what is owed, what the income bears."""
    cards = holder.take(main).cards
    owner = np.repeat(main, cards.counts)
    if not len(owner):
        return
    owed = cards.column("current_balance")
    bills = np.flatnonzero(owed > 0)
    owner, rows = owner[bills], cards.rows[bills]
    start = np.maximum(window[0][owner], cards.column("issue_date")[bills] + np.timedelta64(30, "D"))
    end = np.minimum(window[1][owner], cards.column("expiration_date")[bills])
    billed = np.minimum(owed[bills], np.maximum(gross[owner] // 12 * CARD_SHARE // 100, 1_000))
    book.monthly(owner, "card_bill", 5 + rows % 20, start, end, billed, rows, key=rows)


def _savings(book: _Book, rows: Ints, holder: Any, window: Window, plan: Ints, plan_day: Ints, world: World) -> None:
    """Both legs of transfers between the current account and a savings account of a holder, seen from either."""
    place = np.flatnonzero(holder.index > 0)
    main = np.flatnonzero((holder.index == 0) & (holder.count > 1))
    spec = world.spec("finance.bank_account")
    # Below zero: what a transfer beside the plan is about.
    usual = np.maximum(holder.income // 40, 10_000)
    others = holder.count[main] - 1
    of_main = np.repeat(main, others)
    if len(of_main):
        there = Ref(world, spec, rows[of_main] + 1 + positions(others))
        leg = _Leg(
            of_main, there.rows, there.rows, there.plan, there.plan_day, ("savings_plan", "savings_out", "savings_in")
        )
        _transfers(book, leg, there, window, usual)
    if len(place):
        there = Ref(world, spec, (rows - holder.index)[place])
        leg = _Leg(
            place, rows[place], there.rows, plan[place], plan_day[place], ("savings_in", "savings_in", "savings_out")
        )
        _transfers(book, leg, there, window, usual)


@frozen(eq=False)
class _Leg:
    """Transfers of the accounts `owner` as they see them: the savings accounts, the other account, and the plan; `kinds` are
    those of the plan, of transfers to the savings, and of those from it."""

    owner: Ints
    savings: Ints
    other: Ints
    plan: Ints
    plan_day: Ints
    kinds: tuple[str, str, str]


def _transfers(book: _Book, leg: _Leg, there: Ref, window: Window, usual: Ints) -> None:
    owner, savings = leg.owner, leg.savings
    begin = np.maximum(there.window_start, window[0][owner])
    stop = np.minimum(there.last_active, window[1][owner])
    regular, up, down = leg.kinds
    some = np.flatnonzero(leg.plan > 0)
    book.monthly(
        owner[some], regular, leg.plan_day[some], begin[some], stop[some], leg.plan[some], leg.other[some],
        key=savings[some] * 4,
    )  # fmt: skip
    for kind, every, label in ((up, UP_EVERY, 1), (down, DOWN_EVERY, 2)):
        when = 1 + (savings * 11 + label * 5) % 27
        book.monthly(owner, kind, when, begin, stop, -usual[owner], leg.other, key=savings * 4 + label, every=every)


def order_days(first: Ints, step: Ints, day: Ints, ahead: Bools, number: Ints, days: WorkingDays) -> Dates:
    """The bank day of the `number`-th due date (from 0) of each order."""
    month = (first + np.where(step < 0, -step, 0) * number).astype("datetime64[M]")
    due = np.where(step < 0, month_day(month, np.maximum(day, 1)).astype(np.int64), first + step * number).astype(
        "datetime64[D]"
    )
    return np.where(ahead, days.next(due), days.previous(due))
