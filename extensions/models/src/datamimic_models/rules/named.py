"""Rules by name: what the packs have, fields of entities and literal generators."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from typing import Any, ClassVar, Final

from attrs import frozen

from datamimic import DatamimicError, Generator, Registry, Spec, World, spec_of
from datamimic.columns.value_types import kind_of
from datamimic.errors import UnknownName, excerpt, suggest
from datamimic_models.model import Mistakes
from datamimic_models.rules.converting import Converted, convertible
from datamimic_models.rules.entity_options import by_entity
from datamimic_models.rules.rule import FieldOf, RuleKind, Where
from datamimic_models.rules.words import Pairs, word

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_SLIPS: Final = 2
"""By how many letters a name that is mistyped is longer or shorter."""


@frozen
class Named(RuleKind):
    """What has a name in the packs: a meaning (`first_name`, `iban`), a field of an entity (`healthcare.patient.conditions`),
    or a literal generator (`EANGenerator`, `ean`). Columns of one subject are fields of one row: `of` tells several apart."""

    kind: ClassVar[str] = "named"

    name: str = word("The name.", "text")
    parameters: Any = word(
        "Of a literal generator: its parameters. Of a field: options of the entity whose row it is of.",
        "pairs",
        Pairs(),
    )

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        place, label = where.place, where.label
        found = where.around.meaning(self.name)
        if found is not None:
            if not convertible(found.kind, where.kind):
                mistakes.add(
                    "models.type_mismatch",
                    f"{label} is {where.column.type}, but {self.name} is {found.kind}",
                    place,
                    hint="change the type of the column",
                )
            if self.parameters:
                self._judge_options(found, where, mistakes)
            return
        cls = generator_named(self.name, where.packs)
        if cls is None:
            near = _near(self.name, where)
            hint = f"did you mean {' or '.join(near)}?" if near else "`dm list-generators`, `dm model rules`"
            mistakes.add("models.unknown_rule", f"there is no rule {excerpt(self.name)}", place, hint=hint)
            return
        try:
            made = self._made(cls, where)
        except DatamimicError as error:
            mistakes.add("models.bad_value", f"{label}: {error.message}", place, hint=error.hint)
            return
        except (TypeError, ValueError) as error:
            mistakes.add("models.bad_value", f"{label}: {self.name} takes no such parameters: {error}", place)
            return
        if made.python_type is not None and not convertible(kind_of(made.python_type, label), where.kind):
            mistakes.add(
                "models.type_mismatch",
                f"{label} is {where.column.type}, but {self.name} makes {kind_of(made.python_type, label)}",
                place,
                hint="change the type of the column",
            )

    def subjects(self, where: Where) -> Iterable[FieldOf]:
        found = where.around.meaning(self.name)
        return () if found is None else (found,)

    def generator(self, where: Where) -> Generator[Any]:
        found = where.around.meaning(self.name)
        if found is not None:
            return where.reached(found, self.parameters)
        cls = generator_named(self.name, where.packs)
        if cls is None:
            raise UnknownName("generator", self.name, [*where.packs.generators()])
        made = self._made(cls, where)
        return Converted(made, where.kind) if made.python_type is not None else made

    def _judge_options(self, found: FieldOf, where: Where, mistakes: Mistakes) -> None:
        try:
            world = World("options", packs=where.packs)
            for entity, chosen in by_entity(found.entity, self.parameters).items():
                world = world.with_options(entity, **chosen)
        except DatamimicError as error:
            mistakes.add(error.code, f"{where.label}: {error.message}", where.place, hint=error.hint)

    def _made(self, cls: type, where: Where) -> Generator[Any]:
        given = {name: _plain(value) for name, value in self.parameters}
        if where.locale is not None and "dataset" in inspect.signature(cls).parameters:
            given.setdefault("dataset", where.locale)
        made: Generator[Any] = cls(**given)
        return made


def _near(name: str, where: Where) -> list[str]:
    """Names that somebody may have meant, looked for among those of about its length first: there are thousands."""
    generators = where.packs.generators()
    known = [*where.around.meanings(), *generators, *(short_name(each) for each in generators)]
    near = suggest(name, [each for each in known if abs(len(each) - len(name)) <= _SLIPS]) or suggest(name, known)
    meant = [where.around.meaning(each) for each in near]
    return [each for at, each in enumerate(near) if meant[at] is None or meant[at] not in meant[:at]]


def field_named(path: str, packs: Registry) -> FieldOf | None:
    """The field that `pack.entity.field` or `entity.field` names; it may lead on through parts and references."""
    names = path.split(".")
    for length in (2, 1):
        if len(names) <= length:
            continue
        try:
            cls = packs.entity(".".join(names[:length]))
        except DatamimicError:
            continue
        parts = names[length:]
        spec: Spec | None = spec_of(cls)
        assert spec is not None
        entity = f"{packs.pack_of(cls)}.{spec.name}"
        found = None
        for number, part in enumerate(parts):
            found = None if spec is None else spec.fields.get(part)
            if found is None:
                break
            rest = parts[number + 1 :]
            if rest and found.kind.members is not None and found.generator.target is None:
                member = found.kind.members.get(rest[0])
                return None if member is None or len(rest) > 1 else FieldOf(entity, tuple(parts), member)
            target = found.generator.target
            spec = None if target is None else spec_of(packs.entity(target) if isinstance(target, str) else target)
        if found is not None:
            return FieldOf(entity, tuple(parts), found.kind)
    return None


def generator_named(name: str, packs: Registry) -> type | None:
    """`EANGenerator`, `common.EANGenerator`, or `ean`."""
    try:
        return packs.generator(name)
    except DatamimicError:
        wanted = name.replace("_", "").casefold()
        for known in packs.generators():
            if known.rpartition(".")[2].removesuffix("Generator").casefold() == wanted:
                return packs.generators()[known]
    return None


def short_name(generator: str) -> str:
    """`common.GivenNameGenerator` as `given_name`."""
    return _HUMP.sub("_", generator.rpartition(".")[2].removesuffix("Generator")).lower()


def _plain(value: Any) -> Any:
    return {key: _plain(each) for key, each in value} if isinstance(value, Pairs) else value
