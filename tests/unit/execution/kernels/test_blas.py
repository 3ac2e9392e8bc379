"""Products of a wave have one thread each, others are cut in parts; BLAS is as before when the run is over."""

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController

from iree_explorer.execution import Program
from iree_explorer.execution.asynchronous.run import Run
from iree_explorer.execution.kernels.blas import BlasThreads, at_once, processors
from iree_explorer.syntax import parse


def threads() -> list[int]:
    assert np.matmul(np.eye(2), np.eye(2)).shape == (2, 2)
    return [found["num_threads"] for found in ThreadpoolController().info() if found["user_api"] == "blas"]


def test_the_last_one_to_release_gives_the_threads_back() -> None:
    before, blas = threads(), BlasThreads()
    blas.hold()
    blas.hold()
    blas.release()
    assert threads() == [1] * len(before)
    blas.release()
    assert threads() == before


def test_a_run_that_ends_in_a_wave_gives_the_threads_back() -> None:
    before = threads()
    run = Run(Program(parse("module {\n}\n").op), workers=2)
    run.issue()
    run.begin_wave()
    assert threads() == [1] * len(before)
    run.close()
    run.end_wave()
    assert threads() == before


def test_products_are_cut_where_an_op_runs_alone() -> None:
    blas = BlasThreads()
    assert blas.parts() == 1  # BLAS has its own threads
    blas.hold()
    assert blas.parts() == processors()
    blas.enter_wave()
    assert blas.parts() == 1
    blas.leave_wave()
    assert blas.parts() == processors()
    blas.release()


def test_an_error_of_any_part_is_raised_when_all_are_done() -> None:
    done: list[int] = []

    def fail() -> None:
        raise ValueError("no")

    for parts in ([fail, lambda: done.append(1)], [lambda: done.append(2), fail]):
        with pytest.raises(ValueError, match="no"):
            at_once(parts)
    assert sorted(done) == [1, 2]
