"""Whether one text is a number with the right check digits: validators of meanings, which look at values that others made."""

from __future__ import annotations

_LETTERS_FROM = 55
"""`A` is 10 in the check digits of ISO 7064."""


def _digits(text: str) -> list[int]:
    """The digits of a text; none where there is anything else but spaces and hyphens."""
    bare = text.replace(" ", "").replace("-", "")
    return [int(letter) for letter in bare] if bare.isascii() and bare.isdigit() else []


def luhn(text: str) -> bool:
    """Numbers of payment cards, IMEI, Canadian SIN, NPI.

    >>> luhn("4111 1111 1111 1111"), luhn("4111111111111112"), luhn("x")
    (True, False, False)
    """
    digits = _digits(text)
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return len(digits) > 1 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def gs1(text: str) -> bool:
    """GTIN (EAN, UPC), SSCC, GLN.

    >>> gs1("4006381333931"), gs1("4006381333932"), gs1("")
    (True, False, False)
    """
    digits = _digits(text)
    return len(digits) > 1 and (sum(digits[-1::-2]) + 3 * sum(digits[-2::-2])) % 10 == 0


def iban(text: str) -> bool:
    """Account numbers of ISO 13616: the remainder of division by 97 is one.

    >>> iban("DE89 3704 0044 0532 0130 00"), iban("DE89370400440532013001"), iban("D!")
    (True, False, False)
    """
    bare = text.replace(" ", "").upper()
    if len(bare) < 5 or not (bare.isascii() and bare.isalnum()):
        return False
    turned = bare[4:] + bare[:4]
    return int("".join(letter if letter.isdigit() else str(ord(letter) - _LETTERS_FROM) for letter in turned)) % 97 == 1
