from datamimic.formats.documents import document, each, of, only_with, together, under

patient = document(
    {
        "resourceType": "Patient",
        "id": of("patient_id"),
        "name": [{"family": of("family_name"), "given": [of("given_name")]}],
        "identifier": each("identifiers", document({"system": of("system"), "value": of("value")})),
        "generalPractitioner": [
            only_with("doctor_id", document({"reference": together("Practitioner/", of("doctor_id"))}))
        ],
    }
)
bundle = document({"resourceType": "Bundle", "entry": [{"resource": under("patient", patient)}]})
read = {"patient_id", "family_name", "given_name", "identifiers", "doctor_id"}
assert patient.reads() == read and bundle.reads() == {f"patient.{name}" for name in read}
