"""What a configuration of somebody else may reach: URLs in it are looked at before any of it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from datamimic import DatamimicError
from datamimic_platform.kinds.kind import Asked
from datamimic_platform.security.addresses import refuse_private
from datamimic_platform.security.documents import document_of

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_ENDINGS = (".yaml", ".yml", ".json", ".sql")
_FILES = (".db", ".sqlite", ".sqlite3", ".duckdb")


def refuse_unreachable(asked: Asked) -> None:
    """Raises `DatamimicError` (`platform.address_refused`, `platform.bad_config`), unless somebody at the machine asks."""
    if asked.local or asked.config is None:
        return
    if asked.config.suffix.lower() not in _ENDINGS:
        raise DatamimicError(
            "platform.bad_config",
            "a server takes configurations in YAML, JSON and SQL",
            hint="XML models run code: `syndata generate --trust` runs them in place",
        )
    if asked.config.suffix.lower() == ".sql":
        return
    for text in texts_of(_document(asked.config)):
        if _URL.match(text.strip()):
            refuse_private(text.strip(), asked.allowed_hosts)


def _document(path: Path) -> Any:
    try:
        return document_of(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, ValueError, RecursionError):
        return None  # the reader of models tells what is wrong, and where


def texts_of(document: Any) -> Iterator[str]:
    """Every text in a document, at any depth, but keys; of what is named in several places once."""
    left, seen = [document], set[int]()
    while left:
        part = left.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict | list) and id(part) not in seen:
            seen.add(id(part))
            left.extend(part.values() if isinstance(part, dict) else part)
