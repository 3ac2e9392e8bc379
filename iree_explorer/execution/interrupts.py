"""How a run is stopped from outside."""

from collections.abc import Callable


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
