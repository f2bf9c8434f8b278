"""Where the rows of a table lie that exist already: a file, a table of a database in a file, or one that a server has."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from attrs import frozen

from datamimic import DatamimicError
from datamimic.related import path_of, scheme_of
from datamimic_models.model.tables import Table

_IN_FILES = ("sqlite", "duckdb")


@frozen
class SourcePlace:
    """`location` is what `datamimic.source` takes, `file` the file that it is or is in; None for a server."""

    location: str
    file: Path | None
    in_database: bool


def source_place(table: Table, folder: str | None) -> SourcePlace:
    """The rows of a table, whose model lies in a folder."""
    said, scheme = str(table.source), scheme_of(str(table.source))
    if scheme is not None and scheme not in _IN_FILES:
        return SourcePlace(said, None, True)
    base = Path(folder or ".").resolve()
    place, mark, name = said.rpartition("#") if "#" in said else (said, "", "")
    if scheme is None and (not mark or (base / said).is_file()):
        file = (base / said).resolve()
        return SourcePlace(str(file), file, False)
    file = (base / (path_of(place) if scheme else place)).resolve()
    return SourcePlace(f"{f'{scheme}:///{quote(str(file))}' if scheme else file}#{name}", file, True)


def not_trusted(table: Table) -> DatamimicError:
    """For rows of a server: the network and the passwords are those of whoever runs the model."""
    return DatamimicError(
        "models.not_trusted",
        f"the rows of {table.name} are a table of a server",
        hint="run it with --trust if you trust its author",
        file=table.place.file,
        line=table.place.line,
    )
