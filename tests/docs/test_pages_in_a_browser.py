"""The built site in Chromium: width of a telephone, what is loaded, errors of scripts, the search, light and dark.

One page of the site's own origin opens every other in a frame, and writes what it found as JSON; a frame is as narrow as asked,
which a window is not. Left out where there is no Chromium.
"""

from __future__ import annotations

import functools
import http.server
import json
import queue
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking"]
FLAGS += ["disable-component-update", "disable-sync", "window-size=1400,900"]
HARNESS = "__looked_at.html"
SCRIPT = """<!doctype html><meta charset="utf-8"><body><script>
const todo = TODO, told = []
const wait = ms => new Promise(done => setTimeout(done, ms))
async function until(test) {
  for (let n = 0; n < 8000; n++) { const found = test(); if (found) return found; await wait(25) }
}
async function look(task) {
  localStorage.clear()
  if (task.dark) localStorage.setItem("/.__palette", JSON.stringify(
    {index: 2, color: {media: "(prefers-color-scheme: dark)", scheme: "slate", primary: "custom", accent: "custom"}}))
  const frame = document.createElement("iframe"), errors = []
  frame.width = task.width; frame.height = 800
  const loaded = new Promise(done => frame.onload = done)
  frame.src = "/" + task.page + (task.query ? "?q=" + task.query : "")
  document.body.append(frame)
  await loaded
  const view = frame.contentWindow, page = frame.contentDocument
  view.addEventListener("error", event => errors.push(event.message))
  const started = await until(() => page.querySelector(".md-typeset__scrollwrap") || !page.querySelector("article table"))
  const found = {...task, started: !!started, errors, width: page.documentElement.clientWidth}
  found.scrolls = page.documentElement.scrollWidth
  found.scheme = page.body.getAttribute("data-md-color-scheme")
  found.background = view.getComputedStyle(page.body).backgroundColor
  const image = page.querySelector("article img")
  found.image_scheme = image && view.getComputedStyle(image).colorScheme
  if (task.query) {
    await until(() => page.querySelector(".md-search-result__item"))
    found.results = [...page.querySelectorAll(".md-search-result__link")].map(each => each.getAttribute("href"))
  }
  found.requested = view.performance.getEntriesByType("resource").map(each => each.name)
  frame.remove()
  return found
}
(async () => {
  try { for (const task of todo) told.push(await look(task)) } catch (error) { told.push(String(error)) }
  await fetch("/", {method: "POST", body: JSON.stringify(told)})
})()
</script>
"""


class Site(http.server.ThreadingHTTPServer):
    """Serves the folder; `told` gets what the page of the harness sends."""

    told: queue.Queue[Any]


class Handler(http.server.SimpleHTTPRequestHandler):
    server: Site

    def do_POST(self) -> None:
        self.server.told.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def browse(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Function: tasks (page, width, query, dark) -> what Chromium found, in order."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    folder = tmp_path_factory.mktemp("browsed") / "site"
    shutil.copytree(site, folder)
    server = Site(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    server.told = queue.Queue()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def run(tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        (folder / HARNESS).write_text(SCRIPT.replace("TODO", json.dumps(tasks)), encoding="utf-8")
        options = [*FLAGS, f"user-data-dir={tmp_path_factory.mktemp('profile')}", "remote-debugging-port=0"]
        command = [str(CHROMIUM), *(f"--{option}" for option in options)]
        address = f"http://127.0.0.1:{server.server_address[1]}/{HARNESS}"
        browser = subprocess.Popen([*command, address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            told: list[dict[str, Any]] = server.told.get(timeout=1200)
        finally:
            browser.terminate()
            browser.wait()
        assert all(isinstance(each, dict) for each in told), told[-1]
        return told

    yield run
    server.shutdown()
    server.server_close()
    thread.join()


def test_no_page_is_wider_than_a_telephone_or_loads_anything_from_elsewhere(browse: Any, site: Path) -> None:
    pages = sorted(str(file.relative_to(site)) for file in site.rglob("*.html") if file.name != "404.html")
    told = browse([{"page": page, "width": 390} for page in pages])
    assert len(told) == len(pages)
    assert [f"{each['page']}: {each['scrolls']} px" for each in told if each["scrolls"] > each["width"]] == []
    assert [each["page"] for each in told if not each["started"] or each["errors"]] == []
    origin = re.compile(r"http://127\.0\.0\.1:\d+/|data:|blob:http://127\.0\.0\.1")
    assert [request for each in told for request in each["requested"] if not origin.match(request)] == []


def test_the_search_finds_what_people_ask_for(browse: Any) -> None:
    words = ["postgres", "jupyter", "fraud", "stratum"]
    told = browse([{"page": "index.html", "width": 1280, "query": word} for word in words])
    for word, each in zip(words, told, strict=True):
        assert [hit for hit in each["results"] if "/reference/" not in hit], f"{word}: {each['results']}"


def test_dark_is_dark_and_the_pictures_know(browse: Any) -> None:
    light, dark = browse([{"page": "index.html", "width": 1280}, {"page": "index.html", "width": 1280, "dark": True}])
    assert (light["scheme"], dark["scheme"]) == ("default", "slate")
    assert light["background"] != dark["background"]
    assert (light["image_scheme"], dark["image_scheme"]) == ("light", "dark")
