"""The JSON request API: `generate_domain({"domain": "person", "version": "v1", …})`, for programs and agents.

Item i of a request is row `offset + i` of the world that seed, locale, clock and constraints fix: the same call gives the
same bytes, a longer one begins with a shorter one, and pages join without a seam.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import numpy as np
from attrs import frozen

from datamimic.base.arrays import Ints
from datamimic.base.clock import Clock
from datamimic.columns.value_types import to_json
from datamimic.engine.coverage import supported_countries
from datamimic.engine.given_tables.opening import Givens
from datamimic.errors import DatamimicError, PackError, UnknownName, excerpt
from datamimic.model.instances import plain
from datamimic.model.spec import Spec
from datamimic.plugins.foreign_code import isolated
from datamimic.plugins.registry import Registry, installed_packs
from datamimic.request.validation import as_json, check_constraints, check_request
from datamimic.request.view import RequestView, view_of
from datamimic.world import Rows, World


def generate_domain(
    request: Mapping[str, Any], *, given: Givens | None = None, packs: Registry | None = None
) -> dict[str, Any]:
    """Answer a request of the JSON API from the installed packs, or `packs`; every error is a `DatamimicError` with a code
    and a JSON path. `given` are the rows that exist, as of a `World`: whoever answers says where they are, since a request may
    come from anybody, and names no files."""
    asked = _Request.read(request, installed_packs() if packs is None else packs, given)
    items = asked.items()
    return {
        "domain": asked.domain,
        "version": asked.spec.version,
        "request_hash": content_hash(as_json(request)),
        "items": items,
        "determinism_proof": {
            "algorithm": "uuid5+sha256",
            "seed_canonical": asked.world.seed,
            "content_hash": content_hash(items),
        },
        "engine_version": version("datamimic-core"),
        "data_versions": {
            record.name: record.data_version
            for record in asked.world.packs.packs()
            if record.name in asked.packs_used()
        },
    }


def canonical_json(value: Any) -> str:
    """JSON with sorted keys, no spaces, text as it is (not escaped to ASCII): what hashes are taken of."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def content_hash(value: Any) -> str:
    """SHA-256 of the canonical JSON, hex."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def item_id(domain: str, entity_version: str, seed: str, row: int) -> UUID:
    """UUIDv5 of `<seed>::<row>` in the namespace of `datamimic:<domain>:<version>`, itself one of the URL namespace."""
    return uuid5(uuid5(NAMESPACE_URL, f"datamimic:{domain}:{entity_version}"), f"{seed}::{row}")


@frozen(kw_only=True)
class _Request:
    domain: str
    spec: Spec
    view: RequestView
    world: World
    count: int
    offset: int
    constraints: Mapping[str, Any]

    @classmethod
    def read(cls, request: Any, packs: Registry, given: Givens | None) -> _Request:
        request = as_json(request)
        for name in ("domain", "version"):
            if name not in request:
                raise DatamimicError("schema_validation_failed", f"the request has no {name}", path=f"$.{name}")
        domain = request["domain"]
        spec = _spec(packs, domain, request["version"])
        view = view_of(spec)
        check_request(request, spec, domain)
        count, offset, seed = request["count"], request.get("offset", 0), request["seed"]
        locale = _locale(request["locale"], packs, spec)
        world = World(seed, locale, Clock.parse(request["clock"]), given=given, packs=packs)
        constraints = request.get("constraints", {})
        options, selected = _selected(request, view, world, spec)
        options |= _options(constraints, view, world.locale.country)
        constraints = {**selected, **constraints}
        if options:
            try:
                world = world.with_options(spec.cls, **options)
            except DatamimicError as error:
                raise DatamimicError(
                    "invalid_constraints",
                    error.message,
                    hint=error.hint,
                    path=_constraint_of(error.path, request.get("constraints", {}), view, world.locale.country),
                    details=error.details,
                ) from None
        return cls(
            domain=domain, spec=spec, view=view, world=world, count=count, offset=offset, constraints=constraints
        )

    def items(self) -> list[dict[str, Any]]:
        numbers = np.arange(self.offset, self.offset + self.count, dtype=np.int64)
        with isolated("view_failed", f"the choice of rows of {self.spec.name}"):
            choose = self.view.rows(self.world, self.spec, self.constraints) if self.view.rows else None
            rows = choose(numbers) if choose else numbers
        view = Rows(self.world, self.spec)
        if self.count:
            view.check_capacity(int(rows.max()) + 1)
        needed = self.view.columns()
        columns = list(dict.fromkeys(column for names in needed.values() for column in names))
        read = dict(zip(columns, _plain_columns(view, rows, columns), strict=True))
        values = {}
        for name, (source, _) in self.view.item.items():
            inputs = [read[column] for column in needed[name]]
            with isolated("view_failed", f"the member {name} of {self.spec.name}"):
                values[name] = (
                    inputs[0]
                    if isinstance(source, str)
                    else [plain(source(*each)) for each in zip(*inputs, strict=True)]
                )
        return [
            self._item(row, {name: column[position] for name, column in values.items()})
            for position, row in enumerate(rows.tolist())
        ]

    def _item(self, row: int, values: dict[str, Any]) -> dict[str, Any]:
        named = self.domain.rpartition(".")[2]
        # An item keeps its id when its entity is renamed.
        named = self.spec.stream.rpartition(".")[2] if named == self.spec.name else named
        identity = item_id(named, self.spec.version, self.world.seed, row)
        make = self.view.human_id
        with isolated("view_failed", f"the human_id of {self.spec.name}"):
            human = make(identity, row, self.constraints) if make else f"{self.view.prefix}-{identity.hex[:8].upper()}"
        return {"id": str(identity), "human_id": human, **values, "locale": str(self.world.locale)}

    def packs_used(self) -> set[str]:
        own = self.world.path(self.spec).partition(".")[0]
        return {own, *(place.partition("/")[0] for place in self.world.library.files())}


def _plain_columns(view: Rows, rows: Ints, columns: list[str]) -> list[list[Any]]:
    batch = view.batch(rows)
    shown = [(kind, kind.objects(column)) for column, kind in (view.column(batch, name) for name in columns)]
    return [values if kind.is_plain else [to_json(value, kind) for value in values] for kind, values in shown]


def _spec(packs: Registry, domain: Any, wanted: Any) -> Spec:
    if not isinstance(domain, str):
        raise DatamimicError("schema_validation_failed", f"the domain is {excerpt(domain)}", path="$.domain")
    try:
        spec: Spec = packs.entity(domain).__entity__
    except UnknownName as error:
        raise DatamimicError("unsupported_domain", error.message, hint=error.hint, path="$.domain") from None
    if wanted != spec.version:
        raise DatamimicError(
            "unsupported_domain",
            f"{domain} has no version {excerpt(wanted)}",
            hint=f"versions: {spec.version}",
            path="$.version",
        )
    return spec


def _locale(value: str, packs: Registry, spec: Spec) -> str:
    supported = supported_countries(packs, spec.cls)
    if value[3:] not in supported:
        raise DatamimicError(
            "unsupported_locale",
            f"{spec.name} is not offered for {value}",
            hint=f"countries: {', '.join(supported)}",
            path="$.locale",
        )
    return value


def _selected(
    request: Mapping[str, Any], view: RequestView, world: World, spec: Spec
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The options and the constraints of the profile or component that the request names."""
    profile, component = request.get("profile_id"), request.get("component_id")
    if profile is not None and component is not None:
        raise DatamimicError(
            "invalid_profile_selector", "give profile_id or component_id, not both", path="$.profile_id"
        )
    for name, value, code in (
        ("profile_id", profile, "invalid_profile_id"),
        ("component_id", component, "invalid_component_id"),
    ):
        if name in request and (not isinstance(value, str) or not value.strip()):
            raise DatamimicError(code, f"{name} is {excerpt(value)}", hint="a text that is not empty", path=f"$.{name}")
    data = world.data(spec.cls)
    options: dict[str, Any] = {}
    constraints: dict[str, Any] = {}
    if component is not None and view.component is not None:
        with _of_view(spec, "component", component):
            profile, given = view.component(data, component)
        constraints |= given
        try:
            check_constraints(constraints, view)
            options |= _options(constraints, view, world.locale.country)
        except DatamimicError as error:
            raise DatamimicError(
                "invalid_component_constraints", f"{component}: {error.message}", path="$.component_id"
            ) from None
    if profile is not None and view.profile is not None:
        with _of_view(spec, "profile", profile):
            options = {**view.profile(data, profile), **options}
            if view.profile_constraints is not None:
                constraints = {**view.profile_constraints(data, profile), **constraints}
    return options, constraints


