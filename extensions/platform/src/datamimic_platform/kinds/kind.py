"""What every kind of job is asked, what it is given to work with, and what it answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from attrs import field, frozen


def _frozen(given: Mapping[str, Any]) -> dict[str, Any]:
    return dict(given)


@frozen
class Asked:
    """`config` lies at a path with the name that its author gave it, uploads beside it. `options` are those of the kind.

    `folder` is where uploads lie. `resolved`: options hold secrets in place of their names, as they do while a job runs.
    `local`: somebody at the machine itself asks, who may reach whatever they may reach anyway. `trusted`: and has said that
    code which the configuration names may run.
    """

    config: Path | None
    options: Mapping[str, Any] = field(factory=dict, converter=_frozen)
    allowed_hosts: tuple[str, ...] = ()
    local: bool = False
    folder: Path | None = None
    resolved: bool = False
    trusted: bool = False


class Work(Protocol):
    """Where a job writes and what it tells. Every call may raise to end a job that was cancelled."""

    @property
    def output(self) -> Path:
        """A folder that is not there yet, for the artefacts; what is in it at the end is published as a whole."""

    @property
    def scratch(self) -> Path:
        """A folder that is not there yet, for what is needed meanwhile; it is removed at the end."""

    @property
    def sharing(self) -> Sharing | None:
        """How a large job lets others make parts of it; None where nobody could."""

    def phase(self, name: str, rows_total: int | None = None) -> None:
        """A phase begins. `rows_total` where rows will be counted."""

    def advance(self, rows: int, table: str | None = None) -> None:
        """So many rows more are made."""

    def say(self, message: str, level: int = 20, **fields: Any) -> None:
        """A line of the job's log, without values of data."""


class Sharing(Protocol):
    """Parts of a large job, which other workers make as well."""

    rows: int
    """Of a part, about."""

    def begin(self, count: int) -> None:
        """So many parts may be made, from 0 on."""

    def take(self, number: int) -> tuple[Path, Mapping[str, Any]] | None:
        """A part's file, and what was told of it; None where whoever asks makes it. Waits while another one does."""

    def joined(self, number: int, path: Path | None) -> None:
        """A part is not needed any more, nor its file."""


class Helping(Protocol):
    """For whoever makes parts. Every call may raise to end it."""

    rows: int
    scratch: Path

    def numbers(self) -> Iterator[int]:
        """Of the parts to make, one after the other."""

    def place(self) -> Path:
        """Of the file of the part that is made."""

    def advance(self, rows: int) -> None: ...

    def made(self, how: Mapping[str, Any]) -> None:
        """The part is in its place, and this is told of it."""


@frozen
class Shown:
    """Of a table that a job would make: its first rows, as plain values. `rows` is how many there will be, None where only the
    run can tell. `sensitive` columns are hidden from those without the right to see values, `secret` ones from everybody."""

    sample: Sequence[Mapping[str, Any]]
    rows: int | None = None
    sensitive: frozenset[str] = frozenset()
    secret: frozenset[str] = frozenset()


@frozen
class Result:
    """`rows` made in all, `summary` what is shown of it, as JSON."""

    rows: int
    summary: Mapping[str, Any] = field(factory=dict)


class JobKind(Protocol):
    """A kind of job. `check` runs before anything is queued, and gives the options with what is chosen for it, a seed among
    them, so that every attempt does the same; `run` does it."""

    needs_config: bool

    def check(self, asked: Asked) -> Mapping[str, Any]:
        """Raises `DatamimicError` for what cannot be done."""

    def preview(self, asked: Asked, rows: int) -> Mapping[str, Shown]:
        """The first rows of every table as a run would write them, at most so many of each; nothing is kept."""

    def run(self, asked: Asked, work: Work) -> Result: ...


@runtime_checkable
class Shares(Protocol):
    """A kind whose large jobs are made in parts."""

    def make_parts(self, asked: Asked, helping: Helping) -> None:
        """Make parts of a job that another process joins; the same as its `run` makes."""
