"""How counts of names become the bands of a table: by birth decade, cut to a size, with the cut-off mass given back."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

DECADES = (1880, *range(1920, 2030, 10))  # the first band holds everyone born before 1920
SCALE = 1_000_000

Row = tuple[str, int, str, int]  # gender, birth_year_from, name, weight
Counts = Mapping[str, float]


def band_of(year: int) -> int:
    return max(1880, min(2020, year // 10 * 10)) if year >= 1920 else 1880


def shortened(counts: Counts, size: int, head: int = 100, total: float | None = None) -> list[tuple[str, int]]:
    """The `size` most frequent names as (name, weight), summing to about SCALE.

    `total` is what the counts would sum to if the source named everybody. The first `head` names keep their share of
    it; what the names left out had is given to the others, more to the rarer ones, so that cutting a list short does
    not make its first names more common than they are.
    """
    ranked = sorted(
        ((count, name) for name, count in counts.items() if count > 0), key=lambda item: (-item[0], item[1])
    )
    whole = max(total or 0.0, math.fsum(count for count, _ in ranked))
    kept = ranked[:size]
    missing = whole - math.fsum(count for count, _ in kept)
    leverage = math.fsum(count * (position - head) for position, (count, _) in enumerate(kept) if position > head)
    lift = missing / leverage if leverage else 0.0
    weights = [count * (1 + lift * max(0, position - head)) for position, (count, _) in enumerate(kept)]
    return [(name, max(1, round(weight / whole * SCALE))) for weight, (_, name) in zip(weights, kept, strict=True)]


def rows_of(by_band: Mapping[tuple[str, int], Counts], size: int) -> list[Row]:
    """Rows of every gender and band in order; a band without counts takes those of the nearest one that has some."""
    rows: list[Row] = []
    for gender in ("female", "male"):
        known = [band for band in DECADES if by_band.get((gender, band))]
        for band in DECADES:
            nearest = min(known, key=lambda other: (abs(other - band), other))
            rows += [(gender, band, name, weight) for name, weight in shortened(by_band[gender, nearest], size)]
    return rows


def around_mean_birth_year(names: Iterable[tuple[str, float, float]], spread: float) -> dict[int, dict[str, float]]:
    """Counts per band from (name, bearers, mean birth year), taking the birth years of a name to be bell-shaped.

    `spread` is the assumed standard deviation in years.
    """
    bands: dict[int, dict[str, float]] = {band: {} for band in DECADES}
    for name, bearers, year in names:
        for band in DECADES:
            middle = 1912 if band == 1880 else band + 5
            weight = bearers * math.exp(-(((middle - year) / spread) ** 2) / 2)
            if weight >= 0.5:
                bands[band][name] = weight
    return bands


def between_eras(eras: Mapping[int, Counts]) -> dict[int, dict[str, float]]:
    """Counts per band from shares known for a few years only: each band mixes the two years around its middle."""
    years = sorted(eras)
    bands: dict[int, dict[str, float]] = {}
    for band in DECADES:
        middle = 1912 if band == 1880 else band + 5
        before = max((year for year in years if year <= middle), default=years[0])
        after = min((year for year in years if year >= middle), default=years[-1])
        late = (middle - before) / (after - before) if after != before else 0.0
        mixed: dict[str, float] = {}
        for year, part in ((before, 1 - late), (after, late)):
            for name, share in eras[year].items():
                if part > 0:
                    mixed[name] = mixed.get(name, 0.0) + part * share
        bands[band] = mixed
    return bands


def by_rank(names: Iterable[str], top: float, slope: float) -> dict[str, float]:
    """Shares estimated from a ranking: the first name has `top` per cent, the k-th top * k^-slope."""
    return {name: top * (rank + 1) ** -slope for rank, name in enumerate(names)}
