"""What values say as places: addresses, postal codes, cities."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from datamimic_learning.finding.cells import Cells
from datamimic_learning.finding.reading_addresses import read_address
from datamimic_learning.finding.signal import Signal, binomial, ramp
from datamimic_learning.finding.tables import NameTables, fold
from datamimic_learning.finding.words import any_of

_TOWN = re.compile(rf"(?i)^(?:(?:{any_of('town_starts')}) [\w' -]+|[\w' .-]*(?:{any_of('town_ends')}))$")
_SETTLEMENT = re.compile(rf"(?i)^(?:{any_of('settlements')}) .+|.+[市町村区郡]$")
_DIGITS = re.compile(r"[0-9]{5,6}")


def place_signals(cells: Cells, tables: NameTables) -> Iterator[Signal]:
    """Signals for the parts of addresses."""
    if not cells.texts:
        return
    yield from _codes(cells, tables)
    if cells.kind != "text":
        return
    read = [read_address(text, tables) for text in cells.texts]
    shares = {kind: cells.share(each == kind for each in read) for kind in ("full", "line", "street")}
    lines = shares["full"] + shares["line"] + shares["street"]
    if lines >= 0.3:
        kind = max(shares, key=lambda each: shares[each])
        words = {"full": "a whole address", "line": "a street with a number", "street": "a street"}[kind]
        weight = (6.0 if kind != "street" else 4.6) * ramp(lines, 0.3, 0.65)
        weight -= 4.0 * (1 - ramp(len(cells.texts), 2, 10)) if cells.filled >= 20 else 0.0
        yield Signal(f"address.{kind}", weight, lines, f"{shares[kind]:.0%} are written as {words}")
    yield from _towns(cells, tables)


def _towns(cells: Cells, tables: NameTables) -> Iterator[Signal]:
    folded = [fold(text) for text in cells.texts]
    known = cells.share(text in tables.cities or text in tables.districts for text in folded)
    like = cells.share(
        text in tables.cities or text in tables.districts or bool(_TOWN.fullmatch(raw) or _SETTLEMENT.fullmatch(raw))
        for raw, text in zip(cells.texts, folded, strict=True)
    )
    states = cells.share(text in tables.states for text in folded)
    countries = cells.share(text in tables.countries for text in folded)
    for meaning, share in (("address.state", states), ("address.country", countries)):
        if share >= 0.5:
            yield Signal(
                meaning,
                6.0 * ramp(share, 0.4, 0.75) + 0.5,
                share,
                f"{share:.0%} are {meaning.partition('.')[2]} names of the tables",
            )
    if like >= 0.35 and (max(states, countries) < 0.7 or known >= states - 0.1 > countries):
        few = 3.5 * (1 - ramp(len(cells.texts), 3, 14)) if cells.filled >= 20 else 0.0
        weight = 5.2 * ramp(0.6 * known + 0.4 * like, 0.25, 0.7) - few
        yield Signal("address.city", weight, known, f"{known:.0%} are towns of the tables")


def _codes(cells: Cells, tables: NameTables) -> Iterator[Signal]:
    """Postal codes of five or six digits, by the tables: more of them than other numbers of the same beginnings have."""
    if not all(map(_DIGITS.fullmatch, cells.texts)) or cells.share(text.endswith("00") for text in cells.texts) > 0.3:
        return
    zeros = cells.share(text.startswith("0") for text in cells.texts)
    size = cells.lengths[1]
    for country, codes in sorted(tables.postal_codes.items()):
        if not codes or len(next(iter(codes))) != size:
            continue
        hits = [text in codes for text in cells.texts]
        if sum(hits) < 0.1 * len(hits):
            continue
        near = Counter(code[:3] for code in codes)
        chance = min(sum(near[text[:3]] for text in cells.texts) / len(hits) / 10 ** (size - 3) + 0.02, 0.9)
        share = sum(hits) / len(hits)
        weight = min(binomial(sum(hits), len(hits), chance) / 2, 4.6) * ramp(share, chance + 0.05, chance + 0.25)
        if cells.kind != "text":
            weight = min(weight, 1.5)
        if weight > 0:
            shown = cells.share(hits)
            text = f"{shown:.0%} are postal codes of the tables"
            yield Signal("address.postal_code", weight + (0.5 if zeros else 0), shown, text, country)
