"""Foreign keys of several columns: columns that keys share, pairs, one to one, circles; and how they stand in schemas."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from datamimic.cli import main
from datamimic_models import BadModel, Model

ORGANISATIONS = """
CREATE TABLE org (org_id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE project (org_id int NOT NULL REFERENCES org, project_no int NOT NULL, PRIMARY KEY (org_id, project_no));
CREATE TABLE member (org_id int NOT NULL REFERENCES org, member_no int NOT NULL, lead_no int NOT NULL,
  PRIMARY KEY (org_id, member_no), FOREIGN KEY (org_id, lead_no) REFERENCES member (org_id, member_no));
CREATE TABLE assignment (org_id int NOT NULL, project_no int NOT NULL, member_no int NOT NULL,
  PRIMARY KEY (org_id, project_no, member_no), FOREIGN KEY (org_id, project_no) REFERENCES project,
  FOREIGN KEY (org_id, member_no) REFERENCES member (org_id, member_no));
CREATE TABLE profile (org_id int, member_no int, bio text, PRIMARY KEY (org_id, member_no),
  FOREIGN KEY (org_id, member_no) REFERENCES member);
CREATE TABLE task (org_id int NOT NULL, task_no int NOT NULL, project_no int NOT NULL, reporter int NOT NULL, checker int,
  parent_no int, PRIMARY KEY (org_id, task_no), FOREIGN KEY (org_id, project_no) REFERENCES project,
  FOREIGN KEY (org_id, reporter) REFERENCES member, FOREIGN KEY (org_id, checker) REFERENCES member,
  FOREIGN KEY (org_id, parent_no) REFERENCES task);
"""
TEAMS = """
CREATE TABLE org (org_id int PRIMARY KEY);
CREATE TABLE team (org_id int NOT NULL REFERENCES org, team_no int NOT NULL, lead_no int NOT NULL,
  PRIMARY KEY (org_id, team_no));
CREATE TABLE person (org_id int NOT NULL, person_no int NOT NULL, team_no int NOT NULL, PRIMARY KEY (org_id, person_no),
  FOREIGN KEY (org_id, team_no) REFERENCES team (org_id, team_no));
ALTER TABLE team ADD FOREIGN KEY (org_id, lead_no) REFERENCES person (org_id, person_no);
"""


def loaded(folder: Path, text: str, *options: str) -> sqlite3.Connection:
    """The rows of the schema in a database with every key of schema.sql."""
    (folder / "own.sql").write_text(text, encoding="utf-8")
    target = folder / "own.sqlite"
    said = CliRunner().invoke(
        main, ["run", str(folder / "own.sql"), "--to", str(target), "-o", str(folder / "set"), "--seed", "a", *options]
    )
    assert said.exit_code == 0, said.output
    return sqlite3.connect(target)


def test_keys_that_share_columns_refer_to_rows_that_are_there(tmp_path: Path) -> None:
    """Every key holds, in every row, and stands in the database."""
    with loaded(tmp_path, ORGANISATIONS, "--rows", "60") as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert len(base.execute("PRAGMA foreign_key_list(task)").fetchall()) == 8
        assert base.execute("SELECT count(DISTINCT org_id * 1000000 + member_no) FROM profile").fetchone() == (60,)
        pairs = "SELECT count(*) FROM (SELECT DISTINCT org_id, project_no, member_no FROM assignment)"
        [(there,)] = base.execute("SELECT count(*) FROM assignment").fetchall()
        assert base.execute(pairs).fetchone() == (there,)
        assert there >= 15  # organisations have few pairs: no more rows than there surely are
        assert base.execute("SELECT count(*) FROM task WHERE parent_no >= task_no").fetchone() == (0,)
        assert base.execute("SELECT count(DISTINCT reporter), count(parent_no) > 10 FROM task").fetchone()[1]
    tables = {each["name"]: each for each in json.loads((tmp_path / "set" / "schema.json").read_text())}
    assert tables["profile"]["foreign_keys"] == [
        {
            "columns": ["org_id", "member_no"],
            "references": {"table": "member", "columns": ["org_id", "member_no"]},
        }
    ]
    linkage = json.loads((tmp_path / "set" / "linkage.json").read_text())
    assert (linkage["orphaned"], linkage["duplicated"]) == (0, 0)
    assert {"columns": ["org_id", "member_no"]}.items() <= next(
        each for each in linkage["links"] if each["table"] == "profile"
    ).items()


def test_any_slice_of_them_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "own.sql").write_text(ORGANISATIONS, encoding="utf-8")
    world = Model.load(tmp_path / "own.sql").with_rows(80).world("slices")
    for name in ("assignment", "task", "profile", "member"):
        whole = world[name][0:60].to_arrow()
        assert world[name][17:23].to_arrow().equals(whole.slice(17, 6)), name


def test_a_circle_of_keys_that_are_never_null_holds(tmp_path: Path) -> None:
    """A team's lead is a person of the same organisation: every team has somebody, where there are as many people."""
    with loaded(tmp_path, TEAMS, "--rows", "50", "--rows", "person=80") as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    model = Model.load(tmp_path / "own.sql")
    with pytest.raises(BadModel, match="never null and needs rows of person") as refused:
        model.with_rows(50, person=20)
    assert refused.value.hint == "let lead_no be null, or make at least 50 rows of person"


def test_keys_that_have_their_values_from_each_other_are_refused(tmp_path: Path) -> None:
    text = "CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE b (id int PRIMARY KEY REFERENCES a);\n"
    (tmp_path / "own.sql").write_text(f"{text}ALTER TABLE a ADD FOREIGN KEY (id) REFERENCES b (id);\n")
    with pytest.raises(BadModel, match="have their values from each other") as refused:
        Model.load(tmp_path / "own.sql")
    assert refused.value.code == "models.circle" and "a key of its own" in str(refused.value.hint)
