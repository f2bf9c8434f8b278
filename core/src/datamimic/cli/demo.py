"""`dm demo`: small projects that the packs bring, to copy and run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from datamimic.cli.command_group import NamingGroup
from datamimic.cli.listing import print_table
from datamimic.cli.names import Name
from datamimic.errors import OutputError, UnknownName
from datamimic.plugins.registry import Registry, installed_packs

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable


DEMO = Name("demo", lambda context: _demos(installed_packs()))


@click.group(cls=NamingGroup)
def demo() -> None:
    """Small projects that the packs bring, to copy and run."""


@demo.command("list")
def list_demos() -> None:
    """List the demos of the installed packs."""
    rows = [{"name": name, "summary": _summary(folder)} for name, folder in _demos(installed_packs()).items()]
    print_table(rows, {"name": "DEMO", "summary": "WHAT IT SHOWS"})


@demo.command()
@click.argument("name", type=DEMO)
@click.option(
    "--directory", type=click.Path(path_type=Path), default=Path("."), help="Where to put it; here if not given."
)
def create(name: str, directory: Path) -> None:
    """Copy the demo NAME into a new folder of that name."""
    demos = _demos(installed_packs())
    if name not in demos:
        raise UnknownName("demo", name, demos)
    target = directory / name
    if target.exists():
        raise OutputError("output_unwritable", f"{target} exists", hint="remove it, or choose another --directory")
    try:
        _copy(demos[name], target)
    except OSError as error:
        raise OutputError("output_unwritable", f"{target}: {error.strerror or error}") from None
    click.echo(f"{target} is ready; read {target / 'README.md'}")


def _demos(packs: Registry) -> dict[str, Traversable]:
    import importlib_resources

    found = {}
    for record in packs.packs():
        if record.status != "ok":
            continue
        folder = importlib_resources.files(packs.pack(record.name).package).joinpath("demos")
        if folder.is_dir():
            found.update(
                {entry.name: entry for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith("_")}
            )
    return dict(sorted(found.items()))


def _summary(folder: Traversable) -> str:
    """The first line of text below the heading of the demo's README."""
    lines = folder.joinpath("README.md").read_text(encoding="utf-8").splitlines()
    return next((line for line in lines if line.strip() and not line.startswith("#")), "")


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir(parents=True)
    for entry in source.iterdir():
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            _copy(entry, target / entry.name)
        else:
            (target / entry.name).write_bytes(entry.read_bytes())
