"""`name=value` texts of the command line, and the numbers in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from datamimic.errors import InvalidOption, excerpt

if TYPE_CHECKING:
    TextType = click.ParamType[Any]
else:  # older clicks have no parameter of the type
    TextType = click.ParamType


def pairs(texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """`name=value` texts. Raises `InvalidOption` for one without an equals sign."""
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise InvalidOption("invalid_option", f"{excerpt(text)} is not written name=value")
        yield name.strip(), value


def whole_number(text: str, what: str, *, code: str = "invalid_count", hint: str | None = None) -> int:
    """The number that the text is. Raises `InvalidOption` that names `what` is no whole number."""
    try:
        return int(text)
    except ValueError:
        raise InvalidOption(code, f"{what} is {excerpt(text)}, not a whole number", hint=hint) from None


class Whole(TextType):
    """A whole number of at least `minimum`; the error has the code and the hint."""

    name = "integer"

    def __init__(self, what: str, minimum: int = 0, *, code: str = "invalid_count", hint: str | None = None) -> None:
        self.what = what
        self.minimum = minimum
        self.code = code
        self.hint = hint or f"{minimum} or more"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        number = value if isinstance(value, int) else whole_number(value, self.what, code=self.code, hint=self.hint)
        if number < self.minimum:
            path = f"$.{param.name}" if param is not None else None
            raise InvalidOption(self.code, f"{self.what} is {number}", hint=self.hint, path=path)
        return number
