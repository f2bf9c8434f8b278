"""What a job made, published as a whole: written aside, moved by one rename, and told by the transaction that ends the job."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen
from sqlalchemy.orm import Session

from datamimic_platform.jobs.object_storage import drop, put
from datamimic_platform.jobs.places import artefact_folder, fetched_folder
from datamimic_platform.jobs.queue import Lease
from datamimic_platform.settings import Settings
from datamimic_platform.store.work import Artefact

_PIECE = 1 << 20


@frozen
class Made:
    name: str
    size: int
    sha256: str


def files_below(folder: Path) -> list[Made]:
    """All files with size and digest, by name with `/`, in the order of names."""
    found = sorted(each for each in folder.rglob("*") if each.is_file() and not each.is_symlink())
    return [Made(each.relative_to(folder).as_posix(), each.stat().st_size, _sha256(each)) for each in found]


def move_in(settings: Settings, lease: Lease, output: Path) -> str:
    """Move an attempt's folder to its place among the artefacts, which no other attempt has: a folder, or an address."""
    if settings.artefact_storage:
        return put(settings, lease.job, lease.token, output)
    place = artefact_folder(settings, lease.job) / lease.token
    place.parent.mkdir(parents=True, exist_ok=True)
    os.replace(output, place)
    return str(place)


def tell(session: Session, job: str, place: str, made: list[Made]) -> None:
    """In the transaction that ends the job: before it is committed nobody is shown them."""
    session.add_all(
        Artefact(job_id=job, name=each.name, path=f"{place}/{each.name}", size=each.size, sha256=each.sha256)
        for each in made
    )


def drop_others(settings: Settings, job: str, token: str | None) -> None:
    """Remove what attempts left that did not publish; with None, everything of the job."""
    if settings.artefact_storage:
        drop(settings, job, token)
    if token is None:
        shutil.rmtree(fetched_folder(settings, job), ignore_errors=True)
    folder = artefact_folder(settings, job)
    if not folder.is_dir():
        return
    for each in folder.iterdir():
        if each.name != token:
            shutil.rmtree(each, ignore_errors=True)
    if token is None:
        shutil.rmtree(folder, ignore_errors=True)


def pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    for piece in pieces(path):
        digest.update(piece)
    return digest.hexdigest()
