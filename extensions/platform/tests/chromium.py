"""Chromium over its own protocol by a pipe: pages are opened, keys pressed, forms sent as people do it. No other package."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_FLAGS = ["headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking"]
_FLAGS += ["disable-component-update", "disable-sync", "disable-extensions", "remote-debugging-pipe"]
_TRIES = 30
"""Of two seconds each."""
_KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowDown": 40}


class Browser:
    """One tab. `loaded` are the addresses that it asked for, `errors` what its console and its policy complained of."""

    def __init__(self, asking: int, telling: int) -> None:
        self._asking, self._telling, self._rest, self._number = asking, telling, b"", 0
        self._session: str | None = None
        self.loaded: list[str] = []
        self.errors: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.look(1280)

    def call(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._asking, json.dumps(message).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self._number:
                assert "error" not in told, f"{method}: {told['error']}"
                return told["result"]
            self._note(told)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            piece = os.read(self._telling, 1 << 20)
            assert piece, "Chromium ended"
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\0")
        made: dict[str, Any] = json.loads(line)
        return made

    def _note(self, told: dict[str, Any]) -> None:
        method, what = told.get("method"), told.get("params", {})
        if method == "Network.requestWillBeSent":
            self.loaded.append(what["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            self.errors.append(str(what["exceptionDetails"].get("exception", {}).get("description", what)))
        elif method == "Log.entryAdded" and what["entry"]["level"] == "error":
            self.errors.append(f"{what['entry']['text']} {what['entry'].get('url', '')}")

    def look(self, width: int, *, dark: bool = False) -> None:
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600
        )
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", features=scheme)

    def run(self, script: str) -> Any:
        """The value of an expression on the page, awaited."""
        told = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def until(self, test: str) -> Any:
        """The value of an expression as soon as it is true."""
        wrapped = (
            "new Promise(done => { const begun = Date.now(); (function look() { let found; "
            f"try {{ found = {test} }} catch {{}} "
            "if (found || Date.now() - begun > 2000) done(found instanceof Node || found); else setTimeout(look, 40) })() })"
        )
        for _ in range(_TRIES):
            try:
                if found := self.run(wrapped):
                    return found
            except AssertionError as error:  # a page that went while it was asked
                if "navigat" not in str(error) and "context" not in str(error):
                    raise
        raise AssertionError(f"never became true: {test}\n{self.run('document.body.innerText')}")

    def open(self, address: str) -> None:
        self._leave(lambda: self.call("Page.navigate", url=address))

    def click(self, selector: str) -> None:
        """By its element's own click; a page that follows is waited for by `arrive` or `until`."""
        self.until(f"document.querySelector({json.dumps(selector)})")
        self.run(f"document.querySelector({json.dumps(selector)}).click()")

    def follow(self, selector: str) -> None:
        """Click on what leads to another page, and wait for it."""
        self._leave(lambda: self.click(selector))

    def fill(self, selector: str, text: str) -> None:
        """As typed: what was there goes, the page is told."""
        place = json.dumps(selector)
        self.run(f"(e => {{ e.focus(); e.select && e.select() }})(document.querySelector({place}))")
        if text:
            self.call("Input.insertText", text=text)
        else:
            self.run(
                f"(e => {{ e.value = ''; e.dispatchEvent(new Event('input', {{bubbles: true}})) }})"
                f"(document.querySelector({place}))"
            )

    def press(self, key: str) -> None:
        text = {"text": "\r"} if key == "Enter" else {}
        common = {"key": key, "code": key, "windowsVirtualKeyCode": _KEYS[key]}
        self.call("Input.dispatchKeyEvent", type="keyDown", **common, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def press_to_leave(self, key: str) -> None:
        self._leave(lambda: self.press(key))

    def picture(self, path: Path) -> None:
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 4000), "scale": 1}
        told = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        path.write_bytes(base64.b64decode(told["data"]))

    def _leave(self, act: Any) -> None:
        self.run("window.__left = false")
        act()
        self.until("window.__left === undefined && document.readyState === 'complete'")


@contextmanager
def browsing(profile: Path) -> Iterator[Browser]:
    """A browser whose pipe is its third and fourth file, as its protocol has it."""
    for_it, asking = os.pipe()
    telling, of_it = os.pipe()
    shell = f'exec "$0" "$@" 3<&{for_it} 4>&{of_it}'
    options = [f"--{each}" for each in (*_FLAGS, f"user-data-dir={profile}")]
    process = subprocess.Popen(
        ["/bin/bash", "-c", shell, str(CHROMIUM), *options, "about:blank"],
        pass_fds=(for_it, of_it),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(for_it)
    os.close(of_it)
    try:
        yield Browser(asking, telling)
    finally:
        process.terminate()
        process.wait()
        os.close(asking)
        os.close(telling)
