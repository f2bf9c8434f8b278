"""Stories of users in Chromium, by keyboard and mouse: a configuration is made, its mistake seen, its rows previewed, its job
run, watched and downloaded, another cancelled; and every page at two widths and in two schemes. Left out where there is no
Chromium.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from datamimic import DatamimicError
from datamimic_platform.security.rights import Actor, Role
from datamimic_platform.services import artefact_preview, configurations, jobs, lineage, schedules
from datamimic_platform.store.store import Store

from .chromium import CHROMIUM, Browser
from .in_a_browser import looked_at, pictures

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium")
PLACES = (
    "/", "/jobs", "/jobs/new", "/configurations", "/configurations/kept", "/configurations/kept/versions", "/templates",
    "/data", "/schedules", "/schedules/nightly", "/users", "/keys", "/account", "/audit", "/login", "/nowhere",
)  # fmt: skip


def kept(store: Store, text: str) -> None:
    """A configuration with two versions, of tables that may be as large as a job wants, and a schedule of it."""
    actor = Actor(1, "test", Role.ADMINISTRATOR)
    if "kept" not in [each["name"] for each in configurations.configurations(store, actor)["items"]]:
        text = text.replace("max: 10000}", "max: 1000000000}")
        configurations.save(store, actor, "kept", text, "shop.yaml", seen=None)
        configurations.save(store, actor, "kept", text.replace("    rows: 120\n", ""), "shop.yaml", seen=1)
        plan = schedules.Plan(
            name="nightly",
            trigger={"cron": "30 2 * * *"},
            job={"kind": "generate", "configuration": "kept"},
            zone="Europe/Berlin",
        )
        schedules.save(store, actor, plan)


def test_a_configuration_is_made_mended_run_watched_and_downloaded(
    platform: tuple[Store, str], browser: Browser, shop: str, tmp_path: Path
) -> None:
    _, address = platform
    browser.errors.clear()
    browser.open(f"{address}/configurations/new")
    browser.fill("#text", shop.replace("rule: first_name", "rule: fist_name"))
    line = 1 + next(number for number, each in enumerate(shop.split("\n")) if "first_name" in each)
    browser.until(f"document.querySelector('#mistakes [data-line=\"{line}\"]')")
    assert "fist_name" in browser.run("document.querySelector('#marks .error').textContent")
    browser.click(f'#mistakes [data-line="{line}"]')
    assert "fist_name" in browser.run("(e => e.value.slice(e.selectionStart, e.selectionEnd))(document.activeElement)")
    lines = browser.run("document.querySelector('.numbers').textContent.split('\\n').length")
    assert lines == browser.run("document.querySelector('#text').value.split('\\n').length")
    assert "fist_name" in browser.run("document.querySelector('.inks').innerText")
    browser.fill("#text", shop)
    browser.until("document.querySelectorAll('#looked svg .box').length === 2")
    assert browser.run("[...document.querySelectorAll('#looked .grid')].map(e => e.tBodies[0].rows.length)") == [10, 10]
    browser.fill("#name", "sold")
    browser.press_to_leave("Enter")
    browser.follow("a[href='/jobs/new?configuration=sold']")
    browser.fill("#seed", "story")
    browser.press_to_leave("Enter")
    browser.run("window.__same = true")
    browser.until("document.querySelector('#status').dataset.status === 'completed'")
    assert browser.run("window.__same"), "the page was loaded again, and not told of the end"
    assert browser.run("document.querySelector('#cancel')") is None
    assert browser.until("document.querySelector('#said').textContent") == "The job is completed"
    assert "sold, version 1" in browser.run("document.querySelector('.origin').textContent").replace("\n", " ")
    assert looked_at(browser) == []
    browser.picture(pictures(tmp_path) / "job.png")
    got = browser.run(
        "fetch(document.querySelector('a[download][href$=\"customers.csv\"]').href).then(told => told.text())"
    )
    browser.follow("a[href$='/preview/customers.csv']")
    shown = browser.run("[...document.querySelectorAll('.grid tr')].map(r => [...r.cells].map(c => c.textContent))")
    assert list(csv.reader(io.StringIO(got))) == shown
    browser.picture(pictures(tmp_path) / "preview.png")
    assert browser.errors == []


@pytest.mark.thorough
def test_what_a_job_made_is_shown_by_right_and_told_where_it_comes_from(platform: tuple[Store, str]) -> None:
    store, _ = platform
    viewer, stranger = Actor(1, "viewer", Role.VIEWER), Actor(2, "stranger", Role.ADMINISTRATOR)
    job = next(each for each in jobs.jobs(store, viewer)["items"] if each["status"] == "completed")["job_id"]
    shown = artefact_preview.preview(store, viewer, job, "customers.csv")
    assert shown["hidden"] == ["first_name", "email"]
    assert {(row[1], row[2]) for row in shown["rows"]} == {("•••", "•••")}
    assert artefact_preview.preview(store, Actor(1, "d", Role.DEVELOPER), job, "customers.csv")["hidden"] == []
    assert "manifest_version" in artefact_preview.preview(store, viewer, job, "manifest.json")["text"]
    told = lineage.lineage(store, viewer, job)
    assert (told["configuration"]["name"], told["configuration"]["version"]) == ("sold", 1)
    assert told["packs"] and told["versions"]["engine"]
    for act in (
        lambda: artefact_preview.preview(store, stranger, job, "customers.csv"),
        lambda: lineage.lineage(store, stranger, job),
    ):
        with pytest.raises(DatamimicError) as refused:
            act()
        assert refused.value.code == "platform.not_found"


@pytest.mark.thorough
def test_a_job_is_cancelled_where_that_can_work_and_run_again(
    platform: tuple[Store, str], browser: Browser, shop: str
) -> None:
    store, address = platform
    kept(store, shop)
    browser.open(f"{address}/jobs/new?configuration=kept")
    browser.fill("#rows", "200,000,000")
    browser.press_to_leave("Enter")
    browser.until("['running'].includes(document.querySelector('#status').dataset.status)")
    browser.follow("#cancel")
    browser.until("document.querySelector('#status').dataset.status === 'cancelled'")
    browser.until("!document.querySelector('#cancel')")
    assert browser.run("document.querySelector('a[download]')") is None
    browser.fill("#rows", "5")
    browser.press_to_leave("Enter")
    browser.until("document.querySelector('#status').dataset.status === 'completed'")
    assert "10 rows" in browser.run("document.querySelector('.meter-line').textContent")


@pytest.mark.thorough
def test_tables_and_text_are_two_sides_of_one_configuration(
    platform: tuple[Store, str], browser: Browser, shop: str
) -> None:
    _, address = platform
    browser.open(f"{address}/configurations/new")
    text = "document.querySelector('#text').value"
    browser.fill("#new-table", "orders")
    browser.press("Enter")
    browser.until(f"{text}.includes('table_name: orders')")
    browser.until("document.querySelector('#new-2') && !document.querySelector('[class*=htmx-]')")
    browser.fill("#new-2", "buyer")
    browser.press("Enter")
    browser.until(f"{text}.includes('buyer')")
    place = "document.querySelector('#key-2-2')"
    browser.until(f"{place} && !document.querySelector('[class*=htmx-]')")
    browser.run(
        f"(e => {{ e.value = 'customers.customer_id'; e.dispatchEvent(new Event('change', {{bubbles: true}})) }})({place})"
    )
    browser.until(f"{text}.includes('child_column: buyer')")
    browser.until("document.querySelector('.inks').textContent.includes('buyer')")
    browser.fill("#text", shop)
    browser.until("document.querySelector('#rule-1-2')?.value === 'first_name'")


def test_one_signs_in_and_gets_about_by_keyboard_alone(platform: tuple[Store, str], browser: Browser) -> None:
    _, address = platform
    browser.open(f"{address}/jobs")
    browser.press("Tab")
    assert browser.run("document.activeElement.textContent") == "Skip to the content"
    seen = []
    for _ in range(13):
        browser.press("Tab")
        seen.append(
            browser.run(
                "(e => ({text: e.textContent.trim(), ring: getComputedStyle(e).outlineStyle}))(document.activeElement)"
            )
        )
    assert {"Dashboard", "Configurations", "API keys", "Sign out", "New job"} <= {each["text"] for each in seen}
    assert {each["ring"] for each in seen} == {"solid"}


def test_every_page_at_both_widths_and_in_both_schemes(
    platform: tuple[Store, str], browser: Browser, shop: str, tmp_path: Path
) -> None:
    store, address = platform
    kept(store, shop)
    wrong: list[Any] = []
    for number, place in enumerate(PLACES):
        for width, dark in ((1280, False), (390, True)):
            browser.look(width, dark=dark)
            browser.errors.clear()
            browser.loaded.clear()
            browser.open(address + place)
            assert browser.run("location.pathname") == place, "another page came"
            wrong += [(place, width, each) for each in looked_at(browser)]
            wrong += [(place, each) for each in browser.errors if place != "/nowhere"]
            wrong += [(place, each) for each in browser.loaded if not each.startswith((address, "data:"))]
            browser.picture(pictures(tmp_path) / f"{number:02}-{width}.png")
    browser.look(1280)
    assert wrong == [], json.dumps(wrong, indent=1)
