"""What is tried on the product, by number: attack n of a kind is the same everywhere, and says what is wrong or nothing.

Right is an answer, or a coded error: `DatamimicError`, exit status 2, and of commands that compare 1 for "differs".
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import chdir
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import command_lines
from click.testing import CliRunner, Result
from models import left_behind, model_file
from mutations import garbled, json_text, mutated, odd

from datamimic import DatamimicError, Table, World
from datamimic.base.documents import Unfit
from datamimic.cli import main
from datamimic.plugins.registry import installed_packs
from datamimic.request.api import generate_domain
from datamimic.request.schemas import request_schema
from datamimic.tables.catalog import Catalog

COMPARING = {"check", "scan", "verify", "reproduce", "explain", "lock", "data", "report", "audit"}
"""Commands whose exit status 1 says that something differs."""
LONGEST = 5_000
SECRET = "geheim"
Attack = Callable[[int, Path], str | None]


def run(arguments: list[str], where: Path, given: str | None = None) -> Result:
    with chdir(where):
        return CliRunner().invoke(main, arguments, prog_name="dm", input=given)


def wrong(result: Result, arguments: list[str]) -> str | None:
    """What is wrong with how a command ended."""
    said = f"dm {' '.join(map(repr, arguments))[:600]}: {result.exit_code}, {result.stderr[:600]}"
    comparing = next((each for each in arguments if not each.startswith("-")), "") in COMPARING
    if result.exit_code not in ((0, 1, 2) if comparing else (0, 2)):
        return f"exit status: {said} {result.exception!r}"
    if "Traceback" in result.output or SECRET in result.output:
        return f"shows what it should not: {said}"
    if result.exit_code == 2 and "error[" not in result.stderr and "Usage" not in result.output:
        return f"not coded: {said}"
    return f"long: {said}" if len(result.stderr) > LONGEST else None


# -- requests ----------------------------------------------------------------------------------------------------------


@cache
def domains() -> list[tuple[str, str, dict[str, Any]]]:
    """Name, version and schema of every domain."""
    packs = installed_packs()
    found = []
    for name in packs.entities():
        spec = World(1, packs=packs).spec(name)
        try:
            schema = request_schema(spec, name)
        except DatamimicError:
            continue
        found.append((name, spec.version, schema["properties"].get("constraints", {}).get("properties", {})))
    return found


def asked(random: Random) -> dict[str, Any]:
    """A request that is right."""
    name, version, constraints = random.choice(domains())
    chosen = random.sample(sorted(constraints), min(len(constraints), random.randint(0, 3)))
    return {
        "domain": name,
        "version": version,
        "count": random.choice([0, 1, 2, 5]),
        "offset": random.choice([0, 0, 3, 10**6]),
        "seed": random.choice(["a", "7", "\u00e9"]),
        "locale": random.choice(["en_US", "de_DE", "fr_FR"]),
        "clock": "2025-01-01T00:00:00Z",
        "constraints": {each: fitting(constraints[each], random) for each in chosen},
    }


def fitting(schema: dict[str, Any], random: Random) -> Any:
    """A value that fits, or nearly."""
    if "anyOf" in schema:
        return fitting(random.choice(schema["anyOf"]), random)
    kind = schema.get("type")
    if "enum" in schema:
        return random.choice(schema["enum"])
    if kind == "array":
        return [fitting(schema.get("items", {}), random)]
    if kind in ("integer", "number"):
        low = schema.get("minimum", 0)
        return random.choice([low, schema.get("maximum", 90), low + 18 if kind == "integer" else low + 0.25])
    if kind == "boolean":
        return random.random() < 0.5
    return random.choice(["US", "DE"] if "A-Z" in str(schema.get("pattern")) else ["9", "CA", "Berlin", "Cardiology"])


def attack_request(number: int, folder: Path) -> str | None:
    random = Random(f"request {number}")
    request = asked(random)
    how = random.random()
    if request["constraints"] and how < 0.45:
        request["constraints"] = mutated(request["constraints"], random)
    elif how < 0.85:
        request = mutated(request, random)
    try:
        if number % 8 == 0:
            result = run(["request", "-"], folder, json_text(request).decode())
            return wrong(result, ["request", str(request)[:300]])
        generate_domain(request)
    except DatamimicError as error:
        if len(error.render()) > LONGEST:
            return f"long: {request!r:.300}: {error.render():.300}"
        error.render().encode()
    except Exception as error:
        return f"uncoded: {request!r:.600}: {type(error).__name__} {error!s:.300}"
    return None


# -- command lines -----------------------------------------------------------------------------------------------------


@cache
def samples() -> Path:
    """A folder with one of everything that commands read; made once for a process."""
    import tempfile

    place = Path(tempfile.mkdtemp(prefix="datamimic-fuzz-"))
    for line in (
        "generate common.person -n 5 --seed a -q -o rows.csv",
        "generate common.person -n 5 --seed a -q -o rows.parquet",
        "generate healthcare.patient -n 4 --seed a -q -o rows.jsonl",
        "generate common.city -n 4 --seed a -q -o rows.json",
        "generate common.city -n 4 --seed a -q -o rows.arrow",
        "generate common.person -n 5 --seed a -q --format csv --parts 2 --engine serial -o parts",
        "world common.person=5 --seed a -q --format csv -o set",
        "lock -o sample.lock",
    ):
        result = run(line.split(), place)
        assert result.exit_code == 0, result.output
    explained = run(["explain", "common.person", "1", "age", "--seed", "a", "--json"], place)
    (place / "explained.json").write_text(explained.stdout, encoding="utf-8")
    request = {"domain": "common.person", "version": "v1", "count": 1, "seed": "a", "locale": "en_US"}
    (place / "request.json").write_text(json.dumps({**request, "clock": "2025-01-01T00:00:00Z"}), encoding="utf-8")
    return place


def copied(folder: Path) -> Path:
    work = folder / "work" / "here"
    shutil.rmtree(folder / "work", ignore_errors=True)
    shutil.copytree(samples(), work)
    return work


def attack_command_line(number: int, folder: Path) -> str | None:
    random = Random(f"command line {number}")
    work = copied(folder)
    arguments = command_lines.written(random)
    found = wrong(run(arguments, work, random.choice(["", "{}", "y\n"])), arguments)
    if found is None and (outside := set(os.listdir(folder / "work")) - {"here"}):
        return f"writes outside: dm {arguments}: {outside}"
    return found


# -- documents ---------------------------------------------------------------------------------------------------------

DOCUMENTS: list[tuple[str, list[list[str]]]] = [
    (
        f"{name}.manifest.json",
        [
            ["verify", name], ["verify", f"{name}.manifest.json"], ["reproduce", f"{name}.manifest.json", "-o", "again",
            "-q"],
            ["reproduce", name, "-q"], ["check", name], ["explain", "--manifest", name, "common.person", "1", "age"],
            ["generate", "common.person", "-n", "1", "-q", "-o", name],
        ],
    )
    for name in ("rows.csv", "rows.parquet", "rows.jsonl")
] + [
    (
        f"{name}/manifest.json",
        [
            ["verify", name], ["reproduce", name, "-o", "again", "-q"], ["check", name], ["scan", name],
            ["world", "common.city=2", "--seed", "b", "-q", "-o", name],
        ],
    )
    for name in ("set", "parts")
] + [
    ("explained.json", [["explain", "--replay", "explained.json"]]),
    ("sample.lock", [["lock", "--check", "-o", "sample.lock"], ["lock", "-o", "sample.lock"]]),
    ("datamimic.lock", [["generate", "common.person", "-n", "1", "--seed", "a"], ["lock", "--check"]]),
    ("request.json", [["request", "request.json"]]),
]  # fmt: skip


def attack_document(number: int, folder: Path) -> str | None:
    random = Random(f"document {number}")
    work = copied(folder)
    shutil.copy(work / "sample.lock", work / "datamimic.lock")
    name, commands = random.choice(DOCUMENTS)
    if name != "datamimic.lock":
        (work / "datamimic.lock").unlink()
    path = work / name
    if name.endswith(".json") and random.random() < 0.75:
        path.write_bytes(json_text(mutated(json.loads(path.read_bytes()), random)))
    else:
        path.write_bytes(garbled(path.read_bytes(), random))
    if random.random() < 0.2 and name.endswith(".csv.manifest.json"):
        (work / "rows.csv").write_bytes(garbled((work / "rows.csv").read_bytes(), random))
    arguments = random.choice(commands)
    found = wrong(run(arguments, work), arguments)
    return found and f"{found} with {path.read_bytes()[:1500]!r}"


# -- tables ------------------------------------------------------------------------------------------------------------

TABLES = [
    "age_from,age_to,sex,weight\n0,17,female,3\n18,64,male,5.5\n65,99,female,1\n",
    "probability,value\n0,1\n0.25,3.5\n0.75,8\n1,20\n",
    'name,state,weight\n"a, b",CA,1\nc,TX,2\n"d ""e""",NY,0\n',
]
CATALOG = (
    'data_version = "1"\n\n[tables.kinds_US]\nsource = "s"\nlicence = "MIT"\ndate = "2026"\nmethod = "m"\ngrade = "E"\n'
    'rows = 3\nsha256 = "0f"\n'
)
READING: list[list[str]] = [
    ["check", "{}", "--entity", "common.person"], ["scan", "{}"], ["verify", "{}"], ["check", "{}"],
    ["check", "{}", "--entity", "common.city", "--format-option", "delimiter=;"], ["check", "{}", "--safe"],
    ["check", "{}", "--entity", "healthcare.patient", "--json"],
]  # fmt: skip
ROWS = [
    "rows.csv",
    "rows.jsonl",
    "rows.json",
    "rows.parquet",
    "rows.arrow",
    "parts/part-00000.csv",
    "set/common_person.csv",
]


