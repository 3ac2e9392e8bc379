"""Timepoints and the pool: order, errors, any number of workers."""

import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.asynchronous.executor import Pool, Timepoint, join
from iree_explorer.execution.interrupts import CancelledRunError


@given(st.lists(st.sets(st.integers(0, 11)), min_size=1, max_size=12), st.integers(1, 4), st.none() | st.integers(0, 9))
def test_nothing_starts_before_what_it_awaits(awaits: list[set[int]], workers: int, seed: int | None) -> None:
    """Task n awaits the tasks of its set that come before it."""
    pool = Pool(workers, seed)
    done: list[int] = []
    points: list[Timepoint] = []
    for number, wanted in enumerate(awaits):
        before = sorted(i for i in wanted if i < number)
        point = Timepoint(pool, frozenset({number}))

        def task(_: int, number: int = number, point: Timepoint = point) -> None:
            done.append(number)
            point.reach()

        join(pool, [points[i] for i in before]).then(
            lambda task=task, number=number: pool.submit(f"q{number % 3}", [task])
        )
        points.append(point)
    join(pool, points).wait(pool)
    pool.close()
    assert sorted(done) == list(range(len(awaits)))
    for number, wanted in enumerate(awaits):
        assert all(done.index(i) < done.index(number) for i in wanted if i < number)


@given(st.integers(0, 99))
def test_one_worker_and_a_seed_give_one_order(seed: int) -> None:
    orders: list[list[int]] = []
    for _ in range(2):
        pool, order = Pool(1, seed), list[int]()
        started, gate, end = threading.Event(), threading.Event(), Timepoint(pool)

        def hold(_: int, started: threading.Event = started, gate: threading.Event = gate) -> None:
            started.set()
            gate.wait()

        pool.submit("", [hold])
        started.wait()

        def task(_: int, number: int, order: list[int] = order, end: Timepoint = end) -> None:
            order.append(number)
            if len(order) == 6:
                end.reach()

        pool.submit("a", [lambda w, n=n, task=task: task(w, n) for n in range(6)])
        gate.set()
        end.wait(pool)
        pool.close()
        orders.append(order)
    assert orders[0] == orders[1]


def test_errors_travel_through_joins() -> None:
    pool = Pool(1)
    good, bad = Timepoint(pool), Timepoint(pool)
    joined = join(pool, [good, bad])
    good.reach()
    assert not joined.is_reached
    bad.reach(ExecutionError("broken"))
    with pytest.raises(ExecutionError, match="broken"):
        joined.wait(pool)


def test_a_wait_that_nothing_can_end_is_an_error() -> None:
    pool = Pool(2)
    with pytest.raises(ExecutionError, match="nothing will ever reach"):
        Timepoint(pool).wait(pool)


def test_a_closed_pool_drops_what_is_ready() -> None:
    pool, started, gate, ran = Pool(1), threading.Event(), threading.Event(), list[int]()

    def first(_: int) -> None:
        started.set()
        gate.wait()

    pool.submit("", [first, lambda _: ran.append(1)])
    started.wait()
    pool.close()
    with pytest.raises(CancelledRunError):
        pool.drain()
    gate.set()
    assert not ran


def test_a_chain_of_joins_may_be_longer_than_the_stack_is_deep() -> None:
    pool = Pool(1)
    first, other = Timepoint(pool), Timepoint.now(pool)
    last = first
    for _ in range(2 * sys.getrecursionlimit()):
        last = join(pool, [last, other])
    first.reach(ExecutionError("broken"))
    with pytest.raises(ExecutionError, match="broken"):
        last.wait(pool)


def test_a_timepoint_of_a_run_that_is_over_is_never_reached() -> None:
    """As one that a global keeps from a call that failed."""
    over, pool = Pool(1), Pool(1)
    kept = Timepoint(over)
    over.close()
    with pytest.raises(ExecutionError, match="nothing will ever reach"):
        kept.wait(pool)


def test_the_host_raises_what_should_not_happen_in_a_worker() -> None:
    pool = Pool(2)

    def breaks(_: int) -> None:
        raise OSError("the disk is gone")

    pool.submit("", [breaks])
    with pytest.raises(OSError, match="the disk is gone"):
        Timepoint(pool).wait(pool)
    with pytest.raises(OSError, match="the disk is gone"):
        pool.drain()
    pool.close()


def _start_at_most(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system starts so many threads."""
    started: list[threading.Thread] = []
    start = threading.Thread.start

    def limited(thread: threading.Thread) -> None:
        if len(started) == count:
            raise RuntimeError("can't start new thread")
        started.append(thread)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", limited)


def test_where_no_more_threads_can_be_started_those_that_there_are_do_all(monkeypatch: pytest.MonkeyPatch) -> None:
    _start_at_most(1, monkeypatch)
    pool, ran = Pool(4), list[int]()
    pool.submit("", [lambda worker, n=n: ran.append(n) for n in range(8)])
    pool.drain()
    pool.close()
    assert ran == list(range(8))


def test_where_no_thread_can_be_started_the_host_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    _start_at_most(0, monkeypatch)
    with pytest.raises(ExecutionError, match="no thread can be started: can't start new thread"):
        Pool(4).submit("", [lambda _: None])
