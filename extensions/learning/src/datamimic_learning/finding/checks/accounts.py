"""Numbers of accounts, cards and devices, and the technical ones that share their check digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from datamimic_learning.finding.checks.sums import mod_97_10, weighted

_IBAN_LENGTHS: Mapping[str, int] = {
    code: int(length)
    for code, length in re.findall(
        "([A-Z]{2})([0-9]{2})",
        "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22"
        "GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31"
        "MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24"
        "XK20YE30",
    )
}
"""Lengths of IBANs by country, as SWIFT registers them for ISO 13616."""
_VIN = {str(digit): digit for digit in range(10)} | dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def iban(text: str) -> bool:
    """ISO 13616: the country's length, and remainder one by 97."""
    return _IBAN_LENGTHS.get(text[:2]) == len(text) and mod_97_10(text[4:] + text[:4])


def vin(text: str) -> bool:
    """The ninth sign is a check digit (49 CFR 565); outside North America and China it need not be."""
    total = sum(_VIN[sign] * weight for sign, weight in zip(text, _VIN_WEIGHTS, strict=True))
    return "0123456789X"[total % 11] == text[8]


def isbn_10(text: str) -> bool:
    values: Iterable[int] = (10 if sign == "X" else int(sign) for sign in text)
    return sum(value * weight for value, weight in zip(values, range(10, 0, -1), strict=True)) % 11 == 0


def routing(number: str) -> bool:
    """ABA routing number."""
    return weighted(number, (3, 7, 1, 3, 7, 1, 3, 7, 1)) % 10 == 0


def brazilian_company(number: str) -> bool:
    first = -weighted(number, (5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) % 11 % 10
    second = -weighted(number, (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) % 11 % 10
    return f"{first}{second}" == number[12:]
