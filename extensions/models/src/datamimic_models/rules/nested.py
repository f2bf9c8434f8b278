"""Values within values: structs of members, lists of items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Final

import numpy as np
from attrs import evolve, frozen

from datamimic import Context, Generator, Lists
from datamimic import Struct as StructColumn
from datamimic.columns import Column as Values
from datamimic.columns import Ints, kept
from datamimic.columns.value_types import Bytes
from datamimic.errors import excerpt, suggest
from datamimic_models.model import Column, ColumnType, Mistakes, Table
from datamimic_models.model.missing import NULL_SHARE, missing_share
from datamimic_models.rules.converting import filled
from datamimic_models.rules.items import ItemsByPlace, different_items, made_items, without_repeats
from datamimic_models.rules.members import MembersContext, judge_circle, members_of
from datamimic_models.rules.rule import FieldOf, RuleKind, Where
from datamimic_models.rules.words import Pairs, word

USUAL_ITEMS: Final = 3
_MOST_ITEMS: Final = 10_000


@frozen
class Struct(RuleKind):
    """An object of members, which the type of the column names. A member without a rule is made by what its name means, else
    by its type. Members and columns of one subject are fields of one row; a member that may be null is so in a tenth of the
    rows, or in `null_share` of them. In its expressions the names of other members stand for these, before those of columns."""

    kind: ClassVar[str] = "struct"

    members: Any = word("Rules by member.", "rules", Pairs())
    null_share: float = word("In how many rows a member that may be null is so.", "number", NULL_SHARE)

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        if where.column.type.name != "struct":
            _wrong_type(where, "struct", mistakes)
            return
        if not 0 <= self.null_share <= 1:
            said = f"{where.label}: {self.null_share} is no share"
            mistakes.add("models.bad_value", said, where.place, hint="a number from 0 to 1")
        names = [name for name, _ in where.column.type.members]
        for name, _ in self.members:
            if name not in names:
                near = suggest(name, names)
                hint = f"did you mean {near[0]}?" if near else f"members: {', '.join(names)}"
                said = f"{where.label} has no member {name}"
                mistakes.add("models.unknown_word", said, where.place, hint=hint)
        for each, rule in self._inner(where):
            _judge(each, rule, mistakes)
        judge_circle(where, self.members, mistakes)

    def subjects(self, where: Where) -> Iterable[FieldOf]:
        if where.column.type.name == "struct":
            for each, rule in self._inner(where):
                yield from () if rule is None else rule.subjects(each)

    def generator(self, where: Where) -> Generator[Any]:
        made = {each.column.name: _generator(each, rule) for each, rule in self._inner(where)}
        keys = {each.path[0]: name for name, each in members_of(where).items()}
        return StructGenerator({name.rpartition(".")[2]: each for name, each in made.items()}, where.column.type, keys)

    def _inner(self, where: Where) -> Iterator[tuple[Where, RuleKind | None]]:
        rules, known = dict(self.members), members_of(where)
        for name, kind in where.column.type.members:
            # A member that names itself means the column outside.
            others = where.around.among({other: each for other, each in known.items() if other != name})
            yield _within(evolve(where, around=others), name, kind, rules.get(name), self.null_share)


@frozen
class ListOf(RuleKind):
    """A list of `min` to `max` items, all lengths equally likely. Items are made by `item`, else by what their type usually
    is; those that are structs are each a subject of its own."""

    kind: ClassVar[str] = "list"

    item: Any = word("The rule of an item.", "rule", None)
    min: int | None = word("The fewest items. Default 0, or the length that the type says.", "whole", None)
    max: int | None = word(f"The most items. Default {USUAL_ITEMS} more than the fewest.", "whole", None)
    distinct: bool = word("No item comes twice in a list.", "bool", False)
    places: Any = word(
        "Rules of items that differ by place: `{1: …, 2: …}`. Other items are made by `item`.", "rules", Pairs()
    )

    def limits(self, kind: ColumnType) -> tuple[int, int]:
        fewest = self.min if self.min is not None else kind.length or 0
        most = self.max if self.max is not None else kind.length
        return fewest, fewest + USUAL_ITEMS if most is None else most

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        kind = where.column.type
        if kind.name != "list":
            _wrong_type(where, "list", mistakes)
            return
        fewest, most = self.limits(kind)
        if not 0 <= fewest <= most <= _MOST_ITEMS:
            said = f"{where.label}: {fewest} to {most} items cannot be"
            mistakes.add("models.empty_range", said, where.place, hint=f"0 ≤ min ≤ max ≤ {_MOST_ITEMS}")
        if kind.length is not None and (fewest, most) != (kind.length, kind.length):
            said = f"{where.label} has lists of {kind.length} items, and the rule makes {fewest} to {most}"
            mistakes.add(
                "models.type_mismatch", said, where.place, hint="leave out min and max, or the length of the type"
            )
        each, rule = self._inner(where)
        _judge(each, rule, mistakes)
        for place, of_place in self.places:
            if not str(place).isdecimal() or not 1 <= int(place) <= _MOST_ITEMS:
                said = f"{where.label} has a rule for the place {excerpt(place)}"
                mistakes.add("models.bad_value", said, where.place, hint="places are counted from 1 on")
                continue
            _judge(self._at(each, of_place), of_place, mistakes)
        capacity = None if rule is None else rule.capacity_in(evolve(each, column=evolve(each.column, unique=True)))
        if self.distinct and capacity is not None and capacity < fewest:
            said = f"{where.label}: there are {capacity} different items, and lists have {fewest} at least"
            mistakes.add("models.empty_range", said, where.place, hint="fewer items, or more values")

    def generator(self, where: Where) -> Generator[Any]:
        limits = self.limits(where.column.type)
        each, rule = self._inner(where)
        alike = evolve(each, column=evolve(each.column, unique=True))
        capacity = rule.capacity_in(alike) if self.distinct and rule is not None and not self.places else None
        made = _generator(each if capacity is None else alike, rule)
        if self.places:
            made = ItemsByPlace(
                {int(place): _generator(self._at(each, of_place), of_place) for place, of_place in self.places}, made
            )
        plain = each.kind.objects if self.distinct and capacity is None else None
        different = None if capacity is None else max(capacity, 1)
        return ListGenerator(made, each.around.hidden(), limits, different, plain)

    @staticmethod
    def _at(where: Where, rule: RuleKind) -> Where:
        return evolve(where, column=evolve(where.column, rule=rule))

    def _inner(self, where: Where) -> tuple[Where, RuleKind | None]:
        kind = where.column.type.item or ColumnType("str")
        own = Column(name=where.column.name, type=kind, rule=self.item, locale=where.column.locale, of=where.column.of)
        around = where.around.apart(Table(name=where.table.name, columns=(own,), locale=where.table.locale))
        rule = self.item or around.usual(evolve(own, name=f"item of {own.name}"))
        named = evolve(own, rule=rule, nullable=kind.nullable, null_share=missing_share(kind.nullable))
        return evolve(where, column=named, around=around), rule


def _within(
    where: Where, name: str, kind: ColumnType, rule: RuleKind | None, nulls: float
) -> tuple[Where, RuleKind | None]:
    outer = where.column
    bare = Column(name=name, type=kind, locale=outer.locale, of=outer.of)
    rule = rule or where.around.usual(bare)
    share = nulls if kind.nullable else 0.0
    named = evolve(bare, name=f"{outer.name}.{name}", rule=rule, nullable=kind.nullable, null_share=share)
    return evolve(where, column=named), rule


def _judge(where: Where, rule: RuleKind | None, mistakes: Mistakes) -> None:
    if rule is not None:
        rule.mistakes(where, mistakes)
    elif not where.column.nullable and where.column.type.name in ("bytes", "json"):
        return
    if where.column.type.name == "struct" and not where.column.type.members:
        mistakes.add("models.bad_value", f"{where.label} has no members", where.place, hint="members: {name: type}")


def _wrong_type(where: Where, wanted: str, mistakes: Mistakes) -> None:
    said = f"{where.label} is {where.column.type}, and its rule makes a {wanted}"
    mistakes.add("models.type_mismatch", said, where.place, hint=f"type: {{name: {wanted}, …}}")


def _generator(where: Where, rule: RuleKind | None) -> Generator[Any]:
    inner = Nothing(where) if rule is None else rule.generator(where)
    return Part(inner, where.column.null_share, where.column.type)


class Nothing(Generator[Any]):
    """Of a type that nothing makes: null, or empty where it may not be."""

    def __init__(self, where: Where) -> None:
        self.kind = where.kind

    def column(self, context: Context) -> Values:
        if not self.kind.nullable and isinstance(self.kind, Bytes):
            return np.full(len(context), b"", dtype=object)
        return filled(self.kind.or_null().nulls(len(context)), self.kind)


class Part(Generator[Any]):
    """A member or an item: null in its share, and no longer than its type."""

    def __init__(self, inner: Generator[Any], null_share: float, kind: ColumnType) -> None:
        self.inner = inner
        self.null_share = null_share
        self.longest = kind.length if kind.name == "str" else None
        self.needs, self.tables, self.reads_now = inner.needs, inner.tables, inner.reads_now

    def column(self, context: Context) -> Values:
        made: Any = self.inner.column(context)
        if self.longest is not None and len(made) and int(made.lengths().max()) > self.longest:
            made = made.slice(0, self.longest)
        return kept(made, ~context.draw.chance(self.null_share, "without a value")) if self.null_share else made


class StructGenerator(Generator[Any]):
    """Members, each with draws of its own. `keys` are the names under which they ask for each other."""

    def __init__(self, members: Mapping[str, Generator[Any]], kind: ColumnType, keys: Mapping[str, str]) -> None:
        self.members = members
        self.kind = kind
        self.keys = keys
        needs = dict.fromkeys(name for each in members.values() for name in each.needs)
        self.needs = tuple(name for name in needs if name not in keys)
        self.tables = tuple(dict.fromkeys(name for each in members.values() for name in each.tables))
        self.reads_now = any(each.reads_now for each in members.values())

    def column(self, context: Context) -> Values:
        beside = MembersContext(context, self.members, self.keys, {})
        return StructColumn({name: beside.member(name) for name in self.members})


class ListGenerator(Generator[Any]):
    """Lists of items that another generator makes."""

    def __init__(
        self,
        maker: Generator[Any],
        hidden: Mapping[str, Generator[Any]],
        limits: tuple[int, int],
        different: int | None,
        plain: Any,
    ) -> None:
        self.maker = maker
        self.hidden = hidden
        self.fewest, most = limits
        self.most = most if different is None else max(self.fewest, min(most, different))
        self.different = different
        self.plain = plain
        makers = [maker, *hidden.values()]
        self.needs = tuple(
            name for name in dict.fromkeys(n for each in makers for n in each.needs) if name not in hidden
        )
        self.tables = tuple(dict.fromkeys(name for each in makers for name in each.tables))
        self.reads_now = any(each.reads_now for each in makers)

    def column(self, context: Context) -> Values:
        lengths: Ints = np.full(len(context), self.most, dtype=np.int64)
        if self.fewest < self.most:
            lengths = context.draw.integers(self.fewest, self.most, "length")
        if self.different:
            made = different_items(self.maker, context, lengths, self.hidden, self.most, self.different)
            return Lists(lengths, made)
        lists = Lists(lengths, made_items(self.maker, context, lengths, self.hidden))
        return lists if self.plain is None else without_repeats(lists, self.plain(lists.values))
