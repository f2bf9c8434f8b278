"""By which systems messages name a patient's numbers, and which profiles a country's messages keep."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from datamimic import Data, Lists, Struct, Table, Text, record
from datamimic.columns import Ints


@record
class Payer:
    """An insurer or a programme of the public."""

    payer_id: str
    name: str


OTHERS = "*"
CUSTOMS, SYSTEMS = "exchange_customs", "member_number_systems"


def profiles(rows: Ints, data: Data) -> Text:
    """What the country's profiles are called before their own names; null where messages name none."""
    return _custom("profiles", len(rows), data)


def social_security_system(rows: Ints, data: Data) -> Text:
    return _custom("social_security_system", len(rows), data)


def member_system(payer_row: Ints, data: Data) -> Text:
    return data[SYSTEMS]["system"].take(_system_row(payer_row, data))


def member_type_system(payer_row: Ints, data: Data) -> Text:
    return data[SYSTEMS]["type_system"].take(_system_row(payer_row, data))


def member_type(payer_row: Ints, data: Data) -> Text:
    return data[SYSTEMS]["type"].take(_system_row(payer_row, data))


def payer_id(payer_row: Ints, data: Data) -> Text:
    """The number of the payer among those of the country."""
    return Text.coded(payer_numbers(data["payers"])[payer_row], payer_ids(data["payers"], data.country))


def payer_ids(payers: Table, country: str) -> tuple[str, ...]:
    return tuple(f"PAYER-{country}-{number + 1:02d}" for number in range(len(set(payer_numbers(payers).tolist()))))


def payers(rows: Ints, data: Data) -> Lists:
    """Those of the country, but for people who pay themselves."""
    table: Table = data["payers"]
    numbers = payer_numbers(table)
    kept = [row for row in np.unique(numbers, return_index=True)[1].tolist() if table.columns["number_format"][row]]
    at = np.tile(np.array(kept, dtype=np.int64), len(rows))
    columns = {"payer_id": payer_id(at, data), "name": table["insurance_provider"].take(at)}
    return Lists(np.full(len(rows), len(kept)), Struct(columns))


@lru_cache(maxsize=16)
def payer_numbers(payers: Table) -> Ints:
    """Of every row of the table `payers` the how-many-eth payer it is."""
    names = payers.columns["insurance_provider"]
    order = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([order[name] for name in names], dtype=np.int64)


def _custom(column: str, rows: int, data: Data) -> Text:
    customs: Table = data[CUSTOMS]
    return Text.constant(customs.columns[column][customs.of_country(data.country)] or None, rows)


def _system_row(payer_row: Ints, data: Data) -> Ints:
    table: Table = data[SYSTEMS]
    rows = table.lookup("number_format", data["payers"]["number_format"].take(payer_row))
    return np.where(rows >= 0, rows, table.position("number_format", OTHERS))
