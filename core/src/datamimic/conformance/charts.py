"""Small charts as SVG text, coloured by the page's style sheet: `published`, `measured`, `bar`, `axis`, `label`."""

from __future__ import annotations

from html import escape
from typing import Any

from datamimic.conformance.measuring import OTHERS

WIDTH = 460
ROW = 22


def paired(figures: list[dict[str, Any]], *, percent: bool = True, left: int = 128) -> str:
    """A row per figure: what was made as a bar, what is published as a line across it."""
    drawn = [each for each in figures if each["label"] != OTHERS] or figures
    most = max((max(each["published"], each["measured"]) for each in drawn), default=0) or 1
    room = WIDTH - left - 104
    height = ROW * len(figures) + 4
    parts = [_open(height, "published and measured shares")]
    for number, each in enumerate(figures):
        top = ROW * number + 4
        bar, mark = (room * each[key] / most for key in ("measured", "published"))
        title = (
            f"{each['label']}: published {_shown(each['published'], percent)}, made {_shown(each['measured'], percent)}"
        )
        # What is left over would dwarf what is claimed: it has figures and no bar.
        shapes = (
            f'<rect class="measured" x="{left}" y="{top + 2}" width="{max(bar, 0.5):.1f}" height="12" rx="2"/>'
            f'<rect class="published" x="{left + mark - 1:.1f}" y="{top - 1}" width="2.5" height="18"/>'
        )
        parts.append(
            f"<g><title>{escape(title)}</title>"
            f'<text class="label" x="{left - 8}" y="{top + 12}" text-anchor="end">{escape(_cut(each["label"]))}</text>'
            f"{shapes if each in drawn else ''}"
            f'<text class="value" x="{WIDTH}" y="{top + 12}" text-anchor="end">{_shown(each["measured"], percent)}'
            f'<tspan class="quiet"> / {_shown(each["published"], percent)}</tspan></text></g>'
        )
    return "".join([*parts, "</svg>"])


def bars(found: list[dict[str, Any]], *, left: int = 150, width: int = 360) -> str:
    """A row per value: its share; what is left over has a figure and no bar."""
    most = max((each["share"] for each in found if not each.get("others")), default=0) or 1
    room = width - left - 54
    parts = [_open(17 * len(found) + 2, "shares of values", width)]
    for number, each in enumerate(found):
        top = 17 * number + 2
        long = 0.0 if each.get("others") else max(room * each["share"] / most, 0.5)
        parts.append(
            f"<g><title>{escape(each['label'])}: {_shown(each['share'], True)}</title>"
            f'<text class="label" x="{left - 8}" y="{top + 11}" text-anchor="end">{escape(_cut(each["label"], 22))}</text>'
            f'<rect class="bar" x="{left}" y="{top + 2}" width="{long:.1f}" height="10" rx="2"/>'
            f'<text class="value" x="{width}" y="{top + 11}" text-anchor="end">{_shown(each["share"], True)}</text></g>'
        )
    return "".join([*parts, "</svg>"])


def histogram(found: list[dict[str, Any]], *, width: int = 360, height: int = 92) -> str:
    """A column per band, with the first and the last band's label below."""
    most = max((each["share"] for each in found), default=0) or 1
    step = width / max(1, len(found))
    parts = [_open(height + 18, "histogram", width)]
    for number, each in enumerate(found):
        tall = (height - 4) * each["share"] / most
        parts.append(
            f'<rect class="bar" x="{number * step + 0.5:.1f}" y="{height - tall:.1f}" width="{max(step - 1.5, 1):.1f}" '
            f'height="{tall:.1f}"><title>{escape(each["label"])}: {_shown(each["share"], True)}</title></rect>'
        )
    parts.append(f'<line class="axis" x1="0" y1="{height}" x2="{width}" y2="{height}"/>')
    marks = {0: "start", len(found) // 2: "middle", len(found) - 1: "end"}
    for place, anchor in marks.items():
        x = {"start": 0.0, "middle": (place + 0.5) * step, "end": float(width)}[anchor]
        text = escape(found[place]["label"])
        parts.append(f'<text class="label" x="{x:.0f}" y="{height + 14}" text-anchor="{anchor}">{text}</text>')
    return "".join([*parts, "</svg>"])


def _open(height: int, what: str, width: int = WIDTH) -> str:
    return f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{what}">'


def _shown(value: float, percent: bool) -> str:
    if not percent:
        return f"{value:,.1f}"
    return f"{100 * value:.2f} %" if value < 0.01 else f"{100 * value:.1f} %"


def _cut(text: str, length: int = 20) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
