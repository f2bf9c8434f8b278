"""The tables together, and what holds for all of them."""

from __future__ import annotations

from attrs import field, frozen

from datamimic_models.model.places import NOWHERE, Place
from datamimic_models.model.tables import Table


@frozen(kw_only=True)
class Model:
    """Tables of one's own. `name` is the name of the pack that is made of them, so that `name.table` is an entity.

    `rows` is how many a table has that says nothing of its own. `seed`, `clock` and `output_format` are those of a run that
    asks for no others. `folder` is where relative paths in it begin; it is no part of what the model says.
    """

    name: str
    tables: tuple[Table, ...]
    locale: str = "en_US"
    rows: int = 100
    seed: str | None = None
    clock: str | None = None
    output_format: str = "csv"
    folder: str | None = field(default=None, eq=False)
    place: Place = field(default=NOWHERE, eq=False, repr=False)

    def table(self, name: str) -> Table:
        """Raises `KeyError`."""
        for each in self.tables:
            if each.name == name:
                return each
        raise KeyError(name)
