"""How the large ops of a run share the processors.

A large op is cut in parts, the same ones however busy the machine is, so that its numbers are always the same. The thread that
runs the op takes one part after the other, and each worker that has no op to run takes of them, too. So an op that is alone
has all workers, those of a wave have one each, and the last of a wave has those of the ops that are done.

BLAS itself is held to one thread while a program runs. Its threads wait for one another in a loop: on a machine that has other
work, too, a product would take ten times as long. And OpenBLAS serves one threaded call at a time, so the products of a wave would go in turn.
"""

import os
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from queue import SimpleQueue
from threading import Lock, local
from typing import Any, Final, Protocol, TypeAlias

import numpy as np
from threadpoolctl import ThreadpoolController

Part: TypeAlias = Callable[[], None]

Task: TypeAlias = Callable[[int], None]
"""Work for a thread, which is told its number."""

PARTS: Final = 2
"""In how many parts a large op is cut for each processor: so threads end together, also where one of them begins late."""


@cache
def processors() -> tuple[int, ...]:
    """The numbers of those that this process may use; just zeros where the system does not tell which."""
    try:
        return tuple(sorted(os.sched_getaffinity(0)))
    except AttributeError:
        return (0,) * (os.cpu_count() or 1)


def keep_to(processor: int) -> None:
    """The calling thread runs on this processor only, where the system lets it choose.

    Threads that hand the interpreter lock to each other are woken on the processor of the one that lets go, and the system
    moves them apart only after milliseconds, which is longer than most ops take.

    # IREE: task/topology.h, iree_task_topology_group_t::ideal_thread_affinity
    """
    with suppress(AttributeError, OSError):
        os.sched_setaffinity(0, {processor})


class Crew(Protocol):
    """Threads of which some may be idle."""

    def offer(self, task: Task, count: int) -> None:
        """Lets idle threads, `count` at most, each run a task that may still have something to do, until `withdraw`."""
        ...

    def withdraw(self, task: Task) -> None:
        """Nobody else is to begin the task."""
        ...


class Processors:
    """In how many parts large ops are cut, who helps with them, and who needs BLAS to have one thread.

    Args:
        count: how many processors there are.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._lock = Lock()
        self._here = local()
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

    @contextmanager
    def helped_by(self, crew: Crew) -> Generator[None]:
        """Meanwhile idle threads of `crew` help with what this thread shares."""
        self._here.crew = crew
        try:
            yield
        finally:
            self._here.crew = None

    def parts(self) -> int:
        """The most parts that a large op is cut in: 1 where BLAS has threads of its own."""
        return PARTS * self._count if self._holders and self._count > 1 else 1

    def share(self, parts: Sequence[Part]) -> None:
        """Runs all parts of an op, on this thread and on idle ones that help it; returns when all are done.

        An error of a part is raised when no part runs any more; what had not begun then is left out.
        """
        shared = _Shared(parts[1:])
        help_ = shared.help
        crew: Crew | None = getattr(self._here, "crew", None)
        if crew is not None:
            crew.offer(help_, min(len(parts), self._count) - 1)
        try:
            parts[0]()
            shared.run()
        finally:
            if crew is not None:
                crew.withdraw(help_)
            errors = shared.end()
        if errors:
            raise errors[0]


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

    def help(self, worker: int) -> None:  # noqa: ARG002 (a task)
        """As `run`; an error is kept for the thread that shares."""
        self._begun.append(None)
        error = None
        try:
            with np.errstate(all="ignore"):
                self.run()
        except BaseException as caught:
            error = caught
        self._ended.put(error)

    def end(self) -> list[BaseException]:
        """Takes away what is left and waits for the threads that have begun; their errors."""
        self.left.clear()
        ends = [self._ended.get() for _ in tuple(self._begun)]
        return [error for error in ends if error is not None]


PROCESSORS = Processors(len(processors()))


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()
