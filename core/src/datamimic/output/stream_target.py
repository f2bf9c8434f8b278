"""What a stream target is: a class for a broker, or another place, that takes rows one by one, by URL.

    class AmqpTarget(StreamTarget):
        name = "amqp"
        schemes = ("amqp", "amqps")

        def open(self, place: str) -> Sending: ...

A pack brings it with the hook `datamimic_streams`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar

from attrs import frozen


@frozen
class StreamRecord:
    """A row on its way: `value` is a JSON object in UTF-8, `key` the key of its entity (None where that has none), `headers`
    say what it is."""

    key: bytes | None
    value: bytes
    headers: Mapping[str, str]


class Sending(ABC):
    """One stream of records into a place. `close` comes last, whatever happened.

    `refusals` are what its library raises: they become an `OutputError` (`output_failed`), without the password of the URL.
    """

    refusals: tuple[type[Exception], ...] = ()

    @property
    @abstractmethod
    def confirmed(self) -> int:
        """How many records the place has confirmed: they are in it, whatever happens to this process."""

    @abstractmethod
    def send(self, records: Sequence[StreamRecord]) -> None:
        """Send records in their order, those of one key so that whoever reads gets them in it. It returns when few enough are
        not confirmed yet, and raises where one was refused."""

    @abstractmethod
    def settle(self, seconds: float | None = None) -> None:
        """Wait until everything is confirmed, for so many `seconds` at most; None for as long as it takes."""

    @abstractmethod
    def close(self) -> None:
        """Release what is open. It may not raise."""


class StreamTarget(ABC):
    """A place that takes rows one by one. A subclass has a `name`, the `schemes` of its URLs and `open`."""

    name: ClassVar[str]
    schemes: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def open(self, place: str) -> Sending:
        """Begin to send to a URL.

        Raises `OutputError` (`output_unwritable`) where it cannot be reached or takes no records, `DatamimicError`
        (`missing_dependency`) without its library.
        """
