"""Classes that packs register, known by name before they are imported."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from typing import Literal

from attrs import field, frozen

from datamimic.errors import PackError, excerpt, suggest
from datamimic.plugins.foreign_code import isolated

RegistrationKind = Literal[
    "entity", "generator", "format", "target", "source", "stream", "engine", "learner", "dues", "model", "message"
]

_TARGET = re.compile(r"(?:(?P<name>\w+(?:\.\w+)*)\s*=\s*)?(?P<module>\w+(?:\.\w+)*):(?P<attribute>\w+)")
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@frozen
class RegisteredClass:
    """A class that a pack registers, known by its name and imported when it is needed."""

    kind: RegistrationKind
    name: str
    target: type | str = field(repr=False)

    @classmethod
    def parse(cls, kind: RegistrationKind, item: object) -> RegisteredClass:
        """From what a hook returned: a class, `module:Class`, or `name = module:Class`. Raises PackError."""
        if isinstance(item, type):
            return cls(kind, class_name(kind, item), item)
        match = _TARGET.fullmatch(item.strip()) if isinstance(item, str) else None
        if match is None:
            hint = "give classes, or texts 'module:Class' or 'name = module:Class'"
            raise PackError("bad_hook", f"{excerpt(item)} is no {kind}", hint=hint)
        name = match["name"] or _conventional_name(kind, match["attribute"])
        return cls(kind, name, f"{match['module']}:{match['attribute']}")

    @property
    def target_text(self) -> str:
        """`module:Class`."""
        target = self.target
        return f"{target.__module__}:{target.__qualname__}" if isinstance(target, type) else target

    def stands_for(self, cls: type) -> bool:
        if isinstance(self.target, type):
            return self.target is cls
        return self.target == f"{cls.__module__}:{cls.__qualname__}"

    def load(self) -> type:
        """The class. Raises PackError when it cannot be imported or has another name; its own DatamimicErrors pass."""
        if isinstance(self.target, type):
            return self.target
        module_name, _, attribute = self.target.partition(":")
        with isolated("pack_import_failed", f"cannot import {self.target}"):
            module = importlib.import_module(module_name)
        found = getattr(module, attribute, None)
        if not isinstance(found, type):
            near = suggest(attribute, [name for name, value in vars(module).items() if isinstance(value, type)])
            hint = f"did you mean {excerpt(near[0])}?" if near else None
            raise PackError("bad_hook", f"{module_name} has no class {excerpt(attribute)}", hint=hint)
        actual = class_name(self.kind, found)
        aliases = getattr(vars(found).get("__entity__"), "aliases", ())
        if self.name != actual and self.name not in aliases:
            raise PackError(
                "name_mismatch",
                f"{self.target} is the {self.kind} {excerpt(actual)}, not {excerpt(self.name)}",
                hint=f"register it as {f'{actual} = {self.target}'!r}",
            )
        return found


class LazyClasses(Mapping[str, type]):
    """Classes by name. Looking at the names imports nothing; reading a value imports that class."""

    def __init__(self, references: Mapping[str, RegisteredClass]) -> None:
        self._references = references

    def __getitem__(self, name: str) -> type:
        return self._references[name].load()

    def __iter__(self) -> Iterator[str]:
        return iter(self._references)

    def __len__(self) -> int:
        return len(self._references)

    def __contains__(self, name: object) -> bool:
        return name in self._references

    def __repr__(self) -> str:
        return f"<{len(self)} classes: {', '.join(self)}>"


def class_name(kind: RegistrationKind, cls: type) -> str:
    """The name that a class itself has as what it is registered as. Raises PackError if it has none."""
    if kind == "generator":
        return cls.__name__
    if kind in ("format", "target", "source", "stream", "engine", "learner", "dues", "model", "message"):
        name = getattr(cls, "name", None)
        needed = "a text attribute `name`"
    else:
        # In the class's own namespace, as a subclass without the decorator inherits the attribute.
        name = getattr(vars(cls).get("__entity__"), "name", None)
        needed = "the decorator @entity"
    if not isinstance(name, str):
        raise PackError("bad_hook", f"{cls.__module__}.{cls.__qualname__} is no {kind}: it needs {needed}")
    return name


def _conventional_name(kind: RegistrationKind, class_name: str) -> str:
    if kind == "generator":
        return class_name
    suffix = {
        "format": "Format",
        "target": "Target",
        "source": "Source",
        "stream": "Target",
        "engine": "Runner",
        "learner": "Learner",
        "model": "Reader",
    }.get(kind, "")
    stem = class_name.removesuffix(suffix)
    return _WORD_START.sub("_", stem or class_name).lower()
