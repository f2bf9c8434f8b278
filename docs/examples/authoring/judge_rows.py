from collections.abc import Sequence

from datamimic import (
    DatamimicError,
    DescribedClass,
    DescribedPack,
    ModelReader,
    Registry,
    World,
    check,
    entity,
    field,
    judge_rows,
    number,
)
from datamimic.plugin import Pack, hookimpl


class Sales:
    """The pack of one model: amounts up to 100, of which the document says what they stay below."""

    def __init__(self, described: DescribedPack) -> None:
        self.described = described

    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack(self.described.name, "1", "amounts")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        body = {"__annotations__": {"amount": int}, "amount": field(number(0, 100))}
        made: type = entity("sale")(DescribedClass("sale", (), body, self.described))
        most = int(self.described.document)
        check(made, f"below {most}")(lambda amount: amount < most)
        return [made]


class SalesReader(ModelReader):
    name = "sales"

    @classmethod
    def read(cls, place: str, *, trusted: bool = False) -> DescribedPack:
        return DescribedPack(name="shop", reader=cls.name, document="101")

    @classmethod
    def plugin(cls, described: DescribedPack) -> object:
        return Sales(described)

    @classmethod
    def not_held(
        cls, described: DescribedPack, table: str, check: str, violations: int, rows: int, samples: Sequence[int]
    ) -> None:
        raise DatamimicError("sales.too_large", f"{violations} of {rows} rows of {table} are not {check}")


class Reads:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("sales", "1.0.0", "Models of sales")

    @hookimpl
    def datamimic_models(self) -> list[type]:
        return [SalesReader]


def sales(most: str) -> World:
    model = DescribedPack(name="shop", reader="sales", document=most)
    return World("demo", models=model, packs=Registry.of(Reads()))


judge_rows(sales("101")["shop.sale"][0:1_000])
refused = ""
try:
    judge_rows(sales("90")["shop.sale"][0:1_000])
except DatamimicError as error:
    refused = error.message
assert refused.endswith("rows of sale are not below 90")
