"""Where names and addresses stand in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from datamimic_learning.finding.tables import NameTables, fold, is_among
from datamimic_learning.finding.text_numbers import Span
from datamimic_learning.finding.words import any_of, words

_CAPITAL = r"(?:[A-ZÀ-ÖØ-ÞĀ-ŽẠ-ỸĐƠƯ][\w’']*[\w](?:[-’'][A-ZÀ-ÖØ-ÞĀ-Ž]?[\w]+)*|[A-Z]\.)"
_SMALL = r"(?:von|van|der|den|de|la|du|da|do|dos|das|del|di|el|al|zu|zur|zum|bin|ibn|le|y)"
_RUN = re.compile(rf"(?<![\w@.]){_CAPITAL}(?:[ \u00a0]+(?:{_SMALL}[ \u00a0]+){{0,2}}{_CAPITAL}){{1,5}}(?![@\w])")
_TITLED = re.compile(
    rf"(?<!\w)(?:{any_of('text_titles')})\.?(?: (?:Dr|Prof|med)\.)*[ \u00a0]+"
    rf"((?:{_SMALL} )?{_CAPITAL}(?:[ \u00a0](?:{_SMALL}[ ])?{_CAPITAL}){{0,3}})"
)
_GREETED = re.compile(rf"(?<!\w)(?:{any_of('greetings')}),?[ \n]+({_CAPITAL}(?: {_CAPITAL}){{0,2}})")
_HAN = re.compile(
    r"[\u3400-\u9fff\u3005]{1,3}[ \u3000]?[\u3400-\u9fff\u3005\u3041-\u30ff]{1,4}(?=様|さん|氏|殿|先生|君|[ \u3000、。,は])"
)
_WORD = re.compile(r"\S+")
_SHORT = 3
_SMALL_OF = r"(?:(?:de|du|des|la|le|les|l'|d'|del|los|las|da|do|dos) ?)"
_KINDS = "|".join(
    sorted(each.capitalize() for each in words("street_kinds") | words("numbered_kinds") if len(each) > 1)[::-1]
)
_VIETNAMESE = r"(?:(?:Đường|Phố|Ngõ|Ngách|Hẻm|Khóm|Khu|Tổ|Thôn|Ấp) ?[0-9]* ?)"
_STREETS = (
    re.compile(
        rf"(?<!\w)[0-9]{{1,5}}[a-zA-Z]?(?: (?:bis|ter))?,? (?:[NSEW]\.? )?(?:[A-Z0-9À-ỹ][\w'’.-]* ){{1,4}}"
        rf"(?:{_KINDS})(?![\w])\.?(?:,? (?:Apt|Suite|Unit|Flat|#)\.? ?[0-9]+\w?)?"
    ),
    re.compile(
        rf"(?<!\w)(?:[A-ZÄÖÜ][\w.-]* ){{0,2}}[A-ZÄÖÜ][\wäöüß-]*(?:"
        rf"{any_of('german_streets')}) [0-9]{{1,4}}(?:/[0-9]+)* ?[a-zA-Z]?(?!\w)"
    ),
    re.compile(
        rf"(?i)(?<!\w)(?:[0-9]{{1,4}}(?: ?(?:bis|ter))?,? )?(?:{any_of('romance_streets')}) "
        rf"{_SMALL_OF}{{0,3}}(?-i:[A-ZÀ-Ỹ])[\w'’.-]*"
        rf"(?:[ -]{_SMALL_OF}{{0,2}}(?-i:[A-ZÀ-Ỹ])[\w'’.-]*){{0,4}}(?:,? (?:n[º°] ?)?[0-9]{{1,4}}[a-zA-Z]?)?(?!\w)"
    ),
    re.compile(
        rf"(?<!\w)(?:[Ss]ố )?[0-9]{{1,4}}(?:/[0-9]{{1,4}}){{0,2}}[A-Z]? {_VIETNAMESE}{{0,2}}"
        r"(?:[A-ZÀ-Ỹ][a-zà-ỹ]+(?: [A-ZÀ-Ỹ][a-zà-ỹ]+){1,3})(?= (?:cho|và|ở|tại)|[.,;]|$)"
        r"|(?<!\w)[Ss]ố [0-9]+(?:/[0-9]+)* (?:Phố|Đường|Ngõ) [0-9]+"
    ),
)
_TOWN_WORD = r"(?:[ -](?:am|an|der|im|sur|la|les|le|de|sous)?-?[A-Za-zÀ-ÿ][\w'’.-]*)"
_CODE_AND_CITY = re.compile(rf"(?<!\w)(?:[A-Z]{{1,2}}-)?([0-9]{{4,5}}) ([A-ZÄÖÜÀ-Ý][\w'’.-]+{_TOWN_WORD}{{0,3}})")
_CITY_AND_CODE = re.compile(
    r"(?<!\w)([A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,2}),? ([A-Z]{2})? ?([0-9]{5}(?:-[0-9]{4})?)(?!\w)"
)
_POSTCODE = re.compile(r"(?<!\w)[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-Z]? [0-9][ABD-HJLNP-UW-Z]{2}(?!\w)")


def name_spans(text: str, tables: NameTables) -> Iterator[Span]:
    """Names of people and addresses."""
    for found in _TITLED.finditer(text):
        size = _known_end(found[1], tables)
        if size:
            yield found.start(1), found.start(1) + size, "person.full_name"
    for found in _GREETED.finditer(text):
        first = fold(found[1].split()[0])
        if first in tables.given and first not in words("never_names"):
            yield found.start(1), found.start(1) + _known_end(found[1], tables), "person.full_name"
    for pattern in _STREETS:
        yield from ((found.start(), found.end(), "address.line") for found in pattern.finditer(text))
    for found in _CODE_AND_CITY.finditer(text):
        yield from _place(found, 1, 2, tables)
    for found in _CITY_AND_CODE.finditer(text):
        yield from _place(found, 3, 1, tables)
    yield from ((found.start(), found.end(), "address.postal_code") for found in _POSTCODE.finditer(text))
    for found in _RUN.finditer(text):
        yield from _in_run(found, tables)
    if not text.isascii():
        for found in _HAN.finditer(text):
            if any(fold(found[0][:size].strip()) in tables.family for size in (3, 2, 1)):
                yield found.start(), found.end(), "person.full_name"


def _place(found: re.Match[str], code: int, city: int, tables: NameTables) -> Iterator[Span]:
    parts = found[city].split(" ")
    for size in range(len(parts), 0, -1):
        name = " ".join(parts[:size]).rstrip(".,;")
        if fold(name) in tables.cities:
            yield found.start(code), found.end(code), "address.postal_code"
            yield found.start(city), found.start(city) + len(name), "address.city"
            return


def _known_end(name: str, tables: NameTables) -> int:
    """Characters of a name after a title: as many words as can be names."""
    end = 0
    for found in _WORD.finditer(name):
        word = fold(found[0]).strip(".,'’")
        plausible = word in tables.family or word in tables.given or len(word) == 1 or end == 0 or found[0][0].islower()
        second = bool(end) and bool(found[0][0].isupper()) and fold(name.split()[0]).strip(".") in tables.given
        if not (plausible or second) or (end and found[0].lower() in words("never_names")):
            break
        end = found.end()
    return end


def _in_run(found: re.Match[str], tables: NameTables) -> Iterator[Span]:
    """Within words with capitals: from a given name to the last family name after it, or from a family name to given ones."""
    parts = [(each.start(), each.end(), _plain(each[0], each.start() == 0)) for each in _WORD.finditer(found[0])]
    start = 0
    while start < len(parts) - 1:
        first = parts[start][2]
        end = _name_from(parts, start, tables) if first else None
        if end is None:
            start += 1
            continue
        yield found.start() + parts[start][0], found.start() + parts[end][1], "person.full_name"
        start = end + 1


def _name_from(parts: list[tuple[int, int, str]], start: int, tables: NameTables) -> int | None:
    first = parts[start][2]
    given, family = (is_among(first, names) for names in (tables.given, tables.family))
    if not given and not family:
        return None
    end = None
    for place in range(start + 1, min(start + 5, len(parts))):
        word = parts[place][2]
        if not word:
            break
        if is_among(word, tables.family if given else tables.given):
            end = place
        elif not (len(word) <= 2 or word in words("particles") or is_among(word, tables.given)):
            break
    if end is None and given and len(first) > 3 and start + 1 < len(parts) and len(parts[start + 1][2]) > 2:
        # A given name of the tables and a word that is in none: families have more names than any table.
        return start + 1
    return end


def _plain(word: str, first: bool) -> str:
    """A word folded; empty for one that is no name where it stands. Short ones are, behind another name: `Nguyễn Văn An`."""
    bare = word.lower().strip(".,")
    return "" if bare in words("never_names") and (first or len(bare) > _SHORT) else fold(word).strip(".,'’")
