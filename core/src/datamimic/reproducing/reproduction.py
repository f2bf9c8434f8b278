"""Writing an output again from its manifest alone: a file, a folder of parts, or the folder of a set."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from datamimic.base.observation import Progress
from datamimic.distributed.dataset import write_dataset
from datamimic.distributed.runners import ProcessRunner, SerialRunner
from datamimic.engine.changes import told
from datamimic.engine.given_tables.opening import Givens
from datamimic.errors import DatamimicError, OutputError
from datamimic.formats.by_name import format_named
from datamimic.output.destination import MANIFEST_SUFFIX, manifest_path
from datamimic.output.finding import find_manifest
from datamimic.output.finished_runs import told_run
from datamimic.output.manifest import SET_NAME, read_manifest
from datamimic.output.planned import PlannedOutput
from datamimic.output.split import write_split
from datamimic.output.told import write_days, write_told
from datamimic.output.unfinished import scratch_folder
from datamimic.output.whole_files import put_file
from datamimic.output.whole_folders import check_folder, whole_folder
from datamimic.output.writing import write_output
from datamimic.plugins.registry import Registry
from datamimic.related.closure import close
from datamimic.related.writing import load_set, write_set
from datamimic.reproducing.described_world import described_rows, described_world
from datamimic.reproducing.verification.files import named_file
from datamimic.world import World

_Described = tuple[str, list[Any]]
ALIKE = "the same bytes"
VALUES = "the same values, in other bytes"
OTHER = "other values"


@frozen
class Reproduced:
    """Of each file of the manifest, how what was made compares with what the manifest says.

    `written` is False where nothing had to be written, since it is there, or was not, since it is not what was there.
    """

    path: Path
    verdicts: Mapping[str, str]
    written: bool

    @property
    def holds(self) -> bool:
        return OTHER not in self.verdicts.values()


def reproduce(
    path: str | Path,
    output: str | Path | None = None,
    *,
    workers: int = 1,
    given: Givens | None = None,
    packs: Registry | None = None,
    progress: Progress | None = None,
) -> Reproduced:
    """Write what a manifest describes, to `output`, or to where the manifest lies. `given` is as for `verify`.

    All of it takes its place at once, or nothing does. Without an `output` nothing is replaced by something else: a file that
    is there and differs from the manifest is refused, and so is a folder that holds other files; values that come out
    differently here are not written. Raises `DatamimicError` (`bad_manifest`), `OutputError`, and what is
    raised for a world that cannot be made here, such as an entity whose pack is not installed.
    """
    manifest = find_manifest(Path(path))
    body = read_manifest(manifest)
    try:
        if any(each.get("file", "") is None for each in body.get("outputs", ())):
            raise DatamimicError("bad_manifest", "the rows are in a database server", hint="dm world … --to URL")
        world = described_world(body["world"], given, packs)
        if output is not None:
            target = _target(manifest, body, Path(output))
            _write(world, body, target, workers, progress, _is_of_one_file(manifest, body))
            return Reproduced(target, _verdicts(body, target), True)
        target = _target(manifest, body, None)
        of_one = _is_of_one_file(manifest, body)
        if _is_there(target, body, of_one):
            return Reproduced(target, dict.fromkeys(_files(body), ALIKE), False)
        if target.is_dir():
            check_folder(target)
        with told_run(world) as run, scratch_folder(target) as folder:
            made = _folder_within(folder) / target.name
            _write(world, body, made, workers, progress, of_one)
            found = Reproduced(target, _verdicts(body, made), True)
            if not found.holds:
                run.wrote_nothing()
                return evolve(found, written=False)
            _put(made, target)
            run.moved(target)
            return found
    except ValueError as error:
        raise DatamimicError("bad_manifest", f"{manifest} is not usable: {error}", file=str(manifest)) from None


def rows_to_make(path: str | Path) -> int:
    """About how many rows `reproduce` will make; for progress."""
    body = read_manifest(find_manifest(Path(path)))
    entries = [body["file"]] if "file" in body else body.get("outputs", body.get("parts", ())) or [body["split"]]
    return sum(int(entry["content"]["rows"]) for entry in entries)


def _target(manifest: Path, body: Mapping[str, Any], output: Path | None) -> Path:
    if not _is_of_one_file(manifest, body):
        return manifest.parent if output is None else output
    if output is None:
        # Beside the manifest, by whose name it is found, whatever the file was called when it was written.
        return manifest.with_name(manifest.name.removesuffix(MANIFEST_SUFFIX))
    return output / manifest.name.removesuffix(MANIFEST_SUFFIX) if output.is_dir() else output


def _is_of_one_file(manifest: Path, body: Mapping[str, Any]) -> bool:
    """Does it lie beside what it describes: the rows of an entity, or a set in the file of a database?"""
    return "file" in body or ("outputs" in body and manifest.name != SET_NAME)


def _is_there(target: Path, body: Mapping[str, Any], of_one: bool) -> bool:
    """Is all of it where it should be? Raises `OutputError` (`output_unwritable`) for a file that differs."""
    complete = True
    for name, (sha256, _) in _files(body).items():
        file = target if of_one else named_file(target, name)
        if not file.is_file():
            complete = False
        elif _digest(file) != sha256:
            raise OutputError(
                "output_unwritable",
                f"{file} is there, and is not what its manifest says",
                hint="write elsewhere with -o PATH; `dm verify` says what differs",
                file=str(file),
            )
    return complete


def _write(
    world: World, body: Mapping[str, Any], target: Path, workers: int, progress: Progress | None, of_one: bool
) -> None:
    request = body["request"]
    settings = dict(request["settings"])
    if "set" in request:
        closure = close(world, request["set"])
        if of_one:
            load_set(closure, str(target), progress=progress, **settings)
        else:
            messages = request.get("messages", ())
            write_set(closure, target, request["format"], progress=progress, messages=messages, **settings)
        return
    rows = described_rows(world, request)
    if "told" in request:
        write = write_days if "parts" in body else write_told
        format = format_named(world.packs, target, request["format"]).configured(settings)
        write(told(rows, request["told"], request["since"]), target, format, progress=progress)
        return
    planned = PlannedOutput.of(rows, target, request["format"], **settings)
    if "split" in body:
        write_split(planned, int(request["per_file"]), progress=progress, workers=workers)
    elif "parts" in body:
        runner = SerialRunner() if workers == 1 else ProcessRunner(workers=workers)
        write_dataset(planned, runner, len(body["parts"]), progress=progress)
    else:
        write_output(planned, progress=progress, workers=workers)


def _folder_within(folder: Path) -> Path:
    """A commit into the folder itself would wait for whoever holds it, which is this process."""
    within = folder / "made"
    within.mkdir()
    return within


def _put(made: Path, target: Path) -> None:
    """Give what was made its place, all of it at once."""
    if made.is_file():
        put_file(made, target, manifest_path(made).read_bytes())
        return
    with whole_folder(target) as folder:
        for file in made.iterdir():
            os.replace(file, folder / file.name)


def _verdicts(body: Mapping[str, Any], target: Path) -> dict[str, str]:
    """By the manifest that was written with the files; a file may have got another name."""
    now = list(_files(read_manifest(find_manifest(target))).values())
    then = _files(body)
    if len(now) != len(then):
        return dict.fromkeys(then, OTHER)
    return {name: _verdict(said, made) for (name, said), made in zip(then.items(), now, strict=True)}


def _verdict(said: _Described, made: _Described) -> str:
    if said[0] == made[0]:
        return ALIKE
    return VALUES if said[1] and said[1] == made[1] else OTHER


def _files(body: Mapping[str, Any]) -> dict[str, _Described]:
    """By name, of each file its SHA-256 and the digests of the tables that it holds."""
    if "file" in body:
        return {str(body["file"]["name"]): (body["file"]["sha256"], [body["file"]["content"]])}
    if "parts" in body:
        return {str(each["file"]): (each["sha256"], [each["content"]]) for each in body["parts"]}
    tables: dict[str, list[Any]] = {}
    for each in body.get("outputs", ()):
        for name in each["names"] if "names" in each else [each["file"]]:
            tables.setdefault(name, []).append(each["content"])
    return {str(each["name"]): (each["sha256"], tables.get(each["name"], [])) for each in body["files"]}


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
