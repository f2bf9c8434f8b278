"""The key of a masking: a file that only its owner reads, and keys for every domain of values that are derived from it."""

from __future__ import annotations

import os
import secrets
import stat
from functools import cached_property
from pathlib import Path

from attrs import field, frozen

from datamimic import SecretKey
from datamimic.errors import InvalidOption

USE = "mask"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def new_key(path: Path) -> None:
    """Write 32 random bytes, as hexadecimal digits, to a new file that only its owner reads. Raises `InvalidOption` (`bad_key`)
    for one that is there already: what was masked with it could not be masked alike again."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise InvalidOption("bad_key", f"{path} is there already", hint="keep it, or name another file") from None
    except OSError as error:
        raise InvalidOption("bad_key", f"{path} cannot be made: {error.strerror}", path="$.key_file") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(32) + "\n")


def key_of_file(path: Path) -> MaskingKey:
    """The key of a file. Raises `InvalidOption` (`bad_key`) for one that others than its owner may read, and for no key."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        hint = f"make one: dm mask --new-key {path}"
        raise InvalidOption("bad_key", f"the key file {path} cannot be read: {error.strerror}", hint=hint) from None
    if os.name == "posix" and mode & _OTHERS:
        raise InvalidOption("bad_key", f"others may read the key file {path}", hint=f"chmod 600 {path}")
    return MaskingKey(SecretKey.of_file(path, USE))


@frozen(slots=False)
class MaskingKey:
    """Never shows itself. Values of one `domain` are masked alike wherever they are; from what one domain gives, nothing
    follows about another."""

    secret: SecretKey = field(repr=False)

    @classmethod
    def of_bytes(cls, secret: bytes) -> MaskingKey:
        """Of at least 32 random bytes, for programs that keep keys elsewhere. Raises `InvalidOption` (`bad_key`)."""
        if len(secret) < 32 or len(set(secret)) < 8:
            raise InvalidOption("bad_key", "a key has at least 32 random bytes", hint="secrets.token_bytes(32)")
        return cls(SecretKey(secret, USE))

    @cached_property
    def _derived(self) -> dict[str, bytes]:
        return {}

    def of(self, method: str, domain: str) -> bytes:
        """32 bytes for one method and domain."""
        purpose = f"{method}\x1f{domain}"
        if purpose not in self._derived:
            self._derived[purpose] = self.secret.derived(purpose)
        return self._derived[purpose]

    @property
    def seed(self) -> str:
        """That of the worlds whose people take the places of others; nobody knows these worlds without the key."""
        return self.of("world", "").hex()

    @property
    def fingerprint(self) -> str:
        """What tells one key from another without telling it."""
        return self.secret.fingerprint
