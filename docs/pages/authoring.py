"""The reference of what authors use: every public name with its signature, what is said of it, and an example that runs."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from typing import Any

import datamimic
from datamimic import columns, testing
from datamimic.base.docstrings import docstring
from datamimic.formats import documents
from datamimic.plugins.registry import Registry
from pages.examples import example, shown_in
from pages.markdown import code, page, paragraphs, table
from pages.purposes import Purpose, purposes

MODULES = (datamimic, columns, documents, testing)
"""Where public names come from; the hooks have a page of their own."""
ARRAYS = {
    "Bits": "NumPy arrays of uint64, for annotations: random bits.",
    "Bools": "NumPy arrays of bool_, for annotations.",
    "Column": "Any column in flight, for annotations: an array, `Text`, `Lists`, `Maps`, `Struct` or `Ref`.",
    "Dates": "NumPy arrays of datetime64[D] (days) or datetime64[us] (moments in UTC), for annotations.",
    "DECLARATION": "The first line of an XML document, which says that it is UTF-8.",
    "EDIFACT": "`Segments` of ISO 9735, a segment a line.",
    "Floats": "NumPy arrays of float64, for annotations.",
    "GRADES": "What the grades of tables mean, {letter: meaning}.",
    "HL7": "`Segments` of HL7 v2 with the encoding characters ^~\\&.",
    "Ints": "NumPy arrays of int64, for annotations: whole numbers, and money in hundredths.",
    "MEANS": "How owed money moves, by number: collected by a direct debit, sent or received by a transfer.",
    "Masked": "NumPy masked arrays, for annotations: numbers, dates and booleans of which some are null.",
    "X12": "`Segments` of ASC X12, which has no escapes: a separator in a value becomes a blank.",
    "hookimpl": "Decorator of a hook's implementation in a plugin module; see [hooks](../hooks.md).",
}
"""Names that are no classes or functions of ours, which could say it themselves."""
GIVEN = frozenset(
    {
        *("Alias", "Children", "Context", "Data", "Embedded", "Family", "Finding", "MadePart", "ParentRef", "PartTask"),
        *("Ref", "Registry", "Rows", "Spec", "StreamRecord", "TableName"),
    }
)
"""Classes whose objects are given to authors: nobody calls them."""


def authoring_pages(packs: Registry) -> dict[str, str]:
    """Path below docs/reference -> page."""
    return {f"authoring/{name}": _page(purpose) for name, purpose in purposes().items()}


def public_names() -> dict[str, Any]:
    """Name -> what it is, of all that authors import."""
    return {name: getattr(module, name) for module in reversed(MODULES) for name in module.__all__}


def home(name: str) -> str:
    """The module that authors import it from."""
    return next(module.__name__ for module in MODULES if name in module.__all__)


def explained(thing: Any) -> str:
    """All that docstrings say of a class or function and its arguments."""
    parts = [docstring(thing)]
    if inspect.isclass(thing):
        parts += [f"{name}: {text}" for name, text in attributes(thing).items()]
        if "__init__" in vars(thing):
            parts.append(docstring(vars(thing)["__init__"]))
    return "\n\n".join(part for part in parts if part)


def attributes(cls: type) -> dict[str, str]:
    """The docstrings below the attributes of a class."""
    body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    assert isinstance(body, ast.ClassDef)
    found = {}
    for each, after in zip(body.body, body.body[1:], strict=False):
        if isinstance(each, ast.AnnAssign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            found[ast.unparse(each.target)] = inspect.cleandoc(str(after.value.value))
    return found


def _page(purpose: Purpose) -> str:
    listed = table(
        ("Name", "What it is"),
        [(f"[`{name}`](#{_anchor(heading(name, purpose.names))})", _summary(name)) for name in purpose.names],
    )
    shown: dict[str, str] = {}
    parts = [f"{purpose.summary[0].upper()}{purpose.summary[1:]}.", listed, *purpose.parts]
    for name in purpose.names:
        parts += _entry(name, purpose.names, shown)
    return page(purpose.title, *parts)


def _entry(name: str, names: tuple[str, ...], shown: dict[str, str]) -> Iterator[str]:
    thing = public_names()[name]
    yield f"## {heading(name, names)}"
    if name in ARRAYS:
        yield f"```text\nfrom {home(name)} import {name}\n```"
        yield ARRAYS[name]
    else:
        calls = "" if name in GIVEN else f"\n\n{_signature(name, thing)}"
        yield f"```text\nfrom {home(name)} import {name}{calls}\n```"
        yield paragraphs(docstring(thing))
        if inspect.isclass(thing):
            told = attributes(thing)
            if told:
                yield table(("Attribute", "Meaning"), [(code(each), text) for each, text in told.items()])
            rows = [(code(each), text) for each, text in _methods(thing) if text]
            if rows:
                yield table(("Method or attribute", "What it gives"), rows)
    file = shown_in(name, names)
    if file in shown:
        yield f"Shown with [`{shown[file]}`](#{_anchor(heading(shown[file], names))})."
    else:
        shown[file] = name
        yield example(file)


def heading(name: str, names: tuple[str, ...]) -> str:
    """`Ref (class)` where `ref` stands on the same page: links do not tell capitals."""
    return f"{name} (class)" if name.lower() != name and name.lower() in names else name


def _anchor(title: str) -> str:
    return re.sub(r"[^\w]+", "-", title.lower()).strip("-")


def _summary(name: str) -> str:
    text = ARRAYS.get(name) or docstring(public_names()[name])
    first = " ".join(text.partition("\n\n")[0].split())
    return re.split(r"(?<=[a-z`)])[.:] |[.:]$", first)[0].strip()


def _signature(name: str, thing: Any) -> str:
    """As one would write it: one argument on a line where it is long."""
    signature = inspect.signature(thing)
    arguments: list[str] = []
    starred = False
    for each in signature.parameters.values():
        if each.kind is each.KEYWORD_ONLY and not starred:
            arguments.append("*")
        starred = starred or each.kind in (each.KEYWORD_ONLY, each.VAR_POSITIONAL)
        stars = {each.VAR_POSITIONAL: "*", each.VAR_KEYWORD: "**"}.get(each.kind, "")
        typed = f": {_type(each.annotation)}" if each.annotation is not each.empty else ""
        arguments.append(f"{stars}{each.name}{typed}{_default(each, bool(typed))}")
    gives = "" if inspect.isclass(thing) or signature.return_annotation is signature.empty else " -> "
    end = f"){gives}{_type(signature.return_annotation) if gives else ''}"
    line = f"{name}({', '.join(arguments)}{end}"
    return line if len(line) <= 100 else f"{name}(\n" + "".join(f"    {each},\n" for each in arguments) + end


def _default(parameter: inspect.Parameter, typed: bool) -> str:
    value = parameter.default
    if value is parameter.empty:
        return ""
    shown = value.__name__ if inspect.isclass(value) else "{}" if str(value) == "NOTHING" else repr(value)
    return f" = {shown}" if typed else f"={shown}"


def _type(annotation: Any) -> str:
    text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return re.sub(r"\btyping\.|\bdatetime\.(?=timedelta)", "", text).replace("'", "")


def _methods(cls: type) -> Iterator[tuple[str, str]]:
    """Public methods and properties with the first sentence of what they say."""
    for name, each in vars(cls).items():
        function = each.fget if isinstance(each, property) else getattr(each, "__func__", each)
        if name.startswith("_") or not inspect.isfunction(function):
            continue
        text = " ".join(docstring(function).partition("\n\n")[0].split())
        names = [parameter for parameter in inspect.signature(function).parameters if parameter not in ("self", "cls")]
        yield (name if isinstance(each, property) else f"{name}({', '.join(names)})"), text
