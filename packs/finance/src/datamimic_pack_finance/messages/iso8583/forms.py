"""How fields are written in the versions of ISO 8583; only fields that are used here."""

from __future__ import annotations

from typing import Final

OF_1987: Final = {
    2: "n..19", 3: "n6", 4: "n12", 6: "n12", 7: "n10", 10: "n8", 11: "n6", 12: "n6", 13: "n4", 14: "n4", 15: "n4", 18: "n4",
    19: "n3", 22: "n3", 25: "n2", 32: "n..11", 35: "z..37", 37: "an12", 38: "an6", 39: "an2", 41: "ans8", 42: "ans15",
    43: "ans40", 44: "ans..25", 49: "n3", 51: "n3", 90: "n42",
}  # fmt: skip
OF_1993: Final = {
    2: "n..19", 3: "n6", 4: "n12", 6: "n12", 7: "n10", 10: "n8", 11: "n6", 12: "n12", 14: "n4", 15: "n6", 19: "n3", 22: "an12",
    24: "n3", 25: "n4", 26: "n4", 30: "n24", 31: "ans..99", 32: "n..11", 35: "z..37", 37: "an12", 38: "an6", 39: "n3",
    41: "ans8", 42: "ans15", 43: "ans..99", 44: "ans..99", 49: "n3", 51: "n3", 56: "n..35",
}  # fmt: skip
