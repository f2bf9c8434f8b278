"""What an output format is: a class that writes record batches to a binary stream."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, BinaryIO, ClassVar

import pyarrow as pa

from datamimic.errors import InvalidOption, UnknownName, excerpt


class Exporter(ABC):
    """Writes one stream of rows. A format is a subclass with a `name` and the file endings that stand for it.

    An instance is made per output, gets every batch once and in order, and is closed once: `close` writes what the format
    has at its end. It never closes the stream. The bytes must depend on the values only, not on how they are cut into
    batches; batches of a run always have the same size.
    """

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]] = ()
    settings: ClassVar[Mapping[str, Any]] = {}
    """Settings that the format has, with their defaults (`--format-option name=value`)."""
    by_block: ClassVar[bool] = False
    """Are the bytes of a batch written when it comes, apart from those of others? Then a block can be read alone."""

    def __init__(self, stream: BinaryIO, schema: pa.Schema, **settings: Any) -> None:
        for name, value in settings.items():
            if name not in self.settings:
                raise UnknownName("setting", name, self.settings, owner=f"the format {self.name}")
            if type(value) is not type(self.settings[name]):
                raise InvalidOption(
                    "invalid_option", f"{name} is {excerpt(value)}, not {type(self.settings[name]).__name__}"
                )
        self.stream = stream
        self.schema = schema
        self.chosen: dict[str, Any] = {**self.settings, **settings}

    @abstractmethod
    def write(self, batch: pa.RecordBatch) -> None: ...

    def close(self) -> None:  # noqa: B027
        """Write the end of the format; called once, after the last batch, not after a failure."""
