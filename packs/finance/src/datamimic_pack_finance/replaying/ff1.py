"""Format-preserving encryption: FF1 of NIST SP 800-38G (2016), a Feistel network of ten rounds over AES, for whole columns."""

from __future__ import annotations

import numpy as np
from attrs import frozen
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from numpy.typing import NDArray

from datamimic.columns import Ints

Bytes = NDArray[np.uint8]
ROUNDS = 10
BLOCK = 16
_MOST_HALF = 2**54
"""Halves are numbers below this, so that a step of the division by them fits into 63 bits."""


@frozen
class FF1:
    """Numerals of a `radix`, of up to 2 ** 54 values a half: rows of digits, encrypted each with a tweak of its own.

    The standard asks for at least 100 strings of a length; its revision (2019, draft) for 1,000,000, which is on the caller.
    """

    key: bytes
    """Of AES: 16, 24 or 32 bytes."""
    radix: int = 10

    def encrypt(self, numerals: Ints, tweaks: Bytes) -> Ints:
        """Numerals of shape (rows, places), tweaks as bytes of shape (rows, any number)."""
        return self._run(numerals, tweaks, range(ROUNDS), 1)

    def decrypt(self, numerals: Ints, tweaks: Bytes) -> Ints:
        """The opposite of `encrypt`."""
        return self._run(numerals, tweaks, range(ROUNDS - 1, -1, -1), -1)

    def _run(self, numerals: Ints, tweaks: Bytes, rounds: range, sign: int) -> Ints:
        rows, places = numerals.shape
        left = places // 2
        right = places - left
        if places < 2 or self.radix**right >= _MOST_HALF:
            raise ValueError(f"FF1 here takes from 2 numerals on, with halves below 2 ** 54: not {places}")
        # Names of the standard: u, v, b, d, and halves A and B as numbers.
        width = ((self.radix**right - 1).bit_length() + 7) // 8
        drawn = 4 * ((width + 3) // 4) + 4
        length = tweaks.shape[1]
        padding = -(length + width + 1) % BLOCK
        fixed = np.zeros((rows, length + padding + 1 + width), np.uint8)
        fixed[:, :length] = tweaks
        a, b = self._number(numerals[:, :left]), self._number(numerals[:, left:])
        head = self._head(places, left, length)
        for number in rounds:
            modulus = self.radix ** (left if number % 2 == 0 else right)
            fixed[:, length + padding] = number
            source = b if sign > 0 else a
            for place in range(width):
                fixed[:, length + padding + 1 + place] = (source >> (8 * (width - 1 - place))) & 0xFF
            mixed = self._remainder(self._drawn(head, fixed, drawn), modulus)
            if sign > 0:
                a, b = b, (a + mixed) % modulus
            else:
                a, b = (b - mixed) % modulus, a
        return np.concatenate([self._digits(a, left), self._digits(b, right)], axis=1)

    def _head(self, places: int, left: int, length: int) -> bytes:
        """P of the standard."""
        radix = self.radix.to_bytes(3, "big")
        return (
            bytes([1, 2, 1])
            + radix
            + bytes([ROUNDS, left % 256])
            + places.to_bytes(4, "big")
            + length.to_bytes(4, "big")
        )

    def _drawn(self, head: bytes, rest: Bytes, count: int) -> Bytes:
        """The first bytes of R || CIPH(R xor 1) || CIPH(R xor 2) …, where R is the CBC-MAC of the head and the rest."""
        chain = np.broadcast_to(np.frombuffer(self._cipher(head), np.uint8), (len(rest), BLOCK))
        for start in range(0, rest.shape[1], BLOCK):
            chain = self._ciphered(chain ^ rest[:, start : start + BLOCK])
        blocks = [chain]
        for number in range(1, (count + BLOCK - 1) // BLOCK):
            turned = chain.copy()
            turned[:, -1] ^= number
            blocks.append(self._ciphered(turned))
        return np.concatenate(blocks, axis=1)[:, :count] if len(blocks) > 1 else chain[:, :count]

    def _ciphered(self, blocks: Bytes) -> Bytes:
        return np.frombuffer(self._cipher(np.ascontiguousarray(blocks).tobytes()), np.uint8).reshape(-1, BLOCK)

    def _cipher(self, blocks: bytes) -> bytes:
        """Each block by AES alone, which is what FF1 is made of."""
        encryptor = Cipher(algorithms.AES(self.key), modes.ECB()).encryptor()
        return encryptor.update(blocks) + encryptor.finalize()

    def _remainder(self, drawn: Bytes, modulus: int) -> Ints:
        step = 2 if modulus < 2**47 else 1
        rest = np.zeros(len(drawn), np.int64)
        for place in range(0, drawn.shape[1], step):
            part = drawn[:, place].astype(np.int64)
            if step == 2:
                part = (part << 8) | drawn[:, place + 1]
            rest = ((rest << (8 * step)) | part) % modulus
        return rest

    def _number(self, numerals: Ints) -> Ints:
        number = np.zeros(len(numerals), np.int64)
        for place in range(numerals.shape[1]):
            number = number * self.radix + numerals[:, place]
        return number

    def _digits(self, number: Ints, places: int) -> Ints:
        digits = np.empty((len(number), places), np.int64)
        for place in range(places - 1, -1, -1):
            number, digits[:, place] = np.divmod(number, self.radix)
        return digits
