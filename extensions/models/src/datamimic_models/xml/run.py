"""Running a model of the XML language: `run_model(path)` gives the records of every product."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from datamimic import DatamimicError, Registry, World, installed_packs
from datamimic.errors import excerpt
from datamimic_models.model import BadModel, Mistake, Mistakes, Place
from datamimic_models.xml.checking import nearest
from datamimic_models.xml.files import whole_folder
from datamimic_models.xml.judging import Judge
from datamimic_models.xml.outputs import Outputs
from datamimic_models.xml.paths import Folder
from datamimic_models.xml.reading_setup import read_tree
from datamimic_models.xml.running import Runner
from datamimic_models.xml.served_modules import served
from datamimic_models.xml.setting import Setting
from datamimic_models.xml.watching import Watch

PAGE: Final = 16_384
USUAL_SEED: Final = "datamimic"
_LOG = logging.getLogger("datamimic.models")


@frozen
class Finished:
    """What a run has made: records per product, in order, and the folder of its files, None where it has none."""

    seed: str
    products: dict[str, int]
    folder: Path | None


def run_model(
    path: str | Path,
    *,
    seed: str | int | None = None,
    clock: str | None = None,
    trust: bool = False,
    packs: Registry | None = None,
    page: int = PAGE,
    say: Callable[[str], None] | None = None,
) -> dict[str, list[dict[str, Any]]]:
    """All records of a model, by product, as Python values; files that it names as targets are not written, databases are.

    Without a `seed`, that of the model's `rngSeed`, or a fixed one. Raises `DatamimicError`.
    """
    setting, file = _judged(path, seed, clock, trust, packs, page, say or _LOG.info)
    for each in setting.warnings:
        _log(each)
    outputs = Outputs(setting, None, captures=True)
    _run(setting, outputs, file)
    return outputs.records()


def run_to_folder(
    path: str | Path,
    folder: Path,
    *,
    seed: str | int | None = None,
    clock: str | None = None,
    trust: bool = False,
    packs: Registry | None = None,
    page: int = PAGE,
    say: Callable[[str], None] | None = None,
    rows: Mapping[str, int] | None = None,
    rows_of_all: int | None = None,
    otherwise: str = USUAL_SEED,
    watch: Watch | None = None,
    warn: Callable[[Mistake], None] | None = None,
) -> Finished:
    """Run a model; its files are in `folder`, all of them, or none where it fails.

    `rows` are counts of generates at the top in place of the model's, by name; `rows_of_all` that of all others. `otherwise`
    is the seed where nobody says one. `page` is how many records are made at a time, at most, which changes no value; `watch`
    is told how the run goes, `warn` what is odd about the model. Raises `DatamimicError`.
    """
    setting, file = _judged(path, seed, clock, trust, packs, page, say or _LOG.info, otherwise)
    setting.watch = watch
    for each in setting.warnings:
        (warn or _log)(each)
    setting.rows = {**({} if rows_of_all is None else {"": rows_of_all}), **(rows or {})}
    with whole_folder(folder) as (partial, made):
        outputs = Outputs(setting, partial)
        _run(setting, outputs, file)
        counts = outputs.counts()
        _refuse_unknown(rows or {}, counts, file)
        made.describe(file, setting.seed, setting.clock, counts)
    return Finished(setting.seed, counts, folder if made.files else None)


def _run(setting: Setting, outputs: Outputs, file: Path) -> None:
    try:
        with _own_code(setting) if setting.folder.trusted else nullcontext():
            Runner(setting, outputs).run(file)
        outputs.close()
    except BaseException:
        outputs.give_up()
        raise


@contextmanager
def _own_code(setting: Setting) -> Iterator[None]:
    """What Python files of a model meet while it runs: modules by other names, and random numbers of the seed."""
    before = random.getstate()
    random.seed(f"{setting.seed}/own code")
    try:
        with served():
            yield
    finally:
        random.setstate(before)


def _refuse_unknown(rows: Mapping[str, int], counts: Mapping[str, int], file: Path) -> None:
    for name in rows:
        if name not in counts:
            hint = nearest(name, counts) or f"there are {', '.join(counts)}"
            raise DatamimicError(
                "models.unknown_product", f"there is no product {excerpt(name)}", hint=hint, file=file.name
            )


def mistakes_of_model(path: str | Path, *, trust: bool = False, packs: Registry | None = None) -> Mistakes:
    """Everything that is wrong with a model, without running it."""
    mistakes = Mistakes()
    try:
        setting, file = _setting(path, None, None, trust, packs, PAGE, _LOG.info)
        Judge(setting, mistakes).model(file)
    except BadModel as error:
        mistakes.extend(error.mistakes)
    except DatamimicError as error:
        mistakes.add(error.code, error.message, Place(error.file or str(path), error.line), hint=error.hint)
    return mistakes


def judged_setting(path: str | Path, *, trust: bool, packs: Registry) -> tuple[Setting, Path]:
    """What a run of the model would begin with, and its file. Raises `BadModel` with every mistake, and `DatamimicError`."""
    return _judged(path, None, None, trust, packs, PAGE, lambda line: None)


def _judged(path: str | Path, *arguments: Any) -> tuple[Setting, Path]:
    """Raises `BadModel` with every mistake that can be found before the model runs."""
    setting, file = _setting(path, *arguments)
    mistakes = Mistakes()
    Judge(setting, mistakes).model(file)
    mistakes.refuse()
    setting.warnings = tuple(mistakes.found)
    return setting, file


def _log(warning: Mistake) -> None:
    _LOG.warning("%s: %s", warning.place, warning.message)


def _setting(
    path: str | Path,
    seed: str | int | None,
    clock: str | None,
    trust: bool,
    packs: Registry | None,
    page: int,
    say: Callable[[str], None],
    otherwise: str = USUAL_SEED,
) -> tuple[Setting, Path]:
    file = Path(path)
    if not file.is_file():
        raise DatamimicError("models.no_file", f"there is no model {excerpt(str(path))}", file=str(path))
    folder = Folder(file.resolve().parent, trust)
    file = folder.find(file.name, Place(str(path)))
    root = read_tree(file, folder.root, Mistakes())
    said = "" if root is None else root.get("rngSeed")
    world = World(str(seed) if seed is not None else said or otherwise, None, clock, packs=packs)
    return Setting(folder, world.seed, world.clock, packs or installed_packs(), say, max(1, page)), file
