"""The parts of an expression as states with steps by letters and without: put together before one way is made of all."""

from __future__ import annotations

from typing import Final

from attrs import define, field, frozen

from datamimic_models.patterns.letters import WORD
from datamimic_models.patterns.tree import (
    Alternatives,
    BadPattern,
    Boundary,
    End,
    Letters,
    Look,
    Node,
    Repeat,
    Sequence,
)

_MOST_STEPS: Final = 20_000


@frozen
class Ahead:
    """What follows leads from the state `start` to the state `end` at some letter, or, not `wanted`, at none."""

    start: int
    end: int
    wanted: bool


@frozen
class Behind:
    """The letter before is one of these, or, not `wanted`, is none of them; so is the beginning of the text."""

    of: frozenset[str]
    wanted: bool


@frozen
class Beside:
    """A word begins or ends here, or, not `wanted`, does not; `ahead` looks for a letter of a word."""

    ahead: Ahead
    wanted: bool


Condition = Ahead | Behind | Beside


@define
class Loose:
    """`letters` lead from a state, `free` are steps without one, of which `conditions` have one, and `last` those at the end of
    the text alone."""

    letters: list[tuple[frozenset[str], int] | None] = field(factory=list)
    free: list[list[int]] = field(factory=list)
    conditions: dict[int, list[tuple[Condition, int]]] = field(factory=dict)
    last: dict[int, int] = field(factory=dict)

    def state(self) -> int:
        if len(self.free) >= _MOST_STEPS:
            raise BadPattern("it has too many repeats within repeats")
        self.letters.append(None)
        self.free.append([])
        return len(self.free) - 1

    def add(self, node: Node, start: int) -> int:
        """The state in which what the node matches ends."""
        if isinstance(node, Letters):
            return self.step(node.of, start)
        if isinstance(node, Sequence):
            for part in node.parts:
                start = self.add(part, start)
            return start
        if isinstance(node, Alternatives):
            end = self.state()
            for part in node.parts:
                self.free[self.add(part, start)].append(end)
            return end
        if isinstance(node, Repeat):
            return self.repeats(node, start)
        if isinstance(node, End):
            self.last[start] = end = self.state()
            return end
        end = self.state()
        self.conditions.setdefault(start, []).append((self.condition(node), end))
        return end

    def step(self, of: frozenset[str], start: int) -> int:
        end = self.state()
        own = self.state()
        self.free[start].append(own)
        self.letters[own] = (of, end)
        return end

    def repeats(self, node: Repeat, start: int) -> int:
        for _ in range(node.least):
            start = self.add(node.part, start)
        end = self.state()
        self.free[start].append(end)
        if node.most is None:
            again = self.state()
            self.free[start].append(again)
            after = self.add(node.part, again)
            self.free[after] += [again, end]
            return end
        for _ in range(node.most - node.least):
            start = self.add(node.part, start)
            self.free[start].append(end)
        return end

    def condition(self, node: Look | Boundary) -> Condition:
        start = self.state()
        if isinstance(node, Boundary):
            return Beside(Ahead(start, self.step(WORD, start), True), node.wanted)
        if node.ahead:
            return Ahead(start, self.add(node.part, start), node.wanted)
        if not isinstance(node.part, Letters):
            raise BadPattern("it looks further behind than one letter")
        return Behind(node.part.of, node.wanted)

    def reached(self, states: frozenset[int]) -> frozenset[int]:
        """These, and all that are reached from them without a letter and a condition."""
        found, waiting = set(states), list(states)
        while waiting:
            for each in self.free[waiting.pop()]:
                if each not in found:
                    found.add(each)
                    waiting.append(each)
        return frozenset(found)

    def stepped(self, states: frozenset[int], letter: str) -> frozenset[int]:
        """Where a letter leads to from these."""
        own = (self.letters[each] for each in states)
        return self.reached(frozenset(each[1] for each in own if each is not None and letter in each[0]))

    def finished(self, states: frozenset[int]) -> frozenset[int]:
        """These, and all that are reached from them at the end of the text."""
        while True:
            more = self.reached(states | {self.last[each] for each in states if each in self.last})
            if more == states:
                return states
            states = more
