"""The commands `dm` and `datamimic`.

Each command is a module here that is imported when the command is used, and that imports the engine only inside its
functions: `dm --help` and `dm list-packs` need neither NumPy nor Arrow. The names in `__all__` are for commands of packs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from datamimic.cli.builtin import datamimic_commands
from datamimic.cli.group import PacksGroup
from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic.cli.assignments import Whole as Whole
    from datamimic.cli.check import findings_of as findings_of
    from datamimic.cli.command_group import CommandGroup as CommandGroup
    from datamimic.cli.describe import told_of as told_of
    from datamimic.cli.listing import print_lines as print_lines
    from datamimic.cli.names import ENTITY as ENTITY
    from datamimic.cli.options import AskedModels as AskedModels
    from datamimic.cli.options import AskedWorld as AskedWorld
    from datamimic.cli.options import model_options as model_options
    from datamimic.cli.options import world_options as world_options
    from datamimic.cli.progress import profile_of as profile_of

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "AskedModels": ".options",
        "AskedWorld": ".options",
        "CommandGroup": ".command_group",
        "ENTITY": ".names",
        "Whole": ".assignments",
        "findings_of": ".check",
        "model_options": ".options",
        "print_lines": ".listing",
        "profile_of": ".progress",
        "told_of": ".describe",
        "world_options": ".options",
    },
)
"""What commands of packs are made of."""


@click.group(
    cls=PacksGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Errors exit with status 2; DATAMIMIC_TRACEBACK=1 shows where they come from.",
)
@click.version_option(package_name="datamimic-core", message="%(package)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Synthetic test data that makes sense, and proves it."""
    from datamimic.cli.lock import compare_with_lock

    compare_with_lock(context.invoked_subcommand)


datamimic_commands(main)
