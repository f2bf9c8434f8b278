"""Members of groups in which somebody has a trait: numbered among themselves, both ways by arithmetic."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from datamimic.base.arrays import Ints
from datamimic.draws.ring import BLOCK, Holders
from datamimic.engine.engine import Engine, engine_of
from datamimic.engine.members import Circle, Trait, apart
from datamimic.errors import DataError, DefinitionError
from datamimic.model.context import Context
from datamimic.model.generator import Generator
from datamimic.model.spec import Spec


class KinRank(Generator[int]):
    """See `kin_rank`."""

    python_type = int

    def __init__(self, trait: str, values: Sequence[str]) -> None:
        self.trait = trait
        self.values = (*values,)

    def holders(self, world: Engine, spec: Spec, name: str) -> Holders:
        return world.memo(("kin", spec.cls, name), lambda: self._build(world, spec, name))

    def _build(self, world: Engine, spec: Spec, name: str) -> Holders:
        generator = spec.fields[self.trait].generator if self.trait in spec.fields else None
        if not isinstance(generator, Trait):
            raise DefinitionError(
                "bad_field", f"{spec.cls.__name__}.{name}: {spec.cls.__name__}.{self.trait} is not made by trait(...)"
            )
        codes, vocabulary = generator.codes(world, spec, self.trait)
        wanted = [code for code, value in enumerate(vocabulary.values) if value in self.values]
        membership = Circle.of(world, spec).membership
        groups = np.zeros(BLOCK, dtype=np.bool_)
        groups[membership.groups[np.isin(codes, wanted)]] = True
        if not groups.any():
            raise DataError("bad_table", f"{world.path(spec)}.{name}: nobody is {' or '.join(self.values)}")
        return Holders(membership, groups[membership.groups])

    def column(self, context: Context) -> Ints:
        if apart(context):
            return np.full(len(context.rows), -1, dtype=np.int64)
        return self.holders(engine_of(context), context.batch.spec, context.name).rows_of(context.rows)


def kin_rank(trait: str, values: Sequence[str]) -> Generator[int]:
    """On an entity of members: how many before this one are, as it is, of a group in which somebody has one of the `values` of
    the `trait(...)`; -1 for members of all other groups, and for a population of its own.

    `kin_rank("profession", ["physician"])` numbers the people in households of physicians: they are few, and what is dealt out
    by this number is dealt to them without looking at everybody else.
    """
    return KinRank(trait, values)
