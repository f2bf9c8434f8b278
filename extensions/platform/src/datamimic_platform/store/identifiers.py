"""Ids that sort by the moment at which they were made, and cannot be guessed: `job_` and twenty digits and letters."""

from __future__ import annotations

import secrets
from datetime import datetime

_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Thirty-two signs, without those that look like others."""


def new_id(kind: str, now: datetime) -> str:
    """`<kind>_` and 9 signs of the millisecond, then 11 random ones (55 bits)."""
    moment = int(now.timestamp() * 1000)
    return f"{kind}_{_text(moment, 9)}{_text(secrets.randbits(55), 11)}"


def _text(number: int, length: int) -> str:
    return "".join(_SIGNS[number >> 5 * place & 31] for place in reversed(range(length)))
