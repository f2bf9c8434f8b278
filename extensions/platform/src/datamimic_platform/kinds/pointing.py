"""Mistakes of a configuration with JSON paths: whoever sent it as an object knows no lines of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from datamimic import DatamimicError
from datamimic_models import BadModel

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BadConfiguration(DatamimicError):
    """A `BadModel`; its `mistakes` as they are told, each with the path of the part that it is about."""

    def __init__(self, error: BadModel, config: Path, root: str) -> None:
        pointer = Pointer(config, root)
        self.mistakes = [pointer.told(each.to_dict()) for each in error.mistakes]
        first = next(each for each in self.mistakes if each["level"] == "error")
        said = pointer.without_folder(error.message)
        super().__init__(error.code, said, hint=error.hint, path=first.get("path"), file=error.file, line=error.line)


class Pointer:
    """Of a configuration in YAML or JSON; of another language it knows no paths."""

    def __init__(self, config: Path, root: str = "$") -> None:
        self._root, self._document = root, None
        self._folders = {f"{each}{os.sep}" for each in (config.parent, config.parent.resolve())}
        if config.suffix.lower() in (".yaml", ".yml", ".json"):
            try:
                self._document = yaml.compose(config.read_text(encoding="utf-8-sig"), Loader=_LOADER)
            except (OSError, ValueError, yaml.YAMLError, RecursionError):
                return  # the mistake is that it is none

    def without_folder(self, text: str) -> str:
        """Files beside the configuration by their names alone: where a server lays them out is nobody's business."""
        for each in self._folders:
            text = text.replace(each, "")
        return text

    def told(self, mistake: dict[str, Any]) -> dict[str, Any]:
        """With the path, where there is one."""
        mistake = {**mistake, "message": self.without_folder(mistake["message"])}
        if self._document is None or "line" not in mistake:
            return mistake
        return {**mistake, "path": self.at(mistake["line"], mistake.get("column") or 1)}

    def at(self, line: int, column: int) -> str:
        """The path of what is written at a place, which counts from 1: of parts that begin there the outermost."""
        place, node, path = (line - 1, column - 1), self._document, self._root
        while node is not None and _begin(node) != place:
            found = [(child, step) for key, child, step in _within(node) if _begin(key) <= place < _end(child)]
            if not found:
                break
            node, path = found[-1][0], path + found[-1][1]
        return path


@contextmanager
def pointing(config: Path | None, root: str = "$.config") -> Iterator[None]:
    """What is wrong with the configuration is raised as `BadConfiguration`."""
    try:
        yield
    except BadModel as error:
        if config is None:
            raise
        raise BadConfiguration(error, config, root) from None


def _within(node: Any) -> Iterator[tuple[Any, Any, str]]:
    """(where it begins, the part, its step) of the parts of a list or mapping."""
    if node.id == "sequence":
        yield from ((each, each, f"[{number}]") for number, each in enumerate(node.value))
    elif node.id == "mapping":
        for key, value in node.value:
            plain = key.id == "scalar" and key.value.isidentifier()
            yield key, value, f".{key.value}" if plain else f"[{str(key.value)!r}]"


def _begin(node: Any) -> tuple[int, int]:
    return node.start_mark.line, node.start_mark.column


def _end(node: Any) -> tuple[int, int]:
    return node.end_mark.line, node.end_mark.column
