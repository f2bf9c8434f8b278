"""What a pack claims of its entities: published figures and identifiers, in `claims.toml` beside `data.toml`.

    [[claim]]
    entity = "patient"               # of this pack
    countries = ["US"]               # where it is claimed; all without it
    options = { ages = "care" }      # of rows that are made with these options; any without it
    field = "blood_type"             # what is counted; hidden fields too
    title = "Blood groups"
    kind = "distribution"            # or "share", or "mean"
    figures = { "O+" = 37.4, … }     # per cent; what is not listed counts as others
    grade = "C"                      # A official, B secondary, C approximate, E estimate: sets the tolerance
    source = "American Red Cross"

A distribution may band a number (`bands = [0, 10, 20]`: the lower ends), cross it with another column (`by = "gender"`: then
figures are named "female 0"), merge values (`merge = { primary = "less" }`), and weigh rows by a column (`weight`).
`group` repeats `label`, `where` and `figures` for parts of the population; of a "share" (of `values`) or a "mean" each group
has one figure, `published`. `where` holds `column = [low, high]` for numbers and dates, both inclusive, or
`column = ["a", "b"]`.

    [[identifier]]
    entity = "person"
    field = "tax_id"
    countries = ["DE"]
    validator = "stdnum.de.idnr"     # or schwifty.IBAN, phonenumbers
    refused = true                   # when it should call every value invalid: numbers that nobody can have

Identifiers hold for subclasses of the entity. Claims do not, as officers are older than people: a subclass that is drawn from
the same population says so with `[follows]` and `patient = ["common.person"]`. What it claims itself of a field takes the
place of what they claim of it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from attrs import Factory, frozen
from attrs import field as attribute
from attrs.validators import in_

from datamimic import GRADES, Registry, Rows, spec_of
from datamimic.errors import DataError

FILE = "claims.toml"
KINDS = ("distribution", "share", "mean")


@frozen(kw_only=True)
class Group:
    """A part of the population and what is published of it: `figures` of a distribution, else `published`."""

    label: str = ""
    where: Mapping[str, list[Any]] = Factory(dict)
    figures: Mapping[str, float] = Factory(dict)
    published: float | None = None


@frozen(kw_only=True)
class Claim:
    """One published figure or distribution, and how it is counted."""

    entity: str
    field: str
    title: str
    grade: str = attribute(validator=in_(GRADES))
    source: str
    kind: str = attribute(default="distribution", validator=in_(KINDS))
    countries: list[str] = Factory(list)
    options: Mapping[str, Any] = Factory(dict)
    url: str = ""
    note: str = ""
    unit: str = ""
    bands: list[float] = Factory(list)
    by: str = ""
    merge: Mapping[str, str] = Factory(dict)
    weight: str = ""
    values: list[Any] = Factory(list)
    tolerance: float | None = None
    groups: tuple[Group, ...] = ()

    def speaks_of(self, country: str, options: Any) -> bool:
        """Is it claimed of this country's rows with these options?"""
        asked = all(getattr(options, name, None) == value for name, value in self.options.items())
        return asked and country in (self.countries or [country])

    def columns(self) -> set[str]:
        read = {self.field, *(column for group in self.groups for column in group.where)}
        return read | ({self.by} if self.by else set()) | ({self.weight} if self.weight else set())


@frozen
class Claims:
    """What one `claims.toml` says; `follows` is {entity of the pack: entities whose claims it makes its own}."""

    claims: tuple[Claim, ...]
    identifiers: tuple[Identifier, ...]
    follows: Mapping[str, list[str]]


@frozen(kw_only=True)
class Identifier:
    """A field whose values an independent library can judge."""

    entity: str
    field: str
    validator: str
    countries: list[str] = Factory(list)
    refused: bool = False
    note: str = ""


def claims_of(rows: Rows) -> tuple[list[Claim], list[Identifier]]:
    """What installed packs claim of the entity of the rows, in the country of their world.

    Raises `DataError` (`bad_catalog`) for a `claims.toml` that cannot be read.
    """
    world, spec = rows.world, rows.spec
    lineage = [world.path(spec_of(cls)) for cls in spec.cls.__mro__ if "__entity__" in cls.__dict__]
    country = world.locale.country
    said = {pack: _read(world.packs, pack) for pack in dict.fromkeys(path.partition(".")[0] for path in lineage)}
    own_pack, _, own = lineage[0].partition(".")
    theirs = {lineage[0], *(path for claims in said[own_pack] for path in claims.follows.get(own, []))}
    claims: list[tuple[str, Claim]] = []
    identifiers: list[Identifier] = []
    for pack, sources in said.items():
        for each in sources:
            claims += [
                (path, claim)
                for claim in each.claims
                for path in theirs & {f"{pack}.{claim.entity}"}
                if claim.speaks_of(country, world.options(spec))
            ]
            identifiers += [
                i for i in each.identifiers if f"{pack}.{i.entity}" in lineage and country in (i.countries or [country])
            ]
    itself = {claim.field for path, claim in claims if path == lineage[0]}
    return [claim for path, claim in claims if path == lineage[0] or claim.field not in itself], identifiers


def _read(packs: Registry, pack: str) -> list[Claims]:
    """One entry per source of tables that has claims; none for classes that belong to no pack."""
    found = []
    for source in packs.dataset_sources(pack) if pack in {r.name for r in packs.packs()} else ():
        file = source.root().joinpath(FILE)
        if file.is_file():
            found.append(parse_claims(file.read_text(encoding="utf-8"), str(source.package)))
    return found


def parse_claims(text: str, where: str) -> Claims:
    """Raises `DataError` (`bad_catalog`), naming the place."""
    try:
        document = tomllib.loads(text)
        return Claims(
            tuple(_claim(entry) for entry in document.get("claim", [])),
            tuple(Identifier(**entry) for entry in document.get("identifier", [])),
            document.get("follows", {}),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise DataError("bad_catalog", f"the {FILE} of {where}: {error}", file=FILE) from None


def _claim(entry: dict[str, Any]) -> Claim:
    own = dict(entry)
    parts = own.pop("group", None)
    shared = {name: own.pop(name) for name in ("where", "figures", "published") if name in own}
    groups = tuple(Group(**{**shared, **part}) for part in (parts if parts is not None else [{}]))
    claim = Claim(**own, groups=groups)
    needed = "figures" if claim.kind == "distribution" else "published"
    for group in groups:
        if bool(group.figures) != (needed == "figures") or (group.published is None) != (needed == "figures"):
            raise ValueError(f"{claim.title}: each group of a {claim.kind} needs {needed}, and only that")
    return claim
