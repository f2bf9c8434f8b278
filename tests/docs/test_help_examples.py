"""Every example that a command's own help shows runs, at the size that it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from datamimic.cli import main

WRITERS = ("generate", "world")
"""Their examples write what those of others read."""


def examples(command: click.Command) -> Iterator[str]:
    """The lines of its help that call `dm`, those of its own commands included."""
    for line in re.sub(r"\\\n\s*", "", command.help or "").splitlines():
        found = re.fullmatch(r"\s*(?:\$ )?(dm .*)", line)
        if found:
            yield found[1]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            own = command.get_command(context, name)
            if own is not None:
                yield from examples(own)


@pytest.mark.thorough
def test_every_example_of_a_help_text_runs(
    shell: Callable[[str], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = list(dict.fromkeys(examples(main)))
    assert len(found) >= 11
    found.sort(key=lambda line: line.split()[1] not in WRITERS)
    for line in found:
        result = shell(line)
        if result is not None:
            assert result.returncode == 0 and "Traceback" not in result.stderr, f"{line}\n{result.stderr}"
