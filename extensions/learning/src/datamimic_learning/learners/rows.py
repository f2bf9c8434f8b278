"""Rows of another learner, as a model whose tables exist: Parquet files, and YAML that names them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.parquet as pq

from datamimic import DatamimicError, Registry, installed_packs
from datamimic.errors import UnknownName
from datamimic_learning.failures import told_without_values
from datamimic_learning.learners.learner import Learner
from datamimic_learning.learning.writing import SUFFIXES
from datamimic_learning.samples.sample import Sample
from datamimic_models.printing.text import one_line
from datamimic_models.reading.pack_names import pack_name


def learner_named(name: str, packs: Registry | None = None) -> type[Learner]:
    """Raises `UnknownName` (`unknown_learner`), and `DatamimicError` (`learning.not_installed`)."""
    known = (packs or installed_packs()).learners()
    if name not in known:
        raise UnknownName("learner", name, [*known])
    found = cast("type[Learner]", known[name])
    found.check()
    return found


def sampled(sample: Sample, learner: type[Learner], rows: Mapping[str, int], seed: str) -> Mapping[str, pa.Table]:
    """Rows of a learner that was fitted to the sample."""
    number = int.from_bytes(blake2b(seed.encode(), digest_size=4).digest(), "little")
    made = learner().fit(sample, number).sample(rows, number)
    for name, table in sample.tables.items():
        if name not in made or [*made[name].column_names] != [*table.schema.names]:
            raise DatamimicError("learning.bad_learner", f"{learner.name} gives other columns than {name} has")
    return made


@told_without_values
def learned_rows(
    sample: Sample, learner: str, place: Path, name: str | None, rows: int | None, seed: str, *, trusted: bool = False
) -> tuple[Path, dict[str, int]]:
    """Fit, sample and write: `MODEL.yaml` and Parquet files in a folder beside it. Returns the YAML file and the rows by table.

    Nothing is unpickled here; `trusted` is for learners that load what others kept. Raises `DatamimicError`."""
    found = learner_named(learner)
    wanted = {each: rows or _rows(sample, each) for each in sample.tables}
    made = sampled(sample, found, wanted, seed)
    file = place if place.suffix.lower() in SUFFIXES else place / f"{place.name}.yaml"
    folder = file.with_suffix("")
    if folder.exists() and not all(each.suffix in (".parquet", ".csv") for each in folder.iterdir()):
        raise DatamimicError("learning.output_unwritable", f"{folder} holds other files", hint="-o another-place")
    lines = [f"# {found.said()}, learned from {Path(sample.place).name}, seed {seed}", "tables:"]
    lines.insert(1, f"name: {one_line(pack_name(name or file.stem))}")
    for each in made:
        table = sample.tables[each]
        key = table.declared.primary_key
        said = {
            "table_name": each,
            "source": f"{folder.name}/{each}.parquet",
            **({"primary_key": [*key]} if key else {}),
        }
        lines.append(f"  - {one_line(said)}")
    file.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{file.stem}-", dir=file.parent))
    try:
        (work / "tables").mkdir()
        for each, table_rows in made.items():
            pq.write_table(table_rows, work / "tables" / f"{each}.parquet")
        (work / file.name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        (work / "tables").rename(folder)
        (work / file.name).replace(file)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return file, {each: table_rows.num_rows for each, table_rows in made.items()}


def _rows(sample: Sample, name: str) -> int:
    table = sample.tables[name]
    return table.rows if table.rows is not None else sum(batch.num_rows for batch in table.batches([]))
