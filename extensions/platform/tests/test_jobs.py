"""The queue: who gets which job, what holds it, how it ends; in both databases where the database decides."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve
from click.testing import CliRunner
from sqlalchemy.exc import DatabaseError

from datamimic import DatamimicError
from datamimic_platform.jobs import submitting
from datamimic_platform.jobs.logs import JobLog, last_lines
from datamimic_platform.jobs.places import artefact_folder, log_path, work_folder
from datamimic_platform.jobs.queue import Beat, Lease, claim, released, renew
from datamimic_platform.jobs.request import Request
from datamimic_platform.jobs.retention import retain
from datamimic_platform.jobs.running import run_job
from datamimic_platform.jobs.states import Priority, Status, status_named
from datamimic_platform.jobs.submitting import Submission, checked, submit
from datamimic_platform.security.addresses import refuse_private
from datamimic_platform.security.rights import Actor
from datamimic_platform.services.jobs import Order, submit_job
from datamimic_platform.store.guards import MOVES
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Artefact, Attempt, Job, Tally

from .conftest import workspace_of


def queued(store: Store, actor: Actor, text: str, **said: Any) -> Job:
    options = said.pop("options", {"seed": "demo"})
    request = checked(store, actor, Request(kind="generate", text=text, file_name="shop.yaml", options=options))
    with store.writing() as session:
        return submit(store, session, actor, Submission(request=request, **said))


def job_of(store: Store, identifier: str) -> Job:
    with store.reading() as session:
        return session.get_one(Job, identifier)


def run(store: Store, lease: Lease) -> Status | None:
    return run_job(store, lease, lambda: None, lambda: None)


def test_higher_priorities_go_first_and_of_equal_ones_the_older(
    either: Store, new_workspace: Callable[..., Actor], moments: Any, shop: str
) -> None:
    actor = new_workspace(either)
    order = [Priority.NORMAL, Priority.LOW, Priority.HIGH, Priority.NORMAL]
    made = []
    for each in order:
        made.append(queued(either, actor, shop, priority=each).id)
        moments.move(seconds=1)
    got = [lease.job for lease in iter(lambda: claim(either, "w"), None)]
    assert got == [made[2], made[0], made[3], made[1]]


def test_no_other_moves_than_those_there_are(either: Store, new_workspace: Callable[..., Actor], shop: str) -> None:
    job = queued(either, new_workspace(either), shop)
    for old, new in itertools.permutations(Status, 2):
        with either.writing() as session:
            session.execute(sa.text("DELETE FROM job_attempts"))
            kept = session.get_one(Job, job.id)
            row = {each.name: getattr(kept, each.name) for each in Job.__table__.columns}
            session.delete(kept)
            session.flush()
            session.add(Job(**{**row, "status": old}))
        statement = sa.update(Job).values(status=str(new))
        if (old, new) in MOVES:
            with either.writing() as session:
                session.execute(statement)
        else:
            with pytest.raises(DatabaseError, match="does not go"), either.writing() as session:
                session.execute(statement)


def test_a_lost_worker_gives_its_job_back_and_changes_nothing_more(
    either: Store, new_workspace: Callable[..., Actor], moments: Any, shop: str
) -> None:
    job = queued(either, new_workspace(either), shop)
    first = claim(either, "one")
    assert first is not None
    assert claim(either, "two") is None
    assert renew(either, first, Beat("generating", 10, 170)) == "held"
    moments.move(seconds=either.settings.lease_seconds + 1)
    second = claim(either, "two")
    assert second is not None and second.job == job.id and second.token != first.token
    assert renew(either, first, Beat("generating", 20, 170)) == "lost"
    assert released(either, first, "late") is None
    assert run(either, second) is Status.COMPLETED
    with either.reading() as session:
        told = [(each.outcome, each.reason) for each in session.scalars(sa.select(Attempt).order_by(Attempt.number))]
    assert told == [("retried", "the worker was lost"), ("completed", None)]


def test_a_job_that_is_lost_too_often_fails_with_the_reason(
    store: Store, workspace: Actor, moments: Any, shop: str
) -> None:
    job = queued(store, workspace, shop)
    taken = 0
    while (found := job_of(store, job.id)).status != "failed":
        taken += claim(store, "w") is not None
        moments.move(hours=1)
    assert taken == store.settings.max_attempts
    assert found.error is not None and found.error["code"] == "platform.gave_up"
    assert "the worker was lost" in found.error["message"]


def test_a_job_makes_the_bytes_of_dm_run(store: Store, workspace: Actor, shop: str, tmp_path: Path) -> None:
    from datamimic_models.commands.run import run as dm_run

    job = queued(store, workspace, shop, options={"seed": "demo", "rows": 77})
    lease = claim(store, "w")
    assert lease is not None and run(store, lease) is Status.COMPLETED
    (tmp_path / "shop.yaml").write_text(shop)
    command = [str(tmp_path / "shop.yaml"), "--rows", "77", "--seed", "demo", "-o", str(tmp_path / "run"), "-q"]
    assert CliRunner().invoke(dm_run, command).exit_code == 0
    with store.reading() as session:
        made = {each.name: each for each in session.scalars(sa.select(Artefact))}
    theirs = {each.name: each.read_bytes() for each in (tmp_path / "run").iterdir()}
    assert {name: Path(each.path).read_bytes() for name, each in made.items()} == theirs
    assert {name: each.sha256 for name, each in made.items()} == {
        name: hashlib.sha256(content).hexdigest() for name, content in theirs.items()
    }
    found = job_of(store, job.id)
    assert (found.status, found.rows_done) == ("completed", 77 + 120)
    assert found.result is not None and found.result["tables"] == {"customers": 77, "orders": 120}
    assert not work_folder(store.settings, lease.job, lease.token).exists()


def test_the_log_is_there_at_once_and_tells_every_phase(store: Store, workspace: Actor, shop: str) -> None:
    job = queued(store, workspace, shop)
    path = log_path(store.settings, job.id)
    assert [each["message"] for each in last_lines(path, 10)] == ["queued"]
    lease = claim(store, "w")
    assert lease is not None
    run(store, lease)
    lines = last_lines(path, 100)
    assert [each["phase"] for each in lines if "phase" in each] == ["reading", "planning", "generating", "publishing"]
    batch = next(each for each in lines if each["logger"] == "app.core.data_generator")
    assert batch.keys() >= {
        "timestamp", "level", "logger", "message", "job_id", "table_name", "batch_size", "duration_ms", "rows_generated",
    }  # fmt: skip
    assert {each["correlation_id"] for each in lines} == {job.correlation_id}
    assert last_lines(path, 2) == lines[-2:]


def test_a_long_log_is_read_from_its_end(store: Store) -> None:
    log = JobLog(store.settings, "job_1", "c" * 16)
    for number in range(2_000):
        log.say(f"line {number} " + "x" * 50)
    assert [each["message"].split()[1] for each in last_lines(log.path, 3)] == ["1997", "1998", "1999"]
    assert len(last_lines(log.path, 5_000)) == 2_000


def test_a_cancelled_job_ends_and_leaves_nothing(store: Store, workspace: Actor, shop: str) -> None:
    job = queued(store, workspace, shop)
    lease = claim(store, "w")
    assert lease is not None
    with store.writing() as session:
        session.get_one(Job, job.id).cancel_requested = True
    assert renew(store, lease, Beat("generating", 0, None)) == "cancel"
    assert run(store, lease) is Status.CANCELLED
    assert not artefact_folder(store.settings, job.id).exists() or not any(
        artefact_folder(store.settings, job.id).iterdir()
    )
    with store.reading() as session:
        assert session.scalars(sa.select(Artefact)).all() == []
        assert session.get_one(Tally, "ended.cancelled").value == 1


def test_a_configuration_with_mistakes_is_refused_before_it_is_queued(
    store: Store, workspace: Actor, shop: str
) -> None:
    with pytest.raises(DatamimicError) as caught:
        queued(store, workspace, shop.replace("rule: email", "rule: emial"))
    assert caught.value.code.startswith("models.")
    for options, code in [
        ({"rows": "many"}, "platform.bad_option"),
        ({"row": 3}, "unknown_option"),
        ({"output_format": "paquet"}, "unknown_format"),
        ({"output_format": "postgresql"}, "format_unsuited"),
        ({"locale": "xx_XX"}, "unsupported_locale"),
        ({"to": "postgresql://u:secret@db.example/x"}, "platform.password_in_url"),
        ({"to": "postgresql://127.0.0.1/x"}, "platform.address_refused"),
        ({"to": "sqlite:////etc/passwd"}, "platform.address_refused"),
    ]:
        with pytest.raises(DatamimicError) as caught:
            queued(store, workspace, shop, options=options)
        assert caught.value.code == code, options
        assert "secret" not in caught.value.render() or code == "platform.password_in_url"


def test_what_reads_private_addresses_is_refused_and_an_allowed_host_is_not(store: Store, workspace: Actor) -> None:
    text = 'tables:\n  - {table_name: given, source: "postgresql:\\x2f\\x2flocalhost/test#people"}\n'
    with pytest.raises(DatamimicError) as caught:
        queued(store, workspace, text)
    assert caught.value.code == "platform.address_refused"
    allowed = evolve(store, settings=evolve(store.settings, allowed_hosts=("localhost",)))
    with pytest.raises(DatamimicError) as caught:
        queued(allowed, workspace, text)
    assert caught.value.code != "platform.address_refused"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://public.example#@127.0.0.1/x",
        "postgresql://public.example:5432/@127.0.0.1/x",
        "postgresql://public.example\\@127.0.0.1/x",
        "postgresql://a@b@127.0.0.1/x",
        "postgresql://public.example,127.0.0.1/x",
        "postgresql://public.example/x?host=127.0.0.1",
        "postgresql://public.example/x?sslmode=require&hostaddr=127.0.0.1",
        "postgresql://public.example/x?service=other",
        "mariadb://public.example/x?unix_socket=/run/mysqld/mysqld.sock",
        "kafka://public.example/x?plugin.library.paths=/tmp/x.so",
        "postgresql://[::ffff:127.0.0.1]:5432/x",
        "postgresql://[fd00::1]/x",
        "http://public.example\t/x",
        "postgresql:///x",
        "sqlite:x",
    ],
)
def test_no_reader_of_a_url_is_led_to_another_host_than_was_looked_at(url: str) -> None:
    def resolve(host: str) -> list[str]:
        return {"public.example": ["93.184.215.14"]}.get(host, [host] if host[0] in "1:[f" else [])

    for fine in ("postgresql://me@public.example:5432/x?sslmode=require#people", "https://public.example/a@b?host=c"):
        refuse_private(fine, (), resolve)
    with pytest.raises(DatamimicError) as caught:
        refuse_private(url, (), resolve)
    assert caught.value.code == "platform.address_refused"


def test_fingerprints_are_of_what_decides_bytes(shop: str) -> None:
    import json

    import yaml

    in_yaml = Request(kind="generate", text=shop, file_name="shop.yaml", options={"rows": 5, "batch_size": 9})
    in_json = Request(kind="generate", text=json.dumps(yaml.safe_load(shop)), options={"rows": 5, "tables": {}})
    assert in_yaml.fingerprint() == in_json.fingerprint()
    assert evolve(in_yaml, options={"rows": 6}).fingerprint() != in_yaml.fingerprint()


def test_of_two_requests_with_one_key_at_the_same_moment_one_makes_the_job(
    either: Store, shop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second looks before the first has committed: it sees no job, and its own is refused by the database."""
    actor, looked = workspace_of(either), submitting._known
    seen: list[Any] = []
    order = Order(kind="validate", text=shop, file_name="shop.yaml", idempotency_key="k")

    def known(*asked: Any) -> Any:
        seen.append(asked)
        return None if len(seen) == 2 else looked(*asked)

    monkeypatch.setattr(submitting, "_known", known)
    first, second = submit_job(either, actor, order), submit_job(either, actor, order)
    assert first["job_id"] == second["job_id"] and len(seen) == 3


