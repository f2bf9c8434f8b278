"""Every check of every entity: none violated in many rows of a country, none blind to a spoilt file."""

import pyarrow as pa
import pytest
from sample_size import CHECKED

from datamimic import World
from datamimic.checks.checking import check_batches, check_rows

ENTITIES = ("hospital", "doctor", "patient", "encounter", "medical_device", "medical_procedure", "medical_record")
COMPLETE = ("US", "DE", "VN")


@pytest.mark.parametrize("country", COMPLETE)
@pytest.mark.parametrize("entity", ENTITIES)
def test_no_check_is_violated_in_many_rows(entity, country):
    world = World("coherence", country, strict=True)
    findings = check_rows(world[f"healthcare.{entity}"][0:CHECKED])
    assert len(findings) >= 3
    assert {f.check: (f.violations, f.samples) for f in findings if f.violations or f.skipped} == {}


@pytest.mark.parametrize("country", ["GB", "FR"])
@pytest.mark.parametrize("entity", ENTITIES)
def test_no_check_is_violated_elsewhere(entity, country):
    world = World("coherence", country, strict=True)
    findings = check_rows(world[f"healthcare.{entity}"][0:20_000])
    assert {f.check: (f.violations, f.samples) for f in findings if f.violations or f.skipped} == {}


@pytest.mark.parametrize("clock", ["2005-06-30", "2019-03-31T23:30:00Z", "2028-02-29"])
def test_checks_hold_at_other_clocks(clock):
    for country in ("DE", "VN"):
        world = World(3, country, clock, strict=True)
        for entity in ENTITIES:
            assert [f for f in check_rows(world[f"healthcare.{entity}"][0:10_000]) if f.violations] == [], entity


def findings_of(table, entity, world):
    spec = world.spec(f"healthcare.{entity}")
    return {f.check: f.violations for f in check_batches(table.to_batches(), spec, world) if f.violations}


@pytest.mark.parametrize("entity", ENTITIES)
def test_a_file_of_ours_passes(entity):
    world = World("file", "US")
    assert findings_of(world[f"healthcare.{entity}"][0:3_000].to_arrow(), entity, world) == {}


def spoilt(table, column, row, value):
    values = table[column].to_pylist()
    values[row] = value
    array = pa.array(values, type=pa.string() if isinstance(value, str) else None)
    return table.set_column(table.schema.get_field_index(column), column, array)


@pytest.mark.parametrize(
    ("column", "value", "named"),
    [
        ("conditions", ["Prostate Cancer"], "conditions_fit_age_and_sex"),
        ("conditions", ["Type 1 Diabetes", "Type 2 Diabetes"], "conditions_go_together"),
        ("condition_codes", ["X99"], "codes_of_conditions"),
        ("medications", ["Donepezil", "Donepezil"], "drugs_are_indicated"),
        ("medications", ["No such drug"], "drugs_are_safe"),
        ("allergies", ["Latex", "Latex"], "allergies_are_distinct"),
        ("coverage_type", "CHIP", "coverage_fits"),
    ],
)
def test_a_flipped_cell_is_named(column, value, named):
    world = World("spoilt", "US")
    table = world["healthcare.patient"][0:500].to_arrow()
    ages, genders = table["age"].to_pylist(), table["gender"].to_pylist()
    row = next(k for k in range(500) if ages[k] > 24 and genders[k] == "female" and not table["conditions"][k].as_py())
    found = findings_of(spoilt(table, column, row, value), "patient", world)
    assert found.get(named) == 1


@pytest.mark.parametrize(
    ("entity", "column", "value", "named"),
    [
        ("hospital", "bed_count", 99_999, "beds_fit_type"),
        ("hospital", "services", ["Car Wash"], "services_fit_departments"),
        ("doctor", "license_number", "ZZ-000000", "license_of_state"),
        ("doctor", "certifications", ["Certificate of nothing"], "certificates_fit_specialty"),
        ("doctor", "graduation_year", 1900, "training_fits_age"),
        ("encounter", "department", "Canteen", "department_of_specialty"),
        ("encounter", "reason_code", "X99", "code_of_reason"),
        ("medical_device", "serial_number", "XX1900-000000", "serial_names_year"),
        ("medical_procedure", "procedure_code", "MP-X999", "procedure_of_list"),
    ],
)
def test_flipped_cells_of_the_others_are_named(entity, column, value, named):
    world = World("spoilt", "US")
    table = world[f"healthcare.{entity}"][0:200].to_arrow()
    assert findings_of(spoilt(table, column, 7, value), entity, world).get(named) == 1
