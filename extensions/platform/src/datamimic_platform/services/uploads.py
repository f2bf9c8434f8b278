"""Files that jobs may read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from datamimic import DatamimicError
from datamimic_platform.jobs.object_storage import drop_upload, put_upload
from datamimic_platform.jobs.places import upload_path
from datamimic_platform.security.rights import Actor, Right
from datamimic_platform.security.uploads import receive, safe_name
from datamimic_platform.services.platform import not_found, page_of
from datamimic_platform.store.auditing import record
from datamimic_platform.store.configurations import Upload
from datamimic_platform.store.identifiers import new_id
from datamimic_platform.store.store import Store


def upload(store: Store, actor: Actor, name: str | None, pieces: Iterable[bytes]) -> dict[str, Any]:
    """Take a file in pieces. Raises `DatamimicError`; nothing is left of what is refused."""
    actor.require(Right.WRITE)
    plain, identifier = safe_name(name), new_id("upload", store.now())
    path = upload_path(store.settings, identifier)
    path.parent.mkdir(parents=True, exist_ok=True)
    got = receive(pieces, plain, path, store.settings.upload_bytes)
    try:
        put_upload(store.settings, identifier)
    except DatamimicError:
        path.unlink(missing_ok=True)
        raise
    with store.writing() as session:
        row = Upload(
            id=identifier,
            workspace_id=actor.workspace,
            name=plain,
            size=got.size,
            sha256=got.sha256,
            author=actor.name,
            created_at=store.now(),
        )
        session.add(row)
        record(session, store, actor, "upload.receive", identifier, name=plain, size=got.size, sha256=got.sha256)
        return _told(row)


def uploads(store: Store, actor: Actor, page: int = 1, size: int = 20) -> dict[str, Any]:
    actor.require(Right.READ)
    asked = sa.select(Upload).where(Upload.workspace_id == actor.workspace).order_by(Upload.id.desc())
    with store.reading() as session:
        found = page_of(session, asked, page, size)
        return {**found, "items": [_told(each) for each in found["items"]]}


def remove(store: Store, actor: Actor, identifier: str) -> None:
    actor.require(Right.WRITE)
    with store.writing() as session:
        row = session.get(Upload, identifier)
        if row is None or row.workspace_id != actor.workspace:
            raise not_found("upload")
        session.delete(row)
        record(session, store, actor, "upload.remove", identifier)
    drop_upload(store.settings, identifier)


def _told(row: Upload) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "size": row.size,
        "sha256": row.sha256,
        "author": row.author,
        "created_at": row.created_at.isoformat(),
    }
