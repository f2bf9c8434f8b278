"""Records of fixed width of clearing houses: NACHA files and Bacs Standard 18, values by the kind of record and the field."""

from __future__ import annotations

import re
from typing import Final

from datamimic_report.audit.leaves import Collector

NACHA: Final = re.compile(r"101 \d{9}.{81}\r?\n")
BACS: Final = re.compile(r"VOL1.{76,}\r?\n")
Fields = dict[str, tuple[int, int]]
_OF_NACHA: Final[dict[str, tuple[str, Fields]]] = {
    "1": ("file", {"destination": (3, 13), "origin": (13, 23), "made": (23, 29), "origin_name": (63, 86)}),
    "5": ("batch", {"company": (4, 20), "company_id": (40, 50), "class": (50, 53), "day": (69, 75), "number": (87, 94)}),
    "6": (
        "entry",
        {
            "routing_number": (3, 12), "account": (12, 29), "amount": (29, 39), "id": (39, 54), "name": (54, 76),
            "trace": (79, 94),
        },
    ),
    "8": ("batch_control", {"count": (4, 10), "hash": (10, 20), "debits": (20, 32), "credits": (32, 44)}),
    "9": ("control", {"batches": (1, 7), "blocks": (7, 13), "count": (13, 21), "hash": (21, 31), "credits": (43, 55)}),
}  # fmt: skip
_CENTS: Final = frozenset({"amount", "debits", "credits"})
_NUMBERS: Final = frozenset({"count", "batches", "blocks", "hash"})
_OF_BACS: Final[Fields] = {
    "sort_code": (0, 6), "account": (6, 14), "own_sort_code": (17, 23), "own_account": (23, 31), "amount": (35, 46),
    "own_name": (46, 64), "reference": (64, 82), "name": (82, 100), "day": (101, 106),
}  # fmt: skip
_CONTRA: Final = "17"


def read_nacha(text: str, collector: Collector) -> None:
    """The file, as one record: its entries in batches."""
    made = collector("NACHA")
    owner, groups = -1, dict[str, int]()
    for line in text.splitlines():
        kind = _OF_NACHA.get(line[:1])
        if kind is None or set(line) == {"9"}:
            continue
        name, fields = kind
        if name == "file":
            owner, groups = made.begin(), {}
        elif name == "batch":
            groups = {"batch": made.instance("batch")}
        own = {**groups, "entry": made.instance("entry")} if name == "entry" else {} if name == "control" else groups
        for field, (start, stop) in fields.items():
            made.add(f"{name}.{field}", _plain(field, line[start:stop]), owner, own)


def read_bacs(text: str, collector: Collector) -> None:
    """The file, as one record: its payments, what balances them, and its totals."""
    made = collector("Bacs")
    owner = -1
    for line in text.splitlines():
        label = line[:4]
        if label == "VOL1":
            owner = made.begin()
            made.add("serial", line[4:10], owner)
        elif label == "UTL1":
            made.add("totals.debits", _plain("amount", line[4:17]), owner)
            made.add("totals.credits", _plain("amount", line[17:30]), owner)
            made.add("totals.credit_count", str(int(line[37:44])), owner)
        elif label[:3] not in ("HDR", "UHL", "EOF"):
            kind = "contra" if line[15:17] == _CONTRA else "payment"
            number = made.instance(kind)
            for field, (start, stop) in _OF_BACS.items():
                made.add(f"{kind}.{field}", _plain(field, line[start:stop]), owner, {kind: number})


def _plain(field: str, text: str) -> str:
    if field in _CENTS:
        return f"{int(text) / 100:.2f}"
    return str(int(text)) if field in _NUMBERS else text.strip()
