"""The holder's name in the letters that cards are embossed with."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from datamimic import Data, Text
from datamimic.columns import join
from datamimic_pack_common.people.naming import is_family_first

EMBOSSED = 26
"""Characters that fit on a card (ISO/IEC 7813)."""

OTHERS = re.compile(r"[^A-Za-z '.-]")

LETTERS = {
    "đ": "d",
    "Đ": "D",
    "ß": "ss",
    "ø": "o",
    "Ø": "O",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "ł": "l",
    "Ł": "L",
    "ı": "i",
}


def embossed(name: str) -> str:
    """A name in the letters that cards are embossed with: A to Z, space, hyphen, apostrophe and full stop."""
    if name.isascii():
        return OTHERS.sub("", name).upper()
    folded = unicodedata.normalize("NFKD", "".join(LETTERS.get(letter, letter) for letter in name))
    return "".join(letter for letter in folded if letter.isascii() and (letter.isalpha() or letter in " -'.")).upper()


def card_holder(account: Any, data: Data) -> Text:
    given, family = account.holder.given_name.map(embossed), account.holder.family_name.map(embossed)
    name = join(family, " ", given) if is_family_first(data) else join(given, " ", family)
    return name.slice(0, EMBOSSED)
