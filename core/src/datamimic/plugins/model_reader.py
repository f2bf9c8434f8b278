"""What reads models: descriptions of tables that become a pack when a world is made."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from datamimic.base.described_packs import DescribedPack


class ModelReader(ABC):
    """Reads models of some languages, and makes packs of them. Registered by the hook `datamimic_models`.

    A pack is made once per process and description, wherever a world is made of it: by whoever asked, by a worker, by
    `dm verify` of a manifest. So the document must hold all that the tables need.
    """

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]] = ()
    """Endings of the files that it reads."""

    @classmethod
    @abstractmethod
    def read(cls, place: str, *, trusted: bool = False) -> DescribedPack:
        """The model in a file. `trusted`: code that it names may be run. Raises `DatamimicError` for the first mistake."""

    @classmethod
    @abstractmethod
    def plugin(cls, described: DescribedPack) -> object:
        """An object with the hooks of a pack, `datamimic_pack` and `datamimic_entities` at least, whose classes are of
        the type `DescribedClass`. Raises `DatamimicError`."""

    @classmethod
    def not_held(
        cls, described: DescribedPack, table: str, check: str, violations: int, rows: int, samples: Sequence[int]
    ) -> None:
        """Told before `dm generate` and `dm world` write anything, of a check of a table (the sentence of it) that
        `violations` of `rows` do not hold, such as the rows of the numbers `samples`. Raises `DatamimicError` where the model
        means that all rows hold it, and so nothing is written."""
        return  # a language without checks has nothing to say
