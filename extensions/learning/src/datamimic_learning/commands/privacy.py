"""`dm privacy`: what a copy gives away of the originals, measured and judged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from datamimic.cli import Whole, print_lines

FOUND = 1
"""Exit status when a measure fails."""


@click.command(short_help="Measure what a copy gives away of its originals.")
@click.argument("real")
@click.argument("copy")
@click.option("--holdout", metavar="OTHER_HALF", help="Rows like the originals that the copy was not made from.")
@click.option("--linked", metavar="OUTPUT", help="Another output that tells of the same people.")
@click.option("--quasi", metavar="A,B", help="Columns that others may know of a person; else found.")
@click.option("--sensitive", metavar="A,B", help="Columns that they should not learn; else found.")
@click.option("--leave-out", metavar="A,B", default="", help="Columns that say nothing of a person.")
@click.option(
    "--on", metavar="A,B", default="", help="Columns that join the copy with --linked; else all that both have."
)
@click.option("--key", metavar="COLUMN", help="Names the same people in the copy and in --linked.")
@click.option(
    "--sample", type=Whole("the sample", 1), default=5_000, show_default=True, help="Rows whose distances are taken."
)
@click.option(
    "--targets", type=Whole("the targets", 1), default=1_000, show_default=True, help="People who are attacked."
)
@click.option(
    "--limit", "limits", multiple=True, metavar="NAME=WARN,FAIL", help="Another limit, or NAME=none; may come again."
)
@click.option("--epsilons", metavar="A,B", help="Budgets: how much private copies would resemble REAL under each.")
@click.option("--delta", type=float, default=0.0, metavar="δ", help="That of the budgets, 0 for none: 1e-9.")
@click.option(
    "--fail-on", type=click.Choice(["fail", "warn"]), default="fail", show_default=True, help="What exits with 1."
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="The report: .html, with its JSON beside it, or .json."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def privacy(
    context: click.Context,
    real: str,
    copy: str,
    holdout: str | None,
    linked: str | None,
    quasi: str | None,
    sensitive: str | None,
    leave_out: str,
    on: str,
    key: str | None,
    sample: int,
    targets: int,
    limits: tuple[str, ...],
    epsilons: str | None,
    delta: float,
    fail_on: str,
    output: Path | None,
    as_json: bool,
) -> None:
    """Measure what COPY, rows that were made or masked, gives away of the rows of REAL: files, folders or databases.

    Counts exact and near copies, takes distances to the closest records, tells who is alone in what others may know, and runs
    attacks: membership, attributes, singling out, linking. Each stands beside what another half of the people gives, --holdout,
    which the copy was not made from: without it the attacks are not run. Exits with status 1 where a measure fails.

    \b
    dm generate patient -n 1000 --offset 1000 --seed demo -o others.parquet
    dm generate patient -n 1000 --offset 2000 --seed demo -o copy.parquet
    dm privacy patients.parquet copy.parquet \\
        --holdout others.parquet -o privacy.html
    """
    from datamimic_learning.privacy.assessment import PrivacyOptions, measure_privacy
    from datamimic_learning.privacy.judging import limits_from
    from datamimic_learning.quality.budgets import epsilons_from, with_utility

    if output is not None and output.suffix.lower() != ".json":
        from datamimic_report.written_pages import refuse_other_endings

        refuse_other_endings(output, "a report")
    asked = PrivacyOptions(
        quasi=None if quasi is None else _names(quasi),
        sensitive=None if sensitive is None else _names(sensitive),
        left_out=_names(leave_out),
        on=_names(on),
        key=key,
        sample=sample,
        targets=targets,
        limits=limits_from(limits),
    )
    budgets = () if epsilons is None else epsilons_from(epsilons)
    report = measure_privacy(real, copy, holdout, linked, asked)
    if budgets:
        report = with_utility(report, real, holdout, budgets, delta)
    text = json.dumps(report, indent=1, ensure_ascii=False)
    if output is not None:
        _write(output, report, text)
    print_lines([text] if as_json else _told(report, output))
    if report["verdict"]["state"] in ("fail", fail_on):
        context.exit(FOUND)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for each in text.split(",") if (name := each.strip()))


def _write(output: Path, report: dict[str, Any], text: str) -> None:
    if output.suffix.lower() == ".json":
        from datamimic import whole_file

        with whole_file(output) as stream:
            stream.write((text + "\n").encode())
        return
    from datamimic_learning.privacy.page import render_privacy
    from datamimic_report.written_pages import write_page

    write_page(output, render_privacy(report), text)


def _told(report: dict[str, Any], output: Path | None) -> list[str]:
    from datamimic_learning.privacy.explained import EXPLAINED

    lines = []
    for table in report["tables"]:
        lines.append(f"{table['name']}: {table['rows']['copy']:,} rows beside {table['rows']['real']:,}")
        width = max(len(each.title) for each in EXPLAINED.values())
        lines += [
            f"  {each['state']:12}  {EXPLAINED[each['name']].title:{width}}  {each['reason']}"
            for each in table["measures"]
        ]
        lines += [
            f"  under ε = {each['epsilon']:g}: shapes {each['shapes']:.3f}, pairs {each['pairs']:.3f}"
            for each in table.get("utility", ())
        ]
    verdict = report["verdict"]
    short = "" if verdict["complete"] else ", without another half: no attack was run"
    return [*lines, f"{verdict['state']}{short}" + (f"; {output}" if output else "")]
