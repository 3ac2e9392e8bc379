"""Runs execution regions as the schedule says: a region starts when the timepoints it awaits are reached, never because the
host got there; its items go in order; the ops of a wave go at once. One pool of threads runs them all.

Nothing here waits inside a worker, so one worker is enough for any program: a region that reaches a wave hands out its ops
and whichever worker ends the last of them goes on with the region.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Sequence
from threading import Condition, RLock, Thread, local

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.interrupts import CancelledRunError
from iree_explorer.execution.kernels.processors import Task, keep_to, processors

UNREACHABLE = "a timepoint is awaited that nothing will ever reach"
PATIENCE = 0.1
"""Seconds between two looks of a thread that waits, so that an interrupt is seen on every platform."""


class Timepoint:
    """A point in time that is reached, or fails, once.

    Attributes:
        is_reached: also when it failed.
        error: why it failed.
        regions: numbers of the regions whose end it is, also through joins.
    """

    def __init__(self, pool: Pool, regions: frozenset[int] = frozenset()) -> None:
        self.is_reached = False
        self.error: ExecutionError | None = None
        self.regions = regions
        self._pool = pool
        self._waiting: list[Callable[[], None]] = []

    @classmethod
    def now(cls, pool: Pool) -> Timepoint:
        """One that is reached already."""
        timepoint = cls(pool)
        timepoint.reach()
        return timepoint

    def reach(self, error: ExecutionError | None = None) -> None:
        """Marks it reached, or failed, and lets go what waits for it."""
        with self._pool.changed:
            if self.is_reached:
                return
            self.is_reached, self.error = True, error
            waiting, self._waiting = self._waiting, []
            self._pool.changed.notify_all()
        self._pool.resume(waiting)

    def then(self, resume: Callable[[], None]) -> None:
        """Calls `resume` once reached, at once where it is."""
        with self._pool.changed:
            if not self.is_reached:
                self._waiting.append(resume)
                return
        resume()

    def wait(self, pool: Pool) -> None:
        """Blocks the calling thread, which must not be a worker; `pool` is that of its run, which may be a later one.

        Raises:
            ExecutionError: of the work that failed, or because nothing is left that could reach it.
            CancelledRunError: the run was stopped.
        """
        pool.wait_for(self)
        if self.error is not None:
            raise self.error


def join(pool: Pool, timepoints: Sequence[Timepoint]) -> Timepoint:
    """A timepoint that is reached when all are; it fails with the first, in order, that failed."""
    if len(timepoints) == 1:
        return timepoints[0]
    joined = Timepoint(pool, frozenset[int]().union(*(timepoint.regions for timepoint in timepoints)))
    left = [len(timepoints)]

    def one_reached() -> None:
        with pool.changed:
            left[0] -= 1
            is_last = left[0] == 0
        if is_last:
            errors = [timepoint.error for timepoint in timepoints if timepoint.error is not None]
            joined.reach(errors[0] if errors else None)

    for timepoint in timepoints:
        timepoint.then(one_reached)
    if not timepoints:
        joined.reach()
    return joined


class Pool:
    """Worker threads over queues of ready tasks, a queue for each affinity, served in turn.

    Args:
        workers: how many threads, at least 1; they start with the first task.
        seed: picks ready tasks in a shuffled order, the same for the same seed and the same program with one worker.
        pins: where there are as many workers as processors, each is kept to its own.

    Attributes:
        one_by_one: regions hand in one task an op, and are done only with what they handed in.
    """

    one_by_one = False

    def __init__(self, workers: int, seed: int | None = None, *, pins: bool = True) -> None:
        self.workers = max(1, workers)
        self._pins = pins and self.workers == len(processors())
        lock = RLock()
        self.changed, self._offered = Condition(lock), Condition(lock)
        self._queues: dict[str, deque[Task]] = {}
        self._random = None if seed is None else random.Random(int(seed))
        self._offers: deque[Task] = deque()
        self._threads: list[Thread] = []
        self._here = local()
        self._fault: BaseException | None = None
        self._running = 0
        self._ready = 0
        self._closed = False

    @property
    def is_idle(self) -> bool:
        """Nothing is ready and nothing runs; ask while holding `changed`."""
        return not self._ready and not self._running

    def resume(self, waiting: Sequence[Callable[[], None]]) -> None:
        """Calls what waited for a timepoint. What that lets go in turn is called behind it and not inside it: a chain of joins,
        or of regions that fail one after the other, may be longer than the stack is deep.
        """
        behind: deque[Callable[[], None]] | None = getattr(self._here, "waiting", None)
        if behind is not None:
            behind.extend(waiting)
            return
        self._here.waiting = left = deque(waiting)
        try:
            while left:
                left.popleft()()
        finally:
            self._here.waiting = None

    def submit(self, affinity: str, tasks: Sequence[Task]) -> None:
        """Makes tasks ready on the queue of an affinity.

        Raises:
            ExecutionError: the system starts no thread.
        """
        with self.changed:
            self._queues.setdefault(affinity, deque()).extend(tasks)
            self._ready += len(tasks)
            self._start_threads()
            self._offered.notify(len(tasks))

    def offer(self, task: Task, count: int) -> None:
        """Lets workers that have no op to run, `count` at most, help with one that others run, until `withdraw`."""
        with self.changed:
            self._offers.extend([task] * count)
            self._start_threads()
            self._offered.notify(count)

    def withdraw(self, task: Task) -> None:
        """No other worker is to begin the task."""
        with self.changed:
            self._offers = deque(other for other in self._offers if other is not task)

    def _start_threads(self) -> None:
        """As many as have something to do; where the system starts no more of them, those that there are do all."""
        while len(self._threads) < min(self.workers, self._running + self._ready + len(self._offers)):
            thread = Thread(target=self._work, args=(len(self._threads),), name="iree-explorer-worker", daemon=True)
            try:
                thread.start()
            except RuntimeError as error:
                if self._threads:
                    return
                raise ExecutionError(f"no thread can be started: {error}") from error
            self._threads.append(thread)

    def _work(self, worker: int) -> None:
        if self._pins:
            keep_to(processors()[worker])
        while (task := self._next()) is not None:
            try:
                task(worker)
            except CancelledRunError:
                return
            except BaseException as fault:  # the host, which would wait for what this task was to bring, raises it
                with self.changed:
                    self._fault = self._fault or fault
            finally:
                del task  # A worker that waits for the next one keeps nothing of the program alive.
                with self.changed:
                    self._running -= 1
                    if self.is_idle:
                        self.changed.notify_all()

    def _next(self) -> Task | None:
        with self.changed:
            while not self._ready and not self._offers and not self._closed:
                self._offered.wait()
            if self._closed:
                return None
            self._running += 1
            if not self._ready:
                return self._offers.popleft()
            self._ready -= 1
            return self._pick()

    def _pick(self) -> Task:
        queues = [affinity for affinity, queue in self._queues.items() if queue]
        if self._random is None:
            affinity = queues[0]
            task = self._queues[affinity].popleft()
            self._queues[affinity] = self._queues.pop(affinity)  # to the end: the next task is another affinity's
            return task
        queue = self._queues[self._random.choice(queues)]
        place = self._random.randrange(len(queue))
        task = queue[place]
        del queue[place]
        return task

    def _require_going(self) -> None:
        """Raises what has ended the run, if something has: it was stopped, or a worker met what should not happen."""
        if self._closed:
            raise CancelledRunError
        if self._fault is not None:
            raise self._fault

    def wait_for(self, timepoint: Timepoint) -> None:
        """Blocks the host until a timepoint is reached.

        Raises:
            ExecutionError: nothing is left that could reach it.
            CancelledRunError: the run was stopped.
        """
        with self.changed:
            while not timepoint.is_reached:
                self._require_going()
                if self.is_idle:
                    raise ExecutionError(UNREACHABLE)
                self.changed.wait(PATIENCE)

    def drain(self) -> None:
        """Blocks until nothing is ready and nothing runs.

        Raises:
            CancelledRunError: the run was stopped.
        """
        with self.changed:
            while not self.is_idle:
                self._require_going()
                self.changed.wait(PATIENCE)
            self._require_going()

    def stop(self) -> None:
        """Whoever waits for the threads waits no more; takes no lock, and leaves the threads to `close`."""
        self._closed = True

    def close(self) -> None:
        """Stops the threads: each ends with the op it is at."""
        with self.changed:
            self._closed = True
            self._queues.clear()
            self._offers.clear()
            self._ready = 0
            self.changed.notify_all()
            self._offered.notify_all()
