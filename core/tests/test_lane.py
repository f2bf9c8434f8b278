"""Work in a lane: its order, its bound, and what becomes of an error."""

from __future__ import annotations

import threading
import time

import pytest

from datamimic.output.background import Lane


def test_things_are_done_in_order_in_one_other_thread() -> None:
    done: list[tuple[int, int]] = []
    with Lane("test", room=4) as lane:
        for number in range(100):
            lane.do(1, lambda number=number: done.append((number, threading.get_ident())))
    assert [number for number, _ in done] == list(range(100))
    assert len({thread for _, thread in done}) == 1 and done[0][1] != threading.get_ident()


def test_who_gives_too_much_has_to_wait() -> None:
    go = threading.Event()
    given: list[int] = []

    def give(lane: Lane) -> None:
        for number in range(10):
            lane.do(1, go.wait)
            given.append(number)

    with Lane("test", room=3) as lane:
        giver = threading.Thread(target=give, args=(lane,))
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

    with Lane("test", room=3) as lane:
        lane.do(1, first)
        threading.Timer(0.05, go.set).start()
        lane.do(9, add, "large")
        assert done[0] == "first", "it was taken before the lane was empty"
        lane.do(1, add, "last")
    assert done == ["first", "large", "last"]


def test_an_error_is_raised_by_what_comes_later_and_nothing_more_is_done() -> None:
    done: list[int] = []

    def fail() -> None:
        raise OSError("no space")

    def give(things: int) -> None:
        with Lane("test", room=1) as lane:
            lane.do(1, fail)
            for number in range(things):
                lane.do(1, done.append, number)

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
        with Lane("test", room=4) as lane:
            lane.do(1, slow)
            lane.do(1, done.append, "never")
            began.wait()
            threading.Timer(0.05, go.set).start()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert done == ["slow"]
