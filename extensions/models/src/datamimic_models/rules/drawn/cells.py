"""What a cell of a table of weights says: `fixed`, `fixed|free`, `!fixed`, `100..200`, `..5|null`, `*`."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

ANYTHING: Final = "*"
NULL: Final = "null"
_BETWEEN: Final = ".."
_PARTS: Final = re.compile(r"(?:'(?:[^']|'')*'|[^'|])+|(?<=\|)(?=\||$)|^(?=\|)")
_PLAIN: Final = re.compile(r"[^'|*!\s.](?:[^'|]*[^'|\s])?")


@frozen
class Item:
    """One value, or an interval from `low`, included, to `high`, not included; an end that is None is open."""

    value: str | None = None
    low: str | None = None
    high: str | None = None

    @property
    def is_interval(self) -> bool:
        return self.low is not None or self.high is not None


@frozen
class Cell:
    """One of the `items`, or null where `null`; `negated`: none of them. `anything`: whatever there is."""

    items: tuple[Item, ...] = ()
    null: bool = False
    negated: bool = False
    anything: bool = False


def cell_of(text: str, *, intervals: bool) -> Cell:
    """The cell that a text says; `intervals`: two dots stand between two ends. Raises ValueError with a sentence.

    cell_of("100..200|null", intervals=True)  ->  Cell((Item(low="100", high="200"),), null=True)
    """
    stripped = text.strip()
    if stripped in ("", ANYTHING):
        return Cell(anything=True)
    negated = stripped.startswith("!")
    parts = _PARTS.findall(stripped[1:] if negated else stripped)
    items, null = [], False
    for part in parts:
        bare = part.strip()
        if bare == NULL:
            null = True
        elif bare.startswith("'"):
            if not re.fullmatch(r"'(?:[^']|'')*'", bare):
                raise ValueError("something stands beside the quotes")
            items.append(Item(bare[1:-1].replace("''", "'")))
        elif not bare:
            raise ValueError("a part is empty: '' is an empty text")
        elif intervals and _BETWEEN in bare:
            low, _, high = bare.partition(_BETWEEN)
            if not (low.strip() or high.strip()):
                raise ValueError("an interval has no end")
            items.append(Item(None, low.strip() or None, high.strip() or None))
        else:
            items.append(Item(bare))
    if len("|".join(parts)) != len(stripped) - negated:
        raise ValueError("a quote is not closed")
    return Cell(tuple(items), null, negated)


def quoted(value: str) -> str:
    """The value as a cell says it: in quotes where it could be taken for something else."""
    if value != NULL and _BETWEEN not in value and _PLAIN.fullmatch(value):
        return value
    return "'" + value.replace("'", "''") + "'"
