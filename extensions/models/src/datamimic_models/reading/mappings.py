"""A mapping of a document, read word by word: what is missing, unknown or of a wrong kind is a mistake with its place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from attrs import define, field

from datamimic import DatamimicError
from datamimic.errors import excerpt, suggest
from datamimic_models.model import Mistakes, Place
from datamimic_models.reading.parts import Part


@define(eq=False)
class Words:
    """The words of one mapping; `what` is how messages name it. A word that is asked for is known; `end` tells the others."""

    part: Part
    what: str
    mistakes: Mistakes
    known: list[str] = field(factory=list)

    @classmethod
    def of(cls, part: Part, what: str, mistakes: Mistakes) -> Words:
        """Of what is no mapping: a mistake, and no words."""
        if not isinstance(part.value, dict):
            mistakes.add("models.wrong_type", f"{what} is {part.what}, and no mapping", part.place, hint="name: value")
            part = Part({}, part.place)
            return cls(part, what, Mistakes())
        return cls(part, what, mistakes)

    @property
    def place(self) -> Place:
        return self.part.place

    def has(self, *names: str) -> bool:
        return any(name in self.part.value for name in names)

    def get(self, *names: str) -> Part | None:
        """The value under the first of the names that is there; they are names of one thing."""
        self.known += names
        there = [name for name in names if name in self.part.value]
        if len(there) > 1:
            self.mistakes.add(
                "models.duplicate_key",
                f"{there[0]} and {there[1]} of {self.what} say the same",
                self.part.key_place(there[1]),
                hint="leave one of them out",
            )
        return self.part.value[there[0]] if there else None

    def needed(self, *names: str) -> Part | None:
        found = self.get(*names)
        if found is None:
            self.mistakes.add("models.missing", f"{self.what} has no {names[0]}", self.place, hint=f"{names[0]}: …")
        return found

    def text(self, *names: str, default: Any = None, needed: bool = False) -> Any:
        """A text; a number counts as one."""
        part = self.needed(*names) if needed else self.get(*names)
        if part is None or part.value is None:
            return default
        if isinstance(part.value, str):
            return part.value
        if isinstance(part.value, int | float) and not isinstance(part.value, bool):
            return str(part.value)
        self.wrong(names[0], part, "a text")
        return default

    def flag(self, *names: str, default: Any = None) -> Any:
        part = self.get(*names)
        if part is None or part.value is None:
            return default
        if isinstance(part.value, bool):
            return part.value
        self.wrong(names[0], part, "true or false")
        return default

    def whole(self, *names: str, default: Any = None, least: int = 0) -> Any:
        part = self.get(*names)
        if part is None or part.value is None:
            return default
        if isinstance(part.value, int) and not isinstance(part.value, bool) and least <= part.value < 1 << 50:
            return part.value
        self.wrong(names[0], part, f"a whole number from {least} on")
        return default

    def share(self, *names: str) -> float:
        """A number from 0 to 1, or text such as 5%."""
        part = self.get(*names)
        value = None if part is None else part.value
        if isinstance(value, str) and value.endswith("%"):
            with suppress(ValueError):
                value = float(value[:-1]) / 100
        if value is None:
            return 0.0
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        assert part is not None
        self.wrong(names[0], part, "a share from 0 to 1")
        return 0.0

    def parts(self, *names: str) -> list[Part]:
        """A list; one value alone counts as a list of it."""
        part = self.get(*names)
        if part is None or part.value is None:
            return []
        return part.value if isinstance(part.value, list) else [part]

    def texts(self, *names: str) -> tuple[str, ...]:
        found = []
        for each in self.parts(*names):
            if isinstance(each.value, str | int | float) and not isinstance(each.value, bool):
                found.append(str(each.value))
            else:
                self.wrong(names[0], each, "a text")
        return tuple(found)

    def one_of(self, choices: tuple[str, ...], *names: str, default: Any = None) -> Any:
        value = self.text(*names, default=default)
        if value is None or value in choices:
            return value
        part = self.part.value[next(name for name in names if name in self.part.value)]
        near = suggest(value, choices)
        hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(choices)}"
        self.mistakes.add("models.bad_value", f"{names[0]} of {self.what} is {excerpt(value)}", part.place, hint=hint)
        return default

    def check(self, name: str, value: str | None, parse: Callable[[str], object]) -> None:
        """A text that `parse` refuses is a mistake, with what it says and advises."""
        try:
            if value is not None:
                parse(value)
        except DatamimicError as error:
            part = self.part.value.get(name, self.part)
            self.mistakes.add("models.bad_value", error.message, part.place, hint=error.hint)

    def wrong(self, name: str, part: Part, wanted: str) -> None:
        found = f"{part.what}, {excerpt(part.value)}," if isinstance(part.value, str | int | float) else part.what
        said = f"{name} of {self.what} is {found} and not {wanted}"
        self.mistakes.add("models.wrong_type", said, part.place, hint=f"give {name} {wanted}")

    def end(self) -> None:
        """What has not been asked for is not known."""
        for name in self.part.value:
            if name not in self.known:
                near = suggest(name, self.known)
                self.mistakes.add(
                    "models.unknown_word",
                    f"{self.what} has the word {excerpt(name)}, which is not known",
                    self.part.key_place(name),
                    hint=f"did you mean {near[0]}?" if near else f"words: {', '.join(dict.fromkeys(self.known))}",
                )
