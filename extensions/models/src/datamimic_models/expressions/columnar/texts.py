"""Text of columns: pieces joined, parts taken, methods, what is found in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import pyarrow.compute as pc

from datamimic.columns import (
    Bools,
    Text,
    join,
)
from datamimic_models.expressions.columnar.vectors import LARGE, Fixed, Operand, Vector, either, some
from datamimic_models.expressions.regexes import pattern_of


def longest(text: Text) -> int:
    """Bytes of the longest value, or more."""
    if text.is_coded:
        vocabulary = text.coding()[1]
        return max((len(value) for value in vocabulary.values), default=0) * 4
    array = text.arrow()
    if not len(array):
        return 0
    lengths = pc.binary_length(array)
    return int(pc.max(lengths).as_py() or 0)


def joined(parts: Sequence[Operand], length: int) -> Vector | None:
    """The text vectors and fixed texts of every row, one behind the other; null where one is. None for long ones."""
    texts: list[Text | str] = []
    size = 0
    for part in parts:
        texts.append(part.value if isinstance(part, Fixed) else part.values)
        size += len(part.value) * 4 if isinstance(part, Fixed) else longest(part.values)
    if size >= LARGE:
        return None
    vectors = [part for part in parts if isinstance(part, Vector)]
    null, unsure = either(*(each.null for each in vectors)), either(*(each.unsure for each in vectors))
    return Vector("text", join(*texts), null, unsure)


def is_ascii(text: Text) -> bool:
    body = text.arrow().buffers()[2]
    return body is None or not len(body) or int(np.frombuffer(body, dtype=np.uint8).max()) < 128


_SPACE: Final = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"
_PLAIN: Final[dict[str, Callable[[Any], Any]]] = {
    "lower": pc.ascii_lower,
    "upper": pc.ascii_upper,
    "strip": lambda text: pc.ascii_trim(text, _SPACE),
    "lstrip": lambda text: pc.ascii_ltrim(text, _SPACE),
    "rstrip": lambda text: pc.ascii_rtrim(text, _SPACE),
}


_OF_WORDS: Final[dict[str, Callable[[str], str]]] = {
    "lower": str.lower,
    "upper": str.upper,
    "title": str.title,
    "capitalize": str.capitalize,
    "casefold": str.casefold,
    "swapcase": str.swapcase,
    "strip": str.strip,
    "lstrip": str.lstrip,
    "rstrip": str.rstrip,
}


def by_method(name: str, text: Vector, arguments: Sequence[Operand]) -> Vector | None:
    """A method of text. A vocabulary keeps what these make of it, from batch to batch."""
    if text.kind != "text":
        return None
    if text.values.is_coded:
        if arguments or name not in _OF_WORDS or longest(text.values) * 3 >= LARGE:
            return None
        return Vector("text", text.values.map(_OF_WORDS[name]), text.null, text.unsure)
    if not arguments and name in _PLAIN and is_ascii(text.values):
        return Vector("text", Text.plain(_PLAIN[name](text.values.arrow())), text.null, text.unsure)
    fixed = [each.value for each in arguments if isinstance(each, Fixed) and isinstance(each.value, str)]
    if len(fixed) != len(arguments):
        return None
    if name in ("startswith", "endswith") and len(fixed) == 1:
        act = pc.starts_with if name == "startswith" else pc.ends_with
        return Vector("bool", flags_of(act(text.values.arrow(), fixed[0])), text.null, text.unsure)
    if name == "replace" and len(fixed) == 2 and fixed[0] and longest(text.values) * (1 + len(fixed[1])) < LARGE:
        made = pc.replace_substring(text.values.arrow(), fixed[0], fixed[1])
        return Vector("text", Text.plain(made), text.null, text.unsure)
    return None


def flags_of(array: Any) -> Bools:
    """The flags of an Arrow array; null is False. Arrow's own conversion would import pandas."""
    whole = array.fill_null(False)
    if not len(whole):
        return np.zeros(0, dtype=np.bool_)
    bits = np.frombuffer(whole.buffers()[1], dtype=np.uint8)[whole.offset // 8 :]
    first = whole.offset % 8
    made: Bools = np.unpackbits(bits, count=first + len(whole), bitorder="little")[first:].astype(np.bool_)
    return made


def sliced(text: Vector, start: Any, stop: Any) -> Vector | None:
    """`text[start:stop]`, counted from the beginning; None for either is the end."""
    if text.kind != "text" or text.values.is_coded:
        return None
    if not all(each is None or (type(each) is int and 0 <= each < LARGE) for each in (start, stop)):
        return None
    made = pc.utf8_slice_codeunits(text.values.arrow(), start or 0, stop)
    return Vector("text", Text.plain(made), text.null, text.unsure)


def character(text: Vector, index: int) -> Vector | None:
    """`text[index]`: unsure where it is shorter."""
    if text.kind != "text" or text.values.is_coded or index < 0:
        return None
    made = Text.plain(pc.utf8_slice_codeunits(text.values.arrow(), index, index + 1))
    return Vector("text", made, text.null, either(text.unsure, some(text.values.lengths() <= index)))


def where_found(pattern: str, text: Text) -> Bools:
    """Where RE2 finds the pattern, a vocabulary's words once each. Raises `Failed` for a pattern that it does not take."""
    asked = pattern_of(pattern).text
    if not text.is_coded:
        return flags_of(pc.match_substring_regex(text.arrow(), asked))
    codes, vocabulary = text.coding()
    words = flags_of(pc.match_substring_regex(vocabulary.arrow, asked))
    return np.append(words, np.False_)[codes]


def searched(pattern: str, text: Vector, before: str, after: str) -> Vector:
    """Whether RE2 finds the pattern. The pattern is one that `regexes.pattern_of` has taken."""
    whole = f"{before}(?:{pattern}){after}"
    return Vector("bool", flags_of(pc.match_substring_regex(text.values.arrow(), whole)), text.null, text.unsure)
