"""The runs of a widget: one at a time, on a thread of its own, so that the page is heard meanwhile and can stop it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import RLock, Thread, current_thread
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from iree_explorer.execution import Interrupt
    from iree_explorer.exploration.running.debugging import DebuggedRun

    Job: TypeAlias = Callable[[Interrupt], None]

_LAST_WORDS = 5.0  # seconds that a run that was stopped has for the numpy call it is in

MOST_WAITING = 8
"""Jobs that may wait: keys pressed by a reader who counts, not those of a key held down."""


class Running:
    """What runs for a widget, and the session that it steps through.

    Attributes:
        interrupt: of the last job.
        session: None: nothing is debugged.
    """

    def __init__(self) -> None:
        self.interrupt: Interrupt | None = None
        self.session: DebuggedRun | None = None
        self._thread: Thread | None = None
        self._lock = RLock()
        self._is_working = False
        self._waiting: deque[Job] = deque()

    @property
    def is_busy(self) -> bool:
        """Whether a job runs, other than the one that asks: the end of a job may be the end of its widget."""
        return self._is_working and self._thread is not current_thread()

    def start(self, job: Job, *, waits: bool = False) -> None:
        """Does a job on a thread.

        While another runs, one that `waits` is done after it, unless `MOST_WAITING` wait; any other is not done at all.
        """
        from iree_explorer.execution import Interrupt

        with self._lock:
            if self.is_busy:
                if waits and len(self._waiting) < MOST_WAITING:
                    self._waiting.append(job)
                return
            self._is_working = True
            self.interrupt = interrupt = Interrupt()
            self._thread = Thread(target=self._work, args=(job, interrupt), name="iree-explorer-run", daemon=True)
            self._thread.start()

    def _work(self, job: Job, interrupt: Interrupt) -> None:
        """Does the job, then those that have come to wait for it meanwhile; one that raises is the last."""
        following: Job | None = job
        try:
            while following is not None:
                following(interrupt)
                with self._lock:
                    following = self._waiting.popleft() if self._waiting else None
                    self._is_working = following is not None
        except BaseException:
            with self._lock:
                self._is_working = False
                self.forget_waiting()
            raise

    def forget_waiting(self) -> None:
        """What waits is not done."""
        with self._lock:
            self._waiting.clear()

    def stop(self) -> None:
        """Stops the job that runs, and those that wait for it; else ends the session that waits."""
        self.forget_waiting()
        session = self.session  # the job that runs may end it meanwhile
        if self.is_busy and self.interrupt is not None:
            self.interrupt.stop()
            if session is not None:
                session.session.interrupt()
        else:
            self.end_session()

    def end_session(self) -> None:
        """Nothing is debugged any more."""
        session, self.session = self.session, None
        if session is not None:
            session.session.close()

    def end(self) -> None:
        """Stops whatever there is, and waits for its end (but not for long)."""
        if self.is_busy:
            self.stop()
            self.wait(_LAST_WORDS)
        self.end_session()

    def wait(self, seconds: float | None = None) -> None:
        """Waits for the job that runs; None: as long as it takes."""
        if self._thread is not None:
            self._thread.join(seconds)
