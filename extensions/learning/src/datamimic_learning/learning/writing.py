"""A learned model as files: YAML, and a folder of CSV tables beside it."""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from datamimic import DatamimicError
from datamimic_learning.learning.spent import LEDGER, ledger_lines, ledger_table
from datamimic_models.printing.text import one_line

SUFFIXES: Final = (".yaml", ".yml")


@frozen
class CsvTable:
    """A table beside the model: its file, without the folder, and its lines, the header first."""

    file: str
    lines: Sequence[Sequence[str]]

    def text(self) -> str:
        made = io.StringIO()
        csv.writer(made, lineterminator="\n").writerows(self.lines)
        return made.getvalue()


@frozen
class LearnedTable:
    """One table: what the model says of it, as plain values, and the tables that its rules name."""

    name: str
    said: Mapping[str, Any]
    columns: Sequence[Mapping[str, Any]]
    beside: Sequence[CsvTable] = ()


@frozen
class LearnedModel:
    """Tables as they were learned; `source` says of what, `left_out` which columns are not in it and why, `budget` what was
    spent on which statistic where the rows are private."""

    name: str
    tables: Sequence[LearnedTable]
    source: str
    head: Mapping[str, Any] = field(factory=dict)
    left_out: Mapping[str, str] = field(factory=dict)
    budget: Mapping[str, Any] | None = None

    def yaml(self, folder: str) -> str:
        """The model, whose rules name tables in this folder beside it."""
        said = [self.source, *(f"left out: {name}, {why}" for name, why in self.left_out.items())]
        # A name of a file or a column may hold line breaks, which would end the comment.
        lines = [f"# {' '.join(each.split())}" for each in said]
        if self.budget is not None:
            lines.append(f"# spent of the budget, each statistic in {folder}/{LEDGER}:")
            lines += [f"#   {each}" for each in ledger_lines(self.budget)]
        lines.append(f"name: {one_line(self.name)}")
        lines += [f"{word}: {one_line(value)}" for word, value in self.head.items()]
        lines.append("tables:")
        for table in self.tables:
            lines.append(f"  - table_name: {one_line(table.name)}")
            for word, value in table.said.items():
                if isinstance(value, list) and any(isinstance(each, Mapping | list) for each in value):
                    lines += [f"    {word}:", *(f"      - {one_line(each)}" for each in value)]
                else:
                    lines.append(f"    {word}: {one_line(value)}")
            lines.append("    columns:")
            lines += [f"      - {one_line(_within(each, folder))}" for each in table.columns]
        return "\n".join(lines) + "\n"

    def write(self, place: Path) -> Path:
        """Write it to `MODEL.yaml` with a folder `MODEL` beside it, or into a folder: `MODEL/MODEL.yaml`. Nothing is
        left of one
        that could not be written; another learned model there is replaced. Returns the YAML file.

        Raises `DatamimicError` (`learning.output_unwritable`)."""
        file = place if place.suffix.lower() in SUFFIXES else place / f"{place.name}.yaml"
        folder = file.with_suffix("")
        if folder.exists() and not _is_ours(folder):
            raise _unwritable(folder, "it is there already, and is no folder of a learned model")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            made = Path(tempfile.mkdtemp(prefix=f".{file.stem}-", dir=file.parent))
        except OSError as error:
            raise _unwritable(file, error.strerror or "the system refuses") from None
        try:
            tables = made / folder.name
            tables.mkdir()
            for each in (beside for table in self.tables for beside in table.beside):
                (tables / each.file).write_text(each.text(), encoding="utf-8")
            if self.budget is not None:
                ledger = CsvTable(LEDGER, ledger_table(self.budget))
                (tables / ledger.file).write_text(ledger.text(), encoding="utf-8")
            (made / file.name).write_text(self.yaml(folder.name), encoding="utf-8")
            if folder.exists():
                shutil.rmtree(folder)
            tables.rename(folder)
            (made / file.name).replace(file)
        except OSError as error:
            raise _unwritable(file, error.strerror or "the system refuses") from None
        finally:
            shutil.rmtree(made, ignore_errors=True)
        return file


def _within(column: Mapping[str, Any], folder: str) -> dict[str, Any]:
    rule = column.get("rule")
    if not isinstance(rule, Mapping) or rule.get("type") not in ("drawn", "points", "sentence"):
        return dict(column)
    named = {word: f"{folder}/{rule[word]}" for word in ("values", "by", "words") if word in rule}
    return {**column, "rule": {**rule, **named}}


def _is_ours(folder: Path) -> bool:
    return folder.is_dir() and all(each.is_file() and each.suffix == ".csv" for each in folder.iterdir())


def _unwritable(place: Path, why: str) -> DatamimicError:
    return DatamimicError(
        "learning.output_unwritable", f"{place} cannot be written: {why}", hint="-o another-place", file=str(place)
    )


def file_name(*parts: str) -> str:
    """A name of a file that every system takes: `orders.unit_price.csv`."""
    return ".".join(re.sub(r"[^A-Za-z0-9_-]+", "_", part).strip("_") or "_" for part in parts) + ".csv"


def weight_text(weight: float) -> str:
    return str(round(weight)) if abs(weight - round(weight)) < 1e-9 else f"{weight:.4g}"
