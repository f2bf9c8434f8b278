"""`generate`: all tables of a model, as files or into a database: what `dm run` does, with its bytes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import attrs
from attrs import frozen

from datamimic import DatamimicError, World, installed_packs
from datamimic.related import Closure, load_set, prepare, render, without_password, write_set, written_as
from datamimic_models import Model
from datamimic_models.asking import asked_of_set
from datamimic_models.commands.relationships import related_lines
from datamimic_models.model import Mistake
from datamimic_models.unsatisfied import refuse_unsatisfied
from datamimic_platform.kinds import options as are
from datamimic_platform.kinds.kind import Asked, Helping, Result, Shown, Work
from datamimic_platform.kinds.options import options_of
from datamimic_platform.kinds.reach import refuse_unreachable
from datamimic_platform.kinds.sampled import as_sampled
from datamimic_platform.kinds.shared import make_parts, shared
from datamimic_platform.kinds.sources import place_of, refuse_source
from datamimic_platform.security.addresses import refuse_private

_MOST_REMARKS: Final = 20
"""Warnings about a model that the job's result tells; all are in its log."""


@frozen(kw_only=True)
class GenerateOptions:
    """As those of `dm run`; `to` is a database's URL, `relationships` tells how rows refer to each other. Of several formats
    (`csv,parquet`) the first is what `dm run` writes, the same rows in the others lie in folders of their names."""

    rows: int | None = attrs.field(default=None, validator=are.count(0))
    tables: Mapping[str, int] = attrs.field(factory=dict, validator=are.counts)
    seed: str | int | None = attrs.field(default=None, validator=are.seed)
    locale: str | None = attrs.field(default=None, validator=are.text)
    clock: str | None = attrs.field(default=None, validator=are.text)
    output_format: str | None = attrs.field(default=None, validator=are.text)
    format_options: Mapping[str, Any] = attrs.field(factory=dict, validator=are.settings)
    batch_size: int | None = attrs.field(default=None, validator=are.count(1))
    to: str | None = attrs.field(default=None, validator=are.text)
    relationships: bool = attrs.field(default=False, validator=are.truth)
    sample: str | None = attrs.field(default=None, validator=are.text)


class Generate:
    """The tables of a model. A seed that nobody gives is chosen once, before the job is queued. Of a `sample`, which is one of
    the job's files or `secret:<name>` of a database, columns of the same names take their values' distributions."""

    needs_config = True

    def check(self, asked: Asked) -> Mapping[str, Any]:
        options = options_of(GenerateOptions, asked.options)
        refuse_unreachable(asked)
        if options.sample is not None:
            refuse_source(asked, options.sample, "sample")
        if options.to is not None and not asked.local and not options.to.startswith("secret:"):
            refuse_private(options.to, asked.allowed_hosts)
        if asked.config is not None and asked.config.suffix.lower() == ".xml":
            return {**asked.options, "seed": options.seed if options.seed is not None else _seed_of_xml(asked)}
        made = _model(asked, options)
        chosen = options.seed if options.seed is not None else made.tables.seed
        if chosen is None:
            chosen = secrets.token_hex(4)
        world = made.world(chosen, options.locale, options.clock)
        made.counts(world)
        if options.to is None:
            for each in _formats(options, made):
                _refuse_format(world, each, options.format_options)
        return {**asked.options, "seed": chosen}

    def preview(self, asked: Asked, rows: int) -> Mapping[str, Shown]:
        options = options_of(GenerateOptions, asked.options)
        refuse_unreachable(asked)
        if asked.config is not None and asked.config.suffix.lower() == ".xml":
            raise DatamimicError("platform.bad_config", "models in XML have no preview", hint="`dm run` with few rows")
        with TemporaryDirectory(prefix="syndata-") as scratch:
            made = _model(asked, options, Path(scratch))
            world = made.world(options.seed, options.locale, options.clock)
            counts, found = made.counts(world), {}
            for name, plan in made.plan.tables.items():
                sample = world[made.plan.path(name)][0 : min(rows, counts[name])].to_arrow().to_pylist()
                marked = frozenset(each.name for each in plan.table.columns if each.sensitivity)
                found[name] = Shown(sample, counts[name], marked)
        return found

    def run(self, asked: Asked, work: Work) -> Result:
        options = options_of(GenerateOptions, asked.options)
        work.phase("reading")
        if asked.config is not None and asked.config.suffix.lower() == ".xml":
            return _run_xml(asked, options, work)
        if options.sample is not None:
            work.phase("learning the sample")
        made = _model(asked, options, work.scratch)
        for each in made.warnings:
            work.say(each.message, 30, code=each.code)
        work.phase("planning")
        world, closure = _planned(made, options)
        if any(each.table.checks for each in made.plan.tables.values()):
            work.phase("checking")
            refuse_unsatisfied(made, world, made.counts(world))
        formats = _formats(options, made) if options.to is None else []
        work.phase("generating", closure.total * max(1, len(formats)))
        names = [(made_of(each.spec.name), len(each.rows)) for each in closure.tables]
        common: dict[str, Any] = {"batch_rows": options.batch_size, **options.format_options}
        common["parts"] = shared(closure, work.sharing) if len(formats) < 2 else None  # parts are joined once
        if options.to is not None:
            written = load_set(closure, options.to, folder=work.output, progress=_told(work, names), **common)
            place: str | None = without_password(options.to, options.to)
        else:
            written = write_set(closure, work.output, formats[0], progress=_told(work, names), **common)
            for name in formats[1:]:
                write_set(closure, work.output / name, name, progress=_told(work, names), **common)
            place = None
        tables = {table.name: table.rows for table in written.tables}
        summary: dict[str, Any] = {"seed": world.seed, "tables": tables, "warnings": len(made.warnings)}
        if made.warnings:
            summary["remarks"] = [_remark(each) for each in made.warnings[:_MOST_REMARKS]]
        if place is not None:
            summary["loaded_into"] = place
        if options.relationships:
            summary["relationships"] = related_lines(made.plan, made.counts(world), render(written.linkage))
        return Result(written.rows, summary)

    def make_parts(self, asked: Asked, helping: Helping) -> None:
        options = options_of(GenerateOptions, asked.options)
        _, closure = _planned(_model(asked, options, helping.scratch), options)
        make_parts(closure, helping, options.batch_size)


