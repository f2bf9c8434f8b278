"""Text that is safe to show: values cut to a line, control characters written out, secrets left out."""

from __future__ import annotations

import re
import reprlib

LONGEST_VALUE = 80
LONGEST_MESSAGE = 2_000
_LOOKED_AT = 8_000
HIDDEN = "***"

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_CONTROL_WITHIN_LINES = re.compile(
    "\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_USER_INFO = re.compile(r"(:/{1,2})\S*@|(:/{1,2}[^\s:@/]*):[^@\n]*@")
"""Also where a path was made of a URL, which has one slash of two."""
_ACCOUNT = re.compile(r"(?<![\w/])[^\s:@/'\"(]+:(?!//)[^\s@'\"]+(?=@)")
_NAMED = re.compile(
    r"((?:password|passwd|pwd|passphrase|passfile|sslkey|secret|token|api_?key|access_?key|private_?key)[\w%]*"
    r"(?:\s*=\s*|['\"]\s*[:,]\s*))('[^']*'|\"[^\"]*\"|[^\s&;,'\")\]}]+)",
    re.IGNORECASE,
)


def excerpt(value: object) -> str:
    """A value as messages show it: its `repr`, cut to 80 characters, without secrets; whatever the value, it is no error."""
    try:
        text = _EXCERPT.repr(value)
    except KeyboardInterrupt:
        raise
    except BaseException:  # the value's own __repr__, or the number of its digits
        text = f"<{type(value).__name__}>"
    return shortened(printable(text), LONGEST_VALUE)


def what_failed(error: BaseException) -> str:
    """The type and the message of an exception, even of one that has none or cannot say it."""
    try:
        text = str(error)
    except KeyboardInterrupt:
        raise
    except BaseException:  # its own, or a relative of it
        text = "its message cannot be read"
    return shortened(f"{type(error).__name__}: {text}" if text else type(error).__name__, LONGEST_MESSAGE)


def shortened(text: str, longest: int = LONGEST_VALUE) -> str:
    """The text, cut to so many characters; an ellipsis says that it was."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def one_line(text: str) -> str:
    """Text as one line that may be printed and logged: without secrets and control characters, 2,000 characters at most."""
    line = " ".join(text[:_LOOKED_AT].split("\n")) if "\n" in text else text[:_LOOKED_AT]
    return shortened(printable(without_secrets(line)), LONGEST_MESSAGE)


def printable(text: str) -> str:
    r"""Control characters, those that turn the direction of writing, and lone surrogates written as `\u001b`."""
    return _CONTROL.sub(_written_out, text)


def printable_lines(text: str) -> str:
    r"""The same for text of several lines: line ends and tabs stay. JSON says afterwards what it said before."""
    return _CONTROL_WITHIN_LINES.sub(_written_out, text)


def _written_out(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def without_secrets(text: str) -> str:
    """The text with `***` in place of the user information of URLs and of values named password, token, secret and the like."""
    if "@" in text:
        text = _USER_INFO.sub(lambda found: f"{found[1] or '://'}{HIDDEN}@", text)
        text = _ACCOUNT.sub(HIDDEN, text)
    return _NAMED.sub(rf"\1{HIDDEN}", text)


class _Excerpt(reprlib.Repr):
    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = 3
        self.maxlist = self.maxtuple = self.maxset = self.maxfrozenset = self.maxdict = self.maxarray = (
            self.maxdeque
        ) = 12
        self.maxstring = self.maxlong = self.maxother = LONGEST_VALUE

    def repr_str(self, value: str, level: int) -> str:
        return super().repr_str(without_secrets(value[:_LOOKED_AT]), level)

    def repr_int(self, value: int, level: int) -> str:
        if value.bit_length() > 512:  # more digits than a message has room for, and perhaps than Python converts
            return f"{'-' if value < 0 else ''}1e{int((value.bit_length() - 1) * 0.30103):d}, about"
        return super().repr_int(value, level)


_EXCERPT = _Excerpt()
