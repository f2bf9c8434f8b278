"""How a command ends that is told to end: what it has begun is gone, and whoever started it sees by which signal it ended.

SIGTERM and SIGHUP become an exception that takes the same way out as Ctrl-C does. Whoever takes longer than a moment for
that, as in a write to a pipe that nobody reads, is ended all the same, by a thread that waits for nothing but signals.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from types import FrameType
from typing import Any, NoReturn

INTERRUPTED = 130
"""What a shell reports for a program that SIGINT ended."""
_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
_GRACE = 1.2
"""Seconds in which a command has to find its way out."""
_LEAVING = 60.0
"""Seconds after a signal in which the process is on its way out."""
_COMMIT = 0.3
"""Seconds that names may be changing meanwhile."""


class Ended(BaseException):
    """A signal that ends programs has come."""

    def __init__(self, signum: int) -> None:
        super().__init__(signal.Signals(signum).name)
        self.signum = signum


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """For the time of a command. Signals that are ignored, as by `nohup`, or answered by the program around stay so."""
    _said.clear()
    if threading.current_thread() is not threading.main_thread() or os.name == "nt":
        yield
        return
    handlers: dict[int, Any] = {each: signal.SIG_DFL for each in _ENDING if signal.getsignal(each) is signal.SIG_DFL}
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        handlers[signal.SIGINT] = signal.default_int_handler
    out = threading.Event()
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    awake = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    threading.Thread(target=_watch, args=(reader, set(handlers), out), name="signals", daemon=True).start()
    unraisable = sys.unraisablehook
    sys.unraisablehook = partial(_but_signals, unraisable)
    ended = None
    raise_first = _RaiseFirst()
    try:
        for each in handlers:
            signal.signal(each, raise_first)
        yield
    except Ended as error:
        ended = error.signum
    finally:
        if ended is not None:
            _die(ended)
        for each, before in handlers.items():
            # Who presses Ctrl-C again while the interpreter takes its leave is answered as before: by nothing.
            if not (each == signal.SIGINT and raise_first.leaving()):
                signal.signal(each, before)
        out.set()
        sys.unraisablehook = unraisable
        signal.set_wakeup_fd(awake)
        os.close(writer)


def say_interrupted(say: Callable[[], None]) -> None:
    """One line, once, whoever says it first: the command that is interrupted, or what ends it when it takes too long."""
    # Whoever cannot say it, since nobody reads, keeps nobody waiting for more than a moment.
    if _saying.acquire(timeout=_COMMIT):
        try:
            if not _said.is_set():
                _said.set()
                say()
        finally:
            _saying.release()


_said = threading.Event()
_saying = threading.Lock()
_dying = threading.Lock()
"""Held, for good, by the thread that ends the process."""


class _RaiseFirst:
    """The first signal has the process end; others while it does, as of somebody who presses Ctrl-C twice, say nothing new.

    A program that runs a command and goes on after its end hears of interrupts again a minute later.
    """

    def __init__(self) -> None:
        self._came: float | None = None

    def leaving(self) -> bool:
        return self._came is not None and time.monotonic() - self._came < _LEAVING

    def __call__(self, signum: int, frame: FrameType | None) -> None:
        if not self.leaving():
            self._came = time.monotonic()
            raise KeyboardInterrupt if signum == signal.SIGINT else Ended(signum)


def _but_signals(say: Callable[[Any], Any], unraisable: Any) -> None:
    """A signal that arrives in a finalizer ends nothing there: `_watch` does, and says its line."""
    if not isinstance(unraisable.exc_value, Ended | KeyboardInterrupt):
        say(unraisable)


def _watch(reader: int, watched: set[int], out: threading.Event) -> None:
    while received := os.read(reader, 1):
        if received[0] in watched and not out.wait(_GRACE):
            _die(received[0])
    os.close(reader)


def _die(signum: int) -> NoReturn:
    """Leave nothing begun, and end by the signal."""
    _dying.acquire()
    processes, unfinished = (sys.modules.get(f"datamimic.{name}") for name in ("base.processes", "output.unfinished"))
    if processes is not None:
        processes.end_all_processes()
    if unfinished is not None:
        unfinished.remove_begun(_COMMIT)
    if signum == signal.SIGINT:
        say_interrupted(lambda: _say("interrupted"))
        os._exit(INTERRUPTED)
    _say(f"ended by {signal.Signals(signum).name}")
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).signal(signum, 0)  # to the default, which Python lets the main thread alone ask for
        os.kill(os.getpid(), signum)
    os._exit(128 + signum)  # the first process of a container is not ended by its own signals


def _say(text: str) -> None:
    with suppress(OSError):
        os.write(2, f"{text}\n".encode())
