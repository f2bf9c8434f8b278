"""What columns mean because of those beside them."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from datamimic_models.meanings.catalogue import Catalogue
from datamimic_models.meanings.grouping import Chosen
from datamimic_models.meanings.words import key, split, vocabulary

_OTHER_HALF = {"person.given_name": "person.family_name", "person.family_name": "person.given_name"}

_FAMILY_NAMES = ("person.first_family_name", "person.second_family_name")


def by_neighbours(chosen: Sequence[Chosen], catalogue: Catalogue) -> list[Chosen]:
    """A `name` beside a given name is the family name (`nom`, `prenom`), beside a family name the given name (`nombre`,
    `apellidos`)."""
    found: list[Chosen] = []
    for each in chosen:
        if each.meaning.name == "person.full_name" and each.bare:
            beside = {other.meaning.name for other in chosen if other.group == each.group}
            beside |= {"person.family_name" for name in beside if name in _FAMILY_NAMES}
            halves = [half for half, other in _OTHER_HALF.items() if other in beside and half not in beside]
            if halves and halves[0] in catalogue.meanings:
                meaning = catalogue.meanings[halves[0]]
                said = (
                    f"beside a {_OTHER_HALF[halves[0]].partition('.')[2].replace('_', ' ')} it is the {meaning.summary}"
                )
                found.append(evolve(each, meaning=meaning, evidence=(said, *each.evidence)))
                continue
        found.append(each)
    return found


def lonely(chosen: Sequence[Chosen]) -> list[Chosen]:
    """Names that mean a part of an address only where another part of it stands beside them: the `state` of a task is none."""
    return [
        each
        for each in chosen
        if key(split(each.column)) in vocabulary().beside
        and not any(other.meaning.subject == each.meaning.subject and other is not each for other in chosen)
    ]
