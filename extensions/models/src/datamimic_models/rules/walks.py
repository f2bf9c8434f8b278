"""States that follow each other, and series over time: values by the place of a row among the rows of its parent."""

from __future__ import annotations

from decimal import Context as Arithmetic
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Any, ClassVar, Final

import numpy as np
from attrs import frozen

from datamimic import Alias, Context, Draw, Generator, Text, composite
from datamimic.columns import Column, Floats, Ints, Vocabulary
from datamimic.errors import suggest
from datamimic_models.model import ColumnType, Mistakes
from datamimic_models.rules.annotations import scale_of
from datamimic_models.rules.bounds import BadBound, Bound, bound_of
from datamimic_models.rules.ranges import shown_units
from datamimic_models.rules.rule import RuleKind, Where
from datamimic_models.rules.words import Pairs, word

_MOST_STEPS: Final = 4_096


@frozen
class States(RuleKind):
    """A state that follows from the one before by weights: of the rows that a parent has, the first is in the state `start`,
    and each is one step further. Of rows without a counting parent each has gone `steps` steps of its own."""

    kind: ClassVar[str] = "states"

    transitions: Any = word("State: {next state: weight}. A state without any is an end.", "pairs")
    start: str | None = word("The first state; the first that is named without it.", "text", None)
    steps: int = word("The most steps of a row that no parent counts.", "whole", 10)

    def graph(self) -> dict[str, dict[str, float]]:
        return {state: dict(following) if isinstance(following, Pairs) else {} for state, following in self.transitions}

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        label, place = where.label, where.place
        graph = self.graph()
        if where.column.type.name != "str":
            mistakes.add(
                "models.type_mismatch", f"{label} is {where.column.type}, and a state text", place, hint="type: str"
            )
        known = [*graph, *(state for following in graph.values() for state in following)]
        if self.start is not None and self.start not in known:
            near = suggest(self.start, known)
            mistakes.add(
                "models.bad_value",
                f"{label}: no state is {self.start}",
                place,
                hint=f"did you mean {near[0]}?" if near else None,
            )
        for state, following in graph.items():
            weights = [each for each in following.values() if isinstance(each, int | float) and each >= 0]
            if following and (len(weights) != len(following) or not any(weights)):
                mistakes.add(
                    "models.bad_value", f"{label}: the weights after {state} are none", place, hint="numbers from 0 on"
                )
        first = self.start if self.start is not None else next(iter(graph), None)
        reached, waiting = {first}, [first]
        while waiting:
            for state, weight in graph.get(str(waiting.pop()), {}).items():
                if state not in reached and weight:
                    reached.add(state)
                    waiting.append(state)
        for state in graph:
            if state not in reached and first in known:
                near = suggest(state, [each for each in known if each not in graph])
                hint = f"did you mean {state} by {near[0]}?" if near else f"a transition from {first}, or no such state"
                mistakes.warn("models.unreachable", f"{label}: nothing leads to the state {state}", place, hint=hint)
        if not graph or not 0 <= self.steps <= _MOST_STEPS:
            mistakes.add(
                "models.bad_value", f"{label}: no states, or too many steps", place, hint=f"0 to {_MOST_STEPS} steps"
            )

    def generator(self, where: Where) -> Generator[Any]:
        graph = self.graph()
        order = list(
            dict.fromkeys([*([self.start] if self.start else []), *graph, *(s for f in graph.values() for s in f)])
        )
        return StateWalk(order, graph, self.steps, where.around.counting())


class StateWalk(Generator[Any]):
    """Every step of every family is drawn by the parent's row and the number of the step: so any rows can be asked for."""

    def __init__(self, states: list[str], graph: dict[str, dict[str, float]], steps: int, parent: str | None) -> None:
        self.vocabulary = Vocabulary(states)
        self.steps = steps
        self.parent = parent
        self.needs = () if parent is None else (parent,)
        number = {state: place for place, state in enumerate(states)}
        groups = []
        for place, state in enumerate(states):
            following = graph.get(state) or {}
            groups.append(
                ([number[each] for each in following], [*following.values()]) if following else ([place], [1.0])
            )
        self.alias = Alias.build(groups)

    def column(self, context: Context) -> Column:
        walkers, gone = _gone(context, self.parent, self.steps)
        state = np.zeros(len(context), dtype=np.int64)
        for step in range(int(gone.max()) if len(gone) else 0):
            on = np.flatnonzero(gone > step)
            draw = Draw(
                context.draw.address.labelled("step"), composite(walkers[on], np.full(len(on), step), _MOST_STEPS)
            )
            state[on] = draw.pick(self.alias, state[on])
        return Text.coded(state, self.vocabulary)


