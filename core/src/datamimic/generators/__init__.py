"""The generators that every pack can use: one file each, one column each."""

from datamimic.generators.constants import constant, copy_of, country_code
from datamimic.generators.dates import days_after, days_before
from datamimic.generators.identifiers import serial
from datamimic.generators.numbers import number, quantity
from datamimic.generators.tables import weighted

__all__ = [
    "constant",
    "copy_of",
    "country_code",
    "days_after",
    "days_before",
    "number",
    "quantity",
    "serial",
    "weighted",
]
