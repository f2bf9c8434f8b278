"""The folder of a run's files: there whole or not at all, in the place of an earlier run's and of nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from attrs import define, field

from datamimic import Clock, DatamimicError
from datamimic.errors import excerpt

MANIFEST: Final = "run.manifest.json"


@define
class Written:
    """What a run has written into `folder`; `describe` writes its manifest."""

    folder: Path
    files: list[str] = field(factory=list)

    def describe(self, model: Path, seed: str, clock: Clock, records: Mapping[str, int]) -> None:
        found = sorted(path for path in self.folder.rglob("*") if path.is_file())
        self.files = [path.relative_to(self.folder).as_posix() for path in found]
        if not self.files:
            return
        body = {
            "model": model.name,
            "model_sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
            "seed": seed,
            "clock": clock.at.isoformat(),
            "records": dict(records),
            "files": {name: _digest(self.folder / name) for name in self.files},
        }
        text = json.dumps(body, indent=2, ensure_ascii=False)
        (self.folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")


@contextmanager
def whole_folder(target: Path) -> Iterator[tuple[Path, Written]]:
    """A folder to write into, which takes the place of `target` at the end, if anything was written.

    Raises `DatamimicError` (`models.output`) where `target` holds other files than an earlier run's.
    """
    _check(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent))
    except OSError as error:
        raise _unwritable(target, error.strerror or str(error)) from None
    partial.chmod(0o755)
    written = Written(partial)
    try:
        yield partial, written
        if written.files:
            _put(partial, target)
    except OSError as error:
        raise _unwritable(target, error.strerror or str(error)) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _check(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise _unwritable(target, "it is no folder")
    if not target.is_dir():
        return
    there = {
        path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir() or path.is_symlink()
    }
    foreign = sorted(there - _ours(target))
    if foreign:
        raise _unwritable(target, f"it holds other files: {excerpt(foreign[0])}")


def _ours(target: Path) -> set[str]:
    try:
        body: Any = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        return {MANIFEST, *body["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _put(partial: Path, target: Path) -> None:
    if target.is_dir():
        before = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".earlier", dir=target.parent))
        os.replace(target, before / "earlier")
        try:
            os.replace(partial, target)
        except OSError:
            os.replace(before / "earlier", target)
            raise
        finally:
            shutil.rmtree(before, ignore_errors=True)
    else:
        os.replace(partial, target)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _unwritable(target: Path, reason: str) -> DatamimicError:
    return DatamimicError("models.output", f"{target} cannot be written: {reason}", hint="name a new folder: --output")
