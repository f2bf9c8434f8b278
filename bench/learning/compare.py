"""What is measured of the copies of every learner, side by side in one run."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from statistics import mean
from typing import Any, Final

import pyarrow.parquet as pq

from bench.environments import RESULTS, Unavailable, run
from bench.learning.copies import MAKERS, times
from bench.learning.sets import LARGE, LARGE_ROWS, RUNNERS, SETS, PublicSet, fetched, halves, judge, large
from datamimic_learning.privacy.measures.closeness import closeness
from datamimic_learning.privacy.measures.copies import exact_copies
from datamimic_learning.privacy.records.space import encode

PAGE: Final = RESULTS.parents[1] / "docs/explanation/how-good-copies-are.md"
KEPT: Final = RESULTS / "learning.json"
CEILING: Final = "the other real half"
_BEGIN, _END = "<!-- bench learning -->", "<!-- end -->"
_COLUMNS: Final = {
    "quality": "quality",
    "shapes": "shapes",
    "pairs": "pairs",
    "usual": "quality, SDMetrics' own pairs",
    "area": "AUC",
    "dcr": "dcr",
    "copies": "exact copies",
}
_SAMPLED: Final = 1_000_000


def compare(only: list[str] | None, page: bool) -> int:
    """Print and keep (`results/learning.json`, `.md`) what all learners do on the public sets, and their times; of `only`
    some sets, `flights` for the times, beside what is kept of the others."""
    sets = [each for each in SETS if only is None or each.name in only]
    found: dict[str, dict[str, dict[str, float]]] = {}
    with tempfile.TemporaryDirectory(prefix="datamimic-bench-") as place:
        folder = Path(place)
        fetched(folder)
        for each in sets:
            found[each.name] = _measured(folder, each)
        seconds = times(large(folder), folder, _SAMPLED) if only is None or LARGE.name in only else {}
    kept: dict[str, Any] = (
        {"sets": {}, "times": {}} if only is None or not KEPT.exists() else json.loads(KEPT.read_text("utf-8"))
    )
    measured = {**kept["sets"], **found}
    kept = {
        "date": str(date.today()),
        "sets": {each.name: measured[each.name] for each in SETS if each.name in measured},
        "times": seconds or kept["times"],
    }
    text = _told(kept["sets"], kept["times"])
    print(text)
    RESULTS.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    KEPT.with_suffix(".md").write_text(f"# Learned copies\n\n{text}\n", encoding="utf-8")
    if page:
        _put(text)
    return 0


def _measured(folder: Path, each: PublicSet) -> dict[str, dict[str, float]]:
    learned, other = halves(folder, each)
    files = [folder / f"{each.name}.{which}.parquet" for which in ("learned", "other")]
    for file, rows in zip(files, (learned, other), strict=True):
        pq.write_table(rows, file)
    found = {}
    for name, maker in MAKERS.items():
        made = folder / "made.parquet"
        try:
            maker(*files, made)
            judged = run([str(judge()), str(RUNNERS / "judging.py"), *map(str, files), str(made), each.asked])
        except Unavailable as reason:
            print(f"{name} is left out of {each.name}: {reason}", file=sys.stderr)
            continue
        found[name] = json.loads(judged.strip().splitlines()[-1]) | (
            {} if name == CEILING else _near(learned, other, pq.read_table(made))
        )
        print(each.name, name, {key: round(value, 4) for key, value in found[name].items()}, file=sys.stderr)
    real = run([str(judge()), str(RUNNERS / "judging.py"), str(files[0]), str(files[1]), str(files[0]), each.asked])
    found[CEILING]["area"] = json.loads(real.strip().splitlines()[-1])["area"]
    return found


def _near(learned: Any, other: Any, made: Any) -> dict[str, float]:
    """The share of rows nearer to a row that was learned, and of rows that are one of them, less that of the other half."""
    space, records = encode({"real": learned, "holdout": other, "copy": made}, ["real", "holdout"])
    inner = space.select(space.compared)
    real, copy, half = (records[role].select(space.compared) for role in ("real", "copy", "holdout"))
    dcr, copies = closeness(inner, real, copy, half, 5_000)[0], exact_copies(real, copy, half)
    return {"dcr": float(dcr.value or 0.0), "copies": float(copies.value or 0.0)}


def _told(found: Mapping[str, Mapping[str, Mapping[str, float]]], seconds: Mapping[str, Any]) -> str:
    lines = [f"Means over {len(found)} public sets ({', '.join(found)}), {date.today()}", ""]
    lines += [f"| | {' | '.join(_COLUMNS.values())} |", f"|---|{'--:|' * len(_COLUMNS)}"]
    for name in MAKERS:
        cells = []
        for column in _COLUMNS:
            values = [each[name][column] for each in found.values() if column in each.get(name, {})]
            cells.append(f"{mean(values):.3f}" if values else "")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    lines += ["", "Each set: ours, and the other half in brackets", ""]
    lines += ["| | quality | shapes | pairs | AUC | dcr | exact copies |", "|---|--:|--:|--:|--:|--:|--:|"]
    for each, by in found.items():
        own, top = by["datamimic"], by[CEILING]
        cells = [f"{own[column]:.3f} ({top[column]:.3f})" for column in ("quality", "shapes", "pairs", "area")]
        lines.append(f"| {each} | {' | '.join(cells)} | {own['dcr']:.3f} | {own['copies']:.4f} |")
    if not found:
        lines = []
    if seconds:
        lines += ["", f"{LARGE.name}, {LARGE_ROWS:,} rows of 19 columns, processor seconds (wall)", ""]
        lines += ["| | fit | rows/s sampled |", "|---|--:|--:|"]
        for name, each in seconds.items():
            spent, rate = each["fit"], each["rows"] / each["sample"]["processor"]
            lines.append(f"| {name} | {spent['processor']:.1f} s ({spent['wall']:.1f}) | {rate:,.0f} |")
    return "\n".join(lines)


def _put(text: str) -> None:
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    PAGE.write_text(f"{before}{_BEGIN}\n\n{text}\n\n{_END}{after}", encoding="utf-8")
