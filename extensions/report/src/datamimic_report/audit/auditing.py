"""The audit of folders as plain values; `schema.json` says what they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from datamimic_report.audit.gathering import Gathering
from datamimic_report.audit.keys import by_numbers, keys_of, keys_of_parts
from datamimic_report.audit.links import links_of
from datamimic_report.audit.persons import risks_of
from datamimic_report.audit.sums import ties_of_links, ties_within

VERSION: Final = 1


def audit_folders(folders: Sequence[str | Path]) -> dict[str, Any]:
    """What lies in folders, or files: outputs, keys, links, sums, and what singles people out; a verdict, which `holds` where
    nothing is orphaned, duplicated or untied. Values are held in memory, a text for each, and distinct ones once more.

    Raises `DatamimicError` (`bad_input`) for what is not there."""
    gathering = Gathering()
    paths = [Path(each) for each in folders]
    for path in paths:
        gathering.add(path, f"{path.name}/" if len(paths) > 1 else "")
    outputs = gathering.done()
    keys = {output.name: keys_of(output) for output in outputs}
    every = [key for own in keys.values() for key in own]
    links = links_of(outputs, [*every, *by_numbers(every)])
    firsts = {name: own[0] for name, own in keys.items() if own}
    labels = {name: key.leaf for name, key in firsts.items()}
    ties = [tie for output in outputs for tie in ties_within(output, labels.get(output.name))]
    ties += ties_of_links(links)
    parts = [key for output in outputs for key in keys_of_parts(output)]
    told_keys = [key.report() for key in [*firsts.values(), *parts]]
    told_links = [link.report() for link in links]
    verdict = {
        "orphaned": sum(each["orphaned"] for each in told_links if each["judged"]),
        "duplicated": sum(each["duplicated"] for each in told_keys),
        "untied": sum(tie.untied for tie in ties),
        "unread": len(gathering.unread),
    }
    return {
        "audit_version": VERSION,
        "folders": [str(path) for path in paths],
        "outputs": [
            {
                "name": each.name,
                "kind": each.kind,
                "files": len(each.files),
                "records": each.records,
                "columns": len(each.leaves),
            }
            for each in outputs
        ],
        "empty": sorted(gathering.empty),
        "unread": [{"file": name, "why": why} for name, why in sorted(gathering.unread.items())],
        "keys": told_keys,
        "links": told_links,
        "ties": [tie.report() for tie in ties],
        "people": risks_of(outputs, [*reversed(firsts.values())], links),
        "verdict": {"holds": not any(verdict.values()), **verdict},
    }
