"""Member numbers: in the form that the patient's payer gives them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from datamimic import Data, Draw, Table, Text, World
from datamimic.columns import Bools, Ints, digit_matrix, select
from datamimic.errors import DataError, excerpt
from datamimic_pack_common.people.livelihood import AT_WORK
from datamimic_pack_healthcare.generators.members import (
    BHYT_SPACE,
    KVNR_SPACE,
    MBI_SPACE,
    NHS_SPACE,
    bhyt,
    kvnr,
    mbi,
    nhs_number,
)
from datamimic_pack_healthcare.generators.providers import serial_numbers

WIDEST = 16
"""No member number is longer."""
BHYT_GROUPS = ("TE1", "HS4", "SV4", "DN4", "HT3", "GD4")
"""Children under six, pupils, students, employees, pensioners, households; the digit is the level of benefit."""

OFFICIALS = ("police_officer", "teacher")
"""Professions of the people of whom most are officials, whose employer pays a part of what private cover pays elsewhere."""
PROGRAMMES_OF_THE_OLD = ("Medicare", "Medicare Advantage")
"""Of those under 65 about every second has the one, every second the other."""
UNINSURED = frozenset({"Self-pay", "Tự chi trả"})
PRIVATE, STATUTORY = "Private Krankenversicherung", "Gesetzliche Krankenversicherung"


def payer_row(age: Ints, income: Ints, employment: Text, profession: Text, draw: Draw, data: Data) -> Ints:
    """A row of the table `payers`, by age and yearly income (in hundredths); of those at work, where the law says who may have
    private cover, one of the kind that they have."""
    table: Table = data["payers"]
    found = draw.pick(table.by("age_from", "income_from"), age, income // 100)
    if "disability_cover" in data:
        return _of_disabled(found, age, employment, draw, data)
    if "private_cover" not in data:
        return found
    shares: Table = data["private_cover"]
    at = np.flatnonzero(employment.isin(AT_WORK))
    official = profession.isin(OFFICIALS)[at]
    own = np.where(official, 0, np.where((employment == "self_employed")[at], 1, 2))
    standing = Text.coded(own.astype(np.int32), ("official", "self_employed", "employee"))
    private = shares.by("standing", "income_from").first(standing, income[at] // 100)
    has = draw.take(at).chance(shares.floats("share")[private], "private")
    kind = Text.coded((~has).astype(np.int32), (PRIVATE, STATUTORY))
    found[at] = draw.take(at).pick(table.by("coverage_type"), kind, label="of the kind")
    return found


def _of_disabled(found: Ints, age: Ints, employment: Text, draw: Draw, data: Data) -> Ints:
    """`found`, and for those whom a disability keeps from work the programme of the old, as many as have it."""
    table, shares = data["payers"], data["disability_cover"]
    at = np.flatnonzero(employment == "inactive")
    has = draw.take(at).chance(shares.floats("share")[shares.by("age_from").first(age[at])], "disabled")
    at = at[has]
    kind = Text.coded(draw.take(at).chance(0.5, "advantage").astype(np.int32), PROGRAMMES_OF_THE_OLD)
    found[at] = draw.take(at).pick(table.by("coverage_type"), kind, label="of the kind")
    return found


def coverage_kind(coverage_type: Text, insurance_policy_number: Text, data: Data) -> Text:
    """Whether a programme of the public or an insurer pays, as a code of HL7; null for those who pay themselves."""
    return data["cost_shares"]["kind"].take(share_row(coverage_type, data)).where(~insurance_policy_number.is_null())


def share_row(coverage_type: Text, data: Data) -> Ints:
    """A row of the table `cost_shares`."""
    shares: Table = data["cost_shares"]
    row = shares.lookup("coverage_type", coverage_type)
    return np.where(row >= 0, row, shares.position("country_code", "*"))


def bhyt_group(age: Ints, employment: Text) -> Text:
    """The group of insured people that opens a Vietnamese insurance number."""
    at_work = employment.isin({"employed", "self_employed"})
    student: Bools = employment == "student"
    code = np.where(
        age < 6, 0, np.where(age < 18, 1, np.where(student, 2, np.where(at_work, 3, np.where(age >= 60, 4, 5))))
    )
    return select(code, BHYT_GROUPS)


def member_numbers(form: Text, draw: Draw, group: Text | None, province: Text | None, social_security: Text) -> Text:
    """One number per row in the form that `form` names (see data-build/coverage.py); null where it is empty."""
    codes, vocabulary = form.coding()
    # All are written to end in the last column.
    cells = np.zeros((len(form), WIDEST), dtype=np.uint8)
    widths = np.zeros(len(form), dtype=np.int32)
    for code, name in enumerate(vocabulary.values):
        rows = np.flatnonzero(codes == code)
        if not len(rows) or not name:
            continue
        if "#" in name:
            width, head = len(name), np.frombuffer(name.rstrip("#").encode("ascii"), dtype=np.uint8)
            free = width - len(head)
            cells[rows, WIDEST - width : WIDEST - free] = head
            cells[rows, WIDEST - free :] = digit_matrix(serial_numbers(draw.take(rows), 10**free), free)
        else:
            written = _bytes_of(_written(name, draw, rows, group, province, social_security))
            width = written.shape[1]
            cells[rows, WIDEST - width :] = written
        widths[rows] = width
    body = cells[np.arange(WIDEST) >= (WIDEST - widths)[:, None]]
    offsets = np.concatenate((np.zeros(1, dtype=np.int32), np.cumsum(widths, dtype=np.int32)))
    validity = pa.py_buffer(np.packbits(widths > 0, bitorder="little"))
    return Text.plain(pa.StringArray.from_buffers(len(form), pa.py_buffer(offsets), pa.py_buffer(body), validity))


def _bytes_of(text: Text) -> NDArray[np.uint8]:
    """ASCII text of one width as a byte matrix (rows, width)."""
    array = text.arrow()
    _, offsets, body = array.buffers()
    first, last = np.frombuffer(offsets, dtype=np.int32)[[array.offset, array.offset + len(array)]]
    return np.frombuffer(body, dtype=np.uint8)[first:last].reshape(len(array), -1)


SPACES = {"MBI": MBI_SPACE, "KVNR": KVNR_SPACE, "NHS": NHS_SPACE, "BHYT": BHYT_SPACE}


def most_members(world: World) -> int | None:
    """How many patients of the country can have a number."""
    forms = world.tables("healthcare")["payers"]["number_format"].coding()[1].values
    return min((SPACES.get(form) or 10 ** form.count("#") for form in forms if form and form != "NIR"), default=None)


def _written(
    form: str, draw: Draw, rows: Ints, group: Text | None, province: Text | None, social_security: Text
) -> Text:
    if form == "NIR":
        return social_security.take(rows)
    if form not in SPACES:
        raise DataError("bad_table", f"there is no form of member numbers called {excerpt(form)}")
    numbers = serial_numbers(draw.take(rows), SPACES[form])
    if form == "MBI":
        return mbi(numbers)
    if form == "KVNR":
        return kvnr(numbers)
    if form == "NHS":
        return nhs_number(numbers)
    assert group is not None and province is not None
    return bhyt(numbers, group.take(rows), province.take(rows))


def coverage_fits(age: Ints, coverage_type: Text, insurance_policy_number: Text) -> Bools:
    holds: Bools = (coverage_type != "CHIP") | (age < 19)
    return holds & (coverage_type.isin(UNINSURED) == insurance_policy_number.is_null())


def medicare_fits(age: Ints, coverage_type: Text, employment: Text) -> Bools:
    held: Bools = ~coverage_type.isin(PROGRAMMES_OF_THE_OLD) | (age >= 65)
    return held | ((age >= 26) & (employment == "inactive"))
