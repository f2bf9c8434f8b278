"""Names, web sites, seats and register numbers of insurers."""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from datamimic import Clock, Data, Draw, Permutation, World
from datamimic.columns import Ints, Text, digit_matrix, from_bytes, join, number_text, select, where

FORMS = 4

NAMES = 320
"""Every country has so many names, and so many forms per segment: 1,280 companies before names need numbers."""


def name_number(rows: Ints, world: World) -> Ints:
    """Which name and which form a company bears: each of them once before one comes again."""
    order = Permutation(NAMES * FORMS, world.address("insurance.insurance_company", "name_number"))
    return order.forward(rows % (NAMES * FORMS))


def stem(rows: Ints, name_number: Ints, data: Data) -> Text:
    """The invented part of the name; a name that comes again is numbered."""
    return numbered(invented(name_number, data), " ", rows)


def invented(name_number: Ints, data: Data) -> Text:
    return data["insurer_names"]["insurer_name"].take(name_number // FORMS)


def numbered(name: Text, sign: str, rows: Ints) -> Text:
    again = rows // (NAMES * FORMS)
    return name if not again.any() else where(again == 0, name, join(name, sign, number_text(again + 1)))


def form(segment: Text, name_number: Ints, data: Data) -> Text:
    table = data["insurer_forms"]
    return table["insurer_form"].take(table.by("segment", "form_number").first(segment, name_number % FORMS))


def name(stem: Text, form: Text) -> Text:
    return join(form.map(before), stem, form.map(after))


def before(form: str) -> str:
    return form.partition("{}")[0]


def after(form: str) -> str:
    return form.partition("{}")[2]


LETTERS = str.maketrans({"đ": "d", "ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "&": ""})


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().translate(LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")


def website(rows: Ints, name_number: Ints, form: Text, data: Data) -> Text:
    # Of 320 names and not of a million numbered ones.
    stem = numbered(invented(name_number, data).map(slug), "-", rows)
    return join("https://www.", stem, "-", form.map(slug), ".example")


def email(website: Text) -> Text:
    return join("service@", website.slice(12, 1000))


def headquarters_row(draw: Draw, data: Data) -> Ints:
    """The largest of four places, since insurers sit in large cities."""
    places = data["common.places"]
    population = places.ints("population")
    best = draw.pick(places, label="1")
    for label in ("2", "3", "4"):
        other = draw.pick(places, label=label)
        best = np.where(population[other] > population[best], other, best)
    return best


def founded_year(draw: Draw, data: Data, clock: Clock) -> Ints:
    table = data["insurer_founded"]
    year = table.ints("founded_year")[draw.pick(table, label="period")] + draw.integers(0, 14, "year")
    return np.minimum(year, clock.year - 1)


def regulator(segment: Text, data: Data) -> Text:
    table = data["insurer_segments"]
    return table["regulator"].take(table.lookup("segment", segment))


def register_number(segment: Text, name_number: Ints, data: Data) -> Text:
    """The supervisor's number: the pattern's digits are those of the company's own number."""
    table = data["insurer_segments"]
    rows = table.lookup("segment", segment)
    patterns = table["register_pattern"]
    return select(rows, [written(pattern or "", name_number) for pattern in patterns.tolist()])


def written(pattern: str, numbers: Ints) -> Text:
    free = pattern.count("#")
    digits = digit_matrix(numbers % 10**free, free)
    matrix = np.empty((len(numbers), len(pattern)), dtype=np.uint8)
    matrix[:] = np.frombuffer(pattern.encode("ascii"), dtype=np.uint8)
    matrix[:, [place for place, mark in enumerate(pattern) if mark == "#"]] = digits
    return from_bytes(matrix)


def lei(name_number: Ints, draw: Draw) -> Text:
    """ISO 17442: a prefix that no issuer has, twelve digits, and the check digits of ISO 7064 mod 97-10."""
    body = 9_999_00 * 10**12 + draw.integers(0, 10**8 - 1) * 10**4 + name_number
    check_digits = 98 - (body % 97 * 100) % 97
    return from_bytes(np.concatenate((digit_matrix(body, 18), digit_matrix(check_digits, 2)), axis=1))
