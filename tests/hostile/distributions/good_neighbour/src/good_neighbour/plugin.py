import click

from datamimic.plugin import DatasetSource, Pack, hookimpl


@hookimpl
def datamimic_pack():
    return Pack("fleet", "1.0.0", "Vehicles")


@hookimpl
def datamimic_generators():
    return ["good_neighbour.generators:PlateGenerator"]


@hookimpl
def datamimic_datasets():
    return [DatasetSource("fleet", "good_neighbour")]


@hookimpl
def datamimic_commands(group):
    @group.command("plates")
    def plates():
        """Print a plate."""
        click.echo("FL-EET 1")
