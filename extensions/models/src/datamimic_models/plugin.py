"""The hooks of the extension; imports no reader and not the engine."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from datamimic.plugin import Pack, hookimpl

if TYPE_CHECKING:
    import click


@hookimpl
def datamimic_models() -> list[str]:
    return ["tables = datamimic_models.model_reader:TablesReader"]


@hookimpl
def datamimic_pack() -> Pack:
    return Pack(
        "models", version("datamimic-models"), "Your own tables: YAML, JSON, XML, SQL schemas and Python classes"
    )


@hookimpl
def datamimic_commands(group: click.Group) -> None:
    from datamimic_models.commands.fill import fill
    from datamimic_models.commands.model import model
    from datamimic_models.commands.run import run

    group.add_command(fill)
    group.add_command(run)
    group.add_command(model)
