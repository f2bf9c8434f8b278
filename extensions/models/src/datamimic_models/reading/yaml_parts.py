"""YAML, taken apart: events of PyYAML, so that depth, aliases and duplicate keys are seen before anything is built.

Scalars are those of YAML 1.2's core schema: `true`, `false`, `null`, numbers, and text; `no` is Norway, and a date is text.
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml
from attrs import define, field
from yaml import events

from datamimic.errors import excerpt
from datamimic_models.model import Mistakes, Place
from datamimic_models.reading.parts import (
    DEEPEST,
    MOST_PARTS,
    Part,
    check_characters,
    check_text,
    refused,
    too_deep,
    too_many,
)

_WORDS: Final = {"true": True, "false": False, "null": None, "~": None, "": None}
_WHOLE: Final = re.compile(r"[-+]?(0|[1-9][0-9_]*)")
_NUMBER: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_STR: Final = "tag:yaml.org,2002:str"
_MERGE: Final = "<<"
_PLAIN_TAGS: Final = (None, "!", _STR)


def yaml_part(text: str, file: str | None, mistakes: Mistakes) -> Part:
    """The document. Raises `BadModel` for what is no YAML, or more than one document; what can be read in spite of a mistake,
    such as a key that comes twice, is one of the `mistakes`."""
    check_text(text, file)
    builder = _Builder(file, mistakes)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file) if mark is None else Place(file, mark.line + 1, mark.column + 1)
        message = str(error.problem or error.context or "it cannot be read")
        raise refused(
            "models.bad_syntax", f"no YAML: {message}", place, "indent by two spaces; quote texts with : or #"
        ) from None
    except yaml.YAMLError as error:
        raise refused("models.bad_syntax", f"no YAML: {str(error).splitlines()[0]}", Place(file)) from None
    if builder.root is None:
        raise refused("models.empty", "the document is empty", Place(file), "tables: …")
    return builder.root


@define(eq=False)
class _Open:
    """A collection whose end has not come."""

    part: Part
    anchor: str | None
    key: str | None = None
    key_place: Place | None = None
    merged: list[Part] = field(factory=list)


@define(eq=False)
class _Builder:
    file: str | None
    mistakes: Mistakes
    root: Part | None = None
    documents: int = 0
    made: int = 0
    open: list[_Open] = field(factory=list)
    anchors: dict[str, Part] = field(factory=dict)

    def place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def take(self, event: Any) -> None:
        if isinstance(event, events.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise refused("models.bad_syntax", "there is a second document", self.place(event), "one model a file")
        elif isinstance(event, events.ScalarEvent):
            self.add(Part(self.scalar(event), self.place(event)), event.anchor)
        elif isinstance(event, events.AliasEvent):
            self.alias(event)
        elif isinstance(event, events.MappingStartEvent | events.SequenceStartEvent):
            self.count(event)
            if len(self.open) >= DEEPEST:
                raise too_deep(self.place(event))
            empty: Any = {} if isinstance(event, events.MappingStartEvent) else []
            self.open.append(_Open(Part(empty, self.place(event)), event.anchor))
        elif isinstance(event, events.MappingEndEvent | events.SequenceEndEvent):
            ended = self.open.pop()
            for merged in ended.merged:
                for key, part in merged.items():
                    ended.part.value.setdefault(key, part)
                    ended.part.keys.setdefault(key, merged.key_place(key))
            self.add(ended.part, ended.anchor)

    def count(self, event: Any, weight: int = 1) -> None:
        self.made += weight
        if self.made > MOST_PARTS:
            raise too_many(self.place(event))

    def alias(self, event: Any) -> None:
        place = self.place(event)
        known = self.anchors.get(event.anchor)
        if known is None:
            unfinished = any(each.anchor == event.anchor for each in self.open)
            said = "holds itself" if unfinished else "stands for nothing"
            raise refused("models.bad_syntax", f"the alias *{excerpt(event.anchor)} {said}", place)
        self.count(event, known.weight)
        self.add(known, None)

    def add(self, part: Part, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = part
        if not self.open:
            self.root = part
            return
        holder = self.open[-1]
        holder.part.weight += part.weight
        if holder.part.weight > MOST_PARTS:
            raise too_many(part.place)
        if isinstance(holder.part.value, list):
            holder.part.value.append(part)
        elif holder.key_place is None:
            self.begin_key(holder, part)
        else:
            self.end_key(holder, part)

    def begin_key(self, holder: _Open, part: Part) -> None:
        if isinstance(part.value, dict | list):
            raise refused("models.bad_syntax", f"a key is {part.what}", part.place, "keys are texts")
        key = part.value if isinstance(part.value, str) else _written(part.value)
        holder.key, holder.key_place = key, part.place

    def end_key(self, holder: _Open, part: Part) -> None:
        key, place = str(holder.key), holder.key_place
        holder.key = holder.key_place = None
        if key == _MERGE:
            merged = part.value if isinstance(part.value, list) else [part]
            holder.merged += [each for each in merged if isinstance(each.value, dict)]
            return
        if key in holder.part.value:
            before = holder.part.keys[key]
            self.mistakes.add(
                "models.duplicate_key",
                f"{excerpt(key)} stands here twice, first in line {before.line}",
                place or part.place,
                hint="leave one of them out",
            )
            return
        holder.part.value[key] = part
        holder.part.keys[key] = place or part.place

    def scalar(self, event: events.ScalarEvent) -> Any:
        self.count(event)
        if event.tag not in _PLAIN_TAGS:
            self.mistakes.add(
                "models.bad_syntax",
                f"the tag {excerpt(event.tag)} is not known",
                self.place(event),
                hint="leave it out",
            )
        text = event.value
        check_characters(text, self.place(event))
        return text if event.style is not None or event.tag == _STR else plain_scalar(text)


def plain_scalar(text: str) -> Any:
    """What an unquoted scalar of YAML is."""
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if len(text) <= 40:
        if _WHOLE.fullmatch(text):
            return int(text)
        if _NUMBER.fullmatch(text) and not re.fullmatch(r"[-+]?0[0-9]+", text):
            return float(text)
    return text


def _written(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    return str(value)
