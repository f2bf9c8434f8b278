from datamimic import Registry, World, entity, field, hookimpl, number
from datamimic.plugin import Pack


@entity("bolt")
class Bolt:
    """A bolt."""

    length: int = field(number(5, 80), doc="length", unit="mm")


class Workshop:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("workshop", "1.0.0", "Bolts")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [Bolt]


packs = Registry.of(Workshop())
assert [*packs.entities()] == ["workshop.bolt"]
assert 5 <= World("demo", packs=packs)["bolt"][0].length <= 80
