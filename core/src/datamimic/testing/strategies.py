"""Hypothesis strategies: coherent entities that shrink to row 0 of the world with seed 0."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from datamimic.engine.coverage import supported_countries
from datamimic.errors import DatamimicError
from datamimic.plugins.registry import Registry, installed_packs
from datamimic.world import Rows, World

try:
    from hypothesis import strategies as st
except ImportError:
    raise DatamimicError(
        "missing_dependency", "hypothesis is not installed", hint="pip install datamimic-core[test]"
    ) from None

LARGEST_SEED = 2**32 - 1


def entities(
    entity: str | type,
    *,
    locale: str | None = None,
    clock: Any = None,
    packs: Registry | None = None,
    **options: Any,
) -> st.SearchStrategy[Any]:
    """Entities of any seed and row, of one locale or of any that the entity supports (the United States first).

    What is drawn is a seed, a row and a locale: an entity is always whole, and a failing example shrinks towards the
    smallest seed and row at which the test still fails, never to a combination that no world contains. `clock` and `packs`
    are those of the worlds, `options` the entity's. Raises `UnknownName` and `InvalidOption` where the strategy is made.
    """
    registry = installed_packs() if packs is None else packs
    cls = registry.entity(entity) if isinstance(entity, str) else entity
    countries = (locale,) if locale else _us_first(supported_countries(registry, cls))
    rows: Rows[Any] = _world(registry, 0, countries[0], clock, cls, tuple(sorted(options.items())))[cls]
    size = rows.world.size(rows.spec)

    def made(country: str, seed: int, row: int) -> Any:
        return _world(registry, seed, country, clock, cls, tuple(sorted(options.items())))[cls][row]

    return st.builds(
        made,
        st.sampled_from(countries),
        st.integers(min_value=0, max_value=LARGEST_SEED),
        st.integers(min_value=0, max_value=size - 1),
    )


def _us_first(countries: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(countries, key=lambda country: (country != "US", country))) or ("US",)


@lru_cache(maxsize=64)
def _world(
    packs: Registry, seed: int, locale: str, clock: Any, cls: type, options: tuple[tuple[str, Any], ...]
) -> World:
    world = World(seed, locale, clock, packs=packs)
    return world.with_options(cls, **dict(options)) if options else world
