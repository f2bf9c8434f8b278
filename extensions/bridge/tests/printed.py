"""What the documents of the described product print, where they lie beside the checkout."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

SHARED = next((folder / "shared" for folder in Path(__file__).parents if (folder / "shared" / "seeds").is_dir()), None)
_BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<body>.*?)^```", re.DOTALL | re.MULTILINE)
_FIRST_WORD = re.compile(r"^(from|import) datamimic_ce\b", re.MULTILINE)
_DOCUMENTS = ("000", "001", "002")


class Printed(NamedTuple):
    document: str
    number: int
    body: str

    @property
    def name(self) -> str:
        return f"{self.document}-{self.number}"

    @property
    def moved_over(self) -> str:
        """The example with the first word of its import lines changed, and nothing else."""
        return _FIRST_WORD.sub(r"\1 datamimic_bridge", self.body)


def printed(kind: str) -> list[Printed]:
    """Every block of a kind, `python` or `xml`, in the three documents."""
    if SHARED is None:
        return []
    found = []
    for document in _DOCUMENTS:
        (file,) = (SHARED / "seeds").glob(f"{document}_*.txt")
        blocks = _BLOCK.finditer(file.read_text(encoding="utf-8"))
        found += [Printed(document, number, b["body"]) for number, b in enumerate(blocks) if b["kind"] == kind]
    return found


def table(document: str, heading: str) -> list[list[str]]:
    """The cells of the rows of the first table after a heading of a requirement."""
    assert SHARED is not None
    text = (SHARED / "requirements" / document).read_text(encoding="utf-8").partition(heading)[2]
    rows = re.search(r"^\|.*?(?=^[^|])", text, re.DOTALL | re.MULTILINE)
    assert rows is not None
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in rows[0].strip().splitlines()[2:]]
