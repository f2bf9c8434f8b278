"""How one text reads as an address, in the orders of the countries of the packs."""

from __future__ import annotations

import re
from functools import cache

from datamimic_learning.finding.tables import NameTables, fold
from datamimic_learning.finding.words import words

_SPLIT = re.compile(r"[\s.,/]+")
_NUMBER_LAST = re.compile(r"[\s,](?:n[º°o.]* ?)?[0-9]{1,5}(?: ?[-/–] ?[0-9]{1,4})? ?[a-zA-Z]?(?:[,/ ].{0,25})?$")
_NUMBER_FIRST = re.compile(
    r"(?i)(?:số |no\.? ?|n[º°] ?|(?:flat|studio|unit|apt\.?) ?[0-9]+[a-z]?,?\s)?[0-9]{1,5}(?:[-/][0-9]{1,4})*"
    r" ?(?:[a-z]|bis|ter)?[,\s]"
)
_INSIDE = re.compile(r"(?i)(?:flat|studio|unit|apt\.?|apartment|floor|suite|apartamento|appt\.?) ?[0-9]+[a-z]?")
_BOX = re.compile(r"(?i)\bP\.? ?O\.? ?Box [0-9]+|\bPostfach [0-9]+|\b(?:PSC|Unit) [0-9]+,? Box [0-9]+")
_JAPANESE = re.compile(r"[都道府県市区町村].*[0-9０-９一二三四五六七八九十]|丁目|番地")
_NUMBER_OF_STREET = re.compile(
    r"(?i)^(?:số )?[0-9]+[/0-9-]* ?(?:bis|ter|[a-zA-Z])?[, ]+|[ ,]+(?:n[º°o.]* ?)?[0-9]+(?:[-/][0-9]+)? ?[a-zA-Z]?$"
)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LONGEST, _MOST_WORDS = 250, 9


def read_address(text: str, tables: NameTables) -> str:
    """`full`, `line` (a street with its number), `street`, or empty for what is none."""
    if not 4 <= len(text) <= _LONGEST or "@" in text or "://" in text:
        return ""
    if not text.isascii() and _JAPANESE.search(text):
        return "full" if re.search("[都道府県]", text) and len(text) > 6 else "line"
    if not _LETTERS.search(text):
        return ""
    if _BOX.search(text):
        return "full" if text.count(",") > 1 else "line"
    parts = [part.strip() for part in re.split(r"[,\n]", text)]
    head = next((part for part in parts if _LETTERS.search(part) and not _INSIDE.fullmatch(part)), parts[0])
    numbered = any(map(str.isdigit, text)) and _is_numbered(text, head, parts)
    tokens = [token for token in _SPLIT.split(fold(head)) if token]
    kind = _kind(tokens, numbered)
    street = fold(_NUMBER_OF_STREET.sub("", head)).strip()
    town = len(parts) > 1 and fold(parts[-1]) in tables.cities
    if not kind and street not in tables.streets and not (numbered and town and street):
        return ""
    rest = " ".join(parts[1:])
    if len(parts) > 1 and (numbered or len(tokens) > 1) and (len(parts) > 2 or town or re.search("[0-9]{4,}", rest)):
        return "full"
    if numbered and 1 < len(tokens) <= _MOST_WORDS:
        return "line"
    named = street in tables.streets or (kind and text[0].isalpha() and (len(tokens) > 1 or len(street) > 5))
    return "street" if named and len(tokens) < _MOST_WORDS and not re.search("[0-9]{3,}", head) else ""


def _is_numbered(text: str, head: str, parts: list[str]) -> bool:
    """Whether a house number stands where one does."""
    after = len(parts) > 1 and parts[1][:1].isdigit()
    return bool(_NUMBER_FIRST.match(text) or _NUMBER_LAST.search(head) or parts[0].isdigit() or after)


def _kind(tokens: list[str], numbered: bool) -> bool:
    """Whether a word says that it is a street; some words do only beside a number."""
    said = words("street_kinds")
    if any(token in said for token in tokens if len(tokens) > 1):
        return True
    if any(token.endswith(_ends()) and len(token) > 6 for token in tokens):
        return True
    return numbered and any(token in words("numbered_kinds") for token in tokens)


@cache
def _ends() -> tuple[str, ...]:
    return tuple(words("street_ends"))
