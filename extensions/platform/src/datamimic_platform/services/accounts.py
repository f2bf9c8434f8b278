"""Passwords that people change and operators set, and the workspaces that operators make."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from datamimic import DatamimicError
from datamimic_platform.security.credentials import digest_of, hash_password, password_fits
from datamimic_platform.security.rights import Actor, Right, Role
from datamimic_platform.services.people import new_workspace
from datamimic_platform.services.platform import not_found
from datamimic_platform.services.signing_in import LOCKED_MINUTES, MOST_FAILURES, count_failure
from datamimic_platform.store.auditing import record
from datamimic_platform.store.people import Membership, User, WebSession, Workspace
from datamimic_platform.store.store import Store


def change_password(store: Store, actor: Actor, old: str, new: str, session_text: str | None = None) -> None:
    """One's own; who came by a link or a provider has none yet, and gives none. All other sessions and tokens end. Wrong
    ones count as those of signing in do. Raises `DatamimicError` (`platform.bad_password`)."""
    if actor.user is None or actor.scopes is not None:
        raise DatamimicError("platform.forbidden", "passwords are changed by people, and not by keys of some rights")
    now = store.now()
    with store.reading() as session:
        user = session.get_one(User, actor.user)
    locked = user.locked_until is not None and user.locked_until > now
    fits = not locked and (user.password_hash is None or password_fits(old, user.password_hash))
    hashed = hash_password(new) if fits else ""
    with store.writing() as session:
        row = session.get_one(User, actor.user)
        if fits:
            _set(session, row, hashed, now, None if session_text is None else digest_of(session_text))
        elif not locked:
            count_failure(row, now)
        record(session, store, actor, "user.password" if fits else "user.password_refused", str(row.id))
    if not fits:
        raise DatamimicError(
            "platform.bad_password", "the old password does not fit", path="$.old",
            hint=f"after {MOST_FAILURES} failures an account waits for {LOCKED_MINUTES} minutes",
        )  # fmt: skip


def set_password(store: Store, actor: Actor, email: str, new: str) -> None:
    """Of anybody, for whoever sits at the machine; all their sessions and tokens end. Raises `DatamimicError`."""
    actor.require(Right.ADMINISTER)
    hashed = hash_password(new)
    with store.writing() as session:
        row = session.scalars(sa.select(User).where(User.email == email.lower())).first()
        if row is None:
            raise not_found("user")
        row.locked_until = None
        _set(session, row, hashed, store.now(), None)
        record(session, store, actor, "user.password_set", str(row.id))


def _set(session: Session, row: User, hashed: str, now: datetime, kept: str | None) -> None:
    row.password_hash, row.password_set_at, row.failed_logins = hashed, now, 0
    theirs = sa.delete(WebSession).where(WebSession.user_id == row.id)
    session.execute(theirs if kept is None else theirs.where(WebSession.digest != kept))


def add_workspace(store: Store, actor: Actor, name: str, email: str) -> dict[str, Any]:
    """With its first administrator, who is made where nobody has the address. Raises `DatamimicError`
    (`platform.conflict`) for a name that is taken."""
    actor.require(Right.ADMINISTER)
    with store.writing() as session:
        if session.scalars(sa.select(Workspace.id).where(Workspace.name == name)).first() is not None:
            raise DatamimicError("platform.conflict", "there is a workspace of that name already")
        row = new_workspace(store, session, name)
        user = session.scalars(sa.select(User).where(User.email == email.lower())).first()
        if user is None:
            user = User(email=email.lower(), name="Administrator", created_at=store.now())
            session.add(user)
            session.flush()
        session.add(Membership(workspace_id=row.id, user_id=user.id, role=Role.ADMINISTRATOR))
        session.flush()
        record(session, store, actor, "workspace.new", row.name, administrator=user.id)
        return {"id": row.id, "name": row.name, "administrator": user.email}


def all_workspaces(store: Store, actor: Actor) -> list[dict[str, Any]]:
    """`{id, name, members}` by name."""
    actor.require(Right.ADMINISTER)
    asked = (
        sa.select(Workspace.id, Workspace.name, sa.func.count(Membership.user_id))
        .outerjoin(Membership, Membership.workspace_id == Workspace.id)
        .group_by(Workspace.id, Workspace.name)
        .order_by(Workspace.name)
    )
    with store.reading() as session:
        return [{"id": found, "name": name, "members": count} for found, name, count in session.execute(asked)]
