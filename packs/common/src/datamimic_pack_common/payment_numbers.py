"""Numbers of payment cards and accounts in text: those that pass the checks of real ones and are not published as tests.

A number that passes may be somebody's and need not be: one in ten numbers passes Luhn's check, and nobody but the issuer knows
which ones are given out. So a bare number counts where its column holds mostly such numbers, or says that it holds cards;
one that is written in the groups of a card always counts. Each search looks at a bounded stretch of text at a time.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from importlib_resources import files

from datamimic_pack_common import recognising

NETWORKS: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("Visa", r"4", (16, 19)),
    ("Mastercard", r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720", (16,)),
    ("American Express", r"3[47]", (15,)),
    ("Discover", r"6011|64[4-9]|65", (16, 19)),
    ("Diners Club", r"30[0-59]|3[689]", (14, 16)),
    ("JCB", r"352[89]|35[3-8]", (16,)),
    ("UnionPay", r"62|81", (16, 17, 18, 19)),
    ("Maestro", r"5018|5020|5038|5893|6304|6759|676[1-3]", (16, 18, 19)),
    ("NAPAS", r"9704", (16, 19)),
)
"""Network, how its numbers begin, and how many digits they have (ISO/IEC 7812, ranges as the networks publish them)."""

_CARD_COLUMN = re.compile(r"card|karte|kredit|credit|tarjeta|carte|\bpan\b|_pan\b|\bcc", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![\w.+-])[0-9](?:[ -]?[0-9]){13,18}(?![\w-]|\.[0-9])")
_GROUPS = re.compile(
    r"[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{2,4}(?:\1[0-9]{1,3})?|[0-9]{4}([ -])[0-9]{6}\2[0-9]{4,5}"
)
_BEGINNING = re.compile("|".join(f"({form})" for _, form, _ in NETWORKS))
_DOUBLED = str.maketrans("0123456789", "0246813579")
_ENOUGH = 64
"""Numbers of one text that pass, after which no more are looked for."""
_MOSTLY = 0.3
"""Share of the numbers of a column that pass; of arbitrary ones with a card's beginning a tenth does."""

_PARTS = {"n": "[0-9]", "a": "[A-Za-z]", "c": "[A-Za-z0-9]"}


def _spaced(country: str, form: str) -> str:
    """The pattern of a country's IBANs, with a space or hyphen between any two characters or none."""
    parts = (f"(?:[ -]?{_PARTS[kind]}){{{count}}}" for kind, count in re.findall(r"([nac])([0-9]+)", form))
    return f"{country}[0-9]{{2}}{''.join(parts)}"


@cache
def ibans() -> re.Pattern[str]:
    """IBANs of all countries of the table `iban_formats`."""
    forms = "|".join(_spaced(row["country_code"], row["form"]) for row in rows_of("iban_formats"))
    return re.compile(
        f"(?<![A-Za-z0-9])(?=[A-Z]{{2}}[0-9]{{2}})(?=({forms})(?![A-Za-z0-9]))",
        re.IGNORECASE,
    )


@cache
def published() -> frozenset[str]:
    """Cards and accounts that are published for tests and as examples."""
    return frozenset(row["number"] for row in rows_of("published_numbers"))


def rows_of(table: str) -> Iterator[dict[str, str]]:
    """The rows of a table of this pack that holds for all countries."""
    file = files("datamimic_pack_common").joinpath("data", f"{table}.csv")
    yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())


class CardNumbers(NamedTuple):
    """The numbers of a text that have as many digits as a card: `candidates`, and the networks of those that pass; `grouped`
    is a network where one is written in a card's groups."""

    candidates: int
    networks: tuple[str, ...]
    grouped: str | None


def card_numbers(text: str) -> CardNumbers:
    """The card-like numbers of a text. Published test numbers count as candidates that do not pass."""
    candidates = 0
    networks: list[str] = []
    grouped: str | None = None
    for found in _DIGITS.finditer(text):
        number = found[0].replace(" ", "").replace("-", "")
        candidates += 1
        network = network_of(number)
        if network is None or number in published():
            continue
        networks.append(network)
        if len(networks) == _ENOUGH:
            break
        if grouped is None and _GROUPS.fullmatch(found[0]):
            grouped = network
    return CardNumbers(candidates, tuple(networks), grouped)


def holds_cards(column: str, candidates: int, passing: int) -> bool:
    """Whether bare numbers of a column are cards rather than orders, articles or instants."""
    return bool(passing) and (_CARD_COLUMN.search(column) is not None or passing >= _MOSTLY * candidates)


@lru_cache(maxsize=4096)
def network_of(number: str) -> str | None:
    """The network of a number that begins as its numbers do, is as long and passes Luhn's check (ISO/IEC 7812-1, annex B)."""
    found = _BEGINNING.match(number)
    if found is None or found.lastindex is None:
        return None
    name, _, lengths = NETWORKS[found.lastindex - 1]
    digits = number[-1::-2] + number[-2::-2].translate(_DOUBLED)
    passes = len(number) in lengths and sum(map(int, digits)) % 10 == 0 and number.count(number[0]) < len(number)
    return name if passes else None


def iban_in(text: str) -> str | None:
    """The first IBAN of a text that is right in length, form and check digits, and is no published example."""
    for found in ibans().finditer(text):
        number = found[1].replace(" ", "").replace("-", "").upper()
        if recognising.iban(number) and number not in published():
            return number
    return None
