"""How a command ends that is told to end: what it has begun is gone, and whoever started it sees by which signal it ended.

SIGTERM and SIGHUP become an exception that takes the same way out as Ctrl-C does. Whoever takes longer than a moment for
that, as in a write to a pipe that nobody reads, is ended all the same, by a thread that waits for nothing but signals.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

INTERRUPTED = 130
"""What a shell reports for a program that SIGINT ended."""
_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
_GRACE = 1.2
"""Seconds in which a command has to find its way out."""
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
    answered = {each for each in _ENDING if signal.getsignal(each) is signal.SIG_DFL}
    watched = answered | ({signal.SIGINT} if signal.getsignal(signal.SIGINT) is signal.default_int_handler else set())
    out = threading.Event()
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    awake = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    threading.Thread(target=_watch, args=(reader, watched, out), name="signals", daemon=True).start()
    ended = None
    try:
        for each in answered:
            signal.signal(each, _raise)
        yield
    except Ended as error:
        ended = error.signum
    finally:
        for each in answered:
            signal.signal(each, signal.SIG_DFL if ended is None else signal.SIG_IGN)
        if ended is None:
            out.set()
        signal.set_wakeup_fd(awake)
        os.close(writer)
    if ended is not None:
        gc.collect()  # semaphores of workers, in frames that are gone: the system keeps them otherwise
        _die(ended)


def first_to_say_interrupted() -> bool:
    """One line, once, whoever says it."""
    first = not _said.is_set()
    _said.set()
    return first


_said = threading.Event()


def _raise(signum: int, frame: FrameType | None) -> NoReturn:
    for each in _ENDING:
        if signal.getsignal(each) is _raise:
            signal.signal(each, signal.SIG_IGN)
    raise Ended(signum)


def _watch(reader: int, watched: set[signal.Signals], out: threading.Event) -> None:
    while received := os.read(reader, 1):
        if received[0] in watched and not out.wait(_GRACE):
            _die(received[0])
    os.close(reader)


def _die(signum: int) -> NoReturn:
    """Leave nothing begun, and end by the signal."""
    processes, unfinished = (sys.modules.get(f"datamimic.{name}") for name in ("base.processes", "output.unfinished"))
    if processes is not None:
        processes.end_all_processes()
    if unfinished is not None:
        unfinished.remove_begun(_COMMIT)
    if signum == signal.SIGINT:
        if first_to_say_interrupted():
            _say("interrupted")
        os._exit(INTERRUPTED)
    _say(f"ended by {signal.Signals(signum).name}")
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).signal(signum, 0)  # to the default, which Python lets the main thread alone ask for
        os.kill(os.getpid(), signum)
    os._exit(128 + signum)  # the first process of a container is not ended by its own signals


def _say(text: str) -> None:
    with suppress(OSError):
        os.write(2, f"{text}\n".encode())
