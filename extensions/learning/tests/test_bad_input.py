"""What is wrong with tables is refused with a code, or nothing of it is lost; whatever happens, no original is told or left."""

from __future__ import annotations

import gzip
import io
import logging
import os
import traceback
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from click.testing import CliRunner

from datamimic import DatamimicError
from datamimic.cli import main
from datamimic_learning import MaskingKey, find_personal, learn, mask, open_sample, parse_plan, profile
from datamimic_learning.masking import running
from datamimic_learning.masking.keys import new_key

SECRETS = ("Wolfhilde", "Geheimrat", "geheimrat")
NAME, MAIL, NUMBER = "Wolfhilde Geheimrat", "wolfhilde.geheimrat@quarz.example", "83294174"
HEADER = "full_name,email,visits\n"
GIVEN = ("Anna", "Bernd", "Claudia", "Dieter", "Eva", "Frank", "Gisela", "Heinz", "Ingrid", "Jens")
FAMILY = ("Meyer", "Schmidt", "Wagner", "Becker", "Koch", "Bauer", "Klein", "Braun", "Lange", "Krause", "Huber")
OTHERS = "".join(
    f"{GIVEN[number % 10]} {FAMILY[number % 11]},{GIVEN[number % 10]}.{number}@quarz.de,{70_000_000 + number}\n"
    for number in range(20)
)
ROW = f"{NAME},{MAIL},{NUMBER}\n"
OK = "ok"


@cache
def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", NAME + "0" * 300_000_000)
    return stream.getvalue()


def parquet(columns: dict[str, object] | pa.Table) -> bytes:
    stream = io.BytesIO()
    pa.parquet.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), stream)
    return stream.getvalue()


def damaged() -> bytes:
    made = bytearray(parquet({"full_name": [NAME] * 3}))
    made[40:60] = b"\xff" * 20
    return bytes(made)


RARE = {"full_name": [NAME] * 3, "nothing": pa.nulls(3), "f": [float("nan"), float("inf"), -float("inf")]}
WIDE = ",".join(f"c{number}" for number in range(10_000))

CASES: dict[str, tuple[str, bytes | str | Callable[[], bytes], str]] = {
    "ragged": ("a.csv", HEADER + OTHERS + f"{NAME},{MAIL},1,{NAME}\n", "learning.ragged_rows"),
    "short": ("a.csv", HEADER + OTHERS + f"{NAME}\n", "learning.ragged_rows"),
    "an open quote": ("a.csv", HEADER + OTHERS + f'"{ROW}', "learning.ragged_rows"),
    "mixed types": ("a.csv", HEADER + OTHERS + f"{NAME},17,2024-01-01\n12,{MAIL},x\n", OK),
    "mixed types in JSON": ("a.jsonl", f'{{"email": "{MAIL}"}}\n{{"email": 7}}\n{{"email": {{"a": "{MAIL}"}}}}\n', OK),
    "empty": ("a.csv", "", "learning.no_columns"),
    "a header alone": ("a.csv", HEADER, OK),
    "no rows": ("a.parquet", lambda: parquet({"full_name": pa.array([], pa.string())}), OK),
    "one row": ("a.csv", HEADER + ROW, OK),
    "all null": ("a.csv", HEADER + ",,\n" * 20, OK),
    "a huge cell": ("a.csv", HEADER + OTHERS + f"{NAME} {'x' * 2_000_000},{MAIL},{NUMBER}\n", OK),
    "NaN and infinities": (
        "a.csv",
        HEADER + ROW + f"{NAME},{MAIL},NaN\n{NAME},{MAIL},inf\n{NAME},{MAIL},1e400\n",
        OK,
    ),
    "nulls and infinities of Parquet": ("a.parquet", lambda: parquet(RARE), OK),
    "duplicate headers": ("a.csv", "email,email,n\n" + ROW, "learning.duplicate_columns"),
    "duplicate members": ("a.json", f'[{{"email": "{MAIL}", "email": "{NAME}"}}]', "learning.duplicate_columns"),
    "duplicate columns of Parquet": (
        "a.parquet",
        lambda: parquet(pa.table([[MAIL], [NAME]], names=["email", "email"])),
        "learning.duplicate_columns",
    ),
    "Latin 1": ("a.csv", (HEADER + OTHERS + ROW.replace("Wolf", "Wölf")).encode("latin-1"), OK),
    "UTF-16": ("a.csv", (HEADER + OTHERS + ROW).encode("utf-16"), OK),
    "a byte order mark": ("a.csv", b"\xef\xbb\xbf" + (HEADER + OTHERS + ROW).encode(), OK),
    "a zip bomb": ("a.xlsx", bomb, "learning.too_large"),
    "no workbook": ("a.xlsx", f"PK\x03\x04{NAME}", "bad_input"),
    "JSON cut off": ("a.json", f'[{{"email": "{MAIL}"}}, {{"email": "{MAIL}" "x"}}]', "bad_input"),
    "JSON lines broken": ("a.jsonl", f'{{"email": "{MAIL}"}}\n{{"email": "{MAIL}" oops}}\n', "bad_input"),
    "too deep": ("a.json", "[" * 5_000 + f'"{NAME}"' + "]" * 5_000, "bad_input"),
    "no Parquet": ("a.parquet", f"PAR1{NAME * 50}PAR1", "bad_input"),
    "damaged Parquet": ("a.parquet", damaged, "bad_input"),
    "no database": ("a.sqlite", f"SQLite format 3\0{NAME * 50}", "models.database_unreachable"),
}


