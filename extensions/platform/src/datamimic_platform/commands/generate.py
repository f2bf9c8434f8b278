"""`syndata generate`: a job of kind `generate`, here and now, or on the server."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from datamimic import DatamimicError
from datamimic.cli import profile_of
from datamimic_platform.commands.desk import local_store, sent, server_or_none
from datamimic_platform.commands.following import EXIT, say_end
from datamimic_platform.commands.in_place import run_in_place
from datamimic_platform.commands.templates import rendered


@click.command(short_help="Make the rows of a configuration.")
@click.option("--config", "-c", type=click.Path(path_type=Path), help="A configuration in YAML, JSON, SQL or XML.")
@click.option("--template", "-t", help="A file with ${name} in it, or the name of a template that comes along.")
@click.option("--set", "names", multiple=True, metavar="NAME=VALUE", help="What stands for ${NAME} in the template.")
@click.option("--sample-data", "sample", help="Rows that exist, whose distributions columns of their names take.")
@click.option("--rows", "-n", multiple=True, metavar="N|TABLE=N", help="Rows of all tables that say none, or of one.")
@click.option(
    "--output-format", "-f", "formats", multiple=True,
    help="csv, json, jsonl, parquet, sql, xlsx …; of several, all but the first in folders of their names.",
)  # fmt: skip
@click.option("--output-dir", "-o", type=click.Path(path_type=Path), help="Folder; runs/<job> without it.")
@click.option("--force", is_flag=True, help="Replace what an earlier run left in the folder.")
@click.option("--seed", help="Fixes every value; else the configuration's, or one that is chosen and told.")
@click.option("--locale", help="Such as de_DE.")
@click.option("--clock", help="The instant that ages and dates are computed from.")
@click.option("--batch-size", type=click.IntRange(1), help="Rows at a time, at most; changes no byte.")
@click.option(
    "--priority", type=click.Choice(["low", "normal", "high"]), default="normal", show_default=True,
    help="On a server, which jobs go first.",
)  # fmt: skip
@click.option("--wait", is_flag=True, help="On a server, wait for the end; in place that is always so.")
@click.option("--profile-performance", "profiled", is_flag=True, help="Tell where the time went, in place.")
@click.option("--debug-relationships", "related", is_flag=True, help="Tell how rows refer to each other.")
@click.option("--trust", is_flag=True, help="In place, run code that the configuration names.")
@click.option("--json", "as_json", is_flag=True, help="Print the job as JSON.")
def generate(
    config: Path | None,
    template: str | None,
    names: tuple[str, ...],
    sample: str | None,
    rows: tuple[str, ...],
    formats: tuple[str, ...],
    output_dir: Path | None,
    force: bool,
    seed: str | None,
    locale: str | None,
    clock: str | None,
    batch_size: int | None,
    priority: str,
    wait: bool,
    profiled: bool,
    related: bool,
    trust: bool,
    as_json: bool,
) -> None:
    """Make the rows of all tables of a configuration: the bytes that `dm run` makes, as a job with record, log and manifest.

    \b
    syndata generate --config shop.yaml --rows 1000 --output-dir shop
    syndata generate --template shop --rows 25000 --priority high
    syndata generate --config config.yaml --sample-data existing_data.csv
    """
    text, file_name, path = rendered(config, template, names)
    options: dict[str, Any] = {
        "seed": seed, "locale": locale, "clock": clock, "output_format": ",".join(formats) or None, "batch_size": batch_size,
        "relationships": related or None, **_rows(rows),
    }  # fmt: skip
    options = {name: value for name, value in options.items() if value is not None}
    if output_dir is not None and not force and output_dir.is_dir() and any(output_dir.iterdir()):
        raise DatamimicError(
            "platform.folder_in_use", f"{output_dir} is not empty", hint="--force replaces it, or take another folder"
        )
    with server_or_none() as server:
        if server is not None:
            if trust:
                raise DatamimicError(
                    "platform.bad_option", "a server runs no code of yours", hint="--trust is for jobs in place"
                )
            files: dict[str, str] = {}
            if sample is not None:
                files, options["sample"] = sent(server, sample)
            job = server.submit("generate", text=text, name=file_name, options=options, files=files, priority=priority)
            if wait or output_dir is not None:
                job = server.wait(job.job_id)
                if output_dir is not None and job.status == "completed":
                    server.download(job, output_dir)
            say_end(job.told, None if output_dir is None else str(output_dir), as_json=as_json)
            sys.exit(EXIT.get(job.status, 0))
    if sample is not None:
        options["sample"] = sample if "://" in sample else str(Path(sample).absolute())
    with local_store() as (store, actor):
        with profile_of(_total(path, options, trust) if profiled else 0, profiled):
            told, folder = run_in_place(
                store, actor, "generate", text, file_name, path, options, folder=output_dir, trust=trust
            )
        for line in (told["result"] or {}).get("relationships", ()):
            click.echo(line, err=True)
        say_end(told, str(folder), as_json=as_json)
    sys.exit(EXIT.get(told["status"], 0))


def _rows(given: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {"tables": {}}
    for each in given:
        name, equals, number = each.rpartition("=")
        if not number.isdecimal() or not number.isascii() or len(number) > 12:
            raise DatamimicError("platform.bad_option", "--rows is no number of rows", hint="1000, or customers=1000")
        if equals:
            found["tables"][name] = int(number)
        else:
            found["rows"] = int(number)
    return found if found["tables"] else {name: value for name, value in found.items() if name != "tables"}


def _total(path: Path, options: dict[str, Any], trust: bool) -> int:
    from datamimic_models import Model

    if path.suffix.lower() == ".xml":
        return 0
    made = Model.load(path, trust=trust).with_rows_of(options.get("rows"), options.get("tables", {}))
    return sum(made.counts(made.world()).values())
