"""Digests of text."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Final

from datamimic_models.expressions.catalogue import function
from datamimic_models.expressions.failures import Failed

FAMILY = "Digests"
KINDS: Final = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b")
FORMS: Final = ("hex", "base64")


@function("digest", example="digest('abc', 'md5')", family=FAMILY, gives="text")
def digest(text: str, kind: str = "sha256", form: str = "hex", salt: str | None = None) -> str:
    """The digest of the text, as `hex` or `base64`; with a salt, keyed by it (HMAC)."""
    if kind not in KINDS or form not in FORMS:
        raise Failed(f"a digest is one of {', '.join(KINDS)}, as hex or base64")
    content = text.encode("utf-8", "surrogatepass")
    if salt is None:
        made = hashlib.new(kind, content, usedforsecurity=False).digest()
    else:
        made = hmac.new(salt.encode(), content, kind).digest()
    return made.hex() if form == "hex" else base64.b64encode(made).decode()


@function("java_hash", example="java_hash('abc')", family=FAMILY, gives="text")
def java_hash(text: str) -> str:
    """`String.hashCode` of Java: a whole number of 32 bits, in hexadecimal."""
    made = 0
    units = text.encode("utf-16-be", "surrogatepass")
    for high, low in zip(units[::2], units[1::2], strict=True):
        made = (31 * made + (high << 8 | low)) & 0xFFFFFFFF
    return f"{made:x}"
