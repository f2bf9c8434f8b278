"""Rules of somebody's own: literal generators that an installed distribution registers."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import frozen

from datamimic import Generator
from datamimic.errors import excerpt
from datamimic_models.model import Mistakes
from datamimic_models.rules.named import Named, generator_named
from datamimic_models.rules.rule import RuleKind, Where
from datamimic_models.rules.words import Pairs, word


@frozen
class Custom(RuleKind):
    """A generator class of an installed distribution, which registers it by the hook `datamimic_generators`. No module is
    imported because a model names it."""

    kind: ClassVar[str] = "custom"

    custom_class: str = word("The name of the class, with its pack where several have it.", "text", other=("class",))
    custom_method: str | None = word(
        "`generate`, as every generator has it; for those who write it.", "text", None, other=("method",)
    )
    parameters: Any = word("What the class is made with.", "pairs", Pairs())

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        if generator_named(self.custom_class, where.packs) is None:
            mistakes.add(
                "models.unknown_rule",
                f"no installed pack has the generator {excerpt(self.custom_class)}",
                where.place,
                hint="register it: the hook datamimic_generators of an entry point in datamimic.packs",
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
        return self._named().generator(where)

    def _named(self) -> Named:
        return Named(self.custom_class, self.parameters)
