"""Variables of loops and lambdas: given values, and what they had before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from datamimic_models.expressions import tree
from datamimic_models.expressions.failures import Failed
from datamimic_models.expressions.rowwise.frame import Frame
from datamimic_models.expressions.values import iterated


def names_of(target: tree.Target) -> list[str]:
    return [target] if isinstance(target, str) else [name for each in target for name in names_of(each)]


def bind(frame: Frame, target: tree.Target, value: Any) -> None:
    if isinstance(target, str):
        frame.locals[target] = value
        return
    values = list(iterated(value))
    if len(values) != len(target):
        raise Failed(f"{len(values)} values cannot be given to {len(target)} names")
    for each, inner in zip(target, values, strict=True):
        bind(frame, each, inner)


def restored(frame: Frame, names: Iterable[str], before: dict[str, Any]) -> None:
    for name in names:
        if name in before:
            frame.locals[name] = before[name]
        else:
            frame.locals.pop(name, None)
