"""`dm version`."""

from __future__ import annotations

import platform
from importlib.metadata import version as version_of

import click

from datamimic.cli.listing import json_option, print_json, print_lines
from datamimic.plugin import API_LEVEL
from datamimic.plugins.registry import installed_packs


@click.command(short_help="Print the versions of engine and packs.")
@json_option
def version(as_json: bool) -> None:
    """Print the versions that matter in a report of a problem."""
    packs = {record.name: record for record in installed_packs().packs()}
    core = version_of("datamimic-core")
    system = {"python": platform.python_version(), "numpy": version_of("numpy"), "pyarrow": version_of("pyarrow")}
    if as_json:
        versions = {name: {"version": pack.version, "data_version": pack.data_version} for name, pack in packs.items()}
        print_json({"datamimic-core": core, "api_level": API_LEVEL, **system, "packs": versions})
        return
    click.echo(f"datamimic-core {core}, api level {API_LEVEL}")
    print_lines([", ".join(f"{name} {text}" for name, text in system.items()) + f", {platform.platform()}"])
    for name, pack in packs.items():
        data = f", data {pack.data_version}" if pack.data_version else ""
        click.echo(f"pack {name} {pack.version or '?'}{data}" + ("" if pack.status == "ok" else f" ({pack.status})"))
