"""Text values in exact shares, so that the rows of a value are known without looking."""

from __future__ import annotations

import numpy as np

from datamimic.columns import Column, Text
from datamimic.draws.strata import Strata
from datamimic.engine.engine import Engine, engine_of
from datamimic.errors import InvalidOption
from datamimic.model.context import Context
from datamimic.model.generator import Generator
from datamimic.model.spec import Spec


class Apportioned(Generator[str]):
    """Text values of a table's column, each with its exact share of every block of rows.

    Only such a field can be the `same` of a reference: the rows of a value are known without looking.
    """

    python_type = str

    def __init__(self, table: str, column: str, *, minimum: int = 0, substitute: bool = False) -> None:
        self.table = table
        self.value_column = column
        self.minimum = minimum
        self.substitute = substitute
        self.tables = (self.table,)

    def strata(self, world: Engine, spec: Spec, name: str) -> tuple[Strata, dict[str, int], Text]:
        """The strata, the number of each value, and the values as a Text."""
        return world.memo(("strata", spec.cls, name), lambda: self._build(world, spec, name))

    def _build(self, world: Engine, spec: Spec, name: str) -> tuple[Strata, dict[str, int], Text]:
        table = world.data(spec.fields[name].owner)[self.table]
        text = table[self.value_column]
        codes, vocabulary = text.coding()
        values = vocabulary.values
        weights = [0.0] * len(values)
        for code, weight in zip(codes.tolist(), table.weights, strict=True):
            weights[code] += weight
        address = world.address(world.stream(spec), name).labelled("strata")
        size, least, minimum = world.size(spec), self.minimum * len(values), self.minimum
        if size < least:
            if not self.substitute:
                raise _too_few(world, spec, name, size, least, self.minimum)
            minimum = 0
        strata = Strata.build(tuple(weights), size, minimum, address)
        return (
            strata,
            {value: code for code, value in enumerate(values)},
            Text.coded(np.arange(len(values)), vocabulary),
        )

    def column(self, context: Context) -> Column:
        strata, _, values = self.strata(engine_of(context), context.batch.spec, context.name)
        return values.take(strata.of(context.rows))


def apportioned(table: str, column: str, *, minimum: int = 0, substitute: bool = False) -> Apportioned:
    """`field(apportioned("common.places", "state_code", minimum=1))`: exact shares of the `column` by the table's weights.

    With `minimum=1` every value of the table has at least one row among those that references point to, and a world with
    fewer rows is refused; with `substitute` besides, such a world has the most frequent values, and references to the
    `same` value that has no row get the most frequent one instead.
    """
    return Apportioned(table, column, minimum=minimum, substitute=substitute)


def _too_few(world: Engine, spec: Spec, name: str, size: int, least: int, minimum: int) -> InvalidOption:
    path = world.path(spec)
    each = "one row" if minimum == 1 else f"{minimum} rows"
    return InvalidOption(
        "too_few_rows",
        f"{path}={size} is too few for {world.locale.country}: {least} are the least, {each} for every {name}",
        hint=f"ask for {path}={least} or more, or leave {path} out: then only the rows that are referred to are written",
        path=f"$.sizes.{path}",
        details={"entity": path, "rows": size, "least": least},
    )
