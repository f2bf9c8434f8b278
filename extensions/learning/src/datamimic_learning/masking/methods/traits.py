"""What a person who takes another's place has in common with them: sex, band of ages, region; learnt where a table says it, and
known wherever the same subject comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field, frozen
from numpy.typing import NDArray

from datamimic_learning.masking.methods.canonical import canonical
from datamimic_learning.masking.methods.digests import begins
from datamimic_learning.masking.methods.fitting import sex_of
from datamimic_learning.masking.methods.written_dates import days_of

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
BAND: Final = 10
"""Years of a band of ages."""
_LAST_BAND: Final = 9
_SEXES: Final = ("female", "male")
_REGION: Final = 1 << 8
_SAYING: Final = {
    "sex": ("sex", "gender", "salutation"),
    "age_band": ("birthdate", "age"),
    "region": ("state", "state_code"),
}
"""The fields that say a trait."""


@frozen
class Trait:
    """`sex`, `ages` (both included) and `region` where they are known; the region as a column wrote it, folded."""

    sex: str | None
    ages: tuple[int, int] | None
    region: str | None


@define(eq=False)
class Traits:
    """Those of one domain of subjects, as one number a row: sex, band and region; 0 where nothing is known."""

    keep: Sequence[str]
    clock: date
    _regions: dict[str, int] = field(factory=dict)
    _seen: list[tuple[Words, Ints]] = field(factory=list)
    _known: tuple[Words, Ints] | None = None

    def told_by(self, fields: Mapping[str, str]) -> list[str]:
        """Those of the columns, given with their fields, that say a trait which is kept."""
        saying = {last for trait in self.keep for last in _SAYING.get(trait, ())}
        return [name for name, field in fields.items() if field.rpartition(".")[2] in saying]

    def of(self, columns: Mapping[str, tuple[str, pa.Array]], rows: int, *, month_first: bool = False) -> Ints:
        """What columns say, given as field and values by name."""
        code = np.zeros(rows, np.int64)
        for name, values in columns.values():
            last = name.rpartition(".")[2]
            if "sex" in self.keep and last in _SAYING["sex"]:
                found = _coded(values, lambda text: 0 if (sex := sex_of(text)) is None else 1 + _SEXES.index(sex))
                code = np.where(code % 4 == 0, code + found, code)
            elif "age_band" in self.keep and last in _SAYING["age_band"]:
                band = self._bands(values, last, month_first)
                code = np.where(code // 4 % 64 == 0, code + 4 * band, code)
            elif "region" in self.keep and last in _SAYING["region"]:
                found = _coded(values, self._region)
                code = np.where(code // _REGION == 0, code + _REGION * found, code)
        return code

    def _bands(self, values: pa.Array, name: str, month_first: bool) -> Ints:
        if name == "age":
            numbers = np.asarray(pc.fill_null(pc.cast(canonical(values), pa.float64(), safe=False), -1.0))
            return np.where(numbers < 0, 0, 1 + np.minimum(numbers.astype(np.int64) // BAND, _LAST_BAND))
        days = days_of(values, month_first=month_first)
        if days is None:
            return np.zeros(len(values), np.int64)
        today = self.clock.toordinal() - date(1970, 1, 1).toordinal()
        years = ((today - days.days) / 365.2425).astype(np.int64)
        return np.where(days.known & (years >= 0), 1 + np.minimum(years // BAND, _LAST_BAND), 0)

    def _region(self, text: str | None) -> int:
        if text is None or not text.strip():
            return 0
        return self._regions.setdefault(text.strip().casefold(), len(self._regions) + 1)

    def learn(self, subjects: Words, codes: Ints) -> None:
        """What subjects (their digests) are found to be."""
        known = np.flatnonzero(codes)
        self._seen.append((subjects[known], codes[known]))
        self._known = None

    def known(self, subjects: Words, said: Callable[[Ints], Ints]) -> Ints:
        """Codes of the subjects of rows: what was learnt, else what `said` finds in the rows of these numbers."""
        if self._known is None:
            words = np.concatenate([np.zeros(0, np.uint64), *(each for each, _ in self._seen)])
            learnt = np.concatenate([np.zeros(0, np.int64), *(each for _, each in self._seen)])
            # Of several that were said of a subject the least, so that the order of tables and rows does not count.
            order = np.argsort(words)
            ordered = words[order]
            first = np.flatnonzero(begins(ordered))
            least = np.minimum.reduceat(learnt[order], first) if len(first) else learnt
            self._known = (ordered[first], least)
            self._seen = [self._known]
        words, learnt = self._known
        found, strange = np.zeros(len(subjects), np.int64), np.arange(len(subjects))
        if len(words):
            # Neighbours are looked for one after the other, so that they are found in the cache.
            order = np.argsort(subjects)
            at = np.empty(len(subjects), np.int64)
            at[order] = np.minimum(np.searchsorted(words, subjects[order]), len(words) - 1)
            is_known = words[at] == subjects
            found, strange = np.where(is_known, learnt[at], 0), np.flatnonzero(~is_known)
        if len(strange):
            found[strange] = said(strange)
        return found

    def trait(self, code: int) -> Trait:
        sex, band, region = code % 4, code // 4 % 64, code // _REGION
        names = list(self._regions)
        ages = None if not band else ((band - 1) * BAND, band * BAND - 1 if band <= _LAST_BAND else 115)
        return Trait(_SEXES[sex - 1] if sex else None, ages, names[region - 1] if region else None)


def _coded(values: pa.Array, code: object) -> Ints:
    encoded = pc.dictionary_encode(canonical(values))
    numbers = np.array([code(each) for each in encoded.dictionary.to_pylist()] or [0], np.int64)  # type: ignore[operator]
    found: Ints = numbers[np.asarray(pc.fill_null(encoded.indices, 0)).astype(np.int64)]
    return np.where(np.asarray(encoded.is_valid()), found, 0)
