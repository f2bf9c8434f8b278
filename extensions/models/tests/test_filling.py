"""Databases filled under their own constraints: nothing violated, nothing hollow, all or nothing, the same again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from datamimic import DatamimicError
from datamimic_models.filling.filling import Report, Wanted, fill
from datamimic_models.model import Mistakes
from datamimic_models.reading.database import engine_of, read_connection, schemas_of

SHOP = """
CREATE TABLE shop (shop_id int PRIMARY KEY, code varchar(5) NOT NULL UNIQUE, kind char(1) NOT NULL CHECK (kind IN ('a', 'b')),
  opened date NOT NULL, closed date, boss int NOT NULL, CHECK (closed > opened), CHECK (opened >= '2001-01-01'));
CREATE TABLE worker (worker_id int PRIMARY KEY, shop int NOT NULL REFERENCES shop (shop_id), name varchar(30) NOT NULL,
  above int REFERENCES worker (worker_id), pay decimal(9,2) NOT NULL CHECK (pay BETWEEN 1000 AND 2000), bonus decimal(9,2),
  kind varchar(9) NOT NULL CHECK (kind IN ('temp', 'fixed')), until date, CHECK (bonus <= pay * 0.5),
  CHECK ((kind = 'temp') = (until IS NOT NULL)));
CREATE TABLE skill (skill_id int PRIMARY KEY, name varchar(20) NOT NULL UNIQUE);
CREATE TABLE worker_skill (worker int NOT NULL REFERENCES worker (worker_id), skill int NOT NULL REFERENCES skill (skill_id),
  level int NOT NULL CHECK (level > 0 AND level < 6), PRIMARY KEY (worker, skill));
CREATE TABLE sale (shop int NOT NULL REFERENCES shop (shop_id), line int NOT NULL CHECK (line >= 1), price int NOT NULL
  CHECK (price > 0), pieces int NOT NULL CHECK (pieces BETWEEN 1 AND 9), total int NOT NULL, PRIMARY KEY (shop, line),
  CHECK (total = price * pieces));
