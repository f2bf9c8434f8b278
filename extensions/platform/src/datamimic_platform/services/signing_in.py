"""Signing in by password or one-time link, and the sessions and keys that come of it. What is wrong is not told."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from attrs import evolve
from sqlalchemy.orm import Session

from datamimic import DatamimicError
from datamimic_platform.security.credentials import digest_of, new_token, password_fits
from datamimic_platform.security.rights import Actor, Right, Role, scopes_of
from datamimic_platform.security.tokens import Claims, issue, unauthorised
from datamimic_platform.services.people import new_workspace
from datamimic_platform.services.platform import not_found, plain_name
from datamimic_platform.services.recognising import SignedIn, member
from datamimic_platform.store.auditing import record
from datamimic_platform.store.people import ApiKey, LoginLink, Membership, User, WebSession, Workspace
from datamimic_platform.store.store import Store

MOST_FAILURES, LOCKED_MINUTES, LINK_MINUTES = 5, 15, 30
_MOST_DAYS = 366


def by_password(store: Store, email: str, password: str) -> tuple[int, int]:
    """(user, workspace). After five failures an account waits for a quarter of an hour. Raises `platform.unauthorised`."""
    now = store.now()
    with store.reading() as session:
        user = session.scalars(sa.select(User).where(User.email == email.lower()[:300])).first()
    locked = user is not None and user.locked_until is not None and user.locked_until > now
    fits = password_fits(password, None if user is None or locked else user.password_hash)
    with store.writing() as session:
        if user is None:
            raise unauthorised()
        row = session.get_one(User, user.id)
        workspace = _first_workspace(session, row.id)
        actor = Actor(workspace or 0, row.email, Role.VIEWER, row.id)
        if not fits or row.disabled or workspace is None:
            if not locked:
                count_failure(row, now)
            record(session, store, actor, "login.refused", row.email)
            failed = True
        else:
            row.failed_logins, row.locked_until = 0, None
            record(session, store, actor, "login", row.email)
            failed = False
    if failed or workspace is None:
        raise unauthorised()
    return user.id, workspace


def count_failure(row: User, now: datetime) -> None:
    """One more wrong password; after so many the account waits."""
    row.failed_logins += 1
    if row.failed_logins >= MOST_FAILURES:
        row.failed_logins, row.locked_until = 0, now + timedelta(minutes=LOCKED_MINUTES)


def token_for(store: Store, user: int, workspace: int) -> dict[str, Any]:
    minutes = store.settings.jwt_minutes
    text = issue(Claims(user, workspace, store.now()), store.settings.jwt_secret, minutes)
    return {"access_token": text, "token_type": "bearer", "expires_in": minutes * 60}


def start_session(store: Store, user: int, workspace: int) -> SignedIn:
    token, csrf, now = new_token("session"), secrets.token_urlsafe(32), store.now()
    actor = member(store, user, workspace)
    with store.writing() as session:
        session.add(
            WebSession(
                digest=token.digest,
                user_id=user,
                workspace_id=workspace,
                csrf=csrf,
                created_at=now,
                expires_at=now + timedelta(hours=store.settings.session_hours),
            )
        )
        session.execute(sa.delete(WebSession).where(WebSession.expires_at <= now))
    return SignedIn(token.text, csrf, actor)


def end_session(store: Store, signed: SignedIn) -> None:
    with store.writing() as session:
        session.execute(sa.delete(WebSession).where(WebSession.digest == digest_of(signed.text)))
        record(session, store, signed.actor, "logout", signed.actor.name)


def by_link(store: Store, text: str) -> SignedIn:
    """Opens a session, once. Raises `platform.unauthorised`."""
    now = store.now()
    with store.writing() as session:
        used = session.execute(
            sa.update(LoginLink)
            .where(LoginLink.digest == digest_of(text), LoginLink.used_at.is_(None), LoginLink.expires_at > now)
            .values(used_at=now)
        )
        row = session.get(LoginLink, digest_of(text)) if getattr(used, "rowcount", 0) else None
        workspace = None if row is None else _first_workspace(session, row.user_id)
        if row is None or workspace is None:
            raise unauthorised()
        user = session.get_one(User, row.user_id)
        if user.disabled:
            raise unauthorised()
        record(session, store, Actor(workspace, user.email, Role.VIEWER, user.id), "login.link", str(user.id))
    return start_session(store, user.id, workspace)


def new_key(store: Store, actor: Actor, name: str, days: int, scopes: list[str] | None = None) -> dict[str, Any]:
    """The key itself is shown this once. Its rights are at most those of its owner. Raises `DatamimicError`."""
    if actor.user is None:
        raise DatamimicError("platform.forbidden", "keys belong to users")
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= _MOST_DAYS:
        raise DatamimicError("platform.bad_request", "a key lives 1 to 366 days", path="$.days")
    wanted = scopes_of(scopes)
    if actor.scopes is not None and (wanted is None or not wanted <= actor.scopes):
        raise DatamimicError("platform.forbidden", "a key cannot make one that may more than it")
    token, now = new_token("key"), store.now()
    with store.writing() as session:
        row = ApiKey(
            workspace_id=actor.workspace,
            user_id=actor.user,
            name=plain_name(name, "key"),
            prefix=token.prefix,
            digest=token.digest,
            scopes=scopes,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        session.add(row)
        session.flush()
        record(session, store, actor, "key.new", str(row.id), name=row.name, scopes=scopes, days=days)
        return {**_told(row), "key": token.text}


def keys(store: Store, actor: Actor) -> list[dict[str, Any]]:
    """One's own; all of the workspace for administrators."""
    asked = sa.select(ApiKey).where(ApiKey.workspace_id == actor.workspace, ApiKey.revoked_at.is_(None))
    if not actor.may(Right.ADMINISTER):
        asked = asked.where(ApiKey.user_id == (actor.user or 0))
    with store.reading() as session:
        return [_told(each) for each in session.scalars(asked.order_by(ApiKey.id))]


