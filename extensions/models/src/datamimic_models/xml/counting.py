"""How many records stand below each record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import numpy as np

from datamimic import positions
from datamimic.columns import Ints
from datamimic.errors import excerpt
from datamimic_models.model import Place
from datamimic_models.xml.bindings import Bound, asks_of_records, bind
from datamimic_models.xml.dates import read_duration, read_moment
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.scripts import evaluate
from datamimic_models.xml.setting import Setting, failed

MOST: Final = 2**62


def positions_within(lengths: Ints) -> Ints:
    """0, 1, … below every record."""
    return positions(lengths)


def lengths_of(node: Node, frame: Frame, setting: Setting, bound: Bound | None) -> Ints:
    """How many records an element has below each record. Raises `DatamimicError` (`models.no_count`) where nothing says so."""
    asked = _asked(node, frame, setting)
    there = None if bound is None else bound.lengths(frame)
    if asked is None and there is None:
        if node.name == "nestedKey":
            return np.ones(len(frame), np.int64)
        hint = "count, source, script, or start, end and interval"
        raise failed("models.no_count", f"<{node.name} name={node.get('name')!r}> says no count", node.place, hint)
    if there is None:
        assert asked is not None
        return asked
    if bound is not None and bound.weighted:
        return np.ones(len(frame), np.int64) if asked is None else asked
    if asked is None:
        return there
    if node.flag("cyclic"):
        return np.where(there > 0, asked, 0)
    return np.minimum(asked, there)


def _asked(node: Node, frame: Frame, setting: Setting) -> Ints | None:
    other = setting.rows.get(node.get("name"), setting.rows.get("") if node.has("count") else None)
    if other is not None and node.name == "generate" and not frame.path:
        return np.full(len(frame), other, np.int64)
    if node.has("count"):
        many = number(node, "count", frame, setting)
        return many * len(series(node)) if is_series(node) else many
    if node.has("minCount") or node.has("maxCount"):
        least = number(node, "minCount", frame, setting) if node.has("minCount") else np.zeros(len(frame), np.int64)
        most = number(node, "maxCount", frame, setting) if node.has("maxCount") else least
        if (most < least).any():
            raise failed("models.bad_value", f"minCount of {node.get('name')} is above its maxCount", node.place)
        return setting.draw(frame, f"{node.get('name')} count").integers(least, most)
    if node.has("start") or node.has("end"):
        return np.full(len(frame), len(series(node)), np.int64)
    return None


def number(node: Node, name: str, frame: Frame, setting: Setting) -> Ints:
    """A count of every record: a number, or what an expression gives. Raises `DatamimicError` (`models.bad_count`)."""
    text, place = node.get(name).strip(), node.at(name)
    if not (text.startswith("{") and text.endswith("}")):
        return np.full(len(frame), _count(text, text, place), np.int64)
    values = evaluate(text[1:-1], frame, setting, place, f"{node.get('name')} {name}").objects()
    return np.array([_count(value, text, place) for value in values], dtype=np.int64)


def _count(value: Any, text: str, place: Place) -> int:
    try:
        made = int(value)
        if isinstance(value, float) and made != value:
            raise ValueError
    except (TypeError, ValueError, OverflowError):
        raise failed("models.bad_count", f"the count {text} is {excerpt(value)}", place, "a whole number") from None
    if not 0 <= made < MOST:
        raise failed("models.bad_count", f"the count {text} is {made}", place, "0 or more")
    return made


class Series:
    """Moments from `start`, `step` after `step`, before `end`."""

    def __init__(self, node: Node) -> None:
        for name in ("start", "end", "interval"):
            if not node.has(name):
                raise failed("models.missing_attribute", f"a time series needs {name}", node.place)
        try:
            self.start, end = (read_moment(node.get(name)) for name in ("start", "end"))
            self.step: timedelta = read_duration(node.get("interval"))
        except ValueError as error:
            hint = 'start="2025-01-01T00:00:00" interval="PT30M"'
            raise failed("models.bad_value", str(error), node.at("interval"), hint) from None
        if self.step <= timedelta(0) or end < self.start:
            raise failed("models.bad_value", "the time series does not lead from its start to its end", node.place)
        self.count = -((self.start - end) // self.step)

    def __len__(self) -> int:
        return self.count

    def moments(self, steps: Ints) -> Any:
        """datetime64[us] of these steps."""
        start = np.datetime64(self.start, "us")
        return start + steps * np.timedelta64(self.step, "us")


def series(node: Node) -> Series:
    """Raises `DatamimicError`."""
    return Series(node)


def is_series(node: Node) -> bool:
    """Are its records those of a time series, or of as many as it counts?"""
    return node.has("start") and node.has("interval")


def limit_of_variables(node: Node, frame: Frame, setting: Setting, lengths: Ints) -> Ints:
    """The lengths, no more than the variables that read a source once have rows."""
    for child in node.children:
        if (
            child.name == "variable"
            and child.has("source")
            and not child.flag("cyclic")
            and not child.has("iterationSelector")
            and not asks_of_records(child, setting)
        ):
            bound = bind(child, frame, setting)
            if not bound.weighted and child.get("distribution") in ("", "random", "ordered") and not bound.asked_anew:
                lengths = np.minimum(lengths, bound.lengths(frame))
    return lengths
