"""Rules of somebody's own: literal generators that an installed distribution registers, methods of trusted classes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from attrs import frozen

from datamimic import Generator
from datamimic.errors import excerpt
from datamimic_models.model import Mistakes
from datamimic_models.rules.methods import judge_method, rule_of_method
from datamimic_models.rules.named import Named, generator_named
from datamimic_models.rules.rule import RuleKind, Where
from datamimic_models.rules.words import Pairs, thawed, word, words_of


@frozen
class Custom(RuleKind):
    """A generator class of an installed distribution, which registers it by the hook `datamimic_generators`. Where the model is
    trusted, a class of any module as `module:Class`: its method gets what the model says of the rule, and any columns, `draw`
    and `clock` by the names of further parameters, and returns the value of one row."""

    kind: ClassVar[str] = "custom"

    custom_class: str = word("The name of the class, with its pack where several have it.", "text", other=("class",))
    custom_method: str | None = word(
        "Of a class of a module: its method. Generators have `generate`.", "text", None, other=("method",)
    )
    parameters: Any = word("What the class is made with.", "pairs", Pairs())

    @property
    def imports(self) -> bool:
        """Does it name a module, whose code runs when it is imported?"""
        return ":" in self.custom_class

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        if self.imports:
            judge_method(self.custom_class, self.custom_method, where, mistakes)
            return
        if generator_named(self.custom_class, where.packs) is None:
            mistakes.add(
                "models.unknown_rule",
                f"no installed pack has the generator {excerpt(self.custom_class)}",
                where.place,
                hint="register it: the hook datamimic_generators of an entry point in datamimic.packs; or name "
                "module:Class, with --trust",
            )
            return
        if self.custom_method not in (None, "generate"):
            mistakes.add(
                "models.bad_value",
                f"{where.label}: {excerpt(self.custom_method)} is not called",
                where.place,
                hint="a generator has the method generate",
            )
        self._named().mistakes(where, mistakes)

    def generator(self, where: Where) -> Generator[Any]:
        if self.imports:
            said = {
                "type": self.kind,
                "custom_class": self.custom_class,
                "custom_method": self.custom_method,
                "parameters": thawed(self.parameters),
            }
            return rule_of_method(self.custom_class, self.custom_method, said, where)
        return self._named().generator(where)

    def _named(self) -> Named:
        return Named(self.custom_class, self.parameters)


def code_in(found: Any) -> Iterator[str]:
    """Every `module:Class` that a rule names, or one within it."""
    if isinstance(found, Custom):
        if found.imports:
            yield found.custom_class
    elif isinstance(found, Pairs):
        said = dict(found)
        named = said.get("custom_class", said.get("class"))
        if said.get("type") == Custom.kind and isinstance(named, str) and ":" in named:
            yield named
        yield from code_in(tuple(said.values()))
    elif isinstance(found, tuple):
        for each in found:
            yield from code_in(each)
    elif isinstance(found, RuleKind):
        yield from code_in(tuple(getattr(found, each.name) for each in words_of(type(found))))
