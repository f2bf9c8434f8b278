"""`mask`: a copy of tables without the people who are in them. The plan is the job's configuration, or is proposed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import pyarrow as pa
from attrs import frozen

from datamimic import DatamimicError
from datamimic_learning import Masking, MaskingKey, Plan, key_of_file, mask, parse_plan, propose_plan
from datamimic_learning.masking.plans.plan import TablePlan
from datamimic_platform.kinds import options as are
from datamimic_platform.kinds.kind import Asked, Result, Shown, Work
from datamimic_platform.kinds.options import options_of
from datamimic_platform.kinds.sources import first_rows, place_of, refuse_source

_DIGITS = 64


@frozen(kw_only=True)
class MaskOptions:
    """`key` is `secret:<name>` of 64 hexadecimal digits, or in place `key_file` the file of one; `where` rows by table."""

    source: str | None = attrs.field(default=None, validator=are.text)
    key: str | None = attrs.field(default=None, validator=are.text, repr=False)
    key_file: str | None = attrs.field(default=None, validator=are.text)
    where: Mapping[str, str] = attrs.field(factory=dict, validator=are.settings)


class Mask:
    """Its artefacts are the copy, and `masking.json` with what was done to each column, in
    names and counts. The same key makes the same copy, and no two jobs need to know of each other."""

    needs_config = False

    def check(self, asked: Asked) -> Mapping[str, Any]:
        options = options_of(MaskOptions, asked.options)
        refuse_source(asked, options.source)
        if options.key_file is not None and not asked.local:
            raise DatamimicError("platform.bad_option", "a server has no key files", path="$.options.key_file")
        if (options.key is None) == (options.key_file is None):
            raise DatamimicError(
                "platform.bad_option", "the key is missing", hint="secret:<name>", path="$.options.key"
            )
        if asked.resolved and options.key is not None:
            _key(options)
        elif options.key is not None and not options.key.startswith("secret:"):
            raise DatamimicError(
                "platform.bad_option",
                "a job keeps no key",
                hint="keep it as a secret: secret:<name>",
                path="$.options.key",
            )
        _plan(asked)
        return dict(asked.options)

    def preview(self, asked: Asked, rows: int) -> Mapping[str, Shown]:
        """The first rows, masked as they will be; only what a plan shuffles is shuffled among these alone. Columns that stay as
        they are are originals, which not everybody may see."""
        options = options_of(MaskOptions, asked.options)
        self.check(asked)
        assert options.source is not None
        sample = first_rows(asked, options.source, rows)
        plan = _plan(asked) or parse_plan(propose_plan(place_of(asked, options.source)), "the proposed plan")
        masking = Masking(plan, _key(options), sample.tables)
        found = {}
        for name in sample.tables:
            cells = pa.Table.from_batches(masking.batches(name), schema=masking.schema(name))
            found[name] = Shown(cells.to_pylist(), None, frozenset(_kept(plan.tables[name], cells.column_names)))
        return found

    def run(self, asked: Asked, work: Work) -> Result:
        options = options_of(MaskOptions, asked.options)
        assert options.source is not None
        work.phase("masking")
        key = key_of_file(Path(options.key_file)) if options.key_file is not None else _key(options)
        work.output.mkdir(parents=True)
        source = place_of(asked, options.source)
        name = Path(source).name if "://" not in source else "copy"
        done: dict[str, int] = {}

        def progress(table: str, rows: int) -> None:
            work.advance(rows - done.get(table, 0), table)
            done[table] = rows

        report = mask(source, work.output / name, key, _plan(asked), where=dict(options.where), progress=progress)
        for each in report.notes:
            work.say(each, 30)
        told = {**report.to_dict(), "output": name}
        text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
        (work.output / "masking.json").write_text(text, encoding="utf-8", newline="\n")
        tables = {each.table: each.rows for each in report.tables}
        return Result(report.rows, {"tables": tables, "key": report.key})


def _kept(plan: TablePlan, columns: list[str]) -> Iterator[str]:
    """Columns whose values stay as they are."""
    for each in columns:
        said = plan.columns.get(each)
        if each not in plan.replaced and (plan.otherwise if said is None else said.method) == "keep":
            yield each


def _plan(asked: Asked) -> Plan | None:
    if asked.config is None:
        return None
    return parse_plan(asked.config.read_text(encoding="utf-8"), asked.config.name)


def _key(options: MaskOptions) -> MaskingKey:
    """Never in a message."""
    try:
        assert options.key is not None
        if len(options.key.strip()) != _DIGITS:
            raise ValueError
        return MaskingKey.of_bytes(bytes.fromhex(options.key.strip()))
    except ValueError:
        raise DatamimicError(
            "platform.bad_option", "the key is not 64 hexadecimal digits", path="$.options.key"
        ) from None
