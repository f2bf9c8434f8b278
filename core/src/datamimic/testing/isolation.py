"""What rules must not touch: the wall clock, global randomness, the network, and files outside the packs' data."""

from __future__ import annotations

import ast
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

_CODE = (".py", ".pyc", ".pyd", ".so", ".dll", ".dylib", ".pth")
_NETWORK = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
_PROCESSES = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")

FORBIDDEN = {
    "datetime.now": "the wall clock",
    "datetime.utcnow": "the wall clock",
    "datetime.today": "the wall clock",
    "date.today": "the wall clock",
    "time.time": "the wall clock",
    "time.time_ns": "the wall clock",
    "random.random": "global randomness",
    "random.choice": "global randomness",
    "random.choices": "global randomness",
    "random.randint": "global randomness",
    "random.shuffle": "global randomness",
    "random.seed": "global randomness",
    "np.random": "randomness whose streams change between releases",
    "numpy.random": "randomness whose streams change between releases",
    "uuid.uuid1": "the wall clock",
    "uuid.uuid4": "global randomness",
    "os.urandom": "global randomness",
    "secrets": "global randomness",
}
"""Names that a pack's sources do not use, and what they stand for."""


class _Watch:
    """One audit hook per process, since none can be removed; it looks only while somebody watches."""

    def __init__(self) -> None:
        self.found: list[str] | None = None
        self.allowed: tuple[str, ...] = ()
        self._installed = False

    def install(self) -> None:
        if not self._installed:
            sys.addaudithook(self._hook)
            self._installed = True

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.found is None:
            return
        if event in _NETWORK:
            self.found.append(f"the network ({event} {arguments[1:]!r})")
        elif event in _PROCESSES:
            self.found.append(f"another process ({event})")
        elif event == "open":
            path, mode, _ = arguments
            if not isinstance(path, str | bytes):
                return
            name = path.decode(errors="replace") if isinstance(path, bytes) else path
            writing = isinstance(mode, str) and any(letter in mode for letter in "wax+")
            code = name.endswith(_CODE) or any(part in name for part in ("__pycache__", "zoneinfo", "tzdata"))
            if not code and (writing or not name.startswith(self.allowed)) and not name.startswith(("/proc", "/sys")):
                self.found.append(f"the file {name}")


_WATCH = _Watch()


@contextmanager
def watched(allowed: list[Path]) -> Iterator[list[str]]:
    """Collects what is touched inside: network, processes, files other than code outside the `allowed` folders, the state
    of the global random generators."""
    _WATCH.install()
    found: list[str] = []
    before, numpy_before = random.getstate(), _numpy_state()
    _WATCH.allowed = tuple(str(path) for path in allowed)
    _WATCH.found = found
    try:
        yield found
    finally:
        _WATCH.found = None
        if random.getstate() != before:
            found.append("global randomness (random)")
        if _numpy_state() != numpy_before:
            found.append("global randomness (numpy.random)")


def _numpy_state() -> tuple[Any, ...]:
    name, keys, *rest = np.random.get_state(legacy=True)
    return (name, np.asarray(keys).tobytes(), *rest)


def forbidden_uses(package: Path) -> list[str]:
    """`file:line: name (what it stands for)` for every forbidden name that the sources of a package use."""
    found = []
    for file in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = _dotted(node)
            what = next((why for bad, why in FORBIDDEN.items() if f".{name}.".find(f".{bad}.") >= 0), None)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "hash":
                name, what = "hash()", "a value that differs between processes"
            if what:
                found.append(f"{file.relative_to(package.parent)}:{getattr(node, 'lineno', 0)}: {name} ({what})")
    return sorted(set(found))


def _dotted(node: ast.AST) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) and parts else ""
