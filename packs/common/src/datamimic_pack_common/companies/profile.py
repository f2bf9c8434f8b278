"""Size, legal form, industry, capital and addresses on the web of a company."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Permutation, Text
from datamimic.columns import Ints, join, number_text, where
from datamimic_pack_common.company_names import latin_stem, named, stem, written
from datamimic_pack_common.contact.domains import company_domain


def stem_number(rows: Ints, draw: Draw, data: Data) -> Ints:
    """Which invented word: another for every company, as long as there are some, and then the same words again."""
    words = _words(data)
    turn, within = rows // words, rows % words
    return turn * words + Permutation(words, draw.address.labelled("stem")).forward(within)


def stem_start(stem_number: Ints, data: Data) -> Ints:
    return stem_number % len(data["company_starts"])


def stem_middle(stem_number: Ints, data: Data) -> Ints:
    return stem_number // len(data["company_starts"]) % len(data["company_middles"])


def stem_end(stem_number: Ints, data: Data) -> Ints:
    return stem_number // (len(data["company_starts"]) * len(data["company_middles"])) % len(data["company_ends"])


def _words(data: Data) -> int:
    return len(data["company_starts"]) * len(data["company_middles"]) * len(data["company_ends"])


def short_name(stem_start: Ints, stem_middle: Ints, stem_end: Ints, section: Text, draw: Draw, data: Data) -> Text:
    return named(draw, data, stem(stem_start, stem_end, data, stem_middle), section)


def size_row(section: Text, draw: Draw, data: Data) -> Ints:
    return draw.pick(data["company_sizes"].by("section"), section)


def employees(size_row: Ints, draw: Draw, data: Data) -> Ints:
    """Few large ones in each class: the square of an even draw."""
    table = data["company_sizes"]
    low, high = table.ints("employees_low")[size_row], table.ints("employees_high")[size_row]
    share = draw.uniform()
    made: Ints = low + (share * share * (high - low + 1)).astype(np.int64)
    return np.minimum(made, high)


def _rank(size_row: Ints, data: Data) -> Ints:
    """0 for the smallest class of sizes, 1 for the next."""
    least = data["company_sizes"].ints("employees_low")
    return np.searchsorted(np.unique(least), least[size_row])


def full_name(short_name: Text, form_row: Ints, data: Data) -> Text:
    return written(data["legal_forms"].columns["pattern"], form_row, {"name": short_name})


def share_capital(form_row: Ints, size_row: Ints, draw: Draw, data: Data) -> Any:
    """The usual capital of the form or, for the smallest, the legal minimum; larger companies have a multiple of it.

    Null for partnerships and sole traders.
    """
    size = _rank(size_row, data)
    minimum, usual = (cents(data["legal_forms"].columns[f"{kind}_capital"]) for kind in ("minimum", "usual"))
    multiple = np.array([1, 1, 2, 4], dtype=np.int64)[draw.integers(0, 3, "multiple")] * (1 + size * size * 5)
    least = draw.chance(0.15, "keeps to the minimum") & (size == 0) & (minimum[form_row] > 0)
    capital = np.where(least, minimum[form_row], usual[form_row] * multiple)
    return np.ma.MaskedArray(capital, usual[form_row] == 0)


def cents(cells: tuple[str, ...]) -> Ints:
    return np.array([round(float(cell or 0) * 100) for cell in cells], dtype=np.int64)


def industry_row(section: Text, draw: Draw, data: Data) -> Ints:
    return draw.pick(data["industries"].by("section"), section)


def sector(section: Text, data: Data) -> Text:
    table = data["sectors"]
    return table["sector"].take(table.lookup("section", section))


def currency(data: Data, country_code: Text) -> Text:
    table = data["countries"]
    return table["currency"].take(table.lookup("country_code", country_code))


def domain(stem_number: Ints, stem_start: Ints, stem_middle: Ints, stem_end: Ints, data: Data) -> Text:
    """The invented word; with a number where another company has it."""
    word, taken = latin_stem(stem_start, stem_end, data, stem_middle), stem_number // _words(data)
    if (taken > 0).any():
        word = where(taken == 0, word, join(word, "-", number_text(taken + 1)))
    return company_domain(word)


def email(domain: Text, draw: Draw, data: Data) -> Text:
    boxes = data["company_mailboxes"]
    return join(boxes["mailbox"].take(draw.pick(boxes)), "@", domain)


def url(domain: Text) -> Text:
    return join("https://www.", domain)
