"""Modules that trusted files of a model import by another product's name, served by a distribution that says it can.

An installed distribution says so by an entry point: `[project.entry-points."datamimic.served_modules"] datamimic_ce =
"datamimic_bridge"`. The other name is there while a model runs, in this process, and gone afterwards.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.metadata import entry_points
from types import ModuleType
from typing import Any, Final

GROUP: Final = "datamimic.served_modules"
OTHERS: Final = {"datamimic_ce": "datamimic-bridge"}
"""Modules that models are known to import, and what serves them."""


class _Served(MetaPathFinder, Loader):
    """Finds `datamimic_ce.x` as `datamimic_bridge.x`: a module of its own with the same names."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        module = self._module(name)
        if module is None:
            return None
        return ModuleSpec(name, self, is_package=hasattr(module, "__path__"))

    def _module(self, name: str) -> ModuleType | None:
        first, dot, rest = name.partition(".")
        if first not in self.names:
            return None
        wanted = f"{self.names[first]}{dot}{rest}"
        try:
            return import_module(wanted)
        except ModuleNotFoundError as error:
            if error.name is not None and f"{wanted}.".startswith(f"{error.name}."):
                raise ModuleNotFoundError(f"No module named {name!r}", name=name) from None
            raise

    def exec_module(self, module: ModuleType) -> None:
        original: Any = self._module(module.__name__)
        vars(module).update({name: value for name, value in vars(original).items() if not name.startswith("__")})
        vars(module)["__getattr__"] = lambda name: getattr(original, name)


@contextmanager
def served() -> Iterator[None]:
    """Other products' module names can be imported within."""
    names = {each.name: each.value for each in entry_points(group=GROUP)}
    before = _taken_out(names)
    finder = _Served(names)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        _taken_out(names)
        sys.modules.update(before)


def _taken_out(names: Mapping[str, str]) -> dict[str, ModuleType]:
    found = [name for name in sys.modules if name.partition(".")[0] in names]
    return {name: sys.modules.pop(name) for name in found}


def remedy(missing: str | None) -> str:
    """What to do about a module that is not there."""
    first = (missing or "").partition(".")[0]
    known = {each.name: each.value for each in entry_points(group=GROUP)}
    if first in known:
        return f"{known[first]} has no such module: change that line"
    if first in OTHERS:
        return f"pip install {OTHERS[first]}, or change that line"
    return f"pip install {first}" if first else "change that line"
