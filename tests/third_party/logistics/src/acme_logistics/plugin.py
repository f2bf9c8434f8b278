"""The hooks of the pack."""

from __future__ import annotations

import json
import os
from importlib.metadata import version
from typing import TYPE_CHECKING

from datamimic.plugin import DatasetSource, Pack, RunReport, hookimpl

if TYPE_CHECKING:
    import click


@hookimpl
def datamimic_pack() -> Pack:
    return Pack("logistics", version("acme-logistics"), "Carriers, shipments and their tracking events")


@hookimpl
def datamimic_entities() -> list[str]:
    return [
        "acme_logistics.entities.carrier:Carrier",
        "acme_logistics.entities.shipment:Shipment",
        "acme_logistics.entities.tracking_event:TrackingEvent",
    ]


@hookimpl
def datamimic_generators() -> list[str]:
    return ["acme_logistics.sscc:SsccGenerator"]


@hookimpl
def datamimic_formats() -> list[str]:
    return ["fixed = acme_logistics.fixed:FixedWidth"]


@hookimpl
def datamimic_targets() -> list[str]:
    return ["bundle = acme_logistics.bundle:BundleTarget"]


@hookimpl
def datamimic_datasets() -> list[DatasetSource]:
    """The tables of this pack, and a country that the pack `common` does not have."""
    return [
        DatasetSource("logistics", "acme_logistics"),
        DatasetSource("common", "acme_logistics", folder="common_data"),
    ]


@hookimpl
def datamimic_commands(group: click.Group) -> None:
    import click

    @group.command("sscc")
    @click.option("--count", default=1, show_default=True)
    @click.option("--seed", default="demo", show_default=True)
    def sscc(count: int, seed: str) -> None:
        """Print serial shipping container codes."""
        from acme_logistics.sscc import SsccGenerator

        for code in SsccGenerator(seed=seed).generate_batch(count):
            click.echo(code)


@hookimpl
def datamimic_run_finished(report: RunReport) -> None:
    """A line for each run in the file that the environment variable ACME_RUNS names."""
    if "ACME_RUNS" in os.environ:
        line = {
            "rows": report.rows,
            "entities": dict(report.entities),
            "output": report.output,
            "manifest": report.manifest,
            "seed": report.origin.seed,
        }
        with open(os.environ["ACME_RUNS"], "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
