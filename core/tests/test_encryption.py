"""Format-preserving encryption: FF1 against what NIST publishes, and its network with a radix for each place."""

from __future__ import annotations

import string

import numpy as np
import pytest

from datamimic import FF1, MixedFF1

KEY = bytes.fromhex("2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94")
SIGNS = string.digits + string.ascii_lowercase
TEN, ELEVEN = "39383736353433323130", "3737373770717273373737"
SAMPLES = [
    (16, 10, "", "0123456789", "2433477484"),
    (16, 10, TEN, "0123456789", "6124200773"),
    (16, 36, ELEVEN, "0123456789abcdefghi", "a9tv40mll9kdu509eum"),
    (24, 10, "", "0123456789", "2830668132"),
    (24, 10, TEN, "0123456789", "2496655549"),
    (24, 36, ELEVEN, "0123456789abcdefghi", "xbj3kv35jrawxv32ysr"),
    (32, 10, "", "0123456789", "6657667009"),
    (32, 10, TEN, "0123456789", "1001623463"),
    (32, 36, ELEVEN, "0123456789abcdefghi", "xs8a0azh2avyalyzuwd"),
]
"""The samples that NIST publishes for FF1: bytes of the key, radix, tweak, plaintext, ciphertext."""


@pytest.mark.parametrize(("width", "radix", "tweak", "plain", "ciphered"), SAMPLES)
def test_ff1_gives_what_nist_publishes(width: int, radix: int, tweak: str, plain: str, ciphered: str) -> None:
    cipher = FF1(KEY[:width], radix)
    numerals = np.array([[SIGNS.index(sign) for sign in plain]] * 2)
    tweaks = np.frombuffer(bytes.fromhex(tweak) * 2, np.uint8).reshape(2, -1)
    made = cipher.encrypt(numerals, tweaks)
    assert ["".join(SIGNS[digit] for digit in row) for row in made] == [ciphered] * 2
    assert (cipher.decrypt(made, tweaks) == numerals).all()
    assert (FF1(KEY[1 : 1 + 16], radix).encrypt(numerals, tweaks) != made).any()


def test_numerals_of_mixed_radices_are_permuted_within_them() -> None:
    """All numbers of a small space, each once; with a row of other radices between them, which changes nothing."""
    radices = np.array([[10, 1, 26, 10]] * 2_600 + [[3, 5, 1, 7]])
    every = np.stack(np.unravel_index(np.arange(2_600), (10, 1, 26, 10)), axis=1)
    numerals = np.concatenate([every, [[2, 4, 0, 6]]])
    tweaks = np.zeros((len(numerals), 3), np.uint8)
    cipher = MixedFF1(KEY[:16])
    made = cipher.encrypt(numerals, radices, tweaks)
    assert ((made >= 0) & (made < radices)).all()
    assert len(np.unique(made[:-1], axis=0)) == 2_600 and (made[:-1] != every).any(axis=1).mean() > 0.99
    assert (cipher.decrypt(made, radices, tweaks) == numerals).all()
    assert (cipher.encrypt(numerals[:5], radices[:5], tweaks[:5]) == made[:5]).all()
    assert (cipher.encrypt(numerals, radices, tweaks + 1) != made).any()
    with pytest.raises(ValueError, match="below"):
        cipher.encrypt(np.zeros((1, 30), np.int64), np.full((1, 30), 36), tweaks[:1])
