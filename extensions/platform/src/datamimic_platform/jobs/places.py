"""Where things of jobs lie below the data folder, and their logs."""

from __future__ import annotations

import re
from pathlib import Path

from datamimic import DatamimicError
from datamimic_platform.settings import Settings

JOB_ID = re.compile(r"job_[0-9a-z]+")


def work_folder(settings: Settings, job: str, token: str) -> Path:
    """Of one attempt, which is the only one that writes there."""
    return settings.data_folder / "work" / f"{_plain(job)}.{token}"


def parts_folder(settings: Settings, job: str) -> Path:
    """Of the parts of a large job, which all that work at it share."""
    return settings.data_folder / "work" / f"{_plain(job)}.parts"


def artefact_folder(settings: Settings, job: str) -> Path:
    """With a folder for each attempt that published; the store says which one counts."""
    return settings.data_folder / "artefacts" / _plain(job)


def fetched_folder(settings: Settings, job: str) -> Path:
    """For artefacts of object storage that somebody has read."""
    return settings.data_folder / "fetched" / _plain(job)


def upload_path(settings: Settings, upload: str) -> Path:
    if not re.fullmatch(r"upload_[0-9a-z]+", upload):
        raise DatamimicError("platform.not_found", "there is no such upload")
    return settings.data_folder / "uploads" / upload


def log_path(settings: Settings, job: str) -> Path:
    return settings.log_folder / "jobs" / f"{_plain(job)}.log"


def _plain(job: str) -> str:
    if not JOB_ID.fullmatch(job):
        raise DatamimicError("platform.not_found", "there is no such job", hint="`syndata status --all` lists them")
    return job
