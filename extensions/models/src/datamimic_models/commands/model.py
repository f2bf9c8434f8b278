"""`dm model`: what a model says, whether it is right, and other languages for it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import click

from datamimic.cli import print_lines
from datamimic.errors import EXIT_CODE, UnknownName
from datamimic_models.templates import template_text, templates

_TRUST = click.option("--trust", is_flag=True, help="Import module:Class, which runs its code.")


@click.group(short_help="Begin, check, convert and explain models of your own tables.")
def model() -> None:
    """Models: tables of your own, in YAML, JSON, SQL, JSON Schema, XML or Python classes."""


@model.command(short_help="Begin a model from a template.")
@click.argument("name")
@click.option(
    "--template",
    "-t",
    type=click.Choice([*templates()]),
    default="shop",
    show_default=True,
    help="What to begin from: a model that runs as it is.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="File; NAME.yaml if not given.")
def new(name: str, template: str, output: Path | None) -> None:
    """Write a model called NAME, to run as it is and to change: tables of a shop, a bank, a clinic, an insurer or a public
    office."""
    from datamimic import DatamimicError
    from datamimic.errors import OutputError, excerpt

    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", name):
        hint = "lower case letters, digits and underscores"
        raise DatamimicError("models.bad_name", f"a model cannot be called {excerpt(name)}", hint=hint)
    place = output or Path(f"{name}.yaml")
    if place.exists():
        raise OutputError("output_unwritable", f"{place} is there already", hint="give --output another name")
    text = template_text(template).replace(f"\nname: {template}\n", f"\nname: {name}\n", 1)
    try:
        with place.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise OutputError("output_unwritable", f"{place}: {error.strerror}") from None
    print_lines([f"{place}: `dm run {place}` makes its rows, `dm model check {place}` reads it again"])


@model.command(short_help="List every mistake of a model, with its place.")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@_TRUST
@click.pass_context
def check(context: click.Context, file: str, as_json: bool, trust: bool) -> None:
    """List every mistake of FILE with file, line, column, code and hint, without making a row.

    Exits with status 0 for a good model, which may have warnings, and with 2 for one with mistakes.
    """
    from datamimic_models.checking import mistakes_of

    found = mistakes_of(file, trusted=trust)
    errors = sum(each.level == "error" for each in found)
    if as_json:
        said = {"file": file, "ok": not errors, "mistakes": [each.to_dict() for each in found]}
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        for each in found:
            hint = f" ({each.hint})" if each.hint else ""
            print_lines([f"{each.place or file}: {each.level}[{each.code}]: {each.message}{hint}"])
        print_lines([f"{file}: {errors} mistakes, {len(found) - errors} warnings" if found else f"{file}: good"])
    if errors:
        context.exit(EXIT_CODE)


@model.command(short_help="Print a model in YAML or JSON.")
@click.argument("file")
@click.option(
    "--to", "language", type=click.Choice(["yaml", "json"]), default="yaml", show_default=True, help="Language."
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="File; standard output if not given.")
@click.option("--flat", is_flag=True, help="Members of structs as columns, lists of structs as child tables.")
@_TRUST
def convert(file: str, language: str, output: Path | None, flat: bool, trust: bool) -> None:
    """Print the model that FILE says, in whatever language, as YAML or JSON of the tables language.

    With --output, rows of what tables cannot say of a model in XML are kept in files beside it, with a remark for each."""
    from attrs import evolve

    from datamimic import whole_file
    from datamimic_models.loading import Model
    from datamimic_models.model.sources import moved

    if output is not None and file.lower().endswith(".xml"):
        made = _with_kept_rows(file, output, trust)
    else:
        made = Model.load(file, trust=trust)
    for each in made.warnings:
        click.echo(f"warning[{each.code}]: {each.message} ({each.place})", err=True)
    made = made.flat() if flat else made
    if output is not None:
        made = evolve(made, tables=moved(made.tables, output.parent))
        language = "json" if output.suffix == ".json" else language
    text = made.to_json() if language == "json" else made.to_yaml()
    if output is None:
        click.echo(text, nl=False)
        return
    with whole_file(output) as stream:
        stream.write(text.encode())


def _with_kept_rows(file: str, output: Path, trust: bool) -> Any:
    """The model in XML, with files beside the output for the rows of what has no equal in tables."""
    from attrs import evolve

    from datamimic import whole_file
    from datamimic_models.loading import Model
    from datamimic_models.model import Mistakes
    from datamimic_models.reading.pack_names import pack_name
    from datamimic_models.translating import read_xml_keeping

    mistakes = Mistakes()
    tables, files = read_xml_keeping(file, mistakes, name=pack_name(Path(file).name), stem=output.stem, trusted=trust)
    mistakes.refuse()
    if not files:
        return Model.load(file, trust=trust)
    written: list[Path] = []
    try:
        for name, lines in files.items():
            with whole_file(output.parent / name) as stream:
                stream.write("".join(f"{line}\n" for line in lines).encode())
            written.append(output.parent / name)
        return evolve(
            Model.checked(evolve(tables, folder=str(output.resolve().parent)), trust=trust),
            warnings=tuple(mistakes.found),
        )
    except BaseException:
        for each in written:
            each.unlink(missing_ok=True)
        raise


@model.command(short_help="Tell per column what it was taken for, and why.")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@_TRUST
def explain(file: str, as_json: bool, trust: bool) -> None:
    """Tell how every table of FILE is made: how many rows, which keys, and what each column was taken for and why."""
    from datamimic_models.explaining import explained
    from datamimic_models.loading import Model

    loaded = Model.load(file, trust=trust)
    made = explained(loaded.plan, loaded.world())
    if as_json:
        click.echo(json.dumps(made, ensure_ascii=False, indent=2))
        return
    for table in made["tables"]:
        print_lines([f"{table['table']} ({table['entity']}): {table['rows']}"])
        width = max((len(each["column"]) for each in table["columns"]), default=0)
        print_lines([f"  {each['column']:<{width}}  {each['type']:<12}  {each['made']}" for each in table["columns"]])


@model.command(short_help="List the kinds of rules, or the words of one.")
@click.argument("kind", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def rules(kind: str | None, as_json: bool) -> None:
    """List the kinds of rules that columns can have; of one KIND the words that it knows."""
    from datamimic_models.rules.catalogue import rule_catalogue

    catalogue = rule_catalogue()
    if kind is not None and kind not in catalogue:
        raise UnknownName("rule", kind, catalogue)
    shown: Any = catalogue if kind is None else catalogue[kind]
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    elif kind is None:
        width = max(map(len, catalogue))
        print_lines([f"{name:<{width}}  {each['summary']}" for name, each in catalogue.items()])
    else:
        print_lines([shown["doc"], ""])
        for each in shown["words"]:
            default = "" if each["required"] else f"  [default: {each['default']}]"
            print_lines([f"  {each['name']} ({each['kind']}): {each['doc']}{default}"])


@model.command(short_help="Print the JSON Schema of the tables language.")
def schema() -> None:
    """Print the JSON Schema of the tables language, by which editors complete and check models."""
    from datamimic_models.printing.language_schema import language_schema

    click.echo(json.dumps(language_schema(), ensure_ascii=False, indent=2))
