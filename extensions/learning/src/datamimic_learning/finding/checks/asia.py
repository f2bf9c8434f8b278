"""Numbers of people in Asia, Africa and Oceania."""

from __future__ import annotations

from datamimic_learning.finding.checks.sums import is_date, is_short_date, luhn, weighted

_TAIWANESE = "ABCDEFGHJKLMNPQRSTUVXYWZIO"


def vietnamese(number: str) -> bool:
    """CCCD: province (001 to 096), digit of century and sex, year of birth, six digits; there is no check digit."""
    return 1 <= int(number[:3]) <= 96


def vietnamese_tax(number: str) -> bool:
    return (10 - weighted(number, (31, 29, 23, 19, 17, 13, 7, 5, 3)) % 11) % 11 == int(number[9])


def japanese(number: str) -> bool:
    """Individual Number ("My Number")."""
    total = weighted(number, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return (0 if total <= 1 else 11 - total) == int(number[11])


def chinese(text: str) -> bool:
    """Resident identity number: ISO/IEC 7064, MOD 11-2."""
    total = weighted(text, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))
    return "10X98765432"[total % 11] == text[17] and is_date(int(text[6:10]), int(text[10:12]), int(text[12:14]))


def korean(number: str) -> bool:
    """Resident registration number; since October 2020 the last digits are random, so that only the date is sure."""
    return is_short_date(number[:6])


def taiwanese(text: str) -> bool:
    code = _TAIWANESE.index(text[0]) + 10
    return (code // 10 + code % 10 * 9 + weighted(text[1:], (8, 7, 6, 5, 4, 3, 2, 1, 1))) % 10 == 0


def hong_kong(text: str) -> bool:
    letters = text[: len(text) - 7].rjust(2)
    values = [36 if sign == " " else ord(sign) - 55 for sign in letters] + [int(sign) for sign in text[-7:-1]]
    check = 10 if text[-1] == "A" else int(text[-1])
    return (sum(v * w for v, w in zip(values, range(9, 1, -1), strict=True)) + check) % 11 == 0


def singaporean(text: str) -> bool:
    total = weighted(text[1:], (2, 7, 6, 5, 4, 3, 2)) + (4 if text[0] in "TG" else 0)
    return ("JZIHGFEDCBA" if text[0] in "ST" else "XWUTRQPNMLK")[total % 11] == text[-1]


def malaysian(number: str) -> bool:
    return is_short_date(number[:6]) and 1 <= int(number[6:8]) <= 99


def thai(number: str) -> bool:
    return (11 - weighted(number, range(13, 1, -1)) % 11) % 10 == int(number[12])


def south_african(number: str) -> bool:
    return luhn(number) and is_short_date(number[:6])


def australian_tax(number: str) -> bool:
    return weighted(number, (1, 4, 3, 7, 5, 8, 6, 9, 10)) % 11 == 0


def australian_medicare(number: str) -> bool:
    return weighted(number, (1, 3, 7, 9, 1, 3, 7, 9)) % 10 == int(number[8])
