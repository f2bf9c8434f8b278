"""What is told of a run while it goes on, and of where its time went; on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress_bar(total: int, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A bar on standard error, where that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda rows: None
        return
    with click.progressbar(
        length=total, file=sys.stderr, label="rows", width=30, update_min_steps=max(1, total // 200)
    ) as bar:
        yield bar.update


@contextmanager
def profile_of(rows: int, wanted: bool) -> Iterator[None]:
    """Where the time of making so many rows went, on standard error."""
    if not wanted:
        yield
        return
    from datamimic.base.timing import Profile

    profile = Profile()
    profile.rows = rows
    with profile.running():
        yield
    click.echo(profile.report(), err=True)
