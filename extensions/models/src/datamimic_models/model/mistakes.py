"""What is wrong with a model: collected, so that one reading tells all of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from attrs import define, field, frozen

from datamimic import DatamimicError
from datamimic_models.model.places import NOWHERE, Place


@frozen
class Mistake:
    """`code` is `models.…`; a `warning` is told and stops nothing."""

    code: str
    message: str
    place: Place = NOWHERE
    hint: str | None = None
    level: Literal["error", "warning"] = "error"

    def error(self) -> DatamimicError:
        details = {} if self.place.column is None else {"column": self.place.column}
        return DatamimicError(
            self.code, self.message, hint=self.hint, file=self.place.file, line=self.place.line, details=details
        )

    def to_dict(self) -> dict[str, Any]:
        place = {name: value for name in ("file", "line", "column") if (value := getattr(self.place, name)) is not None}
        return {
            "level": self.level,
            "code": self.code,
            "message": self.message,
            **({"hint": self.hint} if self.hint else {}),
            **place,
        }


class BadModel(DatamimicError):
    """A model that cannot be used: it is the first of its `mistakes`, and tells how many more there are."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        first, *more = (each for each in self.mistakes if each.level == "error")
        others = f" (and {len(more)} more mistakes: `dm model check`)" if len(more) > 1 else ""
        others = " (and one more mistake: `dm model check`)" if len(more) == 1 else others
        error = first.error()
        super().__init__(
            error.code,
            f"{error.message}{others}",
            hint=error.hint,
            file=error.file,
            line=error.line,
            details=error.details,
        )


@define
class Mistakes:
    """Those found so far. Readers go on after a mistake, with what can be read of the part."""

    found: list[Mistake] = field(factory=list)

    def add(self, code: str, message: str, place: Place = NOWHERE, *, hint: str | None = None) -> None:
        self.found.append(Mistake(code, message, place, hint))

    def warn(self, code: str, message: str, place: Place = NOWHERE, *, hint: str | None = None) -> None:
        self.found.append(Mistake(code, message, place, hint, "warning"))

    def extend(self, mistakes: Iterable[Mistake]) -> None:
        self.found.extend(mistakes)

    @property
    def errors(self) -> list[Mistake]:
        return [each for each in self.found if each.level == "error"]

    def refuse(self) -> None:
        """Raises `BadModel` where there is an error."""
        if self.errors:
            raise BadModel(self.found)
