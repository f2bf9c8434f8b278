"""Values of a world written as a column writes its own: its type, capitals, coding of sexes, forms of dates and telephones."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic_learning.masking.methods.canonical import canonical
from datamimic_learning.masking.methods.matrices import stored
from datamimic_learning.masking.methods.telephones import phones_like
from datamimic_learning.masking.methods.written_dates import days_of

_SEXES: Final = (
    ("female", "male"), ("f", "m"), ("w", "m"), ("woman", "man"), ("weiblich", "männlich"), ("frau", "herr"), ("mrs", "mr"),
    ("ms", "mr"), ("femme", "homme"), ("féminin", "masculin"), ("mujer", "hombre"), ("femenino", "masculino"),
    ("feminino", "masculino"), ("nữ", "nam"), ("女", "男"), ("2", "1"),
)  # fmt: skip
_FEMALE: Final = {pair[0]: pair for pair in reversed(_SEXES)}
_MALE: Final = {pair[1]: pair for pair in reversed(_SEXES)}
_SALUTATIONS: Final = ("salutation", "gender", "sex")
_ASCII: Final = 0x80
_PHONES: Final = ("phone", "mobile_phone", "phone_number", "office_phone", "fax", "private_phone")


def months_first(locale: str) -> bool:
    """Whether 3/4/2025 is a day of March."""
    return locale.endswith("_US")


def sex_of(text: str | None) -> str | None:
    """`female` or `male`, of a text that says so in one of some languages."""
    folded = "" if text is None else text.strip().rstrip(".").lower()
    if folded in _FEMALE and folded not in _MALE:
        return "female"
    return "male" if folded in _MALE else None


def fitted(made: pa.Array, before: pa.Array, field: str, *, locale: str = "en_US") -> pa.Array:
    """`made` (values of the field `field` of a world) as values of the column `before` (both of as many rows), nulls where
    it has nulls. What a type cannot hold becomes null."""
    if pa.types.is_dictionary(made.type):
        made = made.dictionary_decode()
    kind = before.type
    name = field.rpartition(".")[2]
    if pa.types.is_dictionary(kind):
        decoded = fitted(made, before.dictionary_decode(), field, locale=locale)
        return decoded.dictionary_encode().cast(kind)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        found = _text(made, before.cast(pa.string()), name, locale).cast(kind)
    elif pa.types.is_temporal(kind) and pa.types.is_date(made.type):
        found = pc.cast(made, kind)
    elif pa.types.is_integer(kind) and not pa.types.is_integer(made.type):
        digits = pc.utf8_slice_codeunits(pc.replace_substring_regex(canonical(made), r"\D", ""), 0, 9)
        found = pc.cast(pc.if_else(pc.equal(digits, ""), "0", digits), kind, safe=False)
    else:
        found = pc.cast(made, kind, safe=False)
    return pc.if_else(pc.is_valid(before), found, pa.scalar(None, kind))


def _text(made: pa.Array, before: pa.Array, name: str, locale: str) -> pa.Array:
    if name in _SALUTATIONS:
        return _sexes(canonical(made), before, name, locale)
    if pa.types.is_date(made.type):
        days = days_of(before, month_first=months_first(locale))
        assert days is not None
        put = days.put(np.asarray(pc.fill_null(pc.cast(made, pa.int32()), 0)).astype(np.int64))
        return pc.if_else(pa.array(days.known), put, canonical(made))
    texts = canonical(made)
    if name in _PHONES:
        texts = phones_like(texts, before)
    if name == "email":
        return texts
    if name == "state_code":
        short = pc.replace_substring_regex(texts, "^[A-Z]{2}-", "")
        texts = pc.if_else(pc.match_substring(before, "-"), texts, short)
    plain = stored(before)[0].max(initial=0) < _ASCII
    large, small = (pc.ascii_is_upper, pc.ascii_is_lower) if plain else (pc.utf8_is_upper, pc.utf8_is_lower)
    for is_such, turned in ((large, pc.utf8_upper), (small, pc.utf8_lower)):
        such = pc.fill_null(is_such(before), False)
        if not pc.any(such).as_py():
            continue
        # One letter alone does not say how others would be written.
        such = pc.and_(such, pc.fill_null(pc.match_substring_regex(before, r"\pL\pL"), False))
        texts = pc.if_else(such, turned(texts), texts)
    return texts


def _sexes(made: pa.Array, before: pa.Array, name: str, locale: str) -> pa.Array:
    """The sex of the other person in the words of the original; what says no sex stays with those that say none."""
    others, owns = pc.dictionary_encode(made), pc.dictionary_encode(before)
    width = len(owns.dictionary) + 1
    codes = np.asarray(pc.fill_null(others.indices, len(others.dictionary))).astype(np.int64) * width
    codes += np.asarray(pc.fill_null(owns.indices, width - 1)).astype(np.int64)
    pairs, at = np.unique(codes, return_inverse=True)
    sexes, words = [*others.dictionary.to_pylist(), None], [*owns.dictionary.to_pylist(), None]
    written = [_sex(sexes[code // width], words[code % width], name, locale) for code in pairs.tolist()]
    return pa.array(written, pa.string()).take(pa.array(at))


def _sex(made: str | None, said: str | None, name: str, locale: str) -> str | None:
    pair = None if said is None else _pair(_folded(said), locale)
    sex = sex_of(made)
    if said is None or pair is None or sex is None:
        return said if name != "salutation" and sex_of(said) is None else made
    word = pair[0 if sex == "female" else 1]
    dot = "." if said.strip().endswith(".") else ""
    return (word.upper() if said.isupper() else word.capitalize() if said[:1].isupper() else word) + dot


def _pair(text: str, locale: str) -> tuple[str, str] | None:
    if text == "m" and locale.startswith("de"):
        return ("w", "m")
    return _FEMALE.get(text) or _MALE.get(text)


def _folded(text: str) -> str:
    return text.strip().rstrip(".").lower()
