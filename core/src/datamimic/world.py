"""A world: every value of every entity, fixed by seed, clock and locale before anything is made."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self, TypeVar, cast, overload

from datamimic.base.arrays import Ints
from datamimic.base.clock import Clock
from datamimic.base.described_packs import DescribedPack
from datamimic.base.html_table import LONGEST_CELL, html_table
from datamimic.base.locale import Locale
from datamimic.base.origin import Origin
from datamimic.engine.batch import Batch, batch_of
from datamimic.engine.engine import Engine, rows_given
from datamimic.engine.given_tables.opening import Givens
from datamimic.engine.happening import HappeningView
from datamimic.engine.limits import rows_there_are
from datamimic.engine.references import Children, Ref, children_of
from datamimic.errors import InvalidOption
from datamimic.formats.documents.message import Message
from datamimic.model.spec import Spec
from datamimic.output.messages import Messages
from datamimic.plugins.described import read_models
from datamimic.plugins.registry import Registry, installed_packs
from datamimic.rows import E as Shown
from datamimic.rows import RowsOfEngine

E = TypeVar("E")
Models = str | Path | DescribedPack | Iterable[str | Path | DescribedPack]


class Rows(RowsOfEngine[Shown]):
    """Rows [start, stop) of an entity in a world; without a stop there is no end.

    `rows[17]` is an entity, `rows[0:1000]` fewer rows; iteration gives entities.
    """

    world: World


class World(Engine):
    """`World(seed="demo", locale="de_DE")["healthcare.patient"][0:1000]`: nothing is made until rows are asked for.

    seed     text or an integer; 42 and "42" are the same seed. Or an `Origin`, which holds all but the packs
    locale   `language_COUNTRY` or a country; decides which tables are read
    clock    the instant that ages and dates are computed from (ISO 8601); a documented fixed one without it
    sizes    {entity: rows}, how many rows of an entity references may point to, where not the entity's own default
    options  {entity: {option: value}}
    strict   a missing table is an error instead of a fallback to the United States; default DATAMIMIC_STRICT_DATASET
    models   descriptions of tables that become packs of this world: paths of YAML, JSON, XML, SQL … (`datamimic-models`)
    given    {entity: rows that exist}: a path, `source(...)` or a data frame, for entities with `rows=source(...)`
    packs    the registry to look in; the installed packs without it

    A world is a value: equal to any world of the same origin and packs, shared by threads, pickled and copied.
    Raises `InvalidOption` and `UnknownName` for arguments that cannot be.
    """

    def __init__(
        self,
        seed: str | int | Origin,
        locale: str | Locale | None = None,
        clock: str | datetime | date | Clock | None = None,
        *,
        sizes: Mapping[str, int] | None = None,
        options: Mapping[str, Mapping[str, Any]] | None = None,
        strict: bool | None = None,
        models: Models = (),
        given: Givens | None = None,
        packs: Registry | None = None,
    ) -> None:
        packs = installed_packs() if packs is None else packs
        described = read_models(packs, (models,) if isinstance(models, str | Path | DescribedPack) else models)
        if isinstance(seed, Origin):
            if described or any(part is not None for part in (locale, clock, sizes, options, strict, given)):
                raise InvalidOption(
                    "invalid_option", "an origin holds all parts of a world", hint="World(origin.evolve(...))"
                )
            super().__init__(seed, packs)
        else:
            origin = Origin(seed, locale, clock, sizes=sizes, options=options, strict=strict, models=described)
            super().__init__(origin, packs)
            if given:
                self.begin(self.origin.evolve(given=rows_given(given, self.packs)), self.packs)

    def __repr__(self) -> str:
        seen = f".as_of('{self.now}')" if self.origin.seen else ""
        return f"World(seed={self.seed!r}, locale='{self.locale}', clock='{self.clock}'){seen}"

    def as_of(self, moment: str | datetime | date | Clock) -> Self:
        """The same world seen at an earlier moment: the same people, without what had not happened yet.

        It shows of the entities that have a history the rows that there were, what was known of them, and statuses as they
        stood; slices are over row numbers, and give those rows that there are. Raises `InvalidOption` (`invalid_clock`) for a
        moment after the clock.
        """
        return self.evolve(seen=moment)

    @overload
    def __getitem__(self, entity: type[E]) -> Rows[E]: ...
    @overload
    def __getitem__(self, entity: str) -> Rows[Any]: ...
    def __getitem__(self, entity: str | type) -> Rows[Any]:
        """All rows of an entity, named `pack.entity` (or bare, where one pack has it) or by class; without an end, unless they
        exist, or are children of such."""
        spec = self.spec(entity)
        return Rows(self, spec, 0, rows_there_are(self, spec))

    def message(self, name: str, **settings: Any) -> Messages:
        """The messages of a standard, one for every row of the entity that they are made of; `dm list-messages` names them.

        Raises `UnknownName` (`unknown_message`), and `InvalidOption` (`unsupported_locale`) for a message that the country
        does not have.
        """
        message = cast("type[Message]", self.packs.message(name)).configured(settings)
        message.refuse_others(self.locale.country)
        rows = self[message.entity].select(message.columns())
        return Messages(HappeningView.among(rows, message.told_by), message)

    # -- in a notebook -------------------------------------------------------------------------------------------

    def _ipython_key_completions_(self) -> list[str]:
        return list(self.packs.entities())

    def _repr_html_(self) -> str:
        """What the world is, and the entities that can be asked for; nothing is made for it."""
        by_pack: dict[str, list[str]] = {}
        for name in self.packs.entities():
            pack, _, bare = name.rpartition(".")
            by_pack.setdefault(pack, []).append(bare)
        return html_table(
            ["pack", "entities"],
            ([pack, line] for pack, names in by_pack.items() for line in _lines(names)),
            repr(self),
            'world["pack.entity"][0:1_000] is rows',
        )

    def __dir__(self) -> list[str]:
        """What somebody who explores a world may want; what the engine asks of it is not listed."""
        return sorted({name for name in super().__dir__() if name.startswith("__")} | _EXPLORED)

    # -- for rules that compute rows themselves ------------------------------------------------------------------

    def batch(
        self, spec: Spec, rows: Ints, *, path: str | None = None, given: Mapping[str, Any] | None = None
    ) -> Batch:
        """The columns of an entity for these rows; see `Batch`."""
        return batch_of(self, spec, rows, path=path, given=given)

    def refer(self, entity: str | type, rows: Ints) -> Ref:
        """A column of references to these rows of an entity."""
        return Ref(self, self.spec(entity), rows)

    def children(self, parents: Ref, child: type | str, field: str | None = None) -> Children:
        """The child rows of parents. Raises `UnknownName` or `DefinitionError` where they are not related."""
        return children_of(parents, child, field)


_EXPLORED = frozenset(
    [
        "as_of",
        "clock",
        "evolve",
        "locale",
        "message",
        "origin",
        "packs",
        "seed",
        "with_options",
        "_ipython_key_completions_",
        "_repr_html_",
    ]
)


def _lines(names: list[str], width: int = LONGEST_CELL) -> list[str]:
    """Names with commas between them, in lines that a cell holds."""
    return textwrap.wrap(", ".join(names), width)
