"""The lines of a table of weights, read from CSV: conditions, a value, a weight."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from attrs import frozen

from datamimic import DatamimicError, Table
from datamimic_models.rules.drawn.cells import Cell, cell_of

VALUE: Final = "value"
WEIGHT: Final = "weight"
_CASE: Final = "case"
_NAMED: Final = "# "


@frozen(eq=False)
class Lines:
    """`conditions` are the columns that conditions are on; `cases` the different ones of them, in order; `case_of` the case of
    each line, `values` what it says. `table` is what is drawn from: it has the number of the case in its column `case`."""

    conditions: tuple[str, ...]
    cases: tuple[tuple[Cell, ...], ...]
    case_of: tuple[int, ...]
    values: tuple[Cell, ...]
    table: Table
    case: str


def named(text: str, name: str) -> str:
    """The text of a table with the name of its file, for messages and explanations."""
    return f"{_NAMED}{name}\n{text}"


def is_text(said: str) -> bool:
    """Is this a table itself, and not the name of a file?"""
    return "\n" in said.strip() or said.startswith(_NAMED)


@lru_cache(maxsize=512)
def condition_names(text: str) -> tuple[str, ...]:
    """The columns that a table has conditions on; none of a text that is no table."""
    _, body = _split(text)
    try:
        header = next(csv.reader(body.splitlines()[:1]), [])
    except csv.Error:
        return ()
    own = (_own(VALUE, header), _own(WEIGHT, header))
    return tuple(each for each in header if each not in own)


@lru_cache(maxsize=4096)
def cells_of(text: str, condition: str, *, intervals: bool) -> tuple[Cell, ...]:
    """The different cells of one condition. Raises `DatamimicError`."""
    name, body = _split(text)
    column = dict.fromkeys(Table.parse(name, body, file=name).columns[condition])
    return tuple(_cells([*column], condition, name, intervals))


def _own(name: str, header: Sequence[str]) -> str:
    """`value`, or `value_` where a condition is on a column that is called so."""
    return f"{name}_" if f"{name}_" in header else name


def _split(text: str) -> tuple[str, str]:
    if not text.startswith(_NAMED):
        return "the table", text
    name, _, body = text.removeprefix(_NAMED).partition("\n")
    return name.strip(), body


def table_of(text: str) -> Table:
    """The columns of a table as they are written. Raises `DatamimicError`."""
    name, body = _split(text)
    return Table.parse(name, body, file=name)


@lru_cache(maxsize=256)
def lines_of(text: str, *, intervals: bool, interval_conditions: tuple[bool, ...]) -> Lines:
    """Raises `DatamimicError` with file and line for what is no such table. `interval_conditions` has an item for
    each condition."""
    name, body = _split(text)
    read = Table.parse(name, body, file=name)
    conditions = condition_names(text)
    header = list(read.columns)
    value, weight = _own(VALUE, header), _own(WEIGHT, header)
    if value not in header:
        raise DatamimicError("models.bad_table", f"{name} has no column {VALUE}", hint=f"{VALUE},{WEIGHT}", line=1)
    given: dict[str, Sequence[str]] = {each: read.columns[each] for each in header}
    weights: Sequence[str] = given.get(weight) or ["1"] * len(read)
    cells = [
        _cells(given[each], each, name, allowed) for each, allowed in zip(conditions, interval_conditions, strict=True)
    ]
    known: dict[tuple[str, ...], int] = {}
    cases: list[tuple[Cell, ...]] = []
    case_of = []
    for line in range(len(read)):
        key = tuple(given[each][line].strip() for each in conditions)
        if key not in known:
            known[key] = len(cases)
            cases.append(tuple(column[line] for column in cells))
        case_of.append(known[key])
    # The core draws by a column that is called weight.
    shown: dict[str, Sequence[str]] = {f"{each}_" if each == WEIGHT else each: given[each] for each in conditions}
    case = _CASE
    while case in shown:
        case += "_"
    shown |= {value: given[value], WEIGHT: weights, case: [str(each) for each in case_of]}
    table = Table(name, shown, file=name)
    values = tuple(_cells(given[value], VALUE, name, intervals))
    for line, cell in enumerate(values):
        if cell.negated or len(cell.items) + cell.null > 1:
            said = f"{name}, line {line + 2}: a value is one value, an interval, null or *"
            raise DatamimicError("models.bad_table", said, hint="several lines for several values")
    table.check_weights(table.by(case).members)
    return Lines(conditions, tuple(cases), tuple(case_of), values, table, case)


def _cells(column: Sequence[str], what: str, name: str, intervals: bool) -> list[Cell]:
    found, known = [], dict[str, Cell]()
    for line, text in enumerate(column, start=2):
        if text not in known:
            try:
                known[text] = cell_of(text, intervals=intervals)
            except ValueError as error:
                raise DatamimicError(
                    "models.bad_table", f"{name}, line {line}: {what}: {error}", hint="`dm model rules drawn`"
                ) from None
        found.append(known[text])
    return found
