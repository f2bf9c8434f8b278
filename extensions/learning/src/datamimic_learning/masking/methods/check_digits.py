"""Check digits and structures of numbers: what of a number is free, which numbers there are, and the digits that follow.

A number is a row of characters without its separators. `Number.fits` says which rows are such numbers with the right check
digits; `free` which places are encrypted; `complete` computes the check digits anew; `exists` says which results there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic_learning.masking.methods.alphabets import Ints, Points

Bools = NDArray[np.bool_]
_ZERO = ord("0")


def _everything(points: Points) -> Bools:
    return np.ones(len(points), np.bool_)


@frozen
class Number:
    """One kind of number. `lengths` are those that it has; `kept` the first places that stay, for which numbers say
    something that others read, such as a bank."""

    name: str
    meaning: str
    lengths: tuple[int, ...]
    complete: Callable[[Points], Points]
    checks: Callable[[int], tuple[int, ...]]
    """The places of check digits, by the length."""
    kept: Callable[[Points], Ints] = lambda points: np.zeros(len(points), np.int64)
    exists: Callable[[Points], Bools] = _everything
    letters: bool = False
    """Letters are free too."""

    def free(self, points: Points) -> Bools:
        """Which places of which rows are encrypted."""
        places = np.arange(points.shape[1])
        found = np.broadcast_to(~np.isin(places, self.checks(points.shape[1])), points.shape)
        return found & (places >= self.kept(points)[:, None])

    def fits(self, points: Points) -> Bools:
        """Which rows are such numbers."""
        if points.shape[1] not in self.lengths:
            return np.zeros(len(points), np.bool_)
        places = np.arange(points.shape[1])
        digits = (points >= _ZERO) & (points <= _ZERO + 9)
        must = ~np.isin(places, self.checks(points.shape[1])) if self.letters is False else np.zeros(len(places), bool)
        formed = digits[:, must].all(axis=1) & self.exists(points)
        found = np.zeros(len(points), np.bool_)
        rows = np.flatnonzero(formed)
        found[rows] = (self.complete(points[rows]) == points[rows]).all(axis=1)
        return found


def _digits(points: Points) -> Ints:
    return points.astype(np.int64) - _ZERO


def _with(points: Points, place: int, digits: Ints) -> Points:
    made = points.copy()
    made[:, place] = digits + _ZERO
    return made


_DOUBLED = np.array([sum(divmod(2 * digit, 10)) for digit in range(10)])


def _luhn(points: Points) -> Points:
    body = np.clip(_digits(points)[:, -2::-1], 0, 9)
    total = _DOUBLED[body[:, ::2]].sum(axis=1) + body[:, 1::2].sum(axis=1)
    return _with(points, points.shape[1] - 1, -total % 10)


def _gtin(points: Points) -> Points:
    body = _digits(points)[:, -2::-1]
    return _with(points, points.shape[1] - 1, -(3 * body[:, ::2].sum(axis=1) + body[:, 1::2].sum(axis=1)) % 10)


_VERHOEFF_D = np.array(
    [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 0, 6, 7, 8, 9, 5], [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
        [3, 4, 0, 1, 2, 8, 9, 5, 6, 7], [4, 0, 1, 2, 3, 9, 5, 6, 7, 8], [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
        [6, 5, 9, 8, 7, 1, 0, 4, 3, 2], [7, 6, 5, 9, 8, 2, 1, 0, 4, 3], [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
        [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ]
)  # fmt: skip
_VERHOEFF_P = [np.array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), np.array([1, 5, 7, 6, 2, 8, 3, 0, 9, 4])]
while len(_VERHOEFF_P) < 8:
    _VERHOEFF_P.append(_VERHOEFF_P[1][_VERHOEFF_P[-1]])
_VERHOEFF_INVERSE = np.array([0, 4, 3, 2, 1, 5, 6, 7, 8, 9])


def _verhoeff(points: Points) -> Points:
    check = np.zeros(len(points), np.int64)
    body = _digits(points)[:, -2::-1]
    for place in range(body.shape[1]):
        check = _VERHOEFF_D[check, _VERHOEFF_P[(place + 1) % 8][body[:, place]]]
    return _with(points, points.shape[1] - 1, _VERHOEFF_INVERSE[check])


def _iso7064(points: Points) -> Points:
    """ISO 7064, MOD 11,10."""
    carried = np.full(len(points), 10, np.int64)
    for column in _digits(points)[:, :-1].T:
        total = (column + carried) % 10
        carried = np.where(total == 0, 10, total) * 2 % 11
    return _with(points, points.shape[1] - 1, (11 - carried) % 10)


def _idnr_exists(points: Points) -> Bools:
    """Of ten digits one comes twice or three times, all others at most once; the first is not 0."""
    body = _digits(points)[:, :10]
    counts = np.stack([(body == digit).sum(axis=1) for digit in range(10)], axis=1)
    most, others = counts.max(axis=1), (counts > 1).sum(axis=1)
    found: Bools = (body[:, 0] > 0) & ((most == 2) | (most == 3)) & (others == 1)
    return found


def _cpf(points: Points) -> Points:
    made = points
    for place in (9, 10):
        total = _digits(made)[:, :place] @ np.arange(place + 1, 1, -1)
        made = _with(made, place, total * 10 % 11 % 10)
    return made


_NIF = np.array([ord(each) for each in "TRWAGMYFPDXBNJZSQVHLCKE"])


def _nif(points: Points) -> Points:
    made = points.copy()
    made[:, 8] = _NIF[_number(_digits(points)[:, :8]) % 23]
    return made


def _number(digits: Ints) -> Ints:
    found = np.zeros(len(digits), np.int64)
    for column in digits.T:
        found = found * 10 + column
    return found


def _nhs_total(points: Points) -> Ints:
    found: Ints = 11 - _digits(points)[:, :9] @ np.arange(10, 1, -1) % 11
    return found


def _nhs(points: Points) -> Points:
    return _with(points, 9, _nhs_total(points) % 11 % 10)


def _nir(points: Points) -> Points:
    check = 97 - _number(_digits(points)[:, :13]) % 97
    return _with(_with(points, 13, check // 10), 14, check % 10)


def _nir_exists(points: Points) -> Bools:
    """Sex, month of birth and department (not of Corsica's letters) are such."""
    digits = _digits(points)
    month, department = digits[:, 3] * 10 + digits[:, 4], digits[:, 5] * 10 + digits[:, 6]
    return (
        ((digits[:, 0] == 1) | (digits[:, 0] == 2))
        & (month >= 1)
        & (month <= 12)
        & (department >= 1)
        & (department <= 95)
        & (department != 20)
    )


def _ssn_exists(points: Points) -> Bools:
    digits = _digits(points)
    area = _number(digits[:, :3])
    return (area != 0) & (area != 666) & (area < 900) & (_number(digits[:, 3:5]) != 0) & (_number(digits[:, 5:9]) != 0)


def _first_is(least: int) -> Callable[[Points], Bools]:
    return lambda points: _digits(points)[:, 0] >= least


_BANK: Final[Mapping[str, int]] = {
    "AT": 5, "BE": 3, "CH": 5, "CZ": 4, "DE": 8, "DK": 4, "ES": 8, "FI": 3, "FR": 10, "GB": 10, "HU": 7, "IE": 10, "IT": 11,
    "LU": 3, "MC": 10, "NL": 4, "NO": 4, "PL": 8, "PT": 8, "SE": 3, "SM": 11,
}  # fmt: skip
"""Characters of the national number that name the bank (SWIFT, IBAN registry); elsewhere four."""


def _country(points: Points) -> NDArray[np.str_]:
    first = points[:1, :2]
    if len(points) and (points[:, :2] == first).all():
        return np.full(len(points), "".join(map(chr, first[0].tolist())))
    codes, at = np.unique(points[:, 0].astype(np.int64) << 21 | points[:, 1], return_inverse=True)
    return np.array([chr(code >> 21) + chr(code & 0x1FFFFF) for code in codes.tolist()])[at]


def _iban_kept(points: Points) -> Ints:
    names, at = np.unique(_country(points), return_inverse=True)
    found: Ints = 4 + np.array([_BANK.get(str(name), 4) for name in names], np.int64)[at]
    return found


def _iban_exists(points: Points) -> Bools:
    capital = (points >= ord("A")) & (points <= ord("Z"))
    digit = (points >= _ZERO) & (points <= _ZERO + 9)
    small = (points >= ord("a")) & (points <= ord("z"))
    signs: Bools = capital | digit | small
    found: Bools = np.logical_and(capital[:, :2].all(axis=1), digit[:, 2:4].all(axis=1))
    return np.logical_and(found, signs[:, 4:].all(axis=1))


def _iban(points: Points) -> Points:
    made = points.copy()
    country = _country(points)
    for name, complete in (("FR", _rib), ("MC", _rib), ("BE", _belgian), ("ES", _spanish)):
        rows = np.flatnonzero(country == name)
        if len(rows) and points.shape[1] == {"FR": 27, "MC": 27, "BE": 16, "ES": 24}[name]:
            made[rows] = complete(made[rows])
    check = 98 - _mod97(np.concatenate([made[:, 4:], made[:, :2], np.full((len(made), 2), _ZERO, np.uint32)], axis=1))
    return _with(_with(made, 2, check // 10), 3, check % 10)


def _mod97(points: Points) -> Ints:
    rest: Ints = np.zeros(len(points), np.int64)
    most = 0
    for place in range(points.shape[1]):
        column = points[:, place].astype(np.int64)
        letter = column >= ord("A")
        if most > 10**16:  # what is larger by 100 still fits
            rest %= 97
            most = 96
        if letter.any():
            rest = rest * np.where(letter, 100, 10) + np.where(letter, (column & ~0x20) - ord("A") + 10, column - _ZERO)
        else:
            rest = rest * 10 + (column - _ZERO)
        most = most * 100 + 100
    return rest % 97


_RIB = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5, 6, 7, 8, 9])


def _rib(points: Points) -> Points:
    body = points[:, 4:25].astype(np.int64)
    digits = np.where(body >= ord("A"), _RIB[np.clip((body & ~0x20) - ord("A"), 0, 25)], body - _ZERO)
    bank, desk, account = _number(digits[:, :5]), _number(digits[:, 5:10]), _number(digits[:, 10:21])
    key = 97 - (89 * bank + 15 * desk + 3 * (account % 97)) % 97
    return _with(_with(points, 25, key // 10), 26, key % 10)


def _belgian(points: Points) -> Points:
    rest = _number(_digits(points)[:, 4:14]) % 97
    check = np.where(rest == 0, 97, rest)
    return _with(_with(points, 14, check // 10), 15, check % 10)


def _spanish(points: Points) -> Points:
    digits, weights = _digits(points), np.array([1, 2, 4, 8, 5, 10, 9, 7, 3, 6])
    bank = 11 - digits[:, 4:12] @ weights[2:] % 11
    account = 11 - digits[:, 14:24] @ weights % 11
    made = _with(points, 12, np.where(bank == 10, 1, bank % 11))
    return _with(made, 13, np.where(account == 10, 1, account % 11))


def _iban_checks(length: int) -> tuple[int, ...]:
    """Countries are told apart by length: no two of those with check digits of their own share one with each other."""
    own = {27: (25, 26), 16: (14, 15), 24: (12, 13)}
    return (2, 3, *own.get(length, ()))


def _last(length: int) -> tuple[int, ...]:
    return (length - 1,)


NUMBERS: Final[Mapping[str, Number]] = {
    each.name: each
    for each in (
        Number("luhn", "cards, IMEI, Canadian SIN, SIREN", tuple(range(8, 20)), _luhn, _last),
        Number("card", "cards: the first six digits, the issuer's, stay", tuple(range(12, 20)), _luhn, _last,
               kept=lambda points: np.full(len(points), 6, np.int64)),
        Number("iban", "accounts: country and bank stay", tuple(range(15, 35)), _iban, _iban_checks, _iban_kept,
               _iban_exists, letters=True),
        Number("gtin", "EAN, UPC, ISBN-13", (8, 12, 13, 14), _gtin, _last),
        Number("de_idnr", "German tax number", (11,), _iso7064, _last, exists=_idnr_exists),
        Number("es_nif", "Spanish DNI and NIF", (9,), _nif, _last),
        Number("br_cpf", "Brazilian CPF", (11,), _cpf, lambda length: (9, 10)),
        Number("in_aadhaar", "Indian Aadhaar", (12,), _verhoeff, _last, exists=_first_is(2)),
        Number("fr_nir", "French NIR: the first digit, the sex, stays", (15,), _nir, lambda length: (13, 14),
               kept=lambda points: np.ones(len(points), np.int64), exists=_nir_exists),
        Number("us_ssn", "US social security number", (9,), lambda points: points, lambda length: (),
               exists=_ssn_exists),
        Number("gb_nhs", "British NHS number", (10,), _nhs, _last, exists=lambda points: _nhs_total(points) != 10),
    )
}  # fmt: skip
