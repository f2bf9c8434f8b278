"""Jobs over tables that exist: profiled and masked on a server, with nothing but uploads and secrets in reach."""

from __future__ import annotations

import csv
import json
import random
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve
from click.testing import CliRunner

from datamimic import DatamimicError, World
from datamimic.cli import main as dm
from datamimic.related import prepare, write_set
from datamimic_platform.commands.main import main
from datamimic_platform.kinds.kind import Asked
from datamimic_platform.kinds.registry import kind_named, kinds
from datamimic_platform.security.rights import Actor, Role
from datamimic_platform.services.jobs import Order, job, submit_job
from datamimic_platform.services.lineage import lineage
from datamimic_platform.services.people import keep_secret
from datamimic_platform.services.previews import preview
from datamimic_platform.services.uploads import upload
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Artefact, Job

from .conftest import completed

PEOPLE = "email,age\n" + "".join(f"person{number}@mail.example,{20 + number % 50}\n" for number in range(200))


def done(store: Store, actor: Actor, order: Order) -> tuple[dict[str, Any], dict[str, Path]]:
    identifier = completed(store, actor, order)
    with store.reading() as session:
        rows = session.scalars(sa.select(Artefact).where(Artefact.job_id == identifier)).all()
    return job(store, actor, identifier), {each.name: Path(each.path) for each in rows}


def given(store: Store, actor: Actor) -> dict[str, str]:
    return {"people.csv": upload(store, actor, "people.csv", iter([PEOPLE.encode()]))["id"]}


def test_the_kinds_are_found_by_their_names() -> None:
    assert kinds().keys() >= {"generate", "validate", "fill", "profile", "mask", "learn", "messages"}


def test_a_profile_of_an_upload_has_three_forms_and_no_personal_value(
    store: Store, workspace: Actor, tmp_path: Path
) -> None:
    files = given(store, workspace)
    told, made = done(store, workspace, Order(kind="profile", files=files, options={"source": "people.csv"}))
    assert made.keys() == {"profile.json", "model.yaml", "profile.html"}
    assert told["result"]["tables"] == {"people": 200} and told["progress"]["rows_done"] == 200
    texts = {name: path.read_text() for name, path in made.items()}
    assert not any("person17@mail.example" in text or str(tmp_path) in text for text in texts.values())
    again = Order(
        kind="generate",
        text=texts["model.yaml"],
        file_name="model.yaml",
        options={"tables": {"people": 10}, "seed": "a"},
    )
    assert done(store, workspace, again)[0]["result"]["tables"] == {"people": 10}


def test_a_masked_copy_is_of_its_key_alone(store: Store, workspace: Actor) -> None:
    keep_secret(store, workspace, "mask", "0123456789abcdef" * 4)
    order = Order(kind="mask", files=given(store, workspace), options={"source": "people.csv", "key": "secret:mask"})
    (told, first), (_, second) = (done(store, workspace, order) for _ in range(2))
    copies = [made["people.csv"].read_bytes() for made in (first, second)]
    assert copies[0] == copies[1] and b"person17@mail.example" not in copies[0]
    assert told["result"]["tables"] == {"people": 200}
    with store.reading() as session:
        assert "0123456789abcdef" not in json.dumps([each.request for each in session.scalars(sa.select(Job))])


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("profile", {"source": "/etc/passwd"}),
        ("profile", {"source": "../store.db"}),
        ("profile", {"source": "other.csv"}),
        ("profile", {"source": "sqlite:////etc/passwd"}),
        ("profile", {"source": "people.csv", "show_values": True}),
        ("profile", {}),
        ("mask", {"source": "people.csv"}),
        ("mask", {"source": "people.csv", "key": "0123456789abcdef" * 4}),
        ("mask", {"source": "people.csv", "key_file": "/etc/passwd"}),
        ("fill", {"url": "postgresql://127.0.0.1/x"}),
        ("fill", {}),
    ],
)
def test_what_is_out_of_reach_is_refused_before_it_is_queued(
    store: Store, workspace: Actor, kind: str, options: dict[str, Any]
) -> None:
    with pytest.raises(DatamimicError) as caught:
        submit_job(store, workspace, Order(kind=kind, files=given(store, workspace), options=options))
    assert caught.value.code in ("platform.bad_option", "platform.address_refused")
    with store.reading() as session:
        assert session.scalars(sa.select(Job)).all() == []


