"""Format-preserving encryption: FF1 of NIST SP 800-38G (2016), a Feistel network of ten rounds over AES, for whole columns.

`FF1` is the standard, of numerals that all have one radix. `MixedFF1` has a radix for each place of each row, so that letters
stay letters and digits digits: the same network with the same function, and no standard's.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from attrs import field, frozen
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from numpy.typing import NDArray

from datamimic.base.arrays import Ints

Bytes = NDArray[np.uint8]
ROUNDS = 10
BLOCK = 16
MOST_HALF = 2**54
"""Halves are numbers below this, so that a step of the division by them fits into 63 bits."""
_MIXED = 0
"""What stands for the radix where it differs by place; no radix of the standard."""


@frozen
class FF1:
    """Numerals of a `radix`, of up to 2 ** 54 values a half: rows of digits, encrypted each with a tweak of its own.

    The standard asks for at least 100 strings of a length; its revision (2019, draft) for 1,000,000, which is on the caller.
    """

    key: bytes = field(repr=False)
    """Of AES: 16, 24 or 32 bytes."""
    radix: int = 10

    def encrypt(self, numerals: Ints, tweaks: Bytes) -> Ints:
        """Numerals of shape (rows, places), tweaks as bytes of shape (rows, any number)."""
        return self._run(numerals, tweaks, decrypting=False)

    def decrypt(self, numerals: Ints, tweaks: Bytes) -> Ints:
        """The opposite of `encrypt`."""
        return self._run(numerals, tweaks, decrypting=True)

    def _run(self, numerals: Ints, tweaks: Bytes, *, decrypting: bool) -> Ints:
        places = numerals.shape[1]
        left = places // 2
        right = places - left
        if places < 2 or self.radix**right >= MOST_HALF:
            raise ValueError(f"FF1 here takes from 2 numerals on, with halves below 2 ** 54: not {places}")
        network = _Network(self.key, self.radix, places, ((self.radix**right - 1).bit_length() + 7) // 8)
        a, b = _number(numerals[:, :left], self.radix), _number(numerals[:, left:], self.radix)
        a, b = network.run(a, b, self.radix**left, self.radix**right, tweaks, decrypting=decrypting)
        return np.concatenate([_digits(a, left, self.radix), _digits(b, right, self.radix)], axis=1)


@frozen
class MixedFF1:
    """Numerals whose radices differ: `radices` has the shape of the numerals, (rows, places), or one row for all, and is 1
    where there is nothing to encrypt. `key` is that of AES: 16, 24 or 32 bytes. What is encrypted of a row is split into halves
    as near to each other as places allow, each below 2 ** 54."""

    key: bytes = field(repr=False)

    def encrypt(self, numerals: Ints, radices: Ints, tweaks: Bytes) -> Ints:
        """Numerals of shape (rows, places), tweaks as bytes of shape (rows, any number). A tweak should say what the radices
        follow from. Raises ValueError where a half is too large."""
        return self._run(numerals, radices, tweaks, decrypting=False)

    def decrypt(self, numerals: Ints, radices: Ints, tweaks: Bytes) -> Ints:
        """The opposite of `encrypt`."""
        return self._run(numerals, radices, tweaks, decrypting=True)

    def _run(self, numerals: Ints, radices: Ints, tweaks: Bytes, *, decrypting: bool) -> Ints:
        sizes = np.log2(radices)
        before = np.cumsum(sizes, axis=1)
        # The first places with half of the bits are the left half; sums of logarithms are compared with room to spare.
        is_left = before <= before[:, -1:] / 2 + 1e-6
        if np.maximum((sizes * is_left).sum(axis=1), (sizes * ~is_left).sum(axis=1)).max(initial=0) >= 53.9:
            raise ValueError("halves must be below 2 ** 54")
        of_left, of_right = np.where(is_left, radices, 1), np.where(is_left, 1, radices)
        first, second = of_left.prod(axis=1), of_right.prod(axis=1)
        network = _Network(self.key, _MIXED, numerals.shape[1], 7)
        a, b = _mixed_number(numerals * is_left, of_left), _mixed_number(numerals * ~is_left, of_right)
        a, b = network.run(a, b, first, second, tweaks, decrypting=decrypting)
        return _mixed_digits(a, of_left) + _mixed_digits(b, of_right)


@frozen(slots=False)
class _Network:
    """The ten rounds. `width` is the number of bytes that a half is written with, b of the standard."""

    key: bytes = field(repr=False)
    radix: int
    places: int
    width: int

    def run(
        self, a: Ints, b: Ints, first: int | Ints, second: int | Ints, tweaks: Bytes, *, decrypting: bool
    ) -> tuple[Ints, Ints]:
        """The halves as numbers below `first` and `second`, which are one for all rows, or one for each."""
        rows, length = tweaks.shape
        padding = -(length + self.width + 1) % BLOCK
        fixed = np.zeros((rows, length + padding + 1 + self.width), np.uint8)
        fixed[:, :length] = tweaks
        # The blocks before that of the round are the same in all rounds.
        begin = (length + padding) // BLOCK * BLOCK
        head = self._chained(
            self._ciphered(np.frombuffer(self._head(length), np.uint8).reshape(1, BLOCK)), fixed[:, :begin]
        )
        fixed, place = fixed[:, begin:], length + padding - begin
        for number in range(ROUNDS - 1, -1, -1) if decrypting else range(ROUNDS):
            modulus = first if number % 2 == 0 else second
            fixed[:, place] = number
            source = a if decrypting else b
            fixed[:, place + 1 :] = source.astype(">i8").view(np.uint8).reshape(-1, 8)[:, 8 - self.width :]
            mixed = _remainder(self._drawn(head, fixed), modulus)
            if decrypting:
                turned = b - mixed
                a, b = np.where(turned < 0, turned + modulus, turned), a
            else:
                turned = a + mixed
                a, b = b, np.where(turned >= modulus, turned - modulus, turned)
        return a, b

    def _head(self, length: int) -> bytes:
        """P of the standard."""
        return (
            bytes([1, 2, 1])
            + self.radix.to_bytes(3, "big")
            + bytes([ROUNDS, self.places // 2 % 256])
            + self.places.to_bytes(4, "big")
            + length.to_bytes(4, "big")
        )

    def _drawn(self, head: Bytes, rest: Bytes) -> Bytes:
        """The first bytes of R || CIPH(R xor 1) || CIPH(R xor 2) …, where R is the CBC-MAC of the head and the rest."""
        count = 4 * ((self.width + 3) // 4) + 4
        chain = self._chained(head, rest)
        blocks = [chain]
        for number in range(1, (count + BLOCK - 1) // BLOCK):
            turned = chain.copy()
            turned[:, -1] ^= number
            blocks.append(self._ciphered(turned))
        return np.concatenate(blocks, axis=1)[:, :count] if len(blocks) > 1 else chain[:, :count]

    def _chained(self, chain: Bytes, blocks: Bytes) -> Bytes:
        """CBC-MAC gone on with: of one row, or one for all."""
        for start in range(0, blocks.shape[1], BLOCK):
            chain = self._ciphered(chain ^ blocks[:, start : start + BLOCK])
        return np.broadcast_to(chain, (len(blocks), BLOCK))

    @cached_property
    def _encryptor(self) -> Any:
        return Cipher(algorithms.AES(self.key), modes.ECB()).encryptor()

    def _ciphered(self, blocks: Bytes) -> Bytes:
        """Each block by AES alone, which is what FF1 is made of."""
        made = self._encryptor.update(np.ascontiguousarray(blocks).data)
        return np.frombuffer(made, np.uint8).reshape(-1, BLOCK)


def _remainder(drawn: Bytes, modulus: int | Ints) -> Ints:
    """The numbers that the bytes are, the first byte first, modulo numbers below 2 ** 54."""
    divisor = np.asarray(modulus).astype(np.uint64)
    rest = _modulo(np.ascontiguousarray(drawn[:, :8]).view(">u8").astype(np.uint64)[:, 0], divisor)
    for place in range(8, drawn.shape[1]):
        rest = _modulo((rest << np.uint64(8)) | drawn[:, place].astype(np.uint64), divisor)
    return rest.view(np.int64)


def _modulo(numbers: Any, divisor: Any) -> Any:
    """NumPy divides all by one number without dividing, which its remainder does not know of."""
    return numbers - numbers // divisor * divisor


def _number(numerals: Ints, radix: int) -> Ints:
    number = np.zeros(len(numerals), np.int64)
    for place in range(numerals.shape[1]):
        number = number * radix + numerals[:, place]
    return number


def _digits(number: Ints, places: int, radix: int) -> Ints:
    digits = np.empty((len(number), places), np.int64)
    for place in range(places - 1, -1, -1):
        higher = number // radix
        digits[:, place] = number - higher * radix
        number = higher
    return digits


def _mixed_number(numerals: Ints, radices: Ints) -> Ints:
    number = np.zeros(len(numerals), np.int64)
    for place in range(numerals.shape[1]):
        number = number * radices[:, place] + numerals[:, place]
    return number


def _mixed_digits(number: Ints, radices: Ints) -> Ints:
    places = radices.shape[1]
    digits = np.zeros((len(number), places), np.int64)
    for place in range(places - 1, -1, -1):
        higher = number // radices[:, place]
        digits[:, place] = number - higher * radices[:, place]
        number = higher
    return digits
