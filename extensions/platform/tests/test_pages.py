"""The pages without a browser: who may see and send what, tokens in every form, mistakes at their lines, the table editor."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from datamimic import DatamimicError
from datamimic_platform.pages.app import make_pages
from datamimic_platform.pages.changes import changes
from datamimic_platform.pages.diagram import drawn
from datamimic_platform.pages.table_editing import Edit, edited, tables_of
from datamimic_platform.security.rights import Actor
from datamimic_platform.services import configurations, people, recognising, signing_in
from datamimic_platform.store.store import Store

HTML = {"Accept": "text/html"}
PASSWORD = "correct horse battery"
Enter = Callable[..., TestClient]


@pytest.fixture
def administrator(store: Store) -> TestClient:
    """Signed in by the link of the command line."""
    client = TestClient(make_pages(store), base_url="http://localhost", headers=HTML, follow_redirects=False)
    link = signing_in.administrator_link(store)
    assert client.get(f"/login?link={link}").status_code == 303
    return client


@pytest.fixture
def enter(store: Store, administrator: TestClient) -> Enter:
    """Somebody of a role, signed in by password."""

    def signed(role: str) -> TestClient:
        token = token_of(administrator, "/users")
        body = {"csrf": token, "email": f"{role}@example.org", "name": role, "role": role, "password": PASSWORD}
        assert administrator.post("/users", data=body).status_code == 303
        client = TestClient(make_pages(store), base_url="http://localhost", headers=HTML, follow_redirects=False)
        body = {"csrf": token_of(client, "/login"), "email": f"{role}@example.org", "password": PASSWORD}
        assert client.post("/auth/login", data=body).status_code == 303
        return client

    return signed


def token_of(client: TestClient, place: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(place).text)
    assert found is not None, place
    return found[1]


def actor_of(store: Store, client: TestClient) -> Actor:
    return recognising.by_session(store, client.cookies["syndata_session"]).actor


def test_nobody_is_shown_anything_and_no_form_is_taken_without_its_token(
    store: Store, administrator: TestClient
) -> None:
    app: Any = administrator.app
    routes = [(path, {each.upper() for each in told}) for path, told in app.openapi()["paths"].items()]
    assert len(routes) > 25
    stranger = TestClient(app, base_url="http://localhost", headers=HTML, follow_redirects=False)
    for path, methods in routes:
        place = re.sub(r"{[^}]*}", "1", path)
        if "POST" in methods:
            assert administrator.post(place, data={"csrf": "guessed", "workspace": "1", "seen": "1"}).status_code in (
                400,
                403,
            ), path
            assert stranger.post(place, data={"csrf": "", "workspace": "1", "seen": "1"}).status_code in (
                303,
                400,
                403,
            ), path
        elif path not in ("/login", "/login/provider", "/login/provider/back", "/health/live"):
            answer = stranger.get(place)
            assert (answer.status_code, answer.headers["Location"]) == (303, "/login"), path
    for form in re.findall(r"<form method=\"post\".*?</form>", administrator.get("/users").text, re.S):
        assert 'name="csrf"' in form


def test_a_link_opens_one_session_and_tries_are_counted(store: Store, administrator: TestClient) -> None:
    link = signing_in.administrator_link(store)
    other = TestClient(administrator.app, base_url="http://localhost", headers=HTML, follow_redirects=False)
    assert other.get(f"/login?link={link}").headers["Location"] == "/"
    assert other.get("/").status_code == 200
    assert other.get(f"/login?link={link}").status_code == 401
    token = token_of(other, "/login")
    body = {"csrf": token, "email": "admin@localhost", "password": "wrong"}
    told = [other.post("/auth/login", data=body) for _ in range(store.settings.logins_per_minute + 1)]
    assert {each.status_code for each in told[:-1]} == {401}
    assert (told[-1].status_code, "Retry-After" in told[-1].headers) == (429, True)
    assert "too many requests" in told[-1].text.lower()


def test_sections_and_forms_go_by_role(store: Store, enter: Enter, administrator: TestClient, shop: str) -> None:
    configurations.save(store, actor_of(store, administrator), "shop", shop, "shop.yaml", seen=None)
    viewer, developer = enter("viewer"), enter("developer")
    assert 'href="/audit"' in administrator.get("/").text
    assert 'href="/audit"' not in developer.get("/").text
    assert "/configurations/new" in developer.get("/").text
    assert "/configurations/new" not in viewer.get("/").text
    for place in ("/audit", "/users", "/jobs/new", "/configurations/new"):
        assert viewer.get(place).status_code == 403, place
    page = viewer.get("/configurations/shop").text
    assert "readonly" in page
    assert "Hidden from your role: email, first_name" in page
    assert "Hidden from your role" not in developer.get("/configurations/shop").text
    body = {"csrf": token_of(viewer, "/keys"), "text": shop, "name": "other"}
    assert viewer.post("/configurations/save", data=body).status_code == 403


def test_headers_forbid_scripts_and_styles_in_pages_and_values_are_escaped(administrator: TestClient) -> None:
    token = token_of(administrator, "/keys")
    wrong = "<script>alert(1)</script>"
    answer = administrator.post(
        "/configurations/check", data={"csrf": token, "text": f"tables: [{wrong}", "file_name": "a.yaml"}
    )
    assert answer.status_code == 200
    assert wrong not in answer.text and "&lt;script&gt;" in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy and "unsafe" not in policy
    for place in (
        "/",
        "/jobs",
        "/configurations/new",
        "/templates",
        "/schedules/new",
        "/users",
        "/keys",
        "/account",
        "/audit",
    ):
        page = administrator.get(place).text
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=", page), place
    static = re.search(r'href="(/static/platform.css\?v=\w+)"', administrator.get("/").text)
    assert static is not None
    assert "immutable" in administrator.get(static[1]).headers["Cache-Control"]


def test_the_first_administrator_gets_a_password_on_the_page(store: Store, administrator: TestClient) -> None:
    given = {"csrf": token_of(administrator, "/account"), "new": PASSWORD, "again": PASSWORD}
    told = administrator.post("/account/password", data={**given, "again": "another of them"})
    assert told.status_code == 400 and "not the same" in told.text
    assert administrator.post("/account/password", data=given).headers["Location"] == "/account?changed=yes"
    assert "The password is changed" in administrator.get("/account?changed=yes").text
    assert signing_in.by_password(store, "admin@localhost", PASSWORD)[0] == actor_of(store, administrator).user


def test_mistakes_are_at_their_lines_and_a_version_is_saved_by_who_saw_the_newest(
    administrator: TestClient, shop: str
) -> None:
    token = token_of(administrator, "/keys")
    given = {"csrf": token, "name": "shop", "file_name": "shop.yaml", "seen": ""}
    broken = shop.replace("rule: first_name", "rule: fist_name")
    told = administrator.post("/configurations/check", data={**given, "text": broken}, headers={"HX-Request": "true"})
    line = 1 + broken.split("\n").index(next(each for each in broken.split("\n") if "fist_name" in each))
    assert f'data-line="{line}"' in told.text
    assert "1 mistake" in told.text and "<html" not in told.text
    assert re.search(r'<div class="error">[^\n]*fist_name', told.text)
    good = administrator.post("/configurations/check", data={**given, "text": shop}, headers={"HX-Request": "true"})
    assert "No mistakes" in good.text and good.text.count("<svg") == 1
    assert administrator.post("/configurations/save", data={**given, "text": shop}).status_code == 303
    assert "is there already" in administrator.post("/configurations/save", data={**given, "text": shop}).text
    again = {**given, "seen": "1", "text": shop.replace("rows: 50", "rows: 60"), "remark": "more"}
    assert administrator.post("/configurations/save", data=again).headers["Location"] == "/configurations/shop?saved=2"
    page = administrator.get("/configurations/shop/versions?old=1&new=2").text
    assert re.search(r'class="removed">.*?<code>rows: 50</code>', page, re.S)
    assert re.search(r'class="added">.*?<code>rows: 60</code>', page, re.S)


def test_a_schedule_says_its_next_runs_in_its_zone(store: Store, administrator: TestClient, shop: str) -> None:
    configurations.save(store, actor_of(store, administrator), "shop", shop, "shop.yaml", seen=None)
    token = token_of(administrator, "/keys")
    plan = {"csrf": token, "name": "nightly", "configuration": "shop", "how": "cron", "when": "30 2 * * *"}
    wrong = administrator.post("/schedules/save", data={**plan, "zone": "Europe/Nowhere"})
    assert wrong.status_code == 400 and "no such time zone" in wrong.text
    saved = administrator.post("/schedules/save", data={**plan, "zone": "Europe/Berlin", "enabled": "yes"})
    assert saved.headers["Location"] == "/schedules/nightly"
    page = administrator.get("/schedules/nightly").text
    assert "2026-03-03 02:30:00" in page and "UTC+01:00" in page
    assert "Europe/Berlin" in administrator.get("/schedules").text


def test_one_goes_to_workspaces_that_one_is_in_and_no_other(store: Store, administrator: TestClient) -> None:
    with store.writing() as session:
        ours, theirs = (people.new_workspace(store, session, name).id for name in ("ours", "theirs"))
        from datamimic_platform.store.people import Membership

        session.add(
            Membership(workspace_id=ours, user_id=actor_of(store, administrator).user, role="viewer"),
        )
    token, before = token_of(administrator, "/"), administrator.cookies["syndata_session"]
    assert administrator.post("/workspace", data={"csrf": token, "workspace": theirs}).headers["Location"] == "/login"
    assert administrator.post("/workspace", data={"csrf": token, "workspace": ours}).headers["Location"] == "/"
    assert actor_of(store, administrator).workspace == ours
    with pytest.raises(DatamimicError):
        recognising.by_session(store, before)


def test_a_file_is_uploaded_profiled_and_masked_by_a_key_that_nobody_sees(
    store: Store, administrator: TestClient
) -> None:
    token = {"csrf": token_of(administrator, "/data")}
    people_csv = b"name,email\nAnn Lee,ann@mail.example\nBo Ray,bo@mail.example\n"
    sent = administrator.post("/data", data=token, files={"file": ("people.csv", people_csv)})
    assert sent.status_code == 303
    assert administrator.post("/data", data=token, files={"file": ("people.exe", b"MZ")}).status_code == 400
    assert administrator.post("/data", files={"file": ("people.csv", people_csv)}).status_code == 403
    page = administrator.get("/data").text
    identifier = re.search(r"/data/(upload_\w+)/profile", page)
    assert identifier is not None
    asked = administrator.post(f"/data/{identifier[1]}/profile", data={**token, "name": "people.csv"})
    assert asked.status_code == 303, re.search(r'role="alert".*?</div>', asked.text, re.S)
    assert asked.headers["Location"].startswith("/jobs/job_")
    assert administrator.post("/data/key", data={**token, "name": "masking"}).status_code == 303
    assert administrator.post("/data/key", data={**token, "name": "masking"}).status_code == 400
    masked = {**token, "upload": f"{identifier[1]}/people.csv", "key": "masking"}
    asked = administrator.post("/data/mask", data=masked)
    assert asked.status_code == 303, re.search(r'role="alert".*?</div>', asked.text, re.S)
    assert asked.headers["Location"].startswith("/jobs/job_")
    page = administrator.get(asked.headers["Location"]).text
    assert "secret:masking" in page and "ann@mail.example" not in page
    wrong = administrator.post("/data/mask", data={**masked, "plan": "tables: ["})
    assert wrong.status_code == 400 and "tables: [" in wrong.text


TEXT = """\
# what we sell
tables:
  - table_name: parents  # kept
    columns:
      - name: id
        type: int
        constraints: [PK]
      # a remark
      - {name: word, type: str, rule: first_name}
  - table_name: children
    columns:
      - {name: id, type: int, constraints: [PK]}
      - {name: parent, type: int}
