"""Numbers of people in the Americas."""

from __future__ import annotations

from datamimic_learning.finding.checks.sums import is_short_date, luhn, weighted

_CURP = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"


def brazilian(number: str) -> bool:
    """CPF: two check digits modulo 11."""
    first = -weighted(number, range(10, 1, -1)) % 11 % 10
    second = -weighted(number, range(11, 1, -1)) % 11 % 10
    return f"{first}{second}" == number[9:] and len(set(number)) > 1


def brazilian_pis(number: str) -> bool:
    return -weighted(number, (3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) % 11 % 10 == int(number[10]) and len(set(number)) > 1


def mexican(text: str) -> bool:
    """CURP, whose 18th sign is a check digit."""
    total = sum(_CURP.index(sign) * (18 - place) for place, sign in enumerate(text[:17]))
    return -total % 10 == int(text[17]) and is_short_date(text[4:10])


def mexican_tax(text: str) -> bool:
    return is_short_date(text[4:10])


def argentine(number: str) -> bool:
    """CUIT and CUIL of people begin with 20, 23, 24 or 27."""
    return "012345678990"[11 - weighted(number, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11] == number[10]


def chilean(text: str) -> bool:
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(text[:-1])))
    return "0123456789K0"[11 - total % 11] == text[-1]


def provider(number: str) -> bool:
    """National Provider Identifier: Luhn over 80840 and the number."""
    return luhn("80840" + number)


def narcotics(text: str) -> bool:
    """DEA number."""
    digits = text[2:]
    total = sum(map(int, digits[0:6:2])) + 2 * sum(map(int, digits[1:6:2]))
    return total % 10 == int(digits[6])


def ecuadorian(number: str) -> bool:
    return luhn(number) and 1 <= int(number[:2]) <= 24 and int(number[2]) < 6
