"""The runs of a widget: one at a time, on a thread of its own, so that the page is heard meanwhile and can stop it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread, current_thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from iree_explorer.execution import Interrupt
    from iree_explorer.exploration.running.debugging import DebuggedRun

_LAST_WORDS = 5.0  # seconds that a run that was stopped has for the numpy call it is in


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

    @property
    def is_busy(self) -> bool:
        """Whether a job runs, other than the one that asks: the end of a job may be the end of its widget."""
        return self._thread is not None and self._thread.is_alive() and self._thread is not current_thread()

    def start(self, job: Callable[[Interrupt], Any]) -> None:
        """Does a job on a thread, unless one runs: then nothing happens."""
        if self.is_busy:
            return
        from iree_explorer.execution import Interrupt

        self.interrupt = interrupt = Interrupt()
        self._thread = Thread(target=job, args=(interrupt,), name="iree-explorer-run", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stops the job that runs; else ends the session that waits."""
        if self.is_busy and self.interrupt is not None:
            self.interrupt.stop()
            if self.session is not None:
                self.session.session.interrupt()
        else:
            self.end_session()

    def end_session(self) -> None:
        """Nothing is debugged any more."""
        if self.session is not None:
            self.session.session.close()
            self.session = None

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
