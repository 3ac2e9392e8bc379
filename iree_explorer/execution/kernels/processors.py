"""How the large ops of a run share the processors.

A large op is cut in parts, the same ones however busy the machine is, so that its numbers are always the same. The thread that
runs the op takes one part after the other, and each processor that has no op to run takes of them, too. So an op that is alone
has all processors, those of a wave have one each, and the last of a wave has those of the ops that are done.

BLAS itself is held to one thread while a program runs. Its threads wait for one another in a loop: on a machine that has other
work, too, a product would take ten times as long. And OpenBLAS serves one threaded call at a time, so the products of a wave would go in turn.
"""

import os
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, Final, TypeAlias

import numpy as np
from threadpoolctl import ThreadpoolController

Part: TypeAlias = Callable[[], None]

PARTS: Final = 2
"""In how many parts a large op is cut for each processor: two that have one each end together, also where one begins late."""


def processors() -> int:
    """How many this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class Processors:
    """Counts the processors that are busy, and who needs BLAS to have one thread.

    Args:
        count: how many there are.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._lock = Lock()
        self._busy = 0
        self._open: list[_Shared] = []
        self._holders = 0
        self._limit: Any = None

    def hold(self) -> None:
        """BLAS uses one thread from here on."""
        with self._lock:
            self._holders += 1
            if self._holders == 1:
                self._limit = _controller().limit(limits=1, user_api="blas")

    def release(self) -> None:
        """Ends one `hold`; after the last, BLAS has as many threads as before the first."""
        with self._lock:
            self._holders -= 1
            if self._holders == 0:
                self._limit.restore_original_limits()
                self._limit = None

    @contextmanager
    def held(self) -> Generator[None]:
        """Holds it meanwhile."""
        self.hold()
        try:
            yield
        finally:
            self.release()

    @property
    def is_held(self) -> bool:
        """Whether BLAS is held to one thread."""
        return self._holders > 0

    def occupy(self) -> None:
        """An op starts on this thread: it has a processor."""
        with self._lock:
            self._busy += 1

    def vacate(self) -> None:
        """Ends one `occupy`: the processor is idle, or helps with an op that is shared."""
        with self._lock:
            self._busy -= 1
            self._invite()

    def parts(self) -> int:
        """The most parts that a large op is cut in: 1 where BLAS has threads of its own."""
        return PARTS * self._count if self._holders and self._count > 1 else 1

    def share(self, parts: Sequence[Part]) -> None:
        """Runs all parts of an op, on this thread and on idle processors; returns when all are done.

        An error of a part is raised when no part runs any more; what had not begun then is left out.
        """
        shared = _Shared(parts[1:])
        with self._lock:
            self._open.append(shared)
            self._invite()
        try:
            parts[0]()
            shared.run()
        finally:
            with self._lock:
                self._open.remove(shared)
            errors = shared.end()
        if errors:
            raise errors[0]

    def _invite(self) -> None:
        """Each idle processor helps with an op of which parts are left; called with the lock held."""
        for shared in self._open:
            for _ in range(min(len(shared.left), self._count - self._busy)):
                self._busy += 1
                _helpers(self._count).put(partial(self._help, shared))

    def _help(self, shared: "_Shared") -> None:
        with np.errstate(all="ignore"):
            shared.help()
        self.vacate()


class _Shared:
    """Parts that several threads run. A thread that has not begun when the last part is taken is not waited for."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.left = deque(parts)
        self._begun: list[None] = []
        self._ended: SimpleQueue[BaseException | None] = SimpleQueue()

    def run(self) -> None:
        """Runs parts as long as some are left."""
        while self.left:
            try:
                part = self.left.popleft()
            except IndexError:  # another thread took the last
                return
            part()

    def help(self) -> None:
        """As `run`; an error is kept for the thread that shares."""
        self._begun.append(None)
        error = None
        try:
            self.run()
        except BaseException as caught:
            error = caught
        self._ended.put(error)

    def end(self) -> list[BaseException]:
        """Takes away what is left and waits for the threads that have begun; their errors."""
        self.left.clear()
        ends = [self._ended.get() for _ in tuple(self._begun)]
        return [error for error in ends if error is not None]


PROCESSORS = Processors(processors())


@cache
def _helpers(count: int) -> SimpleQueue[Part]:
    """The queue of threads that help."""
    queue: SimpleQueue[Part] = SimpleQueue()

    def work() -> None:
        while True:
            queue.get()()

    for _ in range(count - 1):
        Thread(target=work, name="iree-explorer-helper", daemon=True).start()
    return queue


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()
