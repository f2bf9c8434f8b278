"""A channel that publishes from a thread of its own, so that many messages wait for their confirms at once."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

MOST_UNCONFIRMED = 2_000
"""Messages that may wait for the broker."""
_LOOK = 0.2
"""Seconds after which whoever waits looks whether somebody interrupts."""


class Broken(Exception):
    """The connection, the channel or a message failed; says why."""


class Publisher:
    """One connection with one channel, on which the broker confirms messages.

    All of pika's objects belong to the thread of its loop; what others ask comes to it by callbacks.
    """

    def __init__(self, library: Any, parameters: Any, queue: str | None, exchange: str) -> None:
        self.confirmed = 0
        self._library = library
        self._queue = queue
        self._exchange = exchange
        self._changed = threading.Condition()
        self._ready = False
        self._broken: str | None = None
        self._waiting: deque[int] = deque()
        self._published = 0
        self._asked = 0
        self._channel: Any = None
        self._connection = library.SelectConnection(
            parameters,
            on_open_callback=self._opened,
            on_open_error_callback=self._closed,
            on_close_callback=self._closed,
        )
        self._thread = threading.Thread(target=self._run, name="datamimic-amqp", daemon=True)

    # -- what others ask -------------------------------------------------------------------------------------------

    def open(self, seconds: float) -> None:
        """Raises `Broken` where the broker cannot be reached, or has no such exchange."""
        self._thread.start()
        self._wait(lambda: self._ready, seconds)
        if not self._ready:
            raise Broken(f"no answer within {seconds:.0f} seconds")

    def publish(self, messages: Sequence[tuple[str, str, bytes, Any]]) -> None:
        """Publish messages (exchange, routing key, body, properties) in order, and wait until few enough are unconfirmed.
        Raises `Broken`."""
        for start in range(0, len(messages), MOST_UNCONFIRMED):
            some = messages[start : start + MOST_UNCONFIRMED]
            self._raise_broken()
            self._asked += len(some)
            self._in_loop(partial(self._publish, some))
            self._wait(lambda: self._asked - self.confirmed < MOST_UNCONFIRMED, None)

    def settle(self, seconds: float | None) -> None:
        """Wait until everything is confirmed, so many seconds at most. Raises `Broken`."""
        self._wait(lambda: self.confirmed == self._asked, seconds)

    def close(self) -> None:
        if self._thread.is_alive():
            self._in_loop(self._end)
            self._thread.join(5)

    def _wait(self, done: Callable[[], bool], seconds: float | None) -> None:
        end = None if seconds is None else time.monotonic() + seconds
        with self._changed:
            while not done():
                self._raise_broken()
                if end is not None and time.monotonic() >= end:
                    return
                self._changed.wait(_LOOK)
        self._raise_broken()

    def _in_loop(self, call: Callable[[], None]) -> None:
        # A loop that ends meanwhile is closed; why it ended is told by whoever waits.
        with suppress(OSError, RuntimeError, AttributeError):
            self._connection.ioloop.add_callback_threadsafe(call)

    def _raise_broken(self) -> None:
        if self._broken is not None:
            raise Broken(self._broken)

    # -- in the thread of the loop ---------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._connection.ioloop.start()
        except Exception as error:
            self._fail(error)
        self._fail("the connection was closed")
        self._connection.ioloop.close()

    def _opened(self, connection: Any) -> None:
        connection.channel(on_open_callback=self._channel_opened)

    def _channel_opened(self, channel: Any) -> None:
        self._channel = channel
        channel.add_on_close_callback(lambda _, error: self._fail(error))
        channel.add_on_return_callback(lambda _, method, *__: self._fail(f"no queue takes {method.routing_key!r}"))
        if self._queue is not None:
            channel.queue_declare(self._queue, durable=True, callback=lambda _: self._confirming())
        else:
            channel.exchange_declare(self._exchange, passive=True, callback=lambda _: self._confirming())

    def _confirming(self) -> None:
        self._channel.confirm_delivery(self._answered, callback=lambda _: self._begin())

    def _begin(self) -> None:
        with self._changed:
            self._ready = True
            self._changed.notify_all()

    def _publish(self, messages: Sequence[tuple[str, str, bytes, Any]]) -> None:
        if self._broken is not None:
            return
        try:
            for exchange, key, body, properties in messages:
                self._published += 1
                self._waiting.append(self._published)
                self._channel.basic_publish(exchange, key, body, properties, mandatory=True)
        except self._library.exceptions.AMQPError as error:
            self._fail(error)

    def _answered(self, frame: Any) -> None:
        method = frame.method
        if type(method).__name__ != "Ack":
            self._fail("the broker refused a message")
            return
        with self._changed:
            if method.multiple:
                while self._waiting and self._waiting[0] <= method.delivery_tag:
                    self._waiting.popleft()
                    self.confirmed += 1
            else:
                self._waiting.remove(method.delivery_tag)
                self.confirmed += 1
            self._changed.notify_all()

    def _fail(self, error: Any) -> None:
        with self._changed:
            if self._broken is None:
                self._broken = _said(error)
            self._changed.notify_all()
        if self._connection.is_open and self._channel is not None:
            self._end()

    def _closed(self, _: Any, error: Any) -> None:
        self._fail(error)
        self._connection.ioloop.stop()

    def _end(self) -> None:
        if self._connection.is_open:
            self._connection.close()
        elif not self._connection.is_closing:
            self._connection.ioloop.stop()


def _said(error: Any) -> str:
    """What went wrong, of errors that hold others."""
    inner = [*getattr(error, "args", ()), *getattr(error, "exceptions", ()), getattr(error, "exception", None)]
    causes = [each for each in inner if isinstance(each, BaseException)]
    if causes:
        return _said(causes[-1])
    return getattr(error, "reply_text", None) or str(error) or type(error).__name__
