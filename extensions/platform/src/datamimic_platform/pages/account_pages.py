"""One's own account: who one is here, and the password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Response

from datamimic import DatamimicError
from datamimic_platform.pages.visiting import Changing, Visit, Visitor, to
from datamimic_platform.security.rights import Right
from datamimic_platform.services import accounts

routes = APIRouter(prefix="/account")
Word = Annotated[str, Form(max_length=300)]


@routes.get("")
def account(visit: Visitor, changed: Annotated[str, Query(max_length=3)] = "") -> Response:
    return _shown(visit, changed=changed == "yes")


@routes.post("/password")
def change_password(visit: Changing, old: Word = "", new: Word = "", again: Word = "") -> Response:
    """All other sessions end."""
    try:
        if new != again:
            raise DatamimicError("platform.bad_password", "the two new passwords are not the same")
        accounts.change_password(visit.store, visit.actor, old, new, visit.signed.text)
    except DatamimicError as error:
        return _shown(visit, wrong=error)
    return to("/account?changed=yes")


def _shown(visit: Visit, *, changed: bool = False, wrong: DatamimicError | None = None) -> Response:
    rights = [str(each) for each in Right if visit.actor.may(each)]
    return visit.page("account.html", answered=400 if wrong else 200, rights=rights, changed=changed, wrong=wrong)
