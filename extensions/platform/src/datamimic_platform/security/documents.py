"""YAML of somebody else as a document, where it is no larger than its text lets one think.

Aliases name what was written once in many places: thirty short lines of them are a document that fills any memory, as soon as
somebody walks through it, and with merges (`<<`) as soon as it is read.
"""

from __future__ import annotations

from typing import Any, Final

import yaml

MOST: Final = 400_000
"""Values of a document, those of aliases counted each time; models have the same limit."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def document_of(text: str) -> Any:
    """Raises `yaml.YAMLError`, `RecursionError` and `ValueError`: the last also for one that is too large."""
    if "*" in text and "&" in text and _values(text) > MOST:
        raise ValueError(f"more than {MOST:,} values")
    return yaml.load(text, Loader=_LOADER)


def _values(text: str) -> int:
    """How many there are, or so many that there are too many."""
    sizes: dict[str, int] = {}
    open_ones: list[tuple[str | None, int]] = []
    total = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            total += sizes.get(str(event.anchor), 1)
        elif isinstance(event, yaml.CollectionStartEvent):
            open_ones.append((event.anchor, total))
            total += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_ones.pop()
            if anchor is not None:
                sizes[anchor] = total - before
        elif isinstance(event, yaml.ScalarEvent):
            total += 1
        if total > MOST:
            break
    return total
