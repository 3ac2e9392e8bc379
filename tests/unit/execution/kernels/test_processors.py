"""Who is idle helps with what is shared; BLAS is as before when the run is over."""

import os
from collections.abc import Sequence
from threading import Barrier, Event, Thread, current_thread

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController
from typing_extensions import override

from iree_explorer import samples
from iree_explorer.execution import Program, run
from iree_explorer.execution.asynchronous.executor import Pool
from iree_explorer.execution.asynchronous.run import Run
from iree_explorer.execution.asynchronous.witness import Witness
from iree_explorer.execution.code.steps import Frame
from iree_explorer.execution.device.work import DeviceOp, Work
from iree_explorer.execution.kernels.processors import Part, Processors, processors
from iree_explorer.syntax import parse


def threads() -> list[int]:
    assert np.matmul(np.eye(2), np.eye(2)).shape == (2, 2)
    return [found["num_threads"] for found in ThreadpoolController().info() if found["user_api"] == "blas"]


def test_the_last_one_to_release_gives_the_threads_back() -> None:
    before, blas = threads(), Processors(2)
    blas.hold()
    blas.hold()
    blas.release()
    assert threads() == [1] * len(before)
    blas.release()
    assert threads() == before


def test_a_run_that_is_closed_gives_the_threads_back() -> None:
    before = threads()
    run = Run(Program(parse("module {\n}\n").op), workers=2)
    run.issue()
    assert threads() == [1] * len(before)
    run.close()
    assert threads() == before


def test_large_ops_are_cut_where_there_is_who_may_help() -> None:
    for count, parts in ((1, 1), (2, 4), (3, 6)):
        machine = Processors(count)
        assert machine.parts() == 1  # BLAS has its own threads
        with machine.held():
            assert machine.parts() == parts
        assert machine.parts() == 1


def meeting(count: int) -> list[Part]:
    """Parts of which each waits until all run at once."""
    barrier = Barrier(count, timeout=60)

    def meet() -> None:
        barrier.wait()

    return [meet] * count


def sharing(machine: Processors, pool: Pool, parts: Sequence[Part]) -> None:
    with machine.helped_by(pool):
        machine.share(parts)


def test_idle_workers_help() -> None:
    machine, pool = Processors(3), Pool(3)
    sharing(machine, pool, meeting(3))
    sharing(machine, pool, meeting(3))  # those that helped are idle again
    pool.drain()
    pool.close()


def test_a_worker_that_gets_idle_helps_with_what_is_shared_already() -> None:
    machine, pool, begun, gate = Processors(2), Pool(1), Event(), Event()

    def busy(_: int) -> None:
        begun.set()
        gate.wait(60)

    pool.submit("", [busy])
    begun.wait(60)
    others = meeting(2)
    sharing(machine, pool, [gate.set, *others])
    pool.close()


def test_workers_run_what_is_ready_before_they_help() -> None:
    machine, pool, begun, gate, order = Processors(2), Pool(1), Event(), Event(), list[str]()

    def busy(_: int) -> None:
        begun.set()
        gate.wait(60)

    pool.submit("", [busy, lambda _: order.append("op")])
    begun.wait(60)
    barrier = Barrier(2, timeout=60)

    def first() -> None:
        gate.set()
        barrier.wait()

    def second() -> None:
        order.append("part")
        barrier.wait()

    sharing(machine, pool, [first, second])
    assert order == ["op", "part"]
    pool.close()


@pytest.mark.parametrize("has_pool", [False, True])
def test_nobody_helps_where_nobody_is_idle(*, has_pool: bool) -> None:
    machine, pool, begun, gate, names = Processors(2), Pool(1), Event(), Event(), list[str]()

    def busy(_: int) -> None:
        begun.set()
        gate.wait(60)

    pool.submit("", [busy])
    begun.wait(60)
    parts: list[Part] = [lambda: names.append(current_thread().name)] * 8
    if has_pool:
        sharing(machine, pool, parts)
    else:
        machine.share(parts)
    assert names == [current_thread().name] * 8
    gate.set()
    pool.drain()  # what was offered has been withdrawn
    pool.close()


def test_an_error_of_any_part_is_raised_when_no_part_runs() -> None:
    def fail() -> None:
        raise ValueError("no")

    for count in (1, 2):
        for parts in ([fail, *[lambda: None] * 3], [*[lambda: None] * 3, fail]):
            pool = Pool(count)
            with pytest.raises(ValueError, match="no"):
                sharing(Processors(count), pool, parts)
            pool.drain()
            pool.close()


def test_an_error_of_a_thread_that_helps_is_raised() -> None:
    barrier, pool = Barrier(2, timeout=60), Pool(1)

    def fail() -> None:
        barrier.wait()
        if current_thread() is not main:
            raise ValueError(current_thread().name)

    main = current_thread()
    with pytest.raises(ValueError, match="iree-explorer-worker"):
        sharing(Processors(2), pool, [fail, fail])
    pool.drain()
    pool.close()


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="this system does not tell")
def test_as_many_workers_as_processors_have_one_each() -> None:
    places, pool, barrier = list[set[int]](), Pool(len(processors())), Barrier(len(processors()), timeout=60)

    def look(_: int) -> None:
        barrier.wait()
        places.append(os.sched_getaffinity(0))

    pool.submit("", [look] * pool.workers)
    pool.drain()
    pool.close()
    assert sorted(map(sorted, places)) == [[number] for number in processors()]
    assert os.sched_getaffinity(0) == set(processors())


class StartsAThread(Witness):
    """Starts a thread at each op, as a user's may, and asks it where it may run."""

    def __init__(self) -> None:
        self.places: list[set[int]] = []

    @override
    def after(self, op: DeviceOp, work: Work, frame: Frame) -> None:
        thread = Thread(target=lambda: self.places.append(os.sched_getaffinity(0)))
        thread.start()
        thread.join()


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="this system does not tell")
def test_threads_that_a_witness_starts_may_run_on_every_processor() -> None:
    witness = StartsAThread()
    run(samples.diamond, "main", "1024xf32=1", witnesses=[witness])
    assert witness.places
    assert all(place == set(processors()) for place in witness.places)
