"""Rules of the tables language: a name, or a mapping with a `type` and the words of that kind."""

from __future__ import annotations

from typing import Any, Final, cast

from attrs import NOTHING

from datamimic.errors import excerpt, suggest
from datamimic_models.model import Condition, ConditionalRule, Mistakes
from datamimic_models.model.tables import Operator
from datamimic_models.reading.mappings import Words
from datamimic_models.reading.parts import Part
from datamimic_models.rules.conditions import OPERATORS
from datamimic_models.rules.kinds import KINDS, OTHER_NAMES
from datamimic_models.rules.named import Named
from datamimic_models.rules.rule import RuleKind
from datamimic_models.rules.words import choices_of, fits, kind_of_word, other_names, words_of

_TOLD_BY: Final = {
    "expression": "expression",
    "template": "template",
    "pattern": "pattern",
    "values": "choice",
    "weights": "choice",
    "value": "constant",
    "min": "range",
    "max": "range",
}
"""Words that tell the kind of a rule that does not say its type."""
_WANTED: Final = {
    "number": "a number",
    "whole": "a whole number",
    "text": "a text",
    "bool": "true or false",
    "scalar": "one value",
    "bound": "a number or a text",
    "list": "a list",
    "pairs": "a mapping",
    "any": "a value",
    "rule": "a rule",
    "rules": "a mapping of names to rules",
}
_SIGNS: Final = {
    "=": "==",
    "eq": "==",
    "<>": "!=",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "matches": "regex",
}


def rule_of(part: Part, what: str, mistakes: Mistakes) -> RuleKind | None:
    """The rule; None after a mistake."""
    if isinstance(part.value, str):
        return _by_name(part, mistakes)
    words = Words.of(part, what, mistakes)
    if not isinstance(part.value, dict):
        return None
    said = words.text("type")
    if said is None:
        said = next((kind for word, kind in _TOLD_BY.items() if word in part.value), None)
        if said is None:
            mistakes.add("models.missing", f"{what} has no type", part.place, hint=f"one of {', '.join(KINDS)}")
            return None
    kind = KINDS.get(said) or KINDS.get(OTHER_NAMES.get(said, ""))
    if kind is None:
        return _named(words, said)
    return _with_words(kind, words)


def _by_name(part: Part, mistakes: Mistakes) -> RuleKind | None:
    name = part.value.strip()
    kind = KINDS.get(name)
    if kind is not None and all(each.default is not NOTHING for each in words_of(kind)):
        return kind()
    if not name:
        mistakes.add("models.bad_value", "a rule is an empty text", part.place, hint="the name of a rule")
        return None
    return Named(name)


def _named(words: Words, name: str) -> RuleKind:
    """A rule by name, whose other words are parameters of what has the name."""
    rest = {key: each.plain for key, each in words.part.items() if key not in ("type", "parameters")}
    given = words.get("parameters")
    if given is not None and isinstance(given.value, dict):
        rest |= given.plain
    return Named(name, rest)


def _with_words(kind: type[RuleKind], words: Words) -> RuleKind | None:
    given: dict[str, Any] = {}
    right = True
    for each in words_of(kind):
        part = words.get(each.name, *other_names(each))
        if part is None:
            if each.default is NOTHING:
                hint = f"`dm model rules {kind.kind}` tells its words"
                words.mistakes.add("models.missing", f"{words.what} has no {each.name}", words.place, hint=hint)
                right = False
            continue
        wanted = kind_of_word(each)
        if part.value is None and each.default is None:
            continue
        if not fits(part.plain, wanted):
            words.wrong(each.name, part, _WANTED[wanted])
            right = False
            continue
        if wanted in ("rule", "rules"):
            inner = _inner_rules({"": part} if wanted == "rule" else part.value, each.name, words)
            right &= None not in inner.values()
            given[each.name] = inner[""] if wanted == "rule" else inner
            continue
        choices = choices_of(each)
        if choices and part.value not in choices:
            near = suggest(str(part.value), choices)
            words.mistakes.add(
                "models.bad_value",
                f"{each.name} of {words.what} is {excerpt(part.value)}",
                part.place,
                hint=f"did you mean {near[0]}?" if near else f"one of {', '.join(choices)}",
            )
            right = False
            continue
        given[each.name] = part.plain
    words.end()
    return kind(**given).beside(words.place, words.mistakes) if right else None


def _inner_rules(parts: dict[str, Part], word: str, words: Words) -> dict[str, RuleKind | None]:
    return {
        name: rule_of(part, f"{f'{word} {name}'.rstrip()} of {words.what}", words.mistakes)
        for name, part in parts.items()
    }


def conditional_rules(parts: list[Part], what: str, mistakes: Mistakes) -> tuple[ConditionalRule, ...]:
    found = []
    for part in parts:
        words = Words.of(part, f"a conditional rule of {what}", mistakes)
        condition_part, rule_part = words.needed("condition", "if", "when"), words.needed("rule", "then")
        words.end()
        condition = None if condition_part is None else condition_of(condition_part, what, mistakes)
        rule = None if rule_part is None else rule_of(rule_part, f"a conditional rule of {what}", mistakes)
        if condition is not None and rule is not None and rule_part is not None:
            found.append(ConditionalRule(condition, rule, place=rule_part.place))
    return tuple(found)


def condition_of(part: Part, what: str, mistakes: Mistakes) -> Condition | None:
    """`{column, operator, value}`, or an expression."""
    if isinstance(part.value, str):
        return Condition(expression=part.value, place=part.place)
    words = Words.of(part, f"a condition of {what}", mistakes)
    if words.has("expression"):
        text = words.text("expression", needed=True)
        words.end()
        return None if text is None else Condition(expression=text, place=part.place)
    column = words.text("column", needed=True)
    sign = words.text("operator", default="==")
    operator = _SIGNS.get(sign, " ".join(sign.lower().split()).replace("_", " "))
    value = words.get("value", "values")
    words.end()
    if operator not in OPERATORS:
        near = suggest(operator, OPERATORS)
        hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(OPERATORS)}"
        mistakes.add("models.bad_value", f"there is no operator {excerpt(sign)}", part.place, hint=hint)
        return None
    if column is None:
        return None
    plain = None if value is None else value.plain
    said = tuple(plain) if isinstance(plain, list) else plain
    return Condition(column, cast("Operator", operator), said, place=part.place)
