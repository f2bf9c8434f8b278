"""The texts of a regular expression as a deterministic automaton without circles: every text has exactly one way through it, so
that texts can be counted and numbered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from attrs import define, field, frozen

from datamimic_models.patterns.parsing import Alternatives, BadPattern, Letters, Node, Sequence

MOST_STATES: Final = 4_000
_MOST_STEPS: Final = 20_000


@frozen
class Step:
    """From a state: any of the `letters`, sorted, leads to the state `to`."""

    letters: tuple[str, ...]
    to: int


@frozen
class Automaton:
    """State 0 is the first; `steps` of every state have no letter in common; in `ends` a text may end. No text is endless."""

    steps: tuple[tuple[Step, ...], ...]
    ends: frozenset[int]


@define
class _Loose:
    """States with steps by letters and without, as the parts of an expression are put together."""

    letters: list[tuple[frozenset[str], int] | None] = field(factory=list)
    free: list[list[int]] = field(factory=list)

    def state(self) -> int:
        if len(self.free) >= _MOST_STEPS:
            raise BadPattern("it has too many repeats within repeats")
        self.letters.append(None)
        self.free.append([])
        return len(self.free) - 1

    def add(self, node: Node, start: int) -> int:
        """The state in which what the node matches ends."""
        if isinstance(node, Letters):
            end = self.state()
            own = self.state()
            self.free[start].append(own)
            self.letters[own] = (node.of, end)
            return end
        if isinstance(node, Sequence):
            for part in node.parts:
                start = self.add(part, start)
            return start
        if isinstance(node, Alternatives):
            end = self.state()
            for part in node.parts:
                self.free[self.add(part, start)].append(end)
            return end
        for _ in range(node.least):
            start = self.add(node.part, start)
        end = self.state()
        self.free[start].append(end)
        for _ in range(node.most - node.least):
            start = self.add(node.part, start)
            self.free[start].append(end)
        return end

    def reached(self, states: frozenset[int]) -> frozenset[int]:
        """These, and all that are reached from them without a letter."""
        found, waiting = set(states), list(states)
        while waiting:
            for each in self.free[waiting.pop()]:
                if each not in found:
                    found.add(each)
                    waiting.append(each)
        return frozenset(found)


def automaton_of(node: Node) -> Automaton:
    """Raises `BadPattern` for an expression that is too large."""
    loose = _Loose()
    start = loose.state()
    end = loose.add(node, start)
    first = loose.reached(frozenset((start,)))
    numbers: dict[frozenset[int], int] = {first: 0}
    steps: list[tuple[Step, ...]] = []
    waiting = [first]
    for states in waiting:
        found: list[Step] = []
        for targets, letters in _by_target(loose, states).items():
            to = loose.reached(targets)
            if to not in numbers:
                if len(numbers) >= MOST_STATES:
                    raise BadPattern("it has too many alternatives within repeats")
                numbers[to] = len(numbers)
                waiting.append(to)
            found.append(Step(tuple(sorted(letters)), numbers[to]))
        steps.append(tuple(sorted(found, key=lambda each: each.letters)))
    return Automaton(tuple(steps), frozenset(number for states, number in numbers.items() if end in states))


def _by_target(loose: _Loose, states: frozenset[int]) -> Mapping[frozenset[int], set[str]]:
    """What the letters lead to, letters that lead to the same together."""
    by_letter: dict[str, set[int]] = {}
    for state in sorted(states):
        own = loose.letters[state]
        if own is not None:
            for letter in own[0]:
                by_letter.setdefault(letter, set()).add(own[1])
    found: dict[frozenset[int], set[str]] = {}
    for letter in sorted(by_letter):
        found.setdefault(frozenset(by_letter[letter]), set()).add(letter)
    return found


def met(one: Automaton, other: Automaton) -> Automaton:
    """The texts of both. Raises `BadPattern` where that is too large."""
    numbers = {(0, 0): 0}
    steps: list[tuple[Step, ...]] = []
    waiting = [(0, 0)]
    for a, b in waiting:
        found: list[Step] = []
        for left in one.steps[a]:
            for right in other.steps[b]:
                letters = sorted(set(left.letters) & set(right.letters))
                if not letters:
                    continue
                to = (left.to, right.to)
                if to not in numbers:
                    if len(numbers) >= MOST_STATES:
                        raise BadPattern("what several expressions ask together is too large")
                    numbers[to] = len(numbers)
                    waiting.append(to)
                found.append(Step(tuple(letters), numbers[to]))
        steps.append(tuple(sorted(found, key=lambda each: each.letters)))
    ends = frozenset(number for (a, b), number in numbers.items() if a in one.ends and b in other.ends)
    return Automaton(tuple(steps), ends)


def kept_letters(automaton: Automaton, keeps: Callable[[str], bool]) -> Automaton:
    """Its texts of letters that are kept."""
    return Automaton(
        tuple(
            tuple(Step(letters, step.to) for step in steps if (letters := tuple(filter(keeps, step.letters))))
            for steps in automaton.steps
        ),
        automaton.ends,
    )
