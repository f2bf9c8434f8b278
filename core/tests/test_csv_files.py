"""CSV as other programs write and read it: delimiters, encodings, marks, decimal commas, null beside empty text."""

from __future__ import annotations

import codecs
import io
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pytest
from click.testing import CliRunner
from fleet import Trip, Vehicle, registry
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datamimic import DatamimicError, World, read_batches, verify
from datamimic.cli import main
from datamimic.formats.csv import Csv
from datamimic.formats.csv_dialect import DELIMITERS, dialect_of

PACKS = registry()
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]


def written(format: Csv, table: pa.Table) -> bytes:
    stream = io.BytesIO()
    writer = format.writer(stream, table.schema)
    for batch in table.to_batches():
        writer.write(batch)
    writer.close()
    return stream.getvalue()


def read(path: Path, notes: list[str] | None = None, **given: Any) -> pa.Table:
    note = None if notes is None else notes.append
    return pa.Table.from_batches(read_batches(path, "csv", settings=given, note=note, packs=PACKS))


# -- null and empty text ------------------------------------------------------------------------------------------


def test_null_is_an_empty_cell_and_empty_text_is_two_quotes() -> None:
    table = pa.table({"a": ["", None, "x"], "b": [1, None, 3], "c": pa.array([[""], None, []])})
    coded = table.set_column(0, "a", table["a"].combine_chunks().dictionary_encode())
    for each in (table, coded):
        lines = written(Csv(), each).decode().split("\r\n")
        assert lines == ["a,b,c", '"",1,"[""""]"', ",,", "x,3,[]", ""]


