"""`dm audit`: what hangs together in folders of tables and messages, as a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from datamimic.cli import print_lines
from datamimic_report.written_pages import refuse_other_endings, write_page

FOUND = 1
"""Exit status when something is orphaned, duplicated, untied or unread."""


@click.command(short_help="Links, sums and people in folders of tables and messages.")
@click.argument("folders", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FOLDER...")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="The page; its JSON lies beside it.")
@click.option("--json", "as_json", is_flag=True, help="Print the audit as JSON.")
@click.pass_context
def audit(context: click.Context, folders: tuple[Path, ...], output: Path | None, as_json: bool) -> None:
    """Audit what lies in every FOLDER, or file, whoever wrote it: tables in every format that is read here, and messages: XML,
    FHIR, EDIFACT, X12, HL7 v2, SWIFT MT, ISO 8583 in characters, NACHA, Bacs.

    Tells of each identifier that outputs share how many are resolved, orphaned and duplicated; which totals are those of their
    parts and which amounts and days are the same on both sides; and which combinations of columns single people out, also
    across outputs. Keys and references of a world are taken from its schema, others are found by their values. Exits with
    status 1 when something is orphaned, duplicated, untied or not readable.

    \b
    dm audit clinic --output audit.html
    """
    refuse_other_endings(output, "an audit")
    from datamimic_report import audit_folders

    made = audit_folders(folders)
    text = json.dumps(made, indent=1, ensure_ascii=False)
    if output is not None:
        from datamimic_report import render_audit

        write_page(output, render_audit(made), text)
    print_lines([text] if as_json else _told(made, output))
    if not made["verdict"]["holds"]:
        context.exit(FOUND)


def _told(made: dict[str, Any], output: Path | None) -> list[str]:
    verdict, lines = made["verdict"], []
    for each in made["keys"]:
        if each["duplicated"]:
            lines.append(f"{each['output']}: {each['column']} comes twice in {each['duplicated']:,} records")
    for each in made["links"]:
        if each["judged"] and each["orphaned"]:
            target = each["references"]
            lines.append(
                f"{each['output']}: {each['column']} names {each['orphaned']:,} that are not in {target['output']}, "
                f"{target['column']}"
            )
    lines += [
        f"{each['left']} = {each['right']}: not in {each['untied']:,} of {each['cases']:,}"
        for each in made["ties"]
        if each["untied"]
    ]
    lines += [f"{each['file']}: not read, {each['why']}" for each in made["unread"]]
    alone = next((each for each in made["people"]), None)
    if alone is not None:
        lines.append(f"{alone['alone']:,} of {alone['rows']:,} are alone with {' + '.join(alone['columns'])}")
    judged = sum(each["judged"] for each in made["links"])
    lines.append(
        f"{len(made['outputs'])} outputs, {judged} links: {verdict['orphaned']:,} orphaned, {verdict['duplicated']:,} "
        f"duplicated; {len(made['ties'])} sums: {verdict['untied']:,} untied" + (f"; {output}" if output else "")
    )
    return lines
