"""Variables that are rows of entities."""

from __future__ import annotations

from typing import Any, Final

from datamimic import spec_of
from datamimic_models.rules.words import Pairs
from datamimic_models.translating.context import Work
from datamimic_models.translating.meanings import ColumnOf, EntityOf, Meaning
from datamimic_models.translating.scopes import Scope, resolved
from datamimic_models.translating.scripts import guarded, path_of_script
from datamimic_models.xml.entities import entity_variable
from datamimic_models.xml.nodes import Node

_NONE: Final = Pairs()


def entity_meaning(node: Node, scope: Scope, work: Work) -> EntityOf:
    """The rows of an entity by its options, as its service understands them. Raises `Refusal`."""
    made = guarded(lambda: entity_variable(node, f"translated {id(node)}", work.setting))
    service: Any = made.service
    world = service.world
    path = f"{work.setting.packs.pack_of(service.entity)}.{spec_of(service.entity).name}"
    options = {name: dict(given) for name, given in world.origin.options.items()}
    own = options.pop(path, {})
    own |= {f"{entity}.{name}": value for entity, given in options.items() for name, value in given.items()}
    if node.get("rngSeed"):
        work.mistakes.warn(
            "models.left_out", "rngSeed of an entity is left out: its rows are of the model's seed", node.at("rngSeed")
        )
    locale = str(world.locale) if _says_where(node) else None
    of = "_".join((*scope.path, node.get("name")))
    table = None if scope.in_items else scope.table
    return EntityOf(table, work.setting.packs, path, _pairs(own), locale, of, (), node.place)


def _says_where(node: Node) -> bool:
    return bool(
        node.get("dataset") or node.get("locale") or "dataset=" in node.get("entity") or "locale=" in node.get("entity")
    )


def _pairs(options: dict[str, Any]) -> Pairs:
    held = {name: sorted(value) if isinstance(value, frozenset | set) else value for name, value in options.items()}
    return Pairs((name, tuple(value) if isinstance(value, list) else value) for name, value in held.items())


def is_alias(node: Node, scope: Scope, work: Work) -> Meaning | None:
    """What a variable is another name of: `address`, of a script `person.address`; None where it is a value of its own."""
    others = ("converter", "type", "defaultValue", "condition", "nullQuota", "inDateFormat", "outDateFormat")
    if not node.has("script") or any(node.get(name) for name in others):
        return None
    path = path_of_script(node.get("script"))
    found = None if path is None else resolved(scope, path, work.top)
    if found is None:
        return None
    meaning, parts, depth = found
    if isinstance(meaning, EntityOf) and not depth:
        return meaning.at(parts)
    if isinstance(meaning, ColumnOf) and not depth and not parts and meaning.table is scope.table:
        return meaning
    return None