rows: 5
"""


@pytest.mark.parametrize(
    ("edit", "new", "old"),
    [
        (Edit(do="set_rows", table="parents", value="7"), ["    rows: 7"], []),
        (Edit(do="add_column", table="parents", value="more"), ["      - {name: more, type: str}"], []),
        (
            Edit(do="set_rule", table="parents", column="word", value="{type: range, min: 1}"),
            ["      - {name: word, type: str, rule: {type: range, min: 1}}"],
            ["      - {name: word, type: str, rule: first_name}"],
        ),
        (
            Edit(do="set_key", table="children", column="parent", value="parents.id"),
            [
                "      - {name: parent, type: int, constraints: [FK]}",
                "    foreign_keys:",
                "      - {parent_table: parents, parent_column: id, child_column: parent}",
            ],
            ["      - {name: parent, type: int}"],
        ),
        (
            Edit(do="remove_column", table="parents", column="word"),
            [],
            ["      - {name: word, type: str, rule: first_name}"],
        ),
        (
            Edit(do="add_table", value="others"),
            ["  - table_name: others", "    columns:", "      - {name: id, type: int, constraints: [PK]}"],
            [],
        ),
    ],
)
def test_the_table_editor_changes_the_lines_that_it_is_about(edit: Edit, new: list[str], old: list[str]) -> None:
    made = edited(TEXT, edit)
    changed = changes(TEXT, made)
    assert [each.text for each in changed if each.kind == "added"] == new
    assert [each.text for each in changed if each.kind == "removed"] == old
    assert tables_of(made) is not None


def test_a_key_that_is_taken_away_leaves_the_text_as_it_was() -> None:
    key = Edit(do="set_key", table="children", column="parent", value="parents.id")
    made = edited(edited(TEXT, key), Edit(do="set_key", table="children", column="parent", value=""))
    assert made == TEXT


def test_what_the_table_editor_cannot_change_it_refuses() -> None:
    for text in ("tables: 5", "tables: [{table_name: a, columns: [{name: b}]}]", "a: ["):
        with pytest.raises(DatamimicError, match="cannot be changed") as refused:
            edited(text, Edit(do="add_column", table="a", value="c"))
        assert refused.value.code == "platform.bad_request"


def test_parents_are_drawn_before_their_children_and_circles_end() -> None:
    key = {"columns": ["b"], "parent_columns": ["a"]}
    round_about = [{**key, "table": "x", "parent": "y"}, {**key, "table": "y", "parent": "x"}]
    made = drawn({"x": ["a", "b"], "y": ["a", "b"]}, {"x": 1, "y": 1}, round_about)
    assert len(made.lines) == 2 and {box.name for box in made.boxes} == {"x", "y"}
    line = drawn(
        {"child": ["b"], "parent": ["a"]}, {"child": 1, "parent": 1}, [{**key, "table": "child", "parent": "parent"}]
    )
    places = {box.name: box.x for box in line.boxes}
    assert places["parent"] < places["child"]


def test_whoever_asks_for_the_head_of_a_page_that_is_not_there_is_told_so(administrator: TestClient) -> None:
    whole = administrator.get("/jobs/job_1")
    head = administrator.head("/jobs/job_1")
    assert (whole.status_code, head.status_code, head.content) == (404, 404, b"")
    assert "text/html" in whole.headers["Content-Type"] and "not_found" in whole.text
    assert head.headers["X-Correlation-Id"] != whole.headers["X-Correlation-Id"] != ""
