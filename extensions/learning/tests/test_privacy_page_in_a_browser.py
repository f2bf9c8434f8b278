"""The page in Chromium, as wide as a telephone and as a desk, light and dark. Left out where there is no Chromium."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest
from planted import nearly, people

from datamimic_learning import PrivacyOptions, measure_privacy, render_privacy

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WIDTHS = (390, 1280)
LOOK = """<!doctype html><meta charset="utf-8"><body>FRAMES<script>
window.onload = () => {
  const told = [...document.querySelectorAll("iframe")].map(frame => {
    const page = frame.contentDocument, style = element => frame.contentWindow.getComputedStyle(element)
    return {
      width: page.documentElement.clientWidth, scrolls: page.documentElement.scrollWidth,
      wide: [...page.querySelectorAll("article")]
        .filter(each => each.getBoundingClientRect().right > page.documentElement.clientWidth).length,
      background: style(page.body).backgroundColor, ink: style(page.body).color,
      line: style(page.querySelector(".scale .fail")).stroke,
      requests: frame.contentWindow.performance.getEntriesByType("resource").length,
    }
  })
  document.body.textContent = JSON.stringify(told)
}
</script>
"""


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium")
def test_it_fits_is_light_or_dark_and_loads_nothing(tmp_path: Path) -> None:
    real, other = people(150, 1), people(150, 2, first=151)
    asked = PrivacyOptions(quasi=("age", "city"), sensitive=("income", "smokes"), targets=70)
    page = tmp_path / "privacy.html"
    page.write_text(render_privacy(measure_privacy(real, nearly(real, 3), other, other, asked)), encoding="utf-8")
    frames = "".join(f'<iframe src="{page.name}" width="{width}" height="800"></iframe>' for width in WIDTHS)
    harness = tmp_path / "look.html"
    harness.write_text(LOOK.replace("FRAMES", frames), encoding="utf-8")
    for scheme, is_dark in ((1, False), (0, True)):
        options = [
            "headless=new",
            "no-sandbox",
            "disable-gpu",
            "no-first-run",
            "disable-background-networking",
            "dump-dom",
        ]
        options += ["window-size=1700,900", "allow-file-access-from-files", f"user-data-dir={tmp_path / str(scheme)}"]
        options += [f"blink-settings=preferredColorScheme={scheme}"]
        command = [str(CHROMIUM), *(f"--{each}" for each in options), harness.as_uri()]
        seen = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        [body] = re.findall(r"<body[^>]*>(.*?)</body>", seen, re.DOTALL)
        for each in json.loads(unescape(body)):
            assert each["scrolls"] <= each["width"] and each["wide"] == 0 and each["requests"] == 0
            assert (_brightness(each["background"]) < 60) == is_dark == (_brightness(each["ink"]) > 180)
            assert each["line"] != "none", "its own style is allowed"


def _brightness(colour: str) -> float:
    """Of `rgb(r, g, b)`."""
    return sum(map(int, re.findall(r"\d+", colour)[:3])) / 3
