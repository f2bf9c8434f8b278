"""cccd_provinces_VN: the province codes of Vietnamese citizen numbers; gst_states_IN: the state codes of Indian tax numbers."""

from __future__ import annotations

import csv
from pathlib import Path

from datamimic.tables.build import write_table

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "datamimic_pack_common" / "data"


def main() -> None:
    # the province by the second part of ISO 3166-2, as of before 1 July 2025
    with (HERE / "sources" / "cccd_provinces_VN.csv").open(encoding="utf-8") as lines:
        rows = [(row["former_state_code"], row["cccd_code"]) for row in csv.DictReader(lines)]
    assert len(rows) == len(set(rows)) == 63
    write_table(
        DATA, "cccd_provinces", "VN", ["former_state_code", "cccd_code"], rows,
        source="Ministry of Public Security of Vietnam, circular 59/2021/TT-BCA, annex on province codes", licence="facts",
        date="2021", method="data-build/identifiers.py: entered by hand", grade="B",
    )  # fmt: skip
    with (HERE / "sources" / "gst_states_IN.csv").open(encoding="utf-8") as lines:
        rows = [(row["state_code"], row["gst_code"]) for row in csv.DictReader(lines)]
    assert len(rows) == len({code for _, code in rows}) == 36
    write_table(
        DATA, "gst_states", "IN", ["state_code", "gst_code"], rows,
        source="Valid state codes of the goods and services tax, Zoho Books knowledge base", licence="facts",
        url="https://www.zoho.com/in/books/kb/gst/valid-state-codes-list.html",
        date="2026-11", method="data-build/identifiers.py: the list by the letters of ISO 3166-2", grade="B",
    )  # fmt: skip


if __name__ == "__main__":
    main()
