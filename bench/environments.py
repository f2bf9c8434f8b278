"""One virtual environment per tool, outside the tree: made once, kept in the user's cache."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "datamimic-bench"
RESULTS = Path(__file__).parent / "results"


class Unavailable(Exception):
    """A tool could not be installed or run; the text says why."""


def python_of(tool: str, requirements: list[str]) -> Path:
    """The interpreter of the tool's environment, which is made when it is missing. Raises `Unavailable`."""
    folder = CACHE / tool
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = folder / "requirements.json"
    if ready.is_file() and json.loads(ready.read_text()) == requirements:
        return python
    print(f"installing {' '.join(requirements)} in {folder}", file=sys.stderr)
    CACHE.mkdir(parents=True, exist_ok=True)
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements],
    ):
        run(command, limit=900)
    ready.write_text(json.dumps(requirements))
    return python


def run(command: list[str], *, limit: float = 600, given: str | None = None) -> str:
    """What a command prints. Raises `Unavailable` with the last line of its complaint when it fails."""
    try:
        done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=limit, encoding="utf-8")
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"{Path(command[0]).name}: {error}") from None
    if done.returncode:
        complaint = done.stderr.strip().splitlines()
        raise Unavailable(complaint[-1] if complaint else f"{command[0]} ended with status {done.returncode}")
    return done.stdout