def revoke_key(store: Store, actor: Actor, key: int) -> None:
    with store.writing() as session:
        row = session.get(ApiKey, key)
        mine = row is not None and row.workspace_id == actor.workspace
        if row is None or not mine or (row.user_id != actor.user and not actor.may(Right.ADMINISTER)):
            raise not_found("key")
        row.revoked_at = row.revoked_at or store.now()
        record(session, store, actor, "key.revoke", str(key))


def administrator_link(store: Store, email: str = "admin@localhost") -> str:
    """The text of a link that signs the first administrator in, once, within half an hour; made with the workspace `main`
    where there is nobody yet."""
    token, now = new_token("link"), store.now()
    with store.writing() as session:
        user = _administrator(store, session, email)
        session.add(LoginLink(digest=token.digest, user_id=user.id, expires_at=now + timedelta(minutes=LINK_MINUTES)))
        record(session, store, Actor(0, "command line", Role.ADMINISTRATOR), "link.new", email)
    return token.text


def local_key(
    store: Store, actor: Actor, name: str, days: int, scopes: list[str] | None = None, email: str = "admin@localhost"
) -> dict[str, Any]:
    """`new_key` of the first administrator, for whoever sits at the machine."""
    with store.writing() as session:
        user = _administrator(store, session, email).id
    return new_key(store, evolve(actor, user=user), name, days, scopes)


def _administrator(store: Store, session: Session, email: str) -> User:
    user = session.scalars(sa.select(User).where(User.email == email)).first()
    if user is None:
        workspace = local_workspace(store, session)
        user = User(email=email, name="Administrator", created_at=store.now())
        session.add(user)
        session.flush()
        session.add(Membership(workspace_id=workspace, user_id=user.id, role=Role.ADMINISTRATOR))
    return user


def local_workspace(store: Store, session: Session) -> int:
    """The workspace `main`, which the command line works in."""
    found = session.scalars(sa.select(Workspace).where(Workspace.name == "main")).first()
    return (found or new_workspace(store, session, "main")).id


def _first_workspace(session: Session, user: int) -> int | None:
    asked = sa.select(Membership.workspace_id).where(Membership.user_id == user).order_by(Membership.workspace_id)
    return session.scalars(asked).first()


def _told(row: ApiKey) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "prefix": row.prefix,
        "scopes": row.scopes,
        "user_id": row.user_id,
        "created_at": row.created_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
    }
