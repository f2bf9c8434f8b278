"""Where the rows of an entity lie that exist already, as an author writes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from datamimic.base.frozen import FrozenMapping
from datamimic.base.given_rows import frozen_settings
from datamimic.base.urls import scheme_of, without_credentials
from datamimic.errors import excerpt


@frozen
class Source:
    """What `source` gives: a `location`, a `format` and its `settings`."""

    location: str | None = field(default=None, repr=lambda place: excerpt(place) if place else "None")
    format: str | None = None
    settings: FrozenMapping[str, Any] = field(default=(), converter=frozen_settings)

    def beside(self, file: str) -> Source:
        """With a location that is relative to the folder of the module that says so, where there is such a file."""
        if self.location is None or not Path(file).is_file() or scheme_of(self.location) is not None:
            return self
        place = Path(file).parent / self.location
        database = Path(file).parent / self.location.partition("#")[0]
        return evolve(self, location=str(place)) if place.is_file() or database.is_file() else self

    @property
    def told(self) -> str | None:
        """The location without what opens it."""
        if self.location is None or scheme_of(self.location) is None:
            return self.location
        place, mark, table = self.location.rpartition("#")
        return f"{without_credentials(place)}#{table}" if mark else without_credentials(self.location)


def source(location: str | Path | None = None, format: str | None = None, **settings: Any) -> Source:
    """`@entity("customer", rows=source("customers.csv"))`: the entity's rows exist, in a file of a format that can be read; its
    fields made by `given(...)` are columns of it.

    The `location` is a file beside the module that says so, or where the program runs; or a table of a database:
    `source("postgresql://host/shop#customer")`, `#schema.customer`, `source("shop.duckdb#customer")`. Without it whoever makes
    a world gives the rows: `World(seed, given={"shop.customer": "customers.csv"})`; who gives others replaces them. `format`
    names the format of a file where the ending does not tell, `settings` are its own: `source("customers.txt", "csv",
    delimiter=";")`.
    """
    return Source(None if location is None else str(location), format, settings)
