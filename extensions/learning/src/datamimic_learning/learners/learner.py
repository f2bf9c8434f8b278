"""What learns a sample otherwise than by tables: registered by the hook `datamimic_learners`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

import pyarrow as pa

from datamimic import DatamimicError
from datamimic_learning.samples.sample import Sample


class Sampler(ABC):
    """What was fitted. Its rows need not be the same in any slice, as those of a model are: they are made once, and written."""

    @abstractmethod
    def sample(self, rows: Mapping[str, int], seed: int) -> Mapping[str, pa.Table]:
        """So many rows of each table, by name; the same for the same seed, where the learner can."""

    def save(self, folder: Path) -> None:
        """Keep what was fitted in a folder. Raises `DatamimicError` (`learning.not_kept`) where there is no way to."""
        raise DatamimicError("learning.not_kept", f"{type(self).__name__} cannot be kept", hint="keep its rows")


class Learner(ABC):
    """Fits a sample. A subclass with a `name` and, where it needs another distribution, what pip takes (`requirement`) and the
    `module` to look for. `remark` is what users should know of it, such as its licence."""

    name: ClassVar[str]
    requirement: ClassVar[str] = ""
    module: ClassVar[str] = ""
    remark: ClassVar[str] = ""

    @abstractmethod
    def fit(self, sample: Sample, seed: int) -> Sampler:
        """Raises `DatamimicError` for a sample that it cannot learn."""

    def load(self, folder: Path, *, trusted: bool = False) -> Sampler:
        """What `Sampler.save` kept. Where that means to run code of the file (a pickle), it is only done where `trusted`.

        Raises `DatamimicError` (`learning.not_kept`, `learning.not_trusted`)."""
        raise DatamimicError("learning.not_kept", f"{self.name} keeps nothing", hint="keep its rows")

    @classmethod
    def check(cls) -> None:
        """Raises `DatamimicError` (`learning.not_installed`) with the line that installs what it needs."""
        if cls.module and find_spec(cls.module) is None:
            said = f"the learner {cls.name} needs {cls.requirement}, which is not installed"
            hint = f'pip install "{cls.requirement}"' + (f" ({cls.remark})" if cls.remark else "")
            raise DatamimicError("learning.not_installed", said, hint=hint)

    @classmethod
    def said(cls) -> str:
        """Its name, and the version of what it needs."""
        bare = cls.requirement.partition("[")[0].partition(">")[0]
        try:
            return f"{cls.name} {version(bare)}" if bare else cls.name
        except PackageNotFoundError:
            return cls.name


def untrusted(name: str) -> DatamimicError:
    """For a file that only a pickle can be read of."""
    return DatamimicError(
        "learning.not_trusted",
        f"what {name} kept is a pickle, and reading one runs its code",
        hint="say --trust if you trust who made it",
    )
