"""What somebody asks to be filled, and what is reported of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from datamimic_models.model import Mistakes


@frozen(kw_only=True)
class Wanted:
    """What somebody asks for. `tables` are rows by name, `only` the schemas, `exclude` tables that are left as they are."""

    rows: int = 1_000
    tables: Mapping[str, int] = {}
    schemas: Sequence[str] = ()
    exclude: Sequence[str] = ()
    seed: str = "fill"
    locale: str = "en_US"
    dry_run: bool = False


@frozen
class Loaded:
    """One table of a report. `checks` are those that were tested row by row, `sample` are rows as texts. `circle` are the
    tables that it is loaded with, itself among them, where they refer to each other."""

    table: str
    rows: int
    held: int
    circle: tuple[str, ...]
    tested: tuple[str, ...]
    columns: tuple[str, ...]
    sample: tuple[tuple[str | None, ...], ...]


@frozen
class Report:
    """What was done, or would be: tables in the order in which they are loaded."""

    tables: tuple[Loaded, ...]
    mistakes: Mistakes

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.tables)
