"""Values and bytes that are nearly what somebody meant, and what nobody would write; all of it by a seeded generator."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

DEEP = "@deep@"
"""Stands for nesting that no writer of JSON could write; `json_text` puts it in."""
TEXTS = [
    "", " ", "x", "0", "null", "../x", "/etc/passwd", ".", "a\0b", "\ud800", "\u202e", "\x1b[31m", "é" * 9, "%s%n", "{0}",
    "$.a",
    "x" * 5_000, "2025-13-45T99:99:99Z", "0001-01-01", "9999-12-31T23:59:59Z", "1e999", "en_US", "de_DE", "xx_YY", "v9",
    "person",
    "common.person", "csv", "=cmd()", "javascript:alert(1)", DEEP,
]  # fmt: skip
NUMBERS: list[Any] = [
    0, 1, -1, 2, 7, 255, 2**31 - 1, 2**31, 2**53, 2**62, 2**63 - 1, 2**63, 2**64, -(2**63) - 1, 10**30, 10**400, 0.5, -0.0,
    1e308,
    1e-320, math.inf, -math.inf, math.nan, True, False, None,
]  # fmt: skip
HOLDERS: list[Any] = [[], {}, [[]], [None], {"": ""}, {"a": {"a": {"a": []}}}, [1, "a", None], {"seed": 1}]
TOKENS = [
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"'", b"\r", b"\n", b"\r\n", b",", b";", b"\t", b",,,,", b"1e999", b"NaN",
    b"-", b"null",
    b"9" * 5_000, b"[" * 3_000, b"{" * 3_000, b'{"a":' * 3_000, b"\xc3\x28", b"\xed\xa0\x80", b"\x1b[2J", b"=1+1",
    b"weight", b"true",
    b"\\ud800", b"[[x]]\n", b"x" * 200_000, b"4111111111111111", b"a@b.com",
]  # fmt: skip


def odd(random: Random) -> Any:
    """A value that somebody did not expect, now and then one that they did."""
    return copy.deepcopy(random.choice(random.choice([TEXTS, NUMBERS, HOLDERS])))


def mutated(value: Any, random: Random) -> Any:
    """A copy of a JSON value with one to three changes at places of equal chance."""
    made = copy.deepcopy(value)
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        places = list(_places(made))
        if not places:
            return odd(random)
        holder, key = random.choice(places)
        random.choice(_CHANGES)(holder, key, random)
    return made


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every member of every object and list: its holder, and its key or number."""
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from _places(value[key])


def _replace(holder: Any, key: Any, random: Random) -> None:
    holder[key] = odd(random)


def _nudge(holder: Any, key: Any, random: Random) -> None:
    value = holder[key]
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        holder[key] = not value
    elif isinstance(value, int | float):
        fraction = 0.5 if abs(value) > 1e300 else value + 0.5
        holder[key] = random.choice([value + 1, value - 1, -value, value * 2, fraction, f"{fraction}"])
    elif isinstance(value, str):
        at = random.randrange(len(value) + 1)
        letter = random.choice(["", "x", " ", "\0", "é", "-", "_", ".", "9"])
        holder[key] = random.choice(
            [value[:at] + letter + value[at:], value[:at], value[at + 1 :], value.upper(), value * 2]
        )
    else:
        value.reverse()


def _drop(holder: Any, key: Any, random: Random) -> None:
    del holder[key]


def _twice(holder: Any, key: Any, random: Random) -> None:
    if isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    else:
        holder[f"{key}{random.choice(['s', '2', '_'])}"] = copy.deepcopy(holder[key])


def _rename(holder: Any, key: Any, random: Random) -> None:
    if isinstance(holder, dict):
        holder[str(odd(random))] = holder.pop(key)
    else:
        random.shuffle(holder)


def _wrap(holder: Any, key: Any, random: Random) -> None:
    holder[key] = random.choice([[holder[key]], {"a": holder[key]}, [holder[key], holder[key]]])


_CHANGES: list[Callable[[Any, Any, Random], None]] = [_replace, _replace, _nudge, _nudge, _drop, _twice, _rename, _wrap]


def json_text(value: Any) -> bytes:
    """As JSON, with what only Python's has (NaN, half surrogate pairs)."""
    text = json.dumps(value)
    return text.replace(f'"{DEEP}"', "[" * 100_000 + "]" * 100_000).encode()


def garbled(content: bytes, random: Random) -> bytes:
    """The bytes with one to six changes that know nothing of what they mean."""
    made = bytearray(content)
    for _ in range(random.randint(1, 6)):
        start = random.randrange(len(made) + 1)
        end = min(len(made), start + random.choice([0, 1, 2, 8, 100, len(made)]))
        change = random.randrange(5)
        if change == 0 and made:
            made[start % len(made)] ^= 1 << random.randrange(8)
        elif change == 1:
            del made[start:end]
        elif change == 2:
            made[start:start] = made[start : min(end, start + 10_000)]
        elif change == 3:
            made[start:end] = random.choice(TOKENS)
        else:
            lines = bytes(made).split(b"\n")
            random.shuffle(lines)
            made = bytearray(b"\n".join(lines))
    return bytes(made)
