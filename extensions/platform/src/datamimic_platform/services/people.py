"""Workspaces, users, teams, roles, and secrets of a workspace."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from datamimic import DatamimicError
from datamimic.errors import UnknownName
from datamimic_platform.security.credentials import hash_password
from datamimic_platform.security.rights import Actor, Right, Role
from datamimic_platform.security.sealing import seal
from datamimic_platform.services.platform import not_found, plain_name
from datamimic_platform.store.auditing import record
from datamimic_platform.store.people import Membership, Secret, Team, TeamMember, User, Workspace
from datamimic_platform.store.store import Store

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")


def role_named(name: str) -> Role:
    if name not in list(Role):
        raise UnknownName("role", name, list(Role), path="$.role")
    return Role(name)


def role_in(session: Session, user: int, workspace: int) -> Role | None:
    """The highest of a user's own role and those of their teams; None for no member."""
    own = session.scalars(
        sa.select(Membership.role).where(Membership.user_id == user, Membership.workspace_id == workspace)
    ).all()
    of_teams = session.scalars(
        sa.select(Team.role).join(TeamMember).where(TeamMember.user_id == user, Team.workspace_id == workspace)
    ).all()
    return max(map(Role, [*own, *of_teams]), key=lambda each: each.rank, default=None) if own else None


def new_workspace(store: Store, session: Session, name: str) -> Workspace:
    row = Workspace(name=plain_name(name, "workspace"), created_at=store.now())
    session.add(row)
    session.flush()
    return row


def add_user(
    store: Store, actor: Actor, email: str, name: str, role: str, password: str | None = None
) -> dict[str, Any]:
    """A member of the actor's workspace; somebody who is known already joins it as they are, with their own password."""
    actor.require(Right.ADMINISTER)
    if not isinstance(email, str) or not _EMAIL.fullmatch(email) or not email.isprintable():
        raise DatamimicError("platform.bad_request", "the e-mail address is wrong", path="$.email")
    chosen, address = role_named(role), email.lower()
    hashed = None if password is None else hash_password(password)
    with store.writing() as session:
        user = session.scalars(sa.select(User).where(User.email == address)).first()
        if user is None:
            user = User(email=address, name=plain_name(name, "user"), password_hash=hashed, created_at=store.now())
            session.add(user)
            session.flush()
        if session.get(Membership, (actor.workspace, user.id)) is not None:
            raise DatamimicError("platform.conflict", "that user is a member already")
        session.add(Membership(workspace_id=actor.workspace, user_id=user.id, role=chosen))
        session.flush()
        record(session, store, actor, "user.add", str(user.id), role=chosen)
        return _told(session, user, actor.workspace)


def users(store: Store, actor: Actor) -> list[dict[str, Any]]:
    actor.require(Right.ADMINISTER)
    with store.reading() as session:
        asked = sa.select(User).join(Membership).where(Membership.workspace_id == actor.workspace).order_by(User.email)
        return [_told(session, each, actor.workspace) for each in session.scalars(asked)]


def set_role(store: Store, actor: Actor, user: int, role: str) -> dict[str, Any]:
    """Raises `DatamimicError` (`platform.conflict`) where no administrator would be left."""
    actor.require(Right.ADMINISTER)
    chosen = role_named(role)
    with store.writing() as session:
        row = _member(session, actor, user)
        row.role = chosen
        _refuse_headless(session, actor)
        record(session, store, actor, "user.role", str(user), role=chosen)
        return _told(session, session.get_one(User, user), actor.workspace)


def remove_user(store: Store, actor: Actor, user: int) -> None:
    """From the workspace; keys and sessions of theirs end with the membership."""
    actor.require(Right.ADMINISTER)
    with store.writing() as session:
        session.delete(_member(session, actor, user))
        mine = sa.select(Team.id).where(Team.workspace_id == actor.workspace)
        session.execute(sa.delete(TeamMember).where(TeamMember.user_id == user, TeamMember.team_id.in_(mine)))
        _refuse_headless(session, actor)
        record(session, store, actor, "user.remove", str(user))


def save_team(store: Store, actor: Actor, name: str, role: str, members: Sequence[int]) -> dict[str, Any]:
    """A team with exactly these members, who are members of the workspace already."""
    actor.require(Right.ADMINISTER)
    name, chosen = plain_name(name, "team"), role_named(role)
    with store.writing() as session:
        for each in members:
            _member(session, actor, each)
        row = session.scalars(sa.select(Team).where(Team.workspace_id == actor.workspace, Team.name == name)).first()
        if row is None:
            row = Team(workspace_id=actor.workspace, name=name, role=chosen)
            session.add(row)
            session.flush()
        row.role = chosen
        session.execute(sa.delete(TeamMember).where(TeamMember.team_id == row.id))
        session.add_all(TeamMember(team_id=row.id, user_id=each) for each in sorted(set(members)))
        session.flush()
        record(session, store, actor, "team.save", name, role=chosen, members=sorted(set(members)))
        return {"name": name, "role": chosen, "members": sorted(set(members))}


def teams(store: Store, actor: Actor) -> list[dict[str, Any]]:
    actor.require(Right.ADMINISTER)
    with store.reading() as session:
        rows = session.scalars(sa.select(Team).where(Team.workspace_id == actor.workspace).order_by(Team.name)).all()
        members = sa.select(TeamMember.user_id).order_by(TeamMember.user_id)
        return [
            {
                "name": each.name,
                "role": each.role,
                "members": list(session.scalars(members.where(TeamMember.team_id == each.id))),
            }
            for each in rows
        ]


def keep_secret(store: Store, actor: Actor, name: str, text: str) -> dict[str, Any]:
    """Sealed; nobody is shown it again."""
    actor.require(Right.WRITE)
    name, place = plain_name(name, "secret"), actor.workspace
    if not isinstance(text, str) or not 1 <= len(text) <= 4_000:
        raise DatamimicError("platform.bad_request", "the secret is empty or too long", path="$.value")
    sealed = seal(text, store.settings.secret_key, f"secrets/{place}/{name}")
    with store.writing() as session:
        row = session.scalars(sa.select(Secret).where(Secret.workspace_id == place, Secret.name == name)).first()
        if row is None:
            session.add(Secret(workspace_id=place, name=name, sealed=sealed, created_at=store.now()))
        else:
            row.sealed = sealed
        session.flush()
        record(session, store, actor, "secret.keep", name)
    return {"name": name}


def secrets(store: Store, actor: Actor) -> list[dict[str, Any]]:
    actor.require(Right.READ)
    with store.reading() as session:
        asked = sa.select(Secret.name).where(Secret.workspace_id == actor.workspace).order_by(Secret.name)
        return [{"name": each} for each in session.scalars(asked)]


def _member(session: Session, actor: Actor, user: int) -> Membership:
    row = session.get(Membership, (actor.workspace, user))
    if row is None:
        raise not_found("user")
    return row


def _refuse_headless(session: Session, actor: Actor) -> None:
    session.flush()
    left = sa.select(sa.func.count()).where(
        Membership.workspace_id == actor.workspace, Membership.role == Role.ADMINISTRATOR
    )
    if not session.scalar(left):
        raise DatamimicError("platform.conflict", "a workspace keeps one administrator at least")


def _told(session: Session, row: User, workspace: int) -> dict[str, Any]:
    role = role_in(session, row.id, workspace)
    return {"id": row.id, "email": row.email, "name": row.name, "role": role, "disabled": row.disabled}
