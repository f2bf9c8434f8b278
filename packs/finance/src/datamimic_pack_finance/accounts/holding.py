"""Who holds which account: while there are adults without a current account nobody gets a second one, and to the first one of a
person the income goes."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from datamimic import Clock, Draw, Ref, Text, World
from datamimic.columns import Bools, Ints
from datamimic_pack_finance import customers
from datamimic_pack_finance.accounts.pairs import ACCOUNT
from datamimic_pack_finance.accounts.windows import first_day

OLDEST_STUDENT = 29
OF_AGE = 16
"""Who may have an account."""
OTHERS = 200
"""Nobody is older."""
TRIES = 24
"""After so many people who have an account already, it is a second account of one of them."""


@frozen(eq=False)
class Holding:
    """Per account that references may point to the row of its holder, -1 for savings that another account feeds, and whether it
    is the first current account of the holder."""

    holder: Ints
    main: Bools

    @classmethod
    def of(cls, world: World, clock: Clock) -> Holding:
        """Made once in a world: some bytes for each account and person that references may point to."""

        def found() -> Holding:
            spec = world.spec(ACCOUNT)
            rows = np.arange(world.size(spec), dtype=np.int64)
            known = Ref(world, spec, rows)
            own = np.flatnonzero(known.column("owner_row") == rows)
            current = known.column("account_class", Text).take(own) == "current"
            youngest, oldest = ages(known.column("account_type", Text), known.column("open_days"), world, clock)
            draw = Draw(world.address(ACCOUNT, "holder"), rows)
            holder = np.full(len(rows), -1, dtype=np.int64)
            main = np.zeros(len(rows), dtype=np.bool_)
            first = own[current]
            holder[first], main[first] = _apart(draw.take(first), youngest[first], oldest[first], world)
            others = own[~current]
            holder[others] = customers.adult_rows(draw.take(others), world, youngest[others], oldest[others])
            return cls(holder, main)

        return world.memo("finance.holders of accounts", found, lasting=True)


def ages(account_type: Text, open_days: Ints, world: World, clock: Clock) -> tuple[Ints, Ints]:
    """How old holders are at least and at most: adults who were old enough when the account was opened."""
    whole = int((clock.date - first_day(world, clock)).astype(np.int64)) + 1
    youngest = OF_AGE + -(-open_days // 365) + (open_days >= whole)
    oldest = np.where(account_type == "student_checking", OLDEST_STUDENT, OTHERS)
    return np.minimum(np.maximum(youngest, customers.ADULT), oldest), oldest


def _apart(draw: Draw, youngest: Ints, oldest: Ints, world: World) -> tuple[Ints, Bools]:
    """Rows of people, and which accounts are the first one of theirs: nobody has two while somebody of the age is found without
    one."""
    person = world.spec("common.person")
    free = np.ones(world.size(person), dtype=np.bool_)
    found = np.full(len(draw), -1, dtype=np.int64)
    alone = np.zeros(len(draw), dtype=np.bool_)
    open_ = np.arange(len(draw), dtype=np.int64)

    def take(places: Ints, people: Ints) -> None:
        who, first = np.unique(people, return_index=True)
        alone[places[first]], free[who] = True, False

    for attempt in range(TRIES):
        tried = draw.take(open_).integers(0, len(free) - 1, f"one without an account {attempt}")
        age = Ref(world, person, tried).column("age")
        fits = np.flatnonzero((age >= youngest[open_]) & (age <= oldest[open_]))
        found[open_[fits]] = tried[fits]
        fits = fits[free[tried[fits]]]
        take(open_[fits], tried[fits])
        open_ = np.flatnonzero(~alone)
        if not len(open_):
            return found, alone
    left = np.flatnonzero(found < 0)
    found[left] = customers.adult_rows(draw.take(left), world, youngest[left], oldest[left])
    left = left[free[found[left]]]
    take(left, found[left])
    return found, alone
