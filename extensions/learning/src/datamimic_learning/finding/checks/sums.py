"""Sums that check digits are made of, over texts of digits; the names are those of the standards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_DOUBLED = str.maketrans("0123456789", "0246813579")
_VERHOEFF_PRODUCT = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_VERHOEFF_PLACE = (
    "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def weighted(number: str, weights: Sequence[int]) -> int:
    """The sum of digit times weight, from the left, as far as both go."""
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))


def luhn(number: str) -> bool:
    """ISO/IEC 7812-1, annex B.

    >>> luhn("4111111111111111"), luhn("4111111111111112")
    (True, False)
    """
    return sum(map(int, number[-1::-2] + number[-2::-2].translate(_DOUBLED))) % 10 == 0


def verhoeff(number: str) -> bool:
    """The check digit of Aadhaar.

    >>> verhoeff("2363"), verhoeff("2364")
    (True, False)
    """
    state = 0
    for index, digit in enumerate(reversed(number)):
        state = int(_VERHOEFF_PRODUCT[state][int(_VERHOEFF_PLACE[index % 8][int(digit)])])
    return state == 0


def mod_11_10(number: str) -> bool:
    """ISO/IEC 7064, MOD 11,10: German tax numbers, Croatian OIB.

    >>> mod_11_10("36574261809"), mod_11_10("36574261890")
    (True, False)
    """
    product = 10
    for digit in number[:-1]:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == int(number[-1])


def mod_97_10(text: str) -> bool:
    """ISO/IEC 7064, MOD 97-10, over digits and capital letters.

    >>> mod_97_10("370400440532013000DE89"), mod_97_10("370400440532013000DE88")
    (True, False)
    """
    return int("".join(sign if sign.isdigit() else str(ord(sign) - 55) for sign in text)) % 97 == 1


def gs1(number: str) -> bool:
    """EAN, GTIN, and the Swiss AHV number."""
    return (sum(map(int, number[-1::-2])) + 3 * sum(map(int, number[-2::-2]))) % 10 == 0


def icao(text: str) -> int:
    """The check digit of machine-readable documents (ICAO 9303): weights 7, 3, 1."""
    values = (int(sign) if sign.isdigit() else ord(sign) - 55 for sign in text)
    return sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10


def is_date(year: int, month: int, day: int) -> bool:
    """Whether there is such a day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def is_short_date(text: str) -> bool:
    """Whether YYMMDD is a day of some century."""
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:6])
    return is_date(1900 + year, month, day) or is_date(2000 + year, month, day)
