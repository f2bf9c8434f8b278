"""A weighted walk through states, one step per row."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import numpy as np

from datamimic import Context, Draw, LiteralGenerator, Text
from datamimic.columns import Ints
from datamimic.errors import InvalidOption, excerpt

_BLOCK = 1_024
"""Rows after which the walk begins again at its start, so that a row can be computed without all those before it."""


class StateTransitionGenerator(LiteralGenerator[str]):
    """A walk through states by weights.

    `StateTransitionGenerator({"open": {"paid": 3, "cancelled": 1}, "paid": {"shipped": 1}}, start="open")`: the first
    value is `start`; each further one is drawn by the weights of the state before. A state that nothing follows ends a
    walk: the next value is the start again, as it is after every 1,024 values.
    """

    python_type = str

    def __init__(
        self,
        transitions: Mapping[str, Mapping[str, float]],
        start: str | None = None,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(rng=rng, seed=seed)
        following = [state for targets in transitions.values() for state in targets]
        self._states = tuple(dict.fromkeys([*transitions, *following]))
        if not self._states or (start is not None and start not in self._states):
            raise InvalidOption(
                "invalid_option", f"the start {excerpt(start)} is none of the states {', '.join(self._states)}"
            )
        self._start = self._states.index(start) if start is not None else 0
        self._ends: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = []
        self._targets: list[list[int]] = []
        for state in self._states:
            targets = transitions.get(state, {})
            weights = np.array(list(targets.values()), dtype=np.float64)
            if len(weights) and (weights.min() < 0 or not 0 < weights.sum() < float("inf")):
                raise InvalidOption(
                    "invalid_option", f"the weights after {excerpt(state)} are not numbers >= 0, one of them above 0"
                )
            self._ends.append(np.cumsum(weights) / weights.sum() if len(weights) else weights)
            self._targets.append([self._states.index(target) for target in targets])

    def column(self, context: Context) -> Text:
        rows = context.rows
        codes = np.empty(len(rows), dtype=np.int64)
        for block in np.unique(rows // _BLOCK).tolist():
            inside = rows // _BLOCK == block
            walk = self._walk(context.draw, block, int((rows[inside] % _BLOCK).max()) + 1)
            codes[inside] = walk[rows[inside] % _BLOCK]
        return Text.coded(codes, self._states)

    def _walk(self, draw: Draw, block: int, length: int) -> Ints:
        """The first `length` states of a block."""
        drawn = Draw(draw.address.labelled("step"), block * _BLOCK + np.arange(length, dtype=np.int64)).uniform()
        states = np.empty(length, dtype=np.int64)
        state = self._start
        for position, uniform in enumerate(drawn.tolist()):
            states[position] = state
            ends = self._ends[state]
            found = int(np.searchsorted(ends, uniform, side="right"))
            state = self._targets[state][min(found, len(ends) - 1)] if len(ends) else self._start
        return states
