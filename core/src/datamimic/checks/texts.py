"""Whether the texts of messages keep the rules that are judged in them: of their syntax, and of the message that is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from attrs import define, field

from datamimic.checks.checking import Finding
from datamimic.errors import DataError
from datamimic.formats.documents.kept.files import documents_of, rules_of_files, syntax_of_text
from datamimic.formats.documents.kept.rule import Rule
from datamimic.formats.documents.kept.syntaxes import rules_of
from datamimic.formats.documents.message import Message
from datamimic.formats.documents.syntax import Syntax, syntax_of

_SHOWN: Final = 5


@define
class _Judged:
    rule: Rule
    of: str
    texts: int = 0
    broken: int = 0
    samples: list[int] = field(factory=list)

    def add(self, text: str) -> None:
        try:
            holds = self.rule.holds(text)
        except (ValueError, IndexError, ArithmeticError):
            # A text that is none lacks what the rule looks at.
            holds = False
        if not holds:
            self.broken += 1
            if len(self.samples) < _SHOWN:
                self.samples.append(self.texts)
        self.texts += 1

    def finding(self) -> Finding:
        return Finding(self.rule.name, f"{self.rule.sentence} ({self.of})", (), self.texts, self.broken, self.samples)


def check_texts(paths: Iterable[Path], message: Message | None) -> list[Finding]:
    """What the rules say of the documents of files, which are counted through all of them, samples from 0; without a `message`
    by the syntax that a file begins like. Raises `DataError` (`bad_input`) for bytes that are no text, and for no syntax."""
    judged: dict[tuple[str, str], _Judged] = {}
    for path in paths:
        text = _text_of(path, message)
        if not text.strip():
            continue
        syntax = syntax_of(message.document()) if message is not None else syntax_of_text(text)
        if message is None and not syntax:
            raise DataError(
                "bad_input", "this begins like no message that is known", hint="add --entity", file=str(path)
            )
        rules = rules_of(syntax, (), {}) if message is None else message.judges()
        _judge(judged, rules_of_files(syntax), "files", [text])
        _judge(judged, rules, "documents", _documents(text, syntax, message))
    return [each.finding() for each in judged.values()]


def _documents(text: str, syntax: Syntax, message: Message | None) -> list[str]:
    return documents_of(text, syntax) if syntax or message is None else [text]


def _judge(judged: dict[tuple[str, str], _Judged], rules: Sequence[Rule], of: str, texts: Sequence[str]) -> None:
    for rule in rules:
        own = judged.setdefault((rule.name, of), _Judged(rule, of))
        for text in texts:
            own.add(text)


def _text_of(path: Path, message: Message | None) -> str:
    try:
        return path.read_bytes().decode("utf-8" if message is None else message.charset)
    except UnicodeDecodeError:
        raise DataError("bad_input", "there are bytes that are no text", file=str(path)) from None
    except OSError as error:
        raise DataError("bad_input", f"it cannot be read: {error.strerror}", file=str(path)) from None
