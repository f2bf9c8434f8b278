"""What partitions, and types of their own, ask of columns: as checks, and as values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from datamimic_models.schemas.domains import quoted
from datamimic_models.schemas.schema import Dialect, SqlCheck, SqlTable
from datamimic_models.solving.atoms import Allowed
from datamimic_models.solving.axes import SECOND
from datamimic_models.solving.values import Values

_RANGE = re.compile(r"(?is)FROM\s*\((.*?)\)\s*TO\s*\((.*?)\)\s*$")
_BIT = re.compile(r"bit\((\d+)\)")
_LIST = re.compile(r"(?is)FOR VALUES IN\s*\((.*)\)\s*$")
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
    if part is None or part.strategy == "hash" or not part.columns or not part.bounds:
        return found
    if any("default" in bound.lower()[:20] for bound in part.bounds):
        return found
    column = quoted(part.columns[0])
    listed = [match[1] for bound in part.bounds if (match := _LIST.search(bound))]
    if listed:
        return [*found, SqlCheck(f"{column} IN ({', '.join(listed)})", "partitions")]
    pairs = []
    for bound in part.bounds:
        match = _RANGE.search(bound)
        if match is not None:
            low, high = _ITEM.search(match[1]), _ITEM.search(match[2])
            if low is not None and high is not None:
                pairs.append((low[0].strip(), high[0].strip()))
    joined: list[tuple[str, str]] = []
    for low_text, high_text in _chained(pairs):
        if joined and joined[-1][1] == low_text:
            joined[-1] = (joined[-1][0], high_text)
        else:
            joined.append((low_text, high_text))
    parts = []
    for low_text, high_text in joined:
        said = [f"{column} IS NOT NULL"]
        if low_text.upper() != "MINVALUE":
            said.append(f"{column} >= {low_text}")
        if high_text.upper() != "MAXVALUE":
            said.append(f"{column} < {high_text}")
        parts.append(f"({' AND '.join(said)})")
    return [*found, SqlCheck(" OR ".join(parts), "partitions")] if parts else found


def _chained(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """So that a range comes after the one that ends where it begins."""
    by_low = dict(pairs)
    ends = set(by_low.values())
    found: list[tuple[str, str]] = []
    for low in by_low:
        if low in ends:
            continue
        at: str | None = low
        while at in by_low and len(found) <= len(pairs):
            found.append((at, by_low[at]))
            at = by_low[at]
    return found or pairs
