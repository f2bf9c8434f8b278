"""SQL schemas: what statements say of tables arrives in the model, with places; whole dumps go through; nothing crashes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic import DatamimicError
from datamimic_models import Model as RunnableModel
from datamimic_models.explaining import explained as explained_plan
from datamimic_models.model import ColumnType, Mistakes, Model, Place
from datamimic_models.reading.sql_schema import dialect_of, read_sql_schema, read_statements
from datamimic_models.rules.ranges import Range
from datamimic_models.rules.text_patterns import Pattern
from datamimic_models.schemas.schema import Dialect, SqlSchema
from datamimic_models.schemas.to_model import to_model

CORPUS = Path(__file__).parents[4] / "shared" / "corpora" / "ddl"
SHAPES = {  # tables, columns, foreign keys
    "chinook.pg.sql": (11, 64, 11),
    "northwind.pg.sql": (14, 92, 13),
    "omop54.pg.sql": (39, 432, 176),
    "pagila.pg.sql": (15, 87, 21),
    "sakila.mysql.sql": (16, 89, 22),
    "sakila.sqlite.sql": (16, 89, 22),
    "synthea.pg.sql": (16, 171, 28),
    "torture.pg.sql": (9, 47, 10),
}


def read(text: str, dialect: Dialect = "postgres") -> tuple[SqlSchema, Mistakes]:
    mistakes = Mistakes()
    return read_statements(text, dialect, mistakes, "shop.sql"), mistakes


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared schemas are not beside the checkout")
def test_the_shared_schemas_are_read_without_an_error(name: str) -> None:
    mistakes = Mistakes()
    model = read_sql_schema(CORPUS / name, mistakes)
    assert mistakes.errors == []
    keys = sum(len(each.foreign_keys) for each in model.tables)
    assert (len(model.tables), sum(len(each.columns) for each in model.tables), keys) == SHAPES[name]
    assert dialect_of("a.sql", (CORPUS / name).read_text()) == dialect_of(name, "")


def test_a_dump_of_postgresql_says_all_that_it_says_of_a_table() -> None:
    schema, mistakes = read(
        """
        CREATE TYPE mood AS ENUM ('glad', 'it''s so so');
        CREATE DOMAIN pct AS numeric(5,2) NOT NULL CHECK (VALUE BETWEEN 0 AND 100);
        CREATE TABLE public."Shop" (id integer NOT NULL, "Open" time, mood public.mood DEFAULT 'glad'::public.mood, share pct);
        ALTER TABLE ONLY public."Shop" ADD CONSTRAINT shop_pkey PRIMARY KEY (id);
        CREATE TABLE item (
            no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            shop int REFERENCES "Shop" ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
            net numeric(12,2) NOT NULL CHECK (net >= 0), gross numeric GENERATED ALWAYS AS (net * 1.2) STORED, tags text[],
            during tstzrange, at timestamptz DEFAULT now() NOT NULL, code character varying(8) COLLATE "C" UNIQUE,
            EXCLUDE USING gist (shop WITH =, during WITH &&) WHERE (net > 0),
            CONSTRAINT dear CHECK (net < 1000 OR shop IS NOT NULL)
        ) PARTITION BY RANGE (at);
        CREATE TABLE item_1 PARTITION OF item FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
        CREATE UNIQUE INDEX once ON item USING btree (shop, lower(code)) WHERE (net > 5);
        COMMENT ON TABLE item IS 'What is sold';
        COMMENT ON COLUMN public.item.net IS 'in euro';
        COPY item (no, shop) FROM stdin;
