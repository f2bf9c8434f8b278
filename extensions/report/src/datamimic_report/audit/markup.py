"""XML and JSON documents: values by the path of elements or members, without namespaces."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final
from xml.parsers import expat

from datamimic_report.audit.leaves import Collecting, Collector

_CODE: Final = "/Tp/CdOrPrtry/Cd"
"""Where ISO 20022 says of what type an element is, such as which balance: `Bal[CLBD]`."""


def read_xml(content: bytes, collector: Collector) -> None:
    """One document. Raises ValueError for what is none, and for a document type, in which entities could be declared."""
    reading = _Xml(collector)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None
    reading.give()


def _refuse_doctype(*parts: object) -> None:
    raise ValueError("it declares a document type")


class _Xml:
    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._kind = ""
        self._path: list[str] = []
        self._opened: list[tuple[str, int]] = []
        self._count = 0
        self._said: list[str] = []
        self._found: list[tuple[str, str, tuple[tuple[str, int], ...]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if not self._path:
            self._kind = _last_part(namespace) or local
        self._path.append(local)
        self._count += 1
        self._opened.append(("/".join(self._path[1:]), self._count))
        self._said = []
        for key, value in attributes.items():
            self._found.append((f"{self._here()}@{key.rpartition(' ')[2]}", value, tuple(self._opened[1:])))

    def text(self, text: str) -> None:
        self._said.append(text)

    def end(self, name: str) -> None:
        said = "".join(self._said).strip()
        if said:
            self._found.append((self._here(), said, tuple(self._opened[1:])))
        self._said = []
        self._path.pop()
        self._opened.pop()

    def _here(self) -> str:
        return "/".join(self._path[1:]) or self._path[0]

    def give(self) -> None:
        made = self._collector(self._kind)
        owner = made.begin()
        numbers: dict[int, int] = {}
        codes = {around[-4][1]: text for path, text, around in self._found if path.endswith(_CODE) and len(around) > 3}
        for path, text, around in self._found:
            groups: dict[str, int] = {}
            name = ""
            for plain, mark in around:
                last = plain.rpartition("/")[2]
                name = f"{name}/{last}" if name else last
                name += f"[{codes[mark]}]" if mark in codes else ""
                if mark not in numbers:
                    numbers[mark] = made.instance(name)
                groups[name] = numbers[mark]
            _, attribute, key = path.partition("@")
            made.add(f"{name or path.partition('@')[0]}{attribute}{key}", text, owner, groups)


def _last_part(namespace: str) -> str:
    """`camt.053.001.08` of `urn:iso:std:iso:20022:tech:xsd:camt.053.001.08`."""
    return namespace.replace("/", ":").rstrip(":").rpartition(":")[2]


def read_json(content: bytes, collector: Collector) -> None:
    """One document, or one a line: FHIR resources, alone or in bundles. Raises ValueError for what is none."""
    for value in _values(content):
        for resource in _resources(value):
            made = collector(str(resource.get("resourceType", "json")))
            _walk(resource, "", made.begin(), {}, made)


def _values(content: bytes) -> Iterator[Any]:
    try:
        yield json.loads(content)
    except json.JSONDecodeError:
        for line in content.splitlines():
            if line.strip():
                yield json.loads(line)


def _resources(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from _resources(each)
    elif isinstance(value, dict):
        entries = value.get("entry")
        if value.get("resourceType") == "Bundle" and isinstance(entries, list):
            for entry in entries:
                if isinstance(entry, dict):
                    yield from _resources(entry.get("resource"))
        else:
            yield value


def _walk(value: Any, path: str, owner: int, groups: dict[str, int], made: Collecting) -> None:
    if isinstance(value, dict):
        for name, member in value.items():
            _walk(member, f"{path}.{name}" if path else name, owner, groups, made)
    elif isinstance(value, list):
        for item in value:
            _walk(item, path, owner, {**groups, path: made.instance(path)}, made)
    elif value is not None and path != "resourceType":
        text = str(value).lower() if isinstance(value, bool) else str(value)
        if path.endswith("reference"):
            text = text.rpartition("/")[2]
        made.add(path, text, owner, groups)
