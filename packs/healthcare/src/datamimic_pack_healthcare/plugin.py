"""The hooks of the pack. Imports neither NumPy nor Arrow, so that listing packs stays fast."""

from __future__ import annotations

from importlib.metadata import version

from datamimic.plugin import DatasetSource, Meaning, Pack, hookimpl, read_meanings

_PACKAGE = "datamimic_pack_healthcare"


@hookimpl
def datamimic_pack() -> Pack:
    return Pack(
        "healthcare", version("datamimic-pack-healthcare"), "Patients, doctors, hospitals, encounters and records"
    )


@hookimpl
def datamimic_entities() -> list[str]:
    return [
        f"{_PACKAGE}.entities.hospital:Hospital",
        f"{_PACKAGE}.entities.doctor:Doctor",
        f"{_PACKAGE}.entities.patient:Patient",
        f"{_PACKAGE}.entities.encounter:Encounter",
        f"{_PACKAGE}.entities.medical_record:MedicalRecord",
        f"{_PACKAGE}.entities.medical_device:MedicalDevice",
        f"{_PACKAGE}.entities.medical_procedure:MedicalProcedure",
    ]


@hookimpl
def datamimic_generators() -> list[str]:
    return [
        f"{_PACKAGE}.generators.providers:NpiGenerator",
        f"{_PACKAGE}.generators.providers:DeaNumberGenerator",
        f"{_PACKAGE}.generators.providers:LanrGenerator",
        f"{_PACKAGE}.generators.members:MbiGenerator",
        f"{_PACKAGE}.generators.members:KvnrGenerator",
    ]


@hookimpl
def datamimic_datasets() -> list[DatasetSource]:
    return [DatasetSource("healthcare", _PACKAGE)]


@hookimpl
def datamimic_meanings() -> tuple[Meaning, ...]:
    return read_meanings(_PACKAGE)
