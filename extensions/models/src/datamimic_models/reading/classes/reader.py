"""Classes as a model: a table for each."""

from __future__ import annotations

from collections.abc import Sequence

from datamimic_models.model import Mistakes, Model
from datamimic_models.reading.classes.annotations import Annotations, Endless
from datamimic_models.reading.classes.members import kind_of, object_shape, place_of
from datamimic_models.reading.pack_names import free_name
from datamimic_models.reading.shaped_names import table_name
from datamimic_models.reading.shaped_references import with_references
from datamimic_models.reading.shaped_tables import shaped_table


def read_classes(classes: Sequence[type], mistakes: Mistakes, *, name: str = "") -> Model:
    """The model of Pydantic models, attrs classes, dataclasses, TypedDicts and NamedTuples, a table for each.

    It is called `name`, or as the first of them. What they say and a model cannot is a warning among the mistakes.
    """
    tables = []
    for cls in classes:
        if kind_of(cls) is None:
            called = getattr(cls, "__qualname__", repr(cls)[:80])
            mistakes.add(
                "models.bad_class",
                f"{called} has no fields to read",
                hint="a Pydantic model, an attrs class, a dataclass, a TypedDict or a NamedTuple has",
            )
            continue
        try:
            shape = object_shape(cls, Annotations(mistakes, object_shape, [cls]))
        except Endless as error:
            mistakes.add("models.impossible", f"there can be no row of {cls.__qualname__}: {error}", place_of(cls))
            continue
        except RecursionError:
            mistakes.add("models.too_deep", f"{cls.__qualname__} is nested too deeply", place_of(cls))
            continue
        if shape is not None and shape.members:
            tables.append(shaped_table(table_name(cls.__name__), shape, mistakes))
        elif shape is not None:
            mistakes.add("models.no_tables", f"{cls.__qualname__} has no fields", place_of(cls))
    first = tables[0].name if tables else "model"
    return Model(name=name or free_name(first), tables=tuple(with_references(tables)))
