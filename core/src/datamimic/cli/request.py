"""`dm request`: the JSON request API on the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from datamimic.cli.names import ENTITY
from datamimic.cli.options import given_option
from datamimic.errors import DatamimicError


@click.command(short_help="Answer a request of the JSON API.")
@click.argument("file", type=click.File("rb"), default="-")
@click.option(
    "--schema",
    type=click.Choice(["request", "response"]),
    help="Print the JSON Schema of the request's domain instead.",
)
@click.option("--domain", type=ENTITY, help="With --schema: whose schema, instead of a request's.")
@click.option(
    "--write-schemas",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the JSON Schemas of all domains to DIR/PACK instead.",
)
@given_option
def request(
    file: Any, schema: str | None, domain: str | None, write_schemas: Path | None, given: dict[str, str]
) -> None:
    """Answer the JSON request in FILE (standard input without one) with a JSON response.

    An error is printed as JSON on standard output, too, so that a program reads one format; the exit status is 2.
    """
    if write_schemas is not None:
        _write_schemas(write_schemas)
        return
    from datamimic.plugins.registry import installed_packs
    from datamimic.request.api import generate_domain
    from datamimic.request.schemas import request_schema, response_schema

    try:
        if schema and domain:
            spec = installed_packs().entity(domain).__entity__
            made = (request_schema if schema == "request" else response_schema)(spec, domain)
        else:
            made = generate_domain(_read(file), given=given)
    except DatamimicError as error:
        click.echo(json.dumps({"error": error.to_dict()}, ensure_ascii=False, indent=2))
        raise
    json.dump(made, sys.stdout, ensure_ascii=False, indent=2)
    click.echo()


def _read(file: Any) -> Any:
    from datamimic.base.documents import Unfit, read_json

    try:
        return read_json(file.read())
    except Unfit as error:
        raise DatamimicError("invalid_request", f"the request is not readable: {error}", path="$") from None


def _write_schemas(folder: Path) -> None:
    from datamimic.plugins.registry import installed_packs
    from datamimic.request.schema_files import schema_files, write_schemas

    packs = installed_packs()
    for record in packs.packs():
        if record.status == "ok":
            changed = write_schemas(folder / record.name, schema_files(packs, record.name))
            click.echo(f"{folder / record.name}: {len(changed)} changed")
