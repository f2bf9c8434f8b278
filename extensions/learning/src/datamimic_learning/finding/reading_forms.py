"""What the forms of whole values say: contacts, documents, numbers with check digits, technical values."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from datamimic_learning.finding.cells import Cells
from datamimic_learning.finding.form import Form, all_forms
from datamimic_learning.finding.signal import Signal, ramp

_PROBED = 12
"""Values of which one must have a form for the others to be tried."""
_COMMON = 0.2
"""Forms that a greater share of look-alikes passes by chance count only where all values have them, with many beginnings."""


def form_signals(cells: Cells) -> Iterator[Signal]:
    """A signal for each meaning of which enough values have a form."""
    count = len(cells.texts)
    if not count or cells.kind in ("date", "instant", "bool", "other"):
        return
    numeric = cells.kind == "float" or sum(map(_is_decimal, cells.texts)) > count / 2
    strengths: dict[str, list[float]] = defaultdict(lambda: [0.0] * count)
    best: dict[str, dict[Form, int]] = defaultdict(dict)
    step = max(count // _PROBED, 1)
    pairs = list(zip(cells.texts, cells.bare, strict=True))
    probes = pairs[::step]
    digits = any(not text.isalpha() and any(map(str.isdigit, text)) for text, _ in probes)
    sizes = [(min(lengths), max(lengths)) for lengths in (list(map(len, each)) for each in zip(*probes, strict=True))]
    for form in all_forms():
        shortest, longest = sizes[not form.written]
        if form.length[1] < shortest or longest < form.length[0] or (not form.written and (numeric or not digits)):
            continue
        if not any(form.matches(*pair) for pair in probes):
            continue
        if form.check is None and form.meaning in _OF_SOMEBODY and _one_series(cells.bare):
            continue
        hits = [form.matches(*pair) for pair in pairs]
        passed = sum(hits)
        if form.chance >= _COMMON and not (cells.kind == "text" and passed >= 0.95 * count and _diverse(cells.bare)):
            continue
        weight = min(form.strength, 0.7 * passed * math.log(1 / form.chance))
        mine = strengths[form.meaning]
        for place, hit in enumerate(hits):
            if hit and weight > mine[place]:
                mine[place] = weight
        best[form.meaning][form] = passed
    for meaning, mine in strengths.items():
        share = cells.share(strength > 0 for strength in mine)
        passing = [strength for strength in mine if strength > 0]
        mean = sum(passing) / len(passing)
        low, high = (0.06, 0.3) if mean >= 6.5 and meaning not in _NEEDS_ALL else (0.35, 0.8)
        form = max(best[meaning], key=lambda each: (best[meaning][each], each.strength))
        checked = " with the right check digits" if form.check is not None and not form.written else ""
        weight = mean * ramp(share, low, high) * (0.85 + 0.15 * share)
        if weight:
            yield Signal(meaning, weight, share, f"{share:.0%} look like a {form.what}{checked}", form.country)


_NEEDS_ALL = frozenset({"product.ean", "technical.isbn"})


_OF_SOMEBODY = frozenset(
    {"person.national_id", "person.ssn", "person.tax_id", "person.passport_number", "person.driving_licence",
     "patient.insurance_number", "patient.record_number"}
)  # fmt: skip
"""Numbers that people have from many offices and of many years."""


def _one_series(texts: tuple[str, ...]) -> bool:
    """Whether many numbers all begin alike, as those of one's own things do."""
    return len(texts) >= _MANY and len({text[:_BEGINNING] for text in texts}) == 1


_MANY = 12
_BEGINNING = 3


def _is_decimal(text: str) -> bool:
    whole, point, fraction = text.lstrip("-").partition(".")
    return bool(point) and whole.isdigit() and fraction.isdigit()


def _diverse(texts: tuple[str, ...]) -> bool:
    """Whether numbers begin in many ways, as those of a series do not."""
    return len({text[:3] for text in texts}) >= max(min(len(texts) / 6, 12), min(len(texts), 4))
