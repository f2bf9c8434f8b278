"""Where the rows of a table lie that exist already: a file, a table of a database in a file, or one that a server has."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from attrs import evolve, frozen

from datamimic import DatamimicError
from datamimic.errors import excerpt
from datamimic.related import holds_password, path_of, scheme_of
from datamimic_models.model.model import Model
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


def refuse_outside(table: Table, place: SourcePlace, folder: str | None) -> None:
    """Raises `DatamimicError` (`models.outside_folder`) for a file elsewhere, of which nothing was read then: whoever is sent a
    model has not agreed to what else lies on their machine."""
    if place.file is None or place.file.is_relative_to(Path(folder or ".").resolve()):
        return
    raise DatamimicError(
        "models.outside_folder",
        f"the rows of {table.name} lie at {excerpt(table.source)}, outside the folder of the model",
        hint="put them beside the model, or say --trust",
        file=table.place.file,
        line=table.place.line,
    )


def not_trusted(table: Table) -> DatamimicError:
    """For rows of a server: the network and the passwords are those of whoever runs the model."""
    return DatamimicError(
        "models.not_trusted",
        f"the rows of {table.name} are a table of a server",
        hint="run it with --trust if you trust its author",
        file=table.place.file,
        line=table.place.line,
    )


def said_from(folder: Path, said: str) -> str:
    """Rows that lie somewhere from here, as a model in that folder says it. Raises `DatamimicError` for a password in it."""
    if scheme_of(said) is not None:
        if holds_password(said.rpartition("#")[0] or said):
            hint = "leave it out: PGPASSWORD and ~/.pgpass, MYSQL_PWD say it"
            raise DatamimicError("models.password", "a source holds a password", hint=hint)
        return said
    place, mark, name = said.rpartition("#") if not Path(said).is_file() and "#" in said else (said, "", "")
    file = Path(place).resolve()
    return (file.relative_to(folder).as_posix() if file.is_relative_to(folder) else str(file)) + mark + name


def moved(model: Model, folder: Path) -> Model:
    """The model as a file in that folder says it: its rows lie where they did."""
    before, to = Path(model.folder or ".").resolve(), folder.resolve()
    if before == to:
        return model

    def source(said: str) -> str:
        if scheme_of(said) is not None or Path(said).is_absolute():
            return said
        return Path(os.path.relpath(before / said, to)).as_posix()

    tables = tuple(evolve(each, source=source(each.source)) if each.source else each for each in model.tables)
    return evolve(model, tables=tables, folder=str(to))