def attack_table(number: int, folder: Path) -> str | None:
    random = Random(f"table {number}")
    if number % 3 == 0:
        return attack_table_of_a_pack(random)
    work = copied(folder)
    path = work / random.choice(ROWS)
    path.write_bytes(garbled(path.read_bytes(), random))
    arguments = [each.format(path.relative_to(work)) for each in random.choice(READING)]
    if random.random() < 0.5:
        for manifest in path.parent.glob("*manifest.json"):
            manifest.unlink()
    found = wrong(run(arguments, work), arguments)
    return found and f"{found} with {path.read_bytes()[:300]!r}"


def attack_table_of_a_pack(random: Random) -> str | None:
    text = garbled(random.choice([*TABLES, CATALOG]).encode(), random).decode("utf-8", "replace")
    try:
        if random.random() < 0.3:
            Catalog.parse(text)
        table = Table.parse("kinds", text, file="kinds_US.csv", country="US")
        read: list[Callable[[], Any]] = [
            lambda: table.alias, lambda: table.quantiles(), lambda: table.by("sex"), lambda: table.by("age_from"),
            lambda: table.ints("age_from"), lambda: table.floats("weight"), lambda: table["name"], lambda: len(table),
            lambda: table.check_weights(), lambda: table.position("name", str(odd(random))), lambda: table.of_country("US"),
        ]  # fmt: skip
        for each in random.sample(read, 4):
            try:
                each()
            except DatamimicError as error:
                error.render().encode()
    except (DatamimicError, Unfit):
        return None
    except Exception as error:
        return f"uncoded: {text!r:.600}: {type(error).__name__} {error!s:.300}"
    return None


# -- models ------------------------------------------------------------------------------------------------------------


def attack_model(number: int, folder: Path) -> str | None:
    path, arguments = model_file(number, folder)
    result = run(arguments, path.parent)
    listed = (
        arguments[:2] == ["model", "check"]
        and result.exit_code == 2
        and ("error[" in result.stdout or '"code": "' in result.stdout)
    )
    found = None if listed and "Traceback" not in result.output else wrong(result, arguments)
    allowed = {"out", "out.csv", "out.csv.manifest.json"} if result.exit_code == 0 else set[str]()
    if found is None and (left := left_behind(path) - allowed):
        found = f"leaves behind {sorted(left)}: dm {' '.join(arguments)}"
    return found and f"{found} with {path.read_bytes()[:1500]!r}"


ATTACKS: dict[str, tuple[Attack, int]] = {
    # How many there are when all of them are tried, by `measure.py`.
    "requests": (attack_request, 24_000),
    "command lines": (attack_command_line, 2_000),
    "documents": (attack_document, 1_000),
    "tables": (attack_table, 300),
    "models": (attack_model, 10_000),
}
