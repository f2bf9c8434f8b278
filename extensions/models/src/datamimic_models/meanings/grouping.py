"""Columns of a table that belong to one subject: one row of one entity that has them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, frozen

from datamimic import Meaning
from datamimic_models.meanings.catalogue import Catalogue
from datamimic_models.meanings.recognised import Recognition, Subject
from datamimic_models.meanings.words import vocabulary


@frozen
class Chosen:
    """The meaning of one column; `group` are words of its name that tell whose it is, `subjects` what they stand for."""

    column: str
    meaning: Meaning
    group: str
    subjects: tuple[str, ...]
    score: float
    evidence: tuple[str, ...]
    bare: bool = False
    """Whether its name says too little alone."""


def grouped(
    chosen: Iterable[Chosen], about: Sequence[str], catalogue: Catalogue
) -> tuple[Mapping[str, Recognition], Mapping[str, str]]:
    """The recognitions, and why columns were lost that no entity has."""
    chosen = _own(tuple(chosen), about, catalogue)
    groups: dict[str, list[Chosen]] = {}
    for each in chosen:
        groups.setdefault(each.group, []).append(each)
    columns: dict[str, Recognition] = {}
    lost: dict[str, str] = {}
    root = _best_subject(groups.get("", []), about, catalogue)
    for group, members in groups.items():
        left = list(members)
        if group and root is not None:
            # What a row of the table's own subject has under this word belongs to that row.
            within = _within(left, root, group, catalogue)
            columns |= within
            left = [each for each in left if each.column not in within]
        elif not group and root is not None:
            taken = _of(left, root, "", catalogue)
            columns |= taken
            left = [each for each in left if each.column not in taken]
        while left:
            said = left[0].subjects
            subject = _best_subject(left, said or (about if not group else ()), catalogue)
            taken = {} if subject is None else _of(left, subject, group, catalogue)
            if not taken:
                lost[left[0].column] = f"{left[0].meaning.name} is a field of no entity"
                left = left[1:]
            columns |= taken
            left = [each for each in left if each.column not in taken]
    order = {each.column: place for place, each in enumerate(chosen)}
    return {name: columns[name] for name in sorted(columns, key=order.__getitem__)}, lost


def _own(chosen: Sequence[Chosen], about: Sequence[str], catalogue: Catalogue) -> tuple[Chosen, ...]:
    """In a table of people, what is somebody's at work or at home is that of the row's person, unless the row has another."""
    if not any(catalogue.is_a(subject, "person") for subject in about):
        return tuple(chosen)
    taken = {each.meaning.name for each in chosen if not each.group}
    found = []
    for each in chosen:
        there = each.meaning.subject == "person" and each.group in vocabulary().places
        if there and each.meaning.name not in taken:
            taken.add(each.meaning.name)
            each = evolve(each, group="")
        found.append(each)
    return tuple(found)


def _best_subject(members: Sequence[Chosen], about: Sequence[str], catalogue: Catalogue) -> str | None:
    """The subject whose rows have the most of the columns; of those, one that the table is about, then the one that has the
    least besides."""
    if not members:
        return None
    mentioned = dict.fromkeys((*(each.meaning.subject for each in members), *about))
    possible = [subject for subject in mentioned if catalogue.entity(subject) is not None]
    scores = {
        subject: sum(catalogue.path(each.meaning, subject, each.group) is not None for each in members)
        for subject in possible
    }
    best = max(scores.values(), default=0)
    if best == 0:
        return None
    ties = [subject for subject in possible if scores[subject] == best]
    own = {each.meaning.subject for each in members}
    # A row of a patient is also a person's: where nothing but a person is asked for, a person is enough.
    return min(
        ties,
        key=lambda subject: (
            subject not in own,
            subject not in about,
            len(catalogue.held(subject)),
            possible.index(subject),
        ),
    )


def _of(members: Sequence[Chosen], subject: str, group: str, catalogue: Catalogue) -> dict[str, Recognition]:
    entity = catalogue.entity(subject)
    found: dict[str, Recognition] = {}
    if entity is not None:
        for each in members:
            path = catalogue.path(each.meaning, subject, each.group)
            if path is not None:
                found[each.column] = _recognition(each, Subject(entity, group), path)
    return found


def _within(members: Sequence[Chosen], root: str, group: str, catalogue: Catalogue) -> dict[str, Recognition]:
    """Columns that the root's row has under a word: the billing address of an order, the patient of an encounter."""
    entity = catalogue.entity(root)
    held = catalogue.held(root)
    words = group.split()
    found: dict[str, Recognition] = {}
    for each in members:
        ways = [held.get(f"{word} {each.meaning.subject}") for word in words]
        if not any(word in vocabulary().people for word in words):
            ways += [held[subject] for subject in each.subjects if subject in held and subject != root]
        if any(word in vocabulary().may_be_people for word in words) and catalogue.is_a("person", each.meaning.subject):
            # Who is billed, or sent something, is whom the row is of.
            ways.append(held.get(each.meaning.subject))
        # Words that tell whose it is speak of another row than the table's own.
        way = next((path for way in ways if way for path in way if path), None)
        if way is None or entity is None:
            continue
        subject = next((subject for subject in each.subjects if subject in held), each.meaning.subject)
        path = catalogue.path(each.meaning, subject)
        if path is not None:
            found[each.column] = _recognition(each, Subject(entity), ".".join(part for part in (way, path) if part))
    return found


def _recognition(chosen: Chosen, subject: Subject, path: str) -> Recognition:
    evidence = (*chosen.evidence, f"one {subject.entity} has {path}")
    return Recognition(chosen.column, chosen.meaning.name, subject, path, chosen.score, evidence)
