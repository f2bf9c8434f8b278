"""Where contacts and numbers of somebody stand in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from datamimic_learning.finding.checks.accounts import iban
from datamimic_learning.finding.form import Form, all_forms, bare
from datamimic_learning.finding.words import any_of

Span = tuple[int, int, str]
"""Start, end (in characters, the end not included), and the meaning."""

_EMAIL = re.compile(r"[^\s@<>()\[\]{}\"”',;:|=?&/#%]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_][\w-]{1,23}")
_PROFILE = re.compile(
    r"(?i)(?:https?://)?(?:www\.)?(?:linkedin\.com/(?:in|pub)|(?:facebook|instagram|twitter|github|xing|tiktok|x)\.com(?:/profile)?)"
    r"/@?[\w.%-]{2,60}"
)
_BYTE = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_V4 = re.compile(rf"(?<![\w.])(?:{_BYTE}\.){{3}}{_BYTE}(?![\w.]*[0-9])")
_V6 = re.compile(r"(?i)(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::|[0-9a-f]{1,4})(?:[0-9a-f:]*[0-9a-f])?(?![\w:])")
_MAC = re.compile(r"(?i)(?<![\w:-])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?![\w:-])")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11,30}(?![A-Za-z0-9])")
_DIGITS = re.compile(r"(?<![\w+])[0-9](?:[ ./-]?[0-9]){7,18}(?![\w-]|[.,][0-9])")
_MIXED = re.compile(
    r"(?<![\w-])(?=[A-Z0-9-]*[0-9])(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{6,18}[A-Z0-9](?![\w-])"
    r"|(?<!\w)[A-Z]{2} [0-9]{2} [0-9]{2} [0-9]{2} [A-D](?!\w)|(?<!\w)[0-9]{2} ?[0-9]{6} ?[A-Z] ?[0-9]{3}(?!\w)"
)
_SSN = re.compile(r"(?<![\w-])(?!000|666|9)[0-9]{3}([- ])(?!00)[0-9]{2}\1(?!0000)[0-9]{4}(?![\w-])")
_PHONE = re.compile(
    r"(?<![\w.+-])(?:(?:\+|00) ?[1-9](?:[ ()./-]{0,3}[0-9]){7,14}|\(0?[0-9]{2,5}\) ?[0-9](?:[ ./-]?[0-9]){4,9}"
    r"|0[1-9](?:[ ./-]{0,2}[0-9]){7,11}|(?:1[-. ])?[2-9][0-9]{2}([-. ])[2-9][0-9]{2}\1[0-9]{4})"
    r"(?:(?: ?x| ext\.? ?)[0-9]{1,6})?(?![\w]|-[0-9]|\.[0-9])"
)
_MACHINE = re.compile(r"(?<![A-Z0-9<])(?=[A-Z0-9]*<[A-Z0-9]*<)[A-Z0-9<]{28,46}(?![A-Z0-9<])")
"""A line of the machine-readable zone of a passport, card or visa (ICAO Doc 9303): 30, 36 or 44 signs."""
_LETTER = re.compile("[A-Z]")
_CALLED = re.compile(
    rf"(?i)(?<!\w)(?:{any_of('called')})\b[.:]?(?: (?:no|nr|number|số)\.?)?[ :]{{1,2}}"
    r"(\(?[0-9](?:[ ().-]?[0-9]){6,12})(?!\w|[.,-][0-9])"
)
_NINO = re.compile(r"(?<!\w)[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-DT](?!\w)")
_DATE = (
    r"[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{4}|[0-9]{2})|[12][0-9]{3}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{1,2}\.? [^\W\d_]{3,10} [12][0-9]{3}"
    r"|[^\W\d_]{3,9} [0-9]{1,2},? [12][0-9]{3}"
)
_BORN = re.compile(rf"(?i)(?:\b(?:{any_of('born')})\b\.?|生年月日|[*])[ :：]{{0,3}}({_DATE})")
_PLATE = re.compile(
    r"(?<![\w-])(?:[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?[0-9]{1,4}[EH]?|[A-HJ-NP-TV-Z]{2}-[0-9]{3}-[A-HJ-NP-TV-Z]{2}"
    r"|[A-HJ-PR-Y]{2}[0-9]{2} [A-Z]{3}|[1-9][0-9][A-Z][A-Z0-9]?-[0-9]{3}\.?[0-9]{2})(?![\w-])"
)
_SAID = re.compile(
    rf"(?i)\b(?:{any_of('numbered')})\b\.?(?: (?:no|nr|number|id)\b\.?)?[ :#№]{{1,3}}"
    r"(?=[\w-]*[0-9])([A-Z0-9][A-Z0-9-]{4,18})(?![\w-])"
)


def number_spans(text: str) -> Iterator[Span]:
    """Contacts and numbers, the surest first; they may overlap."""
    if "@" in text:
        yield from ((found.start(), found.end(), "person.email") for found in _EMAIL.finditer(text))
    if ".com/" in text:
        yield from ((found.start(), found.end(), "person.profile_url") for found in _PROFILE.finditer(text))
    if not any(sign.isdigit() for sign in text):
        return
    for found in _IBAN.finditer(text):
        yield from _iban(found)
    yield from ((found.start(1), found.end(1), "person.birth_date") for found in _BORN.finditer(text))
    for pattern, meaning in (
        (_MAC, "device.mac_address"),
        (_V6, "device.ip_address"),
        (_V4, "device.ip_address"),
        (_SSN, "person.ssn"),
        (_NINO, "person.ssn"),
    ):
        yield from ((found.start(), found.end(), meaning) for found in pattern.finditer(text))
    if "<" in text:
        yield from ((found.start(), found.end(), "person.passport_number") for found in _MACHINE.finditer(text))
    phones = [found for found in _PHONE.finditer(text) if 8 <= sum(map(str.isdigit, found[0])) <= 16]
    yield from ((found.start(), found.end(), "person.phone") for found in phones if found[0].startswith("+"))
    for found in (*_DIGITS.finditer(text), *_MIXED.finditer(text)):
        number = bare(found[0])
        meaning = next((form.meaning for form in _checked() if form.matches(found[0], number)), "")
        if meaning:
            yield found.start(), found.end(), meaning
    yield from ((found.start(), found.end(), "person.phone") for found in phones)
    yield from ((found.start(), found.end(), "vehicle.licence_plate") for found in _PLATE.finditer(text))
    yield from ((found.start(1), found.end(1), "person.phone") for found in _CALLED.finditer(text))
    yield from ((found.start(1), found.end(1), "person.national_id") for found in _SAID.finditer(text))


@cache
def _checked() -> tuple[Form, ...]:
    """Forms that hardly any other number has: the card's first."""
    found = [form for form in all_forms() if form.check is not None and not form.written]
    return tuple(
        form
        for form in sorted(found, key=lambda each: each.meaning != "card.number")
        if form.meaning == "card.number"
        or (form.chance <= _chance(form) and not form.meaning.startswith(("product", "technical", "company", "bank")))
    )


def _chance(form: Form) -> float:
    """How many may pass by chance: fewer where there are digits alone, of which texts hold many."""
    return 0.05 if _LETTER.search(form.pattern.pattern) else 0.01


def _iban(found: re.Match[str]) -> Iterator[Span]:
    """The longest beginning of a match that is one: words that follow may look like more of it."""
    for end in range(found.end(), found.start() + 14, -1):
        piece = found.string[found.start() : end]
        if piece[-1].isalnum() and iban(bare(piece)):
            yield found.start(), end, "account.iban"
            return
