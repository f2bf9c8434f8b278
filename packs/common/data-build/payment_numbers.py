"""iban_formats.csv: how the account number of a country goes on; published_numbers.csv: cards and accounts that are examples.

# requires: schwifty==2026.10.1

form    what follows country and check digits: n digits, a letters, c either, with their number (SWIFT registry of IBANs)
number  a test number that a payment service publishes, or an example of the registry: nobody's, and found in documentation

The forms are those that schwifty (MIT) has generated from the registry.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

from datamimic.tables.build import write_table

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "datamimic_pack_common" / "data"


def forms() -> list[tuple[str, str]]:
    registry = (files("schwifty") / "iban_registry" / "generated.json").read_text(encoding="utf-8")
    return [(country, form(facts["bban_spec"])) for country, facts in sorted(json.loads(registry).items())]


def form(spec: str) -> str:
    """`8!n10!n` -> `n18`."""
    parts: list[tuple[str, int]] = []
    for count, kind in re.findall(r"(\d+)!?([nac])", spec):
        if parts and parts[-1][0] == kind:
            parts[-1] = (kind, parts[-1][1] + int(count))
        else:
            parts.append((kind, int(count)))
    return "".join(f"{kind}{count}" for kind, count in parts)


def main() -> None:
    write_table(
        DATA, "iban_formats", None, ("country_code", "form"), forms(),
        source="SWIFT registry of IBANs (ISO 13616), as schwifty 2026.10.1 has it", url="https://github.com/mdomke/schwifty",
        licence="MIT", date="2026-10", method="data-build/payment_numbers.py", grade="B",
    )  # fmt: skip
    lines = (HERE / "sources" / "published_numbers.txt").read_text(encoding="utf-8").splitlines()
    numbers = [tuple(line.split()) for line in lines if line and not line.startswith("#")]
    write_table(
        DATA, "published_numbers", None, ("kind", "number"), numbers,
        source="docs.stripe.com/testing, developer.paypal.com (Payflow), docs.adyen.com, developers.momo.vn; SWIFT registry of IBANs",
        licence="MIT (this project)", date="2026-11", method="data-build/payment_numbers.py: collected from these pages", grade="B",
    )  # fmt: skip


if __name__ == "__main__":
    main()
