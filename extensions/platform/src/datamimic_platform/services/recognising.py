"""Who asks, by the key, token or session that came with a request: one question to the database, made once."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from attrs import frozen
from sqlalchemy.engine import RowMapping

from datamimic_platform.security.credentials import digest_of
from datamimic_platform.security.rights import Actor, Right, Role, scopes_of
from datamimic_platform.security.tokens import unauthorised, verified
from datamimic_platform.store.people import ApiKey, Membership, Team, TeamMember, User, WebSession
from datamimic_platform.store.store import Store

_KEYS, _SESSIONS, _USERS = ApiKey.__table__, WebSession.__table__, User.__table__
_MEMBERS, _TEAMS, _IN_TEAMS = Membership.__table__, Team.__table__, TeamMember.__table__


@frozen
class SignedIn:
    """A session of the pages: `text` goes into the cookie, `csrf` into every form."""

    text: str
    csrf: str
    actor: Actor


def by_token(store: Store, text: str) -> Actor:
    """Of a key (`syn_key_…`) or a JSON Web Token. Raises `platform.unauthorised`."""
    if text.startswith("syn_key_"):
        rows = _rows(store, _OF_KEY, {"digest": digest_of(text)})
        if rows[0]["revoked_at"] is not None or rows[0]["expires_at"] <= store.now():
            raise unauthorised()
        return _actor(rows, scopes_of(rows[0]["scopes"]), rows[0]["key"])
    claims = verified(text, store.settings.jwt_secret, store.now())
    rows = _rows(store, _OF_MEMBER, {"user": claims.user, "workspace": claims.workspace})
    if rows[0]["password_set_at"] is not None and claims.at < rows[0]["password_set_at"]:
        raise unauthorised()
    return _actor(rows)


def by_session(store: Store, text: str) -> SignedIn:
    """Raises `platform.unauthorised`."""
    rows = _rows(store, _OF_SESSION, {"digest": digest_of(text)})
    if rows[0]["expires_at"] <= store.now():
        raise unauthorised()
    return SignedIn(text, rows[0]["csrf"], _actor(rows))


def member(store: Store, user: int, workspace: int) -> Actor:
    """With the highest of a user's own role and those of their teams. Raises `platform.unauthorised` for no member."""
    return _actor(_rows(store, _OF_MEMBER, {"user": user, "workspace": workspace}))


def _rows(store: Store, asked: sa.Select[Any], given: dict[str, Any]) -> list[RowMapping]:
    """One for each team of theirs, and one where there is none. Raises `platform.unauthorised` for nobody."""
    with store.engine.connect() as connection:
        found = list(connection.execute(asked, given).mappings())
    if not found:
        raise unauthorised()
    return found


def _actor(rows: list[RowMapping], scopes: frozenset[Right] | None = None, key: int | None = None) -> Actor:
    first = rows[0]
    if first["disabled"]:
        raise unauthorised()
    roles = {Role(first["role"]), *(Role(each["team_role"]) for each in rows if each["team_role"] is not None)}
    role = max(roles, key=lambda each: each.rank)
    return Actor(first["workspace"], first["email"], role, first["user"], scopes, key)


def _asked(shown: sa.FromClause | None, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """What is known of the members whom rows of `shown` name; nobody who left the workspace is among them."""
    known = _MEMBERS.join(_USERS, _USERS.c.id == _MEMBERS.c.user_id)
    if shown is not None:
        same = sa.and_(shown.c.user_id == _MEMBERS.c.user_id, shown.c.workspace_id == _MEMBERS.c.workspace_id)
        known = known.join(shown, same)
    of_teams = _IN_TEAMS.join(_TEAMS, _TEAMS.c.id == _IN_TEAMS.c.team_id)
    theirs = sa.and_(_IN_TEAMS.c.user_id == _USERS.c.id, _TEAMS.c.workspace_id == _MEMBERS.c.workspace_id)
    return sa.select(
        _USERS.c.id.label("user"),
        _USERS.c.email,
        _USERS.c.disabled,
        _MEMBERS.c.workspace_id.label("workspace"),
        _MEMBERS.c.role,
        _TEAMS.c.role.label("team_role"),
        *columns,
    ).select_from(known.outerjoin(of_teams, theirs))


_DIGEST: sa.BindParameter[str] = sa.bindparam("digest", type_=sa.Text)
_OF_KEY = _asked(_KEYS, _KEYS.c.id.label("key"), _KEYS.c.scopes, _KEYS.c.revoked_at, _KEYS.c.expires_at).where(
    _KEYS.c.digest == _DIGEST
)
_OF_SESSION = _asked(_SESSIONS, _SESSIONS.c.csrf, _SESSIONS.c.expires_at).where(_SESSIONS.c.digest == _DIGEST)
_OF_MEMBER = _asked(None, _USERS.c.password_set_at).where(
    _MEMBERS.c.user_id == sa.bindparam("user"), _MEMBERS.c.workspace_id == sa.bindparam("workspace")
)
