"""What of a profile shows somebody's values, and how it is hidden."""

from __future__ import annotations

import re
from typing import Any, Final

from datamimic_learning.finding.finding import find_personal
from datamimic_learning.finding.found import PersonalColumn
from datamimic_learning.finding.text_numbers import number_spans
from datamimic_learning.finding.written import Written
from datamimic_learning.samples.sample import SampleTable

_FEW: Final = 5
"""A text that fewer rows have is shown of no column with many values: it may name somebody whom nothing recognises."""
_MANY: Final = 50
_NEARLY: Final = 0.9
"""Of texts of which so large a share is different none is shown: names, notes, keys, each of one row."""
_CONTACTS: Final = ("person.email", "person.phone", "account.iban", "card.number", "device.ip_address")
_SIGN = re.compile(r"\w")


def personal_columns(table: SampleTable) -> dict[str, PersonalColumn]:
    """What was found of each column, by name; of nested ones what is strongest of their parts."""
    made: dict[str, PersonalColumn] = {}
    for each in find_personal(table).columns:
        name = each.column if each.column in table.schema.names else each.column.partition(".")[0]
        if name not in made or each.probability > made[name].probability:
            made[name] = each
    return made


def with_finding(column: dict[str, Any], found: PersonalColumn | None, show_values: bool) -> dict[str, Any]:
    """The column with what it means, and without values that show somebody unless these are asked for."""
    made = column | {
        "meaning": None if found is None or found.meaning is None else _finding(found),
        "personal": found is not None and found.personal,
        "masked": False,
    }
    if show_values:
        return made
    if made["personal"] or (found is not None and found.in_doubt):
        return _hidden(made)
    if made["kind"] not in ("text", "bytes", "nested"):
        return made
    if any(
        _names_somebody(each) for each in (*(each["value"] for each in made["top"]), made.get("min"), made.get("max"))
    ):
        made = made | {"masked": True, "min": _shape(made.get("min")), "max": _shape(made.get("max"))}
        made["top"] = [each for each in made["top"] if not _names_somebody(each["value"])]
    distinct, filled = made["distinct"]["count"], made["rows"] - made["nulls"]
    if filled and distinct >= _NEARLY * filled:
        return _hidden(made | {"top": []})
    if distinct > min(_MANY, filled / 2):
        rare = [each for each in made["top"] if each["count"] < _FEW]
        made["top"] = [each for each in made["top"] if each["count"] >= _FEW]
        if rare or made["unique"]:
            return made | {"masked": True, "min": _shape(made.get("min")), "max": _shape(made.get("max"))}
    return made


def _names_somebody(value: Any) -> bool:
    """Whether an address, account or card stands in a text, as an e-mail address does in that of a web page."""
    if not isinstance(value, str):
        return False
    return any(kind in _CONTACTS for _, _, kind in number_spans(Written.of(value).said))


def _finding(found: PersonalColumn) -> dict[str, Any]:
    return {
        "name": found.meaning,
        "identifies": found.identifies,
        "probability": round(found.probability, 3),
        "evidence": list(found.evidence),
    }


def _hidden(column: dict[str, Any]) -> dict[str, Any]:
    """Of texts the values are gone and shapes stay; of numbers and dates the first and last one, whose owner can be found, and
    the longest gap, which names two."""
    made = dict(column) | {"masked": True}
    if column["kind"] != "boolean":
        made["top"] = [each | {"value": _shape(each["value"])} for each in column["top"]]
    for name in ("min", "max"):
        if name in made:
            made[name] = _shape(made[name])
    if "quantiles" in made:
        ends = made["quantiles"]
        made["min"], made["max"] = None, None
        made["quantiles"] = {name: ends[name] for name in ends if 0.05 <= float(name) <= 0.95}
        made["top"] = []
        if made.get("histogram"):
            made["histogram"] = made["histogram"][1:-1]
    if made.get("dates"):
        made["dates"] = made["dates"] | {"longest_gap": None}
    if made.get("outliers"):
        made["outliers"] = made["outliers"] | {"low": None, "high": None}
    if "patterns" in made:
        # A rare pattern is nearly a value.
        made["patterns"] = [each for each in made["patterns"] if each["share"] >= 0.01]
    return made


def _shape(value: Any) -> Any:
    """`****-**` of a text; a value that is none is gone."""
    return _SIGN.sub("*", value)[:40] if isinstance(value, str) else None
