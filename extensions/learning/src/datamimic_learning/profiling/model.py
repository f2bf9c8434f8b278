"""A model of the tables of a profile, in the tables language: what it generates has nearly the same profile.

Each column is made by itself, by what the profile says of it: keys and references, values by their weights, numbers and dates
by their quantiles, codes by their patterns, personal columns by what they mean. What columns have to do with each other beyond
references is for `dm learn`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import yaml

from datamimic import installed_packs, spec_of

_SURE: Final = 0.8
_CHOICES: Final = 100
_WORDS: Final = 8
_LONGEST: Final = 400
"""Words of a phrase, and characters of a regular expression, that the language takes."""
_TYPES: Final = {
    "boolean": "bool", "whole number": "int", "number": "float", "date": "date", "timestamp": "datetime", "time": "time",
    "duration": "duration", "text": "str", "bytes": "bytes", "nested": "str",
}  # fmt: skip
_SIGNS: Final = {"A": "[A-Z]", "a": "[a-z]", "9": "[0-9]"}
_HEAD: Final = "# A model of {place}, from its profile. `dm model check` judges it, `dm run` generates its tables.\n"


def model_of(values: Mapping[str, Any]) -> str:
    """The model as YAML."""
    references = _references(values)
    tables = [_table(each, references) for each in values["tables"] if each["columns"]]
    name = re.sub(r"[^a-z0-9]+", "_", str(values["place"]).lower().rpartition("/")[2].partition(".")[0]).strip("_")
    name = name if name[:1].isalpha() else f"profiled_{name}".strip("_")
    document = {"name": name, "tables": tables}
    head = _HEAD.format(place=" ".join(str(values["place"]).split()))
    return head + yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=128)


def _references(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The references that a model can hold: to keys, none in a circle, and of each column one."""
    keys = {
        (table["name"], tuple(key["columns"]))
        for table in values["tables"]
        for key in table["keys"]
        if not key["duplicates"]
    }
    found: list[dict[str, Any]] = []
    above: dict[str, set[str]] = {}
    for each in sorted(values["references"], key=lambda one: not one["declared"]):
        child, parent = each["table"], each["referred"]
        if (
            child == parent
            or child in above.get(parent, set())
            or (parent, tuple(each["referred_columns"])) not in keys
        ):
            continue
        others = [other for other in found if other["table"] == child]
        # What is equal in both tables beside a key follows from it, or is the same person's name.
        if any(set(each["columns"]) & set(other["columns"]) for other in others) or (
            not each["declared"] and any(other["referred"] == parent for other in others)
        ):
            continue
        found.append(each)
        above.setdefault(child, set()).update({parent} | above.get(parent, set()))
        for name, parents in above.items():
            if child in parents:
                above[name] = parents | above[child]
    return found


