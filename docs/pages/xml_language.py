"""The XML language: elements and attributes as its reader knows them."""

from __future__ import annotations

import inspect
from collections.abc import Iterable

from datamimic.plugins.registry import Registry
from datamimic_models.xml.converters import CONVERTERS
from datamimic_models.xml.outputs import FILES, SPOKEN
from datamimic_models.xml.sources import ENDINGS
from datamimic_models.xml.vocabulary import ELEMENTS, Attribute, Element
from pages.markdown import code, page, prose, table

_KINDS = {
    "text": "text",
    "name": "name",
    "script": "expression",
    "whole": "whole number",
    "number": "number",
    "count": "whole number or `{expression}`",
    "flag": "true or false",
    "path": "path",
}


def xml_language(packs: Registry) -> str:
    parts = [
        "What stands in a model of the XML language, `dm run model.xml`. "
        "[How to run models in XML](../how-to/run-xml-models.md) has examples. "
        "An element or attribute that is not here is an error with its line and the nearest name.",
        "## Elements",
        table(("Element", "What it is"), [(code(f"<{each.name}>"), prose(each.summary)) for each in ELEMENTS.values()]),
    ]
    for element in ELEMENTS.values():
        if not element.alias:
            parts += _section(element)
    parts += [
        "## Targets",
        "Names with commas between them: a memstore or database by its `id` (of a database also `id.update`, `id.upsert`, "
        "`id.delete`, by the primary key), or",
        table(("Target", "What it writes"), [(code(name), _doc(FILES[name])) for name in FILES]),
        f"{' and '.join(map(code, SPOKEN))} show the first ten records of a product.",
        "## Sources",
        "A memstore, a database, a generate beside this one, or a file: " + ", ".join(map(code, ENDINGS)) + ".",
        "## Converters",
        table(
            ("Converter", "What it gives"),
            [(code(_called(name)), prose(inspect.getdoc(make) or "")) for name, make in CONVERTERS.items()],
        ),
        "Generators are those of [the packs](generators.md).",
    ]
    return page("The XML language", *parts)


def _section(element: Element) -> Iterable[str]:
    others = [each.name for each in ELEMENTS.values() if each.alias == element.name]
    parts = [f"### {element.name}", prose(element.summary)]
    if others:
        parts.append(f"Also called {', '.join(code(f'<{name}>') for name in others)}.")
    if element.entity_arguments:
        parts.append("Beside `entity`, further attributes are arguments of that entity.")
    if element.attributes:
        rows = [(code(each.name), _kind(each), _summary(each)) for each in element.attributes.values()]
        parts.append(table(("Attribute", "Kind", "Meaning"), rows))
    if element.children:
        parts.append(f"May hold {', '.join(code(f'<{name}>') for name in sorted(element.children))}.")
    return parts


def _kind(attribute: Attribute) -> str:
    return ", ".join(map(code, attribute.choices)) if attribute.kind == "choice" else _KINDS[attribute.kind]


def _summary(attribute: Attribute) -> str:
    return f"{prose(attribute.summary)}{' Required.' if attribute.required else ''}"


def _doc(cls: object) -> str:
    return prose(" ".join((inspect.getdoc(cls) or "").split()))


def _called(name: str) -> str:
    signature = inspect.signature(CONVERTERS[name])
    parameters = [each.replace(annotation=inspect.Parameter.empty) for each in signature.parameters.values()]
    shown = ", ".join(str(each).replace(" ", "") for each in parameters)
    return f"{name}({shown})" if shown else name
