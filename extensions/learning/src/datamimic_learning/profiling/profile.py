"""A profile: plain values that `schema.json` describes, and what is made of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from attrs import frozen
from importlib_resources import files


@frozen
class Profile:
    """What `profile` found. `values` is as `--json` prints it."""

    values: dict[str, Any]

    @property
    def tables(self) -> Mapping[str, dict[str, Any]]:
        """The tables by name."""
        return {each["name"]: each for each in self.values["tables"]}

    def column(self, name: str, table: str | None = None) -> dict[str, Any]:
        """What is said of a column; `table` names its table where there are several. Raises KeyError."""
        tables = self.tables
        found = tables[table] if table is not None else next(iter(tables.values()))
        for each in found["columns"]:
            if each["name"] == name:
                return dict(each)
        raise KeyError(name)

    def to_json(self) -> str:
        """The profile as JSON, the same bytes for the same tables."""
        return json.dumps(self.values, ensure_ascii=False, indent=1, allow_nan=False) + "\n"

    def to_yaml(self) -> str:
        """A model of the tables, in the tables language: `dm run` generates rows whose profile is near this one."""
        from datamimic_learning.profiling.model import model_of

        return model_of(self.values)

    def to_html(self) -> str:
        """The profile as a page that needs nothing else."""
        from datamimic_learning.profiling.page import page_of

        return page_of(self.values)


@cache
def schema_of_profiles() -> dict[str, Any]:
    """The JSON Schema of profiles."""
    return dict(json.loads(files(__package__).joinpath("schema.json").read_text(encoding="utf-8")))