@frozen
class Series(RuleKind):
    """A series over time. In a column of dates or moments start, start + step, start + 2 × step …; in one of numbers a base,
    with a trend per step, a season and noise. The steps are those among the rows of a parent that counts them, else all rows.
    """

    kind: ClassVar[str] = "series"

    start: Any = word("The first moment: 2024-01-01T00:00.", "bound", None)
    step: Any = word("From one to the next: 15min, 1h, 1d. Default 1d.", "bound", None, other=("interval",))
    base: float = word("The number that all else is added to.", "number", 0.0)
    trend: float = word("What each step adds.", "number", 0.0)
    amplitude: float = word("How far a season goes up and down.", "number", 0.0)
    period: float = word("After how many steps a season comes again.", "number", 24.0)
    noise: float = word("The standard deviation of what is added by chance.", "number", 0.0)
    decimals: int = word("How many decimals.", "whole", 2)

    def counts(self, kind: ColumnType) -> bool:
        return kind.name in ("date", "datetime")

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        kind = where.column.type.name
        if kind not in ("date", "datetime", "int", "float", "decimal"):
            mistakes.add("models.type_mismatch", f"{where.label} is {where.column.type}, and no series", where.place)
        elif kind in ("date", "datetime"):
            try:
                if self._moments(kind)[1] < 1:
                    mistakes.add(
                        "models.bad_value", f"{where.label}: the step is below one", where.place, hint="step: 1d"
                    )
            except BadBound as error:
                mistakes.add(
                    "models.bad_value", f"{where.label}: {error}", where.place, hint="start: 2024-01-01, step: 1d"
                )
        if self.period <= 0 or self.noise < 0 or not 0 <= self.decimals <= 12:
            mistakes.add("models.bad_value", f"{where.label}: period, noise or decimals cannot be", where.place)

    def _moments(self, kind: str) -> tuple[Bound, int]:
        step = bound_of("1d" if self.step is None else self.step, "duration").units
        start = bound_of("2024-01-01" if self.start is None else self.start, kind)
        return start, step // bound_of("1d", "duration").units if kind == "date" else step

    def generator(self, where: Where) -> Generator[Any]:
        shown = where.column.type
        parent = where.around.counting()
        if shown.name in ("date", "datetime"):
            return MomentSeries(*self._moments(shown.name), shown, parent)
        return NumberSeries(self, shown, parent)


class MomentSeries(Generator[Any]):
    def __init__(self, start: Bound, step: int, shown: ColumnType, parent: str | None) -> None:
        self.start, self.step, self.shown, self.parent = start, step, shown, parent
        self.needs = () if parent is None else (parent,)

    def column(self, context: Context) -> Column:
        _, gone = _gone(context, self.parent, None)
        units = gone * np.int64(self.step) + self.start.at(context.clock, self.shown.name)
        return shown_units(units, self.shown.name, 0, self.shown)


class NumberSeries(Generator[Any]):
    def __init__(self, said: Series, shown: ColumnType, parent: str | None) -> None:
        self.said, self.shown, self.parent = said, shown, parent
        self.needs = () if parent is None else (parent,)
        self.decimals = {"int": 0, "decimal": scale_of(shown)}.get(shown.name, said.decimals)

    def column(self, context: Context) -> Column:
        said = self.said
        _, gone = _gone(context, self.parent, None)
        made: Any = gone * float(said.trend) + float(said.base)
        if said.amplitude:
            made += sine(gone / float(said.period)) * float(said.amplitude)
        if said.noise:
            made += context.draw.normal("noise") * float(said.noise)
        units = np.rint(made * 10.0**self.decimals).astype(np.int64)
        return shown_units(units, "float" if self.shown.name == "float" else "int", self.decimals, self.shown)


def _gone(context: Context, parent: str | None, most: int | None) -> tuple[Ints, Ints]:
    """Who walks (the parent's row, or the row itself), and how many steps it has gone."""
    if parent is not None:
        family = context.column(parent)
        return family.rows, np.minimum(family.index, _MOST_STEPS - 1) if most is not None else family.index
    if most is None:
        return context.rows, context.rows
    return context.rows, context.draw.integers(0, most, "how far")


@lru_cache(maxsize=1)
def _sines() -> Floats:
    """The sine of a turn at 1,025 places, by its series in decimal arithmetic."""
    made = []
    with localcontext(Arithmetic(prec=30)):
        pi = Decimal("3.14159265358979323846264338328")
        for place in range(1_025):
            x = 2 * pi * place / 1_024 - (2 * pi if place > 512 else 0)
            term, total, n = x, x, 1
            while abs(term) > Decimal("1e-20"):
                term *= -x * x / ((n + 1) * (n + 2))
                total, n = total + term, n + 2
            made.append(float(round(total, 12)))
    return np.array(made, dtype=np.float64)


def sine(turns: Floats) -> Floats:
    """The sine of so many turns, interpolated linearly."""
    table = _sines()
    scaled = (turns - np.floor(turns)) * 1_024
    left = np.minimum(scaled.astype(np.int64), 1_023)
    low = table.take(left)
    made: Floats = low + (table.take(left + 1) - low) * (scaled - left)
    return made
