"""The generators that every pack can use: one file each, one column each."""

from datamimic.generators.constants import constant, country_code
from datamimic.generators.dates import days_after, days_before
from datamimic.generators.identifiers import serial
from datamimic.generators.limited import limited
from datamimic.generators.numbers import number, quantity
from datamimic.generators.reaching import copy_of, from_row, of_family, via
from datamimic.generators.tables import weighted
from datamimic.generators.values import choice, duration_between, random_bytes, random_uuid, time_between

__all__ = [
    "choice",
    "constant",
    "copy_of",
    "country_code",
    "days_after",
    "days_before",
    "duration_between",
    "from_row",
    "limited",
    "number",
    "of_family",
    "quantity",
    "random_bytes",
    "random_uuid",
    "serial",
    "time_between",
    "via",
    "weighted",
]
