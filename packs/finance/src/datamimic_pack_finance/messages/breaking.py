"""What breaks a message of money by one rule: a place in its text is found, and what stands there changed."""

from __future__ import annotations

from collections.abc import Callable

from datamimic import Breaks
from datamimic.formats.documents import Negative, instead

OWNER = "owner.iban|owner.other_number"
"""The account that a message is of: its IBAN, or its number where the country has none."""
OF_ENTRIES = Breaks(date="value_date", amount="amount", without=("wrong_account", "rejected"))
"""What breaks mean for an entry of a statement: it comes later, or with another amount."""


def of_orders(date: str) -> Breaks:
    """What breaks mean for orders in cents, and for the transfers in them."""
    transfers = Breaks(amount="cents", account="account_number", without=("late", "rejected"))
    batches = Breaks(lists={"transfers": transfers}, without=("late", "altered", "wrong_account", "rejected"))
    return Breaks(date=date, account="owner.routing_number", lists={"order.batches": batches})


def negative(name: str, sentence: str, pattern: str, change: Callable[[str], str]) -> Negative:
    """A rule that is broken where the `pattern` is found, in one of the places: `change` gets what its group holds."""
    return Negative(name, sentence, instead(pattern, change))


def next_digit(digits: str) -> str:
    """The digits with the last one changed."""
    return f"{digits[:-1]}{(int(digits[-1]) + 1) % 10}"


def more(digits: str) -> str:
    """A number with one digit more in front, which makes it greater."""
    return f"1{digits}"
