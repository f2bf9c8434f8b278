"""The hooks of the pack. Imports neither NumPy nor Arrow, so that listing packs stays fast."""

from __future__ import annotations

from importlib.metadata import version

from datamimic.plugin import DatasetSource, Meaning, Pack, hookimpl, read_meanings

_PACKAGE = "datamimic_pack_public_sector"


@hookimpl
def datamimic_pack() -> Pack:
    return Pack(
        "public_sector",
        version("datamimic-pack-public-sector"),
        "Public offices, schools and universities with teachers and pupils, police departments and their officers",
    )


@hookimpl
def datamimic_entities() -> list[str]:
    return [
        f"{_PACKAGE}.entities.administration_office:AdministrationOffice",
        f"{_PACKAGE}.entities.educational_institution:EducationalInstitution",
        f"{_PACKAGE}.entities.police_department:PoliceDepartment",
        f"{_PACKAGE}.entities.police_officer:PoliceOfficer",
        f"{_PACKAGE}.entities.pupil:Pupil",
        f"{_PACKAGE}.entities.teacher:Teacher",
    ]


@hookimpl
def datamimic_generators() -> list[str]:
    return []


@hookimpl
def datamimic_datasets() -> list[DatasetSource]:
    return [DatasetSource("public_sector", _PACKAGE)]


@hookimpl
def datamimic_meanings() -> tuple[Meaning, ...]:
    return read_meanings(_PACKAGE)
