"""A document taken apart: every value knows where it was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from attrs import define, field

from datamimic_models.model import BadModel, Mistake, Place

LARGEST_TEXT: Final = 16 << 20
"""Characters of a document."""
DEEPEST: Final = 48
MOST_PARTS: Final = 400_000
"""Values of a document, those that aliases repeat counted each time."""


@define(eq=False)
class Part:
    """A value at a place: `value` is a scalar, a list of parts, or a dictionary of parts by key. `keys` are the places of a
    dictionary's keys; `weight` says how many values it is with all that is within."""

    value: Any
    place: Place
    keys: dict[str, Place] = field(factory=dict)
    weight: int = 1

    @property
    def plain(self) -> Any:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: each.plain for key, each in self.value.items()}
        return [each.plain for each in self.value] if isinstance(self.value, list) else self.value

    @property
    def what(self) -> str:
        """The kind of the value, as messages name it."""
        kinds = {dict: "a mapping", list: "a list", str: "a text", bool: "true or false", type(None): "nothing"}
        return kinds.get(type(self.value), "a number")

    def items(self) -> Iterator[tuple[str, Part]]:
        yield from self.value.items()

    def key_place(self, name: str) -> Place:
        return self.keys.get(name, self.place)


def refused(code: str, message: str, place: Place, hint: str | None = None) -> BadModel:
    """For a document that cannot be taken apart at all."""
    return BadModel([Mistake(code, message, place, hint)])


def too_deep(place: Place) -> BadModel:
    return refused("models.too_deep", f"more than {DEEPEST} levels are nested", place, "a model needs fewer than ten")


def too_many(place: Place) -> BadModel:
    return refused("models.too_large", f"the document has more than {MOST_PARTS:,} values", place, "split the model")


def check_text(text: str, file: str | None) -> None:
    """Raises `BadModel` for a document that is too long."""
    if len(text) > LARGEST_TEXT:
        raise refused("models.too_large", f"the document has more than {LARGEST_TEXT >> 20} MB", Place(file))


def check_characters(text: str, place: Place) -> None:
    """Raises `BadModel` for text that UTF-8 cannot write."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise refused(
            "models.bad_text", "a text holds half of a pair of surrogates", place, "write the character"
        ) from None
