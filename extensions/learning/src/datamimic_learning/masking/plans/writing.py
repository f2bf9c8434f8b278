"""Plans as YAML, with what was found beside every column that is not kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from datamimic_learning.masking.plans.proposing import Proposal

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.")


def plan_text(proposal: Proposal) -> str:
    """The document; read again, it is the plan."""
    lines = [
        "# Look over it: what each column becomes, and by what people are told apart (key).",
        "# `dm mask --schema` tells the methods and their settings.",
    ]
    for name, value in proposal.body.items():
        if name != "tables":
            lines.append(f"{name}: {_scalar(value)}")
    lines.append("tables:")
    for table, body in proposal.body["tables"].items():
        lines.append(f"  {_scalar(table)}:")
        for part, entries in body.items():
            lines.append(f"    {part}:" if entries else f"    {part}: {{}}")
            for name, value in entries.items():
                if part == "subjects":
                    lines += _subject(name, value, table, proposal)
                else:
                    lines.append(f"      {_scalar(name)}: {_flow(value)}{_comment(proposal, table, name)}")
    return "\n".join(lines) + "\n"


def _subject(name: str, body: Mapping[str, Any], table: str, proposal: Proposal) -> list[str]:
    lines = [f"      {_scalar(name)}:"]
    for word, value in body.items():
        if word != "columns":
            lines.append(f"        {word}: {_flow(value)}")
    lines.append("        columns:")
    for column, field in body["columns"].items():
        lines.append(f"          {_scalar(column)}: {_scalar(field)}{_comment(proposal, table, column)}")
    return lines


def _comment(proposal: Proposal, table: str, column: str) -> str:
    said = proposal.comments.get((table, column))
    return f"  # {said}" if said else ""


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(name)}: {_flow(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    """Plain where nothing can be mistaken, else in quotes, which YAML has as JSON has them."""
    if isinstance(value, str):
        safe = value and set(value) <= _PLAIN and value[0].isalpha() and value.lower() not in ("null", "true", "false")
        return value if safe or value == "null" else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)
