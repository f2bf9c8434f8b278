"""What a coverage of the catalogue is called, limited to and answers for."""

from __future__ import annotations

import numpy as np

from datamimic import Data
from datamimic.columns import Ints, Text, join, number_text, where


def coverage_row(rows: Ints, data: Data) -> Ints:
    return rows % len(data["coverages"])


def identity(rows: Ints, coverage_row: Ints, data: Data) -> Text:
    """The key in the catalogue; rows beyond the catalogue are its later editions."""
    edition = rows // len(data["coverages"]) + 1
    key = data["coverages"]["coverage_key"].take(coverage_row)
    key = join(data.country, "-", key)
    return where(edition == 1, key, join(key, "/", number_text(edition)))


def line(product_code: Text, data: Data) -> Text:
    products = data["products"]
    return products["line"].take(products.lookup("product_code", product_code))


def min_coverage(coverage_row: Ints, data: Data) -> Ints:
    return data["coverages"].ints("min_coverage")[coverage_row] * 100


def max_coverage(coverage_row: Ints, data: Data) -> Ints:
    return data["coverages"].ints("max_coverage")[coverage_row] * 100


def causes(coverage_row: Ints, data: Data) -> Text:
    """The causes of loss that the coverage answers for, separated by semicolons."""
    keys, names = data["claim_causes"]["coverage_key"].tolist(), data["claim_causes"]["cause"].tolist()
    texts = [
        "; ".join(n or "" for k, n in zip(keys, names, strict=True) if k == key)
        for key in data["coverages"]["coverage_key"].tolist()
    ]
    return Text.coded(coverage_row, texts)


def currency(rows: Ints, data: Data) -> Text:
    return data["markets"]["currency"].take(np.zeros(len(rows), dtype=np.int64))
