"""Timepoints and the pool: order, errors, any number of workers."""

import sys
import threading
import weakref
from collections.abc import Callable

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


def test_a_worker_without_work_keeps_no_task_alive() -> None:
    class Work:
        def __call__(self, worker: int) -> None:
            pass

    pool = Pool(1)
    work = Work()
    done = weakref.ref(work)
    pool.submit("", [work])
    pool.drain()
    del work
    assert done() is None
    pool.close()


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


class Held:
    """A pool whose only worker waits until `go`, so that all that is handed in before is ready at once."""

    def __init__(self, seed: int | None = None) -> None:
        self.pool = Pool(1, seed)
        self.ran: list[str] = []
        self._gate = threading.Event()
        started = threading.Event()

        def hold(_: int) -> None:
            started.set()
            self._gate.wait()

        self.pool.submit("", [hold])
        started.wait()

    def task(self, name: str, error: Exception | None = None) -> Callable[[int], None]:
        """One that notes its name, and raises the error if there is one."""

        def run(_: int) -> None:
            self.ran.append(name)
            if error is not None:
                raise error

        return run

    def go(self, until: Timepoint | None = None) -> list[str]:
        """What ran, in order, once nothing is left to do, and a timepoint is reached if there is one."""
        self._gate.set()
        try:
            if until is not None:
                until.wait(self.pool)
            self.pool.drain()
        finally:
            self.pool.close()
        return self.ran


def test_affinities_are_served_in_turn_and_each_in_its_order() -> None:
    held = Held()
    for affinity in "abc":
        held.pool.submit(affinity, [held.task(f"{affinity}{n}") for n in range(3 if affinity == "a" else 1)])
    assert held.go() == ["a0", "b0", "c0", "a1", "a2"]


def test_what_is_ready_comes_before_an_offer_which_is_taken_as_often_as_it_was_made() -> None:
    held = Held()
    held.pool.offer(held.task("help"), 2)
    held.pool.submit("", [held.task("own")])
    end = Timepoint(held.pool)
    held.pool.offer(lambda _: end.reach(), 1)
    assert held.go(until=end) == ["own", "help", "help"]


def test_only_the_task_that_is_withdrawn_is_not_begun() -> None:
    held = Held()
    gone, end = held.task("gone"), Timepoint(held.pool)
    held.pool.offer(gone, 2)
    held.pool.submit("", [held.task("own")])
    held.pool.offer(lambda _: end.reach(), 1)
    held.pool.withdraw(gone)
    assert held.go(until=end) == ["own"]


def test_of_several_faults_the_first_is_raised() -> None:
    held = Held()
    held.pool.submit("", [held.task("a", OSError("first")), held.task("b", OSError("second"))])
    with pytest.raises(OSError, match="first"):
        held.go()


def test_a_join_fails_with_the_first_in_order_that_failed() -> None:
    pool = Pool(1)
    points = [Timepoint(pool) for _ in range(3)]
    joined = join(pool, points)
    points[2].reach(ExecutionError("last, which failed first"))
    points[0].reach()
    points[1].reach(ExecutionError("first in order"))
    with pytest.raises(ExecutionError, match="first in order"):
        joined.wait(pool)


def test_a_timepoint_is_reached_once() -> None:
    pool = Pool(1)
    reached, failed = Timepoint.now(pool), Timepoint(pool)
    failed.reach(ExecutionError("broken"))
    reached.reach(ExecutionError("too late"))
    failed.reach()
    assert (reached.error, str(failed.error)) == (None, "broken")
    assert join(pool, [failed]) is failed


def test_no_more_threads_start_than_there_is_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[threading.Thread] = []

    def start(thread: threading.Thread) -> None:
        started.append(thread)

    def task(_: int) -> None: ...

    monkeypatch.setattr(threading.Thread, "start", start)
    pool = Pool(4)
    pool.submit("", [task])
    assert len(started) == 1
    pool.submit("", [task] * 9)
    assert len(started) == 4
