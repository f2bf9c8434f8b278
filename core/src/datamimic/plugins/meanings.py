"""The meanings of all packs together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import frozen

from datamimic.base.frozen import FrozenMapping
from datamimic.base.meaning import Meaning
from datamimic.errors import DatamimicError, PackError, excerpt
from datamimic.plugins.foreign_code import isolated


@frozen(eq=False)
class Meanings(Mapping[str, Meaning]):
    """name -> meaning, sorted by name. `packs` says who brings which, `errors` whose meanings cannot be had and why."""

    by_name: FrozenMapping[str, Meaning]
    packs: FrozenMapping[str, tuple[str, ...]]
    errors: FrozenMapping[str, DatamimicError]

    def __getitem__(self, name: str) -> Meaning:
        return self.by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_name)

    def __len__(self) -> int:
        return len(self.by_name)


def gathered(hooks: Mapping[str, Callable[..., Any]]) -> Meanings:
    """From the hooks by pack. A pack whose hook fails brings none and is among the errors."""
    found: dict[str, Meaning] = {}
    packs: dict[str, tuple[str, ...]] = {}
    errors: dict[str, DatamimicError] = {}
    for pack in sorted(hooks):
        try:
            brought = tuple(_checked(hooks[pack]))
        except DatamimicError as error:
            errors[pack] = error
            continue
        for meaning in brought:
            known = found.get(meaning.name)
            found[meaning.name] = meaning if known is None else known.joined(meaning)
            packs[meaning.name] = (*packs.get(meaning.name, ()), pack)
    by_name = FrozenMapping((name, found[name]) for name in sorted(found))
    return Meanings(by_name, FrozenMapping(packs), FrozenMapping(errors))


def _checked(hook: Callable[..., Any]) -> list[Meaning]:
    with isolated("pack_hook_failed", "the hook datamimic_meanings failed"):
        results = hook()
        items = [item for result in results for item in result]
    if not results:
        raise PackError("bad_hook", "datamimic_meanings returned None", hint="return a list, which may be empty")
    named: dict[str, Meaning] = {}
    for item in items:
        if not isinstance(item, Meaning):
            raise PackError(
                "bad_hook", f"datamimic_meanings returned {excerpt(item)}, which is no datamimic.plugin.Meaning"
            )
        if named.setdefault(item.name, item) is not item:
            raise PackError("duplicate_name", f"datamimic_meanings has {excerpt(item.name)} twice", hint="join the two")
    return items
