"""Command lines that somebody could have written: every command, its options by what they take, and values of any kind."""

from __future__ import annotations

from functools import cache
from random import Random

import click

from datamimic.cli import main

FILES = [
    "rows.csv", "rows.parquet", "rows.jsonl", "rows.json", "rows.arrow", "rows.csv.manifest.json", "parts", "set",
    "set/manifest.json",
    "explained.json", "request.json", "sample.lock", "no-such-file", ".", "..", "", "-", "x" * 300, "a\udcffb",
    "rows.csv/x", "é.csv",
    "set/common_person.csv", "/dev/null",
]  # fmt: skip
PLACES = [
    "out.csv",
    "out.parquet",
    "out.json",
    "out",
    "set",
    "rows.csv",
    "no/such/folder/x",
    "x" * 300,
    "",
    "out\udcff.csv",
    "-o",
    ".",
]
URLS = [
    "postgresql://me:geheim@127.0.0.1:1/db", "postgresql+psycopg://me:geheim@127.0.0.1:1/db",
    "mysql://me:geheim@127.0.0.1:1/db",
    "postgresql://me:geheim%zz@127.0.0.1:1/db", "postgresql://127.0.0.1:1/db?password=geheim", "postgres://me:geheim@:x/",
    "out.sqlite",
    "out.duckdb", "sqlite:///out.sqlite", "mariadb://me:geheim@127.0.0.1:1/db?password=geheim", "oracle://me:geheim@h/d",
    "://", "rows.csv",
    "postgresql://me:geheim with spaces@127.0.0.1:1/db", "postgresql://me:geheim@127.0.0.1:1/db?sslmode=nonsense",
]  # fmt: skip
ENTITIES = [
    "common.person", "person", "patient", "healthcare.patient", "common.city", "city", "finance.transaction", "Persn",
    "common.",
    ".person", "", "a.b.c", "x" * 300, "common.person.age", "é",
]  # fmt: skip
COUNTS = ["3", "0", "1", "7", "-1", "x", "", "1.5", "1e3", "9" * 30, str(2**63), "9" * 5_000, "0x10", "１"]
TEXTS = [
    "",
    "a",
    "x" * 300,
    "é",
    "\udcff",
    "%",
    "=1",
    "a=b",
    "a=b=c",
    "=",
    "--",
    "-",
    "null",
    "{}",
    "[1]",
    "\x1b[31m",
    "\n",
]
NAMED = {
    "--seed": ["a", "7", *TEXTS],
    "--locale": ["en_US", "de_DE", "US", "de", "xx_XX", "english", "en-US", *TEXTS],
    "--clock": ["2025-01-01T00:00:00Z", "2025-01-01", "now", "0001-01-01", "9999-12-31", "2025-13-01", "1e9", *TEXTS],
    "--set": [
        "age_min=30",
        "age_min=x",
        "age_max=-1",
        "age_min=90",
        "person.age_min=3",
        "common.person.age_min=3",
        "no=1",
        *TEXTS,
    ],
    "--size": ["common.person=10", "person=0", "person=x", "no.such=1", "common.city=" + "9" * 30, *TEXTS],
    "--columns": ["age", "age,age", "given_name,nope", ",", "*", "birth_date", *TEXTS],
    "--format": ["csv", "json", "jsonl", "parquet", "arrow", "xml", "CSV", "sqlite", "duckdb", *TEXTS],
    "--format-option": [
        "delimiter=;",
        "delimiter=",
        "delimiter=ab",
        "bom=true",
        "bom=maybe",
        "compression=zstd",
        "x=1",
        *TEXTS,
    ],
    "--engine": ["serial", "threads", "nope", *TEXTS],
    "--engine-option": ["workers=1", "workers=0", "workers=x", "no=1", *TEXTS],
    "--workers": ["1", "0", "-1", "x", "", "9" * 5_000],
    "--map": ["age=Age", "age", "no=x", *TEXTS],
    "--sample": ["0.5", "0", "1", "2", "-1", "nan", "inf", "x", "1e-300"],
    "--schema": ["request", "response", "public", "x y", *TEXTS],
    "--domain": ENTITIES,
    "--entity": ENTITIES,
    "--policy": ["refuse", "warn", "no"],
    "--if-exists": ["fail", "replace", "no"],
    "--to": URLS,
    "--replay": FILES,
    "--manifest": FILES,
    "--write-schemas": ["schemas", "no/such/folder"],
    "--directory": [".", "no/such", "x" * 300],
    "--copy-from": ["US", "DE", "XX", "", "é"],
    "--show": COUNTS,
}
POSITIONAL = {
    "entity": ENTITIES,
    "entities": [
        "common.person=3",
        "person=2",
        "common.city=0",
        "common.person=x",
        "person",
        "=",
        "no.such=1",
        "person=-1",
        "person=all",
    ],
    "path": FILES,
    "manifest": FILES,
    "file": FILES,
    "row": COUNTS,
    "field": ["age", "given_name", "nope", "", "age.x", "address.city"],
    "packs": ["common", "healthcare", "nope", "", "é"],
    "name": ["thing", "Thing", "../../x", "a b", "", "x" * 300, "class", "é", "people"],
    "country": ["DE", "XX", "de", "", "é", "../.."],
    "shell": ["bash", "zsh", "fish", "cmd", ""],
}
MAKING = ["generate", "generate", "world", "world", "check", "scan", "verify", "reproduce", "explain", "request"]
"""Commands that do most."""
ENDLESS = {"--follow", "--profile"}
"""Options left out: with the one a command goes on until its reader leaves, and here nobody does; the other tells times."""
SLOW = {"report", "data"}
"""Commands that measure thousands of rows or every table whatever is asked of them: taken now and then."""


@cache
def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    return {
        name: command
        for name in main.list_commands(context)
        if (command := main.get_command(context, name)) is not None
    }


def written(random: Random) -> list[str]:
    """The arguments of `dm`."""
    names = sorted(commands())
    name = random.choice(names if random.random() < 0.3 else MAKING)
    if name in SLOW and random.random() < 0.9:
        name = "generate"
    command = commands()[name]
    if isinstance(command, click.Group):
        arguments = [name, random.choice(["list", "create", "nope", ""]), *random.sample(TEXTS, random.randint(0, 2))]
        return [each for each in arguments if each is not None]
    given = [name]
    for parameter in command.params:
        given += _parameter(parameter, random)
    if "--parts" in given and "--engine" not in given:
        given += ["--engine", "serial"]  # others start processes, which takes a while
    if random.random() < 0.05:
        given.insert(
            random.randrange(len(given) + 1), random.choice(["--nope", "-x", "--help", "--", "-n", "--json", *TEXTS])
        )
    return [each for each in given if each not in ENDLESS]


def _parameter(parameter: click.Parameter, random: Random) -> list[str]:
    option = parameter.opts[0]
    if isinstance(parameter, click.Argument):
        values = POSITIONAL.get(str(parameter.name), TEXTS)
        number = random.choice([1, 1, 2]) if parameter.nargs == -1 else 1
        chosen = [values[0] if random.random() < 0.7 else random.choice(values) for _ in range(number)]
        return chosen if parameter.required or random.random() < 0.8 else []
    if random.random() > (0.95 if parameter.required else 0.1):
        return []
    if isinstance(parameter, click.Option) and parameter.is_flag:
        return [option]
    if option == "--output":
        values = [*PLACES, *URLS]
    else:
        values = NAMED.get(
            option, COUNTS if option in ("--count", "--offset", "--parts", "--part", "--depth") else TEXTS
        )
    return [option, values[0] if random.random() < 0.7 else random.choice(values)]
