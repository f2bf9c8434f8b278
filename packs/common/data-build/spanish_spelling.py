"""The written accents that INE's tables, in capitals, leave out."""

from __future__ import annotations

import re
from pathlib import Path

PLAIN = str.maketrans("áéíóúÁÉÍÓÚàèìòùÀÈ", "aeiouAEIOUaeiouAE")
WORDS = (Path(__file__).parent / "sources" / "spanish_accents.txt").read_text(encoding="utf-8").partition("\n")[2]
ACCENTED = {word.translate(PLAIN): word for word in WORDS.split()}
IN_EZ = re.compile(r"^(.*?)([aeiou])((?:[bcdfghjklmnñpqrstvxyz]|(?<=[gq])u)*)(ez)$")
TO_ACUTE = dict(zip("aeiou", "áéíóú", strict=True))


def with_accents(name: str) -> str:
    """`Maria del Carmen` → `María del Carmen`, `Gonzalez` → `González`; words not known stay as they are."""
    return " ".join(_word(word) for word in name.split(" "))


def _word(word: str) -> str:
    if word in ACCENTED:
        return ACCENTED[word]
    if (match := IN_EZ.fullmatch(word.lower())) and word not in {"Diez", "Jerez"}:
        accented = f"{match[1]}{TO_ACUTE[match[2]]}{match[3]}{match[4]}"
        return accented[:1].upper() + accented[1:]
    return word
