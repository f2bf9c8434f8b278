"""Licence plates of countries that write them in many ways, such as the states of North America."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from datamimic_learning.finding.cells import Cells
from datamimic_learning.finding.signal import Signal, ramp

_PLATE = re.compile(r"(?=.*[0-9])(?=.*[A-Z])[A-Z0-9]{1,5}[ -]?[A-Z0-9]{1,5}[ -]?[A-Z0-9]{0,4}")
_SHAPES = str.maketrans("0123456789" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "9" * 10 + "A" * 26)
_LEAST, _WEIGHT = 20, 3.7


def plate_signals(cells: Cells) -> Iterator[Signal]:
    """A signal where short texts of letters and digits have several shapes, each several times: codes have one, tokens as many
    as there are."""
    if cells.kind != "text" or len(cells.texts) < _LEAST or not 5 <= cells.lengths[1] <= 8 or cells.lengths[0] < 4:
        return
    texts = [text.upper() for text in cells.texts]
    share = cells.share(len(text) <= 9 and _PLATE.fullmatch(text) is not None for text in texts)
    shapes = Counter(text.translate(_SHAPES) for text in texts)
    several = 5 <= len(shapes) <= 0.6 * len(texts) and shapes.most_common(1)[0][1] <= 0.6 * len(texts)
    if share >= 0.7 and several and len(set(map(len, texts))) > 1:
        weight = _WEIGHT * ramp(share, 0.6, 0.8)
        yield Signal("vehicle.licence_plate", weight, share, f"{share:.0%} have one of {len(shapes)} shapes of plates")
