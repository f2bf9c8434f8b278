"""`recognise`: what the columns of a table mean, by their names, types and comments, by the table's name and by each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import evolve, frozen

from datamimic import Meaning, Registry, installed_packs
from datamimic_models.meanings.candidates import Candidate, candidates
from datamimic_models.meanings.catalogue import Catalogue
from datamimic_models.meanings.examples import Examples
from datamimic_models.meanings.fits import fit
from datamimic_models.meanings.grouping import Chosen, grouped
from datamimic_models.meanings.languages import languages_of, told_by
from datamimic_models.meanings.neighbours import by_neighbours, lonely
from datamimic_models.meanings.recognised import Recognised
from datamimic_models.meanings.words import key, split, table_words
from datamimic_models.model import Column, Model, Table

LEAST: float = 0.55
_SHORTEST_SURE = 4
_BEFORE = {"address.house_number": "address.street"}
"""Meaning -> the one that, where it stands just before, makes a name sure that says too little alone."""
_ANYWHERE = ("person", "address", "company")
"""Subjects of which a column may be in any table, whatever word stands before it."""
_LANGUAGES = ("en", "de", "fr", "es", "pt", "vi", "ja")


@frozen
class _About:
    """What is known of a table: the subjects that it is about, whether its own name says so, the languages of its names."""

    words: tuple[str, ...]
    subjects: tuple[str, ...]
    named: bool
    languages: frozenset[str]


def recognise(
    table: Table, model: Model | None = None, locale: str | None = None, *, packs: Registry | None = None
) -> Recognised:
    """What the columns of a table mean. `locale` (`de_DE`) is the language that names are also in, beside English and those
    that the names themselves show; without it that of the table, or the model. Keys, and columns with a rule, mean nothing."""
    packs = packs or installed_packs()
    catalogue = Catalogue.of(packs)
    spoken = frozenset[str]() if model is None else languages_of(_named(model), catalogue)
    locale = locale or table.locale or (model.locale if model is not None else "en_US")
    about = _about(table, locale, spoken, catalogue)
    examples = Examples(packs, locale)
    keys = _keys(table, model)
    own = _own_text_key(table, keys)
    keys = {name: why for name, why in keys.items() if name not in own}
    chosen: list[Chosen] = []
    others: dict[str, str] = {}
    for column in table.columns:
        if column.name in keys:
            others[column.name] = keys[column.name]
        elif column.rule is not None or column.conditional_rules:
            others[column.name] = "it has a rule"
        else:
            found = _best(column, table, about, catalogue, examples, chosen[-1] if chosen else None)
            if isinstance(found, str):
                others[column.name] = found
            elif column.name in own and not found.meaning.distinct:
                others[column.name] = own[column.name]
            else:
                chosen.append(found)
    kept = by_neighbours(chosen, catalogue)
    if not any(catalogue.is_a(each, "address") or "address" in catalogue.held(each) for each in about.subjects):
        others |= {each.column: f"nothing beside it is of an {each.meaning.subject}" for each in lonely(kept)}
        kept = [each for each in kept if each.column not in others]
    columns, lost = grouped(kept, about.subjects, catalogue)
    return Recognised(table.name, columns, {**others, **lost}, about.subjects)


def _keys(table: Table, model: Model | None) -> dict[str, str]:
    found = {name: f"a reference to {key_.parent_table}" for key_ in table.foreign_keys for name in key_.columns}
    for name in table.primary_key:
        found.setdefault(name, "the key of the table")
    for other in model.tables if model is not None else ():
        for key_ in other.foreign_keys:
            if key_.parent_table == table.name:
                for name in key_.parent_columns:
                    found.setdefault(name, f"a key that {other.name} refers to")
    return found


def _own_text_key(table: Table, keys: Mapping[str, str]) -> dict[str, str]:
    """The column of text that alone is the key, and no reference: an IBAN is one in a key, too."""
    texts = [each.name for each in table.columns if each.type.name == "str" and table.primary_key == (each.name,)]
    referring = {name for key_ in table.foreign_keys for name in key_.columns}
    return {name: keys[name] for name in texts if name not in referring}


def _about(table: Table, locale: str, spoken: frozenset[str], catalogue: Catalogue) -> _About:
    whole = split(table.name.rpartition(".")[2])
    words = whole if catalogue.subjects_named(whole) else table_words(table.name)
    read = {column.name: candidates(column.name, words, catalogue) for column in table.columns}
    languages = spoken | _languages(read.values(), locale)
    subjects = _subjects_of(words, catalogue)
    votes = Counter(
        name.meaning.subject
        for found in read.values()
        for name in {
            each.name.meaning.subject: each.name for each in found if not each.name.bare and each.score > 0.9
        }.values()
    )
    if not subjects:
        common = [subject for subject, count in votes.most_common() if count > 1 and subject in ("person", "company")]
        return _About(words, tuple(common[:1]), False, languages)
    # Of several subjects that the name can stand for, the one that most columns speak of.
    order = sorted(subjects, key=lambda subject: (-votes[subject], subjects.index(subject)))
    return _About(words, tuple(order), True, languages)


def _subjects_of(words: tuple[str, ...], catalogue: Catalogue) -> tuple[str, ...]:
    """By the whole name, else by its last words, as English and German have it, else by its first."""
    whole = catalogue.subjects_named(words)
    if whole or len(words) < 2:
        return whole
    for size in range(len(words) - 1, 0, -1):
        if found := catalogue.subjects_named(words[-size:]):
            return found
    for size in range(len(words) - 1, 0, -1):
        if found := catalogue.subjects_named(words[:size]):
            return found
    return ()


def _languages(read: Iterable[tuple[Candidate, ...]], locale: str) -> frozenset[str]:
    """English, that of the locale, and those that only explain longer names of columns."""
    votes = Counter(language for found in read for language in told_by(found))
    return frozenset({"en", locale[:2], *(language for language, count in votes.items() if count > 1)})


def _named(model: Model) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((table.name, tuple(column.name for column in table.columns)) for table in model.tables)


def _best(
    column: Column, table: Table, about: _About, catalogue: Catalogue, examples: Examples, before: Chosen | None
) -> Chosen | str:
    """The best reading of a column that its values fit; or why there is none. `before` is what stands before it."""
    if column.means is not None:
        return _said(column, catalogue)
    reasons: list[str] = []
    found: list[Chosen] = []
    for candidate in candidates(column.name, about.words, catalogue):
        weighed = _weighed(candidate, column, about, catalogue, before)
        if weighed is None:
            continue
        fits = fit(candidate.name.meaning, column, table, examples)
        if isinstance(fits, str):
            reasons.append(f"{candidate.name.meaning.name} does not fit: {fits}")
        elif weighed.score * fits.score >= LEAST:
            found.append(evolve(weighed, score=weighed.score * fits.score, evidence=(*weighed.evidence, fits.how)))
    if not found:
        return reasons[0] if reasons else "no meaning has such a name"
    return max(found, key=lambda each: each.score)


def _weighed(
    candidate: Candidate, column: Column, about: _About, catalogue: Catalogue, before: Chosen | None
) -> Chosen | None:
    """A reading with its score in this table; None for one that does not count here."""
    name = candidate.name
    meaning = name.meaning
    around = {*about.words, *split(column.name)}
    if around & set(meaning.forbidden_by):
        return None
    spoken = about.languages & name.languages
    if not spoken and (len(key(split(name.text))) < _SHORTEST_SURE or name.bare):
        return None
    if candidate.misspelt and not spoken:
        return None
    near = _nearness(meaning, candidate.subjects, about, catalogue)
    if candidate.also_person and catalogue.is_a("person", meaning.subject):
        near = min(near, 1)
    if candidate.vague and near > 2 and meaning.subject not in _ANYWHERE:
        return None
    follows = before is not None and before.meaning.name == _BEFORE.get(meaning.name)
    if name.bare and near > 1 and not follows:
        return None
    score = (
        candidate.score - (0.0 if spoken else 0.05) - (0.03 if name.bare else 0.0) - (0.0, 0.01, 0.03, 0.06, 0.16)[near]
    )
    score += 0.05 * bool(around & set(meaning.favoured_by))
    score -= 0.02 * (near == 4 and meaning.subject == "person")
    if column.comment:
        score += 0.03 * bool(set(split(column.comment)) & set(split(meaning.summary)) - {"of", "the", "a"})
    language = min(spoken or name.languages, key=_LANGUAGES.index if set(name.languages) <= set(_LANGUAGES) else str)
    evidence = [
        f"name {column.name!r} says {name.text!r}: {meaning.summary or meaning.name} ({_NAMES.get(language, language)})"
    ]
    evidence += candidate.said
    if near <= 1 and about.subjects and not candidate.subjects:
        evidence.append(
            f"the table is about a {about.subjects[0]}"
            if about.named
            else f"other columns are of a {about.subjects[0]}"
        )
    return Chosen(
        column.name,
        meaning,
        column.of or candidate.group,
        candidate.subjects,
        max(score, 0.0),
        tuple(evidence),
        name.bare,
    )


def _nearness(meaning: Meaning, said: tuple[str, ...], about: _About, catalogue: Catalogue) -> int:
    """How near a meaning is to what the column's own words, or else the table, are about: 0 of the same subject, 1 of a more
    general one, 2 of what such a row has, 3 nothing is known, 4 of another."""
    subject = meaning.subject
    for subjects in (said, about.subjects):
        if not subjects:
            continue
        if subject in subjects:
            # The second that a name can stand for is less likely than the first.
            return 0 if subject == subjects[0] or subjects is said else 1
        if any(catalogue.is_a(each, subject) for each in subjects):
            return 1
        if any(catalogue.has_itself(each, meaning) or subject in catalogue.held(each) for each in subjects):
            return 2
        return 4
    return 3


_NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "vi": "Vietnamese",
    "ja": "Japanese",
}  # fmt: skip


def _said(column: Column, catalogue: Catalogue) -> Chosen | str:
    """The meaning that the author names: `person.given_name`, or the field of an entity."""
    said = column.means or ""
    meaning = catalogue.meanings.get(said) or next(
        (each for each in catalogue.meanings.values() if said in each.fields and each.part is None), None
    )
    if meaning is None:
        return f"no meaning is {said}"
    return Chosen(column.name, meaning, column.of or "", (), 1.0, ("the model says so",))