def test_an_idempotency_key_gives_the_same_job_and_refuses_another(store: Store, workspace: Actor, shop: str) -> None:
    first = queued(store, workspace, shop, options={}, idempotency_key="k1")
    assert queued(store, workspace, shop, options={}, idempotency_key="k1").id == first.id
    with pytest.raises(DatamimicError) as caught:
        queued(store, workspace, shop, options={"rows": 9}, idempotency_key="k1")
    assert caught.value.code == "platform.idempotency"


def test_what_failed_is_told_and_not_tried_again(store: Store, workspace: Actor, shop: str) -> None:
    job = queued(store, workspace, shop)
    with store.writing() as session:
        kept = session.get_one(Job, job.id)
        kept.request = {**kept.request, "text": shop.replace("email", "emial")}
    lease = claim(store, "w")
    assert lease is not None and run(store, lease) is Status.FAILED
    found = job_of(store, job.id)
    assert found.error is not None and found.error["code"].startswith("models.")
    assert "failed" in [each["message"].partition(":")[0] for each in last_lines(log_path(store.settings, job.id), 9)]


def test_ended_jobs_go_with_everything_after_their_time(
    store: Store, workspace: Actor, moments: Any, shop: str
) -> None:
    job = queued(store, workspace, shop)
    lease = claim(store, "w")
    assert lease is not None
    run(store, lease)
    waiting = queued(store, workspace, shop)
    assert retain(store) == []
    moments.move(days=store.settings.retention_days + 1)
    assert retain(store) == [job.id]
    assert not artefact_folder(store.settings, job.id).exists()
    assert not log_path(store.settings, job.id).exists()
    with store.reading() as session:
        assert list(session.scalars(sa.select(Job.id))) == [waiting.id]
        assert session.get_one(Tally, "rows").value == 170


def test_pending_is_another_word_for_queued() -> None:
    assert status_named("pending") is Status.QUEUED
    with pytest.raises(DatamimicError):
        status_named("waiting")
