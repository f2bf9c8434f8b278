"""What somebody at a terminal meets: widths, errors of the command line, completion in real shells, `dm reproduce`."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from datamimic.cli import main

pty = pytest.importorskip("pty", reason="no pseudo-terminals on this system")

BIN = Path(sys.executable).parent
ENVIRONMENT = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}


def dm(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), prog_name="dm")


def on_terminal(*arguments: str, columns: int = 80) -> list[str]:
    """The lines that `dm` prints on a terminal of so many columns, both streams."""
    environment = {**ENVIRONMENT, "COLUMNS": str(columns), "TERM": "dumb"}
    parent, child = pty.openpty()
    with subprocess.Popen([str(BIN / "dm"), *arguments], stdout=child, stderr=child, env=environment) as process:
        os.close(child)
        printed = b""
        while True:
            try:
                piece = os.read(parent, 65_536)
            except OSError:  # what Linux raises when the other side is closed
                break
            if not piece:
                break
            printed += piece
        os.close(parent)
        assert process.wait() in (0, 1, 2)
    text = printed.decode().replace("\r\n", "\n")
    return [line.rpartition("\r")[2] for line in text.split("\n")]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("list-packs",),
        ("list-entities",),
        ("list-generators",),
        ("list-generatorz",),
        ("describe", "healthcare.patient"),
        ("data",),
        ("data", "--verify", "insurance"),
        ("data", "--attribution", "common"),
        ("explain", "healthcare.patient", "3", "medications", "--seed", "a"),
        ("generate", "healthcare.patient", "--columns", "nothing_like_this", "--seed", "a"),
        ("generate", "person", "--locale", "xx"),
        ("version",),
        ("demo", "list"),
    ],
    ids=" ".join,
)
def test_nothing_is_wider_than_a_terminal_of_80_columns(arguments: tuple[str, ...]) -> None:
    lines = on_terminal(*arguments)
    assert any(lines) and [line for line in lines if len(line) > 80] == []


@pytest.mark.parametrize("columns", [80, 60])
def test_help_texts_of_all_commands_fit(columns: int) -> None:
    runner = CliRunner(env={"COLUMNS": str(columns)})
    commands = main.list_commands(None)  # type: ignore[arg-type]
    for name in commands:
        text = runner.invoke(main, [name, "--help"], prog_name="dm", terminal_width=columns).stdout
        wide = [line for line in text.splitlines() if len(line) > 80]
        assert text.startswith("Usage: dm ") and not wide, (name, wide)


def test_a_row_is_a_line_for_programs_and_names_are_whole_on_a_terminal() -> None:
    piped = dm("list-entities").stdout.splitlines()
    names = [line.split()[0] for line in piped]
    assert max(map(len, piped)) > 100 and len(piped) == len(json.loads(dm("list-entities", "--json").stdout)) + 1
    shown = [line.split()[0] for line in on_terminal("list-entities") if line and not line.startswith(" ")]
    assert shown == names


def test_an_alias_is_listed_as_one() -> None:
    rows = {row["name"]: row for row in json.loads(dm("list-entities", "--json").stdout)}
    assert rows["insurance.policy"]["alias_of"] == "insurance.insurance_policy"
    assert "alias_of" not in rows["insurance.insurance_policy"]


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (("generate", "person", "--cuont", "3"), "usage", "--count"),
        (("lock", "--policy", "wran"), "usage", "warn"),
        (("generate",), "usage", "dm generate --help"),
        (("demo", "craete", "x"), "unknown_command", "create"),
        (("demo", "create", "healthcar"), "unknown_value", "healthcare-example"),
        (("data", "finanze"), "unknown_pack", "finance"),
        (("generate", "person", "--format", "parqet"), "unknown_format", "parquet"),
        (("generate", "person", "--engine", "proceses", "-o", "x", "--format", "csv"), "unknown_engine", "processes"),
        (("generate", "person", "--set", "min_agee=3"), "unknown_option", "min_age"),
        (("generate", "person", "--columns", "famly_name"), "unknown_column", "family_name"),
        (("generate", "person", "--size", "persn=3"), "unknown_entity", "common.person"),
        (("generate", "person", "--locale", "de_DEU"), "invalid_locale", "de_DE"),
        (("generate", "person", "--locale", "en_UK"), "unsupported_locale", "GB"),
        (("generate", "person", "--format", "csv", "--format-option", "heder=no"), "unknown_value", "header"),
        (("generate", "patient", "--set", "conditions_include=Diabetes"), "unknown_value", "Type 2 Diabetes"),
        (("generate", "patient", "--set", "identifiers=vald"), "invalid_option", "valid"),
        (("world", "foo=10", "-o", "x"), "unknown_entity", "dm list-entities"),
        (("world", "person=10", "-o", "x", "--set", "min_age=3"), "invalid_option", "ENTITY.min_age=3"),
        (("world", "person=10", "-o", "x", "--format", "sqlit"), "unknown_format", "sqlite"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_every_refusal_is_two_lines_with_the_nearest_name(
    arguments: tuple[str, ...], code: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = dm(*arguments)
    first, second = result.stderr.splitlines()
    assert result.exit_code == 2 and first.startswith(f"error[{code}]: ")
    assert second.startswith("hint: ") and hint in second
    assert list(tmp_path.iterdir()) == []


COMPLETIONS = [
    ("dm gener", "generate"),
    ("dm generate healthcare.pat", "healthcare.patient"),
    ("dm generate pati", "patient"),
    ("dm generate patient --columns age,full_n", "age,full_name"),
    ("dm generate patient --set conditions_inc", "conditions_include="),
    ("dm generate patient --set identifiers=va", "identifiers=valid"),
    ("dm generate patient --set conditions_include=Type\\ 1", "conditions_include=Type 1 Diabetes"),
    ("dm generate patient --locale de_", "de_DE"),
    ("dm generate patient --format parq", "parquet"),
    ("dm generate patient --engine proc", "processes"),
    ("dm world healthcare.pat", "healthcare.patient="),
    ("dm explain patient 17 medical_record_n", "medical_record_number"),
    ("dm demo create health", "healthcare-example"),
    ("dm data heal", "healthcare"),
    ("dm completion fi", "fish"),
    ("datamimic list-pa", "list-packs"),
]


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_the_answers_to_a_shell_are_the_names_that_fit(shell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMP_TYPE", "9")
    for line, wanted in COMPLETIONS:
        program = line.split()[0]
        variable = f"_{program.upper()}_COMPLETE"
        result = CliRunner(env={"DM_LINE": line, variable: f"{shell}_complete"}).invoke(main, prog_name=program)
        values = [answer.split("\t")[1] for answer in result.stdout.splitlines()]
        assert values == [in_bash(wanted) if shell == "bash" else wanted], line


def in_bash(value: str) -> str:
    """What comes after the last equals sign, where bash begins a word, as it is typed."""
    return value if value.endswith("=") else value.rpartition("=")[2].replace(" ", "\\ ")


def test_bash_completes_after_one_line(tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash")
    script = tmp_path / "ask.sh"
    asked = "\n".join(
        f'COMP_LINE="{line}"; COMP_POINT=${{#COMP_LINE}}; $(complete -p {line.split()[0]} | sed "s/.*-F \\([^ ]*\\).*/\\1/") '
        f'{line.split()[0]}; echo "${{COMPREPLY[*]}}"'
        for line, _ in COMPLETIONS
    )
    script.write_text(f'eval "$(dm completion bash)"\n{asked}\n')
    result = subprocess.run([bash, "--norc", str(script)], capture_output=True, text=True, env=ENVIRONMENT, check=True)
    assert result.stdout.splitlines() == [in_bash(wanted) for _, wanted in COMPLETIONS] and result.stderr == ""


def test_fish_completes_after_one_line() -> None:
    fish = shutil.which("fish")
    if fish is None:
        pytest.skip("no fish")
    asked = "; ".join(f"complete -C '{line}'" for line, _ in COMPLETIONS)
    command = [fish, "--no-config", "-c", f"dm completion fish | source; {asked}"]
    result = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=True)
    assert [line.split("\t")[0] for line in result.stdout.splitlines()] == [wanted for _, wanted in COMPLETIONS]


def test_completing_names_imports_neither_numpy_nor_arrow() -> None:
    program = (
        "import sys\n"
        "from datamimic.cli import main\n"
        "try: main(prog_name='dm')\n"
        "except SystemExit: pass\n"
        "print({'numpy', 'pyarrow'} & set(sys.modules))\n"
    )
    for line in ("dm ", "dm generate heal", "dm generate person --locale ", "dm generate x --format ", "dm data "):
        environment = {**ENVIRONMENT, "DM_LINE": line, "_DM_COMPLETE": "bash_complete"}
        command = [sys.executable, "-c", program]
        result = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
        assert result.stdout.splitlines()[-1] == "set()" and len(result.stdout.splitlines()) > 1, line


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_is_written_again_from_its_manifest(tmp_path: Path) -> None:
    path, manifest = tmp_path / "people.csv", tmp_path / "people.csv.manifest.json"
    made = dm("generate", "person", "-n", "20000", "--seed", "a", "--columns", "full_name,age", "-o", str(path))
    assert made.exit_code == 0
    before, told = digest(path), manifest.read_bytes()
    path.unlink()
    missing = dm("verify", str(path))
    assert missing.exit_code == 1 and "dm reproduce " in missing.stderr
    again = dm("reproduce", str(manifest))
    assert again.exit_code == 0 and again.stdout == "people.csv: the same bytes\n"
    assert (digest(path), manifest.read_bytes()) == (before, told)
    assert "is there already" in dm("reproduce", str(path)).stderr
    elsewhere = tmp_path / "again.csv"
    assert dm("reproduce", str(manifest), "-o", str(elsewhere)).exit_code == 0 and digest(elsewhere) == before
    path.write_text("mine")
    assert dm("reproduce", str(manifest)).exit_code == 2 and path.read_text() == "mine"


def test_what_comes_out_differently_is_not_put_in_the_place_of_what_was(tmp_path: Path) -> None:
    path, manifest = tmp_path / "people.csv", tmp_path / "people.csv.manifest.json"
    assert dm("generate", "person", "-n", "5", "--seed", "a", "--columns", "age", "-o", str(path)).exit_code == 0
    path.unlink()
    manifest.write_text(manifest.read_text().replace('"seed": "a"', '"seed": "b"'))
    told = json.loads(dm("reproduce", str(manifest), "--json").stdout)
    assert told["holds"] is told["written"] is False and told["files"] == {"people.csv": "other values"}
    assert [each.name for each in tmp_path.iterdir()] == [manifest.name]


def test_parts_and_sets_are_written_again(tmp_path: Path) -> None:
    parts, clinic = tmp_path / "parts", tmp_path / "clinic"
    common = ("--seed", "a", "--format", "csv")
    made = ("generate", "person", "-n", "20000", "--columns", "age", "--parts", "2", "--engine", "serial")
    assert dm(*made, *common, "-o", str(parts)).exit_code == 0
    assert dm("world", "healthcare.patient=20", *common, "-o", str(clinic)).exit_code == 0
    for folder in (parts, clinic):
        before = {file.name: digest(file) for file in folder.iterdir()}
        lost = next(file for file in folder.iterdir() if file.suffix == ".csv")
        lost.unlink()
        assert dm("reproduce", str(folder)).exit_code == 0
        assert {file.name: digest(file) for file in folder.iterdir()} == before
        again = tmp_path / f"{folder.name}-again"
        assert dm("reproduce", str(folder), "-o", str(again)).exit_code == 0
        assert {file.name: digest(file) for file in again.iterdir()} == before


def test_check_takes_what_is_not_given_from_the_manifest(tmp_path: Path) -> None:
    path, clinic = tmp_path / "people.csv", tmp_path / "clinic"
    made = (
        "generate",
        "person",
        "-n",
        "50",
        "--seed",
        "a",
        "--locale",
        "de_DE",
        "--clock",
        "2020-02-02",
        "-o",
        str(path),
    )
    assert dm(*made).exit_code == 0
    checked = dm("check", str(path))
    assert checked.exit_code == 0 and "hold in 50 rows" in checked.stdout
    assert checked.stdout.startswith("common.person, de_DE, clock 2020-02-02T00:00:00Z; from the manifest")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[7]["age"] = "3"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert dm("check", str(path)).exit_code == 1
    assert dm("world", "healthcare.patient=9", "--seed", "a", "--format", "csv", "-o", str(clinic)).exit_code == 0
    owners = {finding["entity"] for finding in json.loads(dm("check", str(clinic), "--json").stdout)}
    assert owners == {
        "common.household",
        "common.person",
        "healthcare.doctor",
        "healthcare.hospital",
        "healthcare.patient",
    }
    (tmp_path / "people.csv.manifest.json").unlink()
    assert "nothing to check" in dm("check", str(path)).stderr


def test_a_demo_is_copied_without_what_python_left_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert dm("demo", "create", "healthcare-example").exit_code == 0
    assert not [*tmp_path.rglob("__pycache__")] and [*tmp_path.rglob("README.md")]