def test_the_command_profiles_as_the_description_prints_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("sample_data.csv").write_text(PEOPLE)
    for line in (
        "profile --data sample_data.csv --output profile_report.json",
        "profile --data sample_data.csv --output generated_config.yaml --format yaml",
        "profile --data sample_data.csv --output profile_report.html --format html",
        "validate --config generated_config.yaml",
        "generate --config generated_config.yaml --rows sample_data=20 --output-dir out",
    ):
        result = CliRunner().invoke(main, line.split())
        assert result.exit_code == 0, f"{line}\n{result.output}{result.stderr}"
    assert json.loads(Path("profile_report.json").read_text())["tables"][0]["rows"] == 200
    assert Path("profile_report.html").read_text().lower().startswith("<!doctype html")
    assert len(Path("out/sample_data.csv").read_text().splitlines()) == 21


def look(store: Store, actor: Actor, **said: Any) -> dict[str, Any]:
    tables: dict[str, Any] = preview(store, actor, Order(**said))["tables"]
    return tables


def test_what_was_learned_makes_rows_and_lineage_says_of_what(store: Store, workspace: Actor) -> None:
    order = Order(kind="learn", files=given(store, workspace), options={"source": "people.csv"})
    told, made = done(store, workspace, order)
    assert told["result"]["tables"] == {"people": 200} and told["progress"]["rows_done"] == 200
    assert "model.yaml" in made and all("person17@" not in path.read_text() for path in made.values())
    learned = Order(kind="generate", model_of=told["job_id"], options={"rows": 30, "seed": "a"})
    again, rows = done(store, workspace, learned)
    assert again["result"]["tables"] == {"people": 30} and len(rows["people.csv"].read_text().splitlines()) == 31
    files = lineage(store, workspace, again["job_id"])["uploads"]
    assert {each["of"].partition("/")[0] for each in files} <= {told["job_id"]} and all(
        each["sha256"] for each in files
    )
    assert len(look(store, workspace, kind="generate", model_of=told["job_id"])["people"]["sample"]) == 50
    with pytest.raises(DatamimicError, match="no such job"):
        submit_job(store, workspace, Order(kind="generate", model_of=again["job_id"]))


def test_messages_are_of_the_rows_beside_them(store: Store, workspace: Actor, tmp_path: Path) -> None:
    options = {
        "entities": {"finance.bank_account": 3, "finance.transaction": "all"},
        "messages": ["iso20022.camt.053"],
        "seed": "demo",
        "locale": "de_DE",
    }
    told, made = done(store, workspace, Order(kind="messages", options=options))
    assert told["result"]["messages"] == {"iso20022.camt.053": 3}
    prepared = prepare(World("demo", "de_DE"), {"finance.bank_account": 3, "finance.transaction": "all"})
    write_set(prepared, tmp_path / "theirs", "csv", messages=["iso20022.camt.053"])
    theirs = {each.name: each.read_bytes() for each in (tmp_path / "theirs").iterdir()}
    assert {name: path.read_bytes() for name, path in made.items()} == theirs
    shown = look(store, workspace, kind="messages", options=options)
    assert len(shown["finance.bank_account"]["sample"]) == 3 and len(shown["iso20022.camt.053"]["sample"]) == 5
    for wrong in ({"entities": {"finance.bank_acount": 1}}, {"entities": {}}, {**options, "messages": ["x"]}):
        with pytest.raises(DatamimicError):
            submit_job(store, workspace, Order(kind="messages", options=wrong))


def test_previews_show_each_role_what_it_may_see(store: Store, workspace: Actor) -> None:
    keep_secret(store, workspace, "mask", "0123456789abcdef" * 4)
    files, viewer = given(store, workspace), evolve(workspace, role=Role.VIEWER)
    executor = evolve(workspace, role=Role.EXECUTOR)
    source = {"files": files, "options": {"source": "people.csv"}}
    for role, values in ((workspace, False), (executor, True)):
        shown = look(store, role, kind="profile", **source)["people"]
        assert len(shown["sample"]) == 50 and "email" in shown["hidden"]
        assert ("person17@mail.example" in json.dumps(shown)) is False
        assert (set(shown["hidden"]) == set(shown["sample"][0])) is values
    masked = {"files": files, "options": {"source": "people.csv", "key": "secret:mask"}}
    shown = look(store, executor, kind="mask", **masked)["people"]
    _, made = done(store, workspace, Order(kind="mask", **masked))
    with made["people.csv"].open(newline="") as stream:
        rows = list(csv.DictReader(stream))[:50]
    seen = [name for name in rows[0] if name not in shown["hidden"]]
    assert "email" in seen and [row["email"] for row in rows] == [row["email"] for row in shown["sample"]]
    assert len(look(store, executor, kind="learn", **source)["people"]["sample"]) == 50
    assert look(store, workspace, kind="validate", text="tables: []", file_name="a.yaml") == {}
    with pytest.raises(DatamimicError, match="right to run"):
        look(store, viewer, kind="profile", **source)


