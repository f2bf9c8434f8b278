"""Texts in YAML changed at the places of their parts: comments, order and layout of the rest stay."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from datamimic import DatamimicError

_REMARK = re.compile(r"[ \t]+#[^\n]*")


def flow(value: Any) -> str:
    """In one line."""
    made = yaml.safe_dump(value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10**9)
    return made.removesuffix("...\n").strip()


def value_of(node: Any, *names: str) -> Any:
    """The node of a mapping's key; None where it has none of these."""
    return next((value for key, value in node.value if key.value in names), None)


def end_of(text: str, node: Any) -> int:
    """After its last character: nodes in blocks are said to reach up to the next one."""
    if node.id == "scalar" or node.flow_style:
        end = node.end_mark.index
    else:
        leaves = [part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,))]
        end = max((end_of(text, each) for each in leaves), default=node.end_mark.index)
    return len(text[:end].rstrip())


def end_with_remark(text: str, node: Any) -> int:
    """Also after a remark on its last line."""
    end = end_of(text, node)
    found = _REMARK.match(text, end)
    return found.end() if found else end


def replaced(text: str, node: Any, made: str) -> str:
    return text[: node.start_mark.index] + made + text[end_of(text, node) :]


def appended(text: str, mapping: Any, made: Callable[[str], str]) -> str:
    """A key after the last of a mapping in a block; `made` is given the indent of its lines."""
    if mapping.flow_style:
        raise in_one_line()
    indent = " " * mapping.value[-1][0].start_mark.column
    end = end_with_remark(text, mapping.value[-1][1])
    return text[:end] + f"\n{indent}{made(indent)}" + text[end:]


def removed(text: str, mapping: Any, name: str) -> str:
    """A mapping in a block without one of its keys."""
    if mapping.flow_style:
        raise in_one_line()
    if len(mapping.value) == 1:
        raise DatamimicError("platform.bad_request", "the last one cannot be taken away", hint="change it as YAML")
    key, value = next(pair for pair in mapping.value if pair[0].value == name)
    begin = text.rfind("\n", 0, key.start_mark.index)
    return text[: max(begin, 0)] + text[end_with_remark(text, value) :]


def in_one_line() -> DatamimicError:
    return DatamimicError(
        "platform.bad_request", "a list in one line cannot be changed by the editor", hint="change it as YAML"
    )
