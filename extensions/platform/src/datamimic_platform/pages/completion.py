"""Rules that the table editor completes: meanings of the packs, and kinds that run without more words."""

from __future__ import annotations

from functools import cache

from datamimic import World
from datamimic_models.rules.catalogue import rule_catalogue


@cache
def rule_names() -> tuple[str, ...]:
    kinds = [name for name, kind in rule_catalogue().items() if not any(word["required"] for word in kind["words"])]
    return tuple(sorted({*World(seed=0).packs.meanings(), *kinds}))
