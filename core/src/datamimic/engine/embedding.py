"""An entity as a part of another one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, TypeVar, cast

from datamimic.engine.batch import batch_of
from datamimic.engine.embedded import Embedded
from datamimic.engine.engine import engine_of
from datamimic.engine.members import alone
from datamimic.errors import DefinitionError, excerpt
from datamimic.model.context import Context
from datamimic.model.generator import Generator
from datamimic.model.spec import spec_of

T = TypeVar("T")


class Embed(Generator[Any]):
    """See `embed`."""

    embeds = True

    def __init__(
        self, target: type, only: tuple[str, ...] | None, replaced: Mapping[str, str], shared: str = ""
    ) -> None:
        self.target = target
        self.only = only
        self.replaced = replaced
        self.shared = shared
        self.needs = (*self.replaced.values(), *([shared] if shared else []))

    def bind(self, where: str) -> None:
        target = spec_of(self.target)
        if target.happens or any(each.since for each in target.fields.values()):
            raise DefinitionError(
                "bad_field",
                f"{where}: {self.target.__name__} has a history of its own, and so can be no part",
                hint="refer to it, or embed an entity without one",
            )
        for theirs in (*self.replaced, *(self.only or ())):
            if theirs not in target.fields:
                raise DefinitionError(
                    "unknown_parameter",
                    f"{where}: {self.target.__name__} has no field {excerpt(theirs)}",
                    hint=f"fields: {', '.join(target.fields)}",
                )

    def names(self) -> tuple[str, ...]:
        return self.only or super().names()

    def column(self, context: Context) -> Any:
        given = {theirs: partial(context.column, ours) for theirs, ours in self.replaced.items()}
        engine, target, outer = engine_of(context), spec_of(self.target), context.options
        path, rows = f"{context.batch.path}.{context.name}", context.rows
        group = context.column(self.shared) if self.shared else None
        if group is not None and not alone(group):
            # The part of the group: what is drawn for it is drawn for all of its members alike.
            path, rows = f"{engine.stream(group.target)}.{context.name}", group.rows
        # What is asked of the whole holds for its parts, where it has their options; else what is asked of these.
        asked = isinstance(outer, target.options) and outer != type(outer)()
        batch = batch_of(
            engine,
            target,
            rows,
            path=path,
            given=given,
            options=outer if asked else None,
            now=context.batch.own_now,
        )
        return Embedded(batch, self.names())


def embed(
    target: type[T], *, only: tuple[str, ...] | list[str] | None = None, shared: str = "", **given: str
) -> Generator[T]:
    """An entity, the `target`, as a part of another: made by its own fields, with `given` ones replaced by fields of the
    outer entity, `embed(Address, place="place")`. `only` names the parts that stand in the table; the rest is reachable. An
    outer entity whose options are those of the part, or inherit from them, hands them on. `shared` names the
    field of a member made by `members(...)`: then the part is that of the group, which has a field of the same name, but for
    what is `given`."""
    return cast(Generator[T], Embed(target, tuple(only) if only else None, given, shared))
