"""The scanner, and what it says of what this pack makes."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner

from datamimic import World
from datamimic_pack_common.safety import suspicion, suspicions
from datamimic_pack_common.scan_command import scan

COUNTRIES = ("US", "DE", "VN", "GB", "FR", "ES", "BR", "IN", "JP", "CA")


def found(country: str, entity: str, count: int, **options: object) -> list:
    world = World("safety", country, options={entity: options} if options else None)
    return list(suspicions(world[entity][0:count].to_arrow().to_batches()))


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("entity", ["common.person", "common.address", "common.company"])
def test_nothing_made_by_default_might_be_somebodys(country: str, entity: str) -> None:
    assert found(country, entity, 3_000) == []


@pytest.mark.parametrize("country", ["US", "DE", "GB", "FR", "ES", "CA"])
def test_the_scanner_sees_numbers_that_may_be_somebodys(country: str) -> None:
    seen = found(country, "common.person", 200, identifiers="valid")
    columns = {each.column for each in seen}
    assert {"social_security_number", "national_id"} & columns
    # Spain's plan has no block of mobile numbers that is safe.
    assert {"phone"} <= columns if country == "ES" else {"phone", "mobile_phone"} <= columns


@pytest.mark.parametrize(
    "text",
    [
        "anna@gmail.com", "write to jo.doe@web.de, please", "https://www.google.com/x",
        "+49 30 1234567", "'+1 212-736-5000", "219-09-9999",
        "15070649C103", "AB123456C", "12345678Z", "185017500112325", "446-454-286", "02180369O524", "194119710597231",
    ],
)  # fmt: skip
def test_suspicious(text: str) -> None:
    assert suspicion(text)


@pytest.mark.parametrize(
    "text",
    [
        "anna@mail.example.com", "https://keldane.example/about", "http://localhost:80/", "+1 212-555-0123",
        "+44 20 7946 0018",
        "'+44 20 7946 0018", "900-12-3456", "666-12-3456", "QQ123456C", "2025-01-31", "12 Main Street",
        "99150706C103", "32180369O529", "194119719897254", "194110195497245", "99999999R", "",
    ],
)  # fmt: skip
def test_not_suspicious(text: str) -> None:
    assert suspicion(text) is None


def test_nested_cells_are_seen() -> None:
    table = pa.table({"contact": [{"mail": "a@example.org"}, {"mail": "a@b.de"}], "tags": [["x"], ["c@d.fr"]]})
    assert [(each.column, each.row) for each in suspicions(table.to_batches())] == [("contact.mail", 1), ("tags", 1)]


def test_dm_scan_names_what_it_found(tmp_path: Path) -> None:
    file = tmp_path / "people.jsonl"
    file.write_text(json.dumps({"mail": "a@b.de", "phone": "+1 212-555-0123"}) + "\n", encoding="utf-8")
    result = CliRunner().invoke(scan, [str(file)])
    assert result.exit_code == 1
    assert "mail" in result.output and "phone" not in result.output
    file.write_text(json.dumps({"mail": "a@example.com"}) + "\n", encoding="utf-8")
    result = CliRunner().invoke(scan, [str(file)])
    assert result.exit_code == 0
    assert "Nothing" in result.output
