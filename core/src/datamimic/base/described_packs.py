"""A pack that is described instead of installed: the tables of somebody's model, as an origin carries them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import attrs
from attrs.validators import matches_re

from datamimic.base.frozen import FrozenMapping


def _canonical(document: object) -> str:
    """JSON with sorted names and no blanks; text is taken to be JSON already."""
    value = json.loads(document) if isinstance(document, str) else document
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _texts(said: Mapping[str, str]) -> FrozenMapping[str, str]:
    return FrozenMapping(said)


@attrs.frozen(kw_only=True)
class DescribedPack:
    """What a model says, and whose reader makes a pack of it: everything that another process or a manifest needs.

    Equal where they say the same, wherever it was read. Raises ValueError for a document that JSON cannot hold.
    """

    name: str = attrs.field(validator=matches_re(r"[a-z][a-z0-9_]*"))
    """The `pack` in `pack.entity`."""
    reader: str
    """The name of the `ModelReader` that reads the document."""
    document: str = attrs.field(converter=_canonical, repr=False)
    """JSON: text of it, or plain values; its objects sorted by name, so that equal documents are one."""
    place: str | None = attrs.field(default=None, eq=False)
    """The file that it was read from, for errors and for what lies beside it."""
    beside: str | None = attrs.field(default=None, eq=False)
    """`place` again, where rows that lie beside it are read: such a model is another one in another folder."""
    usual: Mapping[str, str] = attrs.field(factory=FrozenMapping, converter=_texts, eq=False)
    """Seed, locale and clock of a world of the tables where nobody says another, as far as the model says them."""
    trusted: bool = attrs.field(default=False, eq=False)
    """Did somebody say that code named in the document may be run? No manifest can."""

    def to_dict(self) -> dict[str, Any]:
        return {"reader": self.reader, "document": json.loads(self.document)}


@attrs.frozen(kw_only=True)
class DescribedDocument:
    """A described pack as JSON has it; its name stands before it."""

    reader: str
    document: dict[str, Any]

    def pack(self, name: str) -> DescribedPack:
        return DescribedPack(name=name, reader=self.reader, document=self.document)


def frozen_models(models: Mapping[str, DescribedPack] | None) -> FrozenMapping[str, DescribedPack]:
    return FrozenMapping(models or {})
