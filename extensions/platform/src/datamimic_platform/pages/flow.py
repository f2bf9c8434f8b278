"""Where artefacts come from, as a drawing: what was given, what was asked, the job, what it made, from left to right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

WIDTH, HEIGHT, GAP, BETWEEN, MOST = 224, 50, 12, 56, 9
_LETTERS = 24
_TITLES = {
    "given": "Given table", "learned": "Learned table", "configuration": "Configuration", "seed": "Seed", "pack": "Pack",
    "schedule": "Schedule", "job": "Job", "artefact": "Artefact",
}  # fmt: skip
_COLUMNS = (("given", "learned"), ("schedule", "configuration", "seed", "pack"), ("job",), ("artefact",))


@frozen
class Station:
    """A node at a place, `link` the page of it, empty where there is none."""

    kind: str
    title: str
    name: str
    note: str
    link: str
    x: int
    y: int


@frozen
class Flow:
    """`lines` are paths of SVG. Lengths are pixels. `left_out` artefacts are not drawn."""

    width: int
    height: int
    stations: list[Station]
    lines: list[str]
    left_out: int


def flow(told: Mapping[str, Any]) -> Flow:
    """Of a lineage as REST gives it."""
    nodes = [each for each in told["nodes"] if each["kind"] in _TITLES]
    here = f"job:{told['job_id']}"
    columns = [[each for kind in kinds for each in nodes if each["kind"] == kind] for kinds in _COLUMNS]
    columns[2] = [each for each in columns[2] if each["id"] == here]
    before = [each for each in nodes if each["kind"] == "job" and each["id"] != here]
    columns[1] = before + columns[1]
    left_out = max(0, len(columns[3]) - MOST)
    columns[3] = columns[3][:MOST]
    columns = [each for each in columns if each]
    tallest = max(len(each) for each in columns)
    height = tallest * (HEIGHT + GAP) - GAP + 2
    placed: dict[str, Station] = {}
    for number, column in enumerate(columns):
        top = (height - len(column) * (HEIGHT + GAP) + GAP) // 2
        for row, each in enumerate(column):
            x, y = 1 + number * (WIDTH + BETWEEN), top + row * (HEIGHT + GAP)
            placed[each["id"]] = _station(each, told["job_id"], x, y)
    lines = [_line(placed[a], placed[b]) for a, b in told["edges"] if a in placed and b in placed]
    return Flow(len(columns) * (WIDTH + BETWEEN) - BETWEEN + 2, height, list(placed.values()), lines, left_out)


def _station(node: Mapping[str, Any], job: str, x: int, y: int) -> Station:
    kind, name = node["kind"], node["name"]
    links = {
        "configuration": f"/configurations/{node.get('stored')}?version={node.get('version')}"
        if node.get("stored")
        else "",
        "schedule": f"/schedules/{name}",
        "job": f"/jobs/{name}",
        "learned": f"/jobs/{str(node.get('of')).partition('/')[0]}" if "/" in str(node.get("of", "")) else "",
    }
    if kind == "pack":
        name = f"{name.replace('_', ' ')}"
    note = f"{node['tables']} tables, {node['version'].partition(',')[0]}" if kind == "pack" else ""
    return Station(kind, _TITLES[kind], _cut(name), note, links.get(kind, ""), x, y)


def _line(begin: Station, end: Station) -> str:
    a, b = begin.x + WIDTH, end.x
    y, z = begin.y + HEIGHT // 2, end.y + HEIGHT // 2
    return f"M{a} {y}C{a + BETWEEN // 2} {y} {b - BETWEEN // 2} {z} {b} {z}"


def _cut(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"