1	it's; CREATE TABLE nonsense (
\\.
        ALTER TABLE item ALTER COLUMN net SET DEFAULT 0.5;
        """
    )
    assert [each.level for each in mistakes.found] == []
    shop, item = schema.tables
    assert (shop.name, shop.schema, shop.primary_key) == ("Shop", "public", ("id",))
    assert shop.column("mood").type == ColumnType("str", choices=("glad", "it's so so"))
    assert (shop.column("share").type, shop.column("share").nullable) == (
        ColumnType("decimal", precision=5, scale=2),
        False,
    )
    assert [each.expression for each in shop.checks] == ['"share" BETWEEN 0 AND 100']
    assert (item.column("no").identity, item.column("gross").generated) == ("always", "net * 1.2")
    assert item.column("tags").type == ColumnType("list", item=ColumnType("str"))
    assert item.column("at").default == "now()" and not item.column("at").nullable
    assert item.column("net").default == "0.5"
    assert (item.comment, item.column("net").comment) == ("What is sold", "in euro")
    [key] = item.foreign_keys
    assert (key.columns, key.parent, key.parent_columns, key.deferrable) == (("shop",), "Shop", ("id",), True)
    code, once = item.uniques
    assert code.columns == ("code",)
    assert (once.columns, once.where, once.expressions) == (("shop", "code"), "(net > 5)", ("shop", "lower(code)"))
    assert item.exclusions[0].elements == (("shop", "="), ("during", "&&"))
    assert item.partitioning is not None and item.partitioning.columns == ("at",)
    assert item.partitioning.bounds == ("FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",)
    assert [(each.name, each.expression) for each in item.checks] == [
        (None, "net >= 0"),
        ("dear", "net < 1000 OR shop IS NOT NULL"),
    ]
    assert item.column("net").place == Place("shop.sql", 9, 13)


def test_a_dump_of_mysql_goes_through() -> None:
    schema, mistakes = read(
        """
        /*!40101 SET NAMES utf8 */;
        CREATE TABLE `shop` (
          `id` int(10) unsigned NOT NULL AUTO_INCREMENT, `open` tinyint(1) DEFAULT '1',
          `kind` enum('a','b') COMMENT 'what, it is',
          `code` varchar(8) CHARACTER SET latin1 COLLATE latin1_bin DEFAULT NULL,
          `twice` int GENERATED ALWAYS AS (`id` * 2) VIRTUAL,
          `at` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(), `y` year,
          PRIMARY KEY (`id`), UNIQUE KEY `u` (`code`(4)), KEY `k` (`open`), CONSTRAINT `c` CHECK (`id` > 3)
        ) ENGINE=InnoDB COMMENT='of the town';
        DELIMITER ;;
        CREATE TRIGGER t AFTER INSERT ON shop FOR EACH ROW BEGIN DELETE FROM shop; END;;
        DELIMITER ;
        CREATE TABLE item (shop int unsigned, n int, KEY (n)); # the end
        ALTER TABLE item ADD CONSTRAINT f FOREIGN KEY (shop) REFERENCES SHOP (ID), MODIFY n int NOT NULL AUTO_INCREMENT;
        INSERT INTO item VALUES (1, 'a;b');
        """,
        "mysql",
    )
    assert [each.code for each in mistakes.found] == ["models.left_out"]
    shop, item = schema.tables
    assert (shop.primary_key, shop.comment) == (("id",), "of the town")
    assert shop.column("id").type == ColumnType("int", bits=32, signed=False)
    assert shop.column("open").type == ColumnType("bool")
    assert (shop.column("kind").type.choices, shop.column("kind").comment) == (("a", "b"), "what, it is")
    assert shop.column("twice").generated and shop.column("at").touched
    assert [each.columns for each in shop.uniques] == [("code",)]
    assert item.foreign_keys[0].parent == "shop" and item.foreign_keys[0].parent_columns == ("id",)
    assert item.column("n").identity == "by default"


def test_sqlite_takes_any_word_for_a_type() -> None:
    schema, mistakes = read(
        """
        CREATE TABLE [my shop] (id INTEGER PRIMARY KEY AUTOINCREMENT, a, b VARYING CHARACTER(9), c DOUBLE, d STRANGE, 'e' blob);
        CREATE TRIGGER t AFTER INSERT ON [my shop] BEGIN
          UPDATE [my shop] SET a = CASE WHEN b IS NULL THEN 1 ELSE 2 END; DELETE FROM x;
        END;
        CREATE TABLE item (shop REFERENCES "my shop"(id), n INT CHECK(n IN (1, 2)));
        """,
        "sqlite",
    )
    assert [each.code for each in mistakes.found] == ["models.left_out"]
    shop, item = schema.tables
    assert [each.type.name for each in shop.columns] == ["int", "str", "str", "float", "decimal", "bytes"]
    assert item.foreign_keys[0].parent == "my shop"


def test_checks_are_said_in_python_and_what_cannot_be_said_is_told() -> None:
    schema, mistakes = read(
        """CREATE TABLE t (a int CHECK (a BETWEEN 1 AND 9), b text CHECK (b ~ '^[A-Z]+$' AND length(b) < 5),
        c date, d date,
        CHECK (d IS NULL OR d > c), CHECK (c >= '2020-01-01'::date), CHECK (b LIKE 'A%' OR NOT a IN (1, 2)),
        CHECK (mine(a)));"""
    )
    model = to_model(schema, "t", mistakes)
    assert [each.expression for each in model.tables[0].checks] == [
        "(1 <= a and a <= 9)",
        "(bool(re.search('^[A-Z]+$', b)) and (len(b) < 5))",
        "((d is None) or (d > c))",
        "(c >= date(2020, 1, 1))",
        "(bool(re.search('^(?s:A.*)$', b)) or (not (a in [1, 2])))",
    ]
    assert [each.code for each in mistakes.found] == ["models.check_left_out"]
    assert "mine(a)" in mistakes.found[0].message


def test_hours_and_days_after_dates_are_said(tmp_path: Path) -> None:
    (tmp_path / "rooms.sql").write_text(
        "CREATE TABLE room (id int PRIMARY KEY, h time NOT NULL CHECK (h >= '08:00' AND h < '18:00'),"
        " a date NOT NULL, b date CHECK (b >= a + 30), CHECK (b <= a + 60));"
    )
    rows = RunnableModel.load(tmp_path / "rooms.sql").world(seed="s")["room"][0:40].to_arrow().to_pylist()
    assert all(8 <= each["h"].hour < 18 for each in rows)
    assert all(each["b"] is None or 30 <= (each["b"] - each["a"]).days <= 60 for each in rows)


def test_keys_hold_checks_that_bind_them_to_other_columns_too(tmp_path: Path) -> None:
    (tmp_path / "places.sql").write_text(
        "CREATE TABLE student (matric int PRIMARY KEY CHECK (matric BETWEEN 1000000 AND 9999999),"
        " mentor int REFERENCES student CHECK (mentor <> matric));"
        "CREATE TABLE seat (student int NOT NULL REFERENCES student, pos smallint NOT NULL CHECK (pos % 10 = 0 AND pos > 0),"
        " PRIMARY KEY (student, pos));"
    )
    world = RunnableModel.load(tmp_path / "places.sql").world(seed="s")
    students, seats = (world[name][0:60].to_arrow().to_pylist() for name in ("student", "seat"))
    assert all(1_000_000 <= each["matric"] <= 9_999_999 and each["mentor"] != each["matric"] for each in students)
    assert all(each["pos"] > 0 and each["pos"] % 10 == 0 for each in seats)
    assert len({(each["student"], each["pos"]) for each in seats}) == 60


def test_dates_that_checks_bound_are_dates_of_the_model(tmp_path: Path) -> None:
    (tmp_path / "cars.sql").write_text(
        "CREATE TABLE car (id int PRIMARY KEY, seen date NOT NULL CHECK (seen >= '1950-01-01'),"
        " sold timestamptz NOT NULL CHECK (sold < '2022-03-01'));"
    )
    rows = RunnableModel.load(tmp_path / "cars.sql").world(seed="s")["car"][0:50].to_arrow()
    assert min(rows["seen"].to_pylist()).year >= 1950 and max(rows["sold"].to_pylist()).isoformat() < "2022-03-01"


def test_checks_become_choices_ranges_and_patterns(tmp_path: Path) -> None:
    (tmp_path / "shop.sql").write_text(
        """CREATE TABLE t (a int CHECK (a BETWEEN 3 AND 9), zz text NOT NULL CHECK (zz IN ('x', 'y')), xq date,
        qq text CHECK (qq ~ '^[A-Z]{3}$'), CHECK ((zz = 'x') = (xq IS NULL)), CHECK (xq >= '2024-02-29'));"""
    )
    mistakes = Mistakes()
    table = read_sql_schema(tmp_path / "shop.sql", mistakes).tables[0]
    assert mistakes.found == []
    assert table.column("a").rule == Range(min=3, max=9)
    assert table.column("zz").type.choices == ("x", "y")
    assert table.column("qq").rule == Pattern("^[A-Z]{3}$")
    assert table.column("xq").rule is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CREATE TABLE a (id int REFERENCES b (id));", "models.unknown_table"),
        ("CREATE TABLE a (id int PRIMARY KEY, UNIQUE (idd));", "models.unknown_column"),
        ("CREATE TABLE a (id int); CREATE TABLE a (id int);", "models.duplicate_table"),
        ("CREATE TABLE a (id int, id text);", "models.duplicate_column"),
        (
            "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (x int, y int, FOREIGN KEY (x, y) REFERENCES a);",
            "models.bad_foreign_key",
        ),
        ("CREATE TABLE a (id int, ;", "models.sql_syntax"),
        ("CREATE TABLE", "models.sql_syntax"),
        ("= CREATE", "models.sql_syntax"),
        ("SELECT 1;", "models.no_tables"),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_their_place(text: str, code: str) -> None:
    _, mistakes = read(text)
    assert code in [each.code for each in mistakes.errors]
    assert code == "models.no_tables" or mistakes.errors[0].place.line == 1


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatamimicError, match="No such file"):
        read_sql_schema(tmp_path / "none.sql", Mistakes())
    (tmp_path / "a.sql").write_text("CREATE TABLE a (b int);")
    with pytest.raises(DatamimicError, match="oracle"):
        read_sql_schema(tmp_path / "a.sql", Mistakes(), dialect="oracle")
    model = read_sql_schema(tmp_path / "a.sql", Mistakes(), dialect="mariadb")
    assert isinstance(model, Model) and model.name == "a"


WORDS = (
    "CREATE TABLE a b ( ) , ; int text PRIMARY KEY NOT NULL DEFAULT 'x' \" ` $$ $q$ ALTER ADD CHECK UNIQUE INDEX ON REFERENCES "
    "GENERATED AS IDENTITY PARTITION OF BY COMMENT IS TYPE ENUM DOMAIN [ ] -- /* */ EXCLUDE WITH CONSTRAINT COPY FROM stdin "
    "DELIMITER BEGIN END \n \\. 1 . :: LIKE FOREIGN"
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=40), st.sampled_from(["postgres", "mysql", "sqlite"]))
def test_no_file_crashes_the_reader(words: list[str], dialect: Dialect) -> None:
    mistakes = Mistakes()
    to_model(read_statements(" ".join(words), dialect, mistakes), "any", mistakes)


def test_words_that_are_not_reserved_are_names() -> None:
    schema, mistakes = read(
        """
        CREATE TABLE lease (
          exclude integer DEFAULT '0' NOT NULL, 4o6_interface varchar(8) CHARACTER SET 'utf8' DEFAULT NULL,
          id binary(20) NOT NULL, token varbinary(255) NOT NULL DEFAULT '', name varchar(9) BINARY NOT NULL,
          PRIMARY KEY USING BTREE (id, token), KEY `k` (exclude)
        );
        CREATE TABLE other (ID int(11), PRIMARY KEY `ID` (`ID`));
        ALTER TABLE other CHANGE COLUMN ID no INT UNSIGNED NOT NULL, ADD COLUMN kind int;
        ALTER TABLE other RENAME COLUMN kind TO sort;
        """,
        "mysql",
    )
    assert mistakes.found == []
    lease, other = schema.tables
    assert [each.name for each in lease.columns] == ["exclude", "4o6_interface", "id", "token", "name"]
    assert lease.column("id").type == ColumnType("bytes", length=20)
    assert lease.column("token").type == ColumnType("bytes", length=255)
    assert (lease.primary_key, other.primary_key) == (("id", "token"), ("no",))
    assert [(each.name, each.type.signed) for each in other.columns] == [("no", False), ("sort", True)]
    assert not lease.column("name").nullable


def test_what_may_be_null_is_so_sometimes_but_keys(tmp_path: Path) -> None:
    place = tmp_path / "own.sql"
    place.write_text(
        "CREATE TABLE city (id int PRIMARY KEY, name text NOT NULL);"
        "CREATE TABLE person (id int PRIMARY KEY, first_name text, note text, city int REFERENCES city, code char(4) UNIQUE,"
        " born date NOT NULL, died date, CHECK (died >= born));",
        encoding="utf-8",
    )
    model = RunnableModel.load(place).with_rows(2_000)
    rows = model.world("nulls")["person"][0:2_000].to_arrow()
    shares = {name: rows[name].null_count / 2_000 for name in rows.column_names}
    assert all(0.07 < shares[name] < 0.13 for name in ("first_name", "note", "code", "died"))
    assert shares["id"] == shares["city"] == shares["born"] == 0
    told = {
        each["column"]: each["made"]
        for each in explained_plan(model.plan, model.world("nulls"))["tables"][1]["columns"]
    }
    assert all("null in 10%" in told[name] for name in ("first_name", "note", "code", "died"))
    assert "null in" not in told["born"]
