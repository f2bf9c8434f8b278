"""Running a model of the XML language: `run_model(path)` gives the records of every product."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from datamimic import Clock, DatamimicError, Registry, World, installed_packs
from datamimic.errors import excerpt
from datamimic_models.model import Place
from datamimic_models.xml.files import whole_folder
from datamimic_models.xml.outputs import Outputs
from datamimic_models.xml.paths import Folder
from datamimic_models.xml.running import Runner, read_setup
from datamimic_models.xml.setting import Setting

PAGE: Final = 16_384
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
    setting, file = _setting(path, seed, clock, trust, packs, page, say or _LOG.info)
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
) -> Finished:
    """Run a model; its files are in `folder`, all of them, or none where it fails. Raises `DatamimicError`."""
    setting, file = _setting(path, seed, clock, trust, packs, page, say or _LOG.info)
    with whole_folder(folder) as (partial, made):
        outputs = Outputs(setting, partial)
        _run(setting, outputs, file)
        counts = {name: product.records for name, product in outputs.products.items()}
        made.describe(file, setting.seed, setting.clock, counts)
    return Finished(setting.seed, counts, folder if made.files else None)


def _run(setting: Setting, outputs: Outputs, file: Path) -> None:
    try:
        Runner(setting, outputs).run(file)
        outputs.close()
    except BaseException:
        outputs.give_up()
        raise


def _setting(
    path: str | Path,
    seed: str | int | None,
    clock: str | None,
    trust: bool,
    packs: Registry | None,
    page: int,
    say: Callable[[str], None],
) -> tuple[Setting, Path]:
    file = Path(path)
    if not file.is_file():
        raise DatamimicError("models.no_file", f"there is no model {excerpt(str(path))}", file=str(path))
    folder = Folder(file.resolve().parent, trust)
    file = folder.find(file.name, Place(str(path)))
    root = read_setup(file, folder.root)
    said = root.get("rngSeed")
    used = str(seed) if seed is not None else said or "datamimic"
    world = World(used, None, clock, packs=packs)
    moment: Clock = world.clock
    return Setting(folder, world.seed, moment, packs or installed_packs(), say, max(1, page)), file
