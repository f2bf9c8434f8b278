"""Artefacts and uploads in object storage, by any address that fsspec knows: put there by the attempt that publishes, or by who
takes the upload, and fetched into a folder of this machine when somebody reads them. Where no such storage is set, they are
files below the data folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fsspec
from fsspec.implementations.arrow import ArrowFSWrapper
from pyarrow.fs import FileSystem

from datamimic import DatamimicError
from datamimic_platform.jobs.places import fetched_folder, upload_path
from datamimic_platform.kinds.sources import link_or_copy
from datamimic_platform.settings import Settings
from datamimic_platform.store.configurations import Upload
from datamimic_platform.store.work import Artefact


def put(settings: Settings, job: str, token: str, output: Path) -> str:
    """Put all files below a folder there, and remove it; the address of the folder that they make.

    Raises `OSError`: the attempt is tried again, and what it put is removed by the one that publishes.
    """
    address = f"{_of_job(settings, job)}/{token}"
    with _told(settings):
        files, root = _opened(settings, address)
        for each in sorted(output.rglob("*")):
            if each.is_file() and not each.is_symlink():
                there = f"{root}/{each.relative_to(output).as_posix()}"
                files.makedirs(there.rpartition("/")[0], exist_ok=True)
                files.put_file(str(each), there)
    shutil.rmtree(output, ignore_errors=True)
    return address


def drop(settings: Settings, job: str, but: str | None) -> None:
    """Remove what attempts of a job put there, but for one of them."""
    with _told(settings):
        files, root = _opened(settings, _of_job(settings, job))
        if not files.exists(root):
            return
        for each in files.ls(root, detail=False):
            if str(each).rstrip("/").rpartition("/")[2] != but:
                files.rm(each, recursive=True)


def here(settings: Settings, row: Artefact) -> Path:
    """The artefact as a file of this machine, fetched at the first time; its path where it is gone.

    Raises `DatamimicError` (`platform.storage`) where the storage does not answer, or gives other bytes than were put there.
    """
    if "://" not in row.path:
        return Path(row.path)
    place = fetched_folder(settings, row.job_id).joinpath(*row.name.split("/"))
    return _fetched(settings, row.path, place, row)


def put_upload(settings: Settings, upload: str) -> None:
    """Put a file there that was uploaded to this machine, if there is such a storage. Raises `DatamimicError`
    (`platform.storage`)."""
    if not settings.artefact_storage:
        return
    with _told(settings, lasting=True):
        files, there = _opened(settings, _of_upload(settings, upload))
        files.makedirs(there.rpartition("/")[0], exist_ok=True)
        files.put_file(str(upload_path(settings, upload)), there)


def lay_upload(settings: Settings, row: Upload, place: Path) -> None:
    """Put an upload at a place of this machine, which keeps no other copy of what another one took. Raises as `here` does."""
    own = upload_path(settings, row.id)
    if own.is_file() or not settings.artefact_storage:
        link_or_copy(own, place)
    else:
        _fetched(settings, _of_upload(settings, row.id), place, row)


def drop_upload(settings: Settings, upload: str) -> None:
    upload_path(settings, upload).unlink(missing_ok=True)
    if settings.artefact_storage:
        with _told(settings, lasting=True):
            files, there = _opened(settings, _of_upload(settings, upload))
            if files.exists(there):
                files.rm(there)


def _fetched(settings: Settings, address: str, place: Path, row: Artefact | Upload) -> Path:
    if place.is_file() and place.stat().st_size == row.size:
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as part:
        try:
            with _told(settings):
                files, there = _opened(settings, address)
                if not files.exists(there):
                    return place
                files.get_file(there, part.name)
            with open(part.name, "rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != row.sha256:
                    raise DatamimicError("platform.storage", f"{row.name} is not what was put into the storage")
            os.replace(part.name, place)
        finally:
            Path(part.name).unlink(missing_ok=True)
    return place


def _of_upload(settings: Settings, upload: str) -> str:
    return _of_job(settings, f"uploads/{upload}")


def _of_job(settings: Settings, job: str) -> str:
    place, _, _ = settings.artefact_storage.partition("?")
    return f"{place.rstrip('/')}/{job}"


def _opened(settings: Settings, address: str) -> tuple[Any, str]:
    """The file system and the path there. That of S3 is Arrow's, which is here already; of others whatever fsspec knows."""
    if address.startswith("s3://"):
        _, mark, query = settings.artefact_storage.partition("?")
        found, root = FileSystem.from_uri(f"{address}{mark}{query}")
        return ArrowFSWrapper(found), root.rstrip("/")
    files, root = fsspec.core.url_to_fs(address)
    return files, str(root).rstrip("/")


@contextmanager
def _told(settings: Settings, *, lasting: bool = False) -> Iterator[None]:
    """What drivers raise, each its own, as an error of ours; addresses may hold secrets, and are not told. What is not
    `lasting` is tried again by somebody: it stays an `OSError`."""
    scheme = settings.artefact_storage.partition("://")[0]
    try:
        yield
    except ImportError:
        raise DatamimicError(
            "platform.storage",
            f"{scheme}:// needs a driver that is not installed",
            hint="install the package that fsspec names for it",
        ) from None
    except Exception as error:
        if lasting:
            raise DatamimicError(
                "platform.storage", f"the storage {scheme}:// does not answer", hint="try again later"
            ) from error
        if isinstance(error, OSError):
            raise
        raise OSError(f"the storage {scheme}:// failed by {type(error).__name__}") from error
