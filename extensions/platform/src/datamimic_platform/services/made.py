"""What a job made, opened by its manifest: for those who ask where it comes from, and whether it is still so."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from attrs import frozen

from datamimic import DatamimicError
from datamimic_platform.jobs.object_storage import here
from datamimic_platform.jobs.request import Request
from datamimic_platform.jobs.submitting import laid_out
from datamimic_platform.security.rights import Actor, Right
from datamimic_platform.services.platform import own_job
from datamimic_platform.settings import Settings
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Artefact, Job

_LARGEST = 200_000_000
"""Bytes of JSON that are read."""


class Artefacts(Mapping[str, Path]):
    """Paths by name; what lies in object storage is fetched when its path is asked for."""

    def __init__(self, settings: Settings, rows: Iterable[Artefact]) -> None:
        self._settings, self._rows = settings, {each.name: each for each in rows}

    def __getitem__(self, name: str) -> Path:
        return here(self._settings, self._rows[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


@frozen
class Made:
    """`digests` are SHA-256 by name."""

    job: Job
    artefacts: Artefacts
    digests: Mapping[str, str]

    @property
    def manifest_path(self) -> Path:
        """Raises `DatamimicError` (`platform.bad_request`) for a job that has none."""
        path = self.artefacts.get("manifest.json")
        if path is None or not path.is_file():
            raise DatamimicError(
                "platform.bad_request",
                "the job has no manifest",
                hint="completed jobs of kind generate have one, until retention removes it",
            )
        return path

    def document(self, name: str) -> dict[str, Any]:
        """Of an artefact in JSON; empty where there is none that can be read."""
        path = self.artefacts.get(name)
        try:
            if path is None or path.stat().st_size > _LARGEST:
                return {}
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def made_by(store: Store, actor: Actor, job_id: str) -> Made:
    """Raises `DatamimicError` (`platform.not_found`)."""
    actor.require(Right.READ)
    with store.reading() as session:
        job = own_job(session, actor, job_id)
        rows = list(session.scalars(sa.select(Artefact).where(Artefact.job_id == job.id).order_by(Artefact.name)))
    return Made(job, Artefacts(store.settings, rows), {each.name: each.sha256 for each in rows})


@contextmanager
def rows_given(store: Store, actor: Actor, made: Made) -> Iterator[dict[str, str]]:
    """Where the tables that the world was given are now, by entity: the job's uploads, laid out while they are looked at."""
    given = made.document("manifest.json").get("world", {}).get("given") or {}
    if not given:
        yield {}
        return
    with TemporaryDirectory(prefix="syndata-") as folder:
        with store.reading() as session:
            laid_out(store, session, actor.workspace, Request.of(made.job.request), Path(folder))
        here = {each.name for each in Path(folder).iterdir()}
        names = {entity: Path(str(told.get("location", ""))).name for entity, told in given.items()}
        yield {entity: str(Path(folder) / name) for entity, name in names.items() if name in here}
