from datamimic.formats.documents import document, each, of, together, under

patient = document(
    {
        "resourceType": "Patient",
        "id": of("patient_id"),
        "name": [{"family": of("family_name"), "given": [of("given_name")]}],
        "identifier": each("identifiers", document({"system": of("system"), "value": of("value")})),
        "generalPractitioner": [{"reference": together("Practitioner/", of("primary_doctor_id"))}],
    }
)
bundle = document({"resourceType": "Bundle", "entry": [{"resource": under("patient", patient)}]})
read = {"patient_id", "family_name", "given_name", "identifiers", "primary_doctor_id"}
assert patient.reads() == read and bundle.reads() == {f"patient.{name}" for name in read}
