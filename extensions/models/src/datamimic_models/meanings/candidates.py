"""What the name of one column can mean: every way to read it as a name of a meaning and words around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from attrs import evolve, field, frozen

from datamimic_models.meanings.catalogue import Catalogue, Name
from datamimic_models.meanings.words import key, singulars, split, telling, vocabulary

_LEAST_PART = 3
_LEAST_FUZZY = 6
_KEYS = frozenset({"id", "ids", "key", "uuid", "guid", "pk", "fk", "oid"})


@frozen
class Candidate:
    """A reading: `name` is what was found in the column's name, `group` whose it is, `subjects` the subjects that words of it
    stand for, `score` how much of it is explained, `said` what is left to say of it."""

    name: Name
    score: float
    group: str = ""
    subjects: tuple[str, ...] = ()
    said: tuple[str, ...] = field(default=())
    misspelt: bool = False
    """Whether a letter more, less or exchanged makes the name of it."""
    vague: bool = False
    """Whether a word before it is not known."""
    also_person: bool = False
    """Whether the words around can be those of a person, besides what the table is about."""


@lru_cache(maxsize=16_384)
def candidates(column: str, table_words: tuple[str, ...], catalogue: Catalogue) -> tuple[Candidate, ...]:
    """The readings of a column's name in a table whose own words are `table_words`."""
    words = telling(split(column))
    if not words:
        return ()
    found = list(_readings(words, catalogue))
    rest = _without_table(words, table_words)
    if rest == ():
        # A column that is called like its table is the name of the thing: `city` in a table of cities.
        rest = ("name",)
    if rest is not None:
        found += [
            evolve(each, said=(*each.said, f"{words[0]!r} stands for the table"), score=each.score - 0.01)
            for each in _readings(rest, catalogue)
        ]
    if len(words) == 1:
        found += _compounds(words[0], catalogue)
    if not found:
        found = list(_with_long_vowels(words, catalogue))
    if not found:
        found = list(_misspelt(words, catalogue))
    return tuple(found)


def _readings(words: tuple[str, ...], catalogue: Catalogue) -> Iterator[Candidate]:
    """All spans of words that are a name; what is around one must be explained."""
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            names = catalogue.names.get(key(words[start : start + length]))
            if names is None:
                continue
            around = _around(words[:start], words[start + length :], catalogue)
            if around is None:
                continue
            for name in names:
                if not (name.bare and around.vague):
                    yield Candidate(
                        name,
                        around.score,
                        around.group,
                        around.subjects,
                        around.said,
                        vague=around.vague,
                        also_person=around.also_person,
                    )


@frozen
class _Around:
    score: float
    group: str
    subjects: tuple[str, ...]
    said: tuple[str, ...]
    vague: bool
    also_person: bool


def _around(before: tuple[str, ...], after: tuple[str, ...], catalogue: Catalogue) -> _Around | None:
    """None where words are left that may change what the name means."""
    score, vague = 0.95, False
    groups: list[str] = []
    said: list[str] = []
    subjects: tuple[str, ...] = ()
    for place, words in (("before", before), ("after", after)):
        left = list(words)
        while left:
            word = left[0]
            named = [size for size in range(len(left), 0, -1) if catalogue.subjects_named(tuple(left[:size]))]
            group = next(
                (
                    (size, vocabulary().groups["".join(left[:size])])
                    for size in (2, 1)
                    if len(left) >= size and "".join(left[:size]) in vocabulary().groups
                ),
                None,
            )
            two = "".join(left[:2])
            if (
                word in vocabulary().nothing
                or two in vocabulary().nothing
                or (place == "after" and word in vocabulary().keeps)
            ):
                left = left[2:] if two in vocabulary().nothing and len(left) > 1 else left[1:]
                score -= 0.02
            elif group is not None:
                groups.append(group[1])
                said.append(f"{' '.join(left[: group[0]])!r} tells whose it is: {group[1]}")
                left = left[group[0] :]
                score -= 0.02
            elif named:
                subjects = catalogue.subjects_named(tuple(left[: named[0]]))
                groups.append(" ".join(left[: named[0]]))
                said.append(f"{' '.join(left[: named[0]])!r} is a {subjects[0]}")
                left = left[named[0] :]
                score -= 0.03
            elif place == "before" and word not in _KEYS and not word.isdigit() and len(word) >= _LEAST_PART:
                groups.append(word)
                said.append(f"{word!r} tells whose it is")
                left = left[1:]
                score -= 0.3
                vague = True
            else:
                return None
    if not subjects and any(group in vocabulary().people for group in groups):
        subjects = ("person",)
    also = any(group in vocabulary().may_be_people for group in groups)
    return _Around(score, " ".join(groups), subjects, tuple(said), vague, also)


def _without_table(words: tuple[str, ...], table_words: Sequence[str]) -> tuple[str, ...] | None:
    """What follows the table's name, or an abbreviation of it, at the beginning; None where that does not stand there."""
    whole = "".join(table_words)
    for size in range(min(len(words), len(table_words) + 1), 0, -1):
        begun = "".join(words[:size])
        if any(single == begun for last in (whole, *table_words) for single in singulars(last)):
            return words[size:]
    first = words[0]
    short = any(word.startswith(first) and word != first for word in (whole, *table_words))
    initials = len(table_words) > 1 and first == "".join(word[0] for word in table_words)
    return words[1:] if len(words) > 1 and (short or initials) else None


def _compounds(word: str, catalogue: Catalogue) -> Iterator[Candidate]:
    """Words written together: `billingcity`, `reasondescription`, `liefername`."""
    for cut in range(_LEAST_PART, len(word) - _LEAST_PART + 1):
        yield from _readings((word[:cut], word[cut:]), catalogue) if _known(word[:cut], word[cut:], catalogue) else ()


def _known(one: str, other: str, catalogue: Catalogue) -> bool:
    explained = (one in vocabulary().groups or bool(catalogue.subjects_named((one,)))) and other in catalogue.names
    return explained or (other in vocabulary().groups and one in catalogue.names)


def _with_long_vowels(words: tuple[str, ...], catalogue: Catalogue) -> Iterator[Candidate]:
    """Japanese in Latin letters may show that a vowel is long: `kouza bangou` is `koza bango`."""
    short = tuple(word.replace("ou", "o").replace("uu", "u").replace("oo", "o") for word in words)
    if short != words:
        for each in _readings(short, catalogue):
            if each.name.languages == {"ja"}:
                yield evolve(each, score=each.score - 0.02)


def _misspelt(words: tuple[str, ...], catalogue: Catalogue) -> Iterator[Candidate]:
    """Names that one letter more, one less or two exchanged make of it: `contry`, `adress`."""
    whole = key(words)
    if len(whole) < _LEAST_FUZZY or not whole.isalpha():
        return
    for known, names in catalogue.names.items():
        if len(known) >= _LEAST_FUZZY - 1 and known[0] == whole[0] and _one_slip(whole, known):
            for name in names:
                if not name.bare:
                    yield Candidate(name, 0.8, said=(f"{whole!r} is {name.text!r} misspelt",), misspelt=True)


def _one_slip(one: str, other: str) -> bool:
    if len(one) == len(other):
        differ = [place for place, (mine, theirs) in enumerate(zip(one, other, strict=True)) if mine != theirs]
        return (
            len(differ) == 2
            and differ[1] == differ[0] + 1
            and one[differ[0]] == other[differ[1]]
            and one[differ[1]] == other[differ[0]]
        )
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(longer) == len(shorter) + 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )
