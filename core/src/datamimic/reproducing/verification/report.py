"""What verification found, as values and as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from attrs import define, field, frozen

from datamimic.errors import excerpt
from datamimic.reproducing.verification.causes import Causes

_SHOWN = 20


@frozen
class Difference:
    """Rows [first, end) of an output, within which values differ, and the first few that do: (row, stored, recomputed).

    `damage`: what is stored is not what the manifest says. Otherwise drift: what is made now is not what it says.
    `column` is None where no single column can be named; `reason` says then what is wrong.
    """

    damage: bool
    column: str | None
    rows: tuple[int, int]
    reason: str = ""
    examples: tuple[tuple[int, Any, Any], ...] = ()

    def __str__(self) -> str:
        place = f"rows {self.rows[0]:,} to {self.rows[1] - 1:,}" if self.rows[1] else "the file"
        text = f"{self.column}, {place}" if self.column else place
        text += f": {self.reason}" if self.reason else ""
        shown = [
            f"row {row:,} holds {excerpt(stored)}, made again it is {excerpt(made)}"
            for row, stored, made in self.examples
        ]
        return text + (": " + "; ".join(shown) if shown else "")


@define
class OutputReport:
    """One table: `checked` of its `blocks` were compared, none where its file is `missing`. `intact`: its file has the digest
    of the manifest; `reproduced`: a file written now would have it. Both are None where that was not looked at."""

    entity: str
    file: str
    rows: int
    blocks: int
    checked: int = 0
    missing: bool = False
    intact: bool | None = None
    reproduced: bool | None = None
    differences: list[Difference] = field(factory=list)

    @property
    def damaged(self) -> bool:
        return self.missing or self.intact is False or any(difference.damage for difference in self.differences)

    @property
    def drifted(self) -> bool:
        return any(not difference.damage for difference in self.differences)

    @property
    def verdict(self) -> str:
        if self.missing:
            return "missing: the manifest describes this file, and there is none of this name beside it"
        if self.damaged or self.drifted:
            both = ("damaged", self.damaged), ("recomputed differently", self.drifted)
            return " and ".join(text for text, true in both if true)
        if self.checked < self.blocks:
            return f"no difference in {self.checked:,} of {self.blocks:,} blocks"
        if self.reproduced:
            return "byte-identical"
        return "every value identical" + (", the file's bytes are not" if self.reproduced is False else "")


@define
class Report:
    """`other_files` are files of a set that hold no rows and differ from the manifest. `holds` decides the exit status."""

    manifest: str
    sample: float | None
    outputs: list[OutputReport]
    causes: Causes
    other_files: list[str] = field(factory=list)

    @property
    def holds(self) -> bool:
        return not self.other_files and not any(output.damaged or output.drifted for output in self.outputs)

    def to_dict(self) -> dict[str, Any]:
        outputs = [{"verdict": output.verdict, **attrs.asdict(output)} for output in self.outputs]
        return {"holds": self.holds, **attrs.asdict(self), "outputs": outputs}


def render(report: Report) -> Iterator[str]:
    """The report in lines of text."""
    for output in report.outputs:
        yield f"{output.file}: {output.entity}, {output.rows:,} rows: {output.verdict}"
        for difference in output.differences[:_SHOWN]:
            yield f"  {'damage' if difference.damage else 'drift'}: {difference}"
        if len(output.differences) > _SHOWN:
            yield f"  and {len(output.differences) - _SHOWN:,} more"
    for name in report.other_files:
        yield f"{name}: differs from the manifest"
    drifted = any(output.drifted for output in report.outputs)
    if drifted:
        yield f"explained by: {report.causes.explanation()}"
    if not any(output.checked for output in report.outputs):
        return  # nothing was made, and so no table was read
    for change in report.causes.changes():
        yield f"  changed: {change}" if drifted else f"changed since, without effect on these values: {change}"
