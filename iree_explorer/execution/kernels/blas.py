"""How many threads work on one product: as many as processors where its op runs alone, one where a wave's ops run at once.

BLAS itself is held to one thread while a program runs, and a product that is large is cut in parts, each a product of its own.
BLAS's threads wait for one another in a loop: on a machine that has other work, too, a product would take ten times as long.
And OpenBLAS serves one threaded call at a time, so the products of a wave would go in turn.
"""

import os
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import Any, TypeAlias

import numpy as np
from threadpoolctl import ThreadpoolController

Part: TypeAlias = Callable[[], None]


def processors() -> int:
    """How many this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class BlasThreads:
    """Counts who runs products; BLAS's own number of threads is one for the whole process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._holders = 0
        self._waves = 0
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

    def enter_wave(self) -> None:
        """Several ops run at once from here on: none is cut in parts."""
        with self._lock:
            self._waves += 1

    def leave_wave(self) -> None:
        """Ends one `enter_wave`."""
        with self._lock:
            self._waves -= 1

    @property
    def is_held(self) -> bool:
        """Whether BLAS is held to one thread."""
        return self._holders > 0

    def parts(self) -> int:
        """In how many parts a large product is cut now."""
        return 1 if self._waves or not self._holders else processors()


BLAS = BlasThreads()


def at_once(parts: Sequence[Part]) -> None:
    """Runs all parts of one product, the first on this thread; returns when all are done."""
    others = [_helpers().submit(_quietly, part) for part in parts[1:]]
    try:
        parts[0]()
    finally:
        for other in others:
            other.result()


def _quietly(part: Part) -> None:
    with np.errstate(all="ignore"):
        part()


@cache
def _helpers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max(1, processors() - 1), thread_name_prefix="blas-part")


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()
