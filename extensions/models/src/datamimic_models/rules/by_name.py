"""What columns have that say nothing and mean nothing to the packs, but whose names tell of what kind they are."""

from __future__ import annotations

from datamimic_models.meanings.words import split
from datamimic_models.model import Column
from datamimic_models.rules.codes import code_rule
from datamimic_models.rules.likely import likely_rule
from datamimic_models.rules.rule import RuleKind


def rule_of_name(column: Column) -> RuleKind | None:
    """The rule; None where the name says nothing of the kind, or the column cannot hold it."""
    words = split(column.name.rpartition(".")[2])
    if not words or column.type.choices:
        return None
    return code_rule(column, words) if column.type.name == "str" else likely_rule(column, words)
