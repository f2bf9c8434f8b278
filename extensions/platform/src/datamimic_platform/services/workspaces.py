"""The workspaces of somebody: which there are, and going from one to another."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from datamimic_platform.security.rights import Actor, Right
from datamimic_platform.services.recognising import SignedIn
from datamimic_platform.services.signing_in import end_session, start_session
from datamimic_platform.store.people import Membership, Workspace
from datamimic_platform.store.store import Store

_OF_USER = (
    sa.select(Workspace.id, Workspace.name)
    .join(Membership, Membership.workspace_id == Workspace.id)
    .where(Membership.user_id == sa.bindparam("user"))
    .order_by(Workspace.name)
)


def workspaces_of(store: Store, actor: Actor) -> list[dict[str, Any]]:
    """`{id, name, here}` by name, of those whose member the actor is."""
    actor.require(Right.READ)
    with store.engine.connect() as connection:
        found = connection.execute(_OF_USER, {"user": actor.user or 0})
        return [{"id": each.id, "name": each.name, "here": each.id == actor.workspace} for each in found]


def go_to(store: Store, signed: SignedIn, workspace: int) -> SignedIn:
    """A new session there; the old one ends. Raises `DatamimicError` (`platform.unauthorised`) for no member."""
    signed.actor.require(Right.READ)
    made = start_session(store, signed.actor.user or 0, workspace)
    end_session(store, signed)
    return made
