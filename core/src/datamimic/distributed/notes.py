"""What stands beside finished parts while others are made, so that a run that ended early can be gone on with."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

_NOTE: Final = ".note.json"
_UNFINISHED: Final = ".note.partial"


def digest_of(asked: Mapping[str, Any]) -> str:
    """Of what is asked for: the same for the same."""
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def note(path: Path, asked: str, made: Mapping[str, Any]) -> None:
    """Write down that the part at `path` answers what was asked."""
    whole = path.with_name(path.name + _UNFINISHED)
    whole.write_text(json.dumps({"asked": asked, "made": made}), encoding="utf-8")
    os.replace(whole, _beside(path))


def noted(path: Path, asked: str) -> dict[str, Any] | None:
    """What was noted of a part that answers this, and is whole; None where it has to be made."""
    try:
        read = json.loads(_beside(path).read_text(encoding="utf-8"))
        made = read["made"]
        if read["asked"] != asked or path.stat().st_size != made["bytes"] or _sha256(path) != made["sha256"]:
            return None
    except (OSError, ValueError, LookupError, TypeError):  # none, half a note, another program's file
        return None
    return {**made, "fallbacks": tuple(made["fallbacks"])}


def _beside(path: Path) -> Path:
    return path.with_name(path.name + _NOTE)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
