"""Numbers of GS1 in its range for demonstrations: of parties (GLN) and of packages (SSCC), each unique in its world.

GS1 General Specifications: prefix 952 is for demonstrations and examples, and no number in it belongs to anybody.
"""

from __future__ import annotations

from datamimic import Permutation, Text, World
from datamimic.columns import Ints, digits
from datamimic_pack_ecommerce.generators.gtin import PREFIX, check_digit

PARTIES = 10**9
PACKAGES = 10**13
EXTENSION = 0
"""The digit before the prefix of an SSCC, which whoever packs may choose."""


def gln(parties: Ints, world: World) -> Text:
    """The location numbers, 13 digits, of the `parties` by their numbers."""
    item = Permutation(PARTIES, world.address("ecommerce.order", "gln")).forward(parties % PARTIES)
    stem = PREFIX * PARTIES + item
    return digits(stem * 10 + check_digit(stem), 13)


def sscc(rows: Ints, world: World) -> Text:
    """The serial shipping container codes, 18 digits, of the packages of orders."""
    item = Permutation(PACKAGES, world.address("ecommerce.order", "sscc")).forward(rows % PACKAGES)
    stem = (EXTENSION * 1000 + PREFIX) * PACKAGES + item
    return digits(stem * 10 + check_digit(stem), 18)
