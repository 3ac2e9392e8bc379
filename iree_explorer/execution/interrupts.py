"""How a run is stopped from outside."""

import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import current_thread, main_thread


class CancelledRunError(Exception):
    """The run was stopped; nobody waits for what is left."""


class Interrupt:
    """Stops a run from another thread: hand it to `run`, call `stop`.

    Ops that numpy is in the middle of end first; loops of host code and kernels end at once.
    """

    def __init__(self) -> None:
        self.is_set = False
        self._close: Callable[[], None] | None = None

    def stop(self) -> None:
        """Stops the run, now or as soon as it begins."""
        self.is_set = True
        if self._close is not None:
            self._close()

    def attach(self, close: Callable[[], None]) -> None:
        """Names what ends the run; a run that was stopped before it began is ended at once."""
        self._close = close
        if self.is_set:
            close()


@contextmanager
def interrupts_stop(stop: Callable[[], None]) -> Generator[None]:
    """A KeyboardInterrupt that comes meanwhile calls `stop`, which must take no lock, and is raised at the end; a second one is
    raised at once.

    Python raises it between any two instructions of the main thread, also where a lock is taken and nobody knows it yet: workers
    that need the lock would wait for ever. It is left alone on other threads, which get none, and where the user handles SIGINT.
    """
    if current_thread() is not main_thread() or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    came = False

    def note(number: int, frame: object) -> None:  # noqa: ARG001 (a handler)
        nonlocal came
        if came:
            raise KeyboardInterrupt
        came = True
        stop()

    signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if came:
            raise KeyboardInterrupt from None
