"""Looking for contact data and numbers in a table that might be somebody's, in time that grows with the length of a cell.

A cell is suspicious when it holds an e-mail or web address outside the domains that are reserved for examples (RFC 2606,
RFC 6761), a telephone number outside the blocks that this pack's plans call safe, or a national number outside the ranges
that nobody has (see `people/national_ids.py`). Which numbers a country cannot give safely is written there; those are
looked for in no country. For cards and accounts see `payment_numbers.py`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import pyarrow as pa
from attrs import frozen

from datamimic_pack_common.payment_numbers import card_numbers, holds_cards, iban_in
from datamimic_pack_common.people.european_numbers import GERMAN_FREE_AREAS, SPANISH_FREE, is_free_commune

RESERVED_HOST = re.compile(r"(?:.+\.)?(?:example\.(?:com|net|org)|example|test|invalid|localhost)", re.IGNORECASE)
EMAIL = re.compile(r"(?<=[\w.+-])@([\w-]{1,63}(?:\.[\w-]{1,63}){0,125}\.[^\W\d_][\w-]{1,62})")
"""From the @ on, since a search for what stands before it would begin at every letter of a long text."""
URL = re.compile(r"https?://([^\s/:?#]+)", re.IGNORECASE)
LONGEST_HOST = 253
_AS_LONG_AS_A_CARD = 10**13
PHONE = re.compile(r"\+[1-9][\d ()./-]{6,20}")
Test = Callable[[re.Match[str]], bool]


@frozen
class Suspicion:
    """A cell that might be somebody's: `column` with its parts joined by dots, the row's number, the text, and why."""

    column: str
    row: int
    text: str
    reason: str


def suspicions(batches: Iterable[pa.RecordBatch]) -> Iterator[Suspicion]:
    """What might be somebody's in the text cells of a table, nested ones included, column by column of each batch."""
    start = 0
    for batch in batches:
        for name, array in zip(batch.schema.names, batch.columns, strict=True):
            for column, row, text, reason in _of_column(name, array.to_pylist()):
                yield Suspicion(column, start + row, text, reason)
        start += batch.num_rows


def _of_column(name: str, values: list[Any]) -> Iterator[tuple[str, int, str, str]]:
    """The suspicious cells of a column; bare card numbers by what the others of the column are like."""
    found: list[tuple[str, int, str, str | None, str]] = []
    numbers: dict[str, list[int]] = {}
    for column, row, text in texts_of(name, values):
        reason = _known(text)
        cards = card_numbers(text)
        if reason is None and cards.grouped:
            reason = _CARD.format(cards.grouped)
        if cards.candidates:
            counts = numbers.setdefault(column, [0, 0])
            counts[0] += cards.candidates
            counts[1] += len(cards.networks)
        if reason or cards.networks:
            found.append((column, row, text, reason, cards.networks[0] if cards.networks else ""))
    for column, row, text, reason, network in found:
        if reason is None and holds_cards(column, *numbers[column]):
            reason = _CARD.format(network)
        if reason is not None:
            yield column, row, text, reason


def suspicion(text: str) -> str | None:
    """Why a text might be somebody's; None where nothing speaks for it."""
    reason = _known(text)
    if reason is None and (cards := card_numbers(text).networks):
        reason = _CARD.format(cards[0])
    return reason


_CARD = "the number passes the checks of a {} card and is no published test number: an issuer may have given it out"
_ACCOUNT = "the IBAN {} passes its checks and is no published example: the account may exist"


def _known(text: str) -> str | None:
    """Why a text might be somebody's, whatever else stands in its column."""
    for found in EMAIL.finditer(text):
        if not RESERVED_HOST.fullmatch(found[1]):
            return f"the e-mail domain {found[1]} is not reserved for examples"
    for found in URL.finditer(text):
        host = found[1].rpartition("@")[2]
        if len(host) <= LONGEST_HOST and not RESERVED_HOST.fullmatch(host):
            return f"the host {host} is not reserved for examples"
    number = text.removeprefix("'")  # as CSV files protect numbers from spreadsheets
    if PHONE.fullmatch(number) and not safe_phones().fullmatch(re.sub(r"\D", "", number)):
        return "the telephone number is in no block that is safe"
    for form, is_safe, reason in NUMBERS:
        match = form.fullmatch(text)
        if match and not is_safe(match):
            return reason
    iban = iban_in(text)
    return None if iban is None else _ACCOUNT.format(iban)


def _french(match: re.Match[str]) -> bool:
    body = match[0][:13].replace("2A", "19").replace("2B", "18")
    if 97 - int(body) % 97 != int(match[0][13:]):
        return True  # fifteen digits, but no such number
    overseas = match[0][5:7] in ("97", "98")
    return is_free_commune(int(match[0][8:10] if overseas else match[0][7:10]), overseas)


def _spanish(match: re.Match[str]) -> bool:
    letter = "TRWAGMYFPDXBNJZSQVHLCKE"[int(match[1]) % 23]
    return letter != match[2] or int(match[1]) >= SPANISH_FREE


NUMBERS: tuple[tuple[re.Pattern[str], Test, str], ...] = (
    (re.compile(r"(\d{3})-\d{2}-\d{4}"), lambda m: m[1] >= "900" or m[1] in ("000", "666"), "the SSN may be given out"),
    (re.compile(r"(\d)\d{2}-\d{3}-\d{3}"), lambda m: m[1] in "08", "the Canadian SIN may be given out"),
    (
        re.compile(r"(\d{2})\d{6}[A-Z]\d{3}"),
        lambda m: int(m[1]) in GERMAN_FREE_AREAS,
        "the German insurance number may be given out",
    ),
    (re.compile(r"([A-Z]{2})\d{6}[ABCD]"), lambda m: m[1] == "QQ", "the National Insurance number may be given out"),
    (re.compile(r"[12]\d{4}(?:\d{2}|2[AB])\d{8}"), _french, "the French insurance number may be given out"),
    (re.compile(r"(\d{8})([A-Z])"), _spanish, "the Spanish DNI may be given out"),
)
"""Form of a national number, the test that says that it is safe, and what to say when it is not."""


@cache
def safe_phones() -> re.Pattern[str]:
    """Every number of this pack's plans that is called safe, as digits from the country code on."""
    patterns = set()
    folder = files("datamimic_pack_common").joinpath("data")
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if not file.name.startswith("phone_plans_"):
            continue
        areas = {row["area_code"] for row in _rows(folder.joinpath(file.name.replace("phone_plans", "places")))}
        for row in _rows(file):
            if row["identifiers"] != "safe":
                continue
            code = row["area_code"]
            # `*3` stands for all areas of three digits.
            known = [area for area in areas if len(area) == int(code[1:])] if code.startswith("*") else [code]
            marks = re.sub("[^A-Z#0-9]", "", row["international"])
            pattern = "".join({"#": r"\d", "N": "[2-9]"}.get(mark, mark) for mark in marks)
            if known:
                patterns.add(pattern.replace("A", f"(?:{'|'.join(sorted(known))})"))
    return re.compile("|".join(sorted(patterns)))


def _rows(file: Traversable) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())


def texts_of(name: str, values: list[Any]) -> Iterator[tuple[str, int, str]]:
    """(column, row, text) of every text in the cells of a column."""
    for row, value in enumerate(values):
        yield from ((column, row, text) for column, text in _inside(name, value))


def _inside(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, int) and value >= _AS_LONG_AS_A_CARD:
        yield name, str(value)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _inside(f"{name}.{key}", part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _inside(name, part)
