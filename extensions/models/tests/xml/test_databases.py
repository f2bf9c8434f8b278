"""Databases as sources and targets of XML models: PostgreSQL, MariaDB and SQLite alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from datamimic import DatamimicError
from datamimic_models.xml import run_model

Model = Callable[..., Path]
PART = """
CREATE TABLE part (id {serial}, name varchar(40) NOT NULL, price numeric(9,2), made timestamp NULL, extra {json});
CREATE TABLE pair (a int NOT NULL, b int NOT NULL, note varchar(20), PRIMARY KEY (a, b));
"""
WORDS = {
    "postgresql": {"serial": "bigserial PRIMARY KEY", "json": "jsonb"},
    "mariadb": {"serial": "bigint AUTO_INCREMENT PRIMARY KEY", "json": "json"},
    "sqlite": {"serial": "integer PRIMARY KEY AUTOINCREMENT", "json": "json"},
}


def _element(url: str, kind: str) -> str:
    """The database as the elements of a model say it: part by part, or as one URL."""
    if kind == "sqlite":
        return f'<database id="db" url="{url}"/>'
    said = make_url(url)
    parts = {
        "dbms": "mysql" if kind == "mariadb" else kind, "host": said.host, "port": said.port, "database": said.database,
        "user": said.username, "password": said.password,
    }  # fmt: skip
    said_parts = " ".join(f'{name}="{part}"' for name, part in parts.items() if part)
    return f'<database id="db" {said_parts}/>'


@pytest.mark.parametrize("kind", ["postgresql", "mariadb", "sqlite"])
def test_rows_are_inserted_read_updated_upserted_and_deleted(model: Model, databases: Any, kind: str) -> None:
    with databases.of(kind, PART.format(**WORDS[kind])) as url:
        db = _element(url, kind)

        def run(inner: str) -> dict[str, list[dict[str, Any]]]:
            return run_model(model(db + inner), seed="s")

        def parts() -> list[tuple[Any, ...]]:
            return [tuple(row) for row in databases.answer(url, "SELECT id, name FROM part ORDER BY id")]

        # Numbers of the sequence are those that the database would give; what it gives afterwards is not among them.
        number = '<key name="id" database="db" generator="SequenceTableGenerator"/>'
        first = run(
            f'<generate name="part" count="3" target="db">{number}<key name="name" constant="100% a:b"/>'
            '<key name="price" type="decimal" script="12.5"/><key name="made" script="datetime(2025, 1, 2, 3, 4)"/>'
            '<nestedKey name="extra" type="dict"><key name="k" script="[1, 2]"/></nestedKey></generate>'
            f'<generate name="again" type="part" count="2" target="db">{number}<key name="name" constant="b"/></generate>'
        )
        assert [each["id"] for each in (*first["part"], *first["again"])] == [1, 2, 3, 4, 5]
        run('<generate name="part" count="1" target="db"><key name="name" constant="own"/></generate>')
        assert parts()[-1] == (6, "own")
        read = run(
            '<generate name="x" source="db" type="part" distribution="ordered"/>'
            '<generate name="y" source="db" selector="SELECT id FROM part WHERE name LIKE \'100% a:%\' ORDER BY id DESC"'
            ' distribution="ordered"/>'
            '<generate name="z" count="2"><key name="n" generator="IncrementGenerator"/><variable name="p" source="db"'
            ' iterationSelector="SELECT name FROM part WHERE id = __n__ + 3"/><key name="name" script="p.name"/></generate>'
            '<generate name="w" count="6"><reference name="part" source="db" sourceType="part" sourceKey="id" unique="true"/>'
            "</generate>"
        )
        assert float(read["x"][0]["price"]) == 12.5 and read["x"][0]["made"].isoformat() == "2025-01-02T03:04:00"
        assert [each["id"] for each in read["y"]] == [3, 2, 1]
        assert [each["name"] for each in read["z"]] == ["b", "b"]
        assert sorted(each["part"] for each in read["w"]) == [1, 2, 3, 4, 5, 6]
        change = (
            '<generate name="part" source="db" selector="select id, name from part where id &lt; 3" target="db.update">'
            '<key name="name" script="\'changed \' + str(id)"/></generate>'
            '<generate name="more" type="part" count="2" target="db.upsert">'
            '<variable name="at" generator="IncrementGenerator(start=0)"/><key name="id" script="[2, 9][more.at]"/>'
            '<key name="name" constant="up"/></generate>'
            '<generate name="part" count="1" target="db.delete"><key name="id" script="4"/></generate>'
            '<generate name="pair" count="4" target="db.upsert"><key name="a" values="1,2" distribution="ordered"/>'
            '<key name="b" script="7"/><key name="note" script="str(a)"/></generate>'
        )
        run(change)
        changed = [(1, "changed 1"), (2, "up"), (3, "100% a:b"), (5, "b"), (6, "own"), (9, "up")]
        assert parts() == changed
        assert [tuple(row) for row in databases.answer(url, "SELECT a, b, note FROM pair ORDER BY a")] == [
            (1, 7, "1"), (2, 7, "2"),
        ]  # fmt: skip
        # All or nothing, whatever fails after it.
        with pytest.raises(DatamimicError, match="no"):
            run(change + '<generate name="part" count="1"><assert condition="False" message="no"/></generate>')
        assert parts() == changed
        with pytest.raises(DatamimicError) as caught:
            run(
                '<generate name="part" count="2" target="db"><key name="id" script="1"/>'
                '<key name="name" constant="x"/></generate>'
            )
        assert caught.value.code == "models.bad_database" and caught.value.line == 1 and parts() == changed


@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
def test_a_sequence_by_its_name(model: Model, databases: Any, kind: str) -> None:
    with databases.of(kind, "CREATE SEQUENCE invoice_no START WITH 500 INCREMENT BY 10") as url:
        inner = (
            f'{_element(url, kind)}<generate name="invoice" count="3"><key name="no" database="db"'
            " generator=\"SequenceTableGenerator(sequence='invoice_no')\"/></generate>"
        )
        assert [each["no"] for each in run_model(model(inner))["invoice"]] == [500, 510, 520]
        with pytest.raises(DatamimicError) as caught:
            run_model(model(inner.replace("invoice_no'", "invoice_nr'")))
        assert caught.value.code == "models.bad_sequence" and "invoice_nr" in caught.value.message


SCRIPTS = {
    "postgresql": "CREATE FUNCTION one() RETURNS int AS $$ BEGIN RETURN 1; END; $$ LANGUAGE plpgsql;"
    " DO $$ BEGIN PERFORM one(); END $$;",
    "mariadb": "CREATE PROCEDURE one() BEGIN SELECT 1; IF 1 THEN SELECT 2; END IF; END; BEGIN; COMMIT;",
    "sqlite": "CREATE TRIGGER one AFTER INSERT ON child BEGIN UPDATE part SET price = 7 WHERE id = new.part; SELECT 1; END;",
}


@pytest.mark.parametrize("kind", ["postgresql", "mariadb", "sqlite"])
def test_rows_below_rows_that_they_refer_to_documents_and_scripts(model: Model, databases: Any, kind: str) -> None:
    tables = """CREATE TABLE child (id int PRIMARY KEY, part bigint NOT NULL REFERENCES part (id));
        CREATE TABLE leaf (child int NOT NULL, FOREIGN KEY (child) REFERENCES child (id));"""
    with databases.of(kind, PART.format(**WORDS[kind])) as url:
        script = f"-- begins; here\n{tables}\n{SCRIPTS[kind]}\nINSERT INTO part (id, name) VALUES (90, 'a;b''c');"
        if kind == "sqlite":
            script = f"PRAGMA foreign_keys = ON; {script}"
        path = model(
            f"""{_element(url, kind)}<execute uri="own.sql" target="db"/>
            <generate name="part" count="3" target="db"><key name="id" generator="IncrementGenerator"/>
              <key name="name" constant="x"/>
              <nestedKey name="extra" type="dict"><key name="l" script="[id, 2]"/></nestedKey>
              <generate name="child" count="2" target="db"><variable name="n" generator="IncrementGenerator"/>
                <key name="id" script="part.id * 10 + n"/><key name="part" script="part.id"/>
                <generate name="leaf" count="1" target="db"><key name="child" script="child.id"/></generate>
              </generate></generate>
            <generate name="read" source="db" selector="select count(*) as many from leaf"/>""",
            own__sql=script,
        )
        assert run_model(path, trust=True)["read"] == [{"many": 6}]
        asked = {
            "postgresql": "(extra->'l'->>0)::int",
            "mariadb": "json_value(extra, '$.l[0]')",
            "sqlite": "json_extract(extra, '$.l[0]')",
        }
        found = databases.answer(url, f"SELECT id, name, {asked[kind]} FROM part ORDER BY id")
        assert [(row[0], row[1], row[2] and int(row[2])) for row in found] == [
            (1, "x", 1), (2, "x", 2), (3, "x", 3), (90, "a;b'c", None),
        ]  # fmt: skip


def test_fields_that_a_table_does_not_have_are_left_out_and_told(model: Model, databases: Any) -> None:
    with databases.of("sqlite", "CREATE TABLE part (id integer PRIMARY KEY, name text)") as url:
        inner = (
            '<generate name="part" count="2" target="db"><key name="{}" generator="IncrementGenerator"/>'
            '<key name="nam" constant="x"/></generate>'
        )
        told: list[str] = []
        path = model(f'<database id="db" url="{url}"/>{inner.format("id")}')
        assert len(run_model(path, say=told.append)["part"][0]) == 2
        assert databases.answer(url, "SELECT id, name FROM part") == [(1, None), (2, None)]
        assert [each.partition(" ")[2] for each in told] == [
            "nam is left out: part has no such column; did you mean name?"
        ]
        with pytest.raises(DatamimicError) as caught:
            run_model(model(f'<database id="db" url="{url}"/>{inner.format("no")}'))
        assert caught.value.code == "models.unknown_column"
