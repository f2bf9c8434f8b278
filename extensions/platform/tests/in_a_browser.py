"""A platform with pages and a worker, as `syndata up` has them, Chromium in front of it, and looks at what it shows.

With axe-core at hand (`npm pack axe-core`, its axe.min.js named by DATAMIMIC_AXE) pages are also looked at by it.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from attrs import evolve

from datamimic_platform.jobs.worker import Worker
from datamimic_platform.pages.app import make_pages
from datamimic_platform.settings import Settings
from datamimic_platform.store.store import Store, open_store

from .chromium import Browser

AXE = os.environ.get("DATAMIMIC_AXE", "")
LOOKS = (Path(__file__).parent / "looks.js").read_text(encoding="utf-8")


@contextmanager
def served(folder: Path) -> Iterator[tuple[Store, str]]:
    """The store, and the address of the pages."""
    url = f"sqlite:///{folder / 'store.db'}"
    settings = Settings(database_url=url, data_folder=folder / "data", log_folder=folder / "logs", environment="test")
    store = open_store(evolve(settings, requests_per_minute=100_000))
    socket_of_pages = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_pages(store), log_config=None, timeout_graceful_shutdown=1))
    serving = threading.Thread(target=server.run, kwargs={"sockets": [socket_of_pages]})
    worker = Worker(store, 1)
    working = threading.Thread(target=worker.run)
    serving.start()
    working.start()
    try:
        yield store, f"http://127.0.0.1:{socket_of_pages.getsockname()[1]}"
    finally:
        worker.stop()
        server.should_exit = True
        working.join()
        serving.join()
        store.close()


def pictures(folder: Path) -> Path:
    """Where they are put: DATAMIMIC_PICTURES, for people who want to see them."""
    return Path(os.environ.get("DATAMIMIC_PICTURES", "") or folder)


def looked_at(browser: Browser) -> list[Any]:
    """What is wrong with the page, by checks of our own, and by axe where it is at hand."""
    wrong: list[Any] = list(browser.run(f"({LOOKS})()"))
    if AXE:
        browser.run(Path(AXE).read_text(encoding="utf-8") + ";0")
        told = browser.run(
            "axe.run().then(told => told.violations.map(v => [v.impact, v.id, v.nodes.map(n => n.html.slice(0, 200))]))"
        )
        wrong += [each for each in told if each[0] in ("serious", "critical")]
    return wrong


def looked_at_twice(browser: Browser, folder: Path, name: str) -> list[Any]:
    """At 1280 pixels in light, and at 390 in dark, with pictures."""
    wrong = []
    for width, dark in ((1280, False), (390, True)):
        browser.look(width, dark=dark)
        wrong += [(name, width, each) for each in looked_at(browser)]
        browser.picture(pictures(folder) / f"{name}-{width}.png")
    browser.look(1280)
    return wrong
