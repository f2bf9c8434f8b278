"""The key of what must not be undone without it: what a file holds, and keys for each purpose that are derived from it (HKDF,
RFC 5869)."""

from __future__ import annotations

from pathlib import Path

from attrs import field, frozen
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from datamimic.errors import InvalidOption

LEAST = 32
"""Bytes of a key file: 32 random ones, or 128 random bits written as hexadecimal digits."""
MOST = 4096
_LEAST_DIFFERENT = 8


@frozen
class SecretKey:
    """A secret from which tokens follow; who lacks it cannot go back. It never shows itself. `use` is what it is for: keys of
    two uses have nothing in common, though they are of one secret."""

    secret: bytes = field(repr=False)
    use: str

    @classmethod
    def of_file(cls, path: Path, use: str) -> SecretKey:
        """What the file holds, without space at its ends. Raises `InvalidOption` (`bad_key`)."""
        hint = f"make one: openssl rand -hex 32 > {use}.key"
        try:
            with path.open("rb") as stream:
                secret = stream.read(MOST + 1).strip()
        except OSError as error:
            raise _refused(f"the key file {path} cannot be read: {error.strerror}", hint) from None
        if not LEAST <= len(secret) <= MOST:
            raise _refused(f"the key file {path} holds {len(secret)} bytes, not {LEAST} to {MOST}", hint)
        if len(set(secret)) < _LEAST_DIFFERENT:
            raise _refused(f"the key file {path} holds hardly any different bytes, and no random ones", hint)
        return cls(secret, use)

    def derived(self, purpose: str) -> bytes:
        """32 bytes for one purpose, from which those for others do not follow."""
        return HKDF(SHA256(), 32, salt=None, info=f"datamimic {self.use} 1: {purpose}".encode()).derive(self.secret)

    @property
    def fingerprint(self) -> str:
        """What tells one key from another without telling it: 16 hexadecimal digits."""
        return self.derived("fingerprint")[:8].hex()


def _refused(text: str, hint: str) -> InvalidOption:
    return InvalidOption("bad_key", text, hint=hint, path="$.key_file")
