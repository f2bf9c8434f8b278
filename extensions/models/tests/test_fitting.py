"""Values of fields in a form that fits columns: cut, moved into bounds, chosen, numbered; and whole tables that keep it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from datamimic import Lists, Text
from datamimic.columns.value_types import Decimals, Int
from datamimic_models import Model
from datamimic_models.meanings.bounds import Bounds
from datamimic_models.rules.fitting import bounded, chosen, cut, numbered, part_of

SCHEMA = """
CREATE TABLE staff (
    staff_id int PRIMARY KEY,
    first_name varchar(8) NOT NULL,
    last_name varchar(40) NOT NULL,
    sex char(1) NOT NULL CHECK (sex IN ('m', 'f')),
    email varchar(30) NOT NULL UNIQUE,
    login varchar(40) UNIQUE,
    job_title varchar(60) NOT NULL,
    salary numeric(8,2) NOT NULL CHECK (salary >= 1200.50 AND salary < 90000),
    age smallint CHECK (age > 17),
    birth_year int NOT NULL,
    birth_date timestamp NOT NULL,
    city varchar(6),
    state char(2) NOT NULL,
    iban varchar(34),
    manager_first_name text,
    manager_email text
);
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[object]]:
    file = tmp_path_factory.mktemp("own") / "staff.pg.sql"
    file.write_text(SCHEMA, encoding="utf-8")
    found: dict[str, list[object]] = (
        Model.load(file).with_rows(2_000).world(seed="fit")["staff"][0:2_000].to_arrow().to_pydict()
    )
    return found


def texts(column: list[object]) -> list[str]:
    return [each for each in column if isinstance(each, str)]


def test_what_columns_may_be_holds_for_values_that_mean_something(rows: dict[str, list[object]]) -> None:
    assert all(0 < len(each) <= 8 for each in texts(rows["first_name"])) and None not in rows["first_name"]
    assert set(texts(rows["sex"])) == {"m", "f"}
    assert len(set(rows["email"])) == 2_000 and all(len(each) <= 30 and "@" in each for each in texts(rows["email"]))
    logins = texts(rows["login"])
    assert len(set(logins)) == len(logins) and all(len(each) <= 40 for each in logins)
    assert all(len(each) > 2 for each in texts(rows["job_title"])) and None not in rows["job_title"]
    assert len(set(rows["job_title"])) > 50, "those who do not work have the job of somebody who does"
    assert all(1200.5 <= float(str(each)) < 90_000 for each in rows["salary"])
    assert all(18 <= int(str(each)) <= 115 for each in rows["age"] if each is not None)
    assert all(len(each) <= 6 and each == each.rstrip() for each in texts(rows["city"]))
    assert all(len(each) == 2 for each in texts(rows["state"]))


def test_what_is_cut_is_still_of_one_person(rows: dict[str, list[object]]) -> None:
    born = [each.year for each in rows["birth_date"] if isinstance(each, date)]
    assert born == rows["birth_year"]
    first = [str(each).lower() for each in rows["first_name"]]
    emails = [str(each) for each in rows["email"]]
    agree = [name[:4] in email for name, email in zip(first, emails, strict=True) if name.isascii() and name.isalpha()]
    assert sum(agree) > 0.9 * len(agree) > 1_000
    both = [pair for pair in zip(rows["manager_first_name"], rows["manager_email"], strict=True) if None not in pair]
    managers = [str(each).lower() for each, _ in both]
    mails = [str(each) for _, each in both]
    agree = [name in email for name, email in zip(managers, mails, strict=True) if name.isascii() and name.isalpha()]
    assert sum(agree) > 0.9 * len(agree) > 1_000
    all_managers = [str(each).lower() for each in rows["manager_first_name"]]
    assert sum(one == other for one, other in zip(first, all_managers, strict=True)) < 100, (
        "the manager is somebody else"
    )


