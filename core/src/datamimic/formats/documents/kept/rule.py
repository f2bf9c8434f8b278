"""A rule that can be judged in the text of a document."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen


@frozen
class Rule:
    """`name` and the `sentence` that is true where `holds`, which gets the text of one document; of XML, that of a file."""

    name: str
    sentence: str
    holds: Callable[[str], bool]
