"""Parts of segments: moments, names, numbers with who gave them, places, codes with their systems."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from datamimic.formats.documents import HL7, Piece, compact, named, of, together

AUTHORITY: Final = "DATAMIMIC"
"""Who gives the numbers of a world."""
SEX: Final = named({"male": "M", "female": "F"}, "O")
"""HL7 table 0001."""
MARITAL_STATUS: Final = named(
    {"single": "S", "married": "M", "divorced": "D", "widowed": "W", "separated": "A", "cohabiting": "G"}, "U"
)
"""HL7 table 0002."""
RELATIONSHIP: Final = named(
    {
        "mother": "MTH", "father": "FTH", "grandmother": "GRP", "guardian": "GRD", "sister": "SIS", "brother": "BRO",
        "spouse": "SPO", "partner": "DOM", "daughter": "CHD", "son": "CHD", "friend": "FND",
    },
    "OTH",
)  # fmt: skip
"""HL7 table 0063."""
PATIENT_CLASS: Final = named({"AMB": "O", "EMER": "E", "IMP": "I"})
"""HL7 table 0004."""
ALLERGY_TYPE: Final = named({"drug": "DA", "food": "FA", "environment": "EA"}, "MA")
"""HL7 table 0127."""


def utc(column: pa.Array) -> pa.Array:
    """Moments as `20250131093000+0000`."""
    return pc.binary_join_element_wise(compact(column), "+0000", "")


def state(column: pa.Array) -> pa.Array:
    """The part of an ISO 3166-2 code that follows the country."""
    return pc.replace_substring_regex(column, "^[A-Z]{2}-", "")


def number(path: str, kind: str, authority: str = AUTHORITY) -> Piece:
    """A number, who gave it, and its kind (HL7 table 0203)."""
    return HL7.components(of(path), None, None, authority, kind)


def code(value: str, text: str, system: Piece | str) -> Piece:
    """A code at a path with its text and its system (HL7 table 0396)."""
    return HL7.components(of(value), of(text), system)


def doctor(visit: str) -> Piece:
    """The doctor of a visit, by the world's number and, where there is one, by the country's."""
    names = of(f"{visit}doctor_family_name"), of(f"{visit}doctor_given_name")
    own = HL7.components(
        of(f"{visit}doctor_id"), *names, None, None, None, None, None, AUTHORITY, "L", None, None, "PRN"
    )
    kind = of(f"{visit}doctor_number_type")
    registered = HL7.components(
        of(f"{visit}doctor_number"), *names, None, None, None, None, None, kind, "L", None, None, kind
    )
    return together(own, together("~", registered))


def place(visit: str, first: bool = False) -> Piece:
    """Where the patient lies, in the end or at `first`: unit, room, bed, hospital."""
    unit, room, bed = (of(f"{visit}{'first_' if first else ''}{name}") for name in ("unit", "room", "bed"))
    return HL7.components(unit, room, bed, of(f"{visit}hospital_id"))
