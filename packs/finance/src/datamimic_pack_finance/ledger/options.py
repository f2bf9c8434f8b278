"""How far back the books of banks go: said of accounts or of transactions, it holds for both."""

from __future__ import annotations

from datamimic import World, option, options
from datamimic.errors import InvalidOption

HISTORY, LONGEST = 24, 240
"""Months of bookings unless asked otherwise, and at most."""
ENTITIES = ("finance.bank_account", "finance.transaction")


@options
class LedgerOptions:
    """What accounts and their transactions are asked for; said of one of them, it holds for both."""

    history: int | None = option(
        None, doc=f"months of bookings before the clock's month, {HISTORY} without it", minimum=1, maximum=LONGEST
    )


def history(world: World) -> int:
    """Months of the history. Raises `InvalidOption` where accounts and transactions are asked for different ones."""
    return world.memo("finance.history", lambda: _asked(world))


def _asked(world: World) -> int:
    given = {name: world.options(world.spec(name)).history for name in ENTITIES}
    found = {value for value in given.values() if value is not None}
    if len(found) > 1:
        accounts, transactions = given.values()
        raise InvalidOption(
            "invalid_option",
            f"history is {accounts} for accounts and {transactions} for transactions",
            hint="say it of one of the two",
            path="$.history",
        )
    return found.pop() if found else HISTORY
