"""Timepoints and the pool: order, errors, any number of workers."""

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
    join(pool, points).wait()
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
        end.wait()
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
        joined.wait()


def test_a_wait_that_nothing_can_end_is_an_error() -> None:
    with pytest.raises(ExecutionError, match="nothing will ever reach"):
        Timepoint(Pool(2)).wait()


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
