"""What a run of a model shares: its seed, defaults of the setup, and everything that is named in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import isfunction
from pathlib import Path
from typing import Any

from attrs import define, evolve, field, frozen

from datamimic import Clock, DatamimicError, Draw, Registry
from datamimic_models.expressions.expression import Expression, parse
from datamimic_models.model import Mistake, Place
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.paths import Folder
from datamimic_models.xml.watching import Watch


@frozen
class Defaults:
    """Of the setup that a statement stands in."""

    dataset: str | None = None
    locale: str | None = None
    separator: str = "|"
    line_separator: str = "\r\n"
    scripted: bool = False
    prefix: str = "__"
    suffix: str = "__"
    file: Path | None = None
    """The file that the statement stands in."""

    def of_setup(self, node: Node, file: Path | None) -> Defaults:
        """With what a `<setup>` says."""
        names = {
            "defaultDataset": "dataset",
            "defaultLocale": "locale",
            "defaultSeparator": "separator",
            "defaultVariablePrefix": "prefix",
            "defaultVariableSuffix": "suffix",
        }
        said: dict[str, Any] = {to: node.get(name) for name, to in names.items() if node.get(name)}
        if node.get("defaultLineSeparator"):
            text = node.get("defaultLineSeparator")
            said["line_separator"] = text.replace("\\r", "\r").replace("\\n", "\n")
        if node.has("defaultSourceScripted"):
            said["scripted"] = node.flag("defaultSourceScripted")
        return evolve(self, file=file, **said)


@define(eq=False)
class Setting:
    """`named` holds generators, state machines, memstores and databases by name; `own` the classes and functions of Python
    files that a trusted model has executed; `kept` what is made once a run, by what it is made of."""

    folder: Folder
    seed: str
    clock: Clock
    packs: Registry
    say: Callable[[str], None]
    page: int
    defaults: Defaults = field(factory=Defaults)
    generators: dict[str, Any] = field(factory=dict)
    stores: dict[str, Any] = field(factory=dict)
    databases: dict[str, Any] = field(factory=dict)
    own: dict[str, Any] = field(factory=dict)
    kept: dict[Any, Any] = field(factory=dict)
    tables: dict[str, str] = field(factory=dict)
    """The table that records of a generate are of, by its path."""
    counts: dict[str, int] = field(factory=dict)
    """How many records of each statement there were."""
    demographics: Any = None
    """The population of `<demographics>`, where the model has some."""
    warnings: tuple[Mistake, ...] = ()
    """What is odd about the model and stops nothing."""
    watch: Watch | None = None
    """Somebody who wants to know where the time goes, and how records relate."""
    rows: Mapping[str, int] = field(factory=dict)
    """Counts of generates at the top that somebody asks for, by name; under "" that of all others."""

    def draw(self, frame: Frame, name: str) -> Draw:
        """The draws of a field of these records."""
        return Draw((self.seed, f"models.xml.{frame.path}", name), frame.numbers)

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        """What `make` gives, made once a run for a key."""
        if key not in self.kept:
            self.kept[key] = make()
        return self.kept[key]

    def expression(self, text: str, place: Place) -> Expression:
        """The expression of a text. Raises `DatamimicError`."""
        functions = {name: value for name, value in self.own.items() if isfunction(value)}
        # A file that is executed later may have more of them.
        key = ("expression", text, place, tuple(functions))
        made: Expression = self.once(key, lambda: parse(text.strip(), place, own=functions))
        return made

    def number(self, path: str, count: int) -> int:
        """The number of the first of so many further records of a statement."""
        start = self.counts.get(path, 0)
        self.counts[path] = start + count
        return start


def failed(code: str, message: str, place: Place, hint: str | None = None) -> DatamimicError:
    """An error with its place."""
    return DatamimicError(code, message, hint=hint, file=place.file, line=place.line)
