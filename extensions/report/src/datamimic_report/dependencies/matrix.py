"""The matrix of an entity, or of all entities of a pack, run over rows."""

from __future__ import annotations

from collections import Counter
from typing import Any

from datamimic import Rows, World
from datamimic_report.dependencies import calendars, pairs, siblings
from datamimic_report.dependencies.calendars import judge_calendar
from datamimic_report.dependencies.columns import Columns
from datamimic_report.dependencies.declared import Matrix, matrices_of
from datamimic_report.dependencies.ends import ends_of, judge_ends
from datamimic_report.dependencies.siblings import judge_siblings, others_of

PARTS = ("pairs", "ends", "calendars", "siblings")
BROKEN = ("fails", "mended")


def matrix_of(rows: Rows) -> dict[str, Any]:
    """{pairs, ends, calendars, siblings, counts} of rows: what their pack declares of the entity in the world's country.

    Raises `DataError` (`bad_catalog`) for a `dependencies.toml` that cannot be read, `UnknownName` for columns that are not.
    """
    world = rows.world
    pack, _, name = world.path(rows.spec).partition(".")
    told = [each for each in matrices_of(world.packs, pack) if each.entity == name]
    country = world.locale.country
    found = [
        judged(each.of_country(country), rows, number == 0) for number, each in enumerate(told or [Matrix(entity=name)])
    ]
    made: dict[str, Any] = {part: [entry for each in found for entry in each[part]] for part in PARTS}
    made["counts"] = dict(Counter(entry["state"] for part in PARTS for entry in made[part]))
    return made


def judged(matrix: Matrix, rows: Rows, every_age: bool = True) -> dict[str, list[dict[str, Any]]]:
    """All of one declaration, and of ages and dates that it does not speak of what is expected of all (`every_age`)."""
    every_end = ends_of(matrix, rows) if every_age else list(matrix.ends)
    names = {name for pair in matrix.pairs for name in pairs.columns_of(pair)}
    names |= {name for each in every_end for name in (each.of, *each.where)}
    names |= {name for each in matrix.calendars for name in calendars.columns_of(each)}
    names |= {name for each in matrix.siblings for name in siblings.columns_of(each)}
    columns = Columns(rows, names, matrix.derived)
    return {
        "pairs": [pairs.judge(pair, columns) for pair in matrix.pairs],
        "ends": [judge_ends(each, columns) for each in every_end],
        "calendars": [judge_calendar(each, columns) for each in matrix.calendars],
        "siblings": [judge_siblings(each, columns, rows, others_of(each, matrix, rows)) for each in matrix.siblings],
    }


def run_matrix(pack: str, seed: str | int = "matrix") -> list[dict[str, Any]]:
    """Everything that an installed pack declares, over the declared rows, in the United States and each country named.

    An entry per judgement, with `entity` and `country`; those whose `state` is "fails" or "mended" are faults. For tests.
    """
    found: list[dict[str, Any]] = []
    packs = World(seed).packs
    seen: set[str] = set()
    for matrix in matrices_of(packs, pack):
        first = matrix.entity not in seen
        seen.add(matrix.entity)
        for country in sorted({"US", *matrix.countries()}):
            path = f"{pack}.{matrix.entity}"
            world = World(seed, country, options={path: dict(matrix.options)} if matrix.options else None)
            rows = world[path][0 : matrix.rows]
            for part, entries in judged(matrix.of_country(country), rows, first).items():
                found += [{"entity": matrix.entity, "country": country, "part": part, **entry} for entry in entries]
    return found
