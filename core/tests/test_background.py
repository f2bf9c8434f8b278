"""Work in a background thread: its order, its bound, and what becomes of an error."""

from __future__ import annotations

import threading
import time

import pytest

from datamimic.output.background import Background


def test_things_are_done_in_order_in_one_other_thread() -> None:
    done: list[tuple[int, int]] = []
    with Background("test", room=4) as background:
        for number in range(100):
            background.submit(1, lambda number=number: done.append((number, threading.get_ident())))
    assert [number for number, _ in done] == list(range(100))
    assert len({thread for _, thread in done}) == 1 and done[0][1] != threading.get_ident()


def test_who_gives_too_much_has_to_wait() -> None:
    go = threading.Event()
    given: list[int] = []

    def give(background: Background) -> None:
        for number in range(10):
            background.submit(1, go.wait)
            given.append(number)

    with Background("test", room=3) as background:
        giver = threading.Thread(target=give, args=(background,))
        giver.start()
        while len(given) < 3:
            time.sleep(0.01)
        giver.join(0.2)  # time enough to give too much; a giver that waits passes however long it is
        assert giver.is_alive() and given == [0, 1, 2]
        go.set()
        giver.join()
    assert len(given) == 10


def test_a_thing_larger_than_the_room_waits_for_an_empty_lane() -> None:
    done: list[str] = []
    go = threading.Event()

    def first() -> None:
        go.wait()
        done.append("first")

    def add(name: str) -> None:
        done.append(name)

    with Background("test", room=3) as background:
        background.submit(1, first)
        threading.Timer(0.05, go.set).start()
        background.submit(9, add, "large")
        assert done[0] == "first", "it was taken before the background thread was empty"
        background.submit(1, add, "last")
    assert done == ["first", "large", "last"]


def test_an_error_is_raised_by_what_comes_later_and_nothing_more_is_done() -> None:
    done: list[int] = []

    def fail() -> None:
        raise OSError("no space")

    def give(things: int) -> None:
        with Background("test", room=1) as background:
            background.submit(1, fail)
            for number in range(things):
                background.submit(1, done.append, number)

    for things in (0, 3):
        with pytest.raises(OSError, match="no space"):
            give(things)
    assert len(done) <= 1


def test_an_interrupt_drops_what_waits_and_lets_the_running_thing_end() -> None:
    began, go, done = threading.Event(), threading.Event(), []

    def slow() -> None:
        began.set()
        go.wait()
        done.append("slow")

    def interrupted() -> None:
        with Background("test", room=4) as background:
            background.submit(1, slow)
            background.submit(1, done.append, "never")
            began.wait()
            threading.Timer(0.05, go.set).start()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert done == ["slow"]
