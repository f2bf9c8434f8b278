"""The world that a manifest or an explanation describes, and the rows of a manifest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from datamimic.base.origin import Origin
from datamimic.engine.breaking.view import BrokenView
from datamimic.engine.engine import rows_given
from datamimic.engine.given_tables.opening import Givens, same_rows
from datamimic.engine.happening import HappeningView
from datamimic.engine.view import View
from datamimic.errors import InvalidOption
from datamimic.formats.documents.message import Message
from datamimic.plugins.described import with_models
from datamimic.plugins.registry import Registry, installed_packs
from datamimic.world import World


def described_world(described: object, given: Givens | None = None, packs: Registry | None = None) -> World:
    """The world; `given` says where the rows that exist are now, and is needed for data frames: see `World`.

    Raises `DatamimicError` (`bad_origin`), `DataError` (`no_given_rows`, `given_changed`), and what is raised for a world that
    cannot be made here.
    """
    origin = Origin.parse(described)
    if not given:
        return World(origin, packs=packs)
    packs = with_models(installed_packs() if packs is None else packs, origin.models)
    now = rows_given(given, packs)
    for entity, rows in now.items():
        if entity not in origin.given:
            raise InvalidOption(
                "not_given", f"no rows of {entity} were given to this world", hint="leave them out", path="$.given"
            )
        same_rows(rows, origin.given[entity], entity)
    return World(origin.evolve(given={**origin.given, **now}), packs=packs)


def described_rows(world: World, request: Mapping[str, Any]) -> View:
    """The rows of one entity that the request of a manifest asked for, the breaks among them included."""
    rows = world[request["entity"]][int(request["start"]) : int(request["stop"])].select(request["columns"])
    if "breaks" not in request:
        return HappeningView.among(rows, request.get("happens", ()))
    name, message = request["format"], None
    if name in world.packs.messages():
        message = cast("type[Message]", world.packs.message(name)).configured(request.get("settings", {}))
    first, end = request["positions"]
    return BrokenView.among(rows, request["breaks"], message).ranged(first, end)
