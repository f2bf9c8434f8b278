"""Five more stories of users in Chromium: proofs of what a job made, a file profiled, a plan mended and masked by, a template
of one's own, somebody invited who may see less. Left out where there is no Chromium.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from datamimic_platform.security.rights import Actor, Role
from datamimic_platform.services import configurations, jobs, uploads
from datamimic_platform.services.signing_in import administrator_link
from datamimic_platform.store.store import Store

from .chromium import CHROMIUM, Browser
from .in_a_browser import looked_at_twice

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium")
ME = Actor(1, "test", Role.ADMINISTRATOR)
PEOPLE = """\
customer_id,first_name,last_name,email,card_number,amount
1,Anna,Schmidt,anna.schmidt@example.org,4111111111111111,12.50
2,Bert,Meier,bert.meier@example.org,5500005555555559,99.00
3,Carla,Weber,carla.weber@example.org,4012888888881881,3.20
4,Dirk,Wagner,dirk.wagner@example.org,4222222222222,45.10
"""
Here = tuple[Store, str]
ENDED = "['completed', 'failed'].includes(document.querySelector('#status')?.dataset.status)"


def ended(browser: Browser) -> str:
    browser.until(ENDED)
    return str(browser.run("document.querySelector('#status').dataset.status"))


def sent(browser: Browser, selector: str, value: str) -> None:
    """Chosen from a list, as a person does."""
    event = "new Event('change', {bubbles: true})"
    place = json.dumps(selector)
    browser.run(
        f"(e => {{ e.value = {json.dumps(value)}; e.dispatchEvent({event}) }})(document.querySelector({place}))"
    )


def put(browser: Browser, selector: str, name: str, text: str) -> None:
    """A file chosen."""
    made = f"new File([{json.dumps(text)}], {json.dumps(name)})"
    browser.run(
        f"(e => {{ const t = new DataTransfer(); t.items.add({made}); e.files = t.files }})"
        f"(document.querySelector({json.dumps(selector)}))"
    )


def test_what_a_job_made_is_traced_proved_and_explained(
    platform: Here, browser: Browser, shop: str, tmp_path: Path
) -> None:
    store, address = platform
    made = jobs.submit_job(
        store, ME, jobs.Order(kind="generate", text=shop, file_name="shop.yaml", options={"seed": "s"})
    )
    browser.open(f"{address}/jobs/{made['job_id']}")
    assert ended(browser) == "completed"
    browser.follow("a[href$='/lineage']")
    kinds = set(browser.run("[...document.querySelectorAll('.station')].map(e => e.classList[1])"))
    assert kinds == {"configuration", "seed", "pack", "job", "artefact"}
    assert "Social Security Administration" in browser.run(
        "document.querySelector('#sources').closest('section').innerText"
    )
    browser.follow("button[name=verify]")
    assert "byte-identical" in browser.run("document.querySelector('.verdict').parentElement.textContent")
    browser.fill("#field", "first_name")
    browser.press_to_leave("Enter")
    assert "common.person.given_name" in browser.run("document.querySelector('#explanation').textContent")
    assert looked_at_twice(browser, tmp_path, "lineage") == []
    browser.follow("a[href$='/compliance']")
    text = browser.run("document.querySelector('main').innerText")
    assert "(A) Names" in text and "generated" in text and "none is kept as it was" in text
    assert looked_at_twice(browser, tmp_path, "compliance") == []
    path, _ = jobs.artefact(store, ME, made["job_id"], "customers.csv")
    path.write_bytes(path.read_bytes().replace(b"@", b"_", 1))
    browser.open(f"{address}/jobs/{made['job_id']}/lineage?verify=true")
    assert "It is not." in browser.run("document.querySelector('.verdict').textContent")


@pytest.mark.thorough
def test_a_file_is_profiled_and_its_profile_becomes_a_configuration(
    platform: Here, browser: Browser, tmp_path: Path
) -> None:
    _, address = platform
    browser.open(f"{address}/data")
    put(browser, "#file", "bought.csv", re.sub(r"[0-9]{13,},", "", PEOPLE).replace("card_number,", ""))
    browser.follow("form[enctype] button")
    browser.follow("button[aria-label='Profile bought.csv']")
    assert ended(browser) == "completed"
    report = browser.run("fetch(document.querySelector(\"a[href*='/report/']\").href).then(told => told.text())")
    assert "email" in report and "anna.schmidt" not in report
    browser.follow("a[href^='/configurations/new?job=']")
    browser.until("document.querySelector('#looked .badge.good')")
    assert "bought" in browser.run("document.querySelector('#text').value")


def test_a_plan_is_mended_kept_and_masked_by(platform: Here, browser: Browser, tmp_path: Path) -> None:
    store, address = platform
    file = uploads.upload(store, ME, "people.csv", iter([PEOPLE.encode()]))
    browser.errors.clear()
    browser.open(f"{address}/data")
    browser.fill("#name", "masking")
    browser.press_to_leave("Enter")
    browser.follow(f"a[href='/plans/new?upload={file['id']}']")
    text = "document.querySelector('#text').value"
    proposed = browser.run(text)
    assert "given_name" in proposed and browser.run("document.querySelectorAll('.grid tbody tr').length") == 4
    browser.fill("#text", proposed.replace("amount: keep", "amount: kep"))
    browser.until("document.querySelector('#marks .error')")
    assert "kep" in browser.run("document.querySelector('#marks .error').textContent")
    browser.click("#mistakes [data-line]")
    browser.fill("#text", proposed)
    browser.until("document.querySelector('#looked .badge.good') && !document.querySelector('[class*=htmx-]')")
    place = browser.run(
        "[...document.querySelectorAll('select[id^=what-]')].find(e => e.ariaLabel.includes('card_number')).id"
    )
    sent(browser, f"#{place}", "redact")
    browser.until(f"{text}.includes('card_number: redact')")
    browser.until("document.querySelector('#looked .grid')?.innerText.includes('***')")
    assert browser.errors == []
    assert looked_at_twice(browser, tmp_path, "plan") == []
    browser.fill("#name", "careful")
    browser.follow("#editor .savings button")
    assert "careful, version 1" in browser.run("document.querySelector('h1').textContent")
    browser.follow("#run")
    assert ended(browser) == "completed"
    job = browser.run("location.pathname.split('/').pop()")
    masked = jobs.artefact(store, ME, job, "people.csv")[0].read_text(encoding="utf-8")
    assert "***" in masked and "Schmidt" not in masked and "12.50" in masked
    browser.open(f"{address}/jobs/{job}/compliance")
    told = browser.run("document.querySelector('main').innerText")
    assert "3.5 Primary account number" in told and "redact" in told


@pytest.mark.thorough
def test_a_template_of_ones_own_has_versions_and_others_start_from_it(
    platform: Here, browser: Browser, shop: str, tmp_path: Path
) -> None:
    store, address = platform
    configurations.save(store, ME, "stall", shop, "shop.yaml", seen=None)
    browser.open(f"{address}/configurations/stall")
    browser.follow("a[href*='purpose=template']")
    browser.fill("#name", "market")
    browser.press_to_leave("Enter")
    browser.fill("#text", shop.replace("rows: 120", "rows: 240"))
    browser.fill("#remark", "twice as many orders")
    browser.press_to_leave("Enter")
    browser.follow("a[href$='/market/versions']")
    changed = browser.run("[...document.querySelectorAll('.changes .added, .changes .removed')].map(e => e.innerText)")
    assert re.search(r"rows: 120", " ".join(changed)) and re.search(r"rows: 240", " ".join(changed))
    browser.open(f"{address}/templates")
    assert looked_at_twice(browser, tmp_path, "templates-own") == []
    browser.follow("a[href='/configurations/new?template=market']")
    assert "rows: 240" in browser.run("document.querySelector('#text').value")
    browser.fill("#name", "from market")
    browser.press_to_leave("Enter")
    browser.open(f"{address}/configurations")
    names = browser.run("[...document.querySelectorAll('tbody .strong')].map(e => e.textContent)")
    assert "from market" in names and "market" not in names


@pytest.mark.thorough
def test_somebody_is_invited_who_sees_less(platform: Here, browser: Browser, shop: str) -> None:
    store, address = platform
    made = jobs.submit_job(store, ME, jobs.Order(kind="generate", text=shop, file_name="shop.yaml"))
    browser.open(f"{address}/users")
    form = "form[action='/users']"
    for name, value in (("email", "vera@example.org"), ("name", "Vera"), ("password", "correct horse battery")):
        browser.fill(f"{form} [name={name}]", value)
    sent(browser, f"{form} [name=role]", "viewer")
    browser.follow(f"{form} button")
    browser.follow("form[action='/logout'] button")
    browser.fill("#email", "vera@example.org")
    browser.fill("#password", "correct horse battery")
    browser.press_to_leave("Enter")
    assert browser.run("[...document.querySelectorAll('nav a')].map(e => e.textContent.trim())").count("Users") == 0
    browser.open(f"{address}/jobs/{made['job_id']}")
    assert ended(browser) == "completed" and browser.run("document.querySelector('a[download]')") is None
    browser.follow("a[href$='/preview/customers.csv']")
    assert "•••" in browser.run("document.querySelector('.grid').innerText")
    browser.call("Network.clearBrowserCookies")
    browser.open(f"{address}/login?link={administrator_link(store)}")
