"""Serial shipping container codes (GS1 General Specifications): 17 digits and a check digit."""

from __future__ import annotations

import numpy as np

from datamimic import Context, LiteralGenerator, Text
from datamimic.columns import digit_matrix, from_bytes

PREFIX = 952
"""GS1 keeps prefix 952 for demonstrations and examples."""


class SsccGenerator(LiteralGenerator[str]):
    """SSCC of GS1's demonstration prefix 952, with a valid check digit."""

    python_type = str

    def column(self, context: Context) -> Text:
        extension = context.draw.integers(0, 9, "extension")
        serial = context.draw.integers(0, 10**13 - 1, "serial")
        body = digit_matrix(extension * 10**16 + PREFIX * 10**13 + serial, 17).astype(np.int64) - ord("0")
        weights = np.where(np.arange(17) % 2 == 0, 3, 1)
        check = (10 - (body * weights).sum(axis=1) % 10) % 10
        return from_bytes((np.concatenate([body, check[:, None]], axis=1) + ord("0")).astype(np.uint8))
