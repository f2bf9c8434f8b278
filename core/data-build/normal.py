"""Writes the standard normal quantiles that `Draw.normal` interpolates. Standard library only."""

from pathlib import Path
from statistics import NormalDist

CELLS = 4096
LIMIT = 4.5
OUT = Path(__file__).parents[1] / "src" / "datamimic" / "tables" / "normal_quantiles.csv"

normal = NormalDist()
inner = [round(normal.inv_cdf(index / CELLS), 9) for index in range(1, CELLS)]
OUT.write_text("quantile\n" + "\n".join(map(repr, [-LIMIT, *inner, LIMIT])) + "\n", encoding="utf-8", newline="\n")
