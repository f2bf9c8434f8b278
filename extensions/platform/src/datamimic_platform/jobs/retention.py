"""Ended jobs are kept for so many days; then they go with artefacts, attempts and logs. What nobody lists any more goes too."""

from __future__ import annotations

import shutil
from datetime import timedelta

import sqlalchemy as sa

from datamimic_platform.jobs.artefacts import drop_others
from datamimic_platform.jobs.places import log_path, parts_folder, work_folder
from datamimic_platform.jobs.states import Status
from datamimic_platform.security.rights import Actor, Role
from datamimic_platform.store.auditing import record
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Job, JobPart

SYSTEM = "retention"


def retain(store: Store) -> list[str]:
    """Remove what is over its time; the ids of the jobs that went. Files go after the transaction that forgets them."""
    before = store.now() - timedelta(days=store.settings.retention_days)
    with store.writing() as session:
        asked = sa.select(Job).where(Job.status.in_([each for each in Status if each.ended]), Job.ended_at < before)
        old = list(session.scalars(asked.order_by(Job.id).limit(500)))
        gone = [each.id for each in old]
        for job in old:
            record(session, store, Actor(job.workspace_id, SYSTEM, Role.VIEWER), "job.retire", job.id)
        session.execute(sa.delete(Job).where(Job.id.in_(gone)))
    for each in gone:
        drop_others(store.settings, each, None)
        log_path(store.settings, each).unlink(missing_ok=True)
    _sweep(store)
    return gone


def _sweep(store: Store) -> None:
    """Folders of attempts that nobody works at any more, as after a power cut."""
    folder = store.settings.data_folder / "work"
    if not folder.is_dir():
        return
    found = {each.name: each for each in folder.iterdir() if each.name.startswith("job_")}
    with store.reading() as session:
        tokens = [*session.execute(sa.select(Job.id, Job.lease_token).where(Job.status == Status.RUNNING))]
        waiting = session.scalars(sa.select(Job.id).where(Job.status.in_((Status.QUEUED, Status.RUNNING)))).all()
        tokens += session.execute(sa.select(JobPart.job_id, JobPart.lease_token))
    held = {work_folder(store.settings, job, token).name for job, token in tokens if token}
    held |= {parts_folder(store.settings, job).name for job in waiting}
    for name, path in found.items():
        if name not in held:
            shutil.rmtree(path, ignore_errors=True)
