"""`<demographics>`: an age pyramid of one's own, in place of the country's, for all people of the model.

The folder holds `age_pyramid.dmgrp.csv` with the columns dataset, version, sex (empty for all), age_min, age_max (both
included) and weight; and, where it has any, `condition_rates.dmgrp.csv`, which has no effect: what patients suffer from is the
packs'.
"""

from __future__ import annotations

import csv
import importlib
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from datamimic import Registry
from datamimic.errors import excerpt
from datamimic_models.model import Place
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.setting import Setting, failed

PYRAMID: Final = "age_pyramid.dmgrp.csv"
RATES: Final = "condition_rates.dmgrp.csv"
_COLUMNS: Final = ("dataset", "version", "sex", "age_min", "age_max", "weight")


@frozen
class Population:
    """Weights of bands of ages, (lowest, highest), in a country; `seed` is that of the element, "" for none."""

    dataset: str
    bands: Mapping[tuple[int, int], float]
    seed: str

    def sampler(self, packs: Registry) -> Any:
        """As services of people take it."""
        return importlib.import_module(packs.pack("common").package).DemographicSampler(bands=dict(self.bands))


def population_of(node: Node, setting: Setting) -> Population:
    """What the folder of the element says. Raises `DatamimicError` (`models.no_file`, `models.bad_source`)."""
    place = node.at("dir")
    beside = setting.defaults.file
    path = setting.folder.find(f"{node.get('dir').rstrip('/')}/{PYRAMID}", place, beside.parent if beside else None)
    if (path.parent / RATES).exists():
        setting.say(f"{place}: {RATES} has no effect: conditions of patients are those of the packs")
    by_sex: dict[str, dict[tuple[int, int], float]] = {}
    for line, row in _rows(path, place):
        at = Place(path.name, line)
        for name in ("dataset", "version"):
            if row[name].strip() != node.get(name):
                raise failed("models.bad_source", f"{name} is {excerpt(row[name])}, not {node.get(name)}", at)
        band, weight = _band(row, at)
        known = by_sex.setdefault(row["sex"].strip().upper()[:1], {})
        if any(low <= band[1] and band[0] <= high for low, high in known):
            raise failed("models.bad_source", f"ages {band[0]} to {band[1]} are in two bands", at)
        known[band] = weight
    if not any(sum(known.values()) > 0 for known in by_sex.values()):
        raise failed("models.bad_source", f"{PYRAMID} has no weight above 0", place)
    bands: dict[tuple[int, int], float] = {}
    for known in by_sex.values():
        # Each sex is as many as the other, whatever its weights sum to.
        whole = math.fsum(known.values())
        for band, weight in known.items():
            bands[band] = bands.get(band, 0.0) + (weight / whole / len(by_sex) if whole else 0.0)
    return Population(node.get("dataset"), bands, node.get("rngSeed"))


def _rows(path: Path, place: Place) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise failed("models.bad_source", f"{path.name} has no column {', '.join(missing)}", place)
            return [(reader.line_num, {name: row.get(name) or "" for name in _COLUMNS}) for row in reader]
    except (OSError, ValueError, csv.Error) as error:
        raise failed("models.bad_source", f"{path.name} cannot be read: {error}", place) from None


def _band(row: Mapping[str, str], at: Place) -> tuple[tuple[int, int], float]:
    try:
        band, weight = (int(row["age_min"]), int(row["age_max"])), float(row["weight"])
        if not 0 <= band[0] <= band[1] or not 0 <= weight < math.inf:
            raise ValueError
    except ValueError:
        said = f"ages {row['age_min']} to {row['age_max']} of the weight {row['weight']} are no band"
        raise failed("models.bad_source", said, at, "whole ages, a weight of 0 or more") from None
    return band, weight
