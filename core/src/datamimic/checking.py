"""Running an entity's checks: on rows of a world, or on a table from anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import define, field

from datamimic.arrow import column_from
from datamimic.definition import Check, Spec
from datamimic.errors import DatamimicError, DefinitionError, UnknownName
from datamimic.rows import BATCH_ROWS, Rows
from datamimic.world import World

SAMPLES = 5


@define
class Finding:
    """What one check found: `violations` of `rows`, with the first row numbers; or why it could not be run."""

    check: str
    sentence: str
    columns: tuple[str, ...]
    rows: int = 0
    violations: int = 0
    samples: list[int] = field(factory=list)
    skipped: str | None = None

    @property
    def holds(self) -> bool:
        return self.violations == 0


def check_rows(rows: Rows, batch_rows: int = BATCH_ROWS) -> list[Finding]:
    """Every check of the entity over the rows of a world, batch by batch."""
    findings = [_finding(check) for check in rows.spec.checks]
    for start in range(rows.start, rows.bounded, batch_rows):
        numbers = np.arange(start, min(start + batch_rows, rows.bounded), dtype=np.int64)
        batch = rows.batch(numbers)
        for check, finding in zip(rows.spec.checks, findings, strict=True):
            columns = {name: batch.column(name) for name in check.columns}
            _apply(check, finding, columns, rows.world, rows.spec, numbers)
    return findings


def check_batches(
    batches: Iterable[pa.RecordBatch], spec: Spec, world: World, mapping: Mapping[str, str] | None = None
) -> list[Finding]:
    """Every check of the entity over a table, ours or another tool's.

    `mapping` gives {field: column of the table} where the names differ. A check whose columns the table lacks is skipped,
    and says so; `world` gives the clock, the locale's tables and the options. Raises `DatamimicError` (`bad_input`) for a
    column that cannot be read as its field's type, `UnknownName` for a mapping that names no field or no column.
    """
    findings = [_finding(check) for check in spec.checks]
    start = 0
    for number, batch in enumerate(batches):
        if number == 0:
            sources = _sources(spec, batch.schema.names, mapping or {})
        read: dict[str, Any] = {}
        numbers = np.arange(start, start + batch.num_rows, dtype=np.int64)
        for check, finding in zip(spec.checks, findings, strict=True):
            missing = [name for name in check.columns if name not in sources]
            if missing:
                finding.skipped = f"the table has no {', '.join(missing)}"
                continue
            for name in check.columns:
                if name not in read:
                    read[name] = column_from(batch.column(sources[name]), spec.fields[name].kind, sources[name])
            try:
                _apply(check, finding, {name: read[name] for name in check.columns}, world, spec, numbers)
            except AttributeError as error:
                finding.skipped = f"the table lacks a part: {error}"
        start += batch.num_rows
    return findings


def _sources(spec: Spec, columns: list[str], mapping: Mapping[str, str]) -> dict[str, str]:
    for name, column in mapping.items():
        if name not in spec.fields:
            raise UnknownName("column", name, spec.fields, owner=spec.name)
        if column not in columns:
            raise UnknownName("column", column, columns, owner="the table")
    readable = [name for name, each in spec.fields.items() if not each.is_relation]
    found = {name: name for name in readable if name in columns}
    return found | {name: column for name, column in mapping.items() if name in readable}


def _finding(check: Check) -> Finding:
    return Finding(check.name, check.sentence, check.columns)


def _apply(check: Check, finding: Finding, columns: Mapping[str, Any], world: World, spec: Spec, numbers: Any) -> None:
    supplied = {"clock": world.clock, "locale": world.locale, "options": world.options(spec)}
    if "data" in check.parameters:
        supplied["data"] = world.data(_owner(check, spec))
    arguments = [columns[name] if name in columns else supplied[name] for name in check.parameters]
    try:
        result = check.function(*arguments)
    except (DatamimicError, AttributeError):
        raise
    except Exception as error:
        code = check.function.__code__
        raise DefinitionError(
            "check_failed",
            f"the check {check.name} of {spec.name} raised {type(error).__name__}: {error}",
            file=code.co_filename,
            line=code.co_firstlineno,
        ) from error
    holds = np.ma.filled(np.ma.asarray(result), True).astype(np.bool_)
    if holds.shape != numbers.shape:
        raise DefinitionError(
            "wrong_length", f"the check {check.name} of {spec.name} returned {holds.shape} values for {len(numbers)} rows"
        )
    broken = numbers[~holds]
    finding.rows += len(numbers)
    finding.violations += len(broken)
    finding.samples += broken[: SAMPLES - len(finding.samples)].tolist()


def _owner(check: Check, spec: Spec) -> type:
    for cls in spec.cls.__mro__:
        if "__entity__" in cls.__dict__ and check in cls.__dict__["__entity__"].own_checks:
            return cls
    return spec.cls
