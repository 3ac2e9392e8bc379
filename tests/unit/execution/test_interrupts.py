"""Runs that never end by themselves are ended: by an `Interrupt` from another thread, by the signal of a Stop button."""

import _thread
import gc
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from functools import partial
from types import FrameType
from typing import Any

import numpy as np
import pytest

from iree_explorer import samples
from iree_explorer.errors import ExecutionError
from iree_explorer.execution import Program, debug, run
from iree_explorer.execution.interrupts import Interrupt
from iree_explorer.execution.kernels.processors import PROCESSORS
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse
from tests.unit.execution.loops import ALL, KERNEL_WAVE
from tests.unit.execution.test_run import SQUARE

PATIENCE = 30  # seconds; a test that takes them has failed


def workers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name in ("iree-explorer-worker", "iree-explorer-host")]


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


def traced(at: int, call: Callable[[], object]) -> int:
    """Calls; the signal comes at the instruction `at` of what the main thread runs. How many instructions it ran.

    It comes later where that is in a finalizer: Python swallows what those raise. So it does with what the collector calls.
    """
    count, sent = 0, False

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count, sent
        frame.f_trace_opcodes = True
        if event == "opcode":
            count += 1
            if count >= at and not sent and not is_in_finalizer(frame):
                sent = True
                signal.raise_signal(signal.SIGINT)
        return trace

    before = sys.gettrace()
    gc.disable()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
        gc.enable()
    return count


def is_in_finalizer(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_name == "__del__" or frame.f_globals.get("__name__") == "weakref":
            return True
        frame = frame.f_back
    return False


def _run(program: Program, workers: int) -> None:
    run(program, "main", np.zeros(1024, np.float32), workers=workers)


def _debug(program: Program, workers: int) -> None:
    with debug(program, "main", np.zeros(1024, np.float32)) as session:
        session.finish()


@pytest.mark.usefixtures("listening")
@pytest.mark.parametrize(("call", "workers"), [(_run, 1), (_run, 2), (_debug, 1)])
def test_a_keyboard_interrupt_at_any_instruction_of_the_host_ends_all(
    call: Callable[[Program, int], None], workers: int
) -> None:
    held = PROCESSORS._holders  # pyright: ignore[reportPrivateUsage]
    program = Program(schedule(parse(samples.diamond.text)).module.op)
    run_it = partial(call, program, workers)
    run_it()  # compiles
    count = min(traced(sys.maxsize, run_it) for _ in range(3))
    interrupted = 0
    for at in range(1, count, count // 97):
        try:
            traced(at, run_it)  # as long as a wait is: it may be over before
        except KeyboardInterrupt:
            interrupted += 1
        wait_until_workers_are_gone()
        assert PROCESSORS._holders == held  # pyright: ignore[reportPrivateUsage]
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert interrupted > 9


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
