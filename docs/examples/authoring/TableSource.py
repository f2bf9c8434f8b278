from collections.abc import Iterator, Sequence

import pyarrow as pa
from datamimic import (
    OpenTable,
    Pack,
    Registry,
    TableName,
    TableSource,
    World,
    columns_of_table,
    entity,
    field,
    given,
    hookimpl,
    source,
)

WAREHOUSE = {"branch": pa.table({"code": ["B", "A"], "city": ["Ulm", "Aachen"]})}


class WarehouseTable(OpenTable):
    def __init__(self, table: pa.Table) -> None:
        self.schema = table.schema
        self._table = table

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        yield from self._table.sort_by("code").select(list(columns)).to_batches()

    def close(self) -> None:
        pass


class WarehouseSource(TableSource):
    """The tables of a warehouse, which a program would ask for over the network."""

    name = "warehouse"
    schemes = ("warehouse",)

    def open(self, place: str, table: TableName) -> OpenTable:
        return WarehouseTable(WAREHOUSE[table.name])


@entity("branch", rows=source("warehouse://somewhere#branch"))
class Branch:
    """A branch that exists."""

    code: str = field(given(), key=True, doc="code")
    city: str = field(given(), doc="city")


class WarehousePack:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("warehouse", "1.0", "Tables of the warehouse")

    @hookimpl
    def datamimic_sources(self) -> list[type]:
        return [WarehouseSource]

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [Branch]


packs = Registry.of(WarehousePack())
assert columns_of_table("warehouse://somewhere#branch", packs).names == ["code", "city"]
assert [branch.city for branch in World("demo", packs=packs)["branch"]] == ["Aachen", "Ulm"]
