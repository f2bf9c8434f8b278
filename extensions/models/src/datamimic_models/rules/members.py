"""Members of a struct that read each other."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from datamimic import Context, Draw, Generator
from datamimic.columns.value_types import kind_of
from datamimic_models.model import Mistakes
from datamimic_models.rules.annotations import annotation_of
from datamimic_models.rules.rule import NameOf, RuleKind, Where


def members_of(where: Where) -> dict[str, NameOf]:
    """What the names of a struct's members stand for within it."""
    outer = where.column
    return {
        name: NameOf(
            name, (f"member {outer.name}.{name}",), kind_of(annotation_of(kind, True), f"{where.label}.{name}")
        )
        for name, kind in outer.type.members
        if kind.name not in ("struct", "list") or (kind.name == "list" and kind.item is not None)
    }


def judge_circle(where: Where, rules: Any, mistakes: Mistakes) -> None:
    """Members that need each other."""
    names = {name for name, _ in where.column.type.members}
    needs = {name: {*rule.reads()} & names - {name} for name, rule in rules if isinstance(rule, RuleKind)}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        circle = " → ".join(reversed(error.args[1]))
        mistakes.add(
            "models.circle",
            f"members of {where.label} need each other: {circle}",
            where.place,
            hint="break the circle at one of them",
        )


class MembersContext:
    """A field as its generator sees it, for a member of a struct: `keys` are the names of the members beside it."""

    def __init__(
        self,
        context: Context,
        makers: Mapping[str, Generator[Any]],
        keys: Mapping[str, str],
        made: dict[str, Any],
        outer: Context | None = None,
    ) -> None:
        self._context = context
        self._makers = makers
        self._keys = keys
        self._made = made
        self._outer = context if outer is None else outer

    def __len__(self) -> int:
        return len(self._context)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def with_draw(self, draw: Draw) -> Any:
        return MembersContext(self._context.with_draw(draw), self._makers, self._keys, self._made, self._outer)

    def member(self, name: str) -> Any:
        """The column of a member, made once."""
        if name not in self._made:
            draw = self._outer.draw
            own = Draw(draw.address.labelled(f"member {name}"), draw.rows)
            self._made[name] = self._makers[name].column(self._beside(own))
        return self._made[name]

    def _beside(self, draw: Draw) -> Any:
        return MembersContext(self._outer.with_draw(draw), self._makers, self._keys, self._made, self._outer)

    def column(self, name: str) -> Any:
        return self.member(self._keys[name]) if name in self._keys else self._context.column(name)