def _formats(options: GenerateOptions, made: Model) -> list[str]:
    """Raises `DatamimicError` (`platform.bad_option`) for one that is named twice."""
    found = [each.strip() for each in (options.output_format or made.tables.output_format).split(",")]
    if len(set(found)) < len(found):
        raise DatamimicError(
            "platform.bad_option", "a format is named twice", hint="csv,parquet", path="$.options.output_format"
        )
    return found


def _refuse_format(world: World, name: str, settings: Mapping[str, Any]) -> None:
    """Raises what `written_as` does, with the option's path."""
    try:
        written_as(world.packs, name, dict(settings))
    except DatamimicError as error:
        raise DatamimicError(
            error.code, error.message, hint=error.hint, path=error.path or "$.options.output_format"
        ) from None


def _planned(made: Model, options: GenerateOptions) -> tuple[World, Closure]:
    world = made.world(options.seed, options.locale, options.clock)
    return world, prepare(world, asked_of_set(made, world))


def _remark(warning: Mistake) -> dict[str, str]:
    return {"code": warning.code, "message": warning.message, **({"hint": warning.hint} if warning.hint else {})}


def made_of(entity: str) -> str:
    """The table's name of an entity's."""
    return entity.rpartition(".")[2]


def _model(asked: Asked, options: GenerateOptions, scratch: Path | None = None) -> Model:
    """Without a `scratch` folder, in which a sample is learned, as the configuration is."""
    if asked.config is None:
        raise DatamimicError("platform.bad_config", "the job needs a configuration", path="$.config")
    config = asked.config
    if options.sample is not None and scratch is not None:
        config = as_sampled(config, place_of(asked, options.sample), scratch)
    return Model.load(config, trust=asked.trusted).with_rows_of(options.rows, options.tables)


def _told(work: Work, names: list[tuple[str, int]]) -> Callable[[int], None]:
    """Rows come table by table in the order of the set, so that their number tells the table."""
    at, left = 0, names[0][1] if names else 0

    def progress(rows: int) -> None:
        nonlocal at, left
        while left <= 0 and at + 1 < len(names):
            at, left = at + 1, left + names[at + 1][1]
        left -= rows
        work.advance(rows, names[at][0] if names else None)

    return progress


def _run_xml(asked: Asked, options: GenerateOptions, work: Work) -> Result:
    from datamimic_models.xml import run_to_folder
    from datamimic_models.xml.run import PAGE
    from datamimic_models.xml.watching import Watch

    assert asked.config is not None
    work.phase("generating")
    watch = Watch() if options.relationships else None
    done = run_to_folder(
        asked.config,
        work.output,
        seed=options.seed,
        clock=options.clock,
        trust=asked.trusted,
        rows=options.tables,
        rows_of_all=options.rows,
        say=lambda line: None,
        warn=lambda each: work.say(each.message, 30, code=each.code),
        page=options.batch_size or PAGE,
        watch=watch,
    )
    rows = sum(done.products.values())
    work.advance(rows)
    summary: dict[str, Any] = {"seed": done.seed, "tables": dict(done.products)}
    if watch is not None:
        summary["relationships"] = watch.relationships()
    return Result(rows, summary)


def _seed_of_xml(asked: Asked) -> str:
    """That which the model says, or one that is chosen."""
    from datamimic_models.xml.run import USUAL_SEED, judged_setting

    assert asked.config is not None
    said = judged_setting(asked.config, trust=asked.trusted, packs=installed_packs())[0].seed
    return secrets.token_hex(4) if said == USUAL_SEED else said
