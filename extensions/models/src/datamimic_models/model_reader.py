"""What the core asks for models: files are read, checked and described, descriptions become packs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

from datamimic import DatamimicError, DescribedPack, ModelReader, Registry, installed_packs
from datamimic_models.compiling.pack import compiled
from datamimic_models.compiling.planning import Plan, plan_of
from datamimic_models.model import Mistakes, Model
from datamimic_models.printing.document import document_of
from datamimic_models.reading.languages import SUFFIXES, read_any
from datamimic_models.reading.tables_files import of_document

_KEPT: Final = 16
"""Plans that are kept."""


class TablesReader(ModelReader):
    """YAML and JSON of the tables language, and every other language that reads as a `Model`."""

    name: ClassVar[str] = "tables"
    suffixes: ClassVar[tuple[str, ...]] = SUFFIXES

    @classmethod
    def read(cls, place: str, *, trusted: bool = False) -> DescribedPack:
        mistakes = Mistakes()
        model = read_any(place, mistakes, trusted=trusted)
        mistakes.refuse()
        return planned(model, mistakes, place, trusted=trusted)[1]

    @classmethod
    def plugin(cls, described: DescribedPack) -> object:
        return compiled(_known_plan(described), described, installed_packs())

    @classmethod
    def not_held(
        cls, described: DescribedPack, table: str, check: str, violations: int, rows: int, samples: Sequence[int]
    ) -> None:
        plan = _known_plan(described)
        made = next(each.table for name, each in plan.tables.items() if plan.path(name).endswith(f".{table}"))
        said = next((each for each in made.checks if each.sentence == check), None)
        if said is None:
            return
        shown = ", ".join(str(row) for row in samples)
        raise DatamimicError(
            "models.check_unsatisfied",
            f"{violations:,} of {rows:,} rows of {made.name} do not hold the check {check[:200]} (rows {shown})",
            hint="rules of its columns that hold it, or no such check",
            file=said.place.file,
            line=said.place.line,
        )


class _Plans:
    """The plans of the last models that were read, by their descriptions."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, ...], Plan] = {}

    def get(self, described: DescribedPack) -> Plan | None:
        return self._kept.get(_key(described))

    def keep(self, described: DescribedPack, plan: Plan) -> None:
        kept = {**self._kept, _key(described): plan}
        self._kept = dict([*kept.items()][-_KEPT:])


def _plans(packs: Registry) -> _Plans:
    found: _Plans = packs.remembered.get("plans of models", _Plans)
    return found


def _known_plan(described: DescribedPack) -> Plan:
    return _plans(installed_packs()).get(described) or _plan_of(described)


def _plan_of(described: DescribedPack) -> Plan:
    """Of a document alone, that says nothing of lines."""
    mistakes = Mistakes()
    model = of_document(described.document, mistakes, described.place)
    if not mistakes.errors:
        plan = plan_of(model, installed_packs(), mistakes, trusted=described.trusted)
    mistakes.refuse()
    return plan


def _key(described: DescribedPack) -> tuple[str, ...]:
    return (described.name, described.place or "", described.document, "trusted" if described.trusted else "")


def planned(
    model: Model, mistakes: Mistakes, place: str | None = None, *, trusted: bool = False
) -> tuple[Plan, DescribedPack]:
    """What the tables of the model are made of, remembered for its description: errors in rows name lines of the file then.
    Raises `BadModel` where something is wrong with it."""
    packs, made = installed_packs(), described(model, place, trusted=trusted)
    plan = plan_of(model, packs, mistakes, trusted=trusted)
    mistakes.refuse()
    _plans(packs).keep(made, plan)
    return plan, made


def checked(model: Model, mistakes: Mistakes) -> Model:
    """The model, if nothing is wrong with it. Raises `BadModel`."""
    mistakes.refuse()
    planned(model, mistakes)
    return model


def described(model: Model, place: str | None = None, *, trusted: bool = False) -> DescribedPack:
    """The model as an origin carries it."""
    where = None if place is None else str(Path(place))
    own = {"seed": model.seed, "locale": model.locale, "clock": model.clock}
    return DescribedPack(
        name=model.name,
        reader=TablesReader.name,
        document=document_of(model),
        usual={name: said for name, said in own.items() if said is not None},
        place=where,
        beside=where if any(each.source is not None for each in model.tables) else None,
        trusted=trusted,
    )
