"""Codes of meters: medium, maker and number, in the manner of DIN 43863-5."""

from __future__ import annotations

from datamimic import Context, LiteralGenerator, Text
from datamimic.columns import digits, join

MAKERS = ("ACM", "EXA", "SAM")
"""Invented makers."""


class MeterCodeGenerator(LiteralGenerator[str]):
    """Codes such as `1ACM0012345678`: the medium's digit, an invented maker, ten digits."""

    python_type = str

    def __init__(self, *, medium: int = 1, seed: str | int | None = None) -> None:
        super().__init__(seed=seed)
        self.medium = medium

    def column(self, context: Context) -> Text:
        maker = Text.coded(context.draw.one_of(MAKERS, "maker"), MAKERS)
        return join(str(self.medium), maker, digits(context.draw.integers(0, 10**10 - 1, "number"), 10))
