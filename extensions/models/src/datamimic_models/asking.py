"""How many rows of which entity a whole model asks for, as a set of related tables is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from datamimic import World
from datamimic_models.compiling.keys import KeyPlan
from datamimic_models.compiling.planning import TablePlan
from datamimic_models.loading import Model


def asked_of_set(made: Model, world: World) -> Mapping[str, int | Literal["all"]]:
    """What a set is asked for: tables that others count have all the rows that these give them, in numbers where the reference
    to the parent is not shown or the parent's rows exist. For `datamimic.related.prepare`."""
    tables = made.plan.tables
    counting = {
        name
        for name, table in tables.items()
        if any(
            each.counting
            and not each.hidden
            and not _is_hidden(table, each)
            and tables[each.key.parent_table].table.source is None
            for each in table.keys
        )
    }
    counts: dict[str, int | Literal["all"]] = {}
    for name, count in made.counts(world).items():
        if tables[name].table.source is not None:
            continue  # Its rows exist: those come along that others refer to.
        counts[made.plan.path(name)] = "all" if name in counting else count
    return counts


def _is_hidden(table: TablePlan, key: KeyPlan) -> bool:
    return any(table.table.column(name).hidden for name in key.key.columns)
