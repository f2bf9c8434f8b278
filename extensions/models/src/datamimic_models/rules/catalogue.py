"""The kinds of rules as plain values: for `dm model rules`, the reference and the JSON Schema."""

from __future__ import annotations

from inspect import getdoc
from typing import Any

from attrs import NOTHING

from datamimic_models.rules.kinds import KINDS, OTHER_NAMES
from datamimic_models.rules.words import choices_of, doc_of, kind_of_word, other_names, thawed, words_of


def rule_catalogue() -> dict[str, dict[str, Any]]:
    """By kind: what it makes, its words, and other names of it."""
    return {name: _described(name, kind) for name, kind in KINDS.items()}


def _described(name: str, kind: type) -> dict[str, Any]:
    doc = " ".join((getdoc(kind) or "").split())
    return {
        "summary": doc.split(". ")[0].rstrip("."),
        "doc": doc,
        "other_names": [other for other, meant in OTHER_NAMES.items() if meant == name],
        "words": [
            {
                "name": each.name,
                "kind": kind_of_word(each),
                "doc": doc_of(each),
                "required": each.default is NOTHING,
                "default": None if each.default is NOTHING else thawed(each.default),
                "choices": list(choices_of(each)),
                "other_names": list(other_names(each)),
            }
            for each in words_of(kind)
        ],
    }
