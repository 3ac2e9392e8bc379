"""How far a run is: ops done, of how many."""

import time
from collections.abc import Callable
from threading import Lock

from typing_extensions import override
from xdsl.ir import Operation

from iree_explorer.execution.asynchronous.witness import Witness
from iree_explorer.execution.code.steps import Frame
from iree_explorer.execution.device.work import DEVICE, DeviceOp, Work

_UNSURE = frozenset({"util.call", "func.call"})


TOLD_EACH = 0.1
"""Seconds between two tellings of the progress."""


class Progress(Witness):
    """Counts the ops on resources that are done, and tells of them now and then.

    Args:
        tell: told how many ops are done.
    """

    starts_threads = False

    def __init__(self, tell: Callable[[int], None]) -> None:
        self.done = 0
        self._lock = Lock()
        self._tell = tell
        self._next = time.monotonic() + TOLD_EACH

    @override
    def after(self, op: DeviceOp, work: Work, frame: Frame) -> None:
        now = time.monotonic()
        with self._lock:
            self.done += 1
            is_due = now >= self._next
            if is_due:
                self._next = now + TOLD_EACH
        if is_due:
            self._tell(self.done)


def expected_ops(function: Operation) -> int | None:
    """How many ops on resources a call of a function runs; None where branches, loops or calls decide."""
    count = 0
    for op in function.walk():
        if op is not function and (op.name in _UNSURE or op.name.startswith("scf.")):
            return None
        count += op.name in DEVICE
    return count if len(function.regions[0].blocks) == 1 else None
