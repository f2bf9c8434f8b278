"""A row range: some rows of an entity in a world, as a value small enough to be sent anywhere."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

from attrs import evolve, frozen

from datamimic.base.origin import Origin
from datamimic.engine.breaking.view import BrokenView
from datamimic.engine.engine import Engine
from datamimic.engine.happening import HappeningView
from datamimic.engine.view import View
from datamimic.errors import DataError
from datamimic.formats.documents.message import Message
from datamimic.model.spec import Spec
from datamimic.plugins.registry import Registry


@frozen(kw_only=True)
class Broken:
    """The rows [start, stop) of the entity, and how many breaks of each kind are among them."""

    whole: tuple[int, int]
    counts: tuple[tuple[str, int], ...]
    message: str | None
    settings: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, rows: BrokenView) -> Broken:
        message = rows.message
        return cls(
            whole=rows.whole,
            counts=tuple(rows.counts.items()),
            message=None if message is None else message.name,
            settings=() if message is None else tuple(message.chosen().items()),
        )

    def view(self, world: Engine, positions: RowRange) -> BrokenView:
        message = None
        if self.message is not None:
            cls = cast("type[Message]", world.packs.message(self.message))
            message = cls.configured(dict(self.settings))
        spec = world.spec(positions.entity)
        counts = dict(self.counts)
        return BrokenView(world, spec, positions.start, positions.stop, positions.columns, self.whole, counts, message)


@frozen(kw_only=True)
class RowRange:
    """Rows [start, stop) of `entity` (`pack.entity`), of these columns."""

    origin: Origin
    entity: str
    start: int
    stop: int
    columns: tuple[str, ...]
    broken: Broken | None = None
    """Of positions in an output with breaks: what they are among."""
    happens: tuple[str, ...] = ()
    """The columns that say which of the rows are there, where not all are."""
    world: Any
    """What the origin is made: rules may ask a `World` for more than an engine has."""

    @classmethod
    def of(cls, rows: View) -> RowRange:
        """Raises `InvalidOption` (`invalid_range`) for rows without an end."""
        settle(rows.world, rows.spec)
        return cls(
            origin=rows.world.settled,
            entity=rows.world.path(rows.spec),
            start=rows.start,
            stop=rows.require_end(),
            columns=rows.columns,
            broken=Broken.of(rows) if isinstance(rows, BrokenView) else None,
            happens=rows.happens if isinstance(rows, HappeningView) else (),
            world=type(rows.world),
        )

    def part(self, start: int, stop: int) -> RowRange:
        return evolve(self, start=start, stop=stop)

    def view(self, packs: Registry | None = None) -> View:
        """The rows, made from the installed packs, or from those of a registry in this process."""
        # Workers get many ranges of one world: its tables and references are made once per process.
        world = _world(self.world, self.origin) if packs is None else self.world.made_of(self.origin, packs)
        if self.broken is not None:
            return self.broken.view(world, self)
        rows = View(world, world.spec(self.entity), self.start, self.stop, self.columns)
        return HappeningView.among(rows, self.happens)


def settle(world: Engine, spec: Spec) -> None:
    """Look at all rows that exist and that an entity reaches, so that the world's origin is settled. Those that are not there
    may not be needed either; whoever needs them says so."""
    seen: set[type] = set()
    waiting = [spec]
    while waiting:
        each = waiting.pop()
        if each.cls not in seen:
            seen.add(each.cls)
            if each.rows is not None:
                try:
                    world.given(each)
                except DataError as error:
                    if error.code != "no_given_rows":
                        raise
            targets = (field.generator.target for field in each.fields.values())
            waiting += [world.spec(target) for target in targets if target is not None]


@lru_cache(maxsize=4)
def _world(cls: type[Engine], origin: Origin) -> Engine:
    return cls(origin)
