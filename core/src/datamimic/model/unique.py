"""Which columns of an entity are never alike together in two of its rows."""

from __future__ import annotations

from typing import Any

import attrs


@attrs.frozen
class Unique:
    """`fields` (each a `FieldSpec`) together, by construction or because the author says so; `key` where they are the key."""

    fields: tuple[Any, ...]
    by_construction: bool
    key: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(each.column_name for each in self.fields)

    @property
    def stands_in_table(self) -> bool:
        return all(each.is_column for each in self.fields)

    @property
    def name(self) -> str:
        return f"unique_{'_'.join(each.name for each in self.fields)}"

    @property
    def label(self) -> str:
        """As messages name it."""
        names = [each.name for each in self.fields]
        what = "the key " if self.key else ""
        return what + (", ".join(names[:-1]) + " and " if names[:-1] else "") + names[-1]

    @property
    def sentence(self) -> str:
        return f"no two rows have {self.label} alike"


def uniques_of(spec: Any) -> tuple[Unique, ...]:
    """Of an entity (its `Spec`): its key, what its generators make unique, and what its class declares."""
    fields = spec.fields
    found: dict[tuple[str, ...], Unique] = {}

    def note(names: tuple[str, ...], *, made: bool, key: bool = False) -> None:
        same = next((known for known in found if set(known) == set(names)), names)
        before = found.get(same)
        if before is not None:
            made, key = made or before.by_construction, key or before.key
        found[same] = Unique(tuple(fields[name] for name in same), made, key)

    keys = tuple(name for name, each in fields.items() if each.key)
    if keys:
        note(keys, made=len(keys) == 1 and fields[keys[0]].generator.capacity() is not None, key=True)
    for name, each in fields.items():
        if together := each.generator.unique_fields(name, fields):
            note(together, made=True)
    for cls in reversed(spec.cls.__mro__):
        if "__entity__" in cls.__dict__:
            for names in cls.__dict__["__entity__"].own_unique:
                note(names, made=False)
    return tuple(found.values())
