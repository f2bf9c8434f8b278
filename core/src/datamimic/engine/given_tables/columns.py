"""Fields whose values are columns of a table that exists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import frozen

from datamimic.columns.value_types import ValueType
from datamimic.model.context import Context
from datamimic.model.generator import Generator
from datamimic.model.spec import Spec


class Given(Generator[Any]):
    """See `given`."""

    exists: ClassVar[bool] = True

    def __init__(self, name: str | None) -> None:
        self.name = name

    def unique_fields(self, name: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
        # What repeats is refused when the table is read.
        keys = [each for each in fields.values() if each.key]
        return (name,) if len(keys) == 1 and keys[0].name == name else ()

    def column(self, context: Context) -> Any:
        return context.world.given(context.batch.spec).column(context.name, context.rows)


def given(column: str | None = None) -> Generator[Any]:
    """On an entity with `rows=source(...)`: the values of a `column` of the table that exists, of that of the field's own
    name where none is named. They are read in the kind that the field is annotated with; what does not fit is refused before
    the first row is made."""
    return Given(column)


@frozen(kw_only=True)
class Wanted:
    """A column of a table that exists, and the field that it becomes."""

    field: str
    column: str
    kind: ValueType
    key: bool
    allow_nan: bool


def wanted_of(spec: Spec) -> tuple[Wanted, ...]:
    """What the fields of an entity want of the table of its rows."""
    return tuple(
        Wanted(
            field=each.name,
            column=each.generator.name or each.name,
            kind=each.kind,
            key=each.key,
            allow_nan=each.allow_nan,
        )
        for each in spec.fields.values()
        if isinstance(each.generator, Given)
    )
