"""What the columns of a history hold, by their names and by a look at all cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal

import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field, frozen

from datamimic.errors import InvalidOption
from datamimic_pack_common.card_spans import BETWEEN, bare_number, card_spans
from datamimic_pack_common.payment_numbers import holds_cards, network_of
from datamimic_pack_finance.replaying.expiry import FORMS, forms_of

Kind = Literal["pan", "text", "name", "expiry", "empty", "moment", "keep"]
KINDS: Final[tuple[Kind, ...]] = ("pan", "text", "name", "expiry", "empty", "moment", "keep")
"""Card numbers, all of them; text, in which card numbers and tracks are looked for; names of cardholders; expiry dates; what
must not be kept at all, such as verification values; days and moments; what is no business of a replay."""

_WORDS: Final = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])")
_EMPTIED: Final = re.compile(
    r"\b(cvv2?|cvc2?|cav2|cid|csc|cvn|security code|verification (value|code|number)|"
    r"pin ?block|pin|pin data|pvv|icc( data)?|emv( data)?|chip data|prüfziffer|kartenprüfnummer|cryptogramme)\b"
)
_NAMED: Final = re.compile(
    r"\b(card ?holders?( name)?|card owner|name on card|holder( name)?|account holder( name)?|embossed name|embossing|"
    r"customer name|karteninhaber|titulaire|titular)\b"
)
_NUMBERED: Final = re.compile(
    r"\b(pan|card|card ?(number|num|no|nr)|credit ?card|ccn?|cc ?(number|num|no)|kartennummer|kreditkarte|tarjeta|carte)\b"
)
_EXPIRY: Final = re.compile(
    r"\b(exp|expiry|expires|expiration|exp date|valid (thru|through|until|to)|gültig bis|ablauf\w*)\b"
)
_BORN: Final = re.compile(r"\b(birth\w*|born|dob|geburt\w*|naissance)\b")
_NOT_NAMES: Final = re.compile(r"\b(id|key|number|no|count|age|type|country|since)\b")
MOMENT: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.,+\-Z ]*)?$"
"""A day or moment as text, ISO 8601."""


def words_of(path: str) -> str:
    """The words of the last part of a column's name: `cardHolder.expiry_date` has `expiry date`."""
    return " ".join(_WORDS.split(path.rpartition(".")[2])).lower()


@define
class Seen:
    """What the cells of a column were like."""

    path: str
    type: pa.DataType
    cells: int = 0
    bare: int = 0
    """Cells that hold a number as long as a card's, and nothing else."""
    passing: int = 0
    moments: int = 0
    forms: list[str] = field(factory=lambda: list(FORMS))

    def look(self, array: pa.Array) -> None:
        """Take in the cells of another batch."""
        if pa.types.is_null(self.type):
            self.type = array.type
        self.cells += len(array) - array.null_count
        for each in pc.value_counts(maybe_numbers(array)).to_pylist():
            number = None if each["values"] is None else bare_number(each["values"])
            if number is not None:
                self.bare += each["counts"]
                self.passing += each["counts"] if network_of(number) is not None else 0
        if is_text(array.type):
            self.moments += pc.sum(pc.match_substring_regex(array, MOMENT)).as_py() or 0
        if self.forms and _EXPIRY.search(words_of(self.path)) and not pa.types.is_temporal(array.type):
            self.forms = forms_of((str(each) for each in pc.unique(array.drop_null()).to_pylist()), self.forms)

    @property
    def form(self) -> str | None:
        """The one form that its expiry dates have."""
        if pa.types.is_temporal(self.type):
            return "YYYY-MM-DD"
        return self.forms[0] if len(self.forms) == 1 else None

    @property
    def kind(self) -> Kind:
        words = words_of(self.path)
        if _EMPTIED.search(words) and not _EMPTIED_NOT.search(words):
            return "empty"
        if _EXPIRY.search(words):
            return "expiry"
        if pa.types.is_temporal(self.type):
            return "keep" if _BORN.search(words) else "moment"
        if self.bare and (_NUMBERED.search(words) or holds_cards(self.path, self.bare, self.passing)):
            return "pan"
        if is_text(self.type) and _NAMED.search(words) and not _NOT_NAMES.search(words):
            return "name"
        if is_text(self.type) and self.cells and self.moments == self.cells:
            return "keep" if _BORN.search(words) else "moment"
        return "text" if _is_looked_at(self.type) or pa.types.is_binary(self.type) else "keep"


