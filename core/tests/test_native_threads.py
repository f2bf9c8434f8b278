"""What Arrow reads in threads of its own is never an object of Python's: a thread that lets go of one while Python ends aborts
the process (exit status 134 where 2 was meant)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pytest

from datamimic.formats.csv import Csv
from datamimic.tables.table import Table


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What Arrow is given to read CSV from."""
    given: list[Any] = []
    for name in ("read_csv", "open_csv"):
        real = getattr(pyarrow.csv, name)

        def noted(source: Any, *arguments: Any, real: Any = real, **settings: Any) -> Any:
            given.append(source)
            return real(source, *arguments, **settings)

        monkeypatch.setattr(pyarrow.csv, name, noted)
    return given


def test_tables_are_read_from_memory_of_arrow(sources: list[Any]) -> None:
    assert Table.parse("months", "month,weight\nMay,1\n")["month"].tolist() == ["May"]
    assert [type(each) for each in sources] == [pa.BufferReader]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_csv_files_are_read_from_files_of_arrow(sources: list[Any], tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "months.csv"
    path.write_bytes("month;days\nMärz;31\nMai;31\n".encode(encoding))
    batches = list(Csv(delimiter=";", encoding=encoding).read(path))
    assert pa.Table.from_batches(batches).to_pydict() == {"month": ["März", "Mai"], "days": ["31", "31"]}
    assert {type(each) for each in sources} == {pa.OSFile}


def test_blocks_are_read_from_memory_of_arrow(sources: list[Any]) -> None:
    assert Csv().parse_block(b"May,31\n", ["month", "days"]).to_pydict() == {"month": ["May"], "days": ["31"]}
    assert {type(each) for each in sources} == {pa.BufferReader}
