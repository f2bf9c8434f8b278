"""What makes the references of a table, and the columns that are unique together with them."""

from __future__ import annotations

from typing import Any

from datamimic import Generator, combinations, link, parent, ref
from datamimic_models import expressions
from datamimic_models.compiling.alike import AmongAlike, Covering, Wanted
from datamimic_models.compiling.apart import Apart, PairsApart, kept_apart
from datamimic_models.compiling.keys import KeyPlan
from datamimic_models.compiling.pairs import PairsAlike
from datamimic_models.compiling.planning import Plan, TablePlan
from datamimic_models.compiling.references import Earlier, Nullable, OneEach, PositionAmongSiblings
from datamimic_models.compiling.surroundings import Surroundings
from datamimic_models.model import ForeignKey
from datamimic_models.rules.computed import counted_by
from datamimic_models.rules.numbering import Serial


class ReferenceMaker:
    """Of one table; `shared` is what makes columns that are unique together, by column."""

    def __init__(self, plan: Plan, table: TablePlan, around: Surroundings) -> None:
        self.plan = plan
        self.table = table
        self.around = around
        self.shared = self._shared()

    def of(self, key: KeyPlan) -> Generator[Any]:
        """What makes the reference to the parent."""
        target = self.plan.path(key.key.parent_table)
        if key.reference in self.shared:
            return self.shared[key.reference]
        if len(key.key.columns) == 1 and key.shows and key.key.columns[0] in self.shared:
            return self.shared[key.key.columns[0]]
        if key.counting:
            return parent(target, counts=key.counts or self._counted(key))
        share = key.key.null_share if key.nullable else 0.0
        if key.alike or key.needs:
            return self._among_alike(key, target, share)
        if key.covers:
            return Covering(target)
        if key.to_itself:
            return Earlier(target, share=share, may_be_null=key.nullable, once=key.once)
        if key.once:
            inner: Generator[Any] = OneEach(target, nullable=key.nullable)
        elif key.key.pick == "weighted" and key.key.weight is not None:
            inner = ref(target, weight=self.plan.tables[key.key.parent_table].fields[key.key.weight])
        else:
            inner = ref(target)
        apart = self._apart_from(key)
        inner = inner if apart is None else Apart(inner, apart)
        return Nullable(inner, share) if share else inner

    def _apart_from(self, key: KeyPlan) -> str | None:
        """The reference that is made before this one, and that a check keeps it apart from."""
        before = self.table.keys[: self.table.keys.index(key)]
        for pair in kept_apart(self.table.table):
            if any(each is key.key for each in pair):
                for other in before:
                    if other.key is not key.key and any(each is other.key for each in pair):
                        return other.reference
        return None

    def _among_alike(self, key: KeyPlan, target: str, share: float) -> Generator[Any]:
        theirs = self.plan.tables[key.key.parent_table].fields
        wanted = tuple(
            Wanted(
                tuple(theirs[name] for name in need.columns),
                self.plan.path(need.table),
                tuple(self.plan.tables[need.table].fields[name] for name in need.theirs),
            )
            for need in key.needs
        )
        return AmongAlike(
            target,
            {self.table.fields[own]: theirs[parent] for own, parent in key.alike},
            wanted,
            label=f"({', '.join(key.key.columns)})",
            own=self.plan.path(self.table.table.name),
            once=key.once,
            nullable=key.nullable,
            share=share,
        )

    def _counted(self, key: KeyPlan) -> Any:
        parent_table = self.plan.tables[key.key.parent_table].table
        around = Surroundings(self.plan.model, parent_table, self.around.packs, self.plan.fields)
        return counted_by(expressions.parse(key.expression, self.table.table.place), around)

    def _shared(self) -> dict[str, Generator[Any]]:
        found: dict[str, Generator[Any]] = {}
        fields, keys = self.table.fields, self.table.keys
        for each in self.table.together:
            if each.sides:
                named = {fields[name]: side for name, side in each.sides.items()}
                sides = {name: self.plan.path(side) if isinstance(side, str) else side for name, side in named.items()}
                combined = combinations(**sides)
                found |= {name: combined[fields[name]] for name in each.sides}
            elif each.pairs is not None:
                one, other = (next(key for key in keys if key.key.columns == (name,)) for name in each.pairs)
                joined: Any = link(
                    self.plan.path(one.key.parent_table),
                    self.plan.path(other.key.parent_table),
                    counts=one.counts or self._counted(one),
                )
                found |= {each.pairs[0]: joined.one, each.pairs[1]: joined.other}
            elif each.apart is not None:
                first, second = each.apart
                label = f"({', '.join((*first.columns, *second.columns))}) of {self.table.table.name}"
                two = PairsApart(self.plan.path(first.parent_table), self.plan.path(self.table.table.name), label)
                found |= {first.columns[0]: two.one, second.columns[0]: two.other}
            elif each.alike is not None:
                found |= self._paired(*each.alike)
            elif each.position is not None:
                parent_key = next(key for key in keys if key.counting)
                rule = self.table.table.column(each.position).rule
                start, step = (rule.start, rule.step) if isinstance(rule, Serial) else (1, 1)
                found[each.position] = PositionAmongSiblings(parent_key.reference, start, step)
        return found

    def _paired(self, first: ForeignKey, second: ForeignKey) -> dict[str, Generator[Any]]:
        """What makes two references whose pairs come once."""
        one, other = (next(each for each in self.table.keys if each.key is key) for key in (first, second))
        parents = [self.plan.tables[each.key.parent_table] for each in (one, other)]
        common = {
            parents[0].fields[one.parent_column(name)]: parents[1].fields[other.parent_column(name)]
            for name in one.key.columns
            if name in other.key.columns
        }
        paths = [self.plan.path(each.table.name) for each in parents]
        label = f"({', '.join(dict.fromkeys((*first.columns, *second.columns)))}) of {self.table.table.name}"
        pairs = PairsAlike(paths[0], paths[1], common, self.plan.path(self.table.table.name), label)
        return {one.reference: pairs.one, other.reference: pairs.other}
