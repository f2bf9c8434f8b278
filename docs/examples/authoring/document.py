from datamimic.formats.documents import document, each, of

patient = document(
    {
        "resourceType": "Patient",
        "id": of("patient_id"),
        "name": [{"family": of("family_name"), "given": [of("given_name")]}],
        "birthDate": of("birth_date"),
        "identifier": each("identifiers", document({"system": of("system"), "value": of("value")})),
    }
)
assert patient.reads() == {"patient_id", "family_name", "given_name", "birth_date", "identifiers"}