@contextmanager
def _of_view(spec: Spec, what: str, identifier: str) -> Iterator[None]:
    """Whatever the view's function for profiles or components raises says whose it is; ValueError is about the request."""
    try:
        with isolated("view_failed", f"the {what} {excerpt(identifier)} of {spec.name}"):
            try:
                yield
            except ValueError as error:
                raise DatamimicError(f"invalid_{what}_id", f"{identifier}: {error}", path=f"$.{what}_id") from error
    except PackError as error:
        error.path = f"$.{what}_id"
        raise


def _options(constraints: Mapping[str, Any], view: RequestView, country: str) -> dict[str, Any]:
    """The options that constraints stand for, which fit the view's schema."""
    options: dict[str, Any] = {}
    for name, value in constraints.items():
        if name in view.constraints:
            try:
                options |= view.constraints[name].options(value, country)
            except ValueError as error:
                path = f"$.constraints.{name}"
                raise DatamimicError("invalid_constraints", f"{name}: {error}", path=path) from None
    return options


def _constraint_of(path: str | None, constraints: Mapping[str, Any], view: RequestView, country: str) -> str:
    """The path of the constraint that an option came from: `$.constraints.age` for `$.min_age`."""
    option = (path or "").removeprefix("$.")
    for name, value in constraints.items():
        if name in view.constraints and option in view.constraints[name].options(value, country):
            return f"$.constraints.{name}"
    return "$.constraints"
