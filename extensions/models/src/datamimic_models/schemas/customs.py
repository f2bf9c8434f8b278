"""What goes without saying: what begins does so before it ends, also where no check asks for it; who is hired is grown up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Protocol

from attrs import frozen

from datamimic_models.model import ColumnType

_BORN: Final = (
    "birth",
    "born",
    "dob",
    "birthdate",
    "birthday",
    "geburts",
    "geburt",
    "naissance",
    "nacimiento",
    "nascimento",
)
_OF_WORK: Final = (
    "hire", "hired", "hiring", "employed", "employment", "einstellung", "einstellungs", "eintritts", "eintritt", "embauche",
    "contratacion", "contratacao", "admissao", "nyusha",
)  # fmt: skip
_OF_ADULTS: Final = (*_OF_WORK, "joined", "join", "retired", "retirement", "licensed", "appointed")
_PAY: Final = ("salary", "wage", "wages", "gehalt", "salaire", "salario", "kyuyo", "luong")
_OF_LIVES: Final = (
    "death", "died", "deceased", "enrolled", "enrolment", "enrollment", "registered", "registration", "married", "left",
    "todes", "sterbe", "deces", "defuncion", "fallecimiento", "obito",
)  # fmt: skip
ADULT: Final = 16
"""Years after the birth before which nobody is hired."""
PAIRS: Final = (
    ("start", ("end", "stop", "finish")), ("begin", ("end", "stop")), ("started", ("ended", "stopped", "finished")),
    ("from", ("to", "until", "thru")), ("opened", ("closed",)), ("open", ("close",)),
    ("created", ("updated", "modified", "deleted", "closed", "login", "seen")), ("create", ("update", "modify")),
    ("rental", ("return",)), ("hire", ("leave", "termination", "left")), ("hired", ("left", "fired")),
    ("order", ("required", "shipped", "ship", "delivery")), ("ordered", ("shipped", "delivered", "paid")),
    ("placed", ("shipped", "delivered", "paid")), ("shipped", ("delivered",)), ("issued", ("expires", "paid", "due")),
    ("issue", ("expiry", "expiration", "due")), ("admission", ("discharge",)),
    ("admitted", ("discharged",)), ("checkin", ("checkout",)), ("departure", ("arrival",)),
    ("birthdate", ("deathdate",)), ("joined", ("login", "seen", "logout")), ("registered", ("login", "seen")),
    ("scheduled", ("actual",)), ("planned", ("actual",)), ("expected", ("actual",)),
    *((born, (*_OF_ADULTS, *_OF_LIVES)) for born in _BORN),
    ("beginn", ("ende",)), ("start", ("ende",)), ("anfang", ("ende",)), ("von", ("bis",)), ("bestell", ("liefer", "versand")),
    ("eintritts", ("austritts",)), ("eintritt", ("austritt",)), ("erstellt", ("geaendert", "aktualisiert")),
    ("debut", ("fin",)), ("embauche", ("depart", "sortie")), ("commande", ("livraison",)), ("creation", ("modification",)),
    ("inicio", ("fin", "fim", "termino")), ("desde", ("hasta",)), ("pedido", ("entrega", "envio")),
    ("kaishi", ("shuryo",)), ("nyusha", ("taisha",)), ("nyuin", ("taiin",)), ("chuumon", ("haisou",)),
)  # fmt: skip
"""Words of names: what comes first, and what comes after it. The rest of the two names is the same."""
PHRASES: Final = (
    (("bat", "dau"), ("ket", "thuc")), (("dat", "hang"), ("giao", "hang")), (("vao", "lam"), ("nghi", "viec")),
    (("nhap", "vien"), ("xuat", "vien")),
)  # fmt: skip
"""The same of several words."""
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_NOTHING: Final = (
    "last", "date", "time", "datetime", "at", "on", "ts", "timestamp", "dt", "datum", "zeit", "am", "fecha", "data", "de", "do",
    "da", "du", "ngay", "gio", "bi", "hi", "nichiji",
)  # fmt: skip
_ENDINGS: Final = ("datum", "zeit", "bi")
"""Of words that are written as one: `Geburtsdatum`, `kaishibi`."""
_COMPOUND: Final = re.compile(r"(\w{3,})(beginn|anfang|ende|start)")
"""`Vertragsbeginn` is two words."""


class Kept(Protocol):
    """A column with a name and a type."""

    @property
    def name(self) -> str: ...

    @property
    def type(self) -> ColumnType: ...


@frozen
class InOrder:
    """The `first` column is never later than the `last`, nor than `years` before it."""

    first: str
    last: str
    years: int = 0


def in_order(columns: Iterable[Kept]) -> Iterator[InOrder]:
    """Pairs of columns of times, and of years, the first of which is never later than the second."""
    named: dict[tuple[str, ...], str] = {}
    for column in columns:
        words = _words(column.name)
        kind = column.type.name
        if kind in ("date", "datetime") or (kind in ("int", "decimal", "float") and "year" in words):
            named[tuple(word for word in words if word not in _NOTHING)] = column.name
    for words, first in named.items():
        for at, size, later in _later(words):
            last = named.get((*words[:at], *later, *words[at + size :]))
            if last is not None and last != first:
                yield InOrder(first, last, ADULT if later[0] in _OF_ADULTS else 0)


def of_workers(columns: Iterable[str]) -> bool:
    """Are these names of columns those of a table of people who work: who have been hired, or are paid?"""
    return any(word in _OF_WORK or word in _PAY for name in columns for word in _words(name))


def _later(words: tuple[str, ...]) -> Iterator[tuple[int, int, Sequence[str]]]:
    """Where something of the name begins, how many words it has, and the words of what comes after it."""
    for at, word in enumerate(words):
        yield from ((at, 1, (later,)) for begin, ends in PAIRS if begin == word for later in ends)
        yield from ((at, 2, later) for begin, later in PHRASES if begin == words[at : at + 2])


def _words(name: str) -> tuple[str, ...]:
    found: list[str] = []
    for word in (each.lower() for each in _WORD.findall(name)):
        ending = next((each for each in _ENDINGS if len(word) > len(each) + 3 and word.endswith(each)), "")
        compound = _COMPOUND.fullmatch(word)
        found += [word.removesuffix(ending)] if compound is None else compound.groups()
    return tuple(found)
