"""Regular expressions of other languages as Python writes them."""

from __future__ import annotations

import re
from typing import Final

from datamimic_models.patterns.letters import OTHER_PROPERTIES

_OTHER: Final = re.compile(r"\\.|\[:(?P<posix>\w+):\]|\(\?<(?P<group>[A-Za-z_]\w*)>", re.DOTALL)
_PROPERTY: Final = re.compile(r"(?P<bracket>\[\^?)|(?P<close>\])|\\(?P<p>[pP])\{(?P<name>\w+)\}|\\.", re.DOTALL)
_POSIX: Final = {
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "alnum": "a-zA-Z0-9",
    "word": "a-zA-Z0-9_",
    "upper": "A-Z",
    "lower": "a-z",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\s",
    "blank": r" \t",
    "xdigit": "0-9a-fA-F",
    "graph": "!-~",
    "print": " -~",
}
_PROPERTIES: Final = {
    "L": "a-zA-ZÀ-ÖØ-öø-ɏ",
    "Lu": "A-ZÀ-ÖØ-Þ",
    "Ll": "a-zß-öø-ÿ",
    "N": "0-9",
    "Nd": "0-9",
    "P": r"!-#%-*,-/:;?@\[-\]_{}",
    "S": r"$+<=>^`|~",
    "Z": " ",
    "Zs": " ",
}
"""Those of Latin letters: what texts are written of."""


def in_python(pattern: str) -> str:
    """With classes of POSIX, properties of Unicode and named groups as Python has them; all else as it is."""
    made = _OTHER.sub(_other, pattern)
    return _with_properties(made) if "\\p{" in made or "\\P{" in made else made


def _other(match: re.Match[str]) -> str:
    if match["group"]:
        return f"(?P<{match['group']}>"
    if match["posix"]:
        return _POSIX.get(match["posix"], match[0])
    return {"\\z": "\\Z"}.get(match[0], match[0])


def _with_properties(pattern: str) -> str:
    inside = False

    def written(match: re.Match[str]) -> str:
        nonlocal inside
        if match["bracket"] or match["close"]:
            inside = match["close"] is None
            return match[0]
        name = match["name"] or ""
        letters = _PROPERTIES.get(OTHER_PROPERTIES.get(name, name))
        if letters is None:
            return match[0]
        if match["p"] == "p":
            return letters if inside else f"[{letters}]"
        return match[0] if inside else f"[^{letters}]"

    return _PROPERTY.sub(written, pattern)
