"""`dm check`: run an entity's checks on a file, ours or another tool's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from datamimic.cli.assignments import pairs
from datamimic.cli.listing import json_option, print_json, print_lines, print_table
from datamimic.cli.names import ENTITY, FIELD, LOCALE, MESSAGE
from datamimic.cli.options import AskedFormat, AskedModels, format_options, model_options
from datamimic.errors import DatamimicError, InvalidOption

if TYPE_CHECKING:
    from datamimic.checks.checking import Finding
    from datamimic.world import World

FOUND = 1
"""Exit status when a check does not hold."""


@click.command(short_help="Run an entity's checks on any file.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--entity", type=ENTITY, help="Whose checks: `pack.entity` or a bare name; from the manifest.")
@click.option("--message", type=MESSAGE, help="Which message the file holds; from the manifest, or how it begins.")
@click.option(
    "--safe", is_flag=True, help="Look for addresses and numbers that might be somebody's (the same as `dm scan`)."
)
@click.option(
    "--map",
    "mapping",
    type=FIELD,
    multiple=True,
    metavar="FIELD=COLUMN",
    help="The file's name for a field; may be repeated.",
)
@click.option("--locale", type=LOCALE, help="Locale of the data; from the manifest, or en_US.")
@click.option("--clock", help="The instant that ages are computed from; from the manifest, or the default clock.")
@model_options
@format_options("csv, tsv, json, jsonl, xml, parquet, arrow, xlsx, or one of a pack's; from the file's ending.")
@json_option
@click.pass_context
def check(
    context: click.Context,
    file: Path,
    entity: str | None,
    message: str | None,
    safe: bool,
    mapping: tuple[str, ...],
    locale: str | None,
    clock: str | None,
    asked_models: AskedModels,
    written_as: AskedFormat,
    as_json: bool,
) -> None:
    """Run the checks of an entity on FILE, or a folder of part files; exit with status 1 when one does not hold.

    What is not given is taken from the manifest beside the file: entity, locale, clock and options. The texts of messages are
    judged by the rules of their syntax and of the message: what is mandatory, lengths, days, counts, check digits, sums; and
    the rows that a manifest describes are made again and checked.

    \b
    dm check patients.parquet
    dm check clinic
    """
    import attrs

    if safe:
        _scan(context, file, written_as)
        if entity is None:
            return
    told = _manifest_of(file)
    world = _world(told.get("world", {}), locale, clock, asked_models)
    findings: list[dict[str, Any]] = []
    of_message = told.get("request", {}).get("format") in world.packs.messages()
    for name, paths in _texts(file, told, world, message, entity):
        judged = _findings_of_texts(paths, name, world)
        findings += [{"message": name, **attrs.asdict(finding)} for finding in judged]
        if not as_json:
            print_lines([f"{name or 'texts'}, {len(paths)} {'file' if len(paths) == 1 else 'files'}", ""])
            _print(judged, "texts")
    only_texts = bool(findings) and entity is None and (not told or ("outputs" in told and not file.is_dir()))
    for path, name in [] if only_texts else _tables(file, told, world, entity):
        if of_message:
            found = _findings_of_rows(told, name)
        else:
            found = _findings(path, name, world, dict(pairs(mapping)), written_as)
        findings += [{"entity": name, **attrs.asdict(finding)} for finding in found]
        if not as_json:
            if told:
                print_lines([f"{name}, {world.locale}, clock {world.clock}; from the manifest, what is not given", ""])
            _print(found)
    if as_json:
        print_json(findings)
    if any(finding["violations"] for finding in findings):
        context.exit(FOUND)


def findings_of(path: Path, entity: str, locale: str | None = None, clock: str | None = None) -> list[dict[str, Any]]:
    """What the checks of an entity find in a file, a document for each check, as `dm check --json` prints them."""
    import attrs

    from datamimic.checks.checking import check_batches
    from datamimic.formats.reading import read_batches
    from datamimic.world import World

    world = World("check", locale, clock)
    batches = read_batches(path, None, settings={}, note=lambda text: None)
    return [attrs.asdict(each) for each in check_batches(batches, world.spec(entity), world, {})]


def _manifest_of(file: Path) -> dict[str, Any]:
    """The manifest of the file or folder; empty where there is none that can be read."""
    from datamimic.output.finding import find_manifest
    from datamimic.output.manifest import read_manifest

    try:
        return read_manifest(find_manifest(file))
    except DatamimicError:
        return {}


def _world(described: dict[str, Any], locale: str | None, clock: str | None, asked_models: AskedModels) -> World:
    from datamimic.base.origin import Origin
    from datamimic.world import World

    locale, clock = locale or described.get("locale"), clock or described.get("clock")
    models = {**(Origin.parse(described).models if described else {}), **asked_models.read()}
    return World("check", locale, clock, options=described.get("options"), models=models.values())


def _tables(file: Path, told: dict[str, Any], world: World, entity: str | None) -> list[tuple[Path, str]]:
    """What to check, and whose checks: one file or folder of parts; of the folder of a set each table, or that of the
    entity. Raises `InvalidOption` where nobody says whose."""
    from datamimic.reproducing.verification.files import named_file

    tables = [each for each in told.get("outputs", ()) if each.get("file") and "message" not in each]
    in_set = {str(each["file"]): str(each["entity"]) for each in tables}
    name = world.path(world.spec(entity)) if entity else told.get("request", {}).get("entity")
    if file.is_dir() and in_set:
        chosen = [(named_file(file, each), owner) for each, owner in in_set.items() if name in (None, owner)]
    else:
        name = name or in_set.get(file.name)
        chosen = [(file, name)] if name else []
    if not chosen:
        raise InvalidOption("invalid_option", "there is nothing to check", hint="add --entity ENTITY or --safe")
    return chosen


def _texts(
    file: Path, told: dict[str, Any], world: World, message: str | None, entity: str | None
) -> list[tuple[str, list[Path]]]:
    """The messages whose texts are judged, with their files: that which is named, those of a manifest, or, empty, one that a
    file begins like which nothing is known of."""
    from datamimic.formats.documents.kept.files import syntax_of_text
    from datamimic.reproducing.verification.files import named_file

    known = world.packs.messages()
    if message is not None or told.get("request", {}).get("format") in known:
        name = message or told["request"]["format"]
        listed = [each["name"] for each in told.get("files", ()) if not each["name"].endswith((".csv", ".json"))]
        return [(name, [named_file(file, each) for each in listed] if file.is_dir() else [file])]
    found: list[tuple[str, list[Path]]] = []
    for each in told.get("outputs", ()):
        if each.get("message") in known:
            names = [each["file"]] if each.get("file") else each.get("names", [])
            if file.is_dir() or file.name in names:
                found.append((each["message"], [named_file(file, name) for name in names] if file.is_dir() else [file]))
    if told or entity is not None or not file.is_file():
        return found
    with file.open("rb") as opened:
        head = opened.read(4_096).decode("utf-8", "replace")
    is_known = syntax_of_text(head) != "" and file.suffix.lower() not in (".json", ".jsonl", ".ndjson", ".csv")
    return [("", [file])] if is_known and "<rows" not in head else found


def _findings_of_texts(paths: list[Path], name: str, world: World) -> list[Finding]:
    from datamimic.checks.texts import check_texts

    made: Any = world.packs.message(name) if name else None
    return check_texts(paths, None if made is None else made.configured({}))


def _findings(path: Path, entity: str, world: World, mapping: dict[str, str], written_as: AskedFormat) -> list[Finding]:
    from datamimic.checks.checking import check_batches
    from datamimic.formats.reading import read_batches

    def note(text: str) -> None:
        click.echo(f"note: {text}", err=True)

    batches = read_batches(path, written_as.format_name, settings=written_as.given(), note=note)
    return check_batches(batches, world.spec(entity), world, mapping)


def _findings_of_rows(told: dict[str, Any], entity: str) -> list[Finding]:
    """Of the rows whose messages a manifest describes, made again with all columns of the entity, breaks included."""
    from datamimic.checks.checking import check_batches
    from datamimic.reproducing.described_world import described_rows, described_world

    world = described_world(told["world"])
    columns = list(world[entity].columns)
    rows = described_rows(
        world, {**told["request"], "columns": [*dict.fromkeys([*columns, *told["request"]["columns"]])]}
    )
    batches = (batch.select(columns) for batch in rows.batches())
    return check_batches(batches, world.spec(entity), world, {})


def _print(findings: list[Finding], of: str = "rows") -> None:
    rows = [
        {
            "check": finding.check,
            "violations": None if finding.skipped else finding.violations,
            "sample": finding.samples,
            "sentence": finding.sentence + (f" (not checked: {finding.skipped})" if finding.skipped else ""),
        }
        for finding in findings
    ]
    print_table(rows, {"check": "CHECK", "violations": "VIOLATIONS", "sample": "ROWS", "sentence": "SENTENCE"})
    checked = max((finding.rows for finding in findings), default=0)
    broken = sum(finding.violations > 0 for finding in findings)
    skipped = sum(finding.skipped is not None for finding in findings)
    if not findings:
        verdict = "no check is declared: nothing was looked at"
    elif skipped == len(findings):
        verdict = f"none of {skipped} checks could be run"
    else:
        held = f"{len(findings) - skipped} checks hold"
        verdict = f"{broken} of {len(findings)} checks do not hold" if broken else held
        verdict += f" in {checked:,} {of}" + (f"; {skipped} could not be run" if skipped else "")
    print_lines([f"\n{verdict}"])


def _scan(context: click.Context, file: Path, written_as: AskedFormat) -> None:
    """Run the command `scan`, which a pack brings, since what is somebody's number depends on the country."""
    above = context.parent
    group = above.command if above is not None else None
    command = group.get_command(above, "scan") if isinstance(group, click.Group) and above is not None else None
    if command is None:
        hint = "pip install datamimic-pack-common"
        raise DatamimicError("missing_dependency", "no installed pack knows whose numbers they are", hint=hint)
    context.invoke(
        command, file=file, format_name=written_as.format_name, format_settings=written_as.format_settings, show=20
    )
