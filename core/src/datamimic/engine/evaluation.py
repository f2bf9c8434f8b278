"""What is going on while values are made. It belongs to the evaluation, never to the world: one world serves any number of
threads and tasks at once, each with an evaluation of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from datamimic.engine.known_batches import KnownBatches
from datamimic.errors import DefinitionError

COUNTED = 131_072
"""Parents that are counted in an evaluation for which it keeps what was looked at: whoever counts other children of the same
parents, or looks at these, needs the same columns."""
DEEPEST = 120
"""Fields waiting for each other across entities before the engine calls it a circle."""


class Forgets(Protocol):
    """A batch, as far as an evaluation knows it."""

    def forget(self) -> None: ...


class Evaluation:
    """`waiting` are the fields that need each other, outermost first; `batches` those that forget their columns at the end,
    None while what is made is kept. `plain` are those of them that hold nothing but rows of an entity, so that whoever needs
    the same rows meanwhile may share them."""

    __slots__ = ("_room", "batches", "plain", "waiting")

    def __init__(self, waiting: list[str], batches: list[Forgets] | None) -> None:
        self.waiting = waiting
        self.batches = batches
        self.plain = KnownBatches()
        self._room = COUNTED

    def begin(self, where: str) -> None:
        """A field is to be made. Raises `DefinitionError` (`cycle`) where too many wait for each other."""
        if len(self.waiting) >= DEEPEST:
            # The last turn of the circle: each of its fields once, and the first again where it closes.
            *before, last = self.waiting
            turn = before[::-1].index(last) if last in before else len(before)
            raise DefinitionError(
                "cycle",
                f"fields need each other in a circle across entities: {' → '.join([last, *before[-turn:][:turn], last])}",
                hint=f"break the circle at one of them; what ends by itself may be {DEEPEST} deep",
            )
        self.waiting.append(where)

    def has_room(self, parents: int) -> bool:
        """May what is looked at to count the children of so many parents stay until the end?"""
        if self.batches is None or parents > self._room:
            return False
        self._room -= parents
        return True

    def end(self) -> None:
        """The field that was begun last is made."""
        self.waiting.pop()


_CURRENT: ContextVar[Evaluation | None] = ContextVar("evaluation", default=None)


def current_evaluation() -> Evaluation | None:
    return _CURRENT.get()


@contextmanager
def _evaluation(batches: list[Forgets] | None) -> Iterator[None]:
    current = _CURRENT.get()
    token = _CURRENT.set(Evaluation([] if current is None else current.waiting, batches))
    try:
        yield
    finally:
        _CURRENT.reset(token)


@contextmanager
def forgetting_batches() -> Iterator[None]:
    """Batches that are made meanwhile, except those that are kept, forget their columns at the end.

    They and their embedded entities, families and references point to each other. The garbage collector would find such
    circles late, since it counts objects: few here, and each with large arrays.
    """
    batches: list[Forgets] = []
    try:
        with _evaluation(batches):
            yield
    finally:
        for batch in batches:
            batch.forget()


_COUNTS: ContextVar[bool] = ContextVar("counts", default=False)


@contextmanager
def counting(parents: int) -> Iterator[None]:
    """As `forgetting_batches`, for the children of so many parents that are counted; what is counted for that belongs to the
    same evaluation, so that columns of the same parents are made once. Of few parents it belongs to that of whoever counts."""
    if _COUNTS.get():
        yield
        return
    current = _CURRENT.get()
    token = _COUNTS.set(True)
    try:
        if current is not None and current.has_room(parents):
            yield
        else:
            with forgetting_batches():
                yield
    finally:
        _COUNTS.reset(token)


@contextmanager
def keeping_batches() -> Iterator[None]:
    """Batches that are made meanwhile are part of what a world remembers."""
    with _evaluation(None):
        yield


def note_batch(batch: Forgets) -> None:
    """A batch was made."""
    current = _CURRENT.get()
    if current is not None and current.batches is not None:
        current.batches.append(batch)
