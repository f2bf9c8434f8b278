"""`dm mask`: a copy of tables without the people who are in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from datamimic.cli import print_lines

if TYPE_CHECKING:
    from datamimic_learning.masking.plans.plan import Plan
    from datamimic_learning.masking.reports import MaskReport


@click.command(short_help="Write a copy of tables without the people who are in them.")
@click.argument("source", required=False)
@click.option("--output", "-o", help="File, folder or URL of a database to write.")
@click.option(
    "--key-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File with the key; the same key gives the same copy.",
)
@click.option(
    "--plan", "plan_file", type=click.Path(path_type=Path, dir_okay=False), help="What becomes of which column."
)
@click.option("--new-key", type=click.Path(path_type=Path), metavar="FILE", help="Write a new key, and end.")
@click.option("--propose", type=click.Path(path_type=Path), metavar="FILE", help="Write a plan to look over, and end.")
@click.option("--check", "only_check", is_flag=True, help="Tell every mistake of the plan for SOURCE, and end.")
@click.option("--schema", "as_schema", is_flag=True, help="Print the JSON Schema of plans, and end.")
@click.option(
    "--where",
    multiple=True,
    metavar="TABLE: CONDITION",
    help="Only these rows, and all that belong to them; may come again.",
)
@click.option("--reverse", is_flag=True, help="Bring back the columns that the plan calls reversible.")
@click.option(
    "--as-views",
    "roles",
    multiple=True,
    metavar="ROLE",
    help="Write SQL of views by which this role sees masked values; may come again.",
)
@click.option("--locale", "-l", help="Of the people who take the places of others, for a proposed plan.")
@click.option("--format", "format_name", help="Of files that are written; else by the ending, or that of SOURCE.")
@click.option("--json", "as_json", is_flag=True, help="Tell as JSON what was done.")
@click.option("--quiet", "-q", is_flag=True, help="Show no progress.")
def mask(
    source: str | None,
    output: str | None,
    key_file: Path | None,
    plan_file: Path | None,
    new_key: Path | None,
    propose: Path | None,
    only_check: bool,
    as_schema: bool,
    where: tuple[str, ...],
    reverse: bool,
    roles: tuple[str, ...],
    locale: str | None,
    format_name: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write a masked copy of SOURCE: a file, a folder of files, or the URL of a database.

    People become other people, whole, numbers other numbers of the same form, by a key: the same person and the same number are
    the same other ones in every table, file, database and run. No map is stored, and without the key there is no way back.

    \b
    dm mask --new-key mask.key
    dm mask customers.csv --propose plan.yaml
    dm mask customers.csv -o masked.csv --key-file mask.key --plan plan.yaml
    """
    from datamimic.errors import InvalidOption
    from datamimic_learning.masking.keys import key_of_file
    from datamimic_learning.masking.keys import new_key as write_key

    if as_schema:
        from datamimic_learning.masking.plans.schema import plan_schema

        print_lines([json.dumps(plan_schema(), indent=1)])
        return
    if new_key is not None:
        write_key(new_key)
        print_lines([f"{new_key}: a new key; keep it as you keep the originals, and apart from the copies"])
        return
    if source is None:
        raise InvalidOption("invalid_option", "there is nothing to mask", hint="dm mask SOURCE -o COPY --key-file KEY")
    from datamimic_learning.masking.running import mask as masked

    if propose is not None:
        _propose(source, propose, locale, format_name)
        return
    plan = None if plan_file is None else _plan(plan_file)
    if only_check:
        _check(source, plan)
        return
    if roles:
        _views(source, plan, roles, output)
        return
    if output is None or key_file is None:
        missing = "--output" if output is None else "--key-file"
        raise InvalidOption("invalid_option", f"{missing} is missing", hint="dm mask SOURCE -o COPY --key-file KEY")
    conditions = dict(_condition(each) for each in where)
    report = masked(
        source,
        output,
        key_of_file(key_file),
        plan,
        format=format_name,
        where=conditions,
        reverse=reverse,
        progress=None if quiet else _progress(),
    )
    print_lines([json.dumps(report.to_dict(), ensure_ascii=False, indent=1)] if as_json else _lines(report))


def _plan(path: Path) -> Plan:
    """The plan; of one that cannot be used, every mistake is told."""
    from datamimic_learning.masking.plans.reading import BadPlan, read_plan

    try:
        return read_plan(path)
    except BadPlan as error:
        _tell(error)
        raise


def _tell(error: object) -> None:
    from datamimic_learning.masking.plans.reading import BadPlan

    assert isinstance(error, BadPlan)
    for each in error.mistakes[1:]:
        column = f", column {each.place.column}" if each.place.column is not None else ""
        click.echo(each.error().render().replace("\n", f"{column}\n", 1), err=True)


def _check(source: str, plan: Plan | None) -> None:
    from datamimic.errors import InvalidOption
    from datamimic_learning.masking.plans.checking import check_plan
    from datamimic_learning.masking.plans.reading import BadPlan
    from datamimic_learning.masking.running import tables_of

    if plan is None:
        raise InvalidOption("invalid_option", "--check needs --plan", hint="dm mask SOURCE --plan plan.yaml --check")
    try:
        check_plan(plan, tables_of(source))
    except BadPlan as error:
        _tell(error)
        raise
    columns = sum(len(each.columns) + len(each.replaced) for each in plan.tables.values())
    print_lines([f"the plan fits: {len(plan.tables)} tables, {columns} columns"])


def _propose(source: str, place: Path, locale: str | None, format_name: str | None) -> None:
    from datamimic.errors import OutputError
    from datamimic_learning.masking.running import propose_plan

    text = propose_plan(source, locale=locale, format=format_name)
    try:
        with place.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise OutputError("output_unwritable", f"{place}: {error.strerror}", hint="name a new file") from None
    print_lines([f"{place}: look over it, then dm mask {source} -o COPY --key-file KEY --plan {place}"])


def _views(source: str, plan: Plan | None, roles: tuple[str, ...], output: str | None) -> None:
    from datamimic.errors import OutputError
    from datamimic_learning.masking.views import views_of

    made = views_of(source, plan, roles)
    for each in made.notes:
        click.echo(f"note: {each}", err=True)
    if output is None:
        print_lines(made.text.splitlines())
        return
    try:
        Path(output).write_text(made.text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError("output_unwritable", f"{output}: {error.strerror}") from None


def _condition(text: str) -> tuple[str, str]:
    from datamimic.errors import InvalidOption

    table, colon, condition = text.partition(":")
    if not colon or not condition.strip():
        hint = "--where \"customers: country = 'DE'\""
        raise InvalidOption("invalid_option", "--where is not written TABLE: CONDITION", hint=hint)
    return table.strip(), condition.strip()


def _progress() -> Callable[[str, int], None] | None:
    import sys

    if not sys.stderr.isatty():
        return None

    def told(table: str, rows: int) -> None:
        click.echo(f"\r{table}: {rows:,} rows", err=True, nl=False)

    return told


def _lines(report: MaskReport) -> list[str]:
    found = []
    for each in report.tables:
        found.append(f"{each.table}: {each.rows:,} rows")
        found += [f"  {column}: {method}" for column, method in each.methods.items() if method != "keep"]
        kept = [column for column, method in each.methods.items() if method == "keep"]
        found += [f"  kept as they are: {', '.join(kept)}"] if kept else []
        found += [f"  note: {note}" for note in each.notes]
    found += [f"note: {each}" for each in report.notes]
    return [*found, f"key {report.key}; nothing of it or of the originals was stored"]
