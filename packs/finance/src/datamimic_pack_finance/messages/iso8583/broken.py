"""Rules of messages with bitmaps, and how each is broken in one message of a document."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from datamimic.formats.documents import Negative

_HEADERS = {"none": 0, "binary": 2, "ascii": 4}
Edit = Callable[[str, "Places"], str]


@frozen
class Places:
    """Where the parts of a message stand that has no length before it."""

    packed: bool

    @property
    def bitmap(self) -> int:
        """After the type."""
        return 2 if self.packed else 4

    def behind(self, frame: str) -> int:
        """Where the first field begins, behind one bitmap or two."""
        first, size = frame[self.bitmap], 8 if self.packed else 16
        two = ord(first) >= 128 if self.packed else int(first, 16) >= 8
        return self.bitmap + size * (2 if two else 1)


def negatives(packed: bool, header: str) -> list[Negative]:
    """Of messages that are written so."""
    rules: list[tuple[str, str, Edit]] = [
        ("unknown_type", "the type is one of the version", _unknown_type),
        ("wrong_bitmap", "the bitmap tells the fields that are there", _wrong_bitmap),
        ("truncated", "a message is as long as its fields", lambda frame, places: frame[:-1]),
        ("overlong_field", "no field is longer than the standard says", _overlong),
        ("letters_in_number", "a number has digits", _letters),
    ]
    made = [Negative(name, sentence, _in_one(edit, Places(packed), header)) for name, sentence, edit in rules]
    if header != "none":
        made.append(Negative("wrong_length", "the length before a message is its length", _wrong_length(header)))
    return made


def _in_one(edit: Edit, places: Places, header: str) -> Callable[[str, int], str]:
    """The edit in one message of the text; of messages without a length the first one can be told."""

    def change(text: str, number: int) -> str:
        frames = split(text, header)
        place = number % len(frames)
        return "".join(headed(edit(each, places) if at == place else each, header) for at, each in enumerate(frames))

    return change


def split(text: str, header: str) -> list[str]:
    """The messages of a document, without the lengths before them; of messages without, all as one."""
    size, found = _HEADERS[header], []
    while size and text:
        length = int(text[:size]) if header == "ascii" else ord(text[0]) * 256 + ord(text[1])
        found.append(text[size : size + length])
        text = text[size + length :]
    return found or [text]


def headed(frame: str, header: str, wrong: int = 0) -> str:
    """A message with its length before it, or so much more than that."""
    length = len(frame) + wrong
    before = {"none": "", "ascii": f"{length:04}", "binary": chr(length // 256) + chr(length % 256)}[header]
    return before + frame


def _wrong_length(header: str) -> Callable[[str, int], str]:
    def change(text: str, number: int) -> str:
        frames = split(text, header)
        place = number % len(frames)
        return "".join(headed(each, header, 1 if at == place else 0) for at, each in enumerate(frames))

    return change


def _unknown_type(frame: str, places: Places) -> str:
    return ("\x99" if places.packed else "99") + frame[1 if places.packed else 2 :]


def _wrong_bitmap(frame: str, places: Places) -> str:
    """Field 64, which no message here has, is told to be there."""
    last = places.bitmap + (7 if places.packed else 15)
    sign = chr(ord(frame[last]) | 1) if places.packed else f"{int(frame[last], 16) | 1:X}"
    return frame[:last] + sign + frame[last + 1 :]


def _overlong(frame: str, places: Places) -> str:
    """A card number, the first field, of 29 digits."""
    at = places.behind(frame)
    if places.packed:
        return f"{frame[:at]}\x29{frame[at + 1 :]}"
    return f"{frame[:at]}29{frame[at + 2 :]}"


def _letters(frame: str, places: Places) -> str:
    """Within the card number."""
    at = places.behind(frame) + 4
    return f"{frame[:at]}{chr(0xEE) if places.packed else 'X'}{frame[at + 1 :]}"
