"""The report as one HTML page that needs nothing else: no script, no request, light and dark, and fit to print."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from datamimic_report import charts

OPEN_GROUPS = 6
"""Groups of a claim that are shown at once; more are folded away."""
SECTIONS = {
    "figures": "Published figures",
    "invariants": "Invariants",
    "identifiers": "Identifiers",
    "dependencies": "Dependencies",
    "fields": "Every field",
    "sources": "Tables and sources",
    "method": "Method and reproduction",
}
_MEASURES = {"distribution": "distance", "share": "difference", "mean": "relative difference"}


def render(report: dict[str, Any]) -> str:
    """The page of a report that `assess` made; the same bytes for the same report."""
    there = {"figures": "claims", "invariants": "invariants", "identifiers": "identifiers", "sources": "tables"}
    sections = {key: name for key, name in SECTIONS.items() if report[there.get(key, "title")]}
    if not _told(report["dependencies"]):
        del sections["dependencies"]
    return render_template("report.html.jinja", report=report, sections=sections)


def render_pack(report: dict[str, Any]) -> str:
    """The page of a pack's matrix that `assess_pack` made."""
    told = {name: each for name, each in report["entities"].items() if _told(each["dependencies"])}
    return render_template("pack.html.jinja", report=report, told=told)


def render_audit(report: dict[str, Any]) -> str:
    """The page of an audit that `audit_folders` made."""
    return render_template("audit.html.jinja", report=report)


def _told(dependencies: dict[str, Any]) -> bool:
    """Whether there is anything to show."""
    return any(
        each["holds"] is not None or part != "ends"
        for part in ("pairs", "ends", "calendars", "siblings")
        for each in dependencies[part]
    )


def render_template(template: str, **values: Any) -> str:
    """A page of a template here, or of another extension: `package/name`, in that package's folder `templates`. Parts, filters
    and style are these. `values` stand in it beside `style` and `policy`."""
    style = _text("page.css")
    # A report shows what it holds, and neither runs nor loads anything: of styles, only its own.
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return _environment().get_template(template).render(style=style, policy=policy, **values)


def is_page(url: str | None) -> bool:
    """Whether it may become a link: `javascript:` runs in whoever clicks on it."""
    return url is not None and url.startswith(("https://", "http://"))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(_text), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    filters: dict[str, Callable[..., Any]] = {
        "number": lambda value: f"{value:,}",
        "distance": lambda value: f"{value:.4f}",
        "percent": _percent,
        "fact": _fact,
        "rows_of": _rows,
        "compared": charts.compared,
        "shares": charts.shares,
        "histogram": charts.histogram,
        "heat": charts.heat,
        "warmth": charts.warmth,
        "figure": charts.figure,
    }
    made.filters |= filters
    made.tests["page"] = is_page
    made.globals |= {"OPEN_GROUPS": OPEN_GROUPS, "MEASURES": _MEASURES}
    return made


@cache
def _text(name: str) -> str:
    package, _, file = name.rpartition("/")
    return files(package or __package__).joinpath("templates", file).read_text(encoding="utf-8")


def _percent(value: float) -> str:
    return f"{100 * value:.2f} %" if value < 0.01 else f"{100 * value:.1f} %"


def _fact(value: object) -> str:
    return f"{value:,.4g}" if isinstance(value, float) else str(value)


def _rows(groups: list[dict[str, Any]]) -> str:
    counts = [group["rows"] for group in groups]
    return f"{counts[0]:,}" if len(set(counts)) == 1 else f"{min(counts):,} to {max(counts):,}"
