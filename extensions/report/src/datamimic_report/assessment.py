"""One entity assessed: claims, invariants, identifiers, dependencies, what every field looks like, and where the tables
come from."""

from __future__ import annotations

import shlex
from collections import Counter
from typing import Any

from datamimic import GRADES, Rows, World, check_rows, describe_origin, describe_rows, tables_read
from datamimic.errors import UnknownName
from datamimic_report.claims import claims_of
from datamimic_report.dependencies.matrix import matrix_of
from datamimic_report.distributions import describe, flatten
from datamimic_report.measuring import ALPHA, TOLERANCE, Sample, measure
from datamimic_report.validators import judge

REPORT_VERSION = 1


def assess(rows: Rows) -> dict[str, Any]:
    """The report of the rows as plain values, the same for the same rows and installed packs (no date of making).

    Rows are held in memory: 20,000 are plenty. Raises `DataError` (`bad_catalog`) for claims that cannot be read.
    """
    world, spec = rows.world, rows.spec
    claims, identifiers = claims_of(rows)
    shown = rows.select(rows.columns).to_arrow()
    extra = _readable(rows, {name for claim in claims for name in claim.columns()} | {i.field for i in identifiers})
    sample = Sample(rows.select(sorted(extra)).to_arrow()) if extra else None
    told = [measure(claim, sample) for claim in claims if sample and claim.columns() <= extra]
    judged = [
        judge(each, sample.table.column(each.field).to_pylist(), world.locale.country)
        for each in identifiers
        if sample and each.field in extra
    ]
    claimed = {claim.field for claim in claims}
    report: dict[str, Any] = {
        "report_version": REPORT_VERSION,
        "title": world.path(spec),
        "doc": spec.doc,
        "request": describe_rows(rows),
        "origin": describe_origin(world),
        "command": _command(rows),
        "tolerances": {grade: {"tolerance": TOLERANCE[grade], "meaning": GRADES[grade]} for grade in GRADES},
        "alpha": ALPHA,
        "claims": told,
        "invariants": [
            {
                "check": found.check,
                "sentence": found.sentence,
                "rows": found.rows,
                "violations": found.violations,
                "samples": found.samples,
                "skipped": found.skipped,
            }
            for found in check_rows(rows)
        ],
        "identifiers": judged,
        "dependencies": matrix_of(rows),
        "fields": _fields(rows, shown, claimed),
        "tables": _tables(rows),
    }
    report["verdict"] = verdict(report)
    return report


def assess_pack(world: World, pack: str, count: int) -> dict[str, Any]:
    """The matrix of all entities of a pack over so many rows of each: {title, entities: {name: {doc, dependencies}}, …}.

    Of an entity that has fewer rows, all. Raises `DataError` (`bad_catalog`) as `assess` does.
    """
    [record] = [each for each in world.packs.packs() if each.name == pack]
    entities: dict[str, Any] = {}
    total: Counter[str] = Counter()
    for path in world.packs.entities():
        if path.partition(".")[0] == pack and path == world.path(world[path].spec):
            told = matrix_of(world[path][0:count])
            total.update(told["counts"])
            entities[path.partition(".")[2]] = {"doc": world[path].spec.doc, "dependencies": told}
    again = ["dm", "report", pack, "--seed", world.seed, "--locale", str(world.locale), "--clock", str(world.clock)]
    again += ["--count", str(count), "--output", "report.html"]
    failed, held = total["fails"], total["holds"] + total["mended"]
    return {
        "report_version": REPORT_VERSION,
        "title": pack,
        "doc": record.summary,
        "rows": count,
        "seed": world.seed,
        "locale": str(world.locale),
        "clock": str(world.clock),
        "command": shlex.join(again),
        "entities": entities,
        "verdict": {
            "dependencies": held + failed,
            "dependencies_held": held,
            "gaps": total["gap"],
            "holds": not failed,
        },
    }


def verdict(report: dict[str, Any]) -> dict[str, Any]:
    """Counts of what holds, and whether everything that could be judged does."""
    claims = [claim for claim in report["claims"] if claim["holds"] is not None]
    broken = [check for check in report["invariants"] if check["violations"]]
    judged = [each for each in report["identifiers"] if each["holds"] is not None]
    states = report["dependencies"]["counts"]
    failed = states.get("fails", 0)
    return {
        "claims": len(claims),
        "claims_held": sum(claim["holds"] for claim in claims),
        "invariants": len(report["invariants"]),
        "invariants_held": len(report["invariants"]) - len(broken),
        "violations": sum(check["violations"] for check in broken),
        "identifiers": len(judged),
        "identifiers_held": sum(each["holds"] for each in judged),
        "dependencies": states.get("holds", 0) + states.get("mended", 0) + failed,
        "dependencies_held": states.get("holds", 0) + states.get("mended", 0),
        "gaps": states.get("gap", 0),
        "holds": not broken and not failed and all(each["holds"] for each in (*claims, *judged)),
    }


def _readable(rows: Rows, names: set[str]) -> set[str]:
    """Of the columns that claims speak of, those that this entity has."""
    found = set()
    for name in names:
        try:
            rows.select([name])
        except UnknownName:
            continue
        found.add(name)
    return found


def _fields(rows: Rows, table: Any, claimed: set[str]) -> list[dict[str, Any]]:
    docs = {each.column_name: (each.doc, each.unit, each.key) for each in rows.spec.columns}
    told = []
    flat = flatten(table)
    for name in flat.column_names:
        doc, unit, key = docs.get(name, ("", None, False))
        entry = {"name": name, "doc": doc, "unit": unit, "key": key, "claimed": name in claimed}
        told.append(entry | describe(flat.column(name)))
    return told


def _tables(rows: Rows) -> list[dict[str, Any]]:
    told = []
    for place, info in tables_read(rows.world).items():
        entry: dict[str, Any] = {"table": place}
        for key in ("rows", "grade", "source", "url", "licence", "date", "method", "sha256"):
            entry[key] = getattr(info, key, None)
        told.append(entry)
    return told


def _command(rows: Rows) -> str:
    """What makes this report again."""
    world = rows.world
    parts = ["dm", "report", world.path(rows.spec), "--seed", world.seed, "--locale", str(world.locale)]
    parts += ["--clock", str(world.clock), "--count", str(rows.require_end() - rows.start), "--output", "report.html"]
    for name, value in sorted(world.origin.options.get(world.path(rows.spec), {}).items()):
        text = ",".join(sorted(value)) if isinstance(value, frozenset) else str(value)
        parts += ["--set", f"{name}={text}"]
    return shlex.join(parts)
