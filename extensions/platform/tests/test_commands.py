"""`syndata` as the description prints it: in a folder of its own, without a server and with one."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
import yaml
from click.testing import CliRunner

from datamimic_platform.client import Client
from datamimic_platform.client.client import Job
from datamimic_platform.commands.desk import local_store
from datamimic_platform.services import people
from datamimic_platform.services.recognising import member
from datamimic_platform.services.signing_in import by_password

from .conftest import Syndata


def job_in(text: str) -> str:
    found = re.search("job_[0-9a-z]+", text)
    assert found is not None, text
    return found[0]


def test_generate_makes_the_bytes_of_dm_run_whatever_the_batches(syndata: Syndata, tmp_path: Path) -> None:
    from datamimic_models.commands.run import run as dm_run

    command = ["config.yaml", "--rows", "60", "--seed", "demo", "--format", "csv", "-o", "run", "-q"]
    assert CliRunner().invoke(dm_run, command).exit_code == 0
    theirs = {each.name: each.read_bytes() for each in Path("run").iterdir()}
    for number, more in enumerate(("", "--batch-size 7", "--wait --priority high")):
        place = f"output{number}"
        syndata(
            f"generate --config config.yaml --rows 60 --seed demo --output-format csv --output-dir ./{place} {more}"
        )
        assert {each.name: each.read_bytes() for each in Path(place).iterdir()} == theirs


def test_several_formats_of_one_run_hold_the_same_rows(syndata: Syndata) -> None:
    import pyarrow.csv
    import pyarrow.parquet

    syndata("generate --config config.yaml --rows 9 --seed demo --output-format csv -f parquet --output-dir out")
    for table in ("customers", "orders"):
        made = pyarrow.parquet.read_table(f"out/parquet/{table}.parquet")
        assert pyarrow.csv.read_csv(f"out/{table}.csv").to_pylist() == made.to_pylist()
    assert Path("out/manifest.json").is_file() and Path("out/parquet/manifest.json").is_file()
    told = syndata("generate --config config.yaml --output-format csv,csv --output-dir other", 2)
    assert "named twice" in told.stderr and not Path("other").exists()


def test_rows_that_break_a_check_are_refused_as_dm_run_does(syndata: Syndata) -> None:
    config = Path("config.yaml").read_text()
    Path("wrong.yaml").write_text(
        config.replace("  - table_name: orders", "    checks: [customer_id < 9]\n  - table_name: orders", 1)
    )
    told = syndata("generate --config wrong.yaml --output-dir out", 1)
    assert "models.check_unsatisfied" in told.stderr and not Path("out").exists()


def test_models_in_xml_are_run_as_dm_run_does(syndata: Syndata) -> None:
    from datamimic_models.commands.run import run as dm_run

    keys = '<key name="id" generator="IncrementGenerator"/><key name="name" script="random.randint(1, 999)"/>'
    model = f'<setup rngSeed="7"><generate name="people" count="4" target="CSV">{keys}</generate></setup>'
    Path("model.xml").write_text(model)
    told = syndata("generate --config model.xml --debug-relationships --output-dir out")
    assert "none refer to others" in told.stderr and "seed 7" in told.output
    assert CliRunner().invoke(dm_run, ["model.xml", "-o", "run", "-q"]).exit_code == 0
    made = {each.relative_to("run"): each.read_bytes() for each in Path("run").rglob("*.csv")}
    assert made and made == {each.relative_to("out"): each.read_bytes() for each in Path("out").rglob("*.csv")}
    Path("model.xml").write_text(model.replace(' rngSeed="7"', ""))
    seeds = {syndata("generate --config model.xml").output.rpartition("seed ")[2] for _ in range(2)}
    assert len(seeds) == 2, "nobody said one, so that each job chooses"


def test_a_folder_in_use_is_refused_and_forced(syndata: Syndata) -> None:
    syndata("generate --config config.yaml --seed a --output-dir out")
    before = Path("out/customers.csv").read_bytes()
    assert "folder_in_use" in syndata("generate --config config.yaml --output-dir out", 2).stderr
    assert Path("out/customers.csv").read_bytes() == before
    syndata("generate --config config.yaml --seed b --output-dir out --force")
    assert Path("out/customers.csv").read_bytes() != before


def test_jobs_in_place_have_records_logs_and_ends(syndata: Syndata) -> None:
    said = syndata("generate --config config.yaml --rows 20 --profile-performance --debug-relationships")
    job = job_in(said.output)
    assert "orders.customer_id -> customers.customer_id" in said.stderr and "rows/s" in said.stderr
    assert job in syndata("status --all").output
    assert "no jobs" in syndata("status --status running --limit 5").output
    assert "completed" in syndata(f"status {job} --monitor").output
    assert "Generated batch completed" in syndata(f"logs {job} --lines 200").output
    assert json.loads(syndata(f"logs {job} --lines 1 --json").output)["message"] == "completed"
    assert Path(f"logs/jobs/{job}.log").is_file()
    process = [json.loads(line) for line in Path("logs/syndata.log").read_text().splitlines()]
    assert [line["message"] for line in process if line.get("job_id") == job] == [
        "a job is begun: generate, attempt 1 of 3",
        "a job is left: completed",
    ]
    assert "job_ended" in syndata(f"cancel {job}", 2).stderr
    assert "not_found" in syndata("cancel job_12345", 2).stderr
    assert "1 completed" in syndata("dashboard").output


def test_templates_are_rendered(syndata: Syndata, shop: str) -> None:
    Path("customer_template.yaml").write_text(shop.replace("rows: 120", "rows: ${orders:-15}"))
    said = syndata("generate --template customer_template.yaml --rows 25 --priority high")
    assert "customers: 25 rows" in said.output and "orders: 15 rows" in said.output
    assert "orders: 3 rows" in syndata("generate --template customer_template.yaml --set orders=3").output
    assert "bad_template" in syndata("generate --template customer_template.yaml --set order=3", 2).stderr
    assert "unknown" in syndata("generate --template shpo", 2).stderr
    assert "completed" in syndata("generate --template shop --rows 5").output


def test_mistakes_have_places_and_statuses(syndata: Syndata, shop: str) -> None:
    assert "valid" in syndata("validate --config config.yaml").output
    assert (
        "orders.customer_id -> customers.customer_id: 120 rows to 50"
        in syndata("validate --config config.yaml --check-relationships").output
    )
    Path("my_config.yaml").write_text(
        shop.replace("rule: email", "rule: emial").replace("parent_table: customers", "parent_table: people")
    )
    said = syndata("validate --config my_config.yaml", 1).output
    assert re.search(r"my_config\.yaml:\d+:\d+: error\[models\.", said)
    assert json.loads(syndata("validate --config my_config.yaml --json", 1).output)["errors"]
    assert "error[models." in syndata("generate --config my_config.yaml", 2).stderr
    assert "no_config" in syndata("validate --config nowhere.yaml", 2).stderr
    assert "no_config" in syndata("generate", 2).stderr
    assert "unknown_command" in syndata("genrate", 2).stderr
    assert not Path("output").exists()


def test_a_file_of_schedules_is_stored_and_started(syndata: Syndata) -> None:
    jobs = [
        {"name": "nightly", "cron": "30 2 * * *", "zone": "Europe/Berlin", "config": "config.yaml"},
        {
            "name": "often",
            "every_seconds": 600,
            "start": "2020-01-01T00:00:00",
            "config": "config.yaml",
            "options": {"rows": 5},
        },
    ]
    Path("jobs_config.yaml").write_text(yaml.safe_dump({"jobs": jobs}))
    said = syndata("scheduler --config-file jobs_config.yaml --max-workers 8 --once").output
    assert re.search(r"nightly: next \S+T02:30:00\+0[12]:00 \(Europe/Berlin\)", said)
    assert "often: next" in syndata("scheduler --config-file jobs_config.yaml --once").output
    Path("jobs_config.yaml").write_text("jobs:\n  - {name: x, corn: '* * * * *'}\n")
    assert "$.jobs[0]" in syndata("scheduler --config-file jobs_config.yaml --once", 2).stderr
    Path("jobs_config.yaml").write_text("jobs: [")
    assert "bad_schedule" in syndata("scheduler --config-file jobs_config.yaml --once", 2).stderr


def test_the_audit_is_verified_and_exported(syndata: Syndata) -> None:
    syndata("generate --config config.yaml --rows 3")
    head = syndata("audit verify").output.split()[-1]
    lines = [json.loads(line) for line in syndata("audit export").output.splitlines()]
    assert [each["action"] for each in lines] == ["job.submit", "audit.export"]
    syndata(f"audit verify --head {head}")
    assert "not in the chain" in syndata(f"audit verify --head {'0' * 63}1", 1).stderr
    assert "/login?link=syn_link_" in syndata("user link").output
    assert syndata("retention").output == "0 jobs removed\n"


def test_workspaces_are_made_with_their_administrators_and_passwords_set(syndata: Syndata) -> None:
    told = syndata("workspace add acme --administrator Ann@acme.example").output
    assert "acme: ann@acme.example" in told and "login?link=syn_link_" in told
    assert "acme: 1 members" in syndata("workspace list").output
    assert "platform.conflict" in syndata("workspace add acme --administrator bob@acme.example", 2).stderr
    syndata("user password ann@acme.example --password correct-horse-battery")
    assert (
        "platform.not_found" in syndata("user password nobody@acme.example --password correct-horse-battery", 2).stderr
    )
    with local_store() as (store, _):
        user, workspace = by_password(store, "ann@acme.example", "correct-horse-battery")
        assert people.users(store, member(store, user, workspace))[0]["email"] == "ann@acme.example"


def test_help_names_every_command(syndata: Syndata) -> None:
    said = syndata("--help").output
    assert all(
        each in said for each in ("generate", "validate", "status", "logs", "cancel", "scheduler", "dashboard", "up")
    )


@pytest.mark.skipif(os.name == "nt", reason="ends the command by a signal")
@pytest.mark.parametrize(
    ("number", "said"),
    [
        (signal.SIGINT, "interrupted\n"),
        pytest.param(signal.SIGTERM, "ended by SIGTERM\n", marks=pytest.mark.thorough),
    ],
)
def test_an_interrupted_job_in_place_leaves_one_line_and_nothing_half_done(
    syndata: Syndata, number: signal.Signals, said: str
) -> None:
    config = Path("config.yaml")
    config.write_text(config.read_text().replace("rows: 120", "rows: 20_000_000"))
    command = [sys.executable, "-m", "datamimic_platform", "generate", "--config", "config.yaml"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not any("Generated batch" in each.read_text() for each in Path("logs").glob("jobs/*.log")):
        assert process.poll() is None
        Event().wait(0.05)
    process.send_signal(number)
    process.send_signal(number)
    out, error = process.communicate()
    assert (out, error) == ("", said)
    assert process.returncode in (-number, 128 + number)
    (told,) = json.loads(syndata("status --all --json").output)
    assert (told["status"], told["attempts"][0]["reason"]) == ("cancelled", "interrupted")
    assert [*Path("runs").iterdir()] == [*Path(".syndata/work").iterdir()] == []


@pytest.fixture
def server(syndata: Syndata) -> Iterator[tuple[str, str]]:
    """`syndata up` as a process, ended by SIGTERM: the API's address, and the link that it printed."""
    ports = []
    for _ in range(2):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            ports.append(free.getsockname()[1])
    command = [
        sys.executable,
        "-m",
        "datamimic_platform",
        "up",
        "--api-port",
        str(ports[0]),
        "--page-port",
        str(ports[1]),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        api, _, link = (process.stdout.readline().split()[-1] for _ in range(3))
        yield api, link
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
        process.stdout.close()


@pytest.mark.skipif(os.name == "nt", reason="ends the server by a signal")
def test_everything_once_more_through_a_server(
    syndata: Syndata, server: tuple[str, str], monkeypatch: pytest.MonkeyPatch, shop: str
) -> None:
    import httpx2

    syndata("generate --config config.yaml --rows 9 --seed demo --output-dir here")
    url, printed = server
    with httpx2.Client(follow_redirects=True) as pages:
        assert "administrator" in pages.get(printed).text
        assert pages.get(printed).status_code == 401
    link = syndata("user link").output.split("link=")[1].strip()
    with httpx2.Client(base_url=url) as http:
        csrf = http.post("/auth/link", json={"link": link}).json()["csrf"]
        key = http.post("/keys", json={"name": "test"}, headers={"X-CSRF-Token": csrf}).json()["key"]
    monkeypatch.setenv("SYNDATA_URL", url)
    monkeypatch.setenv("SYNDATA_API_KEY", key)
    job = job_in(syndata("generate --config config.yaml --rows 9 --seed demo --output-dir there --wait").output)
    assert {each.name: each.read_bytes() for each in Path("there").iterdir()} == {
        each.name: each.read_bytes() for each in Path("here").iterdir()
    }
    assert job in syndata("status --all").output
    assert "completed" in syndata(f"status {job} --monitor").output
    assert "completed" in syndata(f"logs {job}").output
    assert "job_ended" in syndata(f"cancel {job}", 2).stderr
    assert "completed" in syndata("dashboard").output
    with Client(url, key) as client:
        seen: list[Job] = []
        made = client.submit(text=shop, name="shop.yaml", options={"rows": 4}, idempotency_key="once")
        assert (
            client.submit(text=shop, name="shop.yaml", options={"rows": 4}, idempotency_key="once").job_id
            == made.job_id
        )
        assert client.wait(made.job_id, seen.append).status == "completed" and seen
        assert list(client.events(made.job_id))[-1]["status"] == "completed"
        assert client.validate({"tables": []})["valid"] is False
        long = client.submit(text=shop, name="shop.yaml", options={"tables": {"orders": 900_000_000}})
        client.cancel(long.job_id)
        assert client.wait(long.job_id).status == "cancelled"
    monkeypatch.setenv("SYNDATA_API_KEY", "syn_key_wrong")
    assert "unauthorised" in syndata("status --all", 2).stderr


def test_code_that_a_configuration_names_runs_in_place_where_it_is_trusted(syndata: Syndata) -> None:
    Path("rules_in_place.py").write_text("class Mine:\n    def made(self, rule_config):\n        return 'mine'\n")
    rule = {"type": "custom", "custom_class": "rules_in_place:Mine", "custom_method": "made"}
    columns = [{"name": "note", "type": "str", "rule": rule}]
    Path("own.json").write_text(json.dumps({"tables": [{"table_name": "notes", "rows": 2, "columns": columns}]}))
    assert "needs_trust" in syndata("validate --config own.json", 1).output
    assert "needs_trust" in syndata("generate --config own.json", 2).stderr
    assert "rules_in_place" not in sys.modules
    syndata("validate --config own.json --trust")
    syndata("generate --config own.json --trust --profile-performance --output-dir out")
    assert Path("out/notes.csv").read_text().split() == ["note", "mine", "mine"]
    told = json.loads(syndata("generate --config own.json --trust --json").output)
    assert told["status"] == "completed" and "trusted" not in told
    del sys.modules["rules_in_place"]
