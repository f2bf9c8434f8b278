"""A described model as the plugin of a pack: its tables are entities."""

from __future__ import annotations

from hashlib import sha256

from attrs import frozen

from datamimic import DescribedPack, Registry
from datamimic.plugin import Pack, hookimpl
from datamimic_models.compiling.planning import Plan
from datamimic_models.compiling.tables import TableMaker


def compiled(plan: Plan, described: DescribedPack, packs: Registry) -> ModelPack:
    """The plugin of the model of the plan."""
    classes = [TableMaker(plan, each, described, packs).made() for each in plan.tables.values()]
    return ModelPack(plan, described, tuple(classes))


@frozen(eq=False)
class ModelPack:
    """A plugin: `classes` are the tables, in the order of the model."""

    plan: Plan
    described: DescribedPack
    classes: tuple[type, ...]

    @hookimpl
    def datamimic_pack(self) -> Pack:
        digest = sha256(self.described.document.encode()).hexdigest()
        return Pack(self.described.name, digest[:12], f"{len(self.classes)} tables of a model")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return list(self.classes)
