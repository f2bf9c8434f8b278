"""The hooks of the extension; imports no reader and not the engine."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from datamimic.plugin import Pack, hookimpl

if TYPE_CHECKING:
    import click


@hookimpl
def datamimic_pack() -> Pack:
    return Pack("learning", version("datamimic-learning"), "Tables that exist: profiled, learned and masked")


@hookimpl
def datamimic_learners() -> list[str]:
    return [
        "synthcity = datamimic_learning.learners.synthcity:SynthcityLearner",
        "mostlyai = datamimic_learning.learners.mostlyai:MostlyLearner",
        "sdv = datamimic_learning.learners.sdv:SdvLearner",
    ]


@hookimpl
def datamimic_commands(group: click.Group) -> None:
    from datamimic_learning.commands.learn import learn
    from datamimic_learning.commands.mask import mask
    from datamimic_learning.commands.privacy import privacy
    from datamimic_learning.commands.profile import profile

    group.add_command(mask)
    group.add_command(learn)
    group.add_command(privacy)
    group.add_command(profile)
