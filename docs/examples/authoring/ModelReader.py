import json
import tempfile
from pathlib import Path

from datamimic import (
    DescribedClass,
    DescribedPack,
    ModelReader,
    Registry,
    World,
    entity,
    field,
    number,
    read_model,
    with_models,
)
from datamimic.plugin import Pack, hookimpl


class Limits:
    """The pack of one model: an entity for each name, with an amount up to its limit."""

    def __init__(self, described: DescribedPack) -> None:
        self.described = described

    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack(self.described.name, "1", "amounts up to limits")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [self.table(name, limit) for name, limit in json.loads(self.described.document).items()]

    def table(self, name: str, limit: int) -> type:
        body = {"__annotations__": {"amount": int}, "amount": field(number(0, limit))}
        made: type = DescribedClass(name, (), body, self.described)
        return entity(name)(made)


class LimitsReader(ModelReader):
    """Reads `{"sale": 100, "refund": 5}`."""

    name = "limits"
    suffixes = (".limits",)

    @classmethod
    def read(cls, place: str, *, trusted: bool = False) -> DescribedPack:
        text = Path(place).read_text(encoding="utf-8")
        return DescribedPack(name=Path(place).stem, reader=cls.name, document=text, place=place, trusted=trusted)

    @classmethod
    def plugin(cls, described: DescribedPack) -> object:
        return Limits(described)


class Reads:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("limits", "1.0.0", "Models of limits")

    @hookimpl
    def datamimic_models(self) -> list[type]:
        return [LimitsReader]


packs = Registry.of(Reads())
with tempfile.TemporaryDirectory() as folder:
    file = Path(folder) / "shop.limits"
    file.write_text('{"sale": 100, "refund": 5}', encoding="utf-8")
    world = World("demo", models=file, packs=packs)
    assert world["shop.refund"][0].amount <= 5
    model = read_model(packs, str(file))
assert [*with_models(packs, {model.name: model}).entities()] == ["shop.refund", "shop.sale"]
