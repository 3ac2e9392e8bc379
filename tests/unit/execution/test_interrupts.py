"""Runs that never end by themselves are ended: by an `Interrupt` from another thread, by the signal of a Stop button."""

import _thread
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator

import numpy as np
import pytest

from iree_explorer.errors import ExecutionError
from iree_explorer.execution import Program, run
from iree_explorer.execution.interrupts import Interrupt
from iree_explorer.execution.kernels.processors import PROCESSORS
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse
from tests.unit.execution.loops import ALL, KERNEL_WAVE
from tests.unit.execution.test_run import SQUARE

PATIENCE = 30  # seconds; a test that takes them has failed


def workers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "iree-explorer-worker"]


def wait_until_workers_are_gone() -> None:
    end = time.monotonic() + PATIENCE
    while workers() and time.monotonic() < end:
        time.sleep(0.01)
    assert workers() == []


def soon(action: object) -> threading.Timer:
    timer = threading.Timer(0.2, action)  # pyright: ignore[reportArgumentType]
    timer.start()
    return timer


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("count", [1, 2])
def test_another_thread_stops_a_run(name: str, count: int) -> None:
    interrupt = Interrupt()
    timer = soon(interrupt.stop)
    with pytest.raises(ExecutionError, match="the run was stopped"):
        run(schedule(parse(ALL[name])), workers=count, interrupt=interrupt)
    timer.join()
    wait_until_workers_are_gone()


def test_a_run_stopped_before_it_began() -> None:
    interrupt = Interrupt()
    interrupt.stop()
    with pytest.raises(ExecutionError, match="the run was stopped"):
        run(schedule(parse(KERNEL_WAVE)), interrupt=interrupt)
    wait_until_workers_are_gone()


@pytest.fixture
def listening() -> Generator[None]:
    """Python hears SIGINT, also where tests run in the background of a shell, which has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("listening")
@pytest.mark.parametrize("name", ALL)
def test_a_keyboard_interrupt_ends_a_run_and_leaves_the_session_usable(name: str) -> None:
    before = PROCESSORS._holders  # pyright: ignore[reportPrivateUsage]
    timer = soon(_thread.interrupt_main)
    with pytest.raises(KeyboardInterrupt):
        run(schedule(parse(ALL[name])), workers=2)
    timer.join()
    wait_until_workers_are_gone()
    assert PROCESSORS._holders == before  # pyright: ignore[reportPrivateUsage]
    result = run(schedule(parse(SQUARE)), "main", np.array([3], np.float32), 1)
    np.testing.assert_array_equal(result.outputs[0], [9])


def test_an_initializer_that_failed_runs_again() -> None:
    text = """module {
  util.global private mutable @count = 0 : i32
  util.global private mutable @fails = 1 : i1
  util.initializer {
    %no = arith.constant false
    %c1 = arith.constant 1 : i32
    %fails = util.global.load @fails : i1
    util.global.store %no, @fails : i1
    cf.cond_br %fails, ^bb1, ^bb2
  ^bb1:
    cf.assert %no, "the first time"
    util.return
  ^bb2:
    util.global.store %c1, @count : i32
    util.return
  }
  util.func public @main() -> i32 {
    %0 = util.global.load @count : i32
    util.return %0 : i32
  }
}
"""
    program = Program(parse(text).op)
    with pytest.raises(ExecutionError, match="the first time"):
        run(program)
    assert run(program).outputs == (1,)


@pytest.mark.usefixtures("listening")
@pytest.mark.skipif(sys.platform == "win32", reason="signals to another process")
@pytest.mark.parametrize("name", ALL)
def test_the_signal_ends_the_command_in_one_line(name: str) -> None:
    command = [sys.executable, "-c", _RUN, "run", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(ALL[name].encode())
        process.stdin.close()
        assert process.stdout is not None
        assert process.stdout.readline() == b"running\n"
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 130
        assert process.stderr is not None
        assert process.stderr.read() == b""


_RUN = """
import sys
from iree_explorer.execution.asynchronous.run import Run
from iree_explorer.cli import main
made = Run.__init__
def told(*args, **options):
    print("running", flush=True)
    made(*args, **options)
Run.__init__ = told
sys.exit(main(sys.argv[1:]))
"""
