"""The texts of a regular expression as a deterministic automaton without circles: every text has exactly one way through it, so
that texts can be counted and numbered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from attrs import frozen

from datamimic_models.patterns.looking import Looking
from datamimic_models.patterns.loose import Loose
from datamimic_models.patterns.tree import BadPattern, Node

MOST_STATES: Final = 4_000
_State = TypeVar("_State", bound=frozenset[Any])
_Ends = Callable[[_State], bool]


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


def automaton_of(node: Node) -> Automaton:
    """Raises `BadPattern` for an expression that is too large."""
    loose = Loose()
    start = loose.state()
    end = loose.add(node, start)
    if loose.conditions:
        looking = Looking(loose)
        return _determined(looking.first(start), looking.by_target, lambda ways: looking.may_end(ways, end))
    first = loose.reached(frozenset((start,)))
    return _determined(first, lambda states: _by_target(loose, states), lambda states: end in states)


def _determined(
    first: _State, by_target: Callable[[_State], Mapping[_State, set[str]]], may_end: _Ends[_State]
) -> Automaton:
    """Every set of ways as one state."""
    numbers = {first: 0}
    steps: list[tuple[Step, ...]] = []
    waiting = [first]
    for states in waiting:
        found: list[Step] = []
        for to, letters in by_target(states).items():
            if to not in numbers:
                if len(numbers) >= MOST_STATES:
                    raise BadPattern("it has too many alternatives within repeats")
                numbers[to] = len(numbers)
                waiting.append(to)
            found.append(Step(tuple(sorted(letters)), numbers[to]))
        steps.append(tuple(sorted(found, key=lambda each: each.letters)))
    return Automaton(tuple(steps), frozenset(number for states, number in numbers.items() if may_end(states)))


def _by_target(loose: Loose, states: frozenset[int]) -> Mapping[frozenset[int], set[str]]:
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
    reached: dict[frozenset[int], set[str]] = {}
    for targets, letters in found.items():
        reached.setdefault(loose.reached(targets), set()).update(letters)
    return reached


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
