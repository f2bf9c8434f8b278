"""Weighted tables of one's own and of packs, read for a country."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import TypeVar

from datamimic_bridge.tables.files import FileUtil
from datamimic_bridge.tables.paths import dataset_path, is_strict_dataset_mode

T = TypeVar("T")
_CALLED_HERE = {("ecommerce", "product_nouns"): ("product_names", "noun")}
"""A table of one file per category there -> the table and column of the pack, whose first column is the category."""


def load_weighted_values_try_dataset(
    *path_parts: str, dataset: str | None = None, start: Path | None = None
) -> tuple[list[str], list[float]]:
    """The values of a table for a country and their weights: `("ecommerce", "order", "coupon_prefixes.csv", dataset="US")`
    reads `coupon_prefixes_US.csv`.

    A file without header has lines `value,weight`; of one with a header, as packs have them, these are the first column and
    the one called `weight`. A name such as `product_nouns_toys.csv` carries a category; where that has no file, `general` has,
    unless the mode is strict. Raises FileNotFoundError naming the file, ValueError for a table without weights.
    """
    *folder, file = path_parts
    country = (dataset or "US").upper()
    stem, dot, ending = file.rpartition(".")
    name, _, category = stem.rpartition("_")
    path = dataset_path(*folder, f"{stem}_{country}{dot}{ending}", start=start)
    if path.is_file():
        return _weighted(path)
    if folder and (folder[0], name) in _CALLED_HERE:
        table, column = _CALLED_HERE[folder[0], name]
        of_pack = dataset_path(*folder, f"{table}_{country}{dot}{ending}", start=start)
        found = _weighted(of_pack, column, category) if of_pack.is_file() else ([], [])
        if found[0] or is_strict_dataset_mode():
            return found if found[0] else _missing(path)
        return _weighted(of_pack, column)
    if not is_strict_dataset_mode() and name:
        general = dataset_path(*folder, f"{name}_general_{country}{dot}{ending}", start=start)
        if general.is_file():
            return _weighted(general)
    return _missing(path)


def pick_one_weighted(rng: Random, values: Sequence[T], weights: Sequence[float]) -> T:
    """One of the values, as likely as its weight says."""
    return rng.choices(values, weights=weights, k=1)[0]


def _missing(path: Path) -> tuple[list[str], list[float]]:
    raise FileNotFoundError(f"there is no table {path.name}: looked for {path}")


def _weighted(path: Path, column: str | None = None, category: str | None = None) -> tuple[list[str], list[float]]:
    header, rows = FileUtil.read_csv_to_dict_of_tuples_with_header(path)
    if "weight" not in header:
        values, weights = FileUtil.read_wgt_file(path)
        return values, weights
    place = header[column] if column else 0
    found: dict[str, float] = {}
    for row in rows:
        if category is None or row[0] == category:
            found[row[place]] = found.get(row[place], 0.0) + float(row[header["weight"]])
    return [*found], [*found.values()]
