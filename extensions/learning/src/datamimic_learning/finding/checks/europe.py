"""Numbers of people in Europe; each check as the issuing office publishes it."""

from __future__ import annotations

import re

from datamimic_learning.finding.checks.sums import (
    icao,
    is_date,
    is_short_date,
    luhn,
    mod_11_10,
    weighted,
)

_SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE"
_FINNISH = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_ITALIAN_ODD = dict(
    zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22,
         25, 24, 23),
        strict=True)
)  # fmt: skip


def german_tax(number: str) -> bool:
    """Steuer-Identifikationsnummer: of the first ten digits exactly one stands twice or thrice."""
    counts = sorted(number[:10].count(digit) for digit in set(number[:10]))
    return counts[-1] in (2, 3) and counts[:-1] == [1] * (len(counts) - 1) and mod_11_10(number)


def german_insurance(number: str) -> bool:
    """Versicherungsnummer of the Rentenversicherung: area, DDMMYY of birth, letter, series, check digit."""
    month, day = int(number[4:6]), int(number[2:4])
    digits = f"{number[:8]}{ord(number[8]) - 64:02d}{number[9:11]}"
    sums = (
        sum(divmod(int(digit) * weight, 10))
        for digit, weight in zip(digits, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1), strict=True)
    )
    return 1 <= month <= 12 and 1 <= day <= 31 and sum(sums) % 10 == int(number[11])


def german_card(text: str) -> bool:
    """Serial number of an identity card or passport with its check digit (ICAO 9303)."""
    return icao(text[:9]) == int(text[9])


def german_health(text: str) -> bool:
    """Krankenversichertennummer: a letter and eight digits, by a variant of Luhn."""
    digits = f"{ord(text[0]) - 64:02d}{text[1:9]}"
    return sum(sum(divmod(int(d) * (1 + i % 2), 10)) for i, d in enumerate(digits)) % 10 == int(text[9])


def french_insurance(number: str) -> bool:
    """NIR: sex, YYMM of birth, department, commune, order and key."""
    body = number[:13].replace("2A", "19").replace("2B", "18")
    return 97 - int(body) % 97 == int(number[13:])


def french_tax(number: str) -> bool:
    return int(number[:10]) % 511 == int(number[10:])


def british_health(number: str) -> bool:
    """NHS number; blocks that are given out begin with 4, 6, 7 (England and Wales), 0 to 3 (Scotland, Northern Ireland)."""
    check = 11 - weighted(number, range(10, 1, -1)) % 11
    return check != 10 and check % 11 == int(number[9])


def spanish(text: str) -> bool:
    """DNI and NIE: the letter is the number's remainder by 23."""
    number = text[:-1].replace("X", "0").replace("Y", "1").replace("Z", "2")
    return _SPANISH[int(number) % 23] == text[-1]


def spanish_insurance(number: str) -> bool:
    body = int(number[:2] + number[2:10].lstrip("0").rjust(7, "0")) if number[2] == "0" else int(number[:10])
    return body % 97 == int(number[10:])


def italian(text: str) -> bool:
    """Codice fiscale."""
    even = {sign: index for index, sign in enumerate("0123456789")} | {chr(65 + i): i for i in range(26)}
    total = sum(even[sign] if index % 2 else _ITALIAN_ODD[sign] for index, sign in enumerate(text[:15]))
    return chr(65 + total % 26) == text[15]


