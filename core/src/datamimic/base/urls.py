"""URLs of databases and other places: their scheme, their file, and what of them may be told."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from datamimic.errors import DatamimicError
from datamimic.errors.messages import HIDDEN, without_secrets

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9.-]*)(?:\+[A-Za-z0-9.-]+)?://")
_SECRET = re.compile(r"(?i)[?&;]\w*(?:password|passwd|pwd|passfile|token|secret)\w*=([^&;#]*)")
_BETWEEN = re.compile(r"[\s/?#&=]+")
_LEFT_OUT = re.compile(rf"{re.escape(HIDDEN)}@|[\w%]+={re.escape(HIDDEN)}&?|(?<=[?&])user(?:name)?=[^&#]*&?")


def scheme_of(place: str) -> str | None:
    """`postgresql` of `postgresql+psycopg://…`; None for a path."""
    found = _SCHEME.match(place)
    return found[1].lower() if found else None


def path_of(place: str) -> Path:
    """The file of `duckdb:///file`, which is relative, of `duckdb:////data/file`, and of a path as it is."""
    if scheme_of(place) is None:
        return Path(place)
    rest = place.partition("://")[2].partition("?")[0]
    host, _, path = rest.partition("/")
    if not path or host not in ("", "localhost"):
        raise DatamimicError(
            "output_unwritable",
            f"the URL of {scheme_of(place)} names no file",
            hint=f"{scheme_of(place)}:///file, three slashes",
        )
    return Path(unquote(path))


def without_password(text: str, place: str) -> str:
    """A message about a URL without the passwords that are in it, in whatever spelling they are told, beside what is left out
    of every message."""
    if scheme_of(place) is None:
        return text
    text = text.replace(place, without_secrets(place))
    for secret in sorted(_secrets(place), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


def holds_password(url: str) -> bool:
    """Whether there is a password in a URL, or what may be one."""
    return bool(_secrets(url))


def _secrets(place: str) -> set[str]:
    """What of a URL may be a password: as it stands and decoded; and its pieces, which a library that reads a wrong URL in its
    own way takes for a port or a host, and tells."""
    rest = place.partition("://")[2]
    if "@" in rest:
        whole = rest.rpartition("@")[0].partition(":")[2]
    else:
        port = re.split("[/?#]", rest, maxsplit=1)[0].partition(":")[2]
        whole = "" if port.isdigit() else rest.partition(":")[2]
    found = {whole, *_SECRET.findall(place)}
    with suppress(ValueError):
        found.add(urlsplit(place).password or "")
    found |= {unquote(each) for each in found}
    return {piece for each in found for piece in (each, *_BETWEEN.split(each)) if piece == each != "" or len(piece) > 2}


def without_credentials(url: str) -> str:
    """The URL without its user, its password and other secrets: what may be kept, and still names the place."""
    return _LEFT_OUT.sub("", without_secrets(url)).rstrip("?&")
