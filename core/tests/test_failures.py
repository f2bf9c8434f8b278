"""Every failure has a code and an exit status that says what it is; no text commands a terminal or tells a secret."""

from __future__ import annotations

import errno
import json
import os
import pty
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from datamimic.cli import main
from datamimic.cli.group import PacksGroup
from datamimic.errors import DatamimicError, UnknownName, excerpt
from datamimic.errors.failures import coded
from datamimic.errors.messages import printable, printable_lines, without_secrets

HIDDEN = "geheim%40"


class Rude(Exception):
    def __str__(self) -> str:
        raise ValueError("no text either")


def opened(name: str) -> None:
    with open(name):
        pass


def deep(levels: int) -> int:
    return 1 + deep(levels + 1)


FAILURES: dict[str, tuple[Callable[[], Any], int, str]] = {
    "nobody": (lambda: 1 / 0, 3, "internal_error"),
    "rude": (lambda: (_ for _ in ()).throw(Rude()), 3, "internal_error"),
    "generator": (lambda: (_ for _ in ()).throw(GeneratorExit()), 3, "internal_error"),
    "memory": (lambda: (_ for _ in ()).throw(MemoryError()), 2, "out_of_memory"),
    "recursion": (lambda: deep(0), 2, "too_deep"),
    "pool": (lambda: (_ for _ in ()).throw(BrokenProcessPool("died")), 2, "worker_died"),
    "text": (lambda: "\ud800".encode(), 2, "bad_text"),
    "nul": (lambda: opened("a\0b"), 2, "bad_file_name"),
    "long": (lambda: opened("a" * 300), 2, "bad_file_name"),
    "absent": (lambda: opened("/no/such/file"), 2, "system_refused"),
    "full": (lambda: (_ for _ in ()).throw(OSError(errno.ENOSPC, "No space left on device")), 2, "output_failed"),
    "secret": (lambda: (_ for _ in ()).throw(ValueError(f"postgresql://me:{HIDDEN}@host/db")), 3, "internal_error"),
}


@click.command()
@click.argument("how")
def fail(how: str) -> None:
    FAILURES[how][0]()


@click.command()
@click.argument("text")
def say(text: str) -> None:
    click.echo(text)
    click.echo(text, err=True)


@click.command()
def leave() -> None:
    sys.exit("a text")


GROUP = PacksGroup("dm", commands=[fail, say, leave])


@pytest.mark.parametrize("how", FAILURES)
def test_an_exception_becomes_one_coded_line(how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    _, status, code = FAILURES[how]
    made = CliRunner().invoke(GROUP, ["fail", how])
    first, *rest = made.stderr.splitlines()
    assert made.exit_code == status and first.startswith(f"error[{code}]: ") and len(rest) <= 1
    assert HIDDEN not in made.output
    reports = list(tmp_path.glob("datamimic-report-*.txt"))
    assert len(reports) == (status == 3)
    for report in reports:
        text = report.read_text(encoding="utf-8")
        assert str(report) in first and "numpy" in text and f"dm fail {how}" in text and "Traceback" in text
        assert HIDDEN not in text


def test_a_report_says_where_to_send_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    address = project["tool"]["datamimic"]["addresses"]["repository"] + "/issues"
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    [line, _] = CliRunner().invoke(GROUP, ["fail", "nobody"]).stderr.splitlines()
    [report] = tmp_path.iterdir()
    assert line.endswith(f"; send the report {report} to {address}")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no-such-folder"))
    [line] = CliRunner().invoke(GROUP, ["fail", "nobody"]).stderr.splitlines()
    assert line.endswith(f"; tell {address}")


def test_a_traceback_on_request_tells_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = CliRunner(env={"DATAMIMIC_TRACEBACK": "1"}).invoke(GROUP, ["fail", "secret"])
    assert "Traceback" in made.stderr and "***@host" in made.stderr and HIDDEN not in made.output


def test_a_command_that_leaves_with_a_text_has_failed() -> None:
    made = CliRunner().invoke(GROUP, ["leave"])
    assert made.exit_code == 2 and "a text" in made.stderr


ESCAPES = "\x1b]0;owned\x07 \x9b31m \u202egnp \ud800 \x00 \r over"


def test_nothing_that_a_command_prints_commands_a_terminal() -> None:
    made = CliRunner().invoke(GROUP, ["say", ESCAPES])
    for text in (made.stdout, made.stderr):
        assert "\\u001b]0;owned\\u0007" in text and not set(text) & set("\x1b\x07\x9b\u202e\r\x00")


@given(st.text())
def test_printable_text_says_the_same_in_json(text: str) -> None:
    document = json.dumps({"text": text}, ensure_ascii=False, indent=2)
    shown = printable_lines(document)
    assert json.loads(shown) == {"text": text}
    assert shown.isprintable() or {c for c in shown if not c.isprintable()}.isdisjoint("\x1b\x9b\x7f\u202e")
    printable(text).encode()


def test_rows_on_a_terminal_show_their_control_characters() -> None:
    program = (
        "import sys; from datamimic.cli.standard_streams import guarded_streams\n"
        "with guarded_streams():\n    sys.stdout.buffer.write('a,\\x1b[31m\\u009b\\r\\n'.encode()); sys.stdout.buffer.flush()"
    )
    ours, theirs = pty.openpty()
    subprocess.run([sys.executable, "-c", program], stdout=theirs, check=True, timeout=600)
    os.close(theirs)
    shown = os.read(ours, 1000).decode()
    os.close(ours)
    assert shown.strip() == "a,\\u001b[31m\\u009b"


@pytest.mark.parametrize("command", ["--help", "--version", "list-entities", "generate common.city -n 3 --seed a"])
@pytest.mark.parametrize(("redirection", "code"), [("> /dev/full", 2), (">&-", 2), ("| true", 141)])
def test_standard_output_that_takes_nothing_is_said(command: str, redirection: str, code: int) -> None:
    line = f"{sys.executable} -m datamimic {command} {redirection}; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {line} >&2"], capture_output=True, text=True, timeout=600)
    *said, status = done.stderr.splitlines()
    if code == 2:
        assert status == "2" and said[-1].startswith("error[output_failed]: standard output cannot be written")
    else:
        assert status in ("0", str(code)) and said == []


