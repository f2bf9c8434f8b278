"""Where tables lie: in a folder `domain_data` of one's own, else in the packs."""

from __future__ import annotations

import atexit
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from importlib_resources import as_file
from importlib_resources.abc import Traversable

from datamimic import installed_packs
from datamimic.errors import DatamimicError

FOLDER = "domain_data"
_OF_COUNTRY = re.compile(r"(?P<name>.+)_(?P<country>[A-Z]{2})(?P<ending>\.[\w.-]+)")
_unpacked = ExitStack()
atexit.register(_unpacked.close)


def is_strict_dataset_mode() -> bool:
    """Is a table of the country that was asked for the only one that will do? `DATAMIMIC_STRICT_DATASET=1` says so."""
    return os.environ.get("DATAMIMIC_STRICT_DATASET", "").strip().lower() not in ("", "0", "false")


def domain_data_root(start: Path | None = None) -> Path:
    """The folder of tables of one's own: that of `DATAMIMIC_DOMAIN_DATA`, else the nearest `domain_data` above `start`, else
    the one that could lie beside it."""
    if given := os.environ.get("DATAMIMIC_DOMAIN_DATA"):
        return Path(given).expanduser().resolve()
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / FOLDER).is_dir():
            return folder / FOLDER
    return (here.parent if here.suffix else here) / FOLDER


def dataset_path(*relative: str | os.PathLike[str], start: Path | None = None) -> Path:
    """The file of a table, such as `dataset_path("ecommerce", "product_categories_DE.csv", start=Path(__file__))`.

    A file under `domain_data_root(start)`, else the table of that name of the pack that the first part names. Where the country
    has none, that of the United States stands in, with a warning, unless the mode is strict. A path without a file, which
    whoever opens it is told, where there is none at all.
    """
    parts = [os.fspath(each) for each in relative]
    found = _table(parts, start)
    if found is None and not is_strict_dataset_mode() and (of_country := _OF_COUNTRY.fullmatch(parts[-1])):
        if of_country["country"] != "US":
            found = _table([*parts[:-1], f"{of_country['name']}_US{of_country['ending']}"], start)
        if found is not None:
            warnings.warn(f"{parts[-1]} is missing: {found.name} stands in", UserWarning, stacklevel=2)
    return found or domain_data_root(start).joinpath(*parts)


def tables_beside(folder: tuple[str, ...], start: Path | None = None) -> Iterator[str]:
    """The names of the files of a folder of tables: of one's own, else of the pack that its first part names."""
    own = domain_data_root(start).joinpath(*folder)
    if own.is_dir():
        yield from sorted(each.name for each in own.iterdir() if each.is_file())
    elif folder:
        yield from _tables_of_pack(folder[0])


def _table(parts: list[str], start: Path | None) -> Path | None:
    own = domain_data_root(start).joinpath(*parts)
    if own.is_file():
        return own
    file = _tables_of_pack(parts[0]).get(parts[-1]) if len(parts) > 1 else None
    if file is None or isinstance(file, Path):
        return file
    return _unpacked.enter_context(as_file(file))


@cache
def _tables_of_pack(pack: str) -> dict[str, Traversable]:
    """File name -> file; none of a pack that is not usable."""
    try:
        sources = installed_packs().dataset_sources(pack)
    except DatamimicError:
        return {}
    return {file.name: file for source in sources for file in source.tables()}
