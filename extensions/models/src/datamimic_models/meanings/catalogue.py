"""The meanings of the installed packs, found by name, and what a row of each subject has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import evolve, frozen

from datamimic import Meaning, Registry
from datamimic_models.meanings.words import key, singulars, split


@frozen
class Name:
    """One name of a meaning: `bare` where it counts only in a table of the subject, or after a word for it."""

    meaning: Meaning
    text: str
    languages: frozenset[str]
    bare: bool


@frozen(slots=False, eq=False)
class Catalogue:
    """All meanings by name."""

    meanings: Mapping[str, Meaning]

    @classmethod
    def of(cls, packs: Registry) -> Catalogue:
        """That of a registry, made once."""
        return packs.remembered.get("meanings by name", lambda: cls(packs.meanings()))

    @cached_property
    def names(self) -> Mapping[str, tuple[Name, ...]]:
        """key -> the names that columns with it have."""
        return Names(meaning for meaning in self.meanings.values() if not meaning.is_subject)

    @cached_property
    def subjects(self) -> Mapping[str, tuple[Name, ...]]:
        """key -> the subjects that tables with it are about, and that words in names of columns stand for."""
        return Names(meaning for meaning in self.meanings.values() if meaning.is_subject)

    def subjects_named(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The subjects that the words are a name of, in the singular or plural; none for no words."""
        if not words:
            return ()
        for last in singulars(words[-1]):
            found = self.subjects.get(key((*words[:-1], last)))
            if found:
                return tuple(dict.fromkeys(name.meaning.name for name in found))
        return ()

    def entity(self, subject: str) -> str | None:
        """`pack.entity` that rows of the subject are of."""
        meaning = self.meanings.get(subject)
        return meaning.fields[0] if meaning is not None and meaning.fields else None

    def held(self, subject: str) -> Mapping[str, tuple[str, ...]]:
        """Subject -> the ways to it from a row of `subject`, the shortest first; `subject` itself at the empty way. A way
        that only counts for a group is under `group subject`."""
        return self._held.get(subject, {subject: ("",)})

    @cached_property
    def _held(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        return {name: self._ways(name) for name, meaning in self.meanings.items() if meaning.is_subject}

    def _ways(self, subject: str) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        found[subject].append("")
        seen = {(subject, "")}
        ahead = [(subject, "")]
        while ahead:
            here, way = ahead.pop(0)
            meaning = self.meanings.get(here)
            for other, path in (meaning.holds if meaning is not None else {}).items():
                whole = ".".join(part for part in (way, path) if part)
                if (other, whole) not in seen and whole.count(".") < 3:
                    seen.add((other, whole))
                    found[other].append(whole)
                    ahead.append((other.rpartition(" ")[2], whole))
                    if " " in other:
                        found[other.rpartition(" ")[2]].append(whole)
        return {each: tuple(ways) for each, ways in found.items()}

    def is_a(self, subject: str, other: str) -> bool:
        """Whether a row of the one is a row of the other: a patient is a person."""
        return "" in self.held(subject).get(other, ())

    def has_itself(self, subject: str, meaning: Meaning) -> bool:
        """Whether the meaning is a field of the subject's own entity, not only of what it holds."""
        entity = self.entity(subject)
        return any(path.rpartition(".")[0] == entity for path in meaning.fields)

    def path(self, meaning: Meaning, subject: str, group: str = "") -> str | None:
        """The field of the subject's entity that has such values, `address.city`; None where it has none."""
        entity = self.entity(subject)
        if entity is None:
            return None
        own = [path.removeprefix(f"{entity}.") for path in meaning.fields if path.startswith(f"{entity}.")]
        if own:
            return own[0]
        held = self.held(subject)
        for other, ways in (
            *((each, held[each]) for each in (f"{group} {meaning.subject}",) if each in held),
            *held.items(),
        ):
            theirs = self.entity(other.rpartition(" ")[2])
            for path in meaning.fields:
                if theirs is not None and path.startswith(f"{theirs}.") and path.count(".") >= 2 and other != subject:
                    return ".".join(part for part in (ways[0], path.removeprefix(f"{theirs}.")) if part)
        return None


class Names(Mapping[str, tuple[Name, ...]]):
    """key -> names. There are thousands, of which a model asks for few: only these are made."""

    def __init__(self, meanings: Iterable[Meaning]) -> None:
        self._of_key: dict[str, list[tuple[Meaning, str, str, bool]]] = defaultdict(list)
        for meaning in meanings:
            for bare, names in ((False, meaning.names), (True, meaning.bare_names)):
                for language, texts in names.items():
                    for text in texts:
                        self._of_key[key(split(text))].append((meaning, text, language, bare))

    def __getitem__(self, name: str) -> tuple[Name, ...]:
        if name not in self._of_key:
            raise KeyError(name)
        first: dict[str, Name] = {}
        for meaning, text, language, bare in self._of_key[name]:
            known = first.get(meaning.name)
            languages = frozenset((language,)) if known is None else known.languages | {language}
            made = Name(meaning, text, languages, bare) if known is None else evolve(known, languages=languages)
            first[meaning.name] = made
        return tuple(first.values())

    def __contains__(self, name: object) -> bool:
        return name in self._of_key

    def __iter__(self) -> Iterator[str]:
        return iter(self._of_key)

    def __len__(self) -> int:
        return len(self._of_key)