SECRETS = [
    "postgresql://me:geheim@host/db",
    "postgresql+psycopg://me:ge/heim@host/db?sslmode=no",
    "mysql://me:ge@heim@host",
    "https://host/path?user=a&password=geheim&x=1",
    "host=h password='geheim' user=me",
    "host=h password=geheim",
    '{"password": "geheim", "user": "me"}',
    "PGPASSWORD=geheim",
    "me:geheim@host",
    "api_key=geheim",
    "postgresql://me:ge heim@host/db",
    "/home/me/postgresql:/me:ge heim@host/db",
    "/home/me/postgresql:/me:geheim@host/db",
    "mariadb+pymysql://me:ge%heim@host:3306/db?charset=x",
    "://me:geheim@host",
]


@pytest.mark.parametrize("text", SECRETS)
def test_no_message_tells_a_secret(text: str) -> None:
    for shown in (
        without_secrets(f"cannot use {text!r} here"),
        excerpt(text),
        excerpt({"url": text}),
        DatamimicError("bad_input", f"no {text}").render(),
        UnknownName("format", text, []).render(),
        str(DatamimicError("bad_input", "x", hint=text)),
    ):
        assert "heim" not in shown


@pytest.mark.parametrize(
    "text", ["a plain sentence: no secret", "see https://example.org/a@b", "dm lock", "12:30 a@b.example"]
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert without_secrets(text).startswith(text.split("/")[0])


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


LARGE = [
    "x" * 1_000_000,
    "\ud800" * 200,
    10**5_000,
    -(10**5_000),
    nested(50_000),
    {"a": ["b" * 200] * 99},
    Rude(),
    b"\0" * 999,
]


@pytest.mark.parametrize("value", LARGE, ids=range(len(LARGE)))
def test_an_excerpt_is_short_and_harmless_whatever_the_value(value: Any) -> None:
    assert len(excerpt(value)) <= 80 and excerpt(value).isprintable()
    error = UnknownName("entity", value if isinstance(value, str) else "x", ["common.person"])
    assert len(error.render()) < 600


@given(
    st.one_of(
        st.integers(-(10**30), 10**30),
        st.text(st.characters(codec="ascii", categories=["L", "N"]), max_size=40),
        st.booleans(),
    )
)
def test_an_excerpt_of_a_short_value_is_its_repr(value: object) -> None:
    assert excerpt(value) == repr(value)


def test_what_is_coded_already_stays() -> None:
    error = DatamimicError("bad_input", "x")
    assert coded(error) is error and coded(ZeroDivisionError()) is None


def test_names_that_no_system_takes_are_refused_by_commands(tmp_path: Path) -> None:
    for name in ("a" * 300 + ".csv", "a\0b.csv", "\udcff.csv"):
        made = CliRunner().invoke(
            main, ["generate", "common.city", "-n", "2", "--seed", "a", "-o", str(tmp_path / name)]
        )
        assert made.exit_code == 2 and made.stderr.splitlines()[-1].startswith(("error[", "hint")), made.stderr
        assert list(tmp_path.iterdir()) == []


def test_what_click_refuses_tells_no_secret() -> None:
    made = CliRunner().invoke(main, ["list-packs", "postgresql://me:geheim@host/db"])
    assert made.exit_code == 2 and "error[usage]" in made.stderr and "geheim" not in made.output
