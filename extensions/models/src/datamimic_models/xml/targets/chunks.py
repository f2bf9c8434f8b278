"""A product in several files of at most so many records."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from attrs import define, evolve, field

from datamimic_models.xml.frames import Frame
from datamimic_models.xml.setting import failed
from datamimic_models.xml.targets.sinks import Asked, Sink


@define(eq=False)
class ChunkedSink:
    """`chunk_size=1000`: `name_1.csv`, `name_2.csv` …, each a whole file."""

    asked: Asked
    make: Callable[[Asked], Sink]
    size: int
    part: int = field(default=0, init=False)
    left: int = field(default=0, init=False)
    sink: Sink | None = field(default=None, init=False)

    def write(self, page: Frame) -> None:
        done = 0
        while done < len(page) or self.sink is None:
            if self.sink is None or not self.left:
                self.close()
                self.part, self.left = self.part + 1, self.size
                self.sink = self.make(evolve(self.asked, part=self.part))
            stop = min(len(page), done + self.left)
            part = page.take(np.arange(done, stop, dtype=np.int64))
            assert isinstance(part, Frame)
            self.sink.write(part)
            self.left -= stop - done
            done = stop

    def close(self) -> None:
        if self.sink is not None:
            self.sink.close()


def in_chunks(asked: Asked, make: Callable[[Asked], Sink]) -> Sink:
    """The sink of a target, which makes several files where it is asked to. Raises `DatamimicError` (`models.bad_target`)."""
    size = asked.setting("chunk_size", None)
    if size is None:
        return make(asked)
    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        raise failed("models.bad_target", f"chunk_size is {size!r}", asked.place, "a whole number from 1 on")
    return ChunkedSink(asked, make, size)
