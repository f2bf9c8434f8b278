"""CSV and JSON files as lists, dictionaries and weights."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

Row = tuple[str, ...]


class FileUtil:
    """Functions that read files, under the name that they have in the described product."""

    @staticmethod
    def read_csv_to_list_of_tuples_without_header(
        file_path: Path, delimiter: str = ",", encoding: str = "utf-8"
    ) -> list[Row]:
        """Every row, the first one included. Raises FileNotFoundError."""
        with Path(file_path).open(newline="", encoding=encoding) as stream:
            rows = [tuple(row) for row in csv.reader(stream, delimiter=delimiter)]
        if rows and rows[0]:
            rows[0] = (rows[0][0].removeprefix("\ufeff"), *rows[0][1:])
        return rows

    @staticmethod
    def read_csv_to_dict_of_tuples_with_header(
        file_path: Path, delimiter: str = ",", encoding: str = "utf-8"
    ) -> tuple[dict[str, int], list[Row]]:
        """{column: its place}, and the rows. Raises ValueError for a file without a line."""
        rows = FileUtil.read_csv_to_list_of_tuples_without_header(file_path, delimiter, encoding)
        if not rows:
            raise ValueError(f"{file_path} has no header")
        return {name: place for place, name in enumerate(rows[0])}, [row for row in rows[1:] if row]

    @staticmethod
    def read_csv_to_dict_list(file_path: Path, separator: str = ",", encoding: str = "utf-8") -> list[dict[str, str]]:
        """A dictionary per row; none of an empty file."""
        rows = FileUtil.read_csv_to_list_of_tuples_without_header(file_path, separator, encoding)
        return [dict(zip(map(str.strip, rows[0]), row, strict=False)) for row in rows[1:] if row]

    @staticmethod
    def read_csv_having_weight_column(
        filepath: Path, weight_column_name: str, delimiter: str = ",", encoding: str = "utf-8"
    ) -> tuple[list[float], list[dict[str, str]]]:
        """Weights, and the rows without them. Raises ValueError where the column is missing or no number."""
        rows = FileUtil.read_csv_to_dict_list(filepath, delimiter, encoding)
        if any(weight_column_name not in row for row in rows):
            raise ValueError(f"{filepath} has no column {weight_column_name}")
        return [float(row.pop(weight_column_name)) for row in rows], rows

    @staticmethod
    def read_wgt_file(file_path: Path, delimiter: str = ",", encoding: str = "utf-8") -> tuple[list[str], list[float]]:
        """Values and weights, which sum to 1, of lines `value,weight`; a value may have the delimiter in it, and without a
        weight it has 1. Raises ValueError for a weight that is no number above or equal 0."""
        values, weights = [], []
        for row in FileUtil.read_csv_to_list_of_tuples_without_header(file_path, delimiter, encoding):
            if row:
                values.append(delimiter.join(row[:-1]).strip() if len(row) > 1 else row[0])
                weights.append(_weight(row[-1], file_path) if len(row) > 1 else 1.0)
        total = sum(weights)
        if not total:
            raise ValueError(f"{file_path} has no weight above 0")
        return values, [weight / total for weight in weights]

    @staticmethod
    def read_json(file_path: Path, encoding: str = "utf-8") -> Any:
        return json.loads(Path(file_path).read_text(encoding=encoding))

    @staticmethod
    def read_json_to_list(file_path: Path, encoding: str = "utf-8") -> list[dict[str, Any]]:
        """Raises ValueError for a file that holds no list."""
        found = FileUtil.read_json(file_path, encoding)
        if not isinstance(found, list):
            raise ValueError(f"{file_path} holds no list")
        return found

    @staticmethod
    def read_json_to_dict(file_path: Path, encoding: str = "utf-8") -> dict[str, Any]:
        """Raises ValueError for a file that holds no object."""
        found = FileUtil.read_json(file_path, encoding)
        if not isinstance(found, dict):
            raise ValueError(f"{file_path} holds no object")
        return found


def _weight(text: str, file: Path) -> float:
    try:
        weight = float(text)
    except ValueError:
        weight = -1.0
    if not 0 <= weight < float("inf"):
        raise ValueError(f"{file}: the weight {text!r} is no number of 0 or more")
    return weight