"""
CIRCLE = "ALTER TABLE shop ADD CONSTRAINT shop_boss FOREIGN KEY (boss) REFERENCES worker (worker_id);"


def violations(url: str) -> list[str]:
    """What a constraint forbids, asked of the database row by row; and keys that are always null or always the same."""
    found = []
    with engine_of(url).connect() as connection:
        schema = read_connection(connection, schemas_of(connection), Mistakes())
        quote = connection.dialect.identifier_preparer.quote

        def count(query: str) -> int:
            escaped = query if connection.dialect.name == "sqlite" else query.replace("%", "%%")
            return int(connection.exec_driver_sql(escaped).scalar() or 0)

        for table in schema.tables:
            name = ".".join(quote(part) for part in (table.schema, table.name) if part)
            if not count(f"SELECT count(*) FROM {name}"):
                found.append(f"{table} is empty")
            for check in table.checks:
                if count(f"SELECT count(*) FROM {name} WHERE NOT ({check.expression})"):
                    found.append(f"{table}: {check.expression}")
            for key in table.foreign_keys:
                parent = schema.parent(table, key)
                whole = ".".join(quote(part) for part in (parent.schema, parent.name) if part)
                columns = list(zip(key.columns, schema.parent_columns(table, key), strict=True))
                on = " AND ".join(f"c.{quote(a)} = p.{quote(b)}" for a, b in columns)
                there = " AND ".join(f"c.{quote(a)} IS NOT NULL" for a in key.columns)
                missing = f"NOT EXISTS (SELECT 1 FROM {whole} p WHERE {on})"
                if count(f"SELECT count(*) FROM {name} c WHERE {there} AND {missing}"):
                    found.append(f"{table}: {key.columns} refers to nothing")
                if count(f"SELECT count(DISTINCT c.{quote(key.columns[-1])}) FROM {name} c WHERE {there}") < 2:
                    found.append(f"{table}: {key.columns} is hollow")
    return found


def sakila(text: str) -> str:
    """Without what a client makes of the script."""
    text = text[: text.index("-- View structure")]
    text = re.sub(r"(?m)^(DROP SCHEMA|CREATE SCHEMA|USE|DELIMITER).*$", "", text).replace("END;;", "END;")
    return re.sub(r"(?s)CREATE TRIGGER `upd_film`.*?END;\s*\n\s*END;", "", text)


def tables(report: Report) -> dict[str, int]:
    return {each.table.rpartition(".")[2]: each.rows for each in report.tables}


@pytest.mark.parametrize("kind", ["postgresql", "mariadb", "sqlite"])
def test_a_shop_is_filled_and_added_to(kind: str, databases: Any) -> None:
    statements = SHOP if kind == "sqlite" else SHOP + CIRCLE
    with databases.of(kind, statements) as url:
        report = fill(url, Wanted(rows=200, tables={"sale": 500}))
        assert tables(report) == {"shop": 200, "worker": 200, "skill": 200, "worker_skill": 200, "sale": 500}
        assert violations(url) == []
        assert not any(each.tested for each in report.tables)
        again = fill(url, Wanted(rows=100))
        assert {each.held for each in again.tables} == {200, 500}
        assert violations(url) == []
        [(parents,)] = databases.answer(url, "SELECT count(*) FROM worker WHERE worker_id > 200 AND shop <= 200")
        assert isinstance(parents, int) and parents > 0  # rows that were there have new children


KEYS = {
    "chinook.pg.sql": 11, "northwind.pg.sql": 13, "omop54.pg.sql": 176, "pagila.pg.sql": 21, "synthea.pg.sql": 28,
    "torture.pg.sql": 10,
}  # fmt: skip
"""Foreign keys, as a file of the schema says them too."""


@pytest.mark.parametrize("name", KEYS)
def test_shared_schemas_of_postgresql_are_filled(name: str, databases: Any) -> None:
    statements = re.sub(r"(?m)^(ALTER .* OWNER TO|.*set_config\().*;$", "", databases.shared(name))
    with databases.postgresql(statements) as url:
        with engine_of(url).connect() as connection:
            schema = read_connection(connection, schemas_of(connection), Mistakes())
        assert sum(len(each.foreign_keys) for each in schema.tables) == KEYS[name]
        fill(url, Wanted(rows=200))
        assert violations(url) == []
        fill(url, Wanted(rows=50, seed="more"))
        assert violations(url) == []


def test_what_is_rare_in_postgresql_is_filled_and_added_to(databases: Any) -> None:
    statements = """
        CREATE EXTENSION IF NOT EXISTS btree_gist;
        CREATE TYPE place AS (street text, zip int, since date);
        CREATE TABLE person (id int PRIMARY KEY, home place NOT NULL, was place[], spot box NOT NULL,
          web text NOT NULL CHECK (web LIKE 'https://%'),
          slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(?:-[a-z0-9]+)*$'));
        CREATE TABLE section (id int PRIMARY KEY, parent int REFERENCES section, place int NOT NULL,
          UNIQUE NULLS NOT DISTINCT (parent, place));
        CREATE TABLE stay (id int PRIMARY KEY, person int NOT NULL REFERENCES person, bed int NOT NULL CHECK (bed < 9),
          during daterange NOT NULL, EXCLUDE USING gist (person WITH =, during WITH &&),
          EXCLUDE USING gist (bed WITH =, during WITH &&));
        CREATE TABLE tariff (id int PRIMARY KEY, hour int NOT NULL CHECK (hour > 0), day int NOT NULL,
          CHECK (day >= 4 * hour AND day <= 24 * hour));
        CREATE TABLE course (id int PRIMARY KEY);
        CREATE TABLE taken (course int REFERENCES course, person int REFERENCES person, PRIMARY KEY (course, person));
        CREATE TABLE exam (id int PRIMARY KEY, course int NOT NULL REFERENCES course, UNIQUE (id, course));
        CREATE TABLE result (exam int, course int, person int, PRIMARY KEY (exam, person),
          FOREIGN KEY (exam, course) REFERENCES exam (id, course), FOREIGN KEY (course, person) REFERENCES taken);
    """
    with databases.postgresql(statements) as url:
        for seed in ("one", "two"):
            fill(url, Wanted(rows=60, seed=seed))
            assert violations(url) == []
        counted = "count(DISTINCT web), count(DISTINCT home), max((home).since) > min((home).since), count(DISTINCT spot::text)"
        [(webs, homes, spread, spots)] = databases.answer(url, f"SELECT {counted} FROM person")
        assert min(webs, homes, spots) > 20 and spread
        assert databases.answer(url, "SELECT max(hour) < 2000 FROM tariff") == [(True,)]
        assert databases.answer(url, "SELECT count(*) > 20, count(course) = count(*) FROM result") == [(True, True)]


def test_every_partition_has_rows_and_texts_in_a_form_keep_their_meaning(databases: Any) -> None:
    statements = """
        CREATE TABLE reading (id bigint, at timestamptz, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
        CREATE TABLE reading_a PARTITION OF reading FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
        CREATE TABLE reading_b PARTITION OF reading FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
        CREATE TABLE part (id int PRIMARY KEY) PARTITION BY RANGE (id);
        CREATE TABLE part_a PARTITION OF part FOR VALUES FROM (1) TO (10000);
        CREATE TABLE part_b PARTITION OF part FOR VALUES FROM (10000) TO (MAXVALUE);
        CREATE TABLE of_part (part int NOT NULL REFERENCES part);
        CREATE TABLE sale (tenant int, day date NOT NULL, PRIMARY KEY (tenant, day)) PARTITION BY RANGE (tenant, day);
        CREATE TABLE sale_a PARTITION OF sale FOR VALUES FROM (1, '2024-01-01') TO (1, '2025-01-01');
        CREATE TABLE sale_b PARTITION OF sale FOR VALUES FROM (1, '2025-01-01') TO (1, '2026-01-01');
        CREATE TABLE sale_c PARTITION OF sale FOR VALUES FROM (2, MINVALUE) TO (2, MAXVALUE);
        CREATE TABLE event (at date, state text) PARTITION BY RANGE (at);
        CREATE TABLE event_a PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
        CREATE TABLE event_b PARTITION OF event DEFAULT;
        CREATE TABLE task (state text NOT NULL) PARTITION BY LIST (state);
        CREATE TABLE task_a PARTITION OF task FOR VALUES IN ('open', 'new');
        CREATE TABLE task_b PARTITION OF task DEFAULT;
        CREATE TABLE person (id int PRIMARY KEY, mail text NOT NULL UNIQUE CHECK (mail = lower(mail)),
          work_email text NOT NULL CHECK (work_email ~* '^[A-Z0-9._%+-]+@[A-Z0-9.-]+[.][A-Z]{2,}$'),
          last_name text NOT NULL CHECK (last_name = upper(trim(last_name))));
    """
    with databases.postgresql(statements) as url:
        report = fill(url, Wanted(rows=60))
        assert violations(url) == [] and not report.mistakes.found
        for parts in (
            "reading_a reading_b",
            "part_a part_b",
            "sale_a sale_b sale_c",
            "event_a event_b",
            "task_a task_b",
        ):
            for each in parts.split():
                assert databases.answer(url, f"SELECT count(*) > 5 FROM {each}") == [(True,)], each
        people = databases.answer(url, "SELECT mail, work_email, last_name FROM person")
        assert all(re.fullmatch(r"\S+@\S+[.]example[.]\w+", address) for row in people for address in row[:2])
        assert len({name for *_, name in people}) > 20 and sum(" " in name for *_, name in people) < 12


def test_sakila_is_filled_in_mariadb(databases: Any) -> None:
    with databases.mariadb(sakila(databases.shared("sakila.mysql.sql"))) as url:
        report = fill(url, Wanted(rows=150, tables={"rental": 600}))
        assert [each.code for each in report.mistakes.found] == ["models.filled_by_trigger"]
        assert violations(url) == []


def test_sakila_is_filled_in_sqlite(databases: Any) -> None:
    with databases.sqlite(databases.shared("sakila.sqlite.sql")) as url:
        fill(url, Wanted(rows=150, tables={"rental": 600}))
        assert violations(url) == []


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(databases: Any) -> None:
    found = []
    for seed in ("one", "one", "two"):
        with databases.sqlite(SHOP) as url:
            fill(url, Wanted(rows=60, seed=seed))
            found.append(
                [databases.answer(url, f"SELECT * FROM {name} ORDER BY 1, 2") for name in ("shop", "worker", "sale")]
            )
            (databases.folder / "filled.db").unlink()
    assert found[0] == found[1] != found[2]


def test_a_dry_run_shows_rows_and_changes_nothing(databases: Any) -> None:
    with databases.sqlite(SHOP) as url:
        report = fill(url, Wanted(rows=60, dry_run=True))
        assert {len(each.sample) for each in report.tables} == {10}
        assert databases.answer(url, "SELECT count(*) FROM shop") == [(0,)]


@pytest.mark.parametrize("kind", ["postgresql", "mariadb", "sqlite"])
def test_nothing_is_changed_when_it_fails(kind: str, databases: Any) -> None:
    last = {
        "sqlite": "CREATE TRIGGER no BEFORE INSERT ON sale WHEN new.line = 1 BEGIN SELECT RAISE(ABORT, 'not today'); END;",
        "mariadb": "CREATE TRIGGER no BEFORE INSERT ON sale FOR EACH ROW "
        "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not today';",
        "postgresql": "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not today'; END $$;"
        "CREATE TRIGGER no BEFORE INSERT ON sale FOR EACH ROW EXECUTE FUNCTION no();",
    }[kind]
    with databases.of(kind, SHOP + last) as url:
        with pytest.raises(DatamimicError, match="not today") as caught:
            fill(url, Wanted(rows=60))
        assert caught.value.code == "models.fill_refused"
        assert databases.answer(url, "SELECT count(*) FROM shop") == [(0,)]


def test_a_check_that_is_not_understood_is_tested_and_named_where_it_cannot_be_held(databases: Any) -> None:
    statements = """
        CREATE FUNCTION mine(n int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n % 3 = 0';
        CREATE FUNCTION never(n int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n < 0';
        CREATE TABLE a (id serial PRIMARY KEY, n int NOT NULL CHECK (mine(n)));
        CREATE TABLE b (id serial PRIMARY KEY, n int NOT NULL CHECK (n > 0), CONSTRAINT dark CHECK (never(n)));
    """
    with databases.postgresql(statements) as url:
        report = fill(url, Wanted(rows=200, exclude=["b"]))
        assert report.tables[0].tested == ("mine(n)",)
        assert databases.answer(url, "SELECT count(*) FROM a WHERE mine(n)") == [(200,)]
        with pytest.raises(DatamimicError, match=r"dark never\(n\)") as caught:
            fill(url, Wanted(rows=20))
        assert caught.value.code == "models.check_unsatisfied"
        assert databases.answer(url, "SELECT count(*) FROM a") == [(200,)]


def test_sequences_go_on_after_the_rows_and_identities_take_what_is_given(databases: Any) -> None:
    statements = """
        CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n serial, up text GENERATED ALWAYS AS ('x') STORED);
        CREATE TABLE "B %" ("a Id" int NOT NULL REFERENCES a, "Key" bigserial PRIMARY KEY, mood text);
    """
    with databases.postgresql(statements) as url:
        fill(url, Wanted(rows=30))
        databases.run(url, """INSERT INTO a DEFAULT VALUES; INSERT INTO "B %" ("a Id") VALUES (1);""")
        assert databases.answer(url, "SELECT max(id), max(n), min(up) FROM a") == [(31, 31, "x")]
        assert databases.answer(url, 'SELECT max("Key") FROM "B %"') == [(31,)]


def test_keys_allow_no_more_rows_than_they_have(databases: Any) -> None:
    statements = """
        CREATE TABLE kind (code text PRIMARY KEY CHECK (code IN ('a', 'b', 'c')));
        CREATE TABLE one (kind text PRIMARY KEY REFERENCES kind (code), n int UNIQUE CHECK (n BETWEEN 1 AND 9));
    """
    with databases.sqlite(statements) as url:
        report = fill(url, Wanted(rows=50))
        assert tables(report) == {"kind": 3, "one": 3}
        assert {each.code for each in report.mistakes.found} == {"models.fewer_rows"}
        with pytest.raises(DatamimicError, match="can have 0 more rows, not 5") as caught:
            fill(url, Wanted(rows=1, tables={"kind": 5}))
        assert caught.value.code == "models.too_many_rows"


@pytest.mark.parametrize(
    ("statements", "wanted", "code"),
    [
        ("CREATE TABLE a (n int NOT NULL CHECK (n > 5 AND n < 3));", Wanted(), "models.check_unsatisfiable"),
        ("CREATE TABLE a (n int);", Wanted(tables={"aa": 3}), "models.unknown_table"),
        ("CREATE TABLE a (n int);", Wanted(exclude=["a"]), "models.no_tables"),
        ("CREATE TABLE a (n int PRIMARY KEY); CREATE TABLE b (n int NOT NULL REFERENCES a (n));",
         Wanted(exclude=["a"], tables={"b": 5}), "models.too_many_rows"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_before_anything_is_loaded(
    statements: str, wanted: Wanted, code: str, databases: Any
) -> None:
    with databases.sqlite(statements) as url:
        with pytest.raises(DatamimicError) as caught:
            fill(url, wanted)
        assert caught.value.code == code


def test_databases_that_cannot_be_reached_are_told(databases: Any) -> None:
    for url, code in [
        (f"sqlite:///{databases.folder / 'none.db'}", "models.database_unreachable"),
        ("postgresql://nobody:secret@localhost:1/x", "models.database_unreachable"),
        ("oracle://x", "models.database_url"),
        ("what", "models.database_url"),
    ]:
        with pytest.raises(DatamimicError) as caught:
            fill(url, Wanted())
        assert caught.value.code == code
        assert "secret" not in str(caught.value)


def test_partial_and_folded_unique_columns_hold(databases: Any) -> None:
    statements = """
        CREATE TABLE account (id serial PRIMARY KEY, owner int NOT NULL CHECK (owner BETWEEN 1 AND 20),
          is_main boolean NOT NULL, mail varchar(12) NOT NULL);
        CREATE UNIQUE INDEX main ON account (owner) WHERE is_main;
        CREATE UNIQUE INDEX folded ON account (lower(mail));
    """
    with databases.postgresql(statements) as url:
        fill(url, Wanted(rows=300))
        [(owners, most)] = databases.answer(
            url, "SELECT count(DISTINCT owner), count(*) FILTER (WHERE is_main) FROM account"
        )
        assert owners == 20 and isinstance(most, int) and 2 <= most <= 20


def test_names_that_make_sense_are_unique_with_others_and_within_larger_keys(databases: Any) -> None:
    statements = """
    CREATE TABLE users (user_id int PRIMARY KEY, last_name varchar(30) NOT NULL, kind char(1) NOT NULL
      CHECK (kind IN ('a', 'b')), UNIQUE (last_name, kind));
    CREATE TABLE visit (rev int NOT NULL, comment_id bigint NOT NULL, PRIMARY KEY (rev, comment_id), UNIQUE (rev));
    """
    with databases.of("sqlite", statements) as url:
        report = fill(url, Wanted(rows=400))
        assert tables(report) == {"users": 400, "visit": 400}
        assert violations(url) == []


RARE = {
    "postgresql": """
CREATE TABLE rate (base char(3), quote char(3), at date, PRIMARY KEY (base, quote, at), CHECK (base < quote));
CREATE TABLE paper (id int PRIMARY KEY, issued date NOT NULL, expires date NOT NULL, keys jsonb NOT NULL CHECK (keys ? 'kind'),
  code text CHECK (left(code, 2) = 'AB'), per int CHECK (per % 1000 = 0), CHECK (expires = issued + interval '10 years'));
CREATE TABLE item (paper int NOT NULL REFERENCES paper, pos smallint NOT NULL CHECK (pos % 10 = 0 AND pos > 0),
  PRIMARY KEY (paper, pos));
CREATE TABLE seen (id bigserial, at timestamptz NOT NULL, PRIMARY KEY (id, at));
CREATE TABLE tariff (product text, age int4range, PRIMARY KEY (product, age), EXCLUDE USING gist (age WITH &&));
CREATE TABLE account (iban varchar(34) PRIMARY KEY CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'), other_iban text);
""",
    "mariadb": """
CREATE TABLE tour (id int PRIMARY KEY, day DATE NOT NULL, start DATETIME NOT NULL, eta DATETIME NOT NULL, done DATETIME,
  CHECK (DATE(start) = day), CHECK (DATE(eta) <= day), CHECK (TIMESTAMPDIFF(MINUTE, eta, done) BETWEEN -60 AND 240));
""",
    "sqlite": "CREATE TABLE talk (id INTEGER PRIMARY KEY, starts TEXT CHECK (starts IS time(starts)));",
}


@pytest.mark.parametrize("kind", RARE)
def test_what_checks_ask_of_days_orders_steps_and_keys_is_solved(kind: str, databases: Any) -> None:
    with databases.of(kind, RARE[kind]) as url:
        report = fill(url, Wanted(rows=60, seed="s"))
        assert violations(url) == [] and {each.tested for each in report.tables} <= {(), ("(base < quote)",)}
        if kind == "sqlite":
            assert databases.answer(url, "SELECT count(DISTINCT starts) > 20 FROM talk") == [(1,)]
        if kind == "postgresql":
            several = "SELECT (SELECT count(DISTINCT id) FROM seen), (SELECT count(DISTINCT per) > 5 FROM paper),"
            assert databases.answer(url, several + " (SELECT count(DISTINCT code) > 9 FROM paper)") == [
                (60, True, True)
            ]
            for (text,) in databases.answer(url, "SELECT iban FROM account UNION SELECT other_iban FROM account"):
                assert text is None or int("".join(str(int(each, 36)) for each in text[4:] + text[:4])) % 97 == 1


def test_bytes_have_the_length_that_is_asked_and_parents_are_those_that_checks_allow(databases: Any) -> None:
    """Of hundreds of kinds, children may refer to three; what a trigger's routine inserts is left to it."""
    statements = """
        CREATE DOMAIN digest AS bytea CHECK (VALUE IS NULL OR octet_length(VALUE) = 20);
        CREATE TABLE kind (id smallint PRIMARY KEY);
        CREATE TABLE thing (id digest PRIMARY KEY, other digest, kind_id smallint NOT NULL REFERENCES kind,
          part bytea NOT NULL CHECK (length(part) <= 3), CHECK (kind_id IN (7, 8, 9)));
        CREATE TABLE log (id serial PRIMARY KEY, said text NOT NULL);
        CREATE FUNCTION note(said text) RETURNS void LANGUAGE sql AS 'INSERT INTO log (said) VALUES (said)';
        CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM note('x'); RETURN NEW; END $$;
        CREATE TRIGGER each_one AFTER INSERT ON thing FOR EACH ROW EXECUTE FUNCTION noted();
    """
    with databases.postgresql(statements) as url:
        report = fill(url, Wanted(rows=300))
        assert {each.table.rpartition(".")[2] for each in report.tables} == {"kind", "thing"}
        assert databases.answer(url, "SELECT count(DISTINCT kind_id), count(DISTINCT other) > 200 FROM thing") == [
            (3, True)
        ]
        assert databases.answer(url, "SELECT count(*) FROM log") == [(300,)]


SCHEMAS = Path(__file__).parent / "schemas"
KINDS = {"pg": "postgresql", "maria": "mariadb", "sqlite": "sqlite"}
ONE_VALUE = {"('id', 'kind')"}
"""Keys that checks leave one value of, in their last column: a dog is an animal of the kind dog."""


def files() -> list[Path]:
    return sorted(SCHEMAS.glob("*.sql"))


def always_null(url: str) -> list[str]:
    found = []
    with engine_of(url).connect() as connection:
        schema = read_connection(connection, schemas_of(connection), Mistakes())
        quote = connection.dialect.identifier_preparer.quote
        for table in schema.tables:
            name = ".".join(quote(part) for part in (table.schema, table.name) if part)
            counted = ", ".join(f"count({quote(each.name)})" for each in table.columns)
            counts = connection.exec_driver_sql(f"SELECT {counted} FROM {name}").one()
            found += [f"{table}.{each.name}" for each, count in zip(table.columns, counts, strict=True) if not count]
    return found


def filled(file: Path, rows: int, databases: Any) -> None:
    kind = KINDS[file.suffixes[-2][1:]]
    with databases.of(kind, file.read_text(encoding="utf-8")) as url:
        fill(url, Wanted(rows=rows, seed="schemas"))
        wrong = [each for each in violations(url) if not any(key in each for key in ONE_VALUE)]
        assert wrong == []
        assert always_null(url) == []
        fill(url, Wanted(rows=rows // 2, seed="more"))  # beside rows that are there
        assert [each for each in violations(url) if not any(key in each for key in ONE_VALUE)] == []


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.name))
def test_a_schema_is_filled_and_added_to(file: Path, databases: Any) -> None:
    filled(file, 150, databases)


@pytest.mark.thorough
@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.name))
def test_a_schema_of_ten_thousand_rows_is_filled(file: Path, databases: Any) -> None:
    filled(file, 10_000, databases)
