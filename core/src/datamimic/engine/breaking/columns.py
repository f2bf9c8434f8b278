"""Which columns hold the date, the amount, the account and the status: as declared, else by their names and types."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final

import pyarrow as pa
from attrs import evolve

from datamimic.engine.breaking.kinds import KINDS, ROLES
from datamimic.errors import InvalidOption, excerpt, suggest
from datamimic.model.breaks import Breaks

_FIRST: Final = {
    "date": ("value_date", "booking_date", "transaction_date", "date"),
    "amount": ("amount", "total_amount", "total", "gross_amount"),
    "account": ("account_number", "account_id", "account", "iban"),
    "status": ("status",),
}
"""Names that are taken before others."""


def completed(declared: Breaks, columns: pa.DataType | pa.Schema, key: str | None = None) -> Breaks:
    """The declaration with what it leaves open, of columns or of the members of a record; lists of records among the columns
    are declared too."""
    fields = dict(_fields(columns))
    lists = {
        name: completed(declared.lists.get(name, Breaks()), kind.value_type)
        for name, kind in fields.items()
        if pa.types.is_list(kind) and pa.types.is_struct(kind.value_type)
    }
    return evolve(
        declared,
        date=declared.date or _named("date", fields, key),
        amount=declared.amount or _named("amount", fields, key),
        account=declared.account or _named("account", fields, key),
        status=declared.status or _named("status", fields, key),
        rejected=declared.rejected or "rejected",
        lists={**declared.lists, **lists},
    )


def kinds_of(breaks: Breaks) -> dict[str, str]:
    """{kind: the column that it changes, or nothing} that a completed declaration has, those of lists as `entries.altered`."""
    own = {
        kind: "" if kind not in ROLES else getattr(breaks, ROLES[kind])
        for kind in KINDS
        if kind not in breaks.without and (kind not in ROLES or getattr(breaks, ROLES[kind]))
    }
    for name, each in breaks.lists.items():
        own |= {f"{name}.{kind}": column for kind, column in kinds_of(each).items()}
    return own


def parts_of(column: str, names: Sequence[str]) -> list[str]:
    """The column of a table that has a value, and the members of records that lead to it: `money.amount` is a member of
    `money` unless there is a column of that name."""
    parts = column.split(".")
    for stop in range(len(parts), 0, -1):
        if ".".join(parts[:stop]) in names:
            return [".".join(parts[:stop]), *parts[stop:]]
    return [parts[0], *parts[1:]]


def written(breaks: Breaks, names: Sequence[str], items: Mapping[str, Collection[str]]) -> Breaks:
    """What a completed declaration says of the columns that a message reads, and of the parts of the `items` of its lists: of
    what it does not write nothing can be seen."""

    def read(column: str) -> str:
        own = [each for each in column.split("|") if parts_of(each, names)[0] in names]
        return "|".join(own)

    return _seen(breaks, read, items, "")


def _seen(breaks: Breaks, read: Callable[[str], str], items: Mapping[str, Collection[str]], within: str) -> Breaks:
    """With what is `read` of its columns, and of its lists with those that are among the `items`."""

    def member(path: str) -> Callable[[str], str]:
        return lambda name: name if any(name == own or own.startswith(f"{name}.") for own in items[path]) else ""

    below = {name: f"{within}{name}" for name in breaks.lists}
    return evolve(
        breaks,
        date=read(breaks.date),
        amount=read(breaks.amount),
        account=read(breaks.account),
        status=read(breaks.status),
        lists={
            name: _seen(breaks.lists[name], member(path), items, f"{path}.")
            for name, path in below.items()
            if path in items
        },
    )


def list_of(breaks: Breaks, unit: str) -> Breaks:
    """What a completed declaration says of a list, or of one within its items: `pages.entries`."""
    for name, each in breaks.lists.items():
        if unit == name:
            return each
        if unit.startswith(f"{name}."):
            return list_of(each, unit.removeprefix(f"{name}."))
    raise KeyError(unit)


def column_of(breaks: Breaks, unit: str, kind: str, owner: str) -> str | None:
    """The column that a kind changes, None where it changes none. Raises `InvalidOption` where the kind means nothing."""
    known = kinds_of(breaks)
    name = f"{unit}.{kind}" if unit else kind
    if name not in known:
        near = suggest(name, list(known))
        raise InvalidOption(
            "invalid_option",
            f"{excerpt(name)} is no break of {owner}",
            hint=f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}",
            path="$.breaks",
        )
    return known[name] or None


def _fields(columns: pa.DataType | pa.Schema) -> Iterator[tuple[str, pa.DataType]]:
    for each in columns:
        yield each.name, each.type.value_type if pa.types.is_dictionary(each.type) else each.type


def _named(role: str, fields: dict[str, pa.DataType], key: str | None) -> str:
    fits, like = _LIKE[role]
    able = [name for name, kind in fields.items() if fits(kind) and name != key]
    first = next((name for name in _FIRST[role] if name in able), None)
    return first or next((name for name in able if like(name)), "")


def _is_moment(kind: pa.DataType) -> bool:
    return pa.types.is_date(kind) or pa.types.is_timestamp(kind)


def _is_amount(kind: pa.DataType) -> bool:
    return pa.types.is_decimal(kind) or pa.types.is_floating(kind) or pa.types.is_integer(kind)


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


_LIKE: Final[dict[str, tuple[Callable[[pa.DataType], bool], Callable[[str], bool]]]] = {
    "date": (_is_moment, lambda name: "birth" not in name and "expir" not in name),
    "amount": (_is_amount, lambda name: any(part in name for part in ("amount", "total", "price", "premium", "balance"))),
    "account": (_is_text, lambda name: any(part in name for part in ("account", "iban")) or name.endswith("_id")),
    "status": (_is_text, lambda name: name.endswith("status")),
}  # fmt: skip
