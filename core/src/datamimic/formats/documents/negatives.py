"""Negatives: what makes a sound message one that a parser must refuse, one named rule at a time."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

Change = Callable[[str, int], str | None]
"""(text of a document, a random number) -> the text in which the rule is broken, None where it cannot be."""


@frozen
class Negative:
    """A rule that a message keeps, and what breaks it: `name` is what is asked for (`--break wrong_control_count=3`),
    `sentence` the rule, and `change` makes of the text of one document, and of a number to choose by, the text in which this
    rule alone is broken, or None where the document has nothing to break."""

    name: str
    sentence: str
    change: Change

    def broken(self, text: str, number: int) -> str | None:
        """The broken text; None where the rule cannot be broken in it."""
        made = self.change(text, number)
        return None if made == text else made
