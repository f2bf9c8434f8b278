"""The hooks of the pack."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from datamimic.plugin import DatasetSource, Meaning, Pack, hookimpl, read_meanings

if TYPE_CHECKING:
    import click


@hookimpl
def datamimic_pack() -> Pack:
    return Pack("energy", version("acme-energy"), "Meters, contracts, readings, outages and invoices of a utility")


@hookimpl
def datamimic_entities() -> list[str]:
    return [
        "acme_energy.entities.substation:Substation",
        "acme_energy.entities.places:GridArea",
        "acme_energy.entities.places:Depot",
        "acme_energy.entities.meter:Meter",
        "acme_energy.entities.reading:MeteredDay",
        "acme_energy.entities.reading:Reading",
        "acme_energy.entities.customer:Customer",
        "acme_energy.entities.customer:OutageNotice",
        "acme_energy.entities.tariff:Tariff",
        "acme_energy.entities.contract:Contract",
        "acme_energy.entities.invoice:Invoice",
        "acme_energy.entities.invoice:InvoiceLine",
        "acme_energy.entities.outage:Outage",
        "acme_energy.entities.visit:Visit",
    ]


@hookimpl
def datamimic_generators() -> list[str]:
    return ["acme_energy.meter_code:MeterCodeGenerator"]


@hookimpl
def datamimic_formats() -> list[str]:
    return ["pairs = acme_energy.pairs:Pairs"]


@hookimpl
def datamimic_messages() -> list[str]:
    return ["acme.invoic = acme_energy.messages:InvoiceMessage", "acme.reminder = acme_energy.messages:Reminder"]


@hookimpl
def datamimic_datasets() -> list[DatasetSource]:
    return [DatasetSource("energy", "acme_energy")]


@hookimpl
def datamimic_meanings() -> tuple[Meaning, ...]:
    return read_meanings("acme_energy")


@hookimpl
def datamimic_commands(group: click.Group) -> None:
    import click

    @group.command("quarters")
    @click.argument("day")
    @click.option("--zone", default="Europe/Berlin", show_default=True)
    def quarters(day: str, zone: str) -> None:
        """Print how many quarter hours a local DAY has."""
        import numpy as np

        from acme_energy.calendar import quarter_hours

        click.echo(quarter_hours(np.array([day], dtype="datetime64[D]"), zone)[0])
