"""Configurations with versions: judged, stored, changed by whoever saw the newest one, previewed."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from datamimic import DatamimicError
from datamimic_platform.jobs.request import Request
from datamimic_platform.jobs.submitting import laid_out
from datamimic_platform.kinds.validating import judged
from datamimic_platform.security.rights import Actor, Right
from datamimic_platform.security.uploads import too_large
from datamimic_platform.services.platform import not_found, page_of, plain_name
from datamimic_platform.store.auditing import record
from datamimic_platform.store.configurations import Configuration, ConfigurationVersion
from datamimic_platform.store.store import Store

PURPOSES = ("configuration", "template", "plan")
"""A configuration runs, others start from a template, files are masked by a plan."""
HIDDEN = "•••"


def validate(store: Store, actor: Actor, text: str, file_name: str, *, relationships: bool = False) -> dict[str, Any]:
    """`{valid, errors, warnings}`."""
    actor.require(Right.READ)
    with tempfile.TemporaryDirectory(prefix="syndata-") as folder, store.reading() as session:
        request = Request(kind="validate", text=small(store, text), file_name=file_name)
        return judged(laid_out(store, session, actor.workspace, request, Path(folder)), relationships=relationships)


def save(
    store: Store,
    actor: Actor,
    name: str,
    text: str,
    file_name: str,
    *,
    seen: int | None,
    remark: str = "",
    purpose: str = PURPOSES[0],
) -> dict[str, Any]:
    """A new configuration (`seen` None), or a new version by somebody who saw version `seen`.

    Raises `DatamimicError`: `platform.conflict` where there is a newer one, or one of that name already.
    """
    actor.require(Right.WRITE)
    name = plain_name(name, "configuration")
    Request(kind="generate", text=small(store, text), file_name=file_name)
    if not isinstance(remark, str) or len(remark) > 1_000:
        raise DatamimicError("platform.bad_request", "the remark is too long", path="$.remark")
    if purpose not in PURPOSES:
        raise DatamimicError(
            "platform.bad_request", "there is no such purpose", hint=", ".join(PURPOSES), path="$.purpose"
        )
    now = store.now()
    with store.writing() as session:
        row = _by_name(session, actor, name, lock=True, deleted=True)
        if row is None or row.deleted:
            if seen is not None:
                raise not_found("configuration")
            if row is None:
                row = Configuration(workspace_id=actor.workspace, name=name, version=0, created_at=now, updated_at=now)
                session.add(row)
        elif seen != row.version:
            raise DatamimicError(
                "platform.conflict",
                f"version {row.version} is there already",
                hint="read it, and send its ETag as If-Match",
            )
        elif row.purpose != purpose:
            raise DatamimicError(
                "platform.conflict", f"there is a {row.purpose} of that name already", hint="take another name"
            )
        row.version, row.updated_at, row.deleted, row.purpose = row.version + 1, now, False, purpose
        session.flush()
        session.add(
            ConfigurationVersion(
                configuration_id=row.id,
                version=row.version,
                file_name=file_name,
                text=text,
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                author=actor.name,
                remark=remark,
                created_at=now,
            )
        )
        session.flush()
        record(session, store, actor, "configuration.save", name, version=row.version)
        return told(session, row)


def configurations(
    store: Store, actor: Actor, page: int = 1, size: int = 20, purpose: str = PURPOSES[0]
) -> dict[str, Any]:
    """Those of one purpose by name, without texts."""
    actor.require(Right.READ)
    asked = sa.select(Configuration).where(
        Configuration.workspace_id == actor.workspace,
        Configuration.purpose == purpose,
        sa.not_(Configuration.deleted),
    )
    with store.reading() as session:
        found = page_of(session, asked.order_by(Configuration.name), page, size)
        return {**found, "items": [told(session, each, text=False) for each in found["items"]]}


def configuration(store: Store, actor: Actor, name: str, version: int | None = None) -> dict[str, Any]:
    actor.require(Right.READ)
    with store.reading() as session:
        row = _by_name(session, actor, name)
        if row is None:
            raise not_found("configuration")
        return told(session, row, version)


def history(store: Store, actor: Actor, name: str) -> list[dict[str, Any]]:
    """Newest first, without texts."""
    actor.require(Right.READ)
    with store.reading() as session:
        row = _by_name(session, actor, name)
        if row is None:
            raise not_found("configuration")
        asked = sa.select(ConfigurationVersion).where(ConfigurationVersion.configuration_id == row.id)
        return [_version(each) for each in session.scalars(asked.order_by(ConfigurationVersion.version.desc()))]


def delete(store: Store, actor: Actor, name: str, seen: int) -> None:
    """Versions stay for the jobs that used them."""
    actor.require(Right.WRITE)
    with store.writing() as session:
        row = _by_name(session, actor, name, lock=True)
        if row is None:
            raise not_found("configuration")
        if seen != row.version:
            raise DatamimicError("platform.conflict", f"version {row.version} is there already")
        row.deleted = True
        record(session, store, actor, "configuration.delete", name)


def told(session: Session, row: Configuration, version: int | None = None, *, text: bool = True) -> dict[str, Any]:
    kept = session.get(ConfigurationVersion, (row.id, version or row.version))
    if kept is None:
        raise not_found("version")
    said = {"id": row.id, "name": row.name, "purpose": row.purpose}
    return {**said, **_version(kept), **({"text": kept.text} if text else {})}


def _version(row: ConfigurationVersion) -> dict[str, Any]:
    names = ("version", "file_name", "sha256", "author", "remark")
    return {**{name: getattr(row, name) for name in names}, "created_at": row.created_at.isoformat()}


def _by_name(
    session: Session, actor: Actor, name: str, *, lock: bool = False, deleted: bool = False
) -> Configuration | None:
    asked = sa.select(Configuration).where(Configuration.workspace_id == actor.workspace, Configuration.name == name)
    if not deleted:
        asked = asked.where(sa.not_(Configuration.deleted))
    return session.scalars(asked.with_for_update() if lock else asked).first()


def small(store: Store, text: str) -> str:
    """The text. Raises `DatamimicError` (`platform.too_large`, `platform.bad_config`)."""
    if len(text.encode()) > store.settings.config_bytes:
        raise too_large(store.settings.config_bytes)
    if "\0" in text:
        raise DatamimicError("platform.bad_config", "the configuration is no text", path="$.config")
    return text
