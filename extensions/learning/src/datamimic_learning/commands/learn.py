"""`dm learn`: a model of tables that exist, from which `dm run` makes as many rows as are wanted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from datamimic.cli import Whole, print_lines


@click.command(short_help="Learn a model from tables that exist.")
@click.argument("what")
@click.option(
    "--output", "-o", required=True, metavar="MODEL", help="MODEL.yaml, with CSV tables beside it, or a folder."
)
@click.option("--name", metavar="NAME", help="What the model is called; after its file without it.")
@click.option("--table", "tables", multiple=True, metavar="NAME", help="Only this table of several; may come again.")
@click.option(
    "--least", type=Whole("the number of rows", 1), default=5, show_default=True, help="No value of fewer rows is told."
)
@click.option("--date", metavar="DAY", help="Of what day the rows are; else the last day that they name.")
@click.option("--key", "keys", multiple=True, metavar="TABLE.COLUMN", help="Tells rows apart; else found.")
@click.option(
    "--reference", "references", multiple=True, metavar="A.X=B.Y", help="Column X of A holds keys of B; else found."
)
@click.option("--epsilon", type=float, metavar="ε", help="Learn under this budget of differential privacy.")
@click.option("--delta", type=float, default=0.0, metavar="δ", help="Chance that the promise does not hold: 1e-9.")
@click.option("--domains", type=click.Path(path_type=Path), help="With --epsilon: what is publicly known of columns.")
@click.option("--learner", metavar="NAME", help="Another learner; it writes rows instead of tables of weights.")
@click.option("--rows", "-n", type=Whole("the number of rows", 1), help="With --learner: how many, of each table.")
@click.option("--seed", default="0", show_default=True, help="With --learner: what its randomness begins with.")
@click.option("--trust", is_flag=True, help="With --learner: run code of models that it stores and loads.")
@click.option("--quiet", "-q", is_flag=True, help="No remarks on standard error.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def learn(
    what: str,
    output: str,
    name: str | None,
    tables: tuple[str, ...],
    least: int,
    date: str | None,
    keys: tuple[str, ...],
    references: tuple[str, ...],
    epsilon: float | None,
    delta: float,
    domains: Path | None,
    learner: str | None,
    rows: int | None,
    seed: str,
    trust: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Learn a model from WHAT: a file, a folder of files, or a database. It is YAML and CSV tables that can be read
    and edited, and
    that `dm run`, `dm generate --model`, `dm explain` and `dm verify` take as any model.

    \b
    dm learn customers.csv -o customers.yaml
    dm learn shop/ -o shop-like --reference orders.customer_id=customers.id
    dm run customers.yaml --rows 1000 --seed demo -o made
    """
    from datamimic.errors import InvalidOption
    from datamimic_learning.learning.learn import learn as learned
    from datamimic_learning.samples.opening import open_sample

    sample = _only(open_sample(what), tables)
    told: dict[str, Any] = {}
    if epsilon is not None:
        from datamimic_learning.privacy.noise.domains import read_domains
        from datamimic_learning.privacy.noise.private_sample import private_sample

        private = private_sample(sample, epsilon, delta, read_domains(domains) if domains else None)
        sample, told = private.sample, {"budget": private.to_dict()}
    elif delta or domains:
        raise InvalidOption("invalid_option", "--delta and --domains belong to --epsilon", hint="--epsilon 1.0")
    if learner is not None:
        from datamimic_learning.learners.rows import learned_rows

        file, counts = learned_rows(sample, learner, Path(output), name, rows, seed, trusted=trust)
        _tell(file, counts, {**told, "learner": learner}, quiet=quiet, as_json=as_json)
        return
    if rows is not None:
        raise InvalidOption("invalid_option", "--rows belongs to --learner", hint="dm run MODEL --rows 1000")
    made = learned(
        sample,
        name=name or Path(output).name,
        date=date,
        least=least,
        keys=dict(_pair(each) for each in keys),
        references=references,
        budget=f"under ε = {epsilon:g}, δ = {delta:g}" if epsilon is not None else None,
        ledger=told.get("budget"),
    )
    file = made.write(output)
    told |= {"references": [str(each) for each in made.relations]}
    told |= {"left_out": dict(made.tables.left_out)}
    _tell(file, dict(made.rows), told, quiet=quiet, as_json=as_json)


def _only(sample: Any, tables: tuple[str, ...]) -> Any:
    from attrs import evolve

    from datamimic.errors import UnknownName

    for each in tables:
        if each not in sample.tables:
            raise UnknownName("table", each, [*sample.tables])
    return evolve(sample, tables={each: sample.tables[each] for each in tables}) if tables else sample


def _pair(text: str) -> tuple[str, str]:
    from datamimic.errors import InvalidOption, excerpt

    table, dot, column = text.partition(".")
    if not (dot and table and column):
        raise InvalidOption("invalid_option", f"--key {excerpt(text)} is no column of a table", hint="--key orders.id")
    return table, column


def _tell(file: Path, counts: dict[str, int], told: dict[str, Any], *, quiet: bool, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"model": str(file), "tables": counts, **told}, ensure_ascii=False, indent=2))
        return
    print_lines([f"{name}: {rows:,} rows" for name, rows in counts.items()])
    if "budget" in told:
        from datamimic_learning.learning.spent import ledger_lines

        print_lines(["", "spent of the budget:", *ledger_lines(told["budget"])])
    if quiet:
        return
    for each in told.get("references", ()):
        click.echo(f"{each}: found or said", err=True)
    for column, why in told.get("left_out", {}).items():
        click.echo(f"left out: {column}, {why}", err=True)
    # Of several tables each says its own rows.
    first, rows = next(iter(counts.items()))
    asked = "1000" if len(counts) == 1 else f"{first}={rows}"
    click.echo(f"{file}: dm run {file} --rows {asked}", err=True)
