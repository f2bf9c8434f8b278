import click
from click.testing import CliRunner
from datamimic import Pack, hookimpl
from datamimic.cli import AskedWorld, world_options


class Fleet:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("fleet", "1.0.0", "Vans")

    @hookimpl
    def datamimic_commands(self, group: click.Group) -> None:
        @group.command("first-city")
        @world_options()
        def first_city(asked: AskedWorld) -> None:
            """Print the first city of a world."""
            click.echo(asked.world()["common.city"][0].name)


dm = click.Group("dm")
Fleet().datamimic_commands(dm)
assert CliRunner().invoke(dm, ["first-city", "--seed", "demo", "--locale", "de_DE"]).exit_code == 0
