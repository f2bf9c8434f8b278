"""Looking ahead and behind: every way through an expression carries what it has still to meet, and what it has not to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import define, field, frozen

from datamimic_models.patterns.letters import WORD
from datamimic_models.patterns.loose import Ahead, Behind, Condition, Loose
from datamimic_models.patterns.tree import BadPattern

_MOST_WAYS: Final = 200_000
"""Of all letters together, each of which is looked at with what is pending."""


@frozen
class Pending:
    """States that what is looked for has come to; at `end` it is found."""

    states: frozenset[int]
    end: int
    wanted: bool


@frozen
class Way:
    """A state that is reached, of the classes of letters that are asked for those which the letter before is of, and what is
    pending."""

    state: int
    before: frozenset[int] = frozenset()
    pending: frozenset[Pending] = frozenset()


@define
class Looking:
    """The ways of a loose automaton that has conditions, letter by letter."""

    loose: Loose
    behind: tuple[frozenset[str], ...] = field(init=False)
    alike: tuple[tuple[str, ...], ...] = field(init=False)
    _ways: int = field(default=0, init=False)

    @behind.default
    def _asked(self) -> tuple[frozenset[str], ...]:
        asked = (each for conditions in self.loose.conditions.values() for each, _ in conditions)
        classes = (each.of if isinstance(each, Behind) else WORD for each in asked if not isinstance(each, Ahead))
        return tuple(dict.fromkeys(classes))

    @alike.default
    def _told_apart(self) -> tuple[tuple[str, ...], ...]:
        """Letters that nothing tells apart: what one of them leads to, all do."""
        sets = list(dict.fromkeys([*(each[0] for each in self.loose.letters if each is not None), *self.behind]))
        found: dict[tuple[bool, ...], list[str]] = {}
        for letter in sorted(frozenset().union(*sets)):
            found.setdefault(tuple(letter in each for each in sets), []).append(letter)
        return tuple(map(tuple, found.values()))

    def first(self, start: int) -> frozenset[Way]:
        return self._reached([Way(start)])

    def by_target(self, ways: frozenset[Way]) -> Mapping[frozenset[Way], set[str]]:
        """What letters lead to."""
        of = frozenset().union(*((self.loose.letters[way.state] or (frozenset(),))[0] for way in ways))
        found: dict[frozenset[Way], set[str]] = {}
        for letters in self.alike:
            if letters[0] in of:
                target = self._reached(self._stepped(ways, letters[0]))
                if target:
                    found.setdefault(target, set()).update(letters)
        return found

    def may_end(self, ways: frozenset[Way], end: int) -> bool:
        return any(
            way.state == end
            and all((each.end in self.loose.finished(each.states)) == each.wanted for each in way.pending)
            for way in ways
        )

    def _stepped(self, ways: frozenset[Way], letter: str) -> list[Way]:
        before = frozenset(number for number, of in enumerate(self.behind) if letter in of)
        found = []
        for way in ways:
            own = self.loose.letters[way.state]
            if own is None or letter not in own[0]:
                continue
            moved = (Pending(self.loose.stepped(each.states, letter), each.end, each.wanted) for each in way.pending)
            pending = _settled(moved)
            if pending is not None:
                found.append(Way(own[1], before, pending))
        return found

    def _reached(self, ways: list[Way]) -> frozenset[Way]:
        found, waiting = set(ways), list(ways)
        while waiting:
            way = waiting.pop()
            self._ways += 1 + len(way.pending)
            if self._ways > _MOST_WAYS:
                raise BadPattern("it looks ahead in too many ways")
            further = [Way(each, way.before, way.pending) for each in self.loose.free[way.state]]
            for condition, to in self.loose.conditions.get(way.state, ()):
                pending = self._asked_for(condition, way)
                further += [] if pending is None else [Way(to, way.before, pending)]
            for each in further:
                if each not in found:
                    found.add(each)
                    waiting.append(each)
        return frozenset(found)

    def _asked_for(self, condition: Condition, way: Way) -> frozenset[Pending] | None:
        """What is pending after the condition; None where it does not hold."""
        if isinstance(condition, Behind):
            return way.pending if (self.behind.index(condition.of) in way.before) == condition.wanted else None
        ahead, wanted = condition, condition.wanted
        if not isinstance(condition, Ahead):
            # A word begins or ends where the letters behind and ahead differ.
            ahead = condition.ahead
            wanted = (self.behind.index(WORD) in way.before) != condition.wanted
        assert isinstance(ahead, Ahead)
        states = self.loose.reached(frozenset((ahead.start,)))
        return _settled((*way.pending, Pending(states, ahead.end, wanted)))


def _settled(pending: Iterable[Pending]) -> frozenset[Pending] | None:
    """Those of which nothing is known yet; None where one has come out wrongly."""
    left = []
    for each in pending:
        if each.end in each.states or not each.states:
            if (each.end in each.states) != each.wanted:
                return None
        else:
            left.append(each)
    return frozenset(left)