@given(
    values=st.lists(st.tuples(*[st.one_of(st.none(), st.text(max_size=6))] * 2), min_size=1, max_size=20),
    delimiter=st.sampled_from([*DELIMITERS, ":", " "]),
    columns=st.sampled_from([1, 2]),
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_and_null_is_read_as_it_was_written(
    tmp_path: Path, values: list[tuple[str | None, str | None]], delimiter: str, columns: int
) -> None:
    names = ["a", "b"][:columns]
    table = pa.table({name: pa.array([row[place] for row in values], pa.string()) for place, name in enumerate(names)})
    format = Csv(delimiter=delimiter, escape_formulas=False)
    path = tmp_path / "any.csv"
    path.write_bytes(written(format, table))
    assert pa.Table.from_batches(format.read(path)).to_pydict() == table.to_pydict()
    content = written(Csv(delimiter=delimiter, escape_formulas=False, header=False), table)
    assert format.parse_block(content, names).to_pydict() == table.to_pydict()


def test_another_reader_sees_what_is_null(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "t.csv"
    path.write_bytes(written(Csv(), pa.table({"a": ["", None, "x"], "b": ["1", "2", "3"]})))
    found = duckdb.sql(
        f"SELECT a FROM read_csv('{path}', header = true, all_varchar = true, allow_quoted_nulls = false)"
    )
    assert found.fetchall() == [("",), (None,), ("x",)]


# -- files of others ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_encoding_and_delimiter_are_found_out_and_said(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [["name", "city", "note"], ["Jürgen", "Köln", "süß"], ["Zoë", "Málaga", ""]]
    path = tmp_path / "f.csv"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    notes: list[str] = []
    table = read(path, notes)
    assert table.to_pylist() == [dict(zip(rows[0], [cell or None for cell in row], strict=True)) for row in rows[1:]]
    odd = delimiter != "," or encoding not in ("utf-8", "utf-8-sig")
    assert len(notes) == odd
    if delimiter != ",":
        assert f"delimiter {delimiter!r}" in notes[0]
    given = {"delimiter": delimiter, "encoding": encoding}
    assert read(path, notes, **given) == table and len(notes) == odd


def test_the_first_letter_beyond_ascii_may_be_the_last_one(tmp_path: Path) -> None:
    path = tmp_path / "late.csv"
    path.write_bytes(b"a;b\n" + b"1;2\n" * 100_000 + "3;ß\n".encode("cp1252"))
    assert dialect_of(path, None) == {"encoding": "cp1252", "delimiter": ";"}


@pytest.mark.parametrize(
    ("text", "delimiter", "decimal"),
    [
        ("a,b\n1;2,3;4\n", ",", None),
        ("name, given;age\nAnna;5\nBob;6\n", ";", None),
        ("price;n\n1,50;2\n-3,25;4\n", ";", ","),
        ("price\tn\n1.234,50\t2\n7\t4\n", "\t", ","),
        ("where;n\n1,50;2\nhere;4\n", ";", None),
        ('"a;b","c;d"\n"1;2","3;4"\n', ",", None),
        ('a;b\n"x\n;y";2\n', ";", None),
        ("only\nx;y\n", ",", None),
        ("sep=|\na|b\n1|2\n", "|", None),
        ("", ",", None),
    ],
)
def test_the_header_and_what_follows_tell_the_dialect(
    tmp_path: Path, text: str, delimiter: str, decimal: str | None
) -> None:
    path = tmp_path / "f.csv"
    path.write_text(text, newline="")
    found = dialect_of(path, None)
    assert (found["delimiter"], found.get("decimal")) == (delimiter, decimal)


def test_decimal_commas_and_a_line_for_excel_are_read(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("sep=;\nprice;text\n1.234,50;a,b\n-3,25;1,2,3\n7;x\n", newline="")
    assert read(path).to_pydict() == {"price": ["1234.50", "-3.25", "7"], "text": ["a,b", "1,2,3", "x"]}


@given(content=st.binary(max_size=200))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_rows_or_a_coded_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    code = "bad_input"
    try:
        list(read_batches(path, packs=PACKS))
    except DatamimicError as error:
        code = error.code
    assert code == "bad_input"


# -- ours, written with settings ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "chosen",
    [
        {"delimiter": ";", "bom": True},
        {"delimiter": "tab", "decimal": ","},
        {"delimiter": "|", "header": False},
        {"delimiter": ";", "decimal": ",", "bom": True, "escape_formulas": False},
    ],
)
def test_files_written_with_settings_are_verified_and_read(tmp_path: Path, chosen: dict[str, Any]) -> None:
    path = World("settings", packs=PACKS)[Trip][0:17_000].write(tmp_path / "v.csv", **chosen)
    settings = json.loads(Path(f"{path}.manifest.json").read_text("utf-8"))["request"]["settings"]
    assert settings == Csv.configured(chosen).chosen()
    content = path.read_bytes()
    assert content.startswith(codecs.BOM_UTF8) == bool(chosen.get("bom"))
    report = verify(path, packs=PACKS)
    assert report.holds and report.outputs[0].verdict == "byte-identical"
    assert read(path).num_rows == 17_000
    at = content.index(b"\r\n", len(content) // 2) - 1
    path.write_bytes(content[:at] + b"~" + content[at + 1 :])
    assert [difference.damage for difference in verify(path, packs=PACKS).outputs[0].differences] == [True]


def test_cells_that_hold_the_delimiter_are_quoted_and_others_are_not() -> None:
    table = pa.table({"a": ["x,y", "x;y", 'x"y']})
    assert written(Csv(delimiter=";"), table).decode() == 'a\r\nx,y\r\n"x;y"\r\n"x""y"\r\n'


@pytest.mark.parametrize(
    "wrong",
    [
        {"delimiter": ""},
        {"delimiter": ";;"},
        {"delimiter": '"'},
        {"delimiter": "\n"},
        {"delimiter": "ü"},
        {"delimiter": "7"},
        {"decimal": ";"},
        {"encoding": "utf-9"},
        {"encoding": "base64"},
        {"bom": "perhaps"},
        {"delimeter": ";"},
    ],
)
def test_wrong_settings_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(DatamimicError):
        Csv.configured(wrong)


@pytest.mark.parametrize("unwritable", [{"encoding": "cp1252"}, {"decimal": ","}])
def test_what_cannot_be_written_is_refused_before_the_file_is_begun(tmp_path: Path, unwritable: dict[str, str]) -> None:
    with pytest.raises(DatamimicError) as refused:
        World("w", packs=PACKS)[Vehicle][0:5].write(tmp_path / "v.csv", **unwritable)
    assert refused.value.code == "format_unsuited" and list(tmp_path.iterdir()) == []


def test_the_commands_take_settings_and_say_what_they_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("world", "cli.group", "cli.check", "formats.reading"):
        module = import_module(f"datamimic.{name}")
        monkeypatch.setattr(module, "installed_packs", lambda: PACKS, raising=False)
    runner = CliRunner()
    path = World("c", packs=PACKS)[Vehicle][0:50].write(tmp_path / "v.csv", delimiter=";")
    Path(f"{path}.manifest.json").unlink()
    found = runner.invoke(main, ["check", str(path), "--entity", "fleet.vehicle"])
    assert found.exit_code == 0 and "note: v.csv is read with delimiter ';'" in found.stderr
    told = runner.invoke(main, ["check", str(path), "--entity", "fleet.vehicle", "--format-option", "delimiter=;"])
    assert told.exit_code == 0 and told.stdout == found.stdout and "note:" not in told.stderr
    wrong = runner.invoke(main, ["check", str(path), "--entity", "fleet.vehicle", "--format-option", "delimiter=;;"])
    assert wrong.exit_code == 2 and "delimiter" in wrong.stderr
