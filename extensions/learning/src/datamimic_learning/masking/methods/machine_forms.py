"""Values in forms that machines read, as rows of code points of one length: which they are, so that others of the same form
take their places: addresses of the internet and of network cards, hashes, UUIDs."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

from datamimic_learning.masking.methods.alphabets import Points
from datamimic_learning.masking.methods.matrices import texts_of

Bools = NDArray[np.bool_]
DASHES: Final = (8, 13, 18, 23)
"""Places of the dashes of a UUID."""
_SHORTEST: Final = 16
"""Of hexadecimal digits that stand alone: shorter ones may be words or numbers."""
_SHORTEST_ADDRESS: Final = 4
_ADDRESS: Final = re.compile(
    r"[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}"
    r"|(?=(?:[^:]*:){2})[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}"
)
_BYTE: Final = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_INTERNET: Final = re.compile(rf"{_BYTE}(?:\.{_BYTE}){{3}}")


def _between(points: Points, first: str, last: str) -> Bools:
    found: Bools = (points >= ord(first)) & (points <= ord(last))
    return found


def uuids(points: Points) -> Bools:
    """Which rows of 36 signs are UUIDs in small letters or in capitals."""
    digit, small, large = _between(points, "0", "9"), _between(points, "a", "f"), _between(points, "A", "F")
    others = [place for place in range(36) if place not in DASHES]
    return (
        (points[:, DASHES] == ord("-")).all(axis=1)
        & ((digit | small)[:, others].all(axis=1) | (digit | large)[:, others].all(axis=1))
        & digit[:, 14]
    )


def hexadecimal(points: Points) -> Bools:
    """Which rows are hexadecimal digits, with a letter among them and letters of one case: hashes, and addresses of network
    cards and of version 6 of the internet. What has no letter is a number to whoever reads it, and becomes one."""
    found = np.zeros(len(points), np.bool_)
    length = points.shape[1]
    if length < _SHORTEST_ADDRESS:
        return found
    ends = points[:, [0, -1]]
    rows = np.flatnonzero(_may(ends).all(axis=1) & (points >= ord("A")).any(axis=1))
    rows = rows[_may(points[rows]).all(axis=1)]
    some = points[rows]
    one_case = _between(some, "a", "f").any(axis=1) != _between(some, "A", "F").any(axis=1)
    rows, some = rows[one_case], some[one_case]
    if not len(rows):
        return found
    marks = _marks(some)
    found[rows] = ~marks.any(axis=1) & (length >= _SHORTEST)
    rows = rows[marks.sum(axis=1) >= 2]
    found[rows] = [_ADDRESS.fullmatch(text.lower()) is not None for text in texts_of(points[rows])]
    return found


def _may(points: Points) -> Bools:
    return _between(points, "0", "9") | _between(points, "a", "f") | _between(points, "A", "F") | _marks(points)


def _marks(points: Points) -> Bools:
    found: Bools = (points == ord(":")) | (points == ord("-")) | (points == ord("."))
    return found


def internet(points: Points) -> Bools:
    """Which rows are addresses of version 4 of the internet."""
    found = np.zeros(len(points), np.bool_)
    if not 7 <= points.shape[1] <= 15:
        return found
    dots = points == ord(".")
    rows = np.flatnonzero((dots | _between(points, "0", "9")).all(axis=1) & (dots.sum(axis=1) == 3))
    if len(rows):
        found[rows] = [_INTERNET.fullmatch(text) is not None for text in texts_of(points[rows])]
    return found
