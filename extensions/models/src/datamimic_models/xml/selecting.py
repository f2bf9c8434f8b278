"""Which record of a source each record gets."""

from __future__ import annotations

import numpy as np

from datamimic import Draw, Permutation
from datamimic.columns import Ints
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.making import weighted
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.setting import Setting
from datamimic_models.xml.sources import Source
from datamimic_models.xml.values import Listed, Value, spread


def is_cyclic(node: Node) -> bool:
    return node.flag("cyclic")


def positions(node: Node, source: Source, frame: Frame, setting: Setting, path: str, offset: int = 0) -> Ints:
    """Positions in the source, one per record: by weights, in order, or each once in an order of chance; the source begins
    anew below every parent, and at its end."""
    size = len(source)
    if source.weights is not None:
        return weighted(source.weights, setting.draw(frame, path))
    if not size:
        return np.zeros(len(frame), np.int64)
    kind = node.get("distribution", "random")
    if kind == "ordered":
        return (frame.index + offset) % size
    if kind == "cumulated":
        draw = setting.draw(frame, path)
        bell = (np.clip(draw.normal(), -3.0, 3.0) + 3.0) / 6.0
        return np.minimum((bell * size).astype(np.int64), size - 1)
    cycle = (frame.index + offset) // size
    place = shuffled((frame.index + offset) % size, cycle, frame, setting, path, np.int64(size))
    made: Ints = Permutation(size, setting.draw(frame, path).address.labelled("order")).forward(place)
    return made


def shuffled(place: Ints, cycle: Ints, frame: Frame, setting: Setting, path: str, size: Ints | np.int64) -> Ints:
    """Positions turned by an amount that differs by parent and by cycle, so that each is still met once."""
    above = np.zeros(len(frame), np.int64) if frame.above is None else frame.above
    parents = frame.parent.numbers[above] if frame.parent is not None else above
    rows = parents * np.int64(1_000_003) + cycle
    turn = Draw((*setting.draw(frame, path).address, "turn"), rows).integers(0, size - 1)
    return (place + turn) % size


def of_siblings(node: Node, made: Listed, at: Ints, frame: Frame, setting: Setting, path: str) -> Value:
    """One of the records that a sibling has made below the same parent, which is number `at` among those."""
    starts = np.cumsum(made.lengths) - made.lengths
    size = np.maximum(made.lengths[at], 1)
    place = frame.index % size
    if node.get("distribution", "random") != "ordered":
        place = shuffled(place, frame.index // size, frame, setting, path, size)
    there = np.flatnonzero(made.lengths[at])
    return spread(made.items.take((starts[at] + place)[there]), there, len(frame))