def dutch(number: str) -> bool:
    """BSN: the test of eleven."""
    return weighted(number, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0 and int(number) > 0


def belgian(number: str) -> bool:
    """Rijksregisternummer, and the bis number, whose month is 20 or 40 more."""
    check = int(number[9:])
    young = int(number[:2]) < 50 and 97 - int("2" + number[:9]) % 97 == check
    right = young or 97 - int(number[:9]) % 97 == check
    return right and int(number[2:4]) % 20 <= 12 and int(number[2:4]) <= 52 and int(number[4:6]) <= 31


def austrian(number: str) -> bool:
    total = weighted(number[:3] + number[4:], (3, 7, 9, 5, 8, 4, 2, 1, 6))
    return total % 11 == int(number[3]) and 1 <= int(number[6:8]) <= 15


def polish(number: str) -> bool:
    """PESEL; the month carries the century."""
    return weighted(number, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0 and 1 <= int(number[2:4]) % 20 <= 12


def czech(number: str) -> bool:
    """Rodné číslo: a woman's month is 50 more."""
    month = int(number[2:4]) % 50
    month = month - 20 if month > 20 else month
    return 1 <= month <= 12 and 1 <= int(number[4:6]) <= 31 and (int(number[:9]) % 11) % 10 == int(number[9])


def swedish(number: str) -> bool:
    """Personnummer of ten or twelve digits; from day 61 on a samordningsnummer."""
    short = number[-10:]
    day = int(short[4:6])
    return luhn(short) and is_short_date(f"{short[:4]}{day - 60 if day > 60 else day:02d}")


def danish(number: str) -> bool:
    """CPR number; since 2007 without a check digit."""
    return is_short_date(number[4:6] + number[2:4] + number[:2])


def norwegian(number: str) -> bool:
    """Fødselsnummer: two check digits; the three digits after the date tell the century."""
    first = 11 - weighted(number, (3, 7, 6, 1, 8, 9, 4, 5, 2)) % 11
    second = 11 - weighted(number, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    year, serial = int(number[4:6]), int(number[6:9])
    century = serial < 500 or year < 40 or serial >= 900 or (serial < 750 and year >= 54)
    dated = 1 <= int(number[:2]) % 40 <= 31 and 1 <= int(number[2:4]) % 40 <= 12
    return dated and century and first % 11 == int(number[9]) and second % 11 == int(number[10])


def finnish(text: str) -> bool:
    """Henkilötunnus; serial numbers from 900 on are temporary, and no person's."""
    number = re.sub("[^0-9]", "", text[:-1])
    right = _FINNISH[int(number) % 31] == text[-1] and 2 <= int(number[6:9]) < 900
    return right and is_short_date(number[4:6] + number[2:4] + number[:2])


def portuguese(number: str) -> bool:
    check = 11 - weighted(number, range(9, 1, -1)) % 11
    return (0 if check > 9 else check) == int(number[8])


def irish(text: str) -> bool:
    total = weighted(text, range(8, 1, -1)) + (9 * (ord(text[8]) - 64) if len(text) == 9 and text[8] != "W" else 0)
    return "WABCDEFGHIJKLMNOPQRSTUV"[total % 23] == text[7]


def romanian(number: str) -> bool:
    check = weighted(number, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return (1 if check == 10 else check) == int(number[12]) and is_short_date(number[1:7])


def bulgarian(number: str) -> bool:
    return (
        weighted(number, (2, 4, 8, 5, 10, 9, 7, 3, 6)) % 11 % 10 == int(number[9]) and 1 <= int(number[2:4]) % 20 <= 12
    )


def turkish(number: str) -> bool:
    digits = list(map(int, number))
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return tenth == digits[9] and sum(digits[:10]) % 10 == digits[10]


def baltic(number: str) -> bool:
    """Isikukood (Estonia) and asmens kodas (Lithuania)."""
    check = weighted(number, (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)) % 11
    if check == 10:
        check = weighted(number, (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)) % 11 % 10
    return check == int(number[10]) and is_short_date(number[1:7])


def greek(number: str) -> bool:
    """AMKA."""
    return luhn(number) and is_short_date(number[4:6] + number[2:4] + number[:2])


def russian_tax(number: str) -> bool:
    first = weighted(number, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10
    second = weighted(number, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)) % 11 % 10
    return first == int(number[10]) and second == int(number[11])


def russian_insurance(number: str) -> bool:
    return weighted(number, range(9, 0, -1)) % 101 % 100 == int(number[9:])


def hungarian_tax(number: str) -> bool:
    return weighted(number, range(1, 10)) % 11 == int(number[9])


def south_slavic(number: str) -> bool:
    """JMBG."""
    check = -weighted(number, (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11 % 10
    year = int(number[4:7])
    year += 1000 if year > 800 else 2000
    return check == int(number[12]) and is_date(year, int(number[2:4]), int(number[:2]))
