"""`validate`: everything that is wrong with a configuration, with places, without a row being made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import attrs
from attrs import frozen

from datamimic import DatamimicError
from datamimic_models.checking import mistakes_of
from datamimic_platform.kinds import options as are
from datamimic_platform.kinds.kind import Asked, Result, Shown, Work
from datamimic_platform.kinds.options import options_of
from datamimic_platform.kinds.pointing import Pointer
from datamimic_platform.kinds.reach import refuse_unreachable


@frozen(kw_only=True)
class ValidateOptions:
    """`check_relationships` also tells which table refers to which, and how many rows that are."""

    check_relationships: bool = attrs.field(default=False, validator=are.truth)


class Validate:
    """Its artefact is `validation.json`; a configuration with mistakes is no failure of the job that finds them."""

    needs_config = True

    def check(self, asked: Asked) -> Mapping[str, Any]:
        options_of(ValidateOptions, asked.options)
        return dict(asked.options)

    def preview(self, asked: Asked, rows: int) -> Mapping[str, Shown]:
        return {}  # it makes no rows

    def run(self, asked: Asked, work: Work) -> Result:
        options = options_of(ValidateOptions, asked.options)
        work.phase("checking")
        found = judged(asked, relationships=options.check_relationships)
        work.output.mkdir(parents=True)
        text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
        (work.output / "validation.json").write_text(text, encoding="utf-8", newline="\n")
        return Result(0, {"valid": found["valid"], "errors": len(found["errors"]), "warnings": len(found["warnings"])})


def judged(asked: Asked, *, relationships: bool = False) -> dict[str, Any]:
    """`{valid, errors, warnings}`, each of these with code, message, line and column; and `relationships` where asked for."""
    if asked.config is None:
        raise DatamimicError("platform.bad_config", "there is no configuration", path="$.config")
    try:
        refuse_unreachable(asked)
        pointer = Pointer(asked.config)
        found_here = mistakes_of(str(asked.config), trusted=asked.trusted)
        mistakes = [_named(pointer.told(each.to_dict()), asked) for each in found_here]
    except DatamimicError as error:
        mistakes = [_named({"level": "error", **error.to_dict()}, asked)]
    errors = [each for each in mistakes if each.pop("level", "error") == "error"]
    warnings = [each for each in mistakes if each not in errors]
    found: dict[str, Any] = {"valid": not errors, "errors": errors, "warnings": warnings}
    if relationships and not errors and asked.config.suffix.lower() != ".xml":
        found["relationships"] = _relationships(asked)
    return found


def _named(mistake: dict[str, Any], asked: Asked) -> dict[str, Any]:
    """With the file as its author calls it, not where the server keeps it."""
    assert asked.config is not None
    if not asked.local and "file" in mistake:
        mistake["file"] = asked.config.name
    return mistake


def _relationships(asked: Asked) -> list[dict[str, Any]]:
    from datamimic_models import Model

    assert asked.config is not None
    made = Model.load(asked.config, trust=asked.trusted)
    counts = made.counts(made.world())
    return [
        {
            "table": name,
            "columns": list(key.key.columns),
            "parent": key.key.parent_table,
            "parent_columns": list(key.key.parent_columns),
            "rows": counts.get(name, 0),
            "parent_rows": counts.get(key.key.parent_table, 0),
        }
        for name, table in made.plan.tables.items()
        for key in table.keys
    ]
