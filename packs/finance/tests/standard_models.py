"""What models of ISO 20022 messages say, of which no schema is to be had: the classes that xsdata made of the official schemas
for the package pyiso20022 (MIT). Their source is read as a text, and nothing of it is run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

PACKAGE = ("pyiso20022", "1.6.2", "98693c96b245541141224c4f1a52e913485bc4cf3d2376101d4de60f9b1c3a50")
PLAIN = {"XmlDate": date.fromisoformat, "XmlDateTime": datetime.fromisoformat, "Decimal": Decimal, "str": str}


class Part(NamedTuple):
    """An element or attribute of a class, or its value where `name` is empty."""

    name: str
    kind: str
    several: bool
    attribute: bool
    rules: dict[str, Any]


class Models(NamedTuple):
    """The classes of a message with their parts in order, and the values of its codes."""

    classes: dict[str, list[Part]]
    codes: dict[str, frozenset[str]]


@cache
def models_of(folder: Path, standard: str) -> Models:
    name = standard.replace(".", "_")
    path = folder / "pyiso20022" / name[:4] / name / f"{name}.py"
    classes: dict[str, list[Part]] = {}
    codes: dict[str, frozenset[str]] = {}
    for each in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(each, ast.ClassDef):
            if any(ast.unparse(base) == "Enum" for base in each.bases):
                values = [line.value for line in each.body if isinstance(line, ast.Assign)]
                codes[each.name] = frozenset(str(ast.literal_eval(value)) for value in values)
            else:
                classes[each.name] = [_part(line) for line in each.body if isinstance(line, ast.AnnAssign)]
    return Models(classes, codes)


def _part(line: ast.AnnAssign) -> Part:
    assert isinstance(line.value, ast.Call)
    metadata = next(each.value for each in line.value.keywords if each.arg == "metadata")
    assert isinstance(metadata, ast.Dict)
    rules = {
        ast.literal_eval(key): _constant(value)
        for key, value in zip(metadata.keys, metadata.values, strict=True)
        if key
    }
    (kind,) = [
        each for each in re.findall(r"\w+", ast.unparse(line.annotation)) if each not in ("None", "list", "ForwardRef")
    ]
    several = "list[" in ast.unparse(line.annotation)
    return Part(rules.get("name", ""), kind, several, rules.get("type") == "Attribute", rules)


def _constant(value: ast.expr) -> Any:
    return Decimal(ast.literal_eval(value.args[0])) if isinstance(value, ast.Call) else ast.literal_eval(value)


def model_faults(folder: Path, standard: str, text: str) -> list[str]:
    """What is wrong with a document: elements that are not known, missing, too many or in another order, values that have not
    their form. `folder` is that of the package."""
    etree = pytest.importorskip("lxml.etree")
    try:
        root = etree.fromstring(text.encode())
    except etree.XMLSyntaxError as error:
        return [str(error)]
    if etree.QName(root).namespace != f"urn:iso:std:iso:20022:tech:xsd:{standard}":
        return [f"the namespace is {etree.QName(root).namespace}"]
    return [*_of_class(models_of(folder, standard), "Document", root, etree)]


def _of_class(models: Models, name: str, element: Any, etree: Any) -> Iterator[str]:
    parts = models.classes[name]
    inner = [each for each in parts if each.name and not each.attribute]
    told = [etree.QName(each).localname for each in element]
    known = [each.name for each in inner]
    if strange := {*told} - {*known}:
        yield f"{name} has no {sorted(strange)}"
        return
    if [known.index(each) for each in told] != sorted(known.index(each) for each in told):
        yield f"{name} has its parts in another order: {told}"
    if name.endswith("Choice") and len({*told}) != 1:
        yield f"{name} is one of several, not {told}"
    for part in inner:
        own = [each for each in element if etree.QName(each).localname == part.name]
        least = int(part.rules.get("min_occurs", 1 if part.rules.get("required") else 0))
        most = int(part.rules.get("max_occurs", 10**6)) if part.several else 1
        if not least <= len(own) <= most:
            yield f"{name} has {part.name} {len(own)} times"
        for each in own:
            if part.kind in models.classes:
                yield from _of_class(models, part.kind, each, etree)
            else:
                yield from _of_value(models, part, each.text or "", each)
    for part in parts:
        if part.attribute:
            if part.rules.get("required") and part.name not in element.attrib:
                yield f"{name} has no attribute {part.name}"
            elif part.name in element.attrib:
                yield from _of_value(models, part, element.get(part.name), element)
        elif not part.name:
            yield from _of_value(models, part, element.text or "", element)
    if strange := {*element.attrib} - {each.name for each in parts if each.attribute}:
        yield f"{name} has no attribute {sorted(strange)}"


def _of_value(models: Models, part: Part, value: str, element: Any) -> Iterator[str]:
    where = f"{part.name or element.tag.rpartition('}')[2]} {value!r}"
    rules = part.rules
    if part.kind in models.codes:
        if value not in models.codes[part.kind]:
            yield f"{where} is no {part.kind}"
        return
    if part.kind == "bool":
        if value not in ("true", "false", "0", "1"):
            yield f"{where} is neither true nor false"
        return
    try:
        read = PLAIN[part.kind](value)
    except (ValueError, InvalidOperation):
        yield f"{where} is no {part.kind}"
        return
    if "pattern" in rules and not re.fullmatch(rules["pattern"], value):
        yield f"{where} has not the form {rules['pattern']}"
    if not rules.get("min_length", 0) <= len(value) <= rules.get("max_length", len(value)):
        yield f"{where} is too short or too long"
    if isinstance(read, Decimal):
        digits, decimals = len(read.as_tuple().digits), max(0, -int(read.as_tuple().exponent))
        if read < rules.get("min_inclusive", read):
            yield f"{where} is too small"
        if digits > rules.get("total_digits", digits) or decimals > rules.get("fraction_digits", decimals):
            yield f"{where} has too many digits"
