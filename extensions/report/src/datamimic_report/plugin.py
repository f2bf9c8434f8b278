"""The hooks of the extension; imports neither Jinja nor the engine."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from datamimic.plugin import Pack, hookimpl

if TYPE_CHECKING:
    import click


@hookimpl
def datamimic_pack() -> Pack:
    return Pack("report", version("datamimic-report"), "Conformance reports: what was made beside what is published")


@hookimpl
def datamimic_commands(group: click.Group) -> None:
    from datamimic_report.audit_command import audit
    from datamimic_report.command import report

    group.add_command(report)
    group.add_command(audit)
