"""Running an entity's checks: on rows of a world, or on a table from anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import define, field, frozen

from datamimic.base.arrays import Bools, Dates, Ints
from datamimic.base.clock import Clock
from datamimic.base.locale import Locale
from datamimic.checks.uniqueness import Repeats
from datamimic.columns import Struct
from datamimic.columns.value_types import ValueType
from datamimic.engine.engine import Engine
from datamimic.engine.evaluation import forgetting_batches
from datamimic.engine.history import batch_there, shown
from datamimic.engine.view import BATCH_ROWS, View
from datamimic.errors import DatamimicError, DefinitionError, UnknownName
from datamimic.model.arrow import column_from
from datamimic.model.generator import WHATEVER_RULES_RAISE, raised
from datamimic.model.spec import Check, Spec, spec_of
from datamimic.tables.library import Data

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


@frozen
class _CheckOfPart:
    """A check of the entity itself, or of an entity embedded in it as `part`."""

    check: Check
    spec: Spec
    part: str

    def finding(self) -> Finding:
        prefix = f"{self.part}." if self.part else ""
        columns = tuple(f"{prefix}{name}" for name in self.check.columns)
        return Finding(f"{prefix}{self.check.name}", self.check.sentence, columns)


def _checks(spec: Spec) -> list[_CheckOfPart]:
    found = [_CheckOfPart(check, spec, "") for check in spec.checks]
    for each in spec.fields.values():
        if each.is_embedded:
            part = spec_of(each.kind.python)
            found += [_CheckOfPart(check, part, each.name) for check in part.checks]
    return found


def check_rows(rows: View, batch_rows: int = BATCH_ROWS) -> list[Finding]:
    """Every check of the entity, and of those embedded in it, over the rows of a world, `batch_rows` at a time.

    None is skipped: rows of a world lack nothing. Raises `DefinitionError` (`check_failed`, `wrong_type`, `wrong_length`)
    for a check that raises or that returns anything but one boolean for each row.
    """
    uniques = Repeats.of(rows.spec)
    end = rows.require_end()
    starts = range(rows.start, end, batch_rows)
    pieces = (np.arange(start, min(start + batch_rows, end), dtype=np.int64) for start in starts)
    findings = _checked(rows, pieces, uniques)
    return [*findings, *(_of_all_rows(each, rows.start) for each in uniques)]


def check_pieces(rows: View, pieces: Iterable[Ints]) -> list[Finding]:
    """As `check_rows`, of the rows of an entity whose numbers come in pieces; without what no two rows may have alike."""
    return _checked(rows, pieces, ())


def _checked(rows: View, pieces: Iterable[Ints], uniques: Sequence[Repeats]) -> list[Finding]:
    checks = _checks(rows.spec)
    findings = [held.finding() for held in checks]
    for numbers in pieces:
        with forgetting_batches():
            batch = batch_there(rows.world, rows.spec, numbers)
            there = batch.rows
            for held, finding in zip(checks, findings, strict=True):
                part: Any = batch.column(held.part) if held.part else batch
                columns = {
                    name: getattr(part, name) if held.part else shown(batch, name) for name in held.check.columns
                }
                _apply(held, finding, columns, rows.world, there, part.present if held.part else None)
            for each in uniques:
                each.add(rows.arrays(batch, each.unique.columns))
    return findings


def check_batches(
    batches: Iterable[pa.RecordBatch], spec: Spec, world: Engine, mapping: Mapping[str, str] | None = None
) -> list[Finding]:
    """Every check of the entity over a table, ours or another tool's.

    `mapping` gives {field: column of the table} where the names differ. A check whose columns the table lacks is skipped,
    and says so; `world` gives the clock, the locale's tables and the options. Raises `DatamimicError` (`bad_input`) for a
    column that cannot be read as its field's type, `UnknownName` for a mapping that names no field or no column.
    """
    checks = _checks(spec)
    findings = [held.finding() for held in checks]
    uniques = Repeats.of(spec)
    start = 0
    for batch in batches:
        columns = _Columns(batch, spec, _sources(spec, batch.schema.names, mapping or {}))
        numbers = np.arange(start, start + batch.num_rows, dtype=np.int64)
        for held, finding in zip(checks, findings, strict=True):
            wanted = {name: columns.read(held.part, name) for name in held.check.columns}
            missing = [name for name, column in wanted.items() if column is None]
            if missing:
                finding.skipped = (
                    f"the table has no {', '.join(f'{held.part}.{n}' if held.part else n for n in missing)}"
                )
            else:
                _apply(held, finding, wanted, world, numbers, columns.present(held.part), parts_may_lack=True)
        for each in uniques:
            names = [(mapping or {}).get(field.name, field.column_name) for field in each.unique.fields]
            lacking = [name for name in names if name not in batch.schema.names]
            if lacking:
                each.skipped = f"the table has no {', '.join(lacking)}"
            else:
                each.add(batch.column(name) for name in names)
        start += batch.num_rows
    return [*findings, *(_of_all_rows(each, 0) for each in uniques)]


def _of_all_rows(found: Repeats, start: int) -> Finding:
    """`start` is the number of the first row."""
    unique, (rows, later) = found.unique, found.rows()
    samples = [start + row for row in later[:SAMPLES]]
    return Finding(unique.name, unique.sentence, unique.columns, rows, len(later), samples, found.skipped)


class _Columns:
    """The columns of one batch of a table, each converted once; None for what the table does not have."""

    def __init__(self, batch: pa.RecordBatch, spec: Spec, sources: Mapping[str, str]) -> None:
        self.batch = batch
        self.spec = spec
        self.sources = sources
        self._read: dict[str, Any] = {}

    def read(self, part: str, name: str) -> Any:
        column = part or name
        if column not in self._read:
            source = self.sources.get(column)
            kind = self.spec.fields[column].kind
            self._read[column] = None if source is None else column_from(self.batch.column(source), kind, source)
        whole = self._read[column]
        return whole.columns.get(name) if part and whole is not None else whole

    def present(self, part: str) -> Bools | None:
        """Where the part is there; None for everywhere."""
        whole = self._read.get(part)
        return None if whole is None else whole.present


def _sources(spec: Spec, columns: list[str], mapping: Mapping[str, str]) -> dict[str, str]:
    for name, column in mapping.items():
        if name not in spec.fields:
            raise UnknownName("column", name, spec.fields, owner=spec.name)
        if column not in columns:
            raise UnknownName("column", column, columns, owner="the table")
    readable = [name for name, each in spec.fields.items() if not each.is_relation]
    found = {name: spec.fields[name].column_name for name in readable if spec.fields[name].column_name in columns}
    return found | {name: column for name, column in mapping.items() if name in readable}


def _apply(
    held: _CheckOfPart,
    finding: Finding,
    columns: Mapping[str, Any],
    world: Engine,
    numbers: Any,
    present: Bools | None,
    *,
    parts_may_lack: bool = False,
) -> None:
    check, spec = held.check, held.spec
    supply = _Supply(world, spec, check, len(numbers))
    arguments = [columns[name] if name in columns else getattr(supply, name) for name in check.parameters]
    where = f"the check {check.name} of {spec.name}"
    try:
        result = check.function(*arguments)
        holds = np.ma.filled(_booleans(result, len(numbers), where), True)
    except DatamimicError as error:
        check.locate(error, where)
        raise
    except AttributeError as error:
        if not (parts_may_lack and _is_lacking(error, [spec.fields[name].kind for name in check.columns])):
            raise raised("check_failed", where, check.function, error) from error
        finding.skipped = f"the table has no part {error.name}"
        return
    except WHATEVER_RULES_RAISE as error:
        raise raised("check_failed", where, check.function, error) from error
    if present is not None:
        # What is not there breaks nothing.
        holds |= ~present
    broken = numbers[~holds]
    finding.rows += len(numbers)
    finding.violations += len(broken)
    finding.samples += broken[: SAMPLES - len(finding.samples)].tolist()


def _booleans(result: Any, length: int, where: str) -> Any:
    """What a check returned, as NumPy booleans, masked where it cannot be said."""
    made = result if isinstance(result, np.ma.MaskedArray) else np.asarray(result)
    if made.dtype != np.bool_:
        found = f"a {made.dtype} array" if made.shape else type(result).__name__
        raise DefinitionError(
            "wrong_type", f"{where} returned {found}, not booleans", hint="compare the columns: `end >= start`"
        )
    if made.shape != (length,):
        shape = made.shape if made.ndim != 1 else len(made)
        raise DefinitionError("wrong_length", f"{where} returned {shape} booleans for {length} rows")
    return made


def _is_lacking(error: AttributeError, kinds: Iterable[ValueType]) -> bool:
    """Is it a part of a record that the check may read, and that the table does not have?"""
    return isinstance(error.obj, Struct) and any(error.name in _parts(kind) for kind in kinds)


def _parts(kind: ValueType) -> set[str]:
    """The names of all parts of a kind, at any depth."""
    members = kind.members or {}
    inner = [*members.values(), *([kind.item] if kind.item else [])]
    return set(members).union(*map(_parts, inner))


@frozen
class _Supply:
    """What `SUPPLIED` says that a check may ask for."""

    world: Engine
    spec: Spec
    check: Check
    rows: int

    @property
    def clock(self) -> Clock:
        return self.world.clock

    @property
    def now(self) -> Dates:
        return np.full(self.rows, self.world.now.instant)

    @property
    def locale(self) -> Locale:
        return self.world.locale

    @property
    def options(self) -> Any:
        return self.world.options(self.spec)

    @property
    def data(self) -> Data:
        return self.world.data(_owner(self.check, self.spec))


def _owner(check: Check, spec: Spec) -> type:
    for cls in spec.cls.__mro__:
        if "__entity__" in cls.__dict__ and check in cls.__dict__["__entity__"].own_checks:
            return cls
    return spec.cls
