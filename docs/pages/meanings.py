"""The catalogue of meanings: what columns of somebody's own tables can mean."""

from __future__ import annotations

from collections.abc import Mapping

from datamimic.plugin import Meaning
from datamimic.plugins.registry import Registry
from pages.markdown import code, page, table

_LANGUAGES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "vi": "Vietnamese",
    "ja": "Japanese",
}  # fmt: skip
_MOST = 8


def meanings(packs: Registry) -> str:
    """One section per subject: its fields, and names that columns have."""
    found = packs.meanings()
    subjects: dict[str, list[Meaning]] = {}
    for meaning in found.values():
        subjects.setdefault(meaning.subject, []).append(meaning)
    parts = [
        "What the columns of your own tables can mean. Columns that say nothing of how they are made become fields of one row "
        "of an entity, if their names, types and neighbours say that they mean them; `dm model explain` tells what each was "
        "taken for and why. Case, accents, separators, small words, plurals and the name of the table in front do not count: "
        "`cust_FirstName` is `first name`. Names in *italics* say too little alone; they count in a table of the subject, or "
        "after a word for it.",
        "Packs bring meanings with the hook [`datamimic_meanings`](hooks.md#datamimic_meanings); `dm list-meanings WORD` finds "
        f"them. There are {sum(not each.is_subject for each in found.values())} of columns and "
        f"{sum(each.is_subject for each in found.values())} of tables, in {len(_LANGUAGES)} languages: "
        f"{', '.join(_LANGUAGES.values())} (Japanese in Latin letters).",
    ]
    for subject, members in subjects.items():
        parts += _section(subject, members)
    return page("Meanings", *parts)


def _section(subject: str, members: list[Meaning]) -> list[str]:
    own = next((each for each in members if each.is_subject), None)
    columns = [each for each in members if not each.is_subject]
    parts = [f"## {subject}"]
    if own is not None:
        entity = f" ({code(own.fields[0])})" if own.fields else ""
        parts.append(f"{own.summary[:1].upper()}{own.summary[1:]}{entity}. Tables are called: {_listed(own.names)}.")
    if columns:
        rows = [
            (code(each.name.partition(".")[2]), each.summary, ", ".join(_made(each)), _all_names(each))
            for each in columns
        ]
        parts.append(table(("Meaning", "What it is", "Made of", "Names"), rows))
    return parts


def _made(meaning: Meaning) -> list[str]:
    part = f" ({meaning.part})" if meaning.part else ""
    return [code(path) + part for path in meaning.fields[:1]]


def _all_names(meaning: Meaning) -> str:
    said = [_listed(meaning.names)] if meaning.names else []
    if meaning.bare_names:
        bare = dict.fromkeys(name for names in meaning.bare_names.values() for name in names)
        said.append(f"*{', '.join([*bare][:_MOST])}*")
    return "; ".join(said)


def _listed(names: Mapping[str, tuple[str, ...]]) -> str:
    """The first names of every language, each once."""
    found: dict[str, None] = {}
    for language in sorted(names, key=lambda each: [*_LANGUAGES, each].index(each)):
        found |= dict.fromkeys(names[language][: _MOST if language == "en" else _MOST // 2])
    return ", ".join(found)
