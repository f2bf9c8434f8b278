"""REST: the description, errors, and that nobody gets what is not theirs: every route with every role and foreign object."""

from __future__ import annotations

import asyncio
import io
import json
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from attrs import evolve
from fastapi import FastAPI
from starlette.testclient import TestClient

from datamimic_platform.api import watching
from datamimic_platform.api.app import make_app
from datamimic_platform.jobs.queue import claim
from datamimic_platform.jobs.running import run_job
from datamimic_platform.pages import plan_editing, table_editing
from datamimic_platform.security.rights import Actor, Role
from datamimic_platform.security.tokens import Claims, issue
from datamimic_platform.services import configurations
from datamimic_platform.services.people import add_user, new_workspace
from datamimic_platform.services.progress import seen
from datamimic_platform.services.signing_in import administrator_link, new_key
from datamimic_platform.settings import Settings
from datamimic_platform.store.audit_rows import AuditRow
from datamimic_platform.store.store import Store, open_store

PASSWORD = "correct horse battery"


class Place:
    """A workspace with a user of each role and a key for each."""

    def __init__(self, store: Store, name: str) -> None:
        with store.writing() as session:
            self.workspace = new_workspace(store, session, name).id
        first = Actor(self.workspace, "first", Role.ADMINISTRATOR)
        self.users, self.keys = {}, {}
        for role in reversed(Role):
            made = add_user(store, first, f"{role}@{name}.example", role, role, PASSWORD if name == "one" else None)
            self.users[role] = made["id"]
            actor = Actor(self.workspace, made["email"], role, made["id"])
            self.keys[role] = new_key(store, actor, "tests", 30)["key"]

    def headers(self, role: Role) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.keys[role]}"}


@pytest.fixture
def one(store: Store) -> Place:
    return Place(store, "one")


@pytest.fixture(scope="module")
def application() -> FastAPI:
    """Made once: each test gives it a store of its own."""
    settings = Settings(environment="test", requests_per_minute=1_000_000, logins_per_minute=1_000_000)
    return make_app(Store(sa.create_engine("sqlite://"), settings))


