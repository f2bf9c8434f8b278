"""What running text says: whether personal data stands in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from datamimic_learning.finding.cells import Cells
from datamimic_learning.finding.reading_names import is_company
from datamimic_learning.finding.signal import Signal, ramp
from datamimic_learning.finding.spans import spans_of
from datamimic_learning.finding.tables import NameTables
from datamimic_learning.finding.text_labels import Labels

_READ = 200
"""Texts that are read."""


def text_signals(cells: Cells, tables: NameTables, labels: Labels) -> Iterator[Signal]:
    """Signals for text, and for text with personal data."""
    if cells.kind != "text" or not cells.texts:
        return
    words = sorted(text.count(" ") + 1 for text in cells.texts)
    upper = words[int(0.75 * (len(words) - 1))]
    if upper < 5 or cells.lengths[2] < 25:
        return
    step = max(len(cells.texts) // _READ, 1)
    texts = cells.texts[::step]
    read = [spans_of(text, tables, labels) for text in texts]
    if sum(map(_titled, texts)) > len(texts) / 2 or sum(map(is_company, texts)) > 0.2 * len(texts):
        read = [tuple(span for span in each if span[2] != "person.full_name") for each in read]
    kinds = Counter(kind for each in read for kind in {span[2] for span in each})
    contacts = sum(any(span[2] != "person.full_name" for span in each) for each in read) / len(read)
    share = sum(map(bool, read)) / len(read)
    weight = max(4.0 * ramp(contacts, 0.01, 0.1), 4.0 * ramp(share, 0.08, 0.25))
    yield Signal(
        "text.note", 3.0 if upper >= 6 else 1.0, 1.0, f"half of the texts have {words[len(words) // 2]} words or more"
    )
    if weight > 0:
        said = ", ".join(f"{kind} in {count / len(read):.0%}" for kind, count in kinds.most_common(3))
        yield Signal("text.personal", 2.4 + weight, share, f"personal data in {share:.0%} of the texts: {said}")


def _titled(text: str) -> bool:
    """Whether most words have a capital, so that capitals tell no names."""
    parts = text.split()
    return sum(part[:1].isupper() for part in parts) > 0.6 * len(parts)
