"""`fill`: rows into a database that has tables, under its own constraints; all of them, or none."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

import attrs
from attrs import evolve, frozen

from datamimic import DatamimicError
from datamimic_models.filling.filling import fill
from datamimic_models.filling.reports import Wanted
from datamimic_platform.kinds import options as are
from datamimic_platform.kinds.kind import Asked, Result, Shown, Work
from datamimic_platform.kinds.options import options_of
from datamimic_platform.security.addresses import refuse_private


@frozen(kw_only=True)
class FillOptions:
    """As those of `dm fill`; `url` may be `secret:<name>`."""

    url: str | None = attrs.field(default=None, validator=are.text)
    rows: int = attrs.field(default=1_000, validator=are.count(0))
    tables: Mapping[str, int] = attrs.field(factory=dict, validator=are.counts)
    schemas: tuple[str, ...] = attrs.field(default=(), validator=are.texts)
    exclude: tuple[str, ...] = attrs.field(default=(), validator=are.texts)
    seed: str | int | None = attrs.field(default=None, validator=are.seed)
    locale: str = attrs.field(default="en_US", validator=are.text)
    dry_run: bool = attrs.field(default=False, validator=are.truth)


class Fill:
    """Its artefact is `fill.json`: rows by table."""

    needs_config = False

    def check(self, asked: Asked) -> Mapping[str, Any]:
        options = options_of(FillOptions, asked.options)
        if not options.url:
            raise DatamimicError("platform.bad_option", "the database is missing", path="$.options.url")
        if not asked.local and not options.url.startswith("secret:"):
            refuse_private(options.url, asked.allowed_hosts)
        return {**asked.options, "seed": str(options.seed) if options.seed is not None else secrets.token_hex(4)}

    def preview(self, asked: Asked, rows: int) -> Mapping[str, Shown]:
        """Rows as they would be added were it so few; the transaction is rolled back."""
        options = options_of(FillOptions, asked.options)
        self.check(asked)
        assert options.url is not None
        tables = {name: min(count, rows) for name, count in options.tables.items()}
        made = fill(options.url, _wanted(evolve(options, rows=min(options.rows, rows), tables=tables, dry_run=True)))
        return {
            each.table: Shown([dict(zip(each.columns, row, strict=True)) for row in each.sample[:rows]], each.rows)
            for each in made.tables
        }

    def run(self, asked: Asked, work: Work) -> Result:
        options = options_of(FillOptions, asked.options)
        assert options.url is not None
        work.phase("connecting")
        report = fill(
            options.url, _wanted(options), told=work.phase, progress=lambda table, rows: work.advance(rows, table)
        )
        for each in report.mistakes.found:
            work.say(each.message, 30, code=each.code)
        tables = {each.table: each.rows for each in report.tables}
        work.output.mkdir(parents=True)
        text = json.dumps({"seed": options.seed, "dry_run": options.dry_run, "tables": tables}, indent=2) + "\n"
        (work.output / "fill.json").write_text(text, encoding="utf-8", newline="\n")
        return Result(0 if options.dry_run else report.rows, {"seed": options.seed, "tables": tables})


def _wanted(options: FillOptions) -> Wanted:
    return Wanted(
        rows=options.rows,
        tables=options.tables,
        schemas=options.schemas,
        exclude=options.exclude,
        seed=str(options.seed),
        locale=options.locale,
        dry_run=options.dry_run,
    )