@pytest.fixture
def client(store: Store, application: FastAPI) -> Iterator[TestClient]:
    application.state.store = store
    with TestClient(application, raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def developer(client: TestClient, one: Place) -> TestClient:
    client.headers.update(one.headers(Role.DEVELOPER))
    return client


def finished(store: Store, job: str) -> None:
    lease = claim(store, "w", job)
    assert lease is not None
    run_job(store, lease, lambda: None, lambda: None)


def submitted(client: TestClient, shop: str, **more: Any) -> dict[str, Any]:
    body = {
        "job_type": "generate",
        "config_text": shop,
        "config_name": "shop.yaml",
        "options": {"seed": "demo"},
        **more,
    }
    answer = client.post("/jobs", json=body)
    assert answer.status_code == 202, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_a_job_from_its_submission_to_its_files(developer: TestClient, store: Store, shop: str, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from datamimic_models.commands.run import run as dm_run

    made = submitted(developer, shop, priority="high")
    assert re.fullmatch("job_[0-9a-z]+", made["job_id"]) and made["status"] == "queued"
    lines = developer.get(f"/jobs/{made['job_id']}/logs?lines=100").json()["lines"]
    assert [each["message"] for each in lines] == ["queued"]
    finished(store, made["job_id"])
    job = developer.get(f"/jobs/{made['job_id']}").json()
    assert (job["status"], job["priority"], job["progress"]["share"]) == ("completed", "high", 1.0)
    (tmp_path / "shop.yaml").write_text(shop)
    command = [str(tmp_path / "shop.yaml"), "--seed", "demo", "-o", str(tmp_path / "run"), "-q"]
    assert CliRunner().invoke(dm_run, command).exit_code == 0
    assert {each["name"] for each in job["artefacts"]} == {each.name for each in (tmp_path / "run").iterdir()}
    for each in job["artefacts"]:
        got = developer.get(f"/jobs/{made['job_id']}/artefacts/{each['name']}")
        assert got.content == (tmp_path / "run" / each["name"]).read_bytes()
        assert got.headers["ETag"] == f'"{each["sha256"]}"'
    with developer.stream("GET", f"/jobs/{made['job_id']}/events") as events:
        assert "event: end" in "".join(events.iter_text())
    metrics = developer.get("/metrics").text
    assert 'syndata_jobs_total{status="completed"} 1.0' in metrics
    assert "syndata_rows_generated_total 170.0" in metrics
    for bucket in ("10", "30", "60", "+Inf"):
        assert f'syndata_generation_duration_seconds_bucket{{le="{bucket}"}} 1.0' in metrics


def test_who_watches_a_job_that_waits_is_told_that_it_does(
    developer: TestClient, shop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = submitted(developer, shop)
    for name, value in (("MOST", 0.05), ("STILL", 0.02)):
        monkeypatch.setattr(watching, name, value)
    with developer.stream("GET", f"/jobs/{made['job_id']}/events") as events:
        told = "".join(events.iter_text()).split("\n\n")
    assert told[0].startswith("event: progress") and set(told[1:]) == {": still", ""}


def test_one_look_serves_all_who_watch(
    developer: TestClient, store: Store, shop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = [developer.get(f"/jobs/{submitted(developer, shop)['job_id']}").json() for _ in range(2)]
    looks: list[int] = []

    def look(kept: Store, ids: list[str]) -> dict[str, dict[str, Any]]:
        if looks:
            for each in ids:
                finished(store, each)
        looks.append(len(ids))
        return seen(kept, ids)

    async def ends() -> list[list[str]]:
        watched = watching.Watching(store)

        async def told(job: dict[str, Any]) -> list[str]:
            return [each.splitlines()[0] async for each in watched.events(job)]

        return await asyncio.gather(*(told(jobs[number % 2]) for number in range(100)))

    monkeypatch.setattr(watching, "seen", look)
    monkeypatch.setattr(watching, "WATCH", 0.01)
    assert all(each == ["event: progress", "event: end"] for each in asyncio.run(ends()))
    assert looks == [2, 2]


def test_the_body_of_the_description(developer: TestClient) -> None:
    config = {"tables": [{"table_name": "t", "columns": [{"name": "id", "type": "int", "constraints": ["PK"]}]}],
              "rows": 1000, "output_format": "csv"}  # fmt: skip
    answer = developer.post("/jobs", json={"job_type": "generate", "config": config, "priority": "normal"})
    assert answer.status_code == 202
    assert developer.post("/config/validate", json={**config, "locale": "en_US"}).json()["valid"] is True
    wrong = developer.post("/config/validate", json={"tables": []})
    assert wrong.status_code == 200 and wrong.json()["valid"] is False and wrong.json()["errors"][0]["code"]
    refused = developer.post("/jobs", json={"job_type": "generate", "config": {"tables": []}})
    assert refused.status_code == 400 and refused.json()["errors"]
    assert "/tmp" not in refused.text


def test_mistakes_of_a_configuration_have_json_paths(developer: TestClient, shop: str) -> None:
    """Of an object that somebody sends they are all that helps: it has no lines."""
    column = {"name": "id", "type": "int", "rule": {"type": "range", "min": 9, "max": 1}}
    config = {"tables": [{"table_name": "t", "columns": [{"name": "a"}, column, {"name": "b", "rule": "fist_name"}]}]}
    refused = developer.post("/jobs", json={"job_type": "generate", "config": config}).json()
    assert refused["path"] == refused["errors"][0]["path"]
    assert {each["path"] for each in refused["errors"]} > {"$.config.tables[0].columns[2]"}
    told = developer.post("/config/validate", json=config).json()["errors"]
    assert [f"$.config{each['path'][1:]}" for each in told] == [each["path"] for each in refused["errors"]]
    text = shop.replace("rule: first_name", "rule: fist_name")
    for place, more in (("/jobs", {}), ("/jobs/preview", {"rows": 1})):
        answer = developer.post(place, json={"job_type": "generate", "config_text": text, **more})
        assert answer.status_code == 400 and re.match(r"\$\.config\.tables\[\d\]\.columns\[\d\]", answer.json()["path"])


def test_pages_and_filters(developer: TestClient, store: Store, shop: str, moments: Any) -> None:
    made = []
    for _ in range(5):
        made.append(submitted(developer, shop)["job_id"])
        moments.move(seconds=1)
    assert developer.delete(f"/jobs/{made[0]}").json()["status"] == "cancelled"
    assert developer.delete(f"/jobs/{made[0]}").json()["status"] == "cancelled"
    first, second = (developer.get(f"/jobs?page={n}&page_size=3").json() for n in (1, 2))
    assert [each["job_id"] for each in first["items"] + second["items"]] == made[::-1]
    assert first["total"] == 5
    assert developer.get("/jobs?status_filter=pending").json()["total"] == 4
    assert developer.get("/jobs?status_filter=cancelled").json()["total"] == 1
    assert developer.get("/jobs?status_filter=odd").status_code == 400
    finished(store, made[1])
    ended = developer.delete(f"/jobs/{made[1]}")
    assert (ended.status_code, ended.json()["code"]) == (409, "platform.job_ended")
    again = developer.post(f"/jobs/{made[1]}/resubmit", json={"options": {"rows": 3}}).json()
    assert again["resubmitted_from"] == made[1] and again["options"] == {"seed": "demo", "rows": 3}


def test_configurations_are_locked_by_their_etag_and_keep_their_history(developer: TestClient, shop: str) -> None:
    made = developer.put("/configurations/shop", json={"text": shop})
    assert (made.status_code, made.headers["ETag"]) == (200, '"1"')
    assert developer.put("/configurations/shop", json={"text": shop}).status_code == 409
    second = developer.put(
        "/configurations/shop", json={"text": shop + "\n", "remark": "why"}, headers={"If-Match": '"1"'}
    )
    assert second.headers["ETag"] == '"2"'
    assert developer.put("/configurations/shop", json={"text": "x"}, headers={"If-Match": '"1"'}).status_code == 409
    assert [each["version"] for each in developer.get("/configurations/shop/history").json()["items"]] == [2, 1]
    assert developer.get("/configurations/shop?version=1").json()["text"] == shop
    job = developer.post("/jobs", json={"job_type": "generate", "configuration": "shop", "version": 1})
    assert job.json()["configuration_version"] == 1
    assert developer.delete("/configurations/shop").status_code == 428
    assert developer.delete("/configurations/shop", headers={"If-Match": '"2"'}).status_code == 204
    assert developer.get("/configurations/shop").status_code == 404
    sent = developer.post("/config/upload", files={"file": ("clinic.yaml", shop.encode())})
    assert (sent.status_code, sent.json()["name"]) == (201, "clinic")


def test_of_two_who_make_one_thing_at_the_same_moment_the_slower_is_told(
    developer: TestClient, shop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(configurations, "_by_name", lambda *_, **__: None)
    first, second = (developer.put("/configurations/shop", json={"text": shop}) for _ in range(2))
    assert (first.status_code, second.status_code, second.json()["code"]) == (200, 409, "platform.conflict")


def test_previews_hide_what_is_personal_from_those_who_may_not_see_it(
    client: TestClient, one: Place, shop: str
) -> None:
    body = {"config_text": shop, "config_name": "shop.yaml", "rows": 5, "seed": "demo"}
    for role, hidden in ((Role.VIEWER, True), (Role.DEVELOPER, False)):
        found = client.post("/jobs/preview", json=body, headers=one.headers(role)).json()["tables"]
        assert [len(found[name]["sample"]) for name in ("customers", "orders")] == [5, 5]
        assert all((each["email"] == "•••") is hidden for each in found["customers"]["sample"])
        assert all(isinstance(each["customer_id"], int) for each in found["customers"]["sample"])


def test_uploads_are_what_they_say_and_not_too_large(client: TestClient, one: Place, store: Store) -> None:
    client.headers.update(one.headers(Role.DEVELOPER))
    good = client.post("/uploads", files={"file": ("people.csv", b"name,age\nAda,36\n")}).json()
    assert good["size"] == 16
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sheet.xml", b"0" * 5_000_000)
    for name, content, code in [
        ("people.parquet", b"name,age", "platform.bad_upload"),
        ("people.csv", b"PAR1\0\0", "platform.bad_upload"),
        ("people.exe", b"MZ", "platform.bad_upload"),
        ("people.csv", b"", "platform.bad_upload"),
        ("people.xlsx", bomb.getvalue(), "platform.bad_upload"),
        ("..\\..\\.bashrc", b"x", "platform.bad_upload"),
    ]:
        answer = client.post("/uploads", files={"file": (name, content)})
        assert (answer.status_code, answer.json()["code"]) == (400, code), name
    small = TestClient(make_app(evolve(store, settings=evolve(store.settings, upload_bytes=10))))
    answer = small.post("/uploads", files={"file": ("a.csv", b"x" * 11)}, headers=one.headers(Role.DEVELOPER))
    assert (answer.status_code, answer.json()["code"]) == (413, "platform.too_large")
    kind = {**one.headers(Role.DEVELOPER), "Content-Type": "multipart/form-data; boundary=b"}
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    for body in (
        head + b"x" * (2 << 20),
        iter([head, *[b"x" * (1 << 20)] * 3]),
    ):  # with a length that is told, and without one
        answer = small.post("/uploads", content=body, headers=kind)
        assert (answer.status_code, answer.json()["code"]) == (413, "platform.too_large")
    assert [each.name for each in (store.settings.data_folder / "uploads").iterdir()] == [good["id"]]


def test_a_job_reads_an_upload(developer: TestClient, store: Store) -> None:
    given = developer.post("/uploads", files={"file": ("people.csv", b"name,age\nAda,36\nBob,40\n")}).json()["id"]
    text = ("tables:\n  - {table_name: people, source: people.csv}\n"
            "  - table_name: visits\n    rows: 4\n    columns:\n      - {name: id, type: int, constraints: [PK]}\n"
            "      - {name: who, type: str, rule: {type: lookup, source: people.csv, column: name}}\n")  # fmt: skip
    body = {"job_type": "validate", "config_text": text, "files": {"people.csv": given}}
    made = developer.post("/jobs", json=body)
    assert made.status_code == 202, made.text
    finished(store, made.json()["job_id"])
    assert developer.get(f"/jobs/{made.json()['job_id']}").json()["status"] == "completed"


def test_no_file_of_the_server_is_read_or_told_of(developer: TestClient, store: Store, tmp_path: Path) -> None:
    (tmp_path / "theirs.csv").write_text("code,owner\n1,somebody\n")
    for place in (str(tmp_path / "theirs.csv"), "../../theirs.csv", "nothing.csv", "../nothing.csv"):
        config = {"tables": [{"table_name": "t", "source": place, "primary_key": ["wrong"]}]}
        told = [
            developer.post("/config/validate", json=config).text,
            developer.post("/jobs", json={"job_type": "generate", "config": config}).text,
            developer.post("/jobs/preview", json={"config": config}).text,
        ]
        wanted = "no file nothing.csv" if place == "nothing.csv" else "outside_folder"
        for each in told:
            assert wanted in each and "owner" not in each and str(store.settings.data_folder.resolve()) not in each, (
                each
            )
            assert "syndata-" not in each


GROWING = "\n".join(
    ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)), "tables: [*a29]"]
)
MERGING = "\n".join(
    [
        "a0: &a0 {x: 1}",
        *(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 30)),
        "tables: [*a29]",
    ]
)


@pytest.mark.parametrize("text", [GROWING, MERGING], ids=["aliases", "merges"])
def test_documents_that_grow_by_aliases_cost_nothing(developer: TestClient, text: str, store: Store) -> None:
    for kind in ("generate", "validate", "learn", "mask", "messages"):
        made = developer.post("/jobs", json={"job_type": kind, "config_text": text, "config_name": "grows.yaml"})
        assert made.status_code in (202, 400), made.text
    assert developer.post("/jobs/preview", json={"config_text": text}).status_code == 400
    assert developer.put("/configurations/grows", json={"text": text, "file_name": "grows.yaml"}).status_code < 500
    assert table_editing.tables_of(text) is None and plan_editing.choices_of(text) is None


def test_half_a_character_is_a_mistake_of_whoever_sent_it(developer: TestClient) -> None:
    for body in (
        '{"job_type": "generate", "config_text": "\\ud800"}',
        '{"job_type": "generate", "config": {"a": "\\udfff"}}',
    ):
        answer = developer.post("/jobs", content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (400, "platform.bad_request")


def test_limits_are_of_each_key_and_say_how_long(store: Store, one: Place) -> None:
    limited = TestClient(make_app(evolve(store, settings=evolve(store.settings, requests_per_minute=3))))
    answers = [limited.get("/me", headers=one.headers(Role.VIEWER)) for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[3].headers["Retry-After"]) <= 60
    assert answers[3].json()["code"] == "platform.too_many"
    assert limited.get("/me", headers=one.headers(Role.DEVELOPER)).status_code == 200
    assert limited.get("/health").status_code == 200


def test_who_guesses_keys_is_limited_by_address_whatever_the_key(store: Store, one: Place) -> None:
    limited = TestClient(make_app(evolve(store, settings=evolve(store.settings, requests_per_minute=3))))
    guesses = [limited.get("/me", headers={"X-API-Key": f"syn_key_{number}"}).status_code for number in range(5)]
    assert guesses == [401, 401, 401, 429, 429]


def test_requests_are_counted_where_redis_does_not_answer(store: Store, one: Place) -> None:
    settings = evolve(store.settings, requests_per_minute=2, redis_url="redis://127.0.0.1:1/0")
    limited = TestClient(make_app(evolve(store, settings=settings)))
    answers = [limited.get("/me", headers=one.headers(Role.VIEWER)) for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]


def test_logins_are_throttled_and_accounts_locked(client: TestClient, one: Place, store: Store, moments: Any) -> None:
    body = {"email": "developer@one.example", "password": PASSWORD}
    answer = client.post("/auth/token", json=body).json()
    assert (
        client.get("/me", headers={"Authorization": f"Bearer {answer['access_token']}"}).json()["role"] == "developer"
    )
    for _ in range(5):
        assert client.post("/auth/token", json={**body, "password": "wrong"}).status_code == 401
    assert client.post("/auth/token", json=body).status_code == 401
    moments.move(minutes=16)
    assert client.post("/auth/token", json=body).status_code == 200
    assert client.post("/auth/token", json={"email": "nobody@x", "password": "x"}).status_code == 401
    limited = TestClient(make_app(evolve(store, settings=evolve(store.settings, logins_per_minute=2))))
    assert [limited.post("/auth/token", json=body).status_code for _ in range(3)] == [200, 200, 429]


def test_one_changes_ones_own_password_by_the_old_one(
    client: TestClient, one: Place, store: Store, moments: Any
) -> None:
    login = {"email": "viewer@one.example", "password": PASSWORD}
    mine = one.headers(Role.VIEWER)
    elsewhere = client.post("/auth/login", json=login).json()
    assert elsewhere["csrf"] and client.get("/me").status_code == 200
    wrong = client.put("/me/password", json={"old": "wrong", "new": "another battery staple"}, headers=mine)
    assert (wrong.status_code, wrong.json()["code"]) == (400, "platform.bad_password")
    short = client.put("/me/password", json={"old": PASSWORD, "new": "short"}, headers=mine)
    assert (short.status_code, short.json()["code"]) == (400, "platform.bad_password")
    new = {"old": PASSWORD, "new": "another battery staple"}
    scoped = client.post("/keys", json={"name": "k", "scopes": ["read"]}, headers=mine).json()["key"]
    assert client.put("/me/password", json=new, headers={"X-API-Key": scoped}).status_code == 403
    assert client.put("/me/password", json=new).status_code == 403  # a session without its token
    session = client.cookies["syndata_session"]
    client.cookies.clear()
    token = {"Authorization": f"Bearer {client.post('/auth/token', json=login).json()['access_token']}"}
    assert client.get("/me", headers=token).status_code == 200
    moments.move(seconds=1)
    assert client.put("/me/password", json=new, headers=mine).status_code == 204
    assert client.get("/me", headers={"Cookie": f"syndata_session={session}"}).status_code == 401
    assert client.get("/me", headers=token).status_code == 401
    assert client.post("/auth/token", json=login).status_code == 401
    assert client.post("/auth/token", json={**login, "password": new["new"]}).status_code == 200
    for _ in range(5):
        client.put("/me/password", json={"old": "guess", "new": PASSWORD}, headers=mine)
    locked = client.put("/me/password", json={"old": new["new"], "new": PASSWORD}, headers=mine)
    assert locked.status_code == 400


def test_tokens_are_taken_by_one_algorithm_for_this_audience_until_their_end(
    client: TestClient, one: Place, store: Store, moments: Any
) -> None:
    import base64

    import jwt

    secret, user = store.settings.jwt_secret, one.users[Role.ADMINISTRATOR]
    good = issue(Claims(user, one.workspace, moments.now), secret, 5)
    body = jwt.decode(good, options={"verify_signature": False})
    unsigned = (
        base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode() + "." + good.split(".")[1] + "."
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PyJWT wants more bytes for this one
        longer = jwt.encode(body, secret, "HS512")
    wrong = [
        longer,
        jwt.encode({**body, "aud": "other"}, secret, "HS256"),
        jwt.encode({**body, "iss": "other"}, secret, "HS256"),
        jwt.encode({key: value for key, value in body.items() if key != "exp"}, secret, "HS256"),
        jwt.encode(body, "k" * 64, "HS256"),
        jwt.encode({**body, "workspace": one.workspace + 999}, secret, "HS256"),
        unsigned,
        "syn_key_nothing",
        "",
    ]
    assert client.get("/me", headers={"Authorization": f"Bearer {good}"}).status_code == 200
    for each in wrong:
        assert client.get("/me", headers={"Authorization": f"Bearer {each}"}).status_code == 401
    moments.move(minutes=6)
    assert client.get("/me", headers={"Authorization": f"Bearer {good}"}).status_code == 401


def test_keys_are_hashed_scoped_and_end(client: TestClient, one: Place, store: Store, moments: Any, shop: str) -> None:
    mine = one.headers(Role.DEVELOPER)
    made = client.post("/keys", json={"name": "ci", "days": 1, "scopes": ["read"]}, headers=mine).json()
    with store.engine.connect() as connection:
        assert made["key"] not in str(connection.exec_driver_sql("SELECT * FROM api_keys").all())
    scoped = {"X-API-Key": made["key"]}
    assert client.get("/jobs", headers=scoped).status_code == 200
    assert client.post("/jobs", json={"job_type": "generate", "config_text": shop}, headers=scoped).status_code == 403
    assert client.post("/keys", json={"name": "more"}, headers=scoped).status_code == 403
    assert client.delete(f"/keys/{made['id']}", headers=mine).status_code == 204
    assert client.get("/jobs", headers=scoped).status_code == 401
    moments.move(days=31)
    assert client.get("/me", headers=mine).status_code == 401


def test_sessions_need_their_csrf_token_and_links_open_one(client: TestClient, store: Store) -> None:
    link = administrator_link(store)
    signed = client.post("/auth/link", json={"link": link}).json()
    cookie = client.cookies.get("syndata_session")
    assert client.get("/me").json()["role"] == "administrator"
    assert client.post("/keys", json={"name": "k"}).status_code == 403
    assert client.post("/keys", json={"name": "k"}, headers={"X-CSRF-Token": signed["csrf"]}).status_code == 201
    assert client.post("/auth/link", json={"link": link}).status_code == 401
    assert client.post("/auth/logout", headers={"X-CSRF-Token": signed["csrf"]}).status_code == 204
    client.cookies.set("syndata_session", str(cookie))
    assert client.get("/me").status_code == 401


def test_what_fails_inside_is_told_by_its_correlation_id_alone(
    client: TestClient, one: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datamimic_platform.services import statistics

    def broken(*_: object) -> None:
        raise RuntimeError("secret value")

    monkeypatch.setattr(statistics, "statistics", broken)
    answer = client.get("/stats", headers={**one.headers(Role.VIEWER), "X-Correlation-Id": "my-own-id-1"})
    assert answer.status_code == 500 and answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["correlation_id"] == "my-own-id-1" and "secret" not in answer.text


def test_the_correlation_id_goes_from_the_request_into_the_log_of_the_job(
    developer: TestClient, store: Store, shop: str
) -> None:
    developer.headers["X-Correlation-Id"] = "from-the-page"
    made = submitted(developer, shop)
    finished(store, made["job_id"])
    lines = developer.get(f"/jobs/{made['job_id']}/logs").json()["lines"]
    assert {each["correlation_id"] for each in lines} == {"from-the-page"} and len(lines) > 4


def test_every_answer_has_the_headers_of_security(client: TestClient) -> None:
    for path in ("/health", "/nowhere", "/jobs"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Correlation-Id"]


def test_heads_are_what_get_answers_without_its_body(developer: TestClient) -> None:
    for path, status in (("/health", 200), ("/jobs", 200), ("/jobs/job_1", 404)):
        head, whole = developer.head(path), developer.get(path)
        assert (head.status_code, head.content) == (status, b"")
        assert head.headers["Content-Type"] == whole.headers["Content-Type"]
    assert developer.head("/jobs/job_1/events").status_code == 405


def test_a_database_that_has_no_connection_free_is_a_reason_to_ask_later(settings: Any, one: Place) -> None:
    small = open_store(evolve(settings, pool_size=1, pool_overflow=0, pool_timeout=0))
    with TestClient(make_app(small)) as client, small.engine.connect():
        answer = client.get("/jobs", headers=one.headers(Role.VIEWER))
        assert (answer.status_code, answer.json()["code"]) == (503, "platform.no_database")
        assert int(answer.headers["Retry-After"]) > 0
    small.close()


def test_health_says_what_is_not_ready(store: Store, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/health").json() == {"status": "ok", "checks": {"database": "ok", "storage": "ok"}}
    with store.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE tallies RENAME TO gone")
    assert client.get("/health/ready").status_code == 503
    assert client.get("/health/live").status_code == 200


# Every route, with every role and with objects of another workspace.

BODIES: dict[tuple[str, str], Callable[[str], dict[str, Any]]] = {
    ("POST", "/jobs"): lambda shop: {"json": {"job_type": "generate", "config_text": shop}},
    ("GET", "/jobs/{job_id}/explanation"): lambda shop: {"params": {"table": "customers", "field": "email"}},
    ("POST", "/jobs/preview"): lambda shop: {"json": {"config_text": shop, "rows": 1}},
    ("POST", "/config/validate"): lambda shop: {"json": {"tables": []}},
    ("POST", "/config/upload"): lambda shop: {"files": {"file": ("new.yaml", shop.encode())}},
    ("PUT", "/configurations/{name}"): lambda shop: {"json": {"text": shop}, "headers": {"If-Match": '"1"'}},
    ("DELETE", "/configurations/{name}"): lambda shop: {"headers": {"If-Match": '"1"'}},
    ("POST", "/uploads"): lambda shop: {"files": {"file": ("b.csv", b"a,b\n")}},
    ("PUT", "/schedules/{name}"): lambda shop: {
        "json": {"trigger": {"every_seconds": 60}, "job": {"job_type": "generate", "config_text": shop}},
        "headers": {"If-Match": '"1"'},
    },
    ("POST", "/keys"): lambda shop: {"json": {"name": "k"}},
    ("PUT", "/me/password"): lambda shop: {"json": {"old": PASSWORD, "new": PASSWORD}},
    ("POST", "/users"): lambda shop: {"json": {"email": "new@one.example", "name": "New", "role": "viewer"}},
    ("PUT", "/users/{user_id}/role"): lambda shop: {"json": {"role": "executor"}},
    ("PUT", "/teams/{name}"): lambda shop: {"json": {"role": "executor", "members": []}},
    ("PUT", "/secrets/{name}"): lambda shop: {"json": {"value": "hidden"}},
    ("POST", "/auth/token"): lambda shop: {"json": {"email": "viewer@one.example", "password": PASSWORD}},
    ("POST", "/auth/login"): lambda shop: {"json": {"email": "viewer@one.example", "password": PASSWORD}},
    ("POST", "/auth/link"): lambda shop: {"json": {"link": "syn_link_x"}},
}
OPEN = {"/health", "/health/live", "/health/ready", "/auth/token", "/auth/login", "/auth/link"}
ANYBODY = {"/me", "/me/password", "/keys", "/keys/{key_id}", "/openapi.json", "/auth/logout"}
"""Of everybody who is known, about themselves."""
LEAST = {
    ("POST", "/jobs"): Role.DEVELOPER,
    ("DELETE", "/jobs/{job_id}"): Role.DEVELOPER,  # of somebody else's job
    ("POST", "/jobs/{job_id}/resubmit"): Role.EXECUTOR,
    ("GET", "/jobs/{job_id}/artefacts/{name:path}"): Role.EXECUTOR,
    ("POST", "/config/upload"): Role.DEVELOPER,
    ("PUT", "/configurations/{name}"): Role.DEVELOPER,
    ("DELETE", "/configurations/{name}"): Role.DEVELOPER,
    ("POST", "/uploads"): Role.DEVELOPER,
    ("GET", "/jobs/{job_id}/explanation"): Role.DEVELOPER,
    ("DELETE", "/uploads/{upload_id}"): Role.DEVELOPER,
    ("PUT", "/schedules/{name}"): Role.DEVELOPER,
    ("DELETE", "/schedules/{name}"): Role.DEVELOPER,
    ("GET", "/users"): Role.ADMINISTRATOR,
    ("POST", "/users"): Role.ADMINISTRATOR,
    ("PUT", "/users/{user_id}/role"): Role.ADMINISTRATOR,
    ("DELETE", "/users/{user_id}"): Role.ADMINISTRATOR,
    ("GET", "/teams"): Role.ADMINISTRATOR,
    ("PUT", "/teams/{name}"): Role.ADMINISTRATOR,
    ("PUT", "/secrets/{name}"): Role.DEVELOPER,
    ("GET", "/audit"): Role.ADMINISTRATOR,
    ("GET", "/audit/export"): Role.ADMINISTRATOR,
}
"""The least role that a route wants; a viewer is enough for all others."""


def routes(client: TestClient) -> list[tuple[str, str]]:
    paths = client.app.openapi()["paths"]  # type: ignore[attr-defined]
    found = [(method.upper(), path) for path, methods in paths.items() for method in methods]
    return [
        (method, path.replace("{name}", "{name:path}") if "/artefacts/{" in path else path) for method, path in found
    ]


@pytest.fixture
def objects(client: TestClient, one: Place, store: Store, shop: str) -> dict[str, Any]:
    """One thing of each kind, in the first workspace."""
    mine = one.headers(Role.ADMINISTRATOR)
    client.put("/configurations/thing", json={"text": shop}, headers=mine)
    client.put("/secrets/thing", json={"value": "x"}, headers=mine)
    client.put("/teams/thing", json={"role": "viewer"}, headers=mine)
    client.put(
        "/schedules/thing",
        json={"trigger": {"cron": "0 3 * * *"}, "job": {"job_type": "generate", "configuration": "thing"}},
        headers=mine,
    )
    job = client.post(
        "/jobs", json={"job_type": "generate", "configuration": "thing", "options": {"rows": 2}}, headers=mine
    ).json()
    finished(store, job["job_id"])
    return {
        "job_id": job["job_id"],
        "upload_id": client.post("/uploads", files={"file": ("a.csv", b"a\n1\n")}, headers=mine).json()["id"],
        "user_id": one.users[Role.EXECUTOR],
        "key_id": client.post("/keys", json={"name": "thing"}, headers=mine).json()["id"],
        "schema_name": "shop",
        "name": "thing",
        "name:path": "manifest.json",
    }


def ask(client: TestClient, method: str, path: str, objects: dict[str, Any], shop: str, headers: dict[str, str]) -> Any:
    said = BODIES.get((method, path), lambda shop: {})(shop)
    place = re.sub(r"\{([^}]+)\}", lambda found: str(objects[found[1]]), path)
    return client.request(method, place, **{**said, "headers": {**said.get("headers", {}), **headers}})


def test_nobody_unknown_gets_anything(client: TestClient, objects: dict[str, Any], shop: str) -> None:
    for method, path in routes(client):
        answer = ask(client, method, path, objects, shop, {})
        assert answer.status_code == 401 or path in OPEN, (method, path, answer.status_code)
        client.cookies.clear()


def test_each_role_gets_what_it_may_and_no_more(
    client: TestClient, one: Place, store: Store, objects: dict[str, Any], shop: str
) -> None:
    for role in Role:
        for method, path in routes(client):
            if path in OPEN or path in ANYBODY:
                continue
            allowed = role.rank >= LEAST.get((method, path), Role.VIEWER).rank
            if allowed and method in ("DELETE", "PUT"):
                continue  # things are needed by the other roles; that these work is shown below
            answer = ask(client, method, path, objects, shop, one.headers(role))
            assert (answer.status_code != 403) is allowed, (role, method, path, answer.status_code, answer.text)
            assert answer.status_code < 500


def test_things_of_another_workspace_are_not_there(
    client: TestClient, store: Store, objects: dict[str, Any], shop: str
) -> None:
    other = Place(store, "two").headers(Role.ADMINISTRATOR)
    for method, path in routes(client):
        if "{" not in path or "schema_name" in path:
            continue
        answer = ask(client, method, path, objects, shop, other)
        made = method == "PUT" and path in ("/teams/{name}", "/secrets/{name}")
        assert answer.status_code == (200 if made else 404), (method, path, answer.status_code, answer.text)
    for path in ("/jobs", "/configurations", "/uploads", "/schedules"):
        assert client.get(path, headers=other).json()["total"] == 0
    mail = [each["email"] for each in client.get("/users", headers=other).json()["items"]]
    assert all(each.endswith("@two.example") for each in mail)
    assert "one" not in json.dumps(client.get("/audit", headers=other).json()["items"])


def test_every_change_leaves_one_row_of_the_audit(
    client: TestClient, one: Place, store: Store, objects: dict[str, Any], shop: str
) -> None:
    mine = one.headers(Role.ADMINISTRATOR)

    def rows() -> int:
        with store.reading() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(AuditRow)) or 0

    tried = set()
    for method, path in sorted(routes(client), key=lambda each: (each[0] == "DELETE", each[1])):
        silent = method == "GET" and path not in ("/audit/export", "/jobs/{job_id}/artefacts/{name:path}")
        if silent or path in ("/jobs/preview", "/config/validate", "/auth/link", "/auth/logout"):
            before = rows()
            if path not in ("/auth/logout",):
                ask(client, method, path, objects, shop, mine)
            assert rows() == before, (method, path)
            continue
        before = rows()
        if (method, path) == ("DELETE", "/jobs/{job_id}"):
            job = client.post("/jobs", json={"job_type": "generate", "config_text": shop}, headers=mine).json()[
                "job_id"
            ]
            before = rows()
            answer = client.delete(f"/jobs/{job}", headers=mine)
        else:
            etag = {"If-Match": '"2"'} if (method, path) == ("DELETE", "/configurations/{name}") else {}
            answer = ask(client, method, path, objects, shop, {**mine, **etag})
        assert answer.status_code < 300, (method, path, answer.status_code, answer.text)
        assert rows() == before + 1, (method, path)
        tried.add((method, path))
    assert len(tried) > 18


def test_the_audit_is_exported_and_no_cell_is_a_formula(
    client: TestClient, one: Place, store: Store, objects: dict[str, Any]
) -> None:
    mine = one.headers(Role.ADMINISTRATOR)
    client.put("/secrets/=cmd()", json={"value": "x"}, headers=mine)
    lines = [json.loads(line) for line in client.get("/audit/export", headers=mine).text.splitlines()]
    assert {each["action"] for each in lines} >= {"configuration.save", "job.submit", "secret.keep"}
    text = client.get("/audit/export?format=csv", headers=mine).text
    assert "'=cmd()" in text and "hidden" not in text


def test_the_description_is_openapi_three_one(client: TestClient, one: Place) -> None:
    found = client.get("/openapi.json", headers=one.headers(Role.VIEWER)).json()
    assert found["openapi"].startswith("3.1")
    operations = [operation for path in found["paths"].values() for operation in path.values()]
    assert len(operations) > 40
    assert all("401" in each["responses"] and "422" not in each["responses"] for each in operations)


def test_a_number_that_no_database_has_is_a_bad_request(client: TestClient, one: Place) -> None:
    client.headers.update(one.headers(Role.ADMINISTRATOR))
    for place in ("/keys", "/users"):
        assert client.delete(f"{place}/{2**80}").status_code == 400
