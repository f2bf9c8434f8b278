"""Patients, doctors, hospitals, encounters, records, devices and procedures that agree with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic_pack_healthcare.entities.doctor import Doctor as Doctor
    from datamimic_pack_healthcare.entities.doctor import DoctorService as DoctorService
    from datamimic_pack_healthcare.entities.encounter import Encounter as Encounter
    from datamimic_pack_healthcare.entities.encounter import EncounterService as EncounterService
    from datamimic_pack_healthcare.entities.hospital import Hospital as Hospital
    from datamimic_pack_healthcare.entities.hospital import HospitalService as HospitalService
    from datamimic_pack_healthcare.entities.medical_device import MedicalDevice as MedicalDevice
    from datamimic_pack_healthcare.entities.medical_device import MedicalDeviceService as MedicalDeviceService
    from datamimic_pack_healthcare.entities.medical_procedure import MedicalProcedure as MedicalProcedure
    from datamimic_pack_healthcare.entities.medical_procedure import MedicalProcedureService as MedicalProcedureService
    from datamimic_pack_healthcare.entities.medical_record import MedicalRecord as MedicalRecord
    from datamimic_pack_healthcare.entities.medical_record import MedicalRecordService as MedicalRecordService
    from datamimic_pack_healthcare.entities.patient import Patient as Patient
    from datamimic_pack_healthcare.entities.patient import PatientService as PatientService

_EXPORTS = {
    "Doctor": ".entities.doctor",
    "DoctorService": ".entities.doctor",
    "Encounter": ".entities.encounter",
    "EncounterService": ".entities.encounter",
    "Hospital": ".entities.hospital",
    "HospitalService": ".entities.hospital",
    "MedicalDevice": ".entities.medical_device",
    "MedicalDeviceService": ".entities.medical_device",
    "MedicalProcedure": ".entities.medical_procedure",
    "MedicalProcedureService": ".entities.medical_procedure",
    "MedicalRecord": ".entities.medical_record",
    "MedicalRecordService": ".entities.medical_record",
    "Patient": ".entities.patient",
    "PatientService": ".entities.patient",
}

__getattr__, __dir__, __all__ = lazy_exports(__name__, _EXPORTS)
