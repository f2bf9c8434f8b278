"""MedicationRequest: the drugs of a record, with doses and times that a program reads where they are regular."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from datamimic.formats.documents import Piece, document, of, together
from datamimic_pack_healthcare.messages.fhir.ids import own_id
from datamimic_pack_healthcare.messages.fhir.terms import (
    condition,
    mapped,
    patient,
    profiled,
    quantity,
    reference,
)

TIMES: Final = {
    "once daily": (1, 1, "d"), "twice daily": (2, 1, "d"), "three times daily": (3, 1, "d"), "four times daily": (4, 1, "d"),
    "at night": (1, 1, "d"), "once weekly": (1, 1, "wk"), "three times weekly": (3, 1, "wk"), "every 2 weeks": (1, 2, "wk"),
    "every 3 weeks": (1, 3, "wk"), "every 4 weeks": (1, 4, "wk"), "every 8 weeks": (1, 8, "wk"), "every 3 months": (1, 3, "mo"),
    "every 6 months": (1, 6, "mo"), "once daily for 21 of 28 days": (1, 1, "d"),
}  # fmt: skip
"""How often, in how many of which units of time."""
WHEN: Final = {"at night": "NIGHT", "with meals": "C"}
AMOUNT: Final = r"^(?P<value>[0-9]+(?:\.[0-9]+)?) (?P<unit>mg|g|mcg|µg)$"
"""Of one substance; what holds two, or is counted in tablets and units, is text only."""


def medication_request() -> Piece:
    """A drug that the patient takes, or took."""
    return document(
        {
            "resourceType": "MedicationRequest",
            "id": own_id("MedicationRequest"),
            "meta": profiled("medicationrequest"),
            "status": of("status"),
            "intent": "order",
            "medicationCodeableConcept": {"text": of("medication")},
            "subject": patient(),
            "authoredOn": of("start"),
            "requester": reference("Practitioner", of("..primary_doctor_id")),
            "reasonCode": [{"text": of("indication")}],
            "reasonReference": [condition("condition_code")],
            "dosageInstruction": [
                {
                    "text": together(of("dose"), ", ", of("frequency")),
                    "timing": {
                        "repeat": {
                            "count": of("frequency_en", mapped({"single dose": 1}, pa.int64())),
                            "frequency": _time(0, pa.int64()),
                            "period": _time(1, pa.int64()),
                            "periodUnit": _time(2, pa.string()),
                            "when": [of("frequency_en", mapped(WHEN, pa.string()))],
                        },
                        "code": {"text": of("frequency")},
                    },
                    "asNeededBoolean": of("frequency_en", mapped({"as needed": True}, pa.bool_())),
                    "route": {"text": of("route")},
                    "doseAndRate": [
                        {"doseQuantity": quantity(of("dose", _value), of("dose", _unit))},
                    ],
                }
            ],
        }
    )


def _time(place: int, kind: pa.DataType) -> Piece:
    return of("frequency_en", mapped({name: parts[place] for name, parts in TIMES.items()}, kind))


def _value(column: pa.Array) -> pa.Array:
    return pc.struct_field(pc.extract_regex(column, AMOUNT), "value").cast(pa.float64())


def _unit(column: pa.Array) -> pa.Array:
    unit = pc.struct_field(pc.extract_regex(column, AMOUNT), "unit")
    return pc.replace_substring_regex(unit, "^(mcg|µg)$", "ug")
