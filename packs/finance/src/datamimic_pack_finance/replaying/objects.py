"""Histories as JSON, an object a line or an array of them: what is not replaced stays as it is written, whatever its type."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow as pa

from datamimic.errors import DatamimicError
from datamimic_pack_finance.replaying.kinds import refuse_number

NAMES: Final = ("jsonl", "json")
_OBJECTS = 4_096
Change = Callable[[str, pa.Array], pa.Array]


class Decimals(str):
    """A number with decimals, as it was written."""

    __slots__ = ()


class Objects:
    """A file of objects; of an array all are in memory, of lines some thousands."""

    def __init__(self, path: Path, lines: bool) -> None:
        self.path = path
        self.lines = lines

    def parts(self) -> Iterator[list[Any]]:
        """Its objects, some thousands at a time."""
        objects = self._of_lines() if self.lines else iter(self._of_array())
        while part := list(islice(objects, _OBJECTS)):
            yield part

    def _of_lines(self) -> Iterator[Any]:
        with self.path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    try:
                        yield json.loads(line, parse_float=Decimals)
                    except ValueError:
                        wrong = number
                        break
            else:
                return
        raise DatamimicError("bad_input", "no JSON", file=str(self.path), line=wrong)

    def _of_array(self) -> list[Any]:
        found = json.loads(self.path.read_text(encoding="utf-8"), parse_float=Decimals)
        if not isinstance(found, list):
            raise ValueError("no array of objects")
        return found

    def write(self, parts: Iterable[list[Any]], stream: BinaryIO) -> int:
        """Put down objects as they came; gives how many there were."""
        count, before = 0, "" if self.lines else "[\n"
        for part in parts:
            for each in part:
                stream.write(f"{before}{written(each)}{chr(10) if self.lines else ''}".encode())
                before = "" if self.lines else ",\n"
                count += 1
        if not self.lines:
            stream.write(b"\n]\n" if count else b"[]\n")
        return count


def columns_of(part: list[Any]) -> Iterator[tuple[str, pa.Array]]:
    """The texts and whole numbers of objects, of all with the same path, as columns of text."""
    for path, places in _places(part).items():
        yield path, _texts(places)


def changed(part: list[Any], change: Change) -> list[Any]:
    """The objects with every text and whole number as a change of its column makes it."""
    for path, places in _places(part).items():
        for (owner, key), new in zip(places, change(path, _texts(places)).to_pylist(), strict=True):
            owner[key] = int(new) if new is not None and isinstance(owner[key], int) else new
    return part


def written(value: Any) -> str:
    """JSON, numbers with decimals as they were."""
    if isinstance(value, Decimals):
        return str(value)
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {written(each)}" for key, each in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _texts(places: list[tuple[Any, Any]]) -> pa.Array:
    return pa.array([str(owner[key]) for owner, key in places], pa.string())


def _places(part: list[Any]) -> dict[str, list[tuple[Any, Any]]]:
    """Where texts and whole numbers stand: by path what holds them, and under which key."""
    found: dict[str, list[tuple[Any, Any]]] = {}

    def look(path: str, owner: Any, key: Any) -> None:
        value = owner[key]
        if isinstance(value, dict):
            for name in value:
                refuse_number(name)
                look(f"{path}.{name}" if path else name, value, name)
        elif isinstance(value, list):
            for number in range(len(value)):
                look(path, value, number)
        elif isinstance(value, str | int) and not isinstance(value, bool | Decimals):
            found.setdefault(path, []).append((owner, key))

    for number in range(len(part)):
        look("", part, number)
    return found
