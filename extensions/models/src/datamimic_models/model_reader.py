"""What the core asks for models: files are read, checked and described, descriptions become packs."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from datamimic import DescribedPack, ModelReader, installed_packs
from datamimic_models.compiling.pack import compiled
from datamimic_models.compiling.planning import plan_of
from datamimic_models.model import Mistakes, Model
from datamimic_models.printing.document import document_of
from datamimic_models.reading.languages import SUFFIXES, read_any
from datamimic_models.reading.tables_files import of_document


class TablesReader(ModelReader):
    """YAML and JSON of the tables language, and every other language that reads as a `Model`."""

    name: ClassVar[str] = "tables"
    suffixes: ClassVar[tuple[str, ...]] = SUFFIXES

    @classmethod
    def read(cls, place: str, *, trusted: bool = False) -> DescribedPack:
        mistakes = Mistakes()
        model = checked(read_any(place, mistakes, trusted=trusted), mistakes)
        return described(model, place, trusted=trusted)

    @classmethod
    def plugin(cls, described: DescribedPack) -> object:
        mistakes = Mistakes()
        model = of_document(described.document, mistakes, described.place)
        mistakes.refuse()
        return compiled(model, described, installed_packs())


def checked(model: Model, mistakes: Mistakes) -> Model:
    """The model, if nothing is wrong with it. Raises `BadModel`."""
    if not mistakes.errors:
        plan_of(model, installed_packs(), mistakes)
    mistakes.refuse()
    return model


def described(model: Model, place: str | None = None, *, trusted: bool = False) -> DescribedPack:
    """The model as an origin carries it."""
    return DescribedPack(
        name=model.name,
        reader=TablesReader.name,
        document=document_of(model),
        place=None if place is None else str(Path(place)),
        trusted=trusted,
    )
