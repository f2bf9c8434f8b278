"""What there is to break."""

from __future__ import annotations

from typing import Any, Final, Literal

from attrs import frozen

Kind = Literal["missing", "duplicate", "late", "altered", "out_of_order", "wrong_account", "rejected"]
KINDS: Final[dict[str, str]] = {
    "missing": "is not in the output",
    "duplicate": "comes again a little later",
    "late": "has a date some days later",
    "altered": "has another amount",
    "out_of_order": "comes behind some that follow it",
    "wrong_account": "has the account of another",
    "rejected": "has the status of what was refused",
}
"""Every kind of break, in the order in which rows are chosen for them, and what happens to a row of it."""
NEGATIVE: Final = "negative"
"""Any rule of a message's negatives, all of them in turn."""
ROLES: Final = {"late": "date", "altered": "amount", "wrong_account": "account", "rejected": "status"}
"""Which column a kind changes, by what `Breaks` calls it."""


@frozen(eq=False)
class Break:
    """What is broken in row `row` (counted from the first row of the output's range), or in item `item` of its list `unit`,
    which is counted through all of them where that is a list within a list, `pages.entries`.

    `field` is the column, `original` and `broken` its values. `to` is where a row or item stands then: of a row the boundary
    before which it is put, of an item its place; `next` is the row that what is out of order comes behind at least. `number`
    chooses the place where a rule of a message is broken.
    """

    kind: str
    row: int
    unit: str = ""
    item: int | None = None
    field: str | None = None
    original: Any = None
    broken: Any = None
    to: int = 0
    next: int = 0
    number: int = 0
    rule: str | None = None

    @property
    def name(self) -> str:
        """As it is asked for: `altered`, `entries.altered`; of a rule its name."""
        return f"{self.unit}.{self.kind}" if self.unit else self.kind
