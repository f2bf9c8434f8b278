"""FHIR R4: resources of the world's patients, their doctors and hospitals, alone and as bundles.

terms      systems of codes, and what resources are made of: codings, references, identifiers
ids        what the ids of resources are made of
people     Patient, Practitioner, PractitionerRole
places     Organization, Location
care       Encounter, Condition, Procedure, AllergyIntolerance, Immunization
drugs      MedicationRequest
findings   Observation, DiagnosticReport
payment    Coverage, Claim, ExplanationOfBenefit
bulk       each of them as NDJSON, one resource a line
bundle     all of a patient as one transaction
broken     what breaks resources

A resource of the patient is written for an item of a list of the record; `..patient_id` and `..profiles` are of the record
around it.
"""
