"""`syndata profile`: a job of kind `profile`: what a table holds, as JSON, as a configuration, or as a page."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from datamimic import DatamimicError, whole_file
from datamimic_platform.commands.desk import local_store, sent, server_or_none
from datamimic_platform.commands.following import EXIT, say_end
from datamimic_platform.commands.in_place import run_in_place

_FORMS = {"json": "profile.json", "yaml": "model.yaml", "html": "profile.html"}
_ENDINGS = {".json": "json", ".yaml": "yaml", ".yml": "yaml", ".html": "html", ".htm": "html"}


@click.command(short_help="What a table holds.")
@click.option("--data", "-d", required=True, help="A file, a folder of files, or a database's URL.")
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, help="File to write.")
@click.option("--format", "-f", "form", type=click.Choice([*_FORMS]), help="Else by the ending of --output.")
def profile(data: str, output: Path, form: str | None) -> None:
    """Measure tables that exist, and write a report in JSON, a configuration that makes rows like them, or a page.

    \b
    syndata profile --data sample_data.csv --output profile_report.json
    syndata profile --data sample_data.csv --output generated_config.yaml --format yaml
    """
    chosen = form or _ENDINGS.get(output.suffix.lower())
    if chosen is None:
        raise DatamimicError("platform.bad_option", "the ending of --output stands for no form", hint="--format html")
    with server_or_none() as server:
        if server is not None:
            files, source = sent(server, data)
            job = server.wait(server.submit("profile", options={"source": source}, files=files).job_id)
            if job.status == "completed":
                with whole_file(output) as stream:
                    for piece in server.artefact(job.job_id, _FORMS[chosen]):
                        stream.write(piece)
            say_end(job.told, str(output), as_json=False)
            sys.exit(EXIT.get(job.status, 0))
    with local_store() as (store, actor):
        source = data if "://" in data else str(Path(data).absolute())
        told, folder = run_in_place(store, actor, "profile", None, "config.yaml", None, {"source": source})
        if told["status"] == "completed":
            with whole_file(output) as stream:
                stream.write((folder / _FORMS[chosen]).read_bytes())
        say_end(told, str(output), as_json=False)
    sys.exit(EXIT.get(told["status"], 0))
