"""What describes an output to other programs, such as an XML Schema, beside it: there with it, or as it was before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from datamimic.errors import DatamimicError, OutputError
from datamimic.output.destination import file_destination, manifest_path, path_text
from datamimic.output.manifest import read_manifest
from datamimic.output.whole_files import whole_file


def put_description(path: Path, text: str) -> dict[str, Any]:
    """Write one; returns its name, size and SHA-256, as a manifest has them."""
    with whole_file(path) as stream:
        stream.write(text.encode())
    return {"name": path.name, "bytes": stream.size, "sha256": stream.sha256.hexdigest()}


@frozen
class _Earlier:
    path: Path
    content: bytes | None

    def restore(self) -> None:
        if self.content is None:
            self.path.unlink(missing_ok=True)
        else:
            with whole_file(self.path) as stream:
                stream.write(self.content)


@define
class Descriptions:
    """The descriptions of one file, `rows.xml.xsd` of `rows.xml`, by {ending: text}."""

    target: Path
    texts: Mapping[str, str]
    _put: list[_Earlier] = field(factory=list)

    def put(self) -> list[dict[str, Any]]:
        """Write them. Returns their entries in a manifest."""
        made = []
        for ending, text in self.texts.items():
            path = self._path(ending)
            self._put.append(_Earlier(path, path.read_bytes() if path.exists() else None))
            made.append(put_description(path, text))
        return made

    def restore(self) -> None:
        """What was there before they were written."""
        while self._put:
            self._put.pop().restore()

    def check(self) -> None:
        """Raises `OutputError` (`output_unwritable`) for a file under the name of one that no earlier result has."""
        for ending in self.texts:
            path = self._path(ending)
            if path.exists() and path.name not in _described(manifest_path(self.target)):
                raise OutputError(
                    "output_unwritable",
                    f"{path_text(path)} is in the way, and of no earlier result",
                    hint="name another file",
                    file=str(path),
                )

    def _path(self, ending: str) -> Path:
        return self.target.with_name(self.target.name + ending)


def _described(manifest: Path) -> set[str]:
    try:
        return {str(entry["name"]) for entry in read_manifest(manifest).get("files", ())}
    except DatamimicError:
        return set()


@contextmanager
def described(path: Path, texts: Mapping[str, str]) -> Iterator[Descriptions]:
    """The descriptions of a file that is written within the block; where that fails, those of before stay. Beside a pipe or a
    device there are none.

    Raises `OutputError` (`output_unwritable`) where something else stands under their names.
    """
    destination = file_destination(path)
    made = Descriptions(destination.path, {} if destination.through else texts)
    made.check()
    try:
        yield made
    except BaseException:
        made.restore()
        raise
