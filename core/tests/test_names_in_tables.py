"""Names in tables are the author's: any text, whatever Python calls the field."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.csv as pc
import pytest

from datamimic import (
    DatamimicError,
    Pack,
    Registry,
    World,
    check,
    check_rows,
    entity,
    field,
    hookimpl,
    number,
    ref,
    serial,
)
from datamimic.checks.checking import check_batches
from datamimic.columns import Bools, Ints
from datamimic.related import prepare, write_set


@entity("department", size=10, table="Die Abteilungen")
class Department:
    """A department."""

    number: str = field(serial("D##"), key=True, column="Abt-Nr.")


@entity("member", table="Mitarbeiter/innen")
class Member:
    """Somebody who works there."""

    member: str = field(serial("E####"), key=True, column="class")
    department: Department = field(ref(Department), column="Abt-Nr.")
    age: int = field(number(1, 9), column='Größe in "x"')
    plain: int = field(number(1, 9))


@check(Member, "nobody is older than nine")
def young(age: Ints) -> Bools:
    return age <= 9


class Firm:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("firm", "1", "A firm")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [Department, Member]


WORLD = World("demo", packs=Registry.of(Firm()))
NAMES = ["class", "Abt-Nr.", 'Größe in "x"', "plain"]


def test_tables_show_the_authors_names_and_objects_the_fields() -> None:
    rows = WORLD[Member][0:50]
    assert rows.to_arrow().column_names == NAMES
    one = rows[7]
    assert list(one.to_dict()) == NAMES
    assert one.to_dict()["Abt-Nr."] == one.department_id == one.department.number
    assert Member.from_dict(one.to_dict()) == one
    assert rows.select(["Abt-Nr.", "age"]).to_arrow().column_names == ["Abt-Nr.", "age"]


def test_checks_find_their_columns_in_tables() -> None:
    rows = WORLD[Member][0:50]
    assert all(each.holds and not each.skipped for each in check_rows(rows))
    found = check_batches(rows.batches(), rows.spec, WORLD)
    assert [(each.rows, each.holds, each.skipped) for each in found] == [(50, True, None)] * len(found)


def test_a_set_of_tables_bears_them(tmp_path: Path) -> None:
    written = write_set(prepare(WORLD, {"firm.member": 20}), tmp_path / "set", "csv")
    assert {table.name: table.file for table in written.tables} == {
        "Die Abteilungen": "Die Abteilungen.csv",
        "Mitarbeiter/innen": "Mitarbeiter_innen.csv",
    }
    members = pc.read_csv(tmp_path / "set" / "Mitarbeiter_innen.csv")
    assert members.column_names == NAMES
    schema = {table["name"]: table for table in json.loads((tmp_path / "set" / "schema.json").read_text())}
    [key] = schema["Mitarbeiter/innen"]["foreign_keys"]
    assert key == {"column": "Abt-Nr.", "references": {"table": "Die Abteilungen", "column": "Abt-Nr."}}


def test_a_name_that_stands_for_two_is_refused() -> None:
    with pytest.raises(DatamimicError, match="would both be the column x"):

        @entity("twice")
        class Twice:
            """Two columns of one name."""

            a: int = field(number(1, 2), column="x")
            b: int = field(number(1, 2), column="x")

    with pytest.raises(DatamimicError, match="also the attribute"):

        @entity("clash")
        class Clash:
            """A field that is called as the key of a reference."""

            department: Department = field(ref(Department), column="d")
            department_id: int = field(number(1, 2))
