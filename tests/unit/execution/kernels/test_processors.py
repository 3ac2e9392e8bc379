"""Who is idle helps with what is shared; BLAS is as before when the run is over."""

from threading import Barrier, current_thread

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController

from iree_explorer.execution import Program
from iree_explorer.execution.asynchronous.run import Run
from iree_explorer.execution.kernels.processors import Part, Processors
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


def test_idle_processors_help() -> None:
    machine = Processors(3)
    machine.occupy()
    machine.share(meeting(3))
    machine.share(meeting(3))  # those that helped are idle again


def test_a_processor_that_gets_idle_helps_with_what_is_shared_already() -> None:
    machine = Processors(2)
    machine.occupy()
    machine.occupy()
    others = meeting(2)
    machine.share([machine.vacate, *others])


def test_nobody_helps_while_all_are_busy() -> None:
    machine, names = Processors(2), list[str]()
    machine.occupy()
    machine.occupy()
    machine.share([lambda: names.append(current_thread().name)] * 8)
    assert names == [current_thread().name] * 8


def test_an_error_of_any_part_is_raised_when_no_part_runs() -> None:
    def fail() -> None:
        raise ValueError("no")

    for count in (1, 2):
        for parts in ([fail, *[lambda: None] * 3], [*[lambda: None] * 3, fail]):
            machine = Processors(count)
            machine.occupy()
            with pytest.raises(ValueError, match="no"):
                machine.share(parts)


def test_an_error_of_a_thread_that_helps_is_raised() -> None:
    machine, barrier = Processors(2), Barrier(2, timeout=60)
    machine.occupy()

    def fail() -> None:
        barrier.wait()
        if current_thread() is not main:
            raise ValueError(current_thread().name)

    main = current_thread()
    with pytest.raises(ValueError, match="iree-explorer-helper"):
        machine.share([fail, fail])
