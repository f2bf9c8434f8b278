"""References to what is near: one of the k nearest rows of an entity that has a position."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, cast

import numpy as np
from attrs import frozen

from datamimic.base.arrays import Bools, Floats, Ints
from datamimic.engine.batch import batch_of
from datamimic.engine.engine import Engine, engine_of
from datamimic.engine.references import Ref
from datamimic.errors import DataError, DefinitionError, excerpt
from datamimic.generators.field_path import FieldPath, HasColumns
from datamimic.model.context import Context
from datamimic.model.generator import Generator
from datamimic.model.spec import Spec
from datamimic.tables.sphere import Nearest
from datamimic.tables.weighted import Alias

T = TypeVar("T")
Position = tuple[FieldPath, FieldPath]
"""The latitude and the longitude."""
MOST = 64
"""A row may be one of so many nearest, at most."""


class NearestGenerator(Generator[Any]):
    """See `nearest`."""

    relates = "one"

    def __init__(self, target: Any, position: Position, of: Position, weights: tuple[float, ...]) -> None:
        self.target = target
        self.position = position
        self.of = of
        self.weights = weights
        self.needs = tuple(dict.fromkeys(path.head for path in position))

    def column(self, context: Context) -> Any:
        world = engine_of(context)
        target = world.spec(self.target)
        index = world.memo(("nearest", target.cls, self.of, len(self.weights)), lambda: self._index(world, target))
        latitude, longitude, missing = _positions(context, self.position)
        if missing.any() and not context.batch.spec.fields[context.name].kind.nullable:
            raise DefinitionError(
                "unexpected_null",
                f"{context.batch.path}.{context.name} is near to nothing in row {context.rows[int(np.argmax(missing))]}, "
                "whose position is null",
                hint=f'annotate it "{target.cls.__name__} | None", or give every row a position',
            )
        weights = self.weights[: index.nearest.k]
        alias = world.memo(("which of the nearest", weights), lambda: Alias.build([(range(len(weights)), weights)]))
        which = alias.pick(context.draw.bits())
        rows = index.rows[_nearest_of(index.nearest, latitude, longitude)[np.arange(len(which)), which]]
        return Ref(world, target, np.where(missing, -1, rows))

    def _index(self, world: Engine, target: Spec) -> _Index:
        every = np.arange(world.size(target), dtype=np.int64)
        latitude, longitude, missing = _positions(batch_of(world, target, every), self.of)
        rows = every[~missing]
        if not len(rows):
            raise DataError("bad_position", f"no row of {world.path(target)} has a position")
        return _Index(Nearest(latitude[rows], longitude[rows], min(len(self.weights), len(rows))), rows)


def _nearest_of(index: Nearest, latitude: Floats, longitude: Floats) -> Ints:
    if len(np.unique(latitude)) * 4 > len(latitude) * 3:
        return index.rows(latitude, longitude)
    # Many rows share a position: they come from places.
    distinct, inverse = np.unique(np.stack([latitude, longitude], axis=1), axis=0, return_inverse=True)
    found: Ints = index.rows(distinct[:, 0], distinct[:, 1])[inverse.ravel()]
    return found


@frozen(eq=False)
class _Index:
    nearest: Nearest
    rows: Ints
    """The rows that have a position."""


def _positions(holder: HasColumns, paths: Position) -> tuple[Floats, Floats, Bools]:
    """Latitudes, longitudes, and which of them are null (and then 0)."""
    found = [np.ma.asarray(path.column(holder), dtype=np.float64) for path in paths]
    missing = np.ma.getmaskarray(found[0]) | np.ma.getmaskarray(found[1])
    latitude, longitude = (np.where(missing, 0.0, degrees.filled(0.0)) for degrees in found)
    return latitude, longitude, missing


def nearest(
    target: type[T] | str,
    *,
    among: int | Sequence[float] = 1,
    position: tuple[str, str] = ("latitude", "longitude"),
    of: tuple[str, str] = ("latitude", "longitude"),
) -> Generator[T]:
    """A reference to one of the rows of the target that are nearest to this row, by distance on the earth.

    `among` is how many of the nearest it may be, each equally likely, or the weight of each, nearest first. `position` names
    this row's latitude and longitude in decimal degrees, `of` the target's; each may lead over references,
    `("home.latitude", "home.longitude")`. Rows of the target without a position are not referred to. Which are near is
    exact, found through an index of all rows of the target that a world makes once; rows equally far are in the order of
    their numbers. Raises `DefinitionError` (`bad_field`), `DataError` (`bad_position`).
    """
    if isinstance(among, int):
        among = [1.0] * max(among, 0)
    weights = tuple(float(weight) for weight in among)
    if not 1 <= len(weights) <= MOST or not all(0 <= weight < np.inf for weight in weights) or not weights[0] > 0:
        raise DefinitionError(
            "bad_field",
            f"nearest(among={excerpt(among)})",
            hint=f"how many of the nearest, from 1 to {MOST}, or as many weights, the first above 0",
        )
    return cast(Generator[T], NearestGenerator(target, _position(position), _position(of), weights))


def _position(names: tuple[str, str]) -> Position:
    paths = [FieldPath.parse(name) for name in names]
    latitude, longitude = paths if len(paths) == 2 else (None, None)
    if latitude is None or longitude is None:
        raise DefinitionError(
            "bad_field", f"{excerpt(names)} names no position", hint='("latitude", "longitude"), in this order'
        )
    return latitude, longitude
