"""Nodes against the vocabulary: what is not known, missing, of another kind, or contradicts itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from attrs import evolve

from datamimic.errors import excerpt, suggest
from datamimic_models.model import Mistakes
from datamimic_models.xml.nodes import Node, Written
from datamimic_models.xml.vocabulary import BRANCHES, ELEMENTS, Attribute, Element

_WHOLE: Final = re.compile(r"[+-]?\d{1,18}")
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_FLAGS: Final = frozenset({"true", "false", "0", "1", "yes", "no", ""})
_ARGUMENT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The hint that names what was probably meant."""
    found = suggest(name, sorted(known))
    return f"did you mean {' or '.join(found)}?" if found else None


def checked(root: Node, mistakes: Mistakes) -> Node:
    """The tree with aliases resolved and with what is not known left out; every mistake is added."""
    if root.name != "setup":
        hint = "the root of a model is <setup>"
        mistakes.add("models.unknown_element", f"the root is <{excerpt(root.name)}>", root.place, hint=hint)
        return Node("setup", {}, (), "", root.place)
    return _element(root, ELEMENTS["setup"], frozenset(), mistakes)


def _element(node: Node, element: Element, around: frozenset[str], mistakes: Mistakes) -> Node:
    attributes = _attributes(node, element, mistakes)
    allowed = element.children or (around if node.name in BRANCHES else frozenset())
    children = []
    for child in node.children:
        known = ELEMENTS.get(child.name)
        if known is None or child.name not in allowed:
            _refuse_child(child, node, known, allowed, mistakes)
        elif known.name in BRANCHES or known.name == "condition":
            inner = allowed if known.name in ("condition", "while") else around
            children.append(_element(child, known, inner, mistakes))
        else:
            children.append(_element(child, known, known.children, mistakes))
    if node.name == "nestedKey":
        # Attributes of a record stand behind what it holds.
        children.sort(key=lambda child: child.name == "element")
    if node.text and not element.text:
        mistakes.add("models.text", f"text in <{node.name}>: {excerpt(node.text)}", node.place)
    if node.name == "condition":
        _check_branches(node, mistakes)
    return evolve(node, name=element.alias or element.name, attributes=attributes, children=tuple(children))


def _refuse_child(child: Node, node: Node, known: Element | None, allowed: frozenset[str], mistakes: Mistakes) -> None:
    if known is None:
        hint = nearest(child.name, allowed) or f"in <{node.name}> may stand: {', '.join(sorted(allowed))}"
        mistakes.add("models.unknown_element", f"there is no element <{excerpt(child.name)}>", child.place, hint=hint)
    else:
        hint = f"there may stand: {', '.join(sorted(allowed)) or 'nothing'}"
        message = f"<{child.name}> cannot stand in <{node.name}>"
        mistakes.add("models.misplaced_element", message, child.place, hint=hint)


def _check_branches(node: Node, mistakes: Mistakes) -> None:
    names = [child.name for child in node.children]
    if not names or names[0] != "if" or names.count("if") > 1:
        mistakes.add("models.bad_condition", "a <condition> begins with one <if>", node.place)
    if "else" in names[:-1]:
        mistakes.add("models.bad_condition", "<else> is the last branch of a <condition>", node.place)


def _attributes(node: Node, element: Element, mistakes: Mistakes) -> dict[str, Written]:
    found: dict[str, Written] = {}
    for name, written in node.attributes.items():
        attribute = element.attributes.get(name)
        if attribute is None and element.entity_arguments and "entity" in node.attributes and _ARGUMENT.fullmatch(name):
            found[name] = written
        elif attribute is None:
            hint = nearest(name, element.attributes) or f"<{node.name}> has {', '.join(element.attributes)}"
            message = f"<{node.name}> has no attribute {excerpt(name)}"
            mistakes.add("models.unknown_attribute", message, written.place, hint=hint)
        else:
            _check_text(attribute, written, node, mistakes)
            found.setdefault(attribute.alias or name, written)
    missing = [
        each.name
        for each in element.attributes.values()
        if each.required and each.name not in found and not each.alias and not _stands_for(node, each.name)
    ]
    for name in missing:
        mistakes.add("models.missing_attribute", f"<{node.name}> needs the attribute {name}", node.place)
    ways = [way for way in element.ways if way in found]
    # A selector is asked of a source, and entities read what a script says of them.
    if len(ways) > 1:
        message = f"<{node.name}> says several times where values come from: {', '.join(ways)}"
        mistakes.add("models.several_ways", message, found[ways[1]].place, hint="one of them")
    return found


def _stands_for(node: Node, name: str) -> bool:
    # A reference to several columns names them in its fields.
    return node.name == "reference" and name == "sourceKey" and any(child.name == "field" for child in node.children)


def _check_text(attribute: Attribute, written: Written, node: Node, mistakes: Mistakes) -> None:
    text = written.text.strip()
    where = f"{attribute.name} of <{node.name}>"
    if "{" in text and (attribute.kind == "count" or attribute.idle):
        return
    if attribute.kind in ("whole", "count") and not _WHOLE.fullmatch(text):
        hint = "or {an expression}" if attribute.kind == "count" else None
        mistakes.add("models.bad_value", f"{where} is {excerpt(text)}, no whole number", written.place, hint=hint)
    elif attribute.kind == "count" and text.startswith("-"):
        mistakes.add("models.bad_value", f"{where} is {excerpt(text)}", written.place, hint="0 or more")
    elif attribute.kind == "number" and not _NUMBER.fullmatch(text):
        mistakes.add("models.bad_value", f"{where} is {excerpt(text)}, no number", written.place)
    elif attribute.kind == "flag" and text.lower() not in _FLAGS:
        mistakes.add("models.bad_value", f"{where} is {excerpt(text)}", written.place, hint="true or false")
    elif attribute.kind == "choice" and text not in attribute.choices:
        hint = nearest(text, attribute.choices) or f"one of {', '.join(attribute.choices)}"
        mistakes.add("models.bad_value", f"{where} is {excerpt(text)}", written.place, hint=hint)
    elif attribute.kind == "name" and (not text or any(mark in text for mark in "/\\\0")):
        mistakes.add("models.bad_value", f"{where} is {excerpt(text)}, no name", written.place)
