"""Takes the entries of tables that no longer exist out of `data.toml`.

Run: python packs/insurance/data-build/forget.py
"""

from __future__ import annotations

import re

from countries import DATA


def main() -> None:
    catalogue = DATA / "data.toml"
    head, *parts = re.split(r"(?=^\[tables\.)", catalogue.read_text(encoding="utf-8"), flags=re.M)
    there = [part for part in parts if (DATA / f"{part[8 : part.index(']')]}.csv").exists()]
    catalogue.write_text(head + "".join(there), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
