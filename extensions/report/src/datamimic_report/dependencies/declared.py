"""What a pack declares of its entities in `dependencies.toml`, beside its `data.toml`.

    [[matrix]]
    entity = "patient"               # of this pack
    rows = 20_000                    # what a test looks at; a report looks at its own rows
    options.history = 2              # of the entity, for a test
    countries = ["US", "DE"]         # where it holds; everywhere without it
    source = "NHIS 2018"             # of all that name neither source nor reason
    derived.onset_age = { elapsed = ["birthdate", "onset"], unit = "years" }
    pairs = [
      { of = ["age", "bmi"], measure = "spearman", least = 0.1, reason = "weight rises to 60" },
      { of = ["age", "blood_type"], measure = "rank_eta", kind = "independent" },
    ]
    ends = [{ of = "onset_age", most = 5, reason = "legal age" }]
    calendars = [{ of = "start", zone = "hospital.address.time_zone", part = "hour", values = [22, 5], most = 0.02 }]
    siblings = [{ rule = "overlap", same = ["holder.row", "product"], span = ["start", "end"], most = 0.02 }]

A column is a dotted path over references and parents (`doctor.hospital.name`), of hidden fields too, or one of `derived`:
see `datamimic_report.dependencies.columns`. Pairs:

    of         two columns: what is told first, what it is told by second
    kind       "dependent" (the default) or "independent"
    measure    spearman, cramers_v, eta, rank_eta, mutual_information, auc, rate_ratio: see `measures`
    least      of what must be dependent: the least effect
    most       of what must be independent: the largest effect that is none
    direction  "+" or "-", of spearman, auc and rate_ratio
    hit        of auc and rate_ratio: values of the first column that are counted
    group      of rate_ratio: values of the second column, against all others, or `against` those
    given      a third column: measured within its values, as bands where `bands` cuts it
    bands      {column = lower ends}: numbers as classes
    order      {column = values in ascending order}: words as numbers
    where      {column = [low, high] or values}: the rows that count
    per        a column: its rows become one, numbers as their mean, others as the first
    falls_short  what is known to be missing: the pair is a known gap, and must fail until it is closed
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from attrs import Factory, evolve, frozen
from attrs import field as attribute
from attrs.validators import in_

from datamimic import Registry
from datamimic.errors import DataError
from datamimic_report.dependencies.measures import MEASURES, NO_EFFECT, SIGNED

FILE = "dependencies.toml"
PARTS = ("hour", "weekday", "day", "month", "date")
RULES = ("overlap", "carried", "counted", "accompanied", "agreed", "apart")


@frozen(kw_only=True)
class Expectation:
    """What pairs, ends, calendars and rules of siblings have in common."""

    countries: list[str] = Factory(list)
    where: Mapping[str, list[Any]] = Factory(dict)
    source: str = ""
    reason: str = ""
    falls_short: str = ""


@frozen(kw_only=True)
class Pair(Expectation):
    """Two columns that must, or must not, depend on each other."""

    of: list[str]
    measure: str = attribute(validator=in_(MEASURES))
    kind: str = attribute(default="dependent", validator=in_(("dependent", "independent")))
    least: float | None = None
    most: float | None = None
    direction: str = attribute(default="", validator=in_(("", "+", "-")))
    hit: list[Any] = Factory(list)
    group: list[Any] = Factory(list)
    against: list[Any] = Factory(list)
    given: str = ""
    bands: Mapping[str, list[float]] = Factory(dict)
    order: Mapping[str, list[str]] = Factory(dict)
    per: str = ""

    @property
    def limit(self) -> float:
        """The least effect of what must be dependent, the largest of what must not."""
        given = self.least if self.kind == "dependent" else self.most
        return NO_EFFECT[self.measure] if given is None else given

    def __attrs_post_init__(self) -> None:
        told = " and ".join(self.of)
        if len(self.of) != 2:
            raise ValueError(f"a pair is of two columns, not of {told}")
        if self.kind == "dependent" and self.least is None:
            raise ValueError(f"{told} must be dependent: name the `least` effect")
        if self.kind == "dependent" and (self.measure in SIGNED) != bool(self.direction):
            raise ValueError(f"{told}: {self.measure} has {'a' if self.measure in SIGNED else 'no'} direction")
        if (self.measure in ("auc", "rate_ratio")) != bool(self.hit):
            raise ValueError(f"{told}: `hit` is what auc and rate_ratio count")
        if (self.measure == "rate_ratio") != bool(self.group):
            raise ValueError(f"{told}: rate_ratio compares a `group`, and only that")


@frozen(kw_only=True)
class Ends(Expectation):
    """How much more than its neighbours the first or last value of an age or date may hold."""

    of: str
    most: float = 3.0


@frozen(kw_only=True)
class Calendar(Expectation):
    """The share of rows whose moment lies in some hours, weekdays (1 Monday to 7), days of the month, months or dates.

    `values` of hours, weekdays, days and months are first and last, and may go over the end: [22, 5]. Of dates they are a
    list of "12-25". `zone` is a column of time zones, or one zone; dates and local times need none.
    """

    of: str
    part: str = attribute(validator=in_(PARTS))
    values: list[Any]
    least: float = 0.0
    most: float = 1.0
    zone: str = ""


@frozen(kw_only=True)
class Siblings(Expectation):
    """A rule over rows that belong together, and the share of rows that may break it; see `siblings`."""

    rule: str = attribute(validator=in_(RULES))
    same: list[str]
    span: list[str] = Factory(list)
    order: str = ""
    before: str = ""
    after: str = ""
    between: str = ""
    all: str = ""
    other: str = ""
    other_same: list[str] = Factory(list)
    other_where: Mapping[str, list[Any]] = Factory(dict)
    since: list[Any] = Factory(list)
    fields: list[str] = Factory(list)
    most: float = 0.0
    sentence: str


@frozen(kw_only=True)
class Matrix:
    """What is declared of one entity of a pack; `derived` is {name: how}."""

    entity: str
    rows: int = 20_000
    options: Mapping[str, Any] = Factory(dict)
    derived: Mapping[str, Mapping[str, Any]] = Factory(dict)
    pairs: tuple[Pair, ...] = ()
    ends: tuple[Ends, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    siblings: tuple[Siblings, ...] = ()

    def of_country(self, country: str) -> Matrix:
        """What holds in the country."""

        def kept(all_of_them: tuple[Any, ...]) -> tuple[Any, ...]:
            return tuple(each for each in all_of_them if country in (each.countries or [country]))

        return evolve(
            self,
            pairs=kept(self.pairs),
            ends=kept(self.ends),
            calendars=kept(self.calendars),
            siblings=kept(self.siblings),
        )

    def countries(self) -> set[str]:
        """Those that are named."""
        every = (*self.pairs, *self.ends, *self.calendars, *self.siblings)
        return {country for each in every for country in each.countries}


def matrices_of(packs: Registry, pack: str) -> list[Matrix]:
    """What a pack declares, in the order of its files; raises `DataError` (`bad_catalog`)."""
    found: list[Matrix] = []
    for source in packs.dataset_sources(pack) if pack in {record.name for record in packs.packs()} else ():
        file = source.root().joinpath(FILE)
        if file.is_file():
            found += parse_matrices(file.read_text(encoding="utf-8"), str(source.package))
    return found


def parse_matrices(text: str, where: str) -> list[Matrix]:
    """Raises `DataError` (`bad_catalog`), naming the place."""
    try:
        return [_matrix(entry) for entry in tomllib.loads(text).get("matrix", [])]
    except (ValueError, TypeError, KeyError) as error:
        raise DataError("bad_catalog", f"the {FILE} of {where}: {error}", file=FILE) from None


def _matrix(entry: dict[str, Any]) -> Matrix:
    own = dict(entry)
    shared = {name: own.pop(name) for name in ("countries", "where", "source", "reason") if name in own}
    kinds = {"pairs": Pair, "ends": Ends, "calendars": Calendar, "siblings": Siblings}
    for name, cls in kinds.items():
        told = []
        for part in own.get(name, ()):
            own_reason = part.get("reason") and "source" not in part
            each = cls(**{**shared, **({"source": ""} if own_reason else {}), **part})
            if not (each.source or each.reason):
                raise ValueError(f"{own['entity']}, {part.get('of', part.get('rule'))}: name a source or a reason")
            told.append(each)
        own[name] = tuple(told)
    return Matrix(**own)
