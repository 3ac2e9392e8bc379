"""A run that holds still between ops: the host on a thread that runs only while it is let, a pool that runs nothing by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from threading import Condition, Thread
from typing import Any, cast

from typing_extensions import override
from xdsl.ir import Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.asynchronous.executor import PATIENCE, UNREACHABLE, Pool, Task, Timepoint
from iree_explorer.execution.asynchronous.regions import Turn
from iree_explorer.execution.asynchronous.run import Run
from iree_explorer.execution.code.steps import Frame, Step
from iree_explorer.execution.device.work import Work
from iree_explorer.execution.interrupts import CancelledRunError
from iree_explorer.execution.kernels.processors import PROCESSORS

_LAST_WORDS = 2.0  # seconds that a stopped host has for what it cannot leave, before nobody waits for it any more


class HostThread:
    """The host's code on a thread of its own that runs only between `resume` and the next `pause`."""

    def __init__(self, body: Callable[[], Any]) -> None:
        self.is_done = False
        self.is_stopped = False
        self.result: Any = None
        self.error: BaseException | None = None
        self._body = body
        self._changed = Condition()
        self._may_run = False
        self._thread: Thread | None = None

    def resume(self) -> None:
        """Lets the host run until it pauses or ends."""
        with self._changed:
            self._may_run = True
            if self._thread is None:
                self._thread = Thread(target=self._main, name="iree-explorer-host", daemon=True)
                self._thread.start()
            self._changed.notify_all()
            while self._may_run:
                self._changed.wait(PATIENCE)

    def pause(self) -> None:
        """Called by the host: gives way until it is resumed.

        Raises:
            CancelledRunError: the run was stopped.
        """
        with self._changed:
            self._may_run = False
            self._changed.notify_all()
            while not self._may_run and not self.is_stopped:
                self._changed.wait()
        if self.is_stopped:
            raise CancelledRunError

    def stop(self) -> None:
        """Ends the thread, wherever it is; one in the middle of a numpy call ends after that."""
        with self._changed:
            self.is_stopped = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(_LAST_WORDS)

    def _main(self) -> None:
        try:
            self.result = self._body()
        except CancelledRunError:
            self.is_stopped = True
        except BaseException as error:
            self.error = error
        with self._changed:
            self.is_done = True
            self._may_run = False
            self._changed.notify_all()


class SteppedPool(Pool):
    """A pool whose tasks wait until somebody takes them; its one thread helps with the large ones.

    Attributes:
        ready: tasks that run an op.
        passing: tasks that begin or end something.
        awaited: what the host waits for.
    """

    one_by_one = True

    def __init__(self) -> None:
        super().__init__(1)
        self.ready: list[Turn] = []
        self.passing: list[Turn] = []
        self.awaited: Timepoint | None = None
        self.pause: Callable[[], None] = lambda: None
        self._is_draining = False

    @property
    def has_tasks(self) -> bool:
        """Whether anything is left to do."""
        return bool(self.ready or self.passing)

    @property
    def blocks_host(self) -> bool:
        """Whether the host waits for something that tasks may still bring."""
        if self._is_draining:
            return self.has_tasks
        return self.awaited is not None and not self.awaited.is_reached and self.has_tasks

    @override
    def submit(self, affinity: str, tasks: Sequence[Task]) -> None:
        for turn in cast("Sequence[Turn]", tasks):
            (self.ready if turn.is_op else self.passing).append(turn)

    def take(self, turn: Turn) -> None:
        """Removes a task, to run it."""
        (self.ready if turn.is_op else self.passing).remove(turn)

    @override
    def wait_for(self, timepoint: Timepoint) -> None:
        while not timepoint.is_reached:
            self.awaited = timepoint
            self.pause()
            if not timepoint.is_reached and not self.has_tasks:
                raise ExecutionError(UNREACHABLE)
        self.awaited = None

    @override
    def drain(self) -> None:
        self._is_draining = True
        while self.has_tasks:
            self.pause()

    @override
    def close(self) -> None:
        super().close()
        self.ready.clear()
        self.passing.clear()


class SteppedRun(Run):
    """A run whose host comes by `at_host_op` with every op. While it stands its clock does too: times are those of what runs.

    It stands until it first goes `on`.
    """

    at_op: Callable[[Operation, Step, Frame], None]
    _stands_since = 0

    def on(self) -> None:
        """Its clock goes on from where it stood."""
        self._began += time.perf_counter_ns() - (self._stands_since or self._began)

    def stand(self) -> None:
        """Its clock stands."""
        self._stands_since = time.perf_counter_ns()

    def at_host_op(self, op: Operation, step: Step, frame: Frame) -> None:
        """Runs an op of the host, once it is let.

        Raises:
            CancelledRunError: the run was stopped.
        """
        self.require_going()
        self.at_op(op, step, frame)

    @property
    def failures(self) -> Sequence[ExecutionError]:
        """Of regions, in order."""
        return self._failures

    @override
    def hold_blas(self) -> None:
        """Not while the run stands, which may be for as long as a notebook is open: `do` does, op by op."""

    @override
    def do(self, work: Work) -> None:
        with PROCESSORS.held():
            super().do(work)
