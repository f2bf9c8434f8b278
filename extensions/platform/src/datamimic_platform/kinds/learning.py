"""`learn`: a model of tables that exist, from which jobs make as many rows as are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
from attrs import frozen

from datamimic import DatamimicError
from datamimic_learning import Learned, Sample, learn, open_sample, private_sample
from datamimic_platform.kinds import options as are
from datamimic_platform.kinds.kind import Asked, Result, Shown, Work
from datamimic_platform.kinds.options import options_of, refused
from datamimic_platform.kinds.sources import first_rows, place_of, refuse_source

MODEL = "model"
"""The name of the artefacts: `model.yaml`, and the tables of its rules in `model/`."""
_LOOKED_AT = 2_000
_LEAST = 5
"""Rows that a value has, at least, which a server tells."""


def _budget(_: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e6):
        raise refused(attribute.name, "a number above 0")


@frozen(kw_only=True)
class LearnOptions:
    """As those of `dm learn`. `keys` are columns by table, `references` such as `orders.customer_id=customers.id`; `least`: no
    value that fewer rows have is told; `epsilon` and `delta` are a budget of differential privacy."""

    source: str | None = attrs.field(default=None, validator=are.text)
    name: str | None = attrs.field(default=None, validator=are.text)
    least: int = attrs.field(default=5, validator=are.count(1))
    date: str | None = attrs.field(default=None, validator=are.text)
    keys: Mapping[str, str] = attrs.field(factory=dict, validator=are.settings)
    references: tuple[str, ...] = attrs.field(default=(), validator=are.texts)
    epsilon: float | None = attrs.field(default=None, validator=_budget)
    delta: float | None = attrs.field(default=None, validator=_budget)


class Learn:
    """A job of kind `generate` takes what it made by `model_of`. Values that few rows have are in none of its artefacts."""

    needs_config = False

    def check(self, asked: Asked) -> Mapping[str, Any]:
        options = options_of(LearnOptions, asked.options)
        refuse_source(asked, options.source)
        if options.delta is not None and options.epsilon is None:
            raise DatamimicError("platform.bad_option", "delta belongs to epsilon", path="$.options.delta")
        if options.least < _LEAST and not asked.local:
            raise DatamimicError(
                "platform.bad_option",
                "a server tells no values of so few rows",
                hint=f"least: {_LEAST}",
                path="$.options.least",
            )
        return dict(asked.options)

    def preview(self, asked: Asked, rows: int) -> Mapping[str, Shown]:
        """Rows of what is learned of the first ones of each table."""
        options = options_of(LearnOptions, asked.options)
        self.check(asked)
        assert options.source is not None
        made = _learned(first_rows(asked, options.source, _LOOKED_AT), options, None)
        with TemporaryDirectory(prefix="syndata-") as folder:
            model = made.model(Path(folder) / f"{MODEL}.yaml")
            world = model.world()
            counts = model.counts(world)
            return {
                name: Shown(world[model.plan.path(name)][0 : min(rows, counts[name])].to_arrow().to_pylist())
                for name in model.plan.tables
            }

    def run(self, asked: Asked, work: Work) -> Result:
        options = options_of(LearnOptions, asked.options)
        assert options.source is not None
        work.phase("opening")
        made = _learned(open_sample(place_of(asked, options.source)), options, work)
        work.phase("writing")
        work.output.mkdir(parents=True)
        made.write(work.output / f"{MODEL}.yaml")
        references = [str(each) for each in made.relations]
        summary = {"tables": dict(made.rows), "references": references, "left_out": dict(made.tables.left_out)}
        return Result(sum(made.rows.values()), summary)


def _learned(sample: Sample, options: LearnOptions, work: Work | None) -> Learned:
    """`work` hears of tables as they are begun, and counts their rows when they have been read."""
    budget = None
    if options.epsilon is not None:
        if work is not None:
            work.phase("adding noise")
        private = private_sample(sample, options.epsilon, options.delta or 0.0, None)
        sample, budget = private.sample, f"under ε = {options.epsilon:g}, δ = {options.delta or 0.0:g}"

    def told(phase: str, table: str) -> None:
        if work is not None:
            work.phase(phase)
            work.say(f"{phase} a table", table_name=table)
            if phase == "learning":
                work.advance(sample.tables[table].rows or 0, table)

    return learn(
        sample,
        name=options.name or MODEL,
        date=options.date,
        least=options.least,
        keys=options.keys,
        references=options.references,
        budget=budget,
        told=told,
    )
