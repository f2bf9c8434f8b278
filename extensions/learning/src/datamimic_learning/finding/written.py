"""What texts say whose letters are written otherwise: as in JSON, in web addresses and in HTML."""

from __future__ import annotations

import html
import json
import re
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from attrs import frozen

_OF_WEB: Final = r"(?:%[0-9a-fA-F]{2})+|&(?:#[0-9]{1,6}|#x[0-9a-fA-F]{1,5}|[A-Za-z]{2,8});"
_ESCAPED: Final = re.compile(rf"\\u[0-9a-fA-F]{{4}}(?:\\u[0-9a-fA-F]{{4}})*|\\[\"\\/bfnrt]|{_OF_WEB}")
_NO_JSON: Final = re.compile(_OF_WEB)
_PLUS: Final = re.compile(r"(?<=[^\W\d_])\+(?=[^\W\d_])")
_QUERY: Final = re.compile(r"\S*\?[\w.\[\]-]+=\S*")
_INNER_QUOTE, _INNER_SLASH = "\u201d", "\u2216"
"""Stand for quotes and backslashes within quotes, so that quotes that end a part are told from others."""


@frozen
class Written:
    """`said` is what the text says, each of its letters between two of `places`, which count letters of the text; `places` are
    None where it says what stands there."""

    text: str
    said: str
    places: tuple[int, ...] | None = None

    @classmethod
    def of(cls, text: str) -> Written:
        """How a text is to be read."""
        if not ("\\" in text or "%" in text or "&" in text or "+" in text):
            return cls(text, text)
        query = _QUERY.fullmatch(text) is not None
        escaped = _ESCAPED if '"' in text else _NO_JSON
        if not query and escaped.search(text) is None:
            return cls(text, text)
        said: list[str] = []
        places: list[int] = []
        last = 0
        for found in escaped.finditer(text):
            letters = _letters(found[0])
            if letters is None:
                continue
            _plain(text, last, found.start(), query, said, places)
            at = found.start()
            for letter, size in letters:
                said.append(letter)
                places.append(at)
                at += size
            last = found.end()
        _plain(text, last, len(text), query, said, places)
        return cls(text, "".join(said), (*places, len(text)))

    def place(self, at: int) -> int:
        """Where in the text the letter `at` of what is said begins."""
        return at if self.places is None else self.places[at]

    def put(self, start: int, end: int, words: str) -> str:
        """Words as the text would write them between two of its places."""
        if self.places is None:
            return words
        replaced = self.text[start:end]
        if self.text.lstrip()[:1] in ("{", "["):
            return json.dumps(words, ensure_ascii="\\u" in self.text)[1:-1]
        if "%" in replaced or ("%" in self.text and _QUERY.fullmatch(self.text) is not None):
            return quote(words, safe="")
        if "+" in replaced and "+" not in words:
            return words.replace(" ", "+")
        return html.escape(words) if "&" in replaced else words


def _plain(text: str, start: int, end: int, query: bool, said: list[str], places: list[int]) -> None:
    piece = text[start:end]
    said.append(_PLUS.sub(" ", piece) if query else piece)
    places.extend(range(start, end))


_SIMPLE: Final = {'"': _INNER_QUOTE, "\\": _INNER_SLASH, "/": "/"}


def _letters(escaped: str) -> list[tuple[str, int]] | None:
    """Letters and how many signs write each; None for what is none."""
    if escaped[0] == "\\":
        if escaped[1] != "u":
            return [(_SIMPLE.get(escaped[1], " "), 2)]
        said = json.loads(f'"{escaped}"')
        return [(_told(each), 6 if ord(each) < 0x10000 else 12) for each in said]
    if escaped[0] == "&":
        told = html.unescape(escaped)
        return [(_told(told), len(escaped))] if len(told) == 1 else None
    try:
        said = unquote_to_bytes(escaped).decode("utf-8")
    except UnicodeDecodeError:
        try:
            said = unquote_to_bytes(escaped).decode("cp1252")
        except UnicodeDecodeError:
            return None
        return [(_told(each), 3) for each in said]
    return [(_told(each), 3 * len(each.encode())) for each in said]


def _told(letter: str) -> str:
    if letter.isspace() or not letter.isprintable():
        return " "
    return _INNER_QUOTE if letter == '"' else letter
