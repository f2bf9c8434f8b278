"""Every entity of every pack as XML: valid by the XML Schema that is written beside it, and read as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from datamimic import World, installed_packs, read_batches
from datamimic.checks.checking import check_batches
from datamimic.columns.value_types import to_json
from datamimic.model.arrow import column_from

ENTITIES = sorted(installed_packs().entities())


@pytest.mark.parametrize("entity", ENTITIES)
def test_rows_fit_their_schema_and_are_read_again(entity: str, tmp_path: Path) -> None:
    etree = pytest.importorskip("lxml.etree")
    for locale in ("en_US", "de_DE"):
        rows = World("xml", locale=locale)[entity][0:150]
        path = rows.write(tmp_path / f"{locale}.xml")
        schema = etree.XMLSchema(etree.parse(f"{path}.xsd"))
        schema.assertValid(etree.parse(str(path)))
        batches = list(read_batches(path))
        findings = check_batches(batches, rows.spec, rows.world)
        of_parquet = check_batches(read_batches(rows.write(tmp_path / "rows.parquet")), rows.spec, rows.world)
        assert [(each.check, each.skipped, each.rows) for each in findings] == [
            (each.check, each.skipped, each.rows) for each in of_parquet
        ]
        assert all(each.holds for each in findings)
        objects = [each.to_dict() for each in rows]
        start = 0
        for batch in batches:
            assert batch.schema.names == rows.schema().names
            for field in rows.spec.columns:
                if field.name in batch.schema.names:
                    values = field.kind.objects(column_from(batch.column(field.name), field.kind, field.name))
                    for number, value in enumerate(values, start):
                        assert to_json(value, field.kind) == objects[number][field.name], (number, field.name)
            start += batch.num_rows
        assert start == 150
