"""`dm new-pack`."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import click

from datamimic.cli.scaffold import camel, checked_name, relative_to_cwd, render, run_script
from datamimic.errors import OutputError, PackError, excerpt
from datamimic.plugins.registry import installed_packs


@click.command("new-pack", short_help="Make the repository of a new pack.")
@click.argument("name")
@click.option(
    "--directory",
    type=click.Path(path_type=Path),
    help="Folder to make; without it, the name of the distribution in the current folder.",
)
def new_pack(name: str, directory: Path | None) -> None:
    """Make the repository of a new pack: it installs, passes its tests and generates rows at once.

    NAME is the `pack` in `pack.entity`, such as fleet.
    """
    checked_name(name, "pack")
    if name in {record.name for record in installed_packs().packs()}:
        raise PackError("pack_collision", f"a pack {excerpt(name)} is installed already", hint="choose another name")
    values = _values(name)
    folder = directory or Path(values["distribution"])
    _refuse_filled(folder)
    try:
        files = render("pack", folder, values)
    except OSError as error:
        raise OutputError("output_unwritable", f"{folder}: {error.strerror or error}", file=str(folder)) from None
    for script in sorted((folder / "data-build").glob("*.py")):
        run_script(script)
    for path in (*files, *sorted((folder / "src" / values["package"] / "data").iterdir())):
        click.echo(relative_to_cwd(path.absolute()))
    click.echo(
        f'\nNext:  cd {folder} && pip install -e ".[test]" && pytest && dm generate {name}.item --count 5 --seed demo',
        err=True,
    )


def _refuse_filled(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(
            "output_unwritable",
            f"{folder} exists and is not empty",
            hint="name another with --directory",
            file=str(folder),
        )


def _values(name: str) -> dict[str, str]:
    """What stands in the templates for the pack's name, in its forms."""
    return {
        "pack": name,
        "package": f"datamimic_pack_{name}",
        "distribution": f"datamimic-pack-{name.replace('_', '-')}",
        "title": name.replace("_", " ").capitalize(),
        "camel": camel(name),
        "core_version": ".".join(version("datamimic-core").split(".")[:2]),
        "year": str(datetime.now(UTC).year),
    }
