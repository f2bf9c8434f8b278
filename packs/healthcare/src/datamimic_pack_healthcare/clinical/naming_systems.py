"""By which systems messages name a patient's numbers, and which profiles a country's messages keep."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from datamimic import Data, Lists, Struct, Table, Text, record
from datamimic.columns import Ints
from datamimic_pack_healthcare.clinical.payers import coverage_kind


@record
class Payer:
    """An insurer or a programme of the public."""

    payer_id: str
    name: str


@record
class NamedBy:
    """The naming system of a member number and what kind of identifier it is; that of the social security number, where
    messages have it; and PUBLICPOL or HIP, codes of HL7's ActCode for the kind of coverage, null for the uninsured."""

    type_system: str
    type: str
    system: str
    social_security_system: str | None
    coverage_kind: str | None


OTHERS = "*"
CUSTOMS, SYSTEMS = "exchange_customs", "member_number_systems"


def profiles(rows: Ints, data: Data) -> Text:
    """What the country's profiles are called before their own names; null where messages name none."""
    return _custom("profiles", len(rows), data)


def named_by(payer_row: Ints, coverage_type: Text, insurance_policy_number: Text, data: Data) -> Struct:
    """The systems of a patient's numbers, and the kind of coverage."""
    table: Table = data[SYSTEMS]
    row = table.lookup("number_format", data["payers"]["number_format"].take(payer_row))
    row = np.where(row >= 0, row, table.position("number_format", OTHERS))
    columns = {name: table[name].take(row) for name in ("type_system", "type", "system")}
    columns["social_security_system"] = _custom("social_security_system", len(row), data)
    columns["coverage_kind"] = coverage_kind(coverage_type, insurance_policy_number, data)
    return Struct(columns)


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
