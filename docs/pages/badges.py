"""Badges of the README that need no server: what the distributions say of themselves."""

from __future__ import annotations

import tomllib
from html import escape
from pathlib import Path

PROJECT = Path(__file__).parents[2] / "core" / "pyproject.toml"


def badges() -> dict[str, str]:
    """File name -> SVG."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    versions = [each.rpartition(" ")[2] for each in project["classifiers"] if "Python :: 3." in each]
    return {
        "docs.svg": badge("docs", "read", "#0a6a78"),
        "python.svg": badge("python", f"{versions[0]} to {versions[-1]}", "#2f5d8a"),
        "typed.svg": badge("typed", "mypy strict", "#2f5d8a"),
        "licence.svg": badge("licence", project["license"], "#0b7a69"),
    }


def badge(label: str, value: str, colour: str) -> str:
    """Two fields side by side, their widths fixed whatever the font."""
    left, right = (round(6.4 * len(words) + 14) for words in (label, value))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" '
        f'aria-label="{escape(label)}: {escape(value)}">\n'
        f'<clipPath id="c"><rect width="{left + right}" height="20" rx="3"/></clipPath>\n'
        f'<g clip-path="url(#c)"><rect width="{left}" height="20" fill="#4a4f52"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{colour}"/></g>\n'
        '<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">\n'
        f'<text x="{left / 2}" y="14" textLength="{left - 12}">{escape(label)}</text>'
        f'<text x="{left + right / 2}" y="14" textLength="{right - 12}">{escape(value)}</text>\n</g>\n</svg>\n'
    )
