"""Names in Python for tables and columns, which may be called anything: `Kunden-Nr.` is the field `kunden_nr`."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Container
from hashlib import blake2b
from typing import Final

_TAKEN: Final = frozenset(
    (
        *("rows", "draw", "data", "clock", "now", "locale", "options", "world", "family"),
        *("to_dict", "from_dict"),
    )
)
"""What rules may ask the engine for, and what every entity has: no field can be called so."""
_LONGEST: Final = 60
_REPLACED: Final = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th"}


def identifier(text: str, otherwise: str, taken: Container[str] = ()) -> str:
    """The text in lower case, letters a to z, digits and underscores, where nothing else is called so; `otherwise` begins the
    name of a text that has none of these."""
    lowered = "".join(_REPLACED.get(each, each) for each in text.casefold())
    plain = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST].rstrip("_")
    if not made or not made[0].isalpha():
        made = f"{otherwise}_{made or short_digest(text)}"
    if keyword.iskeyword(made) or keyword.issoftkeyword(made) or made in _TAKEN:
        made = f"{made}_"
    free, number = made, 1
    while free in taken:
        free = f"{made}_{short_digest(text if number == 1 else f'{text} {number}')}"
        number += 1
    return free


def spoken(column: str) -> str:
    """A column as expressions name it: `from` and `Kunden-Nr.` by their fields."""
    plain = column.isidentifier() and not column.startswith("_") and not keyword.iskeyword(column)
    return column if plain else identifier(column, "column")


def class_name(identifier: str) -> str:
    """`order_line` as `OrderLine`."""
    return "".join(part[:1].upper() + part[1:] for part in identifier.split("_"))


def short_digest(text: str) -> str:
    """Six letters and digits that tell texts apart."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=3).hexdigest()
