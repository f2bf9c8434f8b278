"""What fixes a world, as a value: manifests, tasks, requests and explanations carry it, and `World(origin)` is that world."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import attrs

from datamimic.base.clock import Clock
from datamimic.base.described_packs import DescribedDocument, DescribedPack, frozen_models
from datamimic.base.documents import Unfit, structured
from datamimic.base.frozen import FrozenMapping
from datamimic.base.given_rows import GivenDocument, GivenRows, frozen_given
from datamimic.base.locale import Locale
from datamimic.base.standard import Standard
from datamimic.base.utf8 import encodes
from datamimic.errors import DatamimicError, InvalidOption, excerpt

LARGEST_ROW = 1 << 50
"""Rows of an entity are numbered below this."""
LONGEST_SEED = 4096
"""Characters of a seed, and binary digits of one that is an integer."""


def seed_text(seed: str | int) -> str:
    """The seed as text. Raises `InvalidOption` (`invalid_seed`) for what is neither an integer nor text that is not empty,
    that UTF-8 can write and that is no longer than 4,096 characters."""
    if isinstance(seed, bool) or not isinstance(seed, str | int) or seed == "":
        hint = "give text or an integer"
    elif isinstance(seed, int):
        if seed.bit_length() <= LONGEST_SEED:
            return str(seed)
        hint = "give a smaller integer"
    elif not encodes(seed):
        hint = "give text that UTF-8 can write"
    elif len(seed) > LONGEST_SEED:
        hint = f"give at most {LONGEST_SEED} characters"
    else:
        return str(seed)
    raise InvalidOption("invalid_seed", f"{excerpt(seed)} is not a seed", hint=hint, path="$.seed")


def _locale(locale: str | Locale | None) -> Locale:
    return Locale.parse(locale)


def _clock(clock: str | datetime | date | Clock | None) -> Clock:
    return Clock.parse(clock)


def _mapping(value: Any, what: str, path: str, hint: str) -> Mapping[str, Any]:
    """The mapping; an empty one for None. Raises `InvalidOption` (`invalid_option`) for another value."""
    if value is None:
        return {}
    if not isinstance(value, Mapping) or any(not isinstance(name, str) for name in value):
        raise InvalidOption("invalid_option", f"{what} are {excerpt(value)}", hint=hint, path=path)
    return value


def _seen(moment: str | datetime | date | Clock | None) -> Clock | None:
    try:
        return None if moment is None else Clock.parse(moment)
    except InvalidOption as error:
        error.path = "$.seen"
        raise


def _sizes(sizes: Mapping[str, int] | None) -> FrozenMapping[str, int]:
    sizes = _mapping(sizes, "sizes", "$.sizes", "rows by entity: {'common.person': 1000}")
    for name, size in sizes.items():
        if isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= LARGEST_ROW:
            raise InvalidOption(
                "invalid_count",
                f"the size of {name} is {excerpt(size)}",
                hint="a whole number above 0",
                path=f"$.sizes.{name}",
            )
    return FrozenMapping(sizes)


def _options(options: Mapping[str, Mapping[str, Any]] | None) -> FrozenMapping[str, FrozenMapping[str, Any]]:
    hint = "options by entity: {'common.person': {'age_min': 18}}"
    by_entity = {
        name: FrozenMapping(_mapping(values, f"options of {excerpt(name)}", f"$.options.{name}", hint))
        for name, values in _mapping(options, "options", "$.options", hint).items()
    }
    return FrozenMapping({name: values for name, values in by_entity.items() if values})


@attrs.frozen
class Origin:
    """`seed`, `locale` and `clock`; how many rows references may point to (`sizes`), `options`, and rows that exist (`given`),
    by entity; whether a missing table is an error (`strict`; None: as DATAMIMIC_STRICT_DATASET says); the moment at which it
    is `seen`; the packs that are described instead of installed (`models`), by name.

    Takes what `World` takes, and raises `InvalidOption` for a part that cannot be. Whether the entities and options exist
    is known only to a world, which has packs.
    """

    seed: str = attrs.field(converter=seed_text)
    locale: Locale = attrs.field(default=None, converter=_locale)
    clock: Clock = attrs.field(default=None, converter=_clock)
    sizes: FrozenMapping[str, int] = attrs.field(default=None, converter=_sizes, kw_only=True)
    options: FrozenMapping[str, FrozenMapping[str, Any]] = attrs.field(default=None, converter=_options, kw_only=True)
    strict: bool | None = attrs.field(default=None, kw_only=True)
    given: FrozenMapping[str, GivenRows] = attrs.field(default=None, converter=frozen_given, kw_only=True)
    models: FrozenMapping[str, DescribedPack] = attrs.field(default=None, converter=frozen_models, kw_only=True)
    seen: Clock | None = attrs.field(default=None, converter=_seen, kw_only=True)
    """The moment at which the world is looked at, before its clock; None for the clock itself."""

    def __attrs_post_init__(self) -> None:
        if self.seen is None:
            return
        if self.seen.at > self.clock.at:
            raise InvalidOption(
                "invalid_clock",
                f"{self.seen} is after the world's clock, {self.clock}",
                hint="a world is seen at its clock or before; give it a later clock",
                path="$.seen",
            )
        if self.seen == self.clock:
            # Seen at its clock is the world itself.
            object.__setattr__(self, "seen", None)

    def evolve(self, **changes: Any) -> Origin:
        """This origin with other values of some parts."""
        return attrs.evolve(self, **changes)

    def with_options(self, entity: str, options: Mapping[str, Any]) -> Origin:
        """This origin with other options of one entity; those that it has beside them stay."""
        return self.evolve(options={**self.options, entity: {**self.options.get(entity, {}), **options}})

    def to_dict(self) -> dict[str, Any]:
        """As manifests have it: JSON that a person can read, entities and options sorted by name."""
        described: dict[str, Any] = {
            "seed": self.seed,
            "locale": str(self.locale),
            "clock": str(self.clock),
            "options": {
                entity: {name: _json(value) for name, value in values.items()}
                for entity, values in sorted(self.options.items())
            },
            "sizes": dict(sorted(self.sizes.items())),
        }
        if self.strict is not None:
            described["strict"] = self.strict
        if self.given:
            described["given"] = {entity: rows.to_dict() for entity, rows in sorted(self.given.items())}
        if self.models:
            described["models"] = {name: pack.to_dict() for name, pack in sorted(self.models.items())}
        return described if self.seen is None else {**described, "seen": str(self.seen)}

    @classmethod
    def parse(cls, described: object, path: str = "$.world") -> Origin:
        """From what `to_dict` gives. Raises `DatamimicError` (`bad_origin`) with the JSON path of the first part that is
        missing, unknown or of a wrong type, and `InvalidOption` with the path of a value that cannot be."""
        try:
            document = structured(described, _Document, path)
        except Unfit as error:
            raise DatamimicError("bad_origin", str(error), path=error.path) from None
        try:
            parts = attrs.asdict(document, recurse=False)
            given = {name: rows.given() for name, rows in document.given.items()}
            models = {name: pack.pack(name) for name, pack in document.models.items()}
            return cls(**parts | {"given": given, "models": models})
        except ValueError as error:
            raise DatamimicError("bad_origin", f"a model is no description: {error}", path=f"{path}.models") from None
        except InvalidOption as error:
            error.path = f"{path}{(error.path or '$').removeprefix('$')}"
            raise


@attrs.frozen(kw_only=True)
class _Document:
    """An origin as JSON has it."""

    seed: str | int
    locale: str
    clock: str
    options: dict[str, dict[str, Any]]
    sizes: dict[str, int]
    strict: bool | None = None
    given: dict[str, GivenDocument] = attrs.field(factory=dict)
    models: dict[str, DescribedDocument] = attrs.field(factory=dict)
    seen: str | None = None


def _json(value: Any) -> Any:
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, Standard.date) else value
