"""Base of generators of one's own that an entity asks for its values."""

from __future__ import annotations

from random import Random


class BaseDomainGenerator:
    """Knows the country (`dataset`, an ISO code) and the random numbers (`rng`) of what it makes."""

    def __init__(self, dataset: str | None = None, rng: Random | None = None) -> None:
        self._dataset = (dataset or "US").upper()
        self._rng = rng or Random()

    @property
    def dataset(self) -> str:
        return self._dataset

    @property
    def rng(self) -> Random:
        return self._rng
