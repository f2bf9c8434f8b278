"""The ledger of accounts, made for a block of accounts at once: what was booked when, how much it was, and the balance.

Transfers between own accounts and what is due take their places first, free payments what is left of the account's number
of bookings; sorting them by time gives the booking order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np

from datamimic import Data, Draw, Ref, Text, World
from datamimic.columns import Ints
from datamimic_pack_finance.accounts.pairs import ACCOUNT
from datamimic_pack_finance.dues.of_accounts import DuesOf
from datamimic_pack_finance.ledger import credit
from datamimic_pack_finance.ledger.booking import NUMBER, event_of, seconds_of
from datamimic_pack_finance.ledger.order import by_time
from datamimic_pack_finance.ledger.parents import Parents
from datamimic_pack_finance.ledger.paying import Paying
from datamimic_pack_finance.ledger.prices import Prices
from datamimic_pack_finance.ledger.saving import DOWN, PLAN, course, legs
from datamimic_pack_finance.ledger.series import SETTLING, due
from datamimic_pack_finance.ledger.settling import settled
from datamimic_pack_finance.lending.of_accounts import LoansOf
from datamimic_pack_finance.money import currency_of

Part: TypeAlias = dict[str, Any]
"""Bookings of one origin: the place of their `account`, and those of the columns that are known."""
BLOCK = 128
"""Accounts that are made at once."""
COLUMNS = (
    "event", "day", "signed", "after", "merchant", "place", "payee", "own", "original", "fee", "rate", "card", "loan", "number",
    "source", "contract", "payment",
)  # fmt: skip
USUAL = {
    "kind": 0, "day": 0, "hour": -1, "merchant": -1, "place": -1, "payee": 0, "amount": -1, "signed": 0, "own": -1,
    "interest": 0, "second": -1, "original": 0, "fee": 0, "rate": 0, "card": -1, "loan": -1, "source": -1, "contract": -1,
    "payment": -1, "number": -1,
}  # fmt: skip
"""What a booking has of a column that whoever made it says nothing of."""
INTEREST_SECOND = 23 * 3600 + 55 * 60
"""When on its day interest is booked: after everything else."""


def book(account: Any, rows: Ints, draw: Draw, world: World, data: Data) -> dict[str, Ints]:
    """Per booking, in order of time: the `event` (time and kind), the local `day`, the `signed` amount, the balance `after` it;
    rows of `merchants` (or of foreign ones) and places, -1 for none, the number of the payee, and a number that both `own`
    accounts know of a transfer between them."""
    if not len(rows):
        return {name: np.zeros(0, dtype=np.int64) for name in COLUMNS}
    accounts, owner = Parents.of(account)
    counts = np.bincount(owner, minlength=len(accounts.rows)).astype(np.int64)
    columns, owner = _bookings(accounts, counts, draw, world, data)
    seconds = _seconds(columns, owner, accounts, draw, world, data)
    order = by_time(owner, seconds)
    owner, seconds = owner[order], seconds[order]
    columns = {name: column[order] for name, column in columns.items()}

    settling = columns["kind"] == SETTLING
    priced = _priced(columns, owner, accounts, draw, world, data)
    kind, signed = priced["kind"], priced["signed"]
    interest = np.flatnonzero(columns["interest"] > 0)
    signed[interest] = columns["interest"][interest]
    current: Ints = (accounts.column("account_class") == "current")[owner]
    at = np.flatnonzero(current)
    if len(at):
        which = np.unique(owner[at])
        unit = currency_of(data).unit
        signed[at] = settled(
            signed[at], settling[at], counts[which], accounts.column("opening_balance")[which],
            accounts.column("closing")[which], accounts.column("floor")[which],
            _wanted(owner, np.flatnonzero(settling), accounts, unit, draw), unit,
        )  # fmt: skip
    kind[settling] = np.where(signed[settling] > 0, NUMBER["transfer_in"], NUMBER["transfer_out"])
    total = np.cumsum(signed)
    first = np.cumsum(counts) - counts
    after = total - np.repeat(total[first] - signed[first], counts) + accounts.column("opening_balance")[owner]
    return {
        "event": event_of(seconds, kind),
        "day": columns["day"],
        "signed": signed,
        "after": after,
        **{name: priced[name] for name in ("merchant", "original", "fee", "rate")},
        **{
            name: columns[name]
            for name in ("place", "payee", "own", "card", "loan", "source", "contract", "payment", "number")
        },
    }


def _priced(
    columns: dict[str, Ints], owner: Ints, accounts: Parents, draw: Draw, world: World, data: Data
) -> dict[str, Ints]:
    """What bookings are about; what a card paid is known, and so are transfers between own accounts."""
    made = {name: columns[name].copy() for name in ("kind", "merchant", "signed", "original", "fee", "rate")}
    some = np.flatnonzero(columns["card"] < 0)
    prices = Prices.of(
        owner[some], {name: column[some] for name, column in columns.items()}, accounts, draw.take(some), world, data,
        owner[some],
    )  # fmt: skip
    made["kind"][some], made["merchant"][some] = prices.kind, prices.merchant
    made["original"][some], made["fee"][some], made["rate"][some] = prices.original, prices.fee, prices.rate
    made["signed"][some] = np.where(columns["own"][some] >= 0, columns["signed"][some], prices.signed)
    return made


def _bookings(accounts: Parents, counts: Ints, draw: Draw, world: World, data: Data) -> tuple[dict[str, Ints], Ints]:
    """Columns of bookings in no order of time, account after account, and whose they are."""
    paying = Paying.of(accounts.rows, world)
    falls = due(accounts, paying.count, paying.card >= 0, data)
    parts: list[Part] = [
        *_between_own(accounts, world, data),
        paying.bookings(accounts, world, data),
        credit.bookings(accounts, world, data),
        {"kind": NUMBER["loan_payment"], **LoansOf.of(world).bookings(accounts.rows)},
        DuesOf.of(world).bookings(accounts.rows),
        {name: getattr(falls, name) for name in ("account", "kind", "day", "amount", "merchant")},
    ]
    used = np.bincount(np.concatenate([part["account"] for part in parts]), minlength=len(counts))
    left = counts - used
    # Of what is left the first and the last settle the balance.
    pinned = np.flatnonzero(left > 0)
    for name in ("window_start", "last_active"):
        day = accounts.column(name).astype(np.int64)[pinned] + (name == "window_start")
        parts.append({"account": pinned, "kind": SETTLING, "day": day, "amount": 0})
    free = np.repeat(np.arange(len(counts), dtype=np.int64), np.maximum(left - 2, 0))
    done = sum(len(part["account"]) for part in parts)
    made = paying.others(free, accounts, draw.take(np.arange(done, done + len(free))), world, data)
    told = {name: getattr(made, name) for name in ("kind", "day", "hour", "merchant", "place", "payee")}
    return _stacked([*parts, {"account": free, **told}])


def _between_own(accounts: Parents, world: World, data: Data) -> Iterator[Part]:
    """Transfers between a savings account and the current one that feeds it, as both see them, and what it earns."""
    savings = np.flatnonzero(accounts.column("account_class") == "savings")
    if len(savings):
        own = accounts.some(savings)
        made = legs(own, world, data)
        kind = np.where(made.series == DOWN, NUMBER["savings_out"], NUMBER["savings_in"])
        yield {
            "account": savings[made.account],
            "kind": kind,
            "day": made.day,
            "signed": made.to_savings,
            "own": made.key,
        }
        paid = course(own, made, data)
        earning = np.repeat(savings, paid.count)
        yield {"account": earning, "kind": NUMBER["interest"], "day": paid.day, "interest": paid.interest}
    fed = np.flatnonzero(accounts.column("savings_row") >= 0)
    if len(fed):
        # The legs of a savings account that the current one sees; both columns of it are of other rows.
        there = Ref(world, world.spec(ACCOUNT), accounts.column("savings_row")[fed])
        made = legs(there, world, data)
        back = np.where(made.series == DOWN, NUMBER["savings_in"], NUMBER["savings_out"])
        kind = np.where(made.series == PLAN, NUMBER["savings_plan"], back)
        yield {"account": fed[made.account], "kind": kind, "day": made.day, "signed": -made.to_savings, "own": made.key}


def _stacked(parts: Sequence[Part]) -> tuple[dict[str, Ints], Ints]:
    """The columns of all parts, one part after the other, and whose the bookings are."""
    columns = {
        name: np.concatenate([np.broadcast_to(part.get(name, usual), len(part["account"])) for part in parts]).astype(
            np.int64
        )
        for name, usual in USUAL.items()
    }
    return columns, np.concatenate([part["account"] for part in parts]).astype(np.int64)


def _seconds(columns: dict[str, Ints], owner: Ints, accounts: Parents, draw: Draw, world: World, data: Data) -> Ints:
    """When each booking happens: seconds since 1940, UTC."""
    kind, day, hour = columns["kind"], columns["day"], columns["hour"].copy()
    other = np.flatnonzero(hour < 0)
    known = np.where(kind[other] == SETTLING, NUMBER["transfer_out"], kind[other])
    hours = data["transaction_hours"]
    channel: Text = data["transaction_kinds"]["channel"].take(known)
    hour[other] = hours.ints("hour")[draw.take(other).pick(hours.by("channel"), channel, label="hour of what is due")]
    second = hour * 3600 + draw.integers(0, 3599, "second")
    # Both legs of a transfer between own accounts are booked at the same second.
    own = np.flatnonzero(columns["own"] >= 0)
    shared = Draw(world.address(ACCOUNT, "own transfers"), columns["own"][own])
    second[own] = shared.integers(6 * 3600, 22 * 3600, "second")
    second[kind == NUMBER["interest"]] = INTEREST_SECOND
    last = np.flatnonzero((kind == SETTLING) & (day == accounts.column("last_active").astype(np.int64)[owner]))
    second[last] = accounts.column("last_second")[owner[last]]
    zone: Text = accounts.column("time_zone")
    return np.where(columns["second"] >= 0, columns["second"], seconds_of(day, second, zone.take(owner)))


def _wanted(owner: Ints, settling: Ints, accounts: Parents, unit: int, draw: Draw) -> Ints:
    """Where the holder keeps the balance: about where it usually is."""
    held = accounts.column("balance_buffer")[owner[settling]]
    share = 0.4 + 1.2 * draw.take(settling).uniform("kept")
    wanted: Ints = (held * share / unit).astype(np.int64) * unit
    return wanted
