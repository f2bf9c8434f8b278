"""What partitions, and types of their own, ask of columns: as checks, and as values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from datamimic_models.schemas.domains import quoted
from datamimic_models.schemas.schema import Dialect, Partitioning, SqlCheck, SqlTable
from datamimic_models.solving.atoms import Allowed
from datamimic_models.solving.axes import SECOND
from datamimic_models.solving.values import Values

_RANGE = re.compile(r"(?is)FROM\s*\((.*?)\)\s*TO\s*\((.*?)\)\s*$")
_BIT = re.compile(r"bit\((\d+)\)")
_LIST = re.compile(r"(?is)FOR VALUES IN\s*\((.*)\)\s*$")
Ends = tuple[str, ...]
_MOST_APART: Final = 60
_ITEM = re.compile(r"'(?:[^']|'')*'(?:::[\w ]+)?|[^,\s][^,]*")


_MOMENT = re.compile(r"(?i)(?:time|datetime|timestamp)[^(]*(?:\((\d)\))?")


def fractions(table: SqlTable, dialect: Dialect) -> Iterator[Allowed]:
    """Times have as many digits after the second as their type keeps: of what is rounded, checks would no longer hold."""
    for each in table.columns:
        said = _MOMENT.match(each.native.strip()) if each.given and each.type.name in ("datetime", "time") else None
        if said is None or (said[1] is None and dialect != "mysql"):
            continue
        kept = min(int(said[1] or 0), 6)
        if kept < 6:
            yield Allowed(each.name, Values(remainder=(SECOND // 10**kept, 0)))


def checks_of(table: SqlTable) -> list[SqlCheck]:
    """Checks that the table does not say, but has."""
    found = [
        SqlCheck(f"`{each.name}` BETWEEN 1901 AND 2155", f"year of {each.name}")
        for each in table.columns
        if each.native.lower().startswith("year") and each.type.name == "int"
    ]
    found += [
        SqlCheck(f"`{each.name}` >= 0", f"sign of {each.name}")
        for each in table.columns
        if "unsigned" in each.native.lower() and each.type.name in ("decimal", "float")
    ]
    found += [
        SqlCheck(f"`{each.name}` < {1 << int(size[1])}", f"bits of {each.name}")
        for each in table.columns
        if each.type.name == "int" and (size := _BIT.fullmatch(each.native.lower())) and int(size[1]) < 63
    ]
    part = table.partitioning
    if part is not None and part.strategy in ("list", "range") and part.columns:
        said = _of_lists(part) if part.strategy == "list" else _of_ranges(part)
        if said:
            found.append(SqlCheck(" OR ".join(said), "partitions"))
    return found


def _of_lists(part: Partitioning) -> list[str]:
    column = quoted(part.columns[0])
    listed = [match[1] for bound in part.bounds if (match := _LIST.search(bound))]
    if not listed:
        return []
    found = [f"{column} IN ({', '.join(listed)})"]
    return [*found, f"{column} NOT IN ({', '.join(listed)})"] if _has_default(part) else found


def _of_ranges(part: Partitioning) -> list[str]:
    """One condition per range, so that no partition stays empty; of very many, those that adjoin are one."""
    pairs = []
    for bound in part.bounds:
        match = _RANGE.search(bound)
        if match is not None:
            pairs.append((_items(match[1]), _items(match[2])))
    pairs = _chained([each for each in pairs if each[0] and each[1]])
    joined: list[tuple[Ends, Ends]] = []
    for low, high in pairs:
        if joined and joined[-1][1] == low:
            joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    found = [_within(part.columns, low, high) for low, high in (pairs if len(pairs) <= _MOST_APART else joined)]
    if len(joined) == 1 and _has_default(part):
        column, (low, high) = quoted(part.columns[0]), joined[0]
        found += [] if _is_open(low) else [f"{column} < {low[0]}"]
        found += [] if _is_open(high) else [f"{column} > {high[0]}"]
    return found if found and (len(joined) == 1 or not _has_default(part)) else []


def _within(columns: Sequence[str], low: Ends, high: Ends) -> str:
    """From `low` up to `high`, compared column by column: where the first ones differ, by these alone, as far as that goes."""
    said = [f"{quoted(columns[0])} IS NOT NULL"]
    for at, column in enumerate(columns):
        least, most = low[at : at + 1], high[at : at + 1]
        if least and least == most and not _is_open(least):
            said.append(f"{quoted(column)} = {least[0]}")
            continue
        if least and not _is_open(least):
            # A row with the first column's least value may still lie before the others' least.
            exact = all(each.upper() == "MINVALUE" for each in low[at + 1 :])
            said.append(f"{quoted(column)} {'>=' if exact else '>'} {least[0]}")
        if most and not _is_open(most):
            said.append(f"{quoted(column)} < {most[0]}")
        break
    return f"({' AND '.join(said)})"


def _items(listed: str) -> Ends:
    return tuple(match[0].strip() for match in _ITEM.finditer(listed))


def _is_open(end: Sequence[str]) -> bool:
    return end[0].upper() in ("MINVALUE", "MAXVALUE")


def _has_default(part: Partitioning) -> bool:
    return any("default" in bound.lower()[:20] for bound in part.bounds)


def _chained(pairs: list[tuple[Ends, Ends]]) -> list[tuple[Ends, Ends]]:
    """So that a range comes after the one that ends where it begins."""
    by_low = dict(pairs)
    ends = set(by_low.values())
    found: list[tuple[Ends, Ends]] = []
    for low in by_low:
        if low in ends:
            continue
        at: Ends | None = low
        while at in by_low and len(found) <= len(pairs):
            found.append((at, by_low[at]))
            at = by_low[at]
    return found or pairs
