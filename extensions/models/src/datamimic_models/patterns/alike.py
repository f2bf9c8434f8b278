"""Texts that are as like to others as an expression lets them be: an e-mail address keeps the name of its person."""

from __future__ import annotations

from collections import deque
from functools import cached_property
from typing import Any, Final

from attrs import field, frozen

from datamimic import Draw, Text
from datamimic_models.patterns.automaton import Automaton, automaton_of
from datamimic_models.patterns.parsing import parse_pattern
from datamimic_models.patterns.writing import Texts

_MORE: Final = 40
"""How many more times than it must something without a limit comes: names are as long as they are."""
_AT: Final = "@"


@frozen(eq=False, slots=False)
class Addresses:
    """The addresses that an expression matches, of at most `longest` letters."""

    automaton: Automaton
    texts: Texts
    longest: int
    steps: tuple[dict[str, int], ...] = field(init=False)

    @steps.default
    def _steps(self) -> tuple[dict[str, int], ...]:
        return tuple({letter: step.to for step in steps for letter in step.letters} for steps in self.automaton.steps)

    @classmethod
    def of(cls, regex: str, longest: int | None = None) -> Addresses:
        """Raises `BadPattern`."""
        made = automaton_of(parse_pattern(regex, more=_MORE))
        return cls(made, Texts.of(regex, 0, longest), 320 if longest is None else longest)

    @cached_property
    def to_end(self) -> dict[int, int]:
        """The fewest letters from each state to an end; states that lead to none are not there."""
        return self._away(dict.fromkeys(self.automaton.ends, 0))

    @cached_property
    def to_domain(self) -> dict[int, int]:
        """The fewest letters from each state to one from which `@` leads on, and then to an end."""
        return self._away({n: 0 for n, steps in enumerate(self.steps) if steps.get(_AT, -1) in self.to_end})

    def _away(self, found: dict[int, int]) -> dict[int, int]:
        before: dict[int, set[int]] = {}
        for state, steps in enumerate(self.steps):
            for to in steps.values():
                before.setdefault(to, set()).add(state)
        waiting = deque(found)
        while waiting:
            state = waiting.popleft()
            for each in before.get(state, ()):
                if each not in found:
                    found[each] = found[state] + 1
                    waiting.append(each)
        return found

    def like(self, texts: Any, draw: Draw) -> Text:
        """For every text an address with the letters of it that the expression takes, one after the other."""
        bits = draw.bits("the rest of an address").tolist()
        others = self.texts.drawn(draw).tolist()
        made = []
        for text, chance, other in zip(texts.tolist(), bits, others, strict=True):
            found = self._like(text or "", chance)
            made.append(other if found is None or len(found) > self.longest else found)
        return Text.of(made)

    def _like(self, text: str, chance: int) -> str | None:
        name, _, domain = text.partition(_AT)
        if 0 not in self.to_domain:
            return None
        made: list[str] = []
        # Half of the room for the name: what is left is for the domain.
        state = self._taken(0, name, self.to_domain, made, self.longest // 2)
        state, chance = self._led(state, self.to_domain, made, chance)
        made.append(_AT)
        state = self.steps[state][_AT]
        for letters, most in ((domain, self.longest), ("", self.longest)):
            whole = list(made)
            reached = self._taken(state, letters, self.to_end, whole, most)
            if not letters or (reached in self.automaton.ends and "".join(whole).endswith(domain)):
                reached, _ = self._led(reached, self.to_end, whole, chance)
                return "".join(whole)
        return None

    def _taken(self, state: int, letters: str, away: dict[int, int], made: list[str], most: int) -> int:
        """Where the letters lead that may be taken; others are left out."""
        for letter in letters:
            for each in (letter, letter.lower(), letter.upper()):
                to = self.steps[state].get(each)
                if to is not None and to in away and len(made) + away[to] < most:
                    made.append(each)
                    state = to
                    break
        return state

    def _led(self, state: int, away: dict[int, int], made: list[str], chance: int) -> tuple[int, int]:
        """The nearest place that is asked for, by letters that are drawn."""
        while away[state]:
            nearer = sorted(
                letter for letter, to in self.steps[state].items() if away.get(to, away[state]) < away[state]
            )
            plain = [each for each in nearer if each.isalnum()] or nearer
            chance, which = divmod(chance, len(plain))
            made.append(plain[which])
            state = self.steps[state][plain[which]]
        return state, chance
