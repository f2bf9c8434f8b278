"""Signing in by an identity provider: people whom it knows, and whom this platform knows or may take on."""

from __future__ import annotations

import sqlalchemy as sa

from datamimic import DatamimicError
from datamimic_platform.security.identity import Person, came_back, sent_to
from datamimic_platform.security.rights import Actor, Role
from datamimic_platform.security.tokens import unauthorised
from datamimic_platform.services.recognising import SignedIn
from datamimic_platform.services.signing_in import local_workspace, start_session
from datamimic_platform.store.auditing import record
from datamimic_platform.store.people import Membership, User
from datamimic_platform.store.store import Store


def go(store: Store, redirect: str) -> tuple[str, str]:
    """(where to send the browser, what to keep in its cookie). Raises `DatamimicError` (`platform.not_found`) without a
    provider."""
    if not store.settings.oidc_issuer:
        raise DatamimicError("platform.not_found", "there is no identity provider", hint="OIDC_ISSUER")
    return sent_to(store.settings, redirect, store.now())


def come(store: Store, cookie: str, state: str, code: str, redirect: str) -> SignedIn:
    """A session. Somebody new is taken on with `OIDC_ROLE`, where that is set. Raises `platform.unauthorised`."""
    if not store.settings.oidc_issuer:
        raise unauthorised()
    person = came_back(store.settings, cookie, state, code, redirect, store.now())
    user, workspace = _known(store, person)
    return start_session(store, user, workspace)


def _known(store: Store, person: Person) -> tuple[int, int]:
    """(user, workspace): by the subject, or, the first time, by the e-mail address that the provider has verified."""
    with store.writing() as session:
        row = session.scalars(sa.select(User).where(User.subject == person.subject)).first()
        if row is None:
            row = session.scalars(sa.select(User).where(User.email == person.email, User.subject.is_(None))).first()
        if row is None and store.settings.oidc_role:
            taken = session.scalars(sa.select(User.id).where(User.email == person.email)).first()
            if taken is None:
                row = User(email=person.email, name=person.name, created_at=store.now())
                session.add(row)
                session.flush()
                workspace, role = local_workspace(store, session), Role(store.settings.oidc_role)
                session.add(Membership(workspace_id=workspace, user_id=row.id, role=role))
                session.flush()
        asked = sa.select(Membership.workspace_id).where(Membership.user_id == (row.id if row else 0))
        workspace_of_row = session.scalars(asked.order_by(Membership.workspace_id)).first()
        if row is None or row.disabled or workspace_of_row is None:
            refused = True
            record(session, store, Actor(0, "identity provider", Role.VIEWER), "login.refused", person.email)
        else:
            refused, row.subject = False, person.subject
            record(session, store, Actor(workspace_of_row, row.email, Role.VIEWER, row.id), "login.provider", row.email)
    if refused or row is None or workspace_of_row is None:
        raise unauthorised()
    return row.id, workspace_of_row
