"""The hooks of the extension; imports neither the database nor the engine."""

from __future__ import annotations

from importlib.metadata import version

from datamimic.plugin import Pack, hookimpl


@hookimpl
def datamimic_pack() -> Pack:
    return Pack("platform", version("datamimic-platform"), "Jobs, schedules, REST, people and rights")
