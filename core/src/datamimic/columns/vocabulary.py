"""The distinct values that coded text points into."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datamimic.base.arrays import Bools
from datamimic.columns.buffers import arrow_text, arrow_texts


class Vocabulary:
    """The distinct values that a coded Text points into, with their Arrow and object forms made once."""

    __slots__ = ("_arrow", "_codes", "_distinct", "_followed", "_mapped", "_objects", "values")

    def __init__(self, values: Sequence[str]) -> None:
        self.values = tuple(values)
        self._arrow: pa.StringArray | None = None
        self._objects: NDArray[np.object_] | None = None
        self._mapped: dict[Callable[[str], str], Vocabulary] = {}
        self._codes: dict[str, tuple[int, ...]] = {}
        self._followed: dict[str, pa.StringArray] = {}
        self._distinct: tuple[pa.StringArray, NDArray[np.int32] | None] | None = None

    @property
    def distinct(self) -> tuple[pa.StringArray, NDArray[np.int32] | None]:
        """Every value once, and the new code of each old one and of null (at the end); None where no value comes twice.

        Arrow and its readers take it for granted that a dictionary has no duplicates: pandas refuses one, and the Parquet
        writer fills the dictionary page of such a column with whatever lies in memory.
        """
        if self._distinct is None:
            index: dict[str, int] = {}
            codes = [index.setdefault(value, len(index)) for value in self.values]
            if len(index) == len(self.values):
                self._distinct = (self.arrow, None)
            else:
                self._distinct = (arrow_texts(index), np.array([*codes, -1], dtype=np.int32))
        return self._distinct

    @property
    def arrow(self) -> pa.StringArray:
        if self._arrow is None:
            self._arrow = arrow_texts(self.values)
        return self._arrow

    @property
    def objects(self) -> NDArray[np.object_]:
        """The values and, at the end, None: so that code -1 takes None."""
        if self._objects is None:
            objects = np.empty(len(self.values) + 1, dtype=object)
            objects[:-1] = self.values
            self._objects = objects
        return self._objects

    def is_mapped(self, function: Callable[[str], str]) -> bool:
        return function in self._mapped

    def mapped(self, function: Callable[[str], str]) -> Vocabulary:
        known = self._mapped.get(function)
        if known is None:
            known = Vocabulary([function(value) for value in self.values])
            if getattr(function, "__closure__", None) is None and getattr(function, "__name__", "<") != "<lambda>":
                self._mapped[function] = known
        return known

    def followed_by(self, suffix: str) -> pa.StringArray:
        """Every value with the suffix behind it."""
        if not suffix:
            return self.arrow
        known = self._followed.get(suffix)
        if known is None:
            if len(self._followed) >= 16:
                self._followed.clear()
            known = self._followed[suffix] = pc.binary_join_element_wise(self.arrow, arrow_text(suffix), arrow_text(""))
        return known

    def codes_of(self, value: object) -> tuple[int, ...]:
        """The codes of a value: none, one, or more where mapping has made values equal."""
        if not isinstance(value, str):
            return ()
        codes = self._codes.get(value)
        if codes is None:
            # Of a thousand names one or two are ever looked for.
            codes = self._codes[value] = tuple(code for code, known in enumerate(self.values) if known == value)
        return codes

    def matching(self, test: Callable[[str], bool]) -> Bools:
        """One flag per value, and False for null at the end."""
        return np.array([*map(test, self.values), False], dtype=np.bool_)