def test_any_slice_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "staff.pg.sql"
    file.write_text(SCHEMA, encoding="utf-8")
    staff = Model.load(file).with_rows(2_000).world(seed="fit")["staff"]
    whole = staff[0:2_000].to_arrow()
    for start, stop in ((0, 1), (17, 18), (500, 1_100), (1_999, 2_000)):
        assert staff[start:stop].to_arrow().to_pylist() == whole.slice(start, stop - start).to_pylist()


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "es_ES", "ja_JP", "pt_BR"])
def test_an_entity_that_a_country_does_not_have_is_no_error(tmp_path: Path, locale: str) -> None:
    file = tmp_path / "konto.pg.sql"
    file.write_text(
        "CREATE TABLE accounts (id int PRIMARY KEY, holder text NOT NULL, iban varchar(34) NOT NULL, balance numeric(12,2));",
        encoding="utf-8",
    )
    made = Model.load(file).world(seed="x", locale=locale)["accounts"][0:50].to_arrow().to_pydict()
    assert None not in made["holder"] and None not in made["iban"]
    assert all(0 < len(each) <= 34 for each in made["iban"])


def test_parts() -> None:
    days = np.array(["1990-02-03", "2001-12-31"], dtype="datetime64[D]")
    assert part_of(days, "year").tolist() == [1990, 2001] and part_of(days, "day").tolist() == [3, 31]
    masked = np.ma.MaskedArray(days, [False, True])
    assert part_of(masked, "month").tolist() == [2, None]
    assert part_of(Text.of(["anna", None, "öse"]), "initial").tolist() == ["A", None, "Ö"]
    assert part_of(Text.of(["a.b@c.d", "x"]), "local").tolist() == ["a.b", "x"]
    assert part_of(Text.of(["US-CA", "DE"]), "tail").tolist() == ["CA", "DE"]
    lists = Lists(np.array([2, 0, 1]), Text.of(["a", "b", "c"]))
    assert part_of(lists, "first").tolist() == ["a", None, "c"]
    assert part_of(Lists(np.array([0, 0]), Text.of([])), "first").tolist() == [None, None]


def test_texts_are_cut_and_e_mail_addresses_stay_addresses() -> None:
    assert cut(Text.of(["a long name", "b"]), 7, email=False).tolist() == ["a long", "b"]
    short = cut(Text.of(["somebody.long@mail.example.org", "a@b.c"]), 20, email=True).tolist()
    assert short == ["somebody@example.org", "a@b.c"]
    tiny = cut(Text.of(["somebody.long@mail.example.org"]), 14, email=True).tolist()[0]
    assert tiny == "so@example.org"


def test_numbers_of_rows_make_texts_differ() -> None:
    rows = np.array([0, 7, 12], dtype=np.int64)
    assert numbered(Text.of(["a@x.y", "a@x.y", None]), rows, None, email=True).tolist() == [
        "a.0@x.y", "a.7@x.y", ".12@example.org",
    ]  # fmt: skip
    assert numbered(Text.of(["abcdef", "abcdef", "a"]), rows, 5, email=False).tolist() == ["abc 0", "abc 7", "a 12"]


def test_numbers_are_moved_into_bounds() -> None:
    cents = np.array([0, 150_000, 99_999_999], dtype=np.int64)
    assert bounded(cents, Decimals(2), Bounds(1, 50_000, above=True), (6, 2), None).tolist() == [
        202,
        150_000,
        2_019,
    ]
    salaries = np.arange(1_000_000, 9_000_000, 777, dtype=np.int64)
    moved = np.asarray(bounded(salaries, Decimals(2), Bounds(1_000, 9_000), (7, 2), None))
    assert moved.min() >= 100_000 and moved.max() <= 900_000 and (moved == 900_000).sum() < 10
    assert bounded(cents, Decimals(2), Bounds(), (4, 2), None).tolist() == [0, 150_000, 999_999]
    ages = np.ma.MaskedArray([3, 200, 9], [False, False, True])
    assert bounded(ages, Int(), Bounds(18, None), None, 8).tolist() == [18, 127, None]


def test_choices_stand_for_values() -> None:
    assert chosen(Text.of(["female", "male", "other", None]), {"female": "f", "male": "m"}).tolist() == [
        "f",
        "m",
        None,
        None,
    ]
