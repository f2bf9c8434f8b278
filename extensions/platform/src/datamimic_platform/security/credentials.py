"""Passwords by Argon2id; keys, sessions and links as 256 random bits, of which only the SHA-256 is kept."""

from __future__ import annotations

import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from attrs import frozen

from datamimic import DatamimicError

LEAST_PASSWORD, MOST_PASSWORD = 12, 256
_HASHER = PasswordHasher()
"""Argon2id with the parameters of RFC 9106 for memory-constrained machines: 64 MiB, three passes, four lanes."""
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$zmyd0ONKjWdf3Bbhqz1eSZLHqsyCCjqtIQEMOnANCHw"


def hash_password(password: str) -> str:
    """Raises `DatamimicError` (`platform.bad_password`) for one that is short, long, or one sign repeated."""
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD or len(set(password)) < 4:
        raise DatamimicError(
            "platform.bad_password",
            "the password is too easily guessed",
            hint=f"{LEAST_PASSWORD} to {MOST_PASSWORD} characters, four different ones at least",
        )
    return _HASHER.hash(password)


def password_fits(password: str, kept: str | None) -> bool:
    """Takes as long for a user whom there is not as for a wrong password."""
    try:
        return _HASHER.verify(kept or _NOBODY, password[:MOST_PASSWORD]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@frozen
class Token:
    """`text` is shown once, `digest` is kept, `prefix` is for lists."""

    text: str
    digest: str

    @property
    def prefix(self) -> str:
        return self.text[:12]


def new_token(kind: str) -> Token:
    """`syn_<kind>_<43 characters>`."""
    text = f"syn_{kind}_{secrets.token_urlsafe(32)}"
    return Token(text, digest_of(text))


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
