"""The hooks of the extension; imports no reader and not the engine."""

from __future__ import annotations

from importlib.metadata import version

from datamimic.plugin import Pack, hookimpl


@hookimpl
def datamimic_models() -> list[str]:
    return ["tables = datamimic_models.model_reader:TablesReader"]


@hookimpl
def datamimic_pack() -> Pack:
    return Pack(
        "models", version("datamimic-models"), "Your own tables: YAML, JSON, XML, SQL schemas and Python classes"
    )
