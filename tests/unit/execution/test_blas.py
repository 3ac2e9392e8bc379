"""Products of a wave have one thread each, and BLAS is as before when the wave, or the run, is over."""

import numpy as np
from threadpoolctl import ThreadpoolController

from iree_explorer.execution import Program
from iree_explorer.execution.blas import BlasThreads
from iree_explorer.execution.host import Run
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
    run.begin_wave()
    assert threads() == [1] * len(before)
    run.close()
    run.end_wave()
    assert threads() == before
