from collections.abc import Iterator, Sequence

from datamimic import MadePart, PartRunner, PartTask


class Backwards(PartRunner):
    """Runs the last task first: their order does not matter."""

    name = "backwards"

    def run(self, tasks: Sequence[PartTask]) -> Iterator[MadePart]:
        for task in reversed(tasks):
            yield task.make()


assert Backwards().run([]) is not None and [*Backwards().run([])] == []