def assert_nothing_is_told(*texts: str) -> None:
    for text in texts:
        assert [word for word in SECRETS if word in text] == []


@pytest.mark.parametrize("command", ["profile", "learn", "mask", "privacy"])
@pytest.mark.parametrize("case", CASES)
def test_of_bad_input_no_original_is_told_and_nothing_is_left(
    case: str, command: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    name, content, expected = CASES[case]
    source = tmp_path / "in" / name
    source.parent.mkdir()
    given = content() if callable(content) else content
    source.write_bytes(given.encode() if isinstance(given, str) else given)
    new_key(tmp_path / "key")
    output = tmp_path / "out"
    output.mkdir()
    arguments = {
        "profile": [source, "-o", output / "p.json", "-o", output / "p.html", "-o", output / "p.yaml"],
        "learn": [source, "-o", output / "m.yaml"],
        "mask": [source, "-o", output / f"o{source.suffix}", "--key-file", tmp_path / "key"],
        "privacy": [source, source, "-o", output / "r.json"],
    }[command]
    with caplog.at_level(logging.DEBUG):
        done = CliRunner().invoke(main, [command, *map(str, arguments)])
    left = {path: path.read_bytes().decode(errors="replace") for path in output.rglob("*") if path.is_file()}
    assert_nothing_is_told(done.output, caplog.text, *left.values())
    assert done.exit_code in (0, 1, 2) and "internal_error" not in done.output and "learning.failed" not in done.output
    if expected != OK:
        assert f"error[{expected}]" in done.output and done.exit_code == 2
    if done.exit_code == 2:
        assert left == {} and list(output.iterdir()) == [] and "error[" in done.output
    elif command == "mask":
        assert done.exit_code == 0 and {path.name for path in left} == {
            f"o{source.suffix}",
            f"o{source.suffix}.manifest.json",
        }
        rows = [sum(batch.num_rows for batch in table.batches()) for path in (source, output / f"o{source.suffix}")
                for table in open_sample(path).tables.values()]  # fmt: skip
        assert rows[0] == rows[1], "nothing is lost"


def test_a_compressed_table_that_is_too_large_is_refused_untold(tmp_path: Path) -> None:
    source = tmp_path / "a.csv.gz"
    source.write_bytes(gzip.compress(f"{HEADER}{ROW}".encode() + b"\n" * 300_000_000, 1))
    for function in (profile, learn, open_sample):
        with pytest.raises(DatamimicError) as caught:
            function(str(source))  # type: ignore[operator]
        assert caught.value.code == "learning.too_large"
        assert_nothing_is_told("".join(traceback.format_exception(caught.value)))


@pytest.mark.thorough
@pytest.mark.parametrize("command", ["mask", "profile"])
def test_ten_thousand_columns(command: str, tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    rows = (",".join(map(str, range(row, row + 10_000))) for row in range(3))
    source.write_text(f"{WIDE},email\n" + "".join(f"{row},{MAIL}\n" for row in rows))
    new_key(tmp_path / "key")
    output = tmp_path / ("o.csv" if command == "mask" else "p.json")
    more = ["--key-file", str(tmp_path / "key")] if command == "mask" else []
    done = CliRunner().invoke(main, [command, str(source), "-o", str(output), *more])
    assert done.exit_code == 0
    assert_nothing_is_told(done.output, output.read_text())


def test_a_fault_of_ours_is_told_by_its_place_and_quotes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.csv"
    source.write_text(HEADER + ROW)
    plan = parse_plan("mask: 1\ntables: {a: {otherwise: redact}}")

    def failing(*_: object, **__: object) -> None:
        raise RuntimeError(f"unexpected value {NAME}")

    monkeypatch.setattr(running, "Masking", failing)
    with pytest.raises(DatamimicError, match="RuntimeError in .*failing:") as caught:
        mask(source, tmp_path / "b.csv", MaskingKey.of_bytes(bytes(range(32))), plan)
    assert caught.value.code == "learning.failed" and caught.value.__context__ is None
    assert_nothing_is_told("".join(traceback.format_exception(caught.value)))
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


def test_addresses_within_other_values_are_not_shown_by_a_profile() -> None:
    mail = MAIL.replace("@", "%40")
    pages = [f"/reset?mail={mail}", "/start", "/cart", "/help"] * 40
    told = profile(pa.table({"url": pages, "shop": ["north", "south"] * 80})).to_json()
    assert mail not in told and MAIL not in told and "/cart" in told and "north" in told


def test_a_name_in_doubt_is_hidden_and_replaced_beside_what_is_certain(tmp_path: Path) -> None:
    table = pa.table({"name": [NAME], "email": [MAIL]})
    assert find_personal(table)["name"].in_doubt and not find_personal(table)["name"].personal
    assert_nothing_is_told(profile(table).to_json())
    pa.parquet.write_table(table, tmp_path / "a.parquet")
    mask(tmp_path / "a.parquet", tmp_path / "b.parquet", MaskingKey.of_bytes(bytes(range(32))))
    assert_nothing_is_told(str(pa.parquet.read_table(tmp_path / "b.parquet").to_pylist()))


def test_what_the_system_refuses_is_told_as_such(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text(HEADER + ROW)
    folder = tmp_path / "none"
    with pytest.raises(DatamimicError) as caught:
        mask(source, folder / "b.csv", MaskingKey.of_bytes(bytes(range(32))))
    assert caught.value.code.startswith("output_") and not os.path.exists(folder)
