from datamimic.formats.documents import HL7, X12, Segments, of

patient = HL7.segment("PID", "1", None, HL7.components(of("patient_id"), None, None, "MR"), None, of("family_name"))
claim = X12.segment("CLM", of("claim_id"), of("amount"))
assert patient.reads() | claim.reads() == {"patient_id", "family_name", "claim_id", "amount"}

tradacoms = Segments("+", ":", "'\r\n", (("?", "??"), ("+", "?+"), (":", "?:"), ("'", "?'")))
assert tradacoms.segment("END", of("count")).reads() == {"count"}
