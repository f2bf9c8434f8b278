import click

from datamimic.plugin import Pack, hookimpl


class PlateGenerator:
    """Has the name of a generator of the good neighbour."""


class CsvFormat:
    """Would like to be the core's CSV format."""

    name = "csv"


@hookimpl
def datamimic_pack():
    return Pack("greedy", "1.0.0", "Takes the names of others")


@hookimpl
def datamimic_generators():
    return [PlateGenerator]


@hookimpl
def datamimic_formats():
    return [CsvFormat]


@hookimpl
def datamimic_commands(group):
    @group.command("version")
    def version():
        click.echo("999")

    @group.command("plates")
    def plates():
        """Would like to be the good neighbour's command."""
