"""What a target is: it takes the pages of one product, in order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from attrs import field, frozen

from datamimic import Registry
from datamimic_models.model import Place
from datamimic_models.xml.frames import Frame


class Sink(Protocol):
    def write(self, page: Frame) -> None: ...
    def close(self) -> None: ...


@frozen
class Asked:
    """A target as it was written, for one product: where its file goes, and what the model says of it."""

    product: str
    folder: Path
    place: Place
    packs: Registry
    separator: str
    line_separator: str
    expected: tuple[str, ...] = ()
    """Fields that records may have, as far as the model tells, in order."""
    settings: Mapping[str, Any] = field(factory=dict)
    part: int | None = None
    """Which of several files of the product it is, from 1."""

    def file(self, ending: str) -> Path:
        ending = ending if self.part is None else f"_{self.part}{ending}"
        name = "".join("_" if mark in '/\\:*?"<>|\0' else mark for mark in self.product)
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f"{name}{ending}"

    def setting(self, name: str, default: Any) -> Any:
        return self.settings.get(name, default)
