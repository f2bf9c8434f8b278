"""Every command and request that the platform's description prints, as printed, in a folder with files of our own.

What is printed of other tools is shown elsewhere: Celery's worker in test_celery.py, images, compose and Kubernetes in
test_delivery.py, Python in extensions/app/tests.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.testclient import TestClient

from datamimic_platform.api.app import make_app
from datamimic_platform.jobs.queue import claim
from datamimic_platform.jobs.running import run_job
from datamimic_platform.security.rights import Actor
from datamimic_platform.services.signing_in import local_key
from datamimic_platform.settings import read_settings
from datamimic_platform.store.store import Store

from .conftest import Syndata

ROOT = Path(__file__).parents[3]
SHARED = next((folder / "shared" for folder in Path(__file__).parents if (folder / "shared" / "seeds").is_dir()), None)
COMMANDS = [  # (command, exit status, what it says); `job_12345` is a job that is there where the status is not 2
    ("generate --config examples/sample_configs/customer_config.json --rows 1000", 0, "customers: 1,000 rows"),
    ("profile --data sample_data.csv --output profile_report.json", 0, "sample_data: 60 rows"),
    ("validate --config my_config.yaml", 0, "valid"),
    ("status --all", 0, "generate"),
    ("generate --config config.yaml --rows 10000 --output-format csv --output-dir ./output", 0, "in output, seed"),
    ("generate --config config.yaml --sample-data existing_data.csv --rows 50000 --wait", 0, "customers: 10,000 rows"),
    ("generate --template customer_template.yaml --rows 25000 --priority high", 0, "customers: 25,000 rows"),
    ("profile --data sample_data.csv --output generated_config.yaml --format yaml", 0, "completed"),
    ("profile --data large_dataset.parquet --output profile_report.html --format html", 0, "completed"),
    ("status --status running --limit 5", 0, "no jobs"),
    ("status job_12345 --monitor", 0, "completed"),
    ("logs job_12345 --lines 200", 0, "Generated batch completed"),
    ("cancel job_12345", 2, "job_ended"),
    ("dashboard", 0, "memory"),
    ("generate --config config.yaml --batch-size 5000", 0, "orders: 120 rows"),
    ("generate --config config.yaml --profile-performance", 0, "rows/s"),
    ("validate --config config.yaml --check-relationships", 0, "orders.customer_id -> customers.customer_id"),
    ("generate --config config.yaml --debug-relationships", 0, "0 orphaned"),
]
SERVING = ("scheduler --config-file jobs_config.yaml --max-workers 8", "scheduler --max-workers 8")
REQUESTS = [
    "POST /jobs", "GET /jobs/{job_id}", "GET /jobs?page=1&page_size=20&status_filter=completed",
    "DELETE /jobs/{job_id}", "GET /jobs/{job_id}/logs?lines=100", "POST /config/validate", "POST /config/upload",
    "GET /schemas", "GET /schemas/{schema_name}", "GET /health", "GET /stats", "GET /metrics",
]  # fmt: skip


def printed() -> str:
    if SHARED is None:
        pytest.skip("the document is not beside the checkout")
    (file,) = (SHARED / "seeds").glob("003_*.txt")
    return re.sub(r"\\\n\s*", "", file.read_text(encoding="utf-8"))


def test_all_that_is_printed_is_tried() -> None:
    text = printed()
    known = {command for command, _, _ in COMMANDS} | {*SERVING}
    assert set(re.findall(r"^syndata (.*?) *$", text, re.MULTILINE)) == known
    assert set(re.findall(r"^((?:GET|POST|DELETE) /\S*) *$", text, re.MULTILINE)) == set(REQUESTS)


@pytest.fixture
def folder(syndata: Syndata, shop: str) -> Path:
    """What the commands take for given."""
    import pyarrow.csv as arrow_csv
    import pyarrow.parquet as parquet

    Path("examples").symlink_to(ROOT / "examples")
    Path("my_config.yaml").write_text(shop)
    email = "{name: email, type: str, rule: email, sensitivity: PII}"
    assert email in shop
    Path("config.yaml").write_text(shop.replace(email, f"{email}\n      - {{name: age, type: int}}"))
    Path("customer_template.yaml").write_text(shop.replace("max: 10000", "max: 100000"))
    Path("sample_data.csv").write_text("level,points\n" + "".join(f"l{n % 3},{n}\n" for n in range(60)))
    Path("existing_data.csv").write_text("first_name,age\n" + "".join(f"N{n % 5},{n}\n" for n in range(60)))
    parquet.write_table(arrow_csv.read_csv("sample_data.csv"), "large_dataset.parquet")
    Path("jobs_config.yaml").write_text(
        yaml.safe_dump({"jobs": [{"name": "nightly", "cron": "0 2 * * *", "config": "config.yaml"}]})
    )
    return Path.cwd()


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_commands_as_printed_one_after_the_other(syndata: Syndata, folder: Path) -> None:
    job = "job_12345"
    assert "not_found" in syndata(f"status {job} --monitor", 2).stderr
    for command, status, said in COMMANDS:
        done = syndata(command.replace("job_12345", job), status)
        assert said in done.output + done.stderr, command
        if command.startswith("generate"):
            found = re.search("job_[0-9a-z]+", done.output)
            assert found is not None
            job = found[0]
    assert json.loads(Path("profile_report.json").read_text())["tables"]
    assert "<html" in Path("profile_report.html").read_text()
    assert "sample_data: 60 rows" in syndata("generate --config generated_config.yaml").output
    assert Path(f"logs/jobs/{job}.log").is_file() and Path("logs/syndata.log").is_file()


def test_rows_that_keys_cannot_have_are_told(syndata: Syndata, folder: Path) -> None:
    done = syndata("generate --config config.yaml --rows 25000")
    assert "customers: 10,000 rows" in done.output
    assert "warning[models.fewer_rows]: customers has 10000 rows instead of 25000" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="ends the schedulers by a signal")
@pytest.mark.parametrize("command", [SERVING[0], pytest.param(SERVING[1], marks=pytest.mark.thorough)])
def test_schedulers_run_until_they_are_ended(folder: Path, command: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "datamimic_platform", *command.split()],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    lines = iter(process.stdout.readline, "")
    said = []
    for line in lines:
        said.append(line)
        if line == "8 workers\n":
            break
    process.send_signal(signal.SIGINT)
    out, error = process.communicate()
    assert (process.returncode, out, error) == (0, "", "")
    assert any("nightly: next" in line for line in said) == ("--config-file" in command)


@pytest.fixture
def client(store: Store, workspace: Actor) -> Iterator[TestClient]:
    with TestClient(make_app(store), raise_server_exceptions=False) as made:
        made.headers["X-API-Key"] = local_key(store, workspace, "tests", 1)["key"]
        yield made


def test_requests_as_printed(client: TestClient, store: Store, shop: str) -> None:
    tables: list[dict[str, Any]] = yaml.safe_load(shop)["tables"]
    names = {"job_id": "job_12345", "schema_name": "shop"}
    body = {"job_type": "generate", "config": {"tables": tables, "rows": 1000, "output_format": "csv"}}
    sent: dict[str, dict[str, Any]] = {
        "POST /jobs": {"json": {**body, "priority": "normal"}},
        "POST /config/validate": {"json": {"tables": tables, "locale": "en_US"}},
        "POST /config/upload": {"files": {"file": ("shop.yaml", shop.encode(), "application/yaml")}},
    }
    for request in REQUESTS:
        method, _, place = request.partition(" ")
        answer = client.request(method, place.format(**names), **sent.get(request, {}))
        ended = request.startswith("DELETE")  # it was done before anybody could cancel it
        assert answer.status_code == 409 if ended else answer.is_success, f"{request}: {answer.text}"
        if request == "POST /jobs":
            names["job_id"] = answer.json()["job_id"]
            lease = claim(store, "w", names["job_id"])
            assert lease is not None
            run_job(store, lease, lambda: None, lambda: None)
    assert re.search(r'^syndata_jobs_total\{status="completed"\} 1', client.get("/metrics").text, re.MULTILINE)


def test_who_asks_without_a_key_is_told_how_to_get_one(client: TestClient) -> None:
    del client.headers["X-API-Key"]
    assert client.get("/health").status_code == 200
    answer = client.get("/stats")
    assert answer.status_code == 401 and "`syndata user key NAME` makes a key" in answer.json()["hint"]


def test_variables_as_printed_are_settings() -> None:
    known = {
        "SYNDATA_API_KEY": "your-api-key-here", "DATABASE_URL": "postgresql://user:pass@host:5432/db",
        "SECRET_KEY": "0123456789abcdef" * 3, "JWT_SECRET": "fedcba9876543210" * 3, "ENVIRONMENT": "production",
        "DEBUG": "false", "LOG_LEVEL": "INFO", "API_WORKERS": "4", "DATABASE_POOL_SIZE": "20",
        "REDIS_MAX_CONNECTIONS": "100", "SSL_ENABLED": "true", "SSL_CERT_PATH": "/etc/ssl/certs/syndata.pem",
        "SSL_KEY_PATH": "/etc/ssl/private/syndata.key", "PROMETHEUS_ENABLED": "true",
        "SENTRY_DSN": "https://your-sentry-dsn", "SYNDATA_MEMORY_PROFILING": "true",
    }  # fmt: skip
    made = read_settings(known)
    assert made.production and made.ssl_enabled and made.memory_profiling and made.prometheus_enabled
    assert (made.api_workers, made.pool_size, made.redis_max_connections) == (4, 20, 100)
    assert (made.pool_overflow, made.pool_timeout, made.pool_recycle) == (30, 60, 3600)
    assert set(re.findall(r"^export (\w+)=", printed(), re.MULTILINE)) == known.keys()
