"""What changed from one text to another, line by line, with three lines around each change."""

from __future__ import annotations

import difflib

from attrs import frozen

AROUND = 3


@frozen
class Line:
    """`kind` is kept, added, removed or gap; numbers are those of the old and the new text."""

    kind: str
    text: str
    old: int | None = None
    new: int | None = None


def changes(old: str, new: str) -> list[Line]:
    """Empty where nothing changed."""
    before, after = old.splitlines(), new.splitlines()
    found: list[Line] = []
    for group in difflib.SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(AROUND):
        if found or group[0][1]:
            found.append(Line("gap", ""))
        for tag, i, j, k, m in group:
            if tag == "equal":
                found += [Line("kept", text, i + n + 1, k + n + 1) for n, text in enumerate(before[i:j])]
                continue
            found += [Line("removed", text, i + n + 1, None) for n, text in enumerate(before[i:j])]
            found += [Line("added", text, None, k + n + 1) for n, text in enumerate(after[k:m])]
    return found
