"""Models of the XML language, run as the described product does in tests and scripts."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest
from datamimic_bridge.domains.common.models.demographic_config import DemographicConfig
from datamimic_bridge.domains.healthcare.services import DoctorService, PatientService

from datamimic import DatamimicError
from datamimic_bridge.data_mimic_test import DataMimicTest
from datamimic_bridge.datamimic import DataMimic

SENIORS = """<setup>
  <generate name="seeded_seniors" count="3" target="CSV">
    <variable name="patient" entity="Patient" dataset="US" ageMin="70" ageMax="75" rngSeed="1337" />
    <key name="full_name" script="patient.full_name" />
    <key name="age" script="patient.age" />
    <array name="conditions" script="patient.conditions" />
  </generate>
</setup>
"""
DOCTORS = """<setup>
  <generate name="seeded_doctors" count="3" target="CSV">
    <variable name="doc" entity="Doctor" dataset="US" ageMin="30" ageMax="45" rngSeed="1234" />
    <key name="full_name" script="doc.full_name" />
    <key name="age" script="doc.age" />
    <array name="certifications" script="doc.certifications" />
  </generate>
</setup>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pytest.importorskip("datamimic_models.xml")
    (tmp_path / "seniors.xml").write_text(SENIORS)
    (tmp_path / "doctors.xml").write_text(DOCTORS)
    return tmp_path


def test_xml_and_python_give_the_same_values(folder: Path) -> None:
    engine = DataMimicTest(folder, "seniors.xml", capture_test_result=True)
    engine.test_with_timer()
    config = DemographicConfig(age_min=70, age_max=75)
    patients = PatientService(dataset="US", demographic_config=config, rng=Random(1337)).generate_batch(3)
    assert engine.capture_result() == {
        "seeded_seniors": [
            {"full_name": each.full_name, "age": each.age, "conditions": list(each.conditions)} for each in patients
        ]
    }
    assert engine.task_id and sorted(each.name for each in folder.iterdir()) == ["doctors.xml", "seniors.xml"]
    doctors = DataMimicTest(folder, "doctors.xml", capture_test_result=True)
    doctors.test_with_timer()
    config = DemographicConfig(age_min=30, age_max=45)
    expected = DoctorService(dataset="US", demographic_config=config, rng=Random(1234)).generate_batch(3)
    assert [each["full_name"] for each in doctors.capture_result()["seeded_doctors"]] == [d.full_name for d in expected]


def test_files_come_beside_the_model(folder: Path) -> None:
    engine = DataMimic(folder / "seniors.xml", task_id="one")
    engine.parse_and_execute()
    made = [each.relative_to(folder) for each in (folder / "output" / "one").rglob("*.csv")]
    assert [each.name for each in made] == ["seeded_seniors.csv"] and engine.output == folder / "output" / "one"
    with pytest.raises(ValueError, match="test_mode"):
        engine.capture_test_result()


def test_what_cannot_be_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="capture_test_result"):
        DataMimicTest(folder, "seniors.xml").capture_result()
    with pytest.raises(ValueError, match="parse_and_execute"):
        DataMimicTest(folder, "seniors.xml", capture_test_result=True).capture_result()
    with pytest.raises(DatamimicError, match="platform_props"):
        DataMimic(folder / "seniors.xml", platform_props={"a": 1})
    with pytest.raises(DatamimicError):
        DataMimic(folder / "nothing.xml").parse_and_execute()
    (folder / "wrong.xml").write_text("<setup><generat/></setup>")
    with pytest.raises(DatamimicError):
        DataMimic(folder / "wrong.xml").parse_and_execute()
    assert not (folder / "output").exists()
    monkeypatch.setitem(sys.modules, "datamimic_models.xml", None)
    with pytest.raises(DatamimicError) as error:
        DataMimic(folder / "seniors.xml").parse_and_execute()
    assert error.value.code == "missing_dependency"