def test_a_database_is_filled_in_phases_and_looked_at_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(tmp_path / "shop.db") as shop:
        shop.execute("CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT NOT NULL)")
    shop.close()
    phases: list[str] = []
    asked = Asked(None, {"url": f"sqlite:///{tmp_path / 'shop.db'}", "rows": 20, "seed": "a"}, local=True)
    shown = kind_named("fill").preview(asked, 5)["customers"]
    assert len(shown.sample) == 5 and rows_in(tmp_path / "shop.db") == 0

    class Told:
        output, scratch, rows = tmp_path / "out", tmp_path / "scratch", 0

        def phase(self, name: str, rows_total: int | None = None) -> None:
            phases.append(name)

        def advance(self, rows: int, table: str | None = None) -> None:
            self.rows += rows

        def say(self, message: str, level: int = 20, **fields: Any) -> None: ...

    work = Told()
    assert kind_named("fill").run(asked, work).rows == work.rows == rows_in(tmp_path / "shop.db") == 20
    assert phases == [
        "connecting", "reading the schema", "reading rows that are there", "making", "testing", "loading"
    ]  # fmt: skip


def rows_in(path: Path) -> int:
    shop = sqlite3.connect(path)
    count = int(shop.execute("SELECT count(*) FROM customers").fetchone()[0])
    shop.close()
    return count


def test_a_sample_gives_its_distributions_to_columns_of_its_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tiers, lines, drawn = ("gold", "silver", "basic"), ["tier,age,id,email,card,paid,plan"], random.Random(3)
    for i in range(600):
        paid, age = drawn.lognormvariate(4, 1), 20 + i % 10 if i % 10 < 2 else 60 + i % 9
        plan = "pro" if drawn.random() < paid / (paid + age) else "free"
        lines += [f"{tiers[min(i % 10, 2)]},{age},{i},p{i}@mail.example,{7_000_000 + i},{paid:.2f},{plan}"]
    Path("existing_data.csv").write_text("\n".join(lines) + "\n")
    Path("config.yaml").write_text(
        "tables:\n  - table_name: customers\n    columns:\n"
        "      - {name: id, type: int, constraints: [PK], rule: {type: range, min: 1, max: 90000}}\n"
        "      - {name: email, type: str, rule: email, sensitivity: PII}\n"
        "      - {name: tier, type: str, rule: {type: choice, value: [none]}}\n"
        "      - {name: age, type: int, rule: {type: range, min: 1, max: 5}, sensitivity: PII}\n"
        "      - {name: card, type: str, rule: {type: choice, value: [kept]}, sensitivity: PII}\n"
        "      - {name: paid, type: float}\n      - {name: plan, type: str, rule: {type: choice, value: [none]}}\n"
    )
    line = "generate --config config.yaml --sample-data existing_data.csv --rows 2000 --seed a --output-dir out --wait"
    result = CliRunner().invoke(main, line.split())
    assert result.exit_code == 0, f"{result.output}{result.stderr}"
    with Path("out/customers.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    share = Counter(each["tier"] for each in rows)
    assert abs(share["gold"] / 2000 - 0.1) < 0.03 and abs(share["basic"] / 2000 - 0.8) < 0.03
    assert (
        list(rows[0]) == ["id", "email", "tier", "age", "card", "paid", "plan"]
        and "mail.example" not in rows[0]["email"]
    )
    assert (
        max(int(each["age"]) for each in rows if each["tier"] == "gold") < 40 <= max(int(each["age"]) for each in rows)
    )
    assert {each["card"] for each in rows} == {"kept"} and {each["plan"] for each in rows} == {"free", "pro"}
    verified = CliRunner().invoke(dm, ["verify", "out"])
    assert verified.exit_code == 0, verified.output + verified.stderr
    Path("existing_data.csv").write_text("a,b\n1,2\n")
    assert "bad_sample" in CliRunner().invoke(main, [*line.split(), "--force"]).stderr
