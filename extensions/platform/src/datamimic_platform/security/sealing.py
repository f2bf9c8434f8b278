"""Secrets at rest: AES-256-GCM under a key derived from SECRET_KEY, bound to the place where they are kept."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from datamimic import DatamimicError

_VERSION = b"\x01"
_NONCE = 12


def derived(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose: no two uses share a key."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"syndata {purpose}".encode()).derive(secret.encode())


def seal(text: str, secret: str, place: str) -> bytes:
    """`place` (table, workspace, name) is authenticated: what is moved elsewhere does not open."""
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + AESGCM(derived(secret, "seal")).encrypt(nonce, text.encode(), place.encode())


def unseal(sealed: bytes, secret: str, place: str) -> str:
    """Raises `DatamimicError` (`platform.sealed`) with another key, in another place, or when changed."""
    try:
        if sealed[:1] != _VERSION:
            raise InvalidTag
        key = AESGCM(derived(secret, "seal"))
        return key.decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], place.encode()).decode()
    except (InvalidTag, ValueError):
        raise DatamimicError(
            "platform.sealed", "a secret in the store cannot be opened", hint="was SECRET_KEY changed?"
        ) from None
