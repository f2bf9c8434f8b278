"""The dues of accounts, as their ledgers ask for them: what other packs know that a holder pays is booked on the holder's first
current account, on the bank day on which it falls due or the next one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from attrs import frozen

from datamimic import MEANS, Dues, Owed, Ref, World
from datamimic.columns import Bools, Ints, ordered
from datamimic.errors import PackError
from datamimic_pack_finance.accounts.holding import Holding
from datamimic_pack_finance.accounts.known import known_of
from datamimic_pack_finance.accounts.pairs import ACCOUNT
from datamimic_pack_finance.accounts.per_account import PerAccount
from datamimic_pack_finance.calendar import bank_days
from datamimic_pack_finance.ledger.booking import NUMBER
from datamimic_pack_finance.money import currency_of

_BY_CARD = {"by_card": "card_online", "back_to_card": "refund"}
KINDS = np.array([NUMBER[_BY_CARD.get(means, f"due_{means}")] for means in MEANS], dtype=np.int64)
"""The kind of booking of each means."""
CARD = tuple(MEANS.index(means) for means in _BY_CARD)
GIVEN = (MEANS.index("received"), MEANS.index("back_to_card"))


@frozen(eq=False)
class DuesOf:
    """Payments: which of the world's `Dues` they are of (`source`), their `contract` and `number` there, the `day` since 1970
    on which they are booked, hundredths, means, and what is `paid`, less than 0 where it is received. Those `by_card` have
    the day and the second at which the card of the account pays, if it has one that pays then.

    `has[source]` are accounts with dues of each source, and `codes[source]` of whom they stand instead."""

    payments: PerAccount
    by_card: PerAccount
    has: Bools
    codes: tuple[str | None, ...]

    @classmethod
    def of(cls, world: World) -> DuesOf:
        """Made once in a world: 64 bytes for each payment, and nothing where no other pack has dues."""
        return world.memo("finance.dues of accounts", lambda: _found(world), lasting=True)

    def counts_of(self, accounts: Ints) -> Ints:
        """How many payments are booked on each account, beside those of its card."""
        return self.payments.counts(accounts)

    def paid_of(self, accounts: Ints) -> Ints:
        """Hundredths that each account pays in all, less what it gets."""
        paid: Ints = self.payments.totals(accounts, "paid") + self.by_card.totals(accounts, "paid")
        return paid

    def instead_of(self, accounts: Ints, merchant_codes: Collection[str]) -> Bools:
        """Which accounts have dues that stand for what merchants of these codes would be paid."""
        found = np.zeros(len(accounts), dtype=np.bool_)
        for source, code in enumerate(self.codes):
            if code in merchant_codes:
                found |= known_of(accounts, self.has[source]).astype(np.bool_)
        return found

    def bookings(self, accounts: Ints) -> dict[str, Any]:
        """As columns of bookings; `account` is a place among those asked for."""
        payments, account = self.payments.items(accounts)
        names = ("day", "amount", "source", "contract", "number")
        kept = {"payment": payments["number"], **{name: payments[name] for name in names}}
        return {"account": account, "kind": KINDS[payments["means"]], **kept}


def _found(world: World) -> DuesOf:
    spec = world.spec(ACCOUNT)
    count, sources = world.size(spec), Dues.of(world)
    data = world.data(spec.cls)
    parts = [np.zeros((8, 0), dtype=np.int64)]
    if sources:
        holding = Holding.of(world, world.clock)
        account = np.flatnonzero(holding.main)
        account = account[np.argsort(holding.holder[account], kind="stable")]
        known = Ref(world, spec, account)
        # The first day of bookings and the last one have some of their own.
        after = known.column("window_start").astype(np.int64) + 1
        until = known.column("last_active").astype(np.int64)
        for number, source in enumerate(sources):
            owed = source.owed(holding.holder[account], int(after.min(initial=0)), int(until.max(initial=0)), world)
            _refuse_wrong(source, owed, len(account), currency_of(data).unit)
            by_card = np.isin(owed.means, CARD)
            booked_on = bank_days(data).next(owed.day.astype("datetime64[D]")).astype(np.int64)
            day = np.where(by_card, owed.day, booked_on)
            at = np.flatnonzero((day > after[owed.person]) & (day < until[owed.person]))
            own = account[owed.person[at]]
            columns = (
                owed.contract[at], owed.number[at], day[at], owed.amount[at], owed.means[at], owed.seconds[at],
            )  # fmt: skip
            parts.append(np.stack([own, np.full(len(at), number, dtype=np.int64), *columns]))
    every = np.concatenate(parts, axis=1)
    has = np.zeros((len(sources), count), dtype=np.bool_)
    has[every[1], every[0]] = True
    by_card = np.isin(every[6], CARD)
    payments, of_cards = (_per_account(every[:, some], count) for some in (~by_card, by_card))
    return DuesOf(payments, of_cards, has, tuple(each.merchant_code for each in sources))


def _per_account(every: Ints, count: int) -> PerAccount:
    own, source, contract, number, day, amount, means, second = every
    order = ordered(own, day, source, contract, number)
    counts = np.bincount(own, minlength=count)
    booked = {
        "source": source, "contract": contract, "number": number, "day": day, "amount": amount, "means": means,
        "paid": np.where(np.isin(means, GIVEN), -amount, amount), "second": second,
    }  # fmt: skip
    return PerAccount(np.cumsum(counts) - counts, counts, {name: column[order] for name, column in booked.items()})


def _refuse_wrong(source: Dues, owed: Owed, people: int, unit: int) -> None:
    """Raises `PackError` for what is no payment of one of the people."""
    wrong = (owed.person < 0) | (owed.person >= people) | (owed.amount <= 0) | (owed.amount % unit != 0)
    if bool(wrong.any()):
        raise PackError(
            "bad_hook",
            f"the dues {source.name} have amounts that are no sums above 0, or payments of nobody",
            hint="amounts are hundredths above 0 without fractions of the unit; `person` is a place among those asked",
        )
    if source.merchant_code is None and bool(np.isin(owed.means, CARD).any()):
        raise PackError(
            "bad_hook",
            f"the dues {source.name} are paid by card, to a merchant without a code",
            hint="give the class a merchant_code (ISO 18245)",
        )
