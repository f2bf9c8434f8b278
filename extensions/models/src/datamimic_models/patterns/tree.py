"""What a regular expression is made of."""

from __future__ import annotations

from attrs import frozen


class BadPattern(ValueError):
    """What is no regular expression, or one that no text can be made of."""


@frozen
class Letters:
    """One character out of these."""

    of: frozenset[str]


@frozen
class Sequence:
    parts: tuple[Node, ...]


@frozen
class Alternatives:
    parts: tuple[Node, ...]


@frozen
class Repeat:
    """`most` is None for without end, which is only ever in what is looked for."""

    part: Node
    least: int
    most: int | None


@frozen
class Look:
    """What stands ahead begins with the part, or does not; or the one letter behind is one of it, or is not."""

    part: Node
    ahead: bool
    wanted: bool


@frozen
class Boundary:
    """Of two neighbours one is of a word and the other is not; or, not `wanted`, both are or none."""

    wanted: bool


@frozen
class End:
    """The end of the text, in what is looked for."""


Node = Letters | Sequence | Alternatives | Repeat | Look | Boundary | End
