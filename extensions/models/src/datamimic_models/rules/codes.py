"""Columns of text that mean nothing to the packs, whose names say what such texts look like: numbers, codes, checksums."""

from __future__ import annotations

from typing import Final

from datamimic_models.model import Column
from datamimic_models.rules.choices import Choice
from datamimic_models.rules.iban import LENGTH, Iban
from datamimic_models.rules.native import Native
from datamimic_models.rules.numbering import Uuid
from datamimic_models.rules.rule import RuleKind
from datamimic_models.rules.text_patterns import Pattern

_OF_NUMBERS: Final = "no nr num number numbers nummer numero numer bango so"
_OF_CODES: Final = (
    "code codes kode codigo cod ref reference referenz referencia barcode sku token serial id ident identifier"
)
_NUMBERS: Final = frozenset(_OF_NUMBERS.split())
_ENDINGS: Final = ("nummer", "nr", "number", "numero", "code")
_CODES: Final = frozenset(_OF_CODES.split())
_LEAST, _MOST = 4, 10
_OF_LENGTH: Final = {
    "vin": ("[A-HJ-NPR-Z0-9]{17}", 17), "fin": ("[A-HJ-NPR-Z0-9]{17}", 17), "imei": ("[0-9]{15}", 15),
    "imsi": ("[0-9]{15}", 15), "iccid": ("89[0-9]{17}", 19), "msisdn": ("[1-9][0-9]{10}", 11), "puk": ("[0-9]{8}", 8),
    "pin": ("[0-9]{4}", 4), "otp": ("[0-9]{6}", 6), "plate": ("[A-Z]{2}[0-9]{2} [A-Z]{3}", 8),
    "kennzeichen": ("[A-Z]{1,2}-[A-Z]{2} [1-9][0-9]{2}", 9), "passport": ("[A-Z][0-9]{8}", 9),
    "md5": ("[0-9a-f]{32}", 32), "sha1": ("[0-9a-f]{40}", 40), "sha256": ("[0-9a-f]{64}", 64), "hash": ("[0-9a-f]{64}", 64),
    "checksum": ("[0-9a-f]{32}", 32), "etag": ("[0-9a-f]{32}", 32), "version": (r"[1-9]\.[0-9]\.[0-9]", 5),
    "bic": ("[A-Z]{4}(DE|FR|GB|NL|ES|IT)[0-9]{2}", 8), "swift": ("[A-Z]{4}(DE|FR|GB|NL|ES|IT)[0-9]{2}", 8),
    "siret": ("[0-9]{14}", 14), "siren": ("[0-9]{9}", 9), "ssn": ("9[0-9]{2}-[0-9]{2}-[0-9]{4}", 11),
    "icao": ("[A-Z]{4}", 4), "iata": ("[A-Z]{3}", 3), "hscode": ("[0-9]{6}", 6),
}  # fmt: skip
"""By a word of the name: the texts, and how many letters they need."""
_UUIDS: Final = frozenset(("uuid", "guid"))
_PASSWORDS: Final = frozenset(("password", "passwd", "pass", "pwd", "passwort"))
_BCRYPT: Final = r"\$2b\$12\$[A-Za-z0-9]{53}"
"""No password has this sum: it is as long as one of bcrypt."""
_SECRET: Final = frozenset(("session", "activation", "api", "access", "secret", "private", "reset", "auth"))
_STATES: Final = ("new", "active", "pending", "done", "closed")
_LISTED: Final = {
    "status": _STATES, "stage": _STATES, "phase": _STATES,
    "mime": ("image/jpeg", "image/png", "application/pdf", "text/plain", "video/mp4"),
    "priority": ("low", "normal", "high", "urgent"), "severity": ("minor", "major", "critical"),
    "currency": ("EUR", "USD", "GBP"), "lang": ("en", "de", "fr", "es"),
}  # fmt: skip
"""By the last word of the name: what such columns often have."""
_ADDRESSES: Final = {"ip": ("inet4", 15), "ipaddress": ("inet4", 15), "ipv4": ("inet4", 15), "mac": ("macaddr", 17)}


def code_rule(column: Column, words: tuple[str, ...]) -> RuleKind | None:
    """The rule of a column of text with these words in its name; None where they say nothing, or it is too short."""
    room, last = column.type.length or 255, words[-1]
    if "iban" in words and room >= LENGTH:
        return Iban()
    for word in reversed(words):
        if word in _OF_LENGTH and _OF_LENGTH[word][1] <= room:
            return Pattern(_OF_LENGTH[word][0])
        if word in _ADDRESSES and _ADDRESSES[word][1] <= room:
            return Native(_ADDRESSES[word][0])
    if last in _UUIDS and room >= 36:
        return Uuid()
    if last in _PASSWORDS:
        return Pattern(_BCRYPT if room >= 60 else f"[a-zA-Z0-9]{{{min(room, 12)}}}")
    if last == "key" and _SECRET & set(words) and room >= 32:
        return Pattern("[0-9a-z]{32}")
    listed = "mime" if "mime" in words else last
    if not column.unique and listed in _LISTED:
        fitting = tuple(each for each in _LISTED[listed] if len(each) <= room)
        return Choice(fitting) if len(fitting) > 1 else None
    ending = next((each for each in _ENDINGS if last.endswith(each) and len(last) > len(each) + 2), last)
    size = room if column.type.fixed else min(max(room if room < _MOST else 8, 1), _MOST)
    if size < _LEAST or size > _MOST * 2:
        return None
    if last in _NUMBERS or ending in _NUMBERS:
        return Pattern(f"[1-9][0-9]{{{size - 1}}}")
    if last in _CODES or ending in _CODES:
        return Pattern(f"[A-Z0-9]{{{size}}}")
    return None
