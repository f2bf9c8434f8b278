"""References that may be null: keys, attributes over several hops, every output, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from energy import PACKS, Address, Contract, Customer

from datamimic import (
    World,
    children,
    copy_of,
    embed,
    entity,
    explain,
    field,
    read_batches,
    ref,
    serial,
    verify,
)
from datamimic.checks.checking import check_batches, check_rows
from datamimic.errors import DatamimicError, DefinitionError
from datamimic.output.digest import batch_digests
from datamimic.related.writing import prepare, write_set
from datamimic.reproducing.explanation import replay
from datamimic.request.schemas import response_schema
from datamimic.testing import pack_contract


@pytest.fixture(scope="module")
def world() -> World:
    return World("null", packs=PACKS)


class TestEnergy(pack_contract("energy", packs=PACKS)):  # type: ignore[misc]
    test_tables_name_their_source_and_licence = None


def test_masked_rows_are_null_keys_and_null_attributes(world: World) -> None:
    contracts = world[Contract][0:400]
    table = contracts.select([*contracts.columns, "predecessor.customer.name"]).to_arrow().to_pylist()
    assert {row["predecessor_id"] is None for row in table} == {True, False}
    for number_, (made, row) in enumerate(zip(contracts, table, strict=True)):
        before = table[number_ - 1] if row["predecessor_id"] else None
        assert row["predecessor_id"] == (before and before["contract_id"]) == made.predecessor_id
        assert row["kwh_before"] == (before and before["kwh"])
        assert row["predecessor.customer.name"] == (before and made.customer.name)
        assert (made.predecessor is None) == (before is None)
        assert row["depth"] == (before["depth"] + 1 if before else 0)
        assert row["two_before_id"] == (before and before["predecessor_id"])
        assert row["siblings"] == (3 if before else 0)
        assert row["referrer_city"] == (made.referrer and made.referrer.address.city)
        assert made.referrer_address == (made.referrer and made.referrer.address)
        assert made.billing == made.customer.address and made.billing.code == made.billing.city.lower()
        if made.referrer_address is not None:
            assert made.referrer_address.code == made.referrer_address.city.lower()
        assert Contract.from_dict(json.loads(json.dumps(made.to_dict()))) == made


def test_a_circle_of_two_entities_holds_as_keys_and_values(world: World) -> None:
    for customer in world[Customer][0:100]:
        assert (customer.first is None) == (not customer.contracts)
        assert customer.first is None or customer.first.customer.customer_id == customer.customer_id


def test_a_value_that_needs_itself_names_each_field_once(world: World) -> None:
    @entity("endless")
    class Endless:
        endless_id: str = field(serial("E-##"), key=True)
        other: Endless = field(ref("endless"))  # type: ignore[name-defined]
        value: int = field(lambda other: other.value)

    Endless.__entity__.fields["other"].generator.target = Endless  # type: ignore[attr-defined]
    with pytest.raises(DefinitionError) as error:
        world[Endless][0:3].to_arrow()
    assert error.value.code == "cycle" and error.value.message.endswith("entities: endless.value → endless.value")


def test_slices_of_any_size_are_the_same_bytes(world: World) -> None:
    rows = world[Contract]
    whole = rows.record_batch(0, 90)
    for size in (1, 2, 7, 64):
        parts = [world.anew()[Contract].record_batch(start, min(start + size, 90)) for start in range(0, 90, size)]
        joined = pa.Table.from_batches(parts).combine_chunks().to_batches()[0]
        assert batch_digests(joined) == batch_digests(whole), size


def test_schema_frames_and_json_schema_say_that_it_may_be_null(world: World) -> None:
    rows = world[Contract][0:50]
    schema = rows.schema()
    assert schema.field("predecessor_id").nullable and not schema.field("customer_id").nullable
    assert rows.select(["referrer.address.city", "referrer.name"]).schema().field("referrer.name").nullable
    pytest.importorskip("pandas")
    assert rows.to_pandas()["predecessor_id"].isna().any()
    pytest.importorskip("polars")
    assert rows.to_polars()["predecessor_id"].null_count() == rows.to_arrow()["predecessor_id"].null_count
    item = json.dumps(response_schema(Contract.__entity__, "contract"))
    assert '"predecessor_id": {"type": ["string", "null"]' in item


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "jsonl", "parquet", "arrow", "xml", "xlsx"])
def test_files_are_verified_and_checked(world: World, tmp_path: Path, format: str) -> None:
    path = world[Contract][0:300].write(tmp_path / f"contracts.{format}")
    assert verify(path, packs=world.packs).holds
    assert all(finding.holds for finding in check_rows(world[Contract][0:300]))
    findings = check_batches(read_batches(path, packs=world.packs), Contract.__entity__, world)
    assert all(finding.holds for finding in findings)


def test_related_tables_have_nullable_keys_that_resolve(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    write_set(prepare(world, {"energy.customer": 90, "energy.contract": "all"}), folder, "parquet")
    contracts = pq.read_table(folder / "energy_contract.parquet").to_pylist()
    known = {row["contract_id"] for row in contracts}
    named = [row["predecessor_id"] for row in contracts]
    assert len(known) > 90 and None in named and {each for each in named if each is not None} <= known
    sql = (folder / "schema.sql").read_text()
    assert '"predecessor_id" TEXT,' in sql and '"customer_id" TEXT NOT NULL' in sql
    linkage = json.loads((folder / "linkage.json").read_text())
    link = next(link for link in linkage["links"] if link["column"] == "predecessor_id")
    assert link["null"] == named.count(None) and link["orphaned"] == 0
    assert verify(folder, packs=world.packs).holds


def test_explanations_show_what_refers_to_nothing(world: World) -> None:
    for row in range(6):
        document = explain(world, Contract, row, "predecessor.customer.name")
        batch = world[Contract].select(["predecessor.customer.name"]).gather(np.array([row]))
        assert document["value"] == batch[0][0].as_py()
        assert not replay(json.loads(json.dumps(document)), packs=world.packs)


def broken(function: Any, world: World, annotation: Any = Customer) -> DefinitionError:
    @entity("broken")
    class Broken:
        customer: annotation = field(ref(Customer, by=function))  # type: ignore[valid-type]

    with pytest.raises(DefinitionError) as error:
        world[Broken][0:1_000].to_arrow()
    assert error.value.message.startswith("broken.customer ") and error.value.hint
    return error.value


def test_rows_that_are_not_there_are_refused(world: World) -> None:
    error = broken(lambda rows: rows - 1, world)
    assert (
        error.code == "bad_reference" and "row 0 to row -1 of energy.customer, which has the size 512" in error.message
    )
    error = broken(lambda rows: rows * 0 + 600, world)
    assert error.code == "bad_reference" and "in row 0 to row 600" in error.message
    error = broken(lambda rows: np.ma.MaskedArray(rows % 5, rows == 3), world)
    assert error.code == "unexpected_null" and "in row 3" in error.message and '"Customer | None"' in str(error.hint)
    error = broken(lambda rows: np.ma.MaskedArray(rows - 4, rows == 3), world, Customer | None)
    assert error.code == "bad_reference" and "in row 0 to row -4" in error.message


def test_one_to_one_references_go_beyond_the_size(world: World) -> None:
    @entity("card")
    class Card:
        customer: Customer = field(ref(Customer, by=lambda rows: rows))

    assert world[Card][0:700].to_arrow()["customer_id"].to_pylist() == [
        *world[Customer][0:700].to_arrow()["customer_id"].to_pylist()
    ]


@pytest.mark.parametrize(
    ("annotation", "generator", "code", "remedy"),
    [
        (Address, lambda customer: customer.address, "bad_field", 'copy_of("customer.address")'),
        (list[Customer], lambda customer: customer, "bad_field", "children"),
        (str, ref(Customer), "type_mismatch", "annotate"),
        (Customer, children(Contract), "type_mismatch", "list[Entity]"),
        (Address, copy_of("customer.name"), "type_mismatch", "path"),
        (str, embed(Address), "type_mismatch", "annotate"),
    ],
)
def test_an_entity_for_a_value_and_a_value_for_an_entity_are_refused(
    annotation: Any, generator: Any, code: str, remedy: str
) -> None:
    with pytest.raises(DatamimicError) as error:

        @entity("wrong")
        class Wrong:
            customer: Customer = field(ref(Customer))
            place: annotation = field(generator)  # type: ignore[valid-type]

    assert error.value.code == code and "Wrong.place" in error.value.message and remedy in str(error.value.hint)
