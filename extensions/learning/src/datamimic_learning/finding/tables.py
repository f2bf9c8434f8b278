"""Names and places of the installed packs, as sets that values are looked up in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
from attrs import field, frozen

from datamimic import DatasetSource, Registry

_PACK = "common"
_NAMES = ("given_name", "given_name_kana", "given_name_latin")
_FAMILY = ("family_name", "family_name_kana", "family_name_latin")


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Lower case without accents, as the sets hold their texts.

    >>> fold("Nguyễn Thị"), fold("ĐÀ NẴNG"), fold("Müller")
    ('nguyen thi', 'da nang', 'muller')
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.lower().replace("đ", "d").replace("ß", "ss"))
    return unicodedata.normalize("NFKC", "".join(sign for sign in plain if not unicodedata.combining(sign)))


def is_among(word: str, names: frozenset[str]) -> bool:
    """Whether a folded word, or every part of one with hyphens, is one of the names; a letter alone is none."""
    return len(word) > 1 and (word in names or ("-" in word and all(part in names for part in word.split("-"))))


@frozen(eq=False)
class NameTables:
    """Folded texts. `postal_codes` are by country. `remark` says what is missing where no pack brings tables."""

    given: frozenset[str] = frozenset()
    family: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    postal_codes: Mapping[str, frozenset[str]] = field(factory=dict)
    remark: str | None = None


def name_tables(packs: Registry) -> NameTables:
    """The tables of the packs of a registry, read once."""
    return packs.remembered.get("tables for finding", lambda: _read(packs))


def _read(packs: Registry) -> NameTables:
    sources = (
        packs.dataset_sources(_PACK)
        if any(pack.name == _PACK and pack.status == "ok" for pack in packs.packs())
        else ()
    )
    found: dict[str, list[pa.ChunkedArray]] = {}
    codes: dict[str, frozenset[str]] = {}
    for source in sources:
        for name, country, table in _tables(source):
            for column, kind in _KINDS[name].items():
                if column in table.column_names:
                    found.setdefault(kind, []).append(table[column])
            if name == "places":
                codes[country] = frozenset(pc.unique(table["postal_code"]).to_pylist()) - {None, ""}
    if not found:
        return NameTables(
            remark="no installed pack brings tables of names and places: names, streets and cities are found by headers alone"
        )
    sets: dict[str, Any] = {kind: _folded(columns) for kind, columns in found.items()}
    return NameTables(**sets, postal_codes=codes)


_KINDS: Mapping[str, Mapping[str, str]] = {
    "given_names": dict.fromkeys(_NAMES, "given"),
    "origin_given_names": dict.fromkeys(_NAMES, "given"),
    "family_names": dict.fromkeys(_FAMILY, "family"),
    "origin_family_names": dict.fromkeys(_FAMILY, "family"),
    "middle_names": {"middle_name": "given"},
    "places": {"city": "cities", "district": "districts", "commune": "districts", "state": "states", "former_state": "states"},
    "states": {"state": "states", "name": "states"},
    "streets": {"street": "streets"},
    "countries": {"name": "countries", "native_name": "countries"},
}  # fmt: skip
"""Table -> its columns -> what they are looked up as."""


def _tables(source: DatasetSource) -> Iterator[tuple[str, str, pa.Table]]:
    for file in source.tables():
        stem = file.name.removesuffix(".csv")
        name, country = (stem[:-3], stem[-2:]) if stem[-3:-2] == "_" and stem[-2:].isupper() else (stem, "")
        if name not in _KINDS:
            continue
        with file.open("rb") as opened:
            head = opened.readline().decode("utf-8").rstrip("\r\n").split(",")
        wanted = [column for column in head if column in _KINDS[name] or column == "postal_code"]
        with file.open("rb") as opened:
            yield name, country, csv.read_csv(
                opened,
                convert_options=csv.ConvertOptions(
                    include_columns=wanted, column_types=dict.fromkeys(wanted, pa.string()), strings_can_be_null=False
                ),
            )  # fmt: skip


def _folded(columns: list[pa.ChunkedArray]) -> frozenset[str]:
    """As `fold`, a whole column at a time."""
    texts = pa.chunked_array([chunk for column in columns for chunk in column.chunks], pa.string()).unique()
    lower = pc.replace_substring(pc.replace_substring(pc.utf8_lower(texts), "đ", "d"), "ß", "ss")
    plain = pc.replace_substring_regex(pc.utf8_normalize(lower, "NFKD"), r"\p{Mn}", "")
    return frozenset(pc.utf8_normalize(plain, "NFKC").to_pylist()) - {""}
