"""What an entity says of its history: from when to when a row exists, and since when a value is known."""

from __future__ import annotations

from typing import Any

from datamimic.columns.value_types import Date, DateTime
from datamimic.errors import DefinitionError
from datamimic.model.spec import FieldSpec, Spec, spec_of
from datamimic.model.supplied import unknown_parameter


def inherited(cls: type, part: str) -> str:
    """`happens` or `ends` of the nearest entity that a class inherits from."""
    bases = (base.__dict__["__entity__"] for base in cls.__mro__[1:] if "__entity__" in base.__dict__)
    return next((str(getattr(base, part)) for base in bases), "")


def is_moment(field: FieldSpec) -> bool:
    """Does the field hold dates or date-times?"""
    return isinstance(field.kind, Date | DateTime)


def are_moments(field: FieldSpec) -> bool:
    """Does the field hold lists of dates or date-times?"""
    return field.kind.shape == "list" and isinstance(field.kind.item, Date | DateTime)


def moments_of(spec: Spec) -> tuple[str, ...]:
    """The fields with the moments at which values of a row change, dates or lists of them: those that `since` and `changes`
    name, and those that what depends on the moment one looks at reads."""
    return tuple(
        name for name in _read_for_changes(spec) if is_moment(spec.fields[name]) or are_moments(spec.fields[name])
    )


def children_of_changes(spec: Spec) -> tuple[str, ...]:
    """The fields with children at whose moments values of a row change."""
    return tuple(name for name in _read_for_changes(spec) if spec.fields[name].generator.relates == "many")


def _read_for_changes(spec: Spec) -> dict[str, None]:
    found = dict.fromkeys(each.since for each in spec.fields.values() if each.since)
    for each in spec.fields.values():
        if each.changes:
            found[each.changes] = None
        if each.generator.reads_now or each.generator.reads_children_there:
            found |= dict.fromkeys(each.generator.needs)
    return found


def check_history(spec: Spec) -> None:
    """Raises `DefinitionError` where `happens`, `ends` or `since` name what holds no moments, or moments that depend on the
    moment at which one looks."""
    fields, name = spec.fields, spec.cls.__name__
    if spec.happens:
        _check_happens(spec)
    if spec.ends:
        _check_moment(spec, f"ends of {name}", spec.ends)
        if not spec.happens:
            raise DefinitionError("bad_entity", f"{name} ends, but never happens", hint='@entity(..., happens="…")')
    for each in fields.values():
        if each.changes:
            _check_changes(spec, each)
        if not each.since:
            continue
        _check_moment(spec, f"since of {name}.{each.name}", each.since)
        if not each.kind.nullable:
            raise DefinitionError(
                "bad_field",
                f"{name}.{each.name} is null before {each.since}, but is not declared so",
                hint=f"annotate it {each.kind} | None",
            )
    seen = _read_now(spec)
    for moment in (*moments_of(spec), spec.happens, spec.ends):
        if moment in seen:
            raise DefinitionError(
                "bad_rule",
                f"{name}.{moment} is a moment of its history, but depends on the moment at which one looks",
                hint="a rule that makes moments reads `clock`, not `now`, nor what reads `now`",
            )


def _check_happens(spec: Spec) -> None:
    where = f"happens of {spec.cls.__name__}"
    each: Any = spec.fields.get(spec.happens)
    if each is None or each.generator.relates != "one":
        _check_moment(spec, where, spec.happens)
    elif isinstance(each.generator.target, type) and not spec_of(each.generator.target).happens:
        raise DefinitionError(
            "bad_entity",
            f"{where}: {each.generator.target.__name__}, which {spec.happens} refers to, has no history",
            hint=f'@entity(..., happens="…") for {each.generator.target.__name__}',
        )
    if spec.fields[spec.happens].kind.nullable:
        raise DefinitionError(
            "bad_entity", f"{where}: {spec.happens} may be null", hint="name a moment that every row has"
        )


def _check_changes(spec: Spec, each: FieldSpec) -> None:
    where = f"changes of {spec.cls.__name__}.{each.name}"
    if each.changes not in spec.fields:
        raise unknown_parameter(where, each.changes, spec.fields)
    named = spec.fields[each.changes]
    if not (is_moment(named) or are_moments(named) or named.generator.relates == "many"):
        raise DefinitionError(
            "bad_field", f"{where}: {named.name} is {named.kind}", hint="name dates, lists of dates, or children"
        )


def _check_moment(spec: Spec, where: str, name: str) -> None:
    if name not in spec.fields:
        raise unknown_parameter(where, name, spec.fields)
    if not is_moment(spec.fields[name]):
        raise DefinitionError(
            "bad_field", f"{where}: {name} is {spec.fields[name].kind}", hint="name a date or a date-time field"
        )


def _read_now(spec: Spec) -> set[str]:
    """The fields whose values depend on the moment at which one looks."""
    found = {name for name, each in spec.fields.items() if each.generator.reads_now}
    while True:
        more = {name for name, each in spec.fields.items() if name not in found and found & set(each.generator.needs)}
        if not more:
            return found
        found |= more
