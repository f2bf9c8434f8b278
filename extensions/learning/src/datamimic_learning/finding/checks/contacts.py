"""Tests of telephone numbers and internet addresses, beyond their patterns."""

from __future__ import annotations

import re
from ipaddress import ip_address


def enough_digits(text: str) -> bool:
    """Seven to fifteen digits (ITU-T E.164)."""
    return 7 <= sum(map(str.isdigit, text.lower().partition("x")[0])) <= 15


def any_ip(text: str) -> bool:
    """An address of IP version 4 or 6, maybe with the length of its network."""
    try:
        return bool(ip_address(text.partition("/")[0].partition("%")[0]))
    except ValueError:
        return False


def is_public_looking(text: str) -> bool:
    """Whether an IPv4 address begins as versions with four parts hardly do."""
    return int(text.partition(".")[0]) >= 10


def ip_v4(text: str) -> bool:
    """Four bytes."""
    return all(int(part) < 256 for part in re.split("[./:]", text)[:4]) and is_public_looking(text)


def nine_digits(text: str) -> bool:
    """Spanish numbers have nine digits."""
    return sum(map(str.isdigit, text)) == 9


def ten_digits(text: str) -> bool:
    """Japanese numbers have ten digits, those of mobile telephones eleven."""
    return 10 <= sum(map(str.isdigit, text)) <= 11


def german_length(number: str) -> bool:
    """German numbers with their area code."""
    return 9 <= len(number) <= 13
