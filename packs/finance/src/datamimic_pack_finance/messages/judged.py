"""What is judged in the texts of messages of money, whatever their syntax."""

from __future__ import annotations

import re

UETR = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
"""A UUID of version 4 (RFC 9562), in small letters as SWIFT asks for it."""


def is_iban(text: str) -> bool:
    """Is the remainder of the number by 97 one (ISO 13616)?"""
    if not re.fullmatch(r"[A-Z]{2}\d\d[A-Z0-9]{11,30}", text):
        return False
    return int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1
