"""Names of people within codes, log-ins and files of columns that would be kept: `INV-MUELLER-0417`, `anna_schmidt_71`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from datamimic_learning.finding.found import PersonalColumn
from datamimic_learning.masking.methods.canonical import canonical
from datamimic_learning.masking.methods.lexicon import plain_of
from datamimic_learning.samples.sample import Sample, SampleTable

_WORD: Final = re.compile(r"[^\W\d_]+")
_SHORTEST: Final = 4
"""Letters of a name that is looked for: shorter ones are in codes by chance."""
_MOST_NAMES: Final = 200_000
_MOST_CODES: Final = 50_000
_LEAST_WORDS: Final = 3
_LEAST_SHARE: Final = 0.01
"""Different names, and codes with one, from which a column holds some: one word that is also a name is in many codes."""


def names_of(sample: Sample, found: Mapping[str, Sequence[PersonalColumn]]) -> frozenset[str]:
    """The words of the names of people in the tables, in small letters, and as they are written without accents."""
    names: set[str] = set()
    for name, columns in found.items():
        table = sample.tables[name]
        mine = [each.column for each in columns if _is_name(each) and each.column in table.schema.names]
        for values in _columns(table, mine):
            for text in values:
                for word in _WORD.findall(text.casefold()):
                    if len(word) >= _SHORTEST:
                        names.update((word, *plain_of(word)))
            if len(names) > _MOST_NAMES:
                return frozenset(names)
    return frozenset(names)


def _is_name(each: PersonalColumn) -> bool:
    meaning = (each.meaning or "").rpartition(".")[2]
    return (
        (each.personal or each.in_doubt)
        and each.identifies == "direct"
        and (meaning.endswith("name") or meaning == "holder")
    )


def with_names(table: SampleTable, columns: Sequence[str], names: frozenset[str]) -> dict[str, int]:
    """Columns of codes with names in them, and how many different codes have one. What is one word alone, or several with
    blanks between them, is no code."""
    if not names or not columns:
        return {}
    seen: dict[str, dict[str, None]] = {column: {} for column in columns}
    for batch in table.batches(list(columns)):
        for column, known in seen.items():
            if len(known) < _MOST_CODES:
                known.update(dict.fromkeys(_texts(batch.column(column))))
    found = {}
    for column, known in seen.items():
        codes = [text for text in known if " " not in text and not text.isalpha()]
        words = [_names_in(text, names) for text in codes]
        hits = sum(map(bool, words))
        if hits >= max(_LEAST_SHARE * len(codes), 1) and len(set().union(*words)) >= _LEAST_WORDS:
            found[column] = hits
    return found


def _names_in(text: str, names: frozenset[str]) -> set[str]:
    return {word for word in _WORD.findall(text.casefold()) if len(word) >= _SHORTEST and word in names}


def _columns(table: SampleTable, columns: Sequence[str]) -> Iterable[list[str]]:
    if columns:
        for batch in table.batches(list(columns)):
            for values in batch.columns:
                yield _texts(values)


def _texts(values: pa.Array) -> list[str]:
    return [text for text in pc.unique(canonical(values)).to_pylist() if text]
