"""`module:Class` of a command line: the module is imported, which runs it, so that it needs trust."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any

from datamimic import DatamimicError
from datamimic.errors import excerpt
from datamimic_models.model import Mistakes, Model
from datamimic_models.model.code import REFERENCE, imported, named_object
from datamimic_models.reading.classes.annotations import Annotations, Endless
from datamimic_models.reading.classes.members import kind_of, object_shape
from datamimic_models.reading.classes.reader import read_classes
from datamimic_models.reading.pack_names import free_name


def read_reference(text: str, mistakes: Mistakes, *, trust: bool) -> Model:
    """The model of what a reference names; all classes that the module defines and that are no part of another, without a name.

    Raises `DatamimicError`: `models.needs_trust` without `trust`, `models.cannot_import`, `models.no_such_name`.
    """
    if not trust:
        raise DatamimicError(
            "models.needs_trust",
            f"reading {excerpt(text)} imports it, which runs its code",
            hint="say --trust where you trust it",
        )
    matched = REFERENCE.fullmatch(text)
    if matched is not None and matched["name"] is None:
        module = imported(matched["module"])
        return read_objects(_defined(module), mistakes, name=free_name(module.__name__.rpartition(".")[2]))
    found = named_object(text)
    return read_objects(found if isinstance(found, (list, tuple)) and kind_of(found) is None else [found], mistakes)


def read_objects(found: Sequence[Any], mistakes: Mistakes, *, name: str = "") -> Model:
    """The model of classes, or of what SQLAlchemy describes; SQLAlchemy is imported only where it is there already."""
    if any(_is_of_sqlalchemy(each) for each in found):
        from datamimic_models.reading.classes.sqlalchemy_reader import read_sqlalchemy

        return read_sqlalchemy([each for each in found if _is_of_sqlalchemy(each)], mistakes, name=name)
    return read_classes(found, mistakes, name=name)


def _is_of_sqlalchemy(found: Any) -> bool:
    if hasattr(found, "model_fields") and not hasattr(found, "__table__"):  # of SQLModel, without a table
        return False
    if type(found).__module__.startswith("sqlalchemy.") and type(found).__name__ in ("MetaData", "Table"):
        return True
    return isinstance(found, type) and type(getattr(found, "metadata", None)).__module__.startswith("sqlalchemy.")


def _defined(module: ModuleType) -> list[Any]:
    """What describes tables and was written in this module; of plain classes those that no other one holds."""
    own = [each for each in vars(module).values() if getattr(each, "__module__", None) == module.__name__]
    of_tables = [each for each in vars(module).values() if _is_of_sqlalchemy(each)]
    if of_tables:
        return of_tables
    classes = list(dict.fromkeys(each for each in own if kind_of(each) is not None))
    held: list[Any] = []
    for each in classes:
        annotations = Annotations(Mistakes(), object_shape, [each])
        try:
            object_shape(each, annotations)
        except (Endless, RecursionError):
            continue
        held += [part for part in annotations.met if part is not each]
    return [each for each in classes if each not in held] or classes
