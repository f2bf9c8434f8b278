"""`dm replay FILE -o OUT --key-file KEY`: a history of card payments without its card numbers."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import click

from datamimic.errors import DatamimicError

NEEDS = ("cryptography", "openpyxl", "xlsxwriter")
"""What `datamimic-pack-finance[replay]` brings."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path), help="File or folder to write.")
@click.option(
    "--key-file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="File with at least 32 random bytes: openssl rand -hex 32 > replay.key",
)
@click.option(
    "--bin",
    "bin_kept",
    type=click.Choice(["6", "8", "replace"]),
    default="6",
    show_default=True,
    help="First digits of a card number that stay; with `replace` only the first one, that of the network.",
)
@click.option(
    "--last", "last", type=click.Choice(["4", "replace"]), default="4", show_default=True, help="Last digits that stay."
)
@click.option(
    "--luhn",
    type=click.Choice(["broken", "valid"]),
    default="broken",
    show_default=True,
    help="Do tokens fail Luhn's check, so that they are nobody's numbers, or pass it?",
)
@click.option(
    "--expiry",
    type=click.Choice(["move", "keep", "empty"]),
    default="move",
    show_default=True,
    help="Expiry dates: some months later, the same number under a key; as they are; or none.",
)
@click.option("--shift", "days", type=int, default=0, metavar="DAYS", help="Move all days and moments by so many days.")
@click.option("--locale", default="en_US", show_default=True, help="Of the people whose names cardholders get.")
@click.option(
    "--treat",
    multiple=True,
    metavar="COLUMN=KIND",
    help="What a column holds, where a look does not tell: pan, text, name, expiry, empty, moment or keep.",
)
@click.option("--format", "format_name", help="csv, json, jsonl, parquet, arrow or xlsx; from the file's ending.")
@click.option(
    "--format-option",
    "format_settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="A setting of the format, such as delimiter=;",
)
@click.option("--json", "as_json", is_flag=True, help="Tell as JSON what was done.")
def replay(
    file: Path,
    output: Path,
    key_file: Path,
    bin_kept: str,
    last: str,
    luhn: Literal["broken", "valid"],
    expiry: Literal["move", "keep", "empty"],
    days: int,
    locale: str,
    treat: tuple[str, ...],
    format_name: str | None,
    format_settings: tuple[str, ...],
    as_json: bool,
) -> None:
    """Write a history of card payments without its card numbers.

    FILE, or every file of a folder: card numbers become tokens of the same length, the same for a card in every file and run
    with the key; nothing is stored, and without the key there is no way back. Numbers within text and tracks are found too.
    Verification values and PIN blocks are emptied, names of cardholders and expiry dates replaced. Order, amounts and the
    time between payments stay.
    """
    if missing := [name for name in NEEDS if find_spec(name) is None]:
        raise DatamimicError(
            "missing_dependency",
            f"{missing[0]} is not installed",
            hint='pip install "datamimic-pack-finance[replay]"',
        )
    from datamimic import SecretKey
    from datamimic_pack_finance.replaying.kinds import kinds_of
    from datamimic_pack_finance.replaying.replay import Policy, Replay

    key = SecretKey.of_file(key_file, "replay")
    policy = Policy(
        bin_digits=1 if bin_kept == "replace" else int(bin_kept),
        last_digits=0 if last == "replace" else int(last),
        luhn=luhn,
        expiry=expiry,
        days=days,
        locale=locale,
    )
    replaying = Replay(
        key,
        policy,
        kinds_of(treat),
        format_name,
        {name: value for name, _, value in (text.partition("=") for text in format_settings)},
        lambda text: click.echo(f"note: {text}", err=True),
    )
    made = replaying.run(file, output)
    if as_json:
        found = {"key": key.fingerprint, "policy": policy.said(), "files": [each.said() for each in made]}
        click.echo(json.dumps(found, indent=2))
        return
    for each in made:
        click.echo(f"{each.file}: {each.rows:,} rows")
        for column in each.columns:
            if column.cells or column.kind not in ("keep", "text", "moment"):
                click.echo(f"  {column.column}: {column.said_shortly()}")
    click.echo(f"key {key.fingerprint}; nothing of it or of the card numbers was stored")
