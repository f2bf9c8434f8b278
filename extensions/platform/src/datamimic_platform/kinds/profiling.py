"""`profile`: what tables hold, measured, as JSON, as a model that makes rows like them, and as a page."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

import attrs
from attrs import evolve, frozen

from datamimic import DatamimicError
from datamimic_learning import Profile as Measured
from datamimic_learning import find_personal, profile
from datamimic_platform.kinds import options as are
from datamimic_platform.kinds.kind import Asked, Result, Shown, Work
from datamimic_platform.kinds.options import options_of
from datamimic_platform.kinds.sources import first_rows, place_of, refuse_source


@frozen(kw_only=True)
class ProfileOptions:
    """`source` is an upload of the job, `secret:<name>` of a database, or in place a path; `show_values` also personal."""

    source: str | None = attrs.field(default=None, validator=are.text)
    show_values: bool = attrs.field(default=False, validator=are.truth)


class Profile:
    """Its artefacts are `profile.json`, `model.yaml` and `profile.html`; personal values are in none of them."""

    needs_config = False

    def check(self, asked: Asked) -> Mapping[str, Any]:
        options = options_of(ProfileOptions, asked.options)
        refuse_source(asked, options.source)
        if options.show_values and not asked.local:
            raise DatamimicError(
                "platform.bad_option", "a server shows no personal values", path="$.options.show_values"
            )
        return dict(asked.options)

    def preview(self, asked: Asked, rows: int) -> Mapping[str, Shown]:
        """The rows that are measured, of which nobody is shown what is found to be personal in them."""
        options = options_of(ProfileOptions, asked.options)
        refuse_source(asked, options.source)
        assert options.source is not None
        sample = first_rows(asked, options.source, rows)
        found = {}
        for name, table in sample.tables.items():
            cells = table.read()
            personal = [each.column for each in find_personal(table).personal]
            secret = [
                each
                for each in cells.column_names
                if any(one == each or one.startswith(f"{each}.") for one in personal)
            ]
            found[name] = Shown(cells.to_pylist(), None, frozenset(cells.column_names), frozenset(secret))
        return found

    def run(self, asked: Asked, work: Work) -> Result:
        options = options_of(ProfileOptions, asked.options)
        assert options.source is not None
        work.phase("profiling")
        made = profile(
            place_of(asked, options.source),
            show_values=options.show_values,
            progress=work.advance,
            told=lambda table: work.say("reading a table", table_name=table),
        )
        made = _named(made, asked, options.source)
        work.output.mkdir(parents=True)
        for name, text in (
            ("profile.json", made.to_json()),
            ("model.yaml", made.to_yaml()),
            ("profile.html", made.to_html()),
        ):
            (work.output / name).write_text(text, encoding="utf-8", newline="\n")
        rows = {name: table["rows"] for name, table in made.tables.items()}
        return Result(sum(rows.values()), {"tables": rows, "quality": made.values["quality"]})


def _named(made: Measured, asked: Asked, source: str) -> Measured:
    """With the names that its owner gave to files, not where the server keeps them."""
    if asked.local or asked.folder is None or "://" in source:
        return made
    folder = json.dumps(str(asked.folder) + os.sep)[1:-1]
    return evolve(made, values=json.loads(json.dumps(made.values).replace(folder, "")))
