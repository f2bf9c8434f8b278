"""What goes without saying: what begins does so before it ends, also where no check asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from datamimic_models.schemas.schema import SqlTable

_BORN: Final = ("birth", "born", "dob", "birthdate", "birthday")
_OF_ADULTS: Final = (
    "hire", "hired", "joined", "join", "employed", "employment", "retired", "retirement", "licensed", "appointed",
)  # fmt: skip
_OF_LIVES: Final = (
    "death", "died", "deceased", "enrolled", "enrolment", "enrollment", "registered", "registration", "married", "left",
)  # fmt: skip
ADULT: Final = 16
"""Years after the birth before which nobody is hired."""
PAIRS: Final = (
    ("start", ("end", "stop", "finish")), ("begin", ("end", "stop")), ("started", ("ended", "stopped", "finished")),
    ("from", ("to", "until", "thru")), ("opened", ("closed",)), ("open", ("close",)),
    ("created", ("updated", "modified", "deleted", "closed")), ("create", ("update", "modify")),
    ("rental", ("return",)), ("hire", ("leave", "termination")), ("hired", ("left", "fired")),
    ("order", ("required", "shipped", "ship", "delivery")), ("ordered", ("shipped", "delivered", "paid")),
    ("placed", ("shipped", "delivered", "paid")), ("shipped", ("delivered",)), ("issued", ("expires", "paid", "due")),
    ("issue", ("expiry", "expiration", "due")), ("admission", ("discharge",)),
    ("admitted", ("discharged",)), ("checkin", ("checkout",)), ("departure", ("arrival",)),
    ("birthdate", ("deathdate",)), *((born, (*_OF_ADULTS, *_OF_LIVES)) for born in _BORN),
)  # fmt: skip
"""Words of names: what comes first, and what comes after it. The rest of the two names is the same."""
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_NOTHING: Final = ("date", "time", "datetime", "at", "on", "ts", "timestamp", "dt")


@frozen
class InOrder:
    """The `first` column is never later than the `last`, nor than `years` before it."""

    first: str
    last: str
    years: int = 0


def in_order(table: SqlTable, *, keys: bool = False) -> Iterator[InOrder]:
    """Pairs of columns of times, and of years, the first of which is never later than the second; none that refers to another
    table, and none of the primary key, unless `keys` are wanted too."""
    left = {name for key in table.foreign_keys for name in key.columns} | set(() if keys else table.primary_key)
    named: dict[tuple[str, ...], str] = {}
    for column in table.columns:
        words = tuple(word.lower() for word in _WORD.findall(column.name))
        kind = column.type.name
        when = kind in ("date", "datetime") or (kind in ("int", "decimal", "float") and "year" in words)
        if when and column.given and column.name not in left and not column.touched:
            named[tuple(word for word in words if word not in _NOTHING)] = column.name
    for words, first in named.items():
        for at, word in enumerate(words):
            for later in (each for begin, ends in PAIRS if begin == word for each in ends):
                last = named.get((*words[:at], later, *words[at + 1 :]))
                if last is not None and last != first:
                    yield InOrder(first, last, ADULT if later in _OF_ADULTS else 0)
