"""The one family of errors: each has a code that is listed here, a message, and where it helps a hint and a place.

`CODES` says for every code what it means and what to do; the docs and `dm` print from it. A pack may raise codes of its
own, written `pack.code`, without listing them here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from datamimic.errors.codes import CODES, Explanation
from datamimic.errors.messages import excerpt, one_line, shortened

EXIT_CODE = 2
_LONGEST_NAME = 200
_BEGUN = 3
_WORD = re.compile(r"[^\W_]{4,}")
"""Letters from which on the beginning of a name is near to it."""

__all__ = [
    "CODES",
    "EXIT_CODE",
    "DataError",
    "DatamimicError",
    "DefinitionError",
    "Explanation",
    "InvalidOption",
    "OutputError",
    "PackError",
    "UnknownName",
    "excerpt",
    "shortened",
    "suggest",
]


class DatamimicError(Exception):
    """Base of all errors that a user or an author can cause; `dm` prints them in two lines and exits with 2.

    `message` says what is wrong, `hint` what to do. `path` is a JSON path into a request (`$.constraints.age`), `file` and
    `line` a place in a file, `details` values for programs. All texts become one line each, without control characters and
    secrets. Raises AssertionError for a code that is neither listed in `CODES` nor written `pack.code`.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        hint: str | None = None,
        path: str | None = None,
        file: str | None = None,
        line: int | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        assert code in CODES or "." in code, f"error code {code!r} is not listed in datamimic.errors.CODES"
        message = one_line(message)
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = None if hint is None else one_line(hint)
        self.path = None if path is None else one_line(path)
        self.file = None if file is None else one_line(str(file))
        self.line = line
        self.details: dict[str, Any] = {name: _plain(value) for name, value in (details or {}).items()}

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message} ({self.hint})"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.code!r}, {self.message!r})"

    def __reduce__(self) -> tuple[Callable[..., DatamimicError], tuple[Any, ...]]:
        # Errors cross process borders from workers; the default would call __init__ with the message alone.
        return _restore, (type(self), self.args, self.__dict__)

    @property
    def place(self) -> str | None:
        """`file:line`, the file, or the JSON path: whatever is known."""
        if self.file is not None:
            return self.file if self.line is None else f"{self.file}:{self.line}"
        return self.path

    def to_dict(self) -> dict[str, Any]:
        """Code and message, and those of hint, path, file, line and details that are set."""
        optional = {name: getattr(self, name) for name in ("hint", "path", "file", "line", "details")}
        known = {name: value for name, value in optional.items() if value not in (None, {})}
        return {"code": self.code, "message": self.message, **known}

    def render(self) -> str:
        """What the command line prints: `error[code]: message (place)`, and a line `hint: …` where there is one."""
        place = f" ({self.place})" if self.place else ""
        first = f"error[{self.code}]: {self.message}{place}"
        return first if self.hint is None else f"{first}\nhint: {self.hint}"


class DefinitionError(DatamimicError):
    """An author's mistake in an entity, field, rule, check or option; raised where the class is defined."""


class InvalidOption(DatamimicError):
    """A value that somebody asked for is not possible: options, counts, seeds, clocks, locales."""


class DataError(DatamimicError):
    """A table or another file that is read is missing or wrong."""


class PackError(DatamimicError):
    """A pack cannot be loaded, or what it registers cannot be used."""


class OutputError(DatamimicError):
    """The output cannot be written, or cannot be written completely."""


class UnknownName(DatamimicError):
    """A name that does not exist, with the nearest names that do.

    `kind` is the word for what is named (`entity`, `column`, `option` …); the code is `unknown_<kind>`, with spaces as
    underscores, where that is listed, else `unknown_value`. `owner` says where the name was looked for.
    """

    def __init__(
        self,
        kind: str,
        name: object,
        known: Iterable[str],
        *,
        owner: str | None = None,
        hint: str | None = None,
        path: str | None = None,
        file: str | None = None,
        line: int | None = None,
    ) -> None:
        names = list(known)
        code = f"unknown_{kind.replace(' ', '_')}"
        where = f" in {owner}" if owner else ""
        named = shortened(name if isinstance(name, str) else excerpt(name), _LONGEST_NAME)
        suggestions = suggest(named, names)
        super().__init__(
            code if code in CODES else "unknown_value",
            f"there is no {kind} {excerpt(name)}{where}",
            hint=hint or _hint(suggestions, names) or (_remedy(code) if names else None),
            path=path,
            file=file,
            line=line,
            details={"kind": kind, "name": named, "suggestions": suggestions},
        )


def suggest(name: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The names of `known` nearest to `name`, best first, whatever their case.

    A name with a pack (`pack.entity`) is also found by what comes after the last dot, and one of several words by these.
    """
    candidates: dict[str, list[str]] = {}
    for full in known:
        for form in {full.casefold(), full.casefold().rpartition(".")[2]}:
            candidates.setdefault(form, []).append(full)
    found: dict[str, None] = {}
    for form in dict.fromkeys((name.casefold(), name.casefold().rpartition(".")[2])):
        begun = [each for each in candidates if len(form) >= _BEGUN and each.startswith(form)]
        for match in (*get_close_matches(form, candidates, n=limit, cutoff=0.7), *sorted(begun, key=len)):
            found.update(dict.fromkeys(candidates[match]))
    found.update(dict.fromkeys(_by_words(name, candidates)))
    return list(found)[:limit]


def _by_words(name: str, candidates: Mapping[str, list[str]]) -> list[str]:
    """Names that have a word like each longer word of `name`: `Type 2 Diabetes` for `diabtes`."""
    named: dict[str, dict[str, None]] = {}
    for form, full in candidates.items():
        for word in _WORD.findall(form):
            named.setdefault(word, {}).update(dict.fromkeys(full))
    matches = [
        {each for word in get_close_matches(asked, named, n=max(len(named), 1), cutoff=0.8) for each in named[word]}
        for asked in _WORD.findall(name.casefold())[:8]
    ]
    common = set.intersection(*matches) if matches else set()
    return [each for full in candidates.values() for each in full if each in common]


def _hint(suggestions: list[str], names: list[str]) -> str | None:
    if suggestions:
        return f"did you mean {' or '.join(map(repr, suggestions))}?"
    if 0 < len(names) <= 12:
        return f"known: {', '.join(names)}"
    return None


def _remedy(code: str) -> str | None:
    """What the list of codes says, as a hint."""
    if code not in CODES or code == "unknown_value":
        return None
    remedy = CODES[code].remedy
    return remedy[:1].lower() + remedy[1:].rstrip(".")


def _plain(value: Any) -> Any:
    return one_line(value) if isinstance(value, str) else value


def _restore(cls: type[DatamimicError], args: tuple[Any, ...], state: dict[str, Any]) -> DatamimicError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error
