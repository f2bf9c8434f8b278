"""What values say as names: of people, whole or in part, and of who logs in; against names of companies and things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from datamimic_learning.finding.cells import Cells
from datamimic_learning.finding.signal import Signal, ramp
from datamimic_learning.finding.tables import NameTables, fold, is_among
from datamimic_learning.finding.words import words

_COMPANY = re.compile(r"株式会社|有限会社|合同会社|& ?Co|công ty|tập đoàn|e\.K\.", re.IGNORECASE)
_SPLIT = re.compile(r"[\s,()&/]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’.\-·][^\W\d_]+)*\.?|[^\W\d_]\.?")
_HAN = re.compile(r"[\u3005\u3041-\u30ff\u3400-\u9fff]{2,8}(?:[ \u3000][\u3005\u3041-\u30ff\u3400-\u9fff]{1,6})?")
_NO_NAME = re.compile(r"[0-9@_/\\#$%&*+=<>{}\[\]|:;!?^~]|\bor\b|\bund\b|\band\b|\bet\b")
_NUMBERED_LOGIN = re.compile(r"([A-Za-z]{3,}(?:[._-]?[A-Za-z]{2,})?)[._-]?[0-9]{1,4}")
_VOWEL = re.compile("[aeiouyAEIOUY]")
_NO_WORD = re.compile("[0-9._]")
_PAIR = re.compile(
    r"([^\W\d_a-zß-ÿ][^\W\d_]+(?:[-'’][^\W\d_]+)?),? (?:[^\W\d_]{1,12}\.? )?([^\W\d_a-zß-ÿ][^\W\d_]+(?:[-'’][^\W\d_]+)?)"
)
_LOGIN = re.compile(r"[A-Za-zÀ-ÿ][\w.\-]{1,38}[\w]")
_LONGEST_NAME = 60
_GIVEN_END = re.compile("[子美香恵代奈郎夫雄男介輔哉斗太乃菜彦之]$")
"""What Japanese given names end with."""
_TOWNS = re.compile(r"[都道府県市区町村郡]$")


def name_signals(cells: Cells, tables: NameTables) -> Iterator[Signal]:
    """Signals for names and log-ins; and that for names of companies."""
    yield from (each for each in _signals(cells, tables) if each.weight > 0)


def _signals(cells: Cells, tables: NameTables) -> Iterator[Signal]:
    if cells.kind != "text" or not cells.texts or cells.lengths[1] > _LONGEST_NAME:
        return
    read = [read_name(text, tables) for text in cells.texts]
    few = _fewness(cells)
    company = cells.share(each == "company" for each in read)
    if company >= 0.2:
        yield Signal("company.name", 6.0 * ramp(company, 0.15, 0.5), company, f"{company:.0%} are named like companies")
    full = _share(cells, [each == "full" for each in read])
    half = _share(cells, [each == "half" for each in read])
    weight = 7.0 * ramp(full + 0.4 * half, 0.25, 0.6) - 5.0 * ramp(company, 0.1, 0.3) - 0.6 * few
    if _repeats(cells):
        weight -= 4.0
    if full >= 0.15 and weight > 0:
        yield Signal("person.full_name", weight, full, f"{full:.0%} are a given and a family name of the tables")
    elif (paired := _pairs(cells)) >= 0.8 and company < 0.05:
        known = full + half
        weight = 1.6 + 4.0 * min(known, 0.35)
        yield Signal(
            "person.full_name",
            weight,
            paired,
            f"{paired:.0%} are two different words, {known:.0%} with a name of the tables",
        )
    given = _share(cells, [each in ("given", "either") for each in read])
    family = _share(cells, [each in ("family", "either") for each in read])
    only_given, only_family = (cells.share(each == kind for each in read) for kind in ("given", "family"))
    for meaning, share, mine, others in (
        ("person.given_name", given, only_given, only_family),
        ("person.family_name", family, only_family, only_given),
    ):
        if share >= 0.3:
            weight = (
                5.0 * ramp(share, 0.3, 0.7)
                + 1.2 * (mine - others)
                - few * (1 - 0.7 * ramp(share, 0.85, 1.0) * ramp(len(cells.texts), 2, 6))
                - 5.0 * ramp(company, 0.05, 0.2)
            )
            kind = "given" if meaning == "person.given_name" else "family"
            yield Signal(meaning, weight, share, f"{share:.0%} are {kind} names of the tables")
    if "" in read or cells.share(map(_looks_like_login, cells.texts)) > 0.6:
        login = cells.share(is_login(text, tables) for text in cells.texts)
        heads = {fold(text).rstrip("0123456789") for text in cells.texts}
        if login >= 0.25 and len(heads) >= max(0.4 * len(cells.texts), min(len(cells.texts), 4)):
            weight = 5.0 * ramp(login, 0.28, 0.5) - few
            yield Signal("user.name", weight, login, f"{login:.0%} are log-ins made of names of the tables")
        numbered = [_NUMBERED_LOGIN.fullmatch(text[:_LONGEST_NAME]) for text in cells.texts]
        heads = {each[1] for each in numbered if each is not None and _VOWEL.search(each[1])}
        share = cells.share(each is not None for each in numbered)
        if (
            share >= 0.5
            and cells.share(map(str.isupper, cells.texts)) < 0.5
            and len(heads) >= max(0.6 * len(cells.texts), 5)
        ):
            weight = 4.4 * ramp(share, 0.4, 0.7) - few
            yield Signal(
                "user.name", weight, share, f"{share:.0%} are a different word each and a number, as log-ins are"
            )


def _share(cells: Cells, hits: list[bool]) -> float:
    """Of cells and of different values the smaller share: one frequent word that is also a name makes no column of names."""
    return min(cells.share(hits), sum(hits) / len(hits))


def _repeats(cells: Cells) -> bool:
    """Whether first and last words are both few, as in names of things put together from lists."""
    parts = [text.split() for text in cells.texts if " " in text]
    if len(parts) < 12:
        return False
    return max(len({each[place].casefold() for each in parts}) for place in (0, -1)) < 0.5 * len(parts)


def _pairs(cells: Cells) -> float:
    """The share of texts of two words with capitals, where neither comes often: so are names of people, seldom of things."""
    found = [_PAIR.fullmatch(text[:_LONGEST_NAME]) for text in cells.texts]
    paired = [each for each in found if each is not None]
    if len(paired) < 8 or min(len({each[place].casefold() for each in paired}) for place in (1, 2)) < 0.6 * len(paired):
        return 0.0
    return cells.share(each is not None for each in found)


def _fewness(cells: Cells) -> float:
    """How much a column of few values, each many times, speaks against names."""
    if cells.filled < 20:
        return 0.0
    return 4.5 * (1 - ramp(len(cells.texts), 6, min(24, 0.4 * cells.filled)))


def read_name(text: str, tables: NameTables) -> str:
    """How a text reads: full, half (one name of the tables beside words that can be names), given, family, either, company;
    empty for what is no name."""
    if len(text) > _LONGEST_NAME:
        return ""
    if is_company(text):
        return "company"
    if not text.isascii() and (han := _HAN.fullmatch(text)):
        return _read_han(han[0], tables)
    if _NO_NAME.search(text):
        return ""
    first, comma, rest = text.partition(",")
    parts = [
        word
        for word in _WORD.findall(f"{rest} {first}" if comma else text)
        if fold(word).strip(".") not in words("titles")
    ]
    if not parts or len(parts) > 6 or sum(map(len, parts)) < 0.7 * len(text.replace(" ", "")) - 6:
        return ""
    plain = [fold(word) for word in parts]
    if len(plain) == 1:
        return _one(plain[0], tables)
    return _several(parts, plain, tables)


def is_company(text: str) -> bool:
    """Whether a name has a word that companies have: a legal form, or what they do."""
    said = words("companies")
    return (
        any(word in said for word in _SPLIT.split(fold(text.replace(".", "")))[1:]) or _COMPANY.search(text) is not None
    )


def _one(word: str, tables: NameTables) -> str:
    if len(word.strip(".")) < 2:
        return ""
    given = is_among(word, tables.given)
    family = word in tables.family or ("-" in word and any(part in tables.family for part in word.split("-")))
    return "either" if given and family else "given" if given else "family" if family else ""


def _several(parts: list[str], plain: list[str], tables: NameTables) -> str:
    whole = " ".join(plain)
    if whole in tables.family:
        return "family"
    if whole in tables.given:
        return "given"
    if (
        not all(word[0].isupper() or fold(word) in words("particles") for word in parts)
        and not "".join(parts).islower()
    ):
        return ""
    proper = [word for word in plain if word not in words("particles") and len(word.strip(".")) > 1]
    in_given = [is_among(word, tables.given) for word in plain]
    in_family = [is_among(word, tables.family) for word in plain]
    if len(proper) < 2 and not any(word in words("particles") for word in plain[:-1]):
        initial = len(plain) == 2 and any(len(word.strip(".")) == 1 for word in plain)
        return "full" if initial and (any(in_family) or any(in_given)) else ""
    pairs = any(
        mine and theirs and place != other
        for place, mine in enumerate(in_given)
        for other, theirs in enumerate(in_family)
    )
    if all(in_given) and not any(in_family):
        return "given"
    if pairs:
        only_family = not in_given[0] and len(proper) <= 2 and all(in_family)
        return "half" if only_family and not any(in_given) else "full"
    if plain[0] in words("particles") and any(in_family):
        return "family"
    return "half" if any(in_given) or any(in_family) else ""


def _read_han(text: str, tables: NameTables) -> str:
    bare = text.replace(" ", "").replace("\u3000", "")
    if len(bare) != len(text):
        first, rest = re.split("[ \u3000]", text, maxsplit=1)
        return "full" if fold(first) in tables.family or fold(rest) in tables.given else "half"
    if fold(bare) in tables.given or (len(bare) in (2, 3) and _GIVEN_END.search(bare)):
        return "given"
    if fold(bare) in tables.family:
        return "family"
    if _TOWNS.search(bare) or fold(bare) in tables.cities:
        return ""
    heads = [size for size in (1, 2, 3) if fold(bare[:size]) in tables.family and len(bare) - size in (1, 2, 3)]
    sure = any(fold(bare[size:]) in tables.given for size in heads)
    return "full" if sure or (heads and len(bare) <= 5) else ""


def _looks_like_login(text: str) -> bool:
    return (
        len(text) <= _LONGEST_NAME
        and _LOGIN.fullmatch(text) is not None
        and (text.islower() or _NO_WORD.search(text) is not None)
    )


def is_login(text: str, tables: NameTables) -> bool:
    """Whether a text is made of names as log-ins are: `john.doe`, `jdoe42`, `doe_j`, `johndoe`."""
    if not _looks_like_login(text):
        return False
    parts = [part for part in re.split(r"[._\-0-9]+", fold(text)) if part]
    if not parts or len(parts) > (2 if "-" in text else 3):
        return False
    names = [part for part in parts if len(part) > 2 and (part in tables.given or part in tables.family)]
    if names:
        numbered = any(map(str.isdigit, text))
        return numbered or (sum(map(len, names)) > 3 and all(part in names or len(part) < 3 for part in parts))
    whole = parts[0]
    if len(parts) > 1 or len(whole) < 5:
        return False
    if (whole[1:] in tables.family and len(whole) > 5) or (whole[:-1] in tables.family and len(whole) > 5):
        return True
    return any(
        (whole[:cut] in tables.given and whole[cut:] in tables.family)
        or (whole[:cut] in tables.family and whole[cut:] in tables.given)
        for cut in range(3, len(whole) - 2)
    )
