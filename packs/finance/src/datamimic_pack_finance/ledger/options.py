"""Options of accounts and their transactions: how long a history is, of which accounts, how much goes on in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic import option, options
from datamimic.errors import InvalidOption

if TYPE_CHECKING:
    from datamimic import World

TYPES = ("checking", "premium_checking", "student_checking", "savings", "money_market")
HISTORY, LONGEST = 24, 600
ENTITIES = ("finance.bank_account", "finance.transaction")


@options
class LedgerOptions:
    """What accounts and transactions are asked for; said of one of them, it holds for both."""

    history: int | None = option(
        None, doc=f"months of bookings before the clock's month, {HISTORY} without it", minimum=1, maximum=LONGEST
    )
    account_type: str | None = option(None, doc="accounts of this type only, one for each holder", choices=TYPES)
    payments: float | None = option(
        None, doc="payments at shops, cash and transfers, as a multiple of the usual number", minimum=0.0, maximum=20.0
    )
    amounts: float | None = option(
        None,
        doc="what is spent at shops and on transfers, as a multiple of the usual amounts",
        minimum=0.01,
        maximum=100.0,
    )
    dormant: float | None = option(
        None, doc="share of accounts on which nothing is booked any more, 0.06 without it", minimum=0.0, maximum=1.0
    )


def asked(world: World) -> LedgerOptions:
    """What holds in a world, of what was said of accounts or of transactions. Raises `InvalidOption` where the two differ."""
    return world.memo("finance.ledger options", lambda: _asked(world))


def _asked(world: World) -> LedgerOptions:
    found: dict[str, int | float | str] = {}
    for entity in ENTITIES:
        given = world.options(world.spec(entity))
        for name in ("history", "account_type", "payments", "amounts", "dormant"):
            value = getattr(given, name)
            if value is not None and found.setdefault(name, value) != value:
                raise InvalidOption(
                    "invalid_option",
                    f"{name} is {found[name]} for accounts and {value} for transactions",
                    hint="say it of one of the two",
                    path=f"$.{name}",
                )
    usual = {"history": HISTORY, "payments": 1.0, "amounts": 1.0, "dormant": 0.06}
    return LedgerOptions(**(usual | found))  # type: ignore[arg-type]