_EMPTIED_NOT: Final = re.compile(r"\b(result|match|response|present|indicator|flag|entry|verified)\b")
"""Whether a code was right may stay."""


@frozen
class Survey:
    """The columns of a history: of every one, nested ones by `record.member`, what was seen."""

    columns: Mapping[str, Seen]

    @classmethod
    def of(cls, columns: Iterable[tuple[str, pa.Array]]) -> Survey:
        """What columns hold, each of which may come in several parts."""
        seen: dict[str, Seen] = {}
        for path, array in columns:
            if path not in seen:
                refuse_number(path)
                seen[path] = Seen(path, array.type)
            seen[path].look(array)
        return cls(seen)


@lru_cache(maxsize=4096)
def refuse_number(name: str) -> None:
    """Names of columns are not replaced. Raises `InvalidOption` (`invalid_option`) for one with a card number, unquoted."""
    if next(card_spans(name), None) is not None:
        raise InvalidOption(
            "invalid_option",
            "the name of a column holds a card number, and names stay",
            hint="where the first line of a CSV file is no header: --format-option header=false",
        )


def kinds_of(asked: Iterable[str]) -> dict[str, Kind]:
    """`COLUMN=KIND` of the command line. Raises `InvalidOption` (`invalid_option`)."""
    known: dict[str, Kind] = {kind: kind for kind in KINDS}
    found: dict[str, Kind] = {}
    for text in asked:
        column, _, kind = text.rpartition("=")
        if not column or kind not in known:
            raise InvalidOption(
                "invalid_option", f"--treat is {text!r}", hint=f"COLUMN=KIND, a kind one of {', '.join(KINDS)}"
            )
        found[column] = known[kind]
    return found


def leaves(batch: pa.RecordBatch) -> Iterator[tuple[str, pa.Array]]:
    """The columns of a batch without structure: members of records and items of lists, one after the other."""
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        yield from _leaves(name, column)


def _leaves(path: str, array: pa.Array) -> Iterator[tuple[str, pa.Array]]:
    kind = array.type
    if pa.types.is_struct(kind):
        for number in range(kind.num_fields):
            yield from _leaves(f"{path}.{kind.field(number).name}", array.field(number))
    elif is_list(kind):
        yield from _leaves(path, array.flatten())
    elif pa.types.is_map(kind):
        yield from _leaves(f"{path}.key", array.keys)
        yield from _leaves(f"{path}.value", array.items)
    elif pa.types.is_dictionary(kind):
        yield from _leaves(path, array.dictionary_decode())
    else:
        yield path, array


def is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))


def is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def maybe_numbers(array: pa.Array) -> pa.Array:
    """As text the cells that may hold a number as long as a card's and nothing else; null for others."""
    kind = array.type
    if is_text(kind):
        return pc.if_else(pc.match_substring_regex(array, _BARE), array, pa.scalar(None, kind))
    if pa.types.is_floating(kind):
        whole = pc.and_(pc.less(pc.abs(array), _WITHIN), pc.equal(array, pc.trunc(array)))
        array = pc.if_else(whole, array, pa.scalar(None, kind)).cast(pa.int64(), safe=False)
    elif pa.types.is_decimal(kind) and kind.scale == 0 and kind.precision <= _INT64_DIGITS:
        array = array.cast(pa.int64())
    elif not pa.types.is_integer(kind):
        return pa.nulls(len(array), pa.string())
    return pc.if_else(pc.greater_equal(array, _LEAST), array, pa.scalar(None, array.type)).cast(pa.string())


_BARE: Final = rf"^\s*\p{{Nd}}(?:{BETWEEN}\p{{Nd}}){{11,18}}(?:[eE]\+?1\p{{Nd}})?\s*$"
_LEAST: Final = 10**11
_WITHIN: Final = 2.0**63
_INT64_DIGITS: Final = 18


def _is_looked_at(kind: pa.DataType) -> bool:
    """Text, and numbers that may be whole."""
    return is_text(kind) or bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