def _table(table: Mapping[str, Any], references: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    own = [each for each in references if each["table"] == table["name"]]
    asked = {name for each in references if each["referred"] == table["name"] for name in each["referred_columns"]}
    primary = _primary(table)
    columns: list[dict[str, Any]] = []
    for number, column in enumerate(table["columns"]):
        columns += _column(column, number, primary, own, asked)
    made: dict[str, Any] = {"table_name": table["name"]}
    counted = _counted(own, table)
    if counted is None:
        made["rows"] = table["rows"]
    if len(primary) > 1:
        made["primary_key"] = list(primary)
    made["columns"] = columns
    keys = [_foreign_key(each, each is counted) for each in own]
    return made | ({"foreign_keys": keys} if keys else {})


def _primary(table: Mapping[str, Any]) -> tuple[str, ...]:
    usable = [each for each in table["keys"] if not each["duplicates"]]
    found = next((each for each in usable if each["primary"]), None) or next(iter(usable), None)
    return () if found is None else tuple(found["columns"])


def _counted(own: Sequence[Mapping[str, Any]], table: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The reference whose parents say how many rows there are: the one by which they differ most, and every row has one."""
    nulls = {each["name"]: each["nulls"] for each in table["columns"]}
    known = [
        each
        for each in own
        if each["children"] and not each["orphans"] and not any(nulls[name] for name in each["columns"])
    ]
    return max(known, key=lambda each: (each["covered"], len(each["children"])), default=None)


def _foreign_key(reference: Mapping[str, Any], counts: bool) -> dict[str, Any]:
    columns, referred = reference["columns"], reference["referred_columns"]
    made: dict[str, Any] = {"parent_table": reference["referred"]}
    made |= {"parent_column": referred[0], "child_column": columns[0]} if len(columns) == 1 else {
        "parent_columns": list(referred), "child_columns": list(columns)
    }  # fmt: skip
    return made | (
        {"children": {int(number): many for number, many in reference["children"].items()}} if counts else {}
    )


def _column(
    column: Mapping[str, Any], number: int, primary: Sequence[str], own: Sequence[Mapping[str, Any]], asked: set[str]
) -> list[dict[str, Any]]:
    """The column, and before it a hidden one, where it is made of one; `asked` are columns that other tables refer to."""
    name = column["name"]
    made: dict[str, Any] = {"name": name, "type": _type(column)}
    referring = any(name in each["columns"] for each in own)
    if primary == (name,):
        made["constraints"] = ["PK"]
    elif column["unique"] and not column["nulls"] and not referring and column["kind"] in ("whole number", "text"):
        made["constraints"] = ["UNIQUE", "NOT NULL"]
    elif column["nulls"]:
        made |= {"nullable": True, "null_share": round(column["null_share"], 6)}
    else:
        made["constraints"] = ["NOT NULL"]
    if referring:
        return [made]
    if column["kind"] in ("date", "timestamp") and column.get("quantiles") and not _weighted(column):
        return _calendar(made, column, number)
    means = None if primary == (name,) or name in asked else _meaning(column)
    rule = None if means else _rule(column)
    meaningless = isinstance(rule, dict) and rule["type"] == "phrase"
    if meaningless and (name in asked or primary == (name,)):
        rule = {"type": "serial", "pattern": "########"}
    elif (means or meaningless) and made.get("constraints") == ["UNIQUE", "NOT NULL"]:
        made["constraints"] = ["NOT NULL"]
    if means and made.get("nullable") and _may_be_null(means):
        del made["null_share"]  # the field of the pack says it
    return [made | ({"means": means} if means else {}) | ({"rule": rule} if rule is not None else {})]


def _type(column: Mapping[str, Any]) -> str:
    if column["kind"] == "text" and column.get("lengths") and column["lengths"]["max"]:
        return f"str({column['lengths']['max']})"
    return _TYPES[column["kind"]]


def _meaning(column: Mapping[str, Any]) -> str | None:
    """What a personal column means, where the packs make it."""
    found = column["meaning"]
    if not column["personal"] or found is None or found["probability"] < _SURE or column["kind"] != "text":
        return None
    known = installed_packs().meanings().get(found["name"])
    return str(found["name"]) if known is not None and known.fields else None


def _may_be_null(meaning: str) -> bool:
    packs = installed_packs()
    entity, _, field = packs.meanings()[meaning].fields[0].rpartition(".")
    kind = spec_of(packs.entity(entity)).fields[field].kind
    return bool(getattr(kind, "nullable", False))


def _weighted(column: Mapping[str, Any]) -> bool:
    distinct = column["distinct"]
    return bool(
        not column["masked"] and distinct["exact"] and 0 < distinct["count"] <= _CHOICES
        and len(column["top"]) == distinct["count"] and not column["unique"]
    )  # fmt: skip


def _rule(column: Mapping[str, Any]) -> Any:
    kind = column["kind"]
    if not column["distinct"]["count"]:
        return None
    if column["unique"] and kind == "whole number" and not column["nulls"]:
        return _numbered(column)
    if _weighted(column):
        values = [_value(each["value"], kind) for each in column["top"]]
        return {"type": "choice", "values": values, "weights": [each["count"] for each in column["top"]]}
    if kind == "boolean":
        return None
    if "quantiles" in column and kind in ("whole number", "number"):
        rule: dict[str, Any] = {"type": "quantiles", "quantiles": _quantiles(column)}
        return rule | ({"decimals": min(column["decimals"] or 6, 6)} if kind == "number" else {})
    if kind == "text":
        return _text(column)
    return None


def _numbered(column: Mapping[str, Any]) -> dict[str, Any] | None:
    """Numbers of which none comes twice; of a masked column, whose ends are not told, as many as there are at least."""
    count, low, high = column["distinct"]["count"], column.get("min"), column.get("max")
    if low is None and not column.get("quantiles"):
        return None
    if low is None or high is None:
        known = _quantiles(column)
        low, high = round(known[0.0]), round(known[1.0])
        high = max(high, low + 2 * count)
    elif high - low + 1 == count:
        return {"type": "serial", "start": low}
    return {"type": "range", "min": low, "max": high}


def _value(value: Any, kind: str) -> Any:
    if kind == "date":
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if kind == "timestamp" else value


def _quantiles(column: Mapping[str, Any]) -> dict[float, float]:
    """By probability from 0 to 1; of a masked column, whose ends are not told, what lies between stretches to them."""
    known = {float(name): value for name, value in column["quantiles"].items()}
    known[0.0] = column["min"] if column.get("min") is not None else known[min(known)]
    known[1.0] = column["max"] if column.get("max") is not None else known[max(known)]
    return {probability: known[probability] for probability in sorted(known)}


def _calendar(made: dict[str, Any], column: Mapping[str, Any], number: int) -> list[dict[str, Any]]:
    """A hidden number of days or seconds by its quantiles, and the date or moment that lies so long after the first one."""
    known = {name: _moment(str(value)) for name, value in _quantiles(column).items()}
    first = known[0.0]
    days = column["kind"] == "date" or column["dates"]["granularity"] in ("day", "month", "year")
    length = 86_400.0 if days else 1.0
    after = {name: round((each - first).total_seconds() / length) for name, each in known.items()}
    hidden = f"{'days' if days else 'seconds'}_of_{number}"
    begins = f"date({first.year}, {first.month}, {first.day})"
    if column["kind"] == "timestamp":
        parts = (first.year, first.month, first.day, first.hour, first.minute, first.second)
        begins = f"datetime({', '.join(map(str, parts))})"
    rule = {"type": "expression", "expression": f"{begins} + timedelta({'days' if days else 'seconds'}={hidden})"}
    drawn = {"name": hidden, "type": "int", "hidden": True, "rule": {"type": "quantiles", "quantiles": after}}
    return [drawn, made | {"rule": rule}]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.removesuffix("Z"))


def _text(column: Mapping[str, Any]) -> Any:
    if column.get("content") == "UUID":
        return {"type": "uuid"}
    patterns = [each for each in column.get("patterns", ()) if each["share"] >= 0.02 and len(each["pattern"]) < 80]
    if column.get("content") == "text" or not patterns or sum(each["share"] for each in patterns) < 0.5:
        longest = max(1, round(column["lengths"]["mean"] / 6)) if column.get("lengths") else 3
        return {"type": "phrase", "min": min(max(1, longest // 2), _WORDS), "max": min(longest * 2, _WORDS)}
    joined = ""
    for each in patterns:
        more = f"{joined}|{_regex(each['pattern'])}" if joined else _regex(each["pattern"])
        joined = more if len(more) <= _LONGEST else joined
    return {"type": "pattern", "pattern": joined} if joined else {"type": "phrase"}


def _regex(pattern: str) -> str:
    """The regular expression of a pattern such as `AA-9999`; `a+` of it stands for five letters and more."""
    made = []
    for sign, run in ((match[1][0], match[1]) for match in re.finditer(r"([Aa]\+|A+|a+|9+|.)", pattern, re.DOTALL)):
        if sign not in _SIGNS:
            made.append(re.escape(run))
        elif run.endswith("+"):
            made.append(f"{_SIGNS[sign]}{{5,8}}")
        else:
            made.append(_SIGNS[sign] + (f"{{{len(run)}}}" if len(run) > 1 else ""))
    return "".join(made)
