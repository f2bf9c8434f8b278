"""Many rows of every entity and country: no check is violated, none is skipped; a wrong cell is found and named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from sample_size import CHECKED

from datamimic import World, spec_of
from datamimic.checks.checking import check_batches, check_rows
from datamimic_pack_public_sector import (
    AdministrationOffice,
    EducationalInstitution,
    PoliceDepartment,
    PoliceOfficer,
    Pupil,
    Teacher,
)

COUNTRIES = ("US", "DE", "VN", "GB", "FR")
ENTITIES = (AdministrationOffice, EducationalInstitution, PoliceDepartment, PoliceOfficer, Pupil, Teacher)


@pytest.fixture(autouse=True)
def _strict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATAMIMIC_STRICT_DATASET", "1")


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("entity", ENTITIES)
def test_no_row_violates_a_check(entity: type, country: str) -> None:
    findings = check_rows(World("checks", country)[entity][0:CHECKED])
    assert len(findings) >= 2
    assert [finding for finding in findings if finding.violations or finding.skipped] == []


@pytest.mark.parametrize("clock", ["2016-06-30", "2025-01-01", "2025-03-01", "2034-12-31"])
@pytest.mark.parametrize("country", ["US", "DE", "VN"])
@pytest.mark.parametrize("entity", ENTITIES)
def test_checks_hold_at_other_clocks(entity: type, country: str, clock: str) -> None:
    findings = check_rows(World("clocks", country, clock)[entity][0:4_000])
    assert [finding for finding in findings if finding.violations or finding.skipped] == []


def _other(table: pa.Table, name: str, change: Callable[[Any], Any]) -> pa.Table:
    """The table with the first cell of a column changed."""
    values = table.column(name).to_pylist()
    values[0] = change(values[0])
    position = table.column_names.index(name)
    return table.set_column(position, table.schema.field(name), pa.array(values, type=table.schema.field(name).type))


def _first_hour(hours: Any) -> Any:
    return [(day, "17:00-08:00" if day == "Monday" else span) for day, span in hours]


FLIPS: list[tuple[type, str, Callable[[Any], Any], set[str]]] = [
    (PoliceOfficer, "years_of_service", lambda years: years + 1, {"service_counts_from_joining"}),
    (PoliceOfficer, "salary", lambda pay: pay * 100, {"salary_fits_rank"}),
    (PoliceOfficer, "languages", lambda spoken: [*spoken, spoken[0]], {"languages_are_distinct"}),
    (PoliceOfficer, "certifications", lambda held: held[:-1], {"certifications_agree"}),
    (AdministrationOffice, "annual_budget", lambda money: money + Decimal("0.01"), {"budget_is_sum_of_lines"}),
    (AdministrationOffice, "hours_of_operation", _first_hour, {"opening_hours_parse"}),
    (AdministrationOffice, "services", lambda offered: [*offered, "Cook County Assessor"], {"services_fit_kind"}),
    (AdministrationOffice, "founding_year", lambda year: 2099, {"founded_by_clock"}),
    (AdministrationOffice, "closed_on", lambda days: [*days, dt.date(1999, 1, 1)], {"closed_days_are_of_the_year"}),
    (AdministrationOffice, "email", lambda mail: "mayor@reno.gov", {"addresses_are_reserved"}),
    (EducationalInstitution, "student_count", lambda n: n + 1, {"enrolment_is_sum_of_grades"}),
    (EducationalInstitution, "age_to", lambda age: age + 1, {"type_fits_country"}),
    (EducationalInstitution, "programs", lambda offered: [*offered, "Alchemy (PhD)"], {"programs_fit_type"}),
    (EducationalInstitution, "name", lambda name: "Gymnasium am Markt", {"name_fits_type"}),
    (PoliceDepartment, "officer_count", lambda n: 0, {"has_officers", "type_fits_state"}),
    (PoliceDepartment, "level", lambda level: "Land", {"type_fits_state"}),
]


@pytest.mark.parametrize(("entity", "name", "change", "named"), FLIPS, ids=[f"{f[0].__name__}.{f[1]}" for f in FLIPS])
def test_one_wrong_cell_is_named(entity: type, name: str, change: Callable[[Any], Any], named: set[str]) -> None:
    world = World("flips", "US")
    table = _other(world[entity][0:300].to_arrow(), name, change)
    findings = check_batches(table.combine_chunks().to_batches(), spec_of(entity), world)
    broken = {finding.check: finding.samples for finding in findings if finding.violations}
    assert named <= set(broken), "and others that the row was near to break"
    assert len(broken) <= 3
    assert all(samples == [0] for samples in broken.values())
