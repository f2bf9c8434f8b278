"""Patients of 70 to 75, each with the primary doctor and the doctor's hospital."""

from random import Random

from datamimic_pack_common import DemographicConfig
from datamimic_pack_healthcare import PatientService

service = PatientService(dataset="US", demographic_config=DemographicConfig(age_min=70, age_max=75), rng=Random(1337))
for patient in service.generate_batch(count=10):
    doctor = patient.primary_doctor
    print(f"{patient.full_name}, {patient.age}: {', '.join(patient.conditions) or 'well'}")
    print(f"    {', '.join(patient.medications) or 'no medication'}")
    print(f"    {doctor.full_name}, {doctor.specialty}, {doctor.hospital.name}")
