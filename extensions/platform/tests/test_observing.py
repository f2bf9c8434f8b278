"""What leaves the process to be looked at elsewhere: spans from a request to its job, and errors without a value of data."""

from __future__ import annotations

import json
import logging
import logging.config
import logging.handlers
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from datamimic import DatamimicError
from datamimic_platform.api.app import make_app
from datamimic_platform.jobs.queue import claim
from datamimic_platform.jobs.running import run_job
from datamimic_platform.observing import tracing
from datamimic_platform.observing.errors_told import options
from datamimic_platform.observing.logs import log_to, stop_logging
from datamimic_platform.services.signing_in import administrator_link
from datamimic_platform.store.store import Store


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """Those that have ended so far."""
    pytest.importorskip("opentelemetry.sdk", reason="the extra opentelemetry is not installed")
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    monkeypatch.setattr(tracing, "_made", [])
    exporter = InMemorySpanExporter()
    tracing.provide(SimpleSpanProcessor(exporter))
    return exporter.get_finished_spans


def test_a_job_is_in_the_trace_of_the_request_that_made_it(store: Store, spans: Callable[[], Any], shop: str) -> None:
    with TestClient(make_app(store)) as http:
        csrf = http.post("/auth/link", json={"link": administrator_link(store)}).json()["csrf"]
        body = {"job_type": "generate", "config_text": shop, "config_name": "secretive.yaml", "options": {"rows": 3}}
        headers = {"X-Correlation-Id": "from-the-browser", "X-CSRF-Token": csrf}
        assert http.post("/jobs", json=body, headers=headers).status_code == 202
    lease = claim(store, "w")
    assert lease is not None
    run_job(store, lease, lambda: None, lambda: None)
    found = {each.name if each.name == "job" else each.attributes["route"]: each for each in spans()}
    request, job = found["/jobs"], found["job"]
    assert request.context.trace_id == job.context.trace_id != found["/auth/link"].context.trace_id
    assert job.attributes["rows"] == 123 and job.attributes["job_id"] == lease.job
    assert request.attributes["status"] == 202 and request.attributes["correlation_id"] == "from-the-browser"
    assert "secretive" not in "".join(each.to_json() for each in spans())


def test_a_failure_is_told_by_its_code_and_not_by_its_text(spans: Callable[[], Any]) -> None:
    for error in (DatamimicError("platform.bad_option", "of Ada Lovelace"), ValueError("of Ada Lovelace")):
        with pytest.raises(type(error)), tracing.span("job"):
            raise error
    assert [each.attributes["error.type"] for each in spans()] == ["platform.bad_option", "ValueError"]
    assert "Ada" not in "".join(each.to_json() for each in spans())


def told_in(folder: Path) -> dict[str, list[str]]:
    """The loggers by file, a line each."""
    return {
        path.name: [json.loads(line)["logger"] for line in path.read_text().splitlines()]
        for path in folder.glob("*.log")
    }


@pytest.fixture
def logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    known = {
        each: each.disabled for each in logging.Logger.manager.loggerDict.values() if isinstance(each, logging.Logger)
    }
    yield
    stop_logging()
    root.setLevel(level)
    root.handlers[:] = handlers
    for each, disabled in known.items():
        each.disabled = disabled


@pytest.mark.usefixtures("logging_as_it_was")
def test_servers_and_libraries_have_a_log_of_their_own(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    log_to(tmp_path, "INFO")
    ours = ["datamimic.platform.api", "app.core.data_generator", "datamimic_platform.jobs.running"]
    for name in [*ours, "uvicorn.error"]:
        logging.getLogger(name).info("said by %s", name)
    assert told_in(tmp_path) == {"syndata.log": [*ours, "uvicorn.error"], "system.log": ["uvicorn.error"]}
    assert caplog.messages == [f"said by {name}" for name in [*ours, "uvicorn.error"]]


@pytest.mark.usefixtures("logging_as_it_was")
def test_what_a_program_around_it_does_to_logging_silences_nothing(tmp_path: Path) -> None:
    its_own = logging.handlers.RotatingFileHandler(tmp_path / "host.txt", delay=True)
    logging.getLogger().addHandler(its_own)
    job = logging.getLogger("datamimic_platform.jobs.running")
    logging.config.dictConfig({"version": 1})  # disables every logger there is
    assert job.disabled
    log_to(tmp_path, "INFO")
    assert its_own in logging.getLogger().handlers
    job.info("after")
    logging.basicConfig(level=logging.ERROR, force=True)  # closes every handler of the root logger
    logging.config.dictConfig(
        {"version": 1, "disable_existing_loggers": False, "root": {"level": "CRITICAL", "handlers": []}}
    )
    job.info("after that")
    assert told_in(tmp_path) == {"syndata.log": [job.name] * 2}


def test_no_value_of_data_is_in_what_sentry_is_sent() -> None:
    sentry = pytest.importorskip("sentry_sdk", reason="the extra sentry is not installed")
    sent: list[Any] = []

    class Kept(sentry.transport.Transport):  # type: ignore[misc, name-defined]
        def capture_envelope(self, envelope: Any) -> None:
            sent.extend(item.payload.json for item in envelope.items if item.payload.json)

    client = sentry.Client(dsn="https://key@sentry.example/1", transport=Kept, **options("test"))
    with sentry.isolation_scope() as scope:
        scope.set_client(client)
        scope.set_user({"email": "ada@firm.example"})
        scope.set_extra("row", {"name": "Ada"})
        scope.add_breadcrumb(message="read Ada")
        row = {"first_name": "Ada", "number": "4111111111111111"}
        try:
            try:
                raise KeyError(row["number"])
            except KeyError as error:
                raise ValueError(f"bad row {row}") from error
        except ValueError as error:
            client.capture_event(*sentry.utils.event_from_exception(error, client_options=client.options), scope=scope)
        coded = DatamimicError("platform.bad_option", "of Ada")
        client.capture_event(*sentry.utils.event_from_exception(coded, client_options=client.options), scope=scope)
    client.close()
    assert len(sent) == 1
    text = json.dumps(sent)
    assert not [each for each in ("Ada", "4111", "ada@", "bad row", "first_name") if each in text]
    assert [each["type"] for each in sent[0]["exception"]["values"]] == ["KeyError", "ValueError"]
    frame = sent[0]["exception"]["values"][-1]["stacktrace"]["frames"][-1]
    assert frame["function"] == test_no_value_of_data_is_in_what_sentry_is_sent.__name__ and frame["lineno"]


@pytest.mark.usefixtures("logging_as_it_was")
def test_a_log_turns_over_at_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datamimic_platform.observing.logs._MOST_BYTES", 1_000)
    log_to(tmp_path, "INFO")
    for number in range(60):
        logging.getLogger("datamimic.platform").info("line %d of many", number)
    kept = sorted(tmp_path.glob("syndata.log*"))
    assert [each.name for each in kept] == ["syndata.log", *(f"syndata.log.{number}" for number in range(1, 6))]
    assert all(each.stat().st_size < 1_300 for each in kept)
    assert "line 59 of many" in kept[0].read_text()
