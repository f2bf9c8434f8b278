"""JSON Web Tokens: HS256 and nothing else, for this audience and issuer, always with an end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import jwt
from attrs import frozen

from datamimic import DatamimicError

ALGORITHM, AUDIENCE, ISSUER = "HS256", "syndata-platform", "syndata-platform"


@frozen
class Claims:
    user: int
    workspace: int
    at: datetime
    """When it was issued."""


def issue(claims: Claims, secret: str, minutes: int) -> str:
    body = {
        "sub": str(claims.user),
        "workspace": claims.workspace,
        "aud": AUDIENCE,
        "iss": ISSUER,
        "iat": claims.at.timestamp(),
        "exp": claims.at + timedelta(minutes=minutes),
    }
    return jwt.encode(body, secret, algorithm=ALGORITHM)


def verified(token: str, secret: str, now: datetime) -> Claims:
    """Raises `DatamimicError` (`platform.unauthorised`) whatever is wrong with it, without saying what."""
    try:
        body = jwt.decode(
            token,
            secret,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=ISSUER,
            options={"require": ["exp", "aud", "sub", "iss", "iat"], "verify_exp": False, "verify_iat": False},
        )
        if datetime.fromtimestamp(int(body["exp"]), UTC) <= now:
            raise ValueError
        return Claims(int(body["sub"]), int(body["workspace"]), datetime.fromtimestamp(body["iat"], UTC))
    except (jwt.PyJWTError, KeyError, TypeError, ValueError, OverflowError):
        raise unauthorised() from None


def unauthorised() -> DatamimicError:
    return DatamimicError(
        "platform.unauthorised",
        "who asks is not known",
        hint="send `X-API-Key: <key>` or `Authorization: Bearer <key or token>`, neither of which has ended; "
        "`syndata user key NAME` makes a key",
    )
