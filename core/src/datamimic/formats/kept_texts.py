"""Texts of dictionaries, made once for all the batches that share one."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa


class KeptTexts:
    """What was made of the dictionary of each column, for as long as the batches of a writer bring the same one: of a world
    they do, of a file that is read each may have its own. No more is kept than one dictionary a column."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[pa.Array, str, pa.StringArray]] = {}

    def of(
        self, column: int, dictionary: pa.Array, made: Callable[[pa.Array], pa.StringArray], within: str = ""
    ) -> pa.StringArray:
        """The texts that `made` makes of the dictionary of this column; `within` says what else it makes them of."""
        kept = self._kept.get(column)
        if kept is None or kept[1] != within or not _is_the_same(kept[0], dictionary):
            kept = self._kept[column] = (dictionary, within, made(dictionary))
        return kept[2]


def _is_the_same(one: pa.Array, other: pa.Array) -> bool:
    """Do two arrays lie at one place in memory? They cannot if one of them has gone, so both must be there."""
    return (one.type, len(one), one.offset, _places(one)) == (other.type, len(other), other.offset, _places(other))


def _places(array: pa.Array) -> list[int]:
    return [0 if buffer is None else buffer.address for buffer in array.buffers()]
