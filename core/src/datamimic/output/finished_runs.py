"""A run tells the packs what it has written, once all of it is in its place: the hook `datamimic_run_finished`."""

from __future__ import annotations

import contextlib
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from time import perf_counter
from typing import Any

from datamimic.engine.engine import Engine
from datamimic.errors import DatamimicError, excerpt
from datamimic.errors.messages import without_secrets
from datamimic.output.destination import file_destination, manifest_path
from datamimic.output.manifest import SET_NAME
from datamimic.plugin import RunReport
from datamimic.plugins.foreign_code import isolated
from datamimic.plugins.registry import Registry


class HookFailed(UserWarning):
    """A hook that only listens has raised an exception. What was written stays as it is."""


class Run:
    """What is being written; whoever writes says at the end what it was. The last to say it is right."""

    def __init__(self) -> None:
        self.written: dict[str, Any] | None = None

    def wrote_file(self, path: Path, entities: Mapping[str, int]) -> None:
        """A file with a manifest beside it, or a pipe or device, which has none."""
        destination = file_destination(path)
        manifest = None if destination.through else manifest_path(destination.path)
        self._wrote(str(path.absolute()), manifest, entities)

    def wrote_folder(self, path: Path, entities: Mapping[str, int]) -> None:
        """A folder with a manifest in it."""
        self._wrote(str(path.absolute()), path / SET_NAME, entities)

    def wrote_to_server(self, url: str, folder: Path | None, entities: Mapping[str, int]) -> None:
        """Tables in a database, with a manifest in a folder where there is one."""
        self._wrote(without_secrets(url), folder and folder / SET_NAME, entities)

    def wrote_to_stream(self, entities: Mapping[str, int]) -> None:
        """Rows to an open stream."""
        self._wrote(None, None, entities)

    def moved(self, path: Path) -> None:
        """What was written stands here now, its manifest beside it or in it."""
        if self.written is not None:
            put = self.wrote_folder if path.is_dir() else self.wrote_file
            put(path, self.written["entities"])

    def wrote_nothing(self) -> None:
        """What was written has been removed again."""
        self.written = None

    def _wrote(self, output: str | None, manifest: Path | None, entities: Mapping[str, int]) -> None:
        beside = None if manifest is None else str(manifest.absolute())
        self.written = {"output": output, "manifest": beside, "entities": entities}


_RUNNING: ContextVar[Run | None] = ContextVar("running", default=None)


@contextmanager
def told_run(world: Engine) -> Iterator[Run]:
    """Around all that a run writes, moving it to its place included. Afterwards the packs hear of it, unless the block raised
    or wrote nothing. What is written within another run, or by a hook that hears of one, is a part of that and not told."""
    outer = _RUNNING.get()
    if outer is not None:
        yield outer
        return
    run = Run()
    token = _RUNNING.set(run)
    began = perf_counter()
    try:
        yield run
        if run.written is not None:
            _tell(world.packs, RunReport(origin=world.settled, seconds=perf_counter() - began, **run.written))
    finally:
        _RUNNING.reset(token)


def _tell(packs: Registry, report: RunReport) -> None:
    for pack, hook in packs.listeners().items():
        try:
            # What a pack prints must not end up in output that another program reads.
            with (
                contextlib.redirect_stdout(sys.stderr),
                isolated("pack_hook_failed", "the hook datamimic_run_finished failed"),
            ):
                hook(report=report)
        except DatamimicError as failure:
            warnings.warn(f"pack {excerpt(pack)}: {failure.message}", HookFailed, stacklevel=2)
