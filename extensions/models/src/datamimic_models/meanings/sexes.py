"""Choices that are sexes, or forms of address that tell them, in the languages of the meanings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

SEXES: Final = ("female", "male", "other")
_FEMALE: Final = (
    "female f woman w frau weiblich mrs ms miss madam femme mme mlle madame mujer femenino sra srta senora mulher "
    "feminino senhora nu ba chi co josei onna smt kumari fraeulein"
)
_MALE: Final = (
    "male m man mann herr maennlich mannlich mr sir homme h monsieur hombre masculino masculin sr senor homem senhor "
    "nam ong anh dansei otoko shri"
)
_OTHER: Final = "other o x divers d mx diverse nonbinary unknown u none andere autre otro outro khac keine unspecified"
_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "female": frozenset(_FEMALE.split()),
    "male": frozenset(_MALE.split()),
    "other": frozenset(_OTHER.split()),
}
_PLAIN: Final = str.maketrans("áàâãéèêíóôõúüñçữôạăơư", "aaaaeeeiooouuncuoaaou")


def choices_by_sex(choices: Iterable[str]) -> Mapping[str, str] | None:
    """Sex -> the choice that stands for it; None where a choice stands for none, or the first two sexes have none."""
    found: dict[str, str] = {}
    for choice in choices:
        word = choice.casefold().replace("ä", "ae").replace(".", "").replace("-", "").strip().translate(_PLAIN)
        sex = next((each for each in SEXES if word in _WORDS[each]), None)
        if sex is None:
            return None
        found.setdefault(sex, choice)
    return found if set(SEXES[:2]) <= set(found) else None
