"""French towns within a sentence."""

from __future__ import annotations

from datamimic_pack_common.people.letters import ascii_of


def of_city(value: str) -> str:
    """The French `de` in front of a town: `du Havre`, `des Ulis`, `d'Angers`, `de Lyon`."""
    if value.startswith("Le "):
        return "du " + value[3:]
    if value.startswith("Les "):
        return "des " + value[4:]
    plain = ascii_of(value)
    # An h is silent in front of e, i and y as a rule (d'Hyères), and counts as a consonant otherwise (de Ham).
    silent = plain[:1] in "AEIOUY" or plain[:2] in ("He", "Hi", "Hy")
    return ("d'" if silent else "de ") + value
