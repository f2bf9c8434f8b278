"""The page in Chromium: as wide as a telephone and as a desk, light and dark, with its style, and without a request.

A page beside it opens it in frames, and writes what it sees into its own text. Left out where there is no Chromium.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from datamimic import World, installed_packs
from datamimic_report import assess, render

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["headless=new", "no-sandbox", "disable-gpu", "no-first-run", "disable-background-networking"]
FLAGS += [
    "disable-component-update",
    "disable-sync",
    "window-size=1400,900",
    "allow-file-access-from-files",
    "dump-dom",
]
WIDTHS = (390, 1280)
LOOK = """<!doctype html><meta charset="utf-8"><body>FRAMES<script>
window.onload = () => {
  const told = [...document.querySelectorAll("iframe")].map(frame => {
    const page = frame.contentDocument, style = element => frame.contentWindow.getComputedStyle(element)
    const charts = [...page.querySelectorAll(".chart th[scope=row]")]
    return {
      width: page.documentElement.clientWidth, frame: frame.contentWindow.innerWidth, scrolls: page.documentElement.scrollWidth,
      background: style(page.body).backgroundColor, ink: style(page.body).color,
      cards: style(page.querySelector(".cards")).display,
      smallest: Math.min(...charts.map(each => parseFloat(style(each).fontSize))),
      requests: frame.contentWindow.performance.getEntriesByType("resource").length,
    }
  })
  document.body.textContent = JSON.stringify(told)
}
</script>
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    if "common.person" not in installed_packs().entities():
        pytest.skip("needs the pack common")
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(render(assess(World("browser", "DE")["common.person"][0:300])), encoding="utf-8")
    return path


def looked(page: Path, profile: Path, *flags: str) -> list[dict[str, Any]]:
    """What Chromium sees at each of the widths."""
    frames = "".join(f'<iframe src="{page.name}" width="{width}" height="800"></iframe>' for width in WIDTHS)
    harness = page.with_name("look.html")
    harness.write_text(LOOK.replace("FRAMES", frames), encoding="utf-8")
    options = [f"--{option}" for option in (*FLAGS, f"user-data-dir={profile}", *flags)]
    done = subprocess.run([str(CHROMIUM), *options, harness.as_uri()], capture_output=True, text=True, check=True)
    [body] = re.findall(r"<body[^>]*>(.*?)</body>", done.stdout, re.DOTALL)
    told: list[dict[str, Any]] = json.loads(unescape(body))
    return told


def test_it_fits_and_is_legible_at_every_width_and_loads_nothing(page: Path, tmp_path: Path) -> None:
    told = looked(page, tmp_path / "profile")
    assert [each["frame"] for each in told] == [*WIDTHS]
    for each in told:
        assert each["scrolls"] <= each["width"]
        assert each["cards"] == "grid", "its own style is allowed"
        assert each["smallest"] >= 12, "charts do not shrink with the page"
        assert each["requests"] == 0


def test_dark_is_dark(page: Path, tmp_path: Path) -> None:
    light = looked(page, tmp_path / "light", "blink-settings=preferredColorScheme=1")
    dark = looked(page, tmp_path / "dark", "blink-settings=preferredColorScheme=0")
    for one, other in zip(light, dark, strict=True):
        assert _brightness(one["background"]) > 200 > 100 > _brightness(one["ink"])
        assert _brightness(other["background"]) < 60 < 180 < _brightness(other["ink"])


def _brightness(colour: str) -> float:
    """Of `rgb(r, g, b)`."""
    return sum(map(int, re.findall(r"\d+", colour)[:3])) / 3
