"""How many threads numpy's BLAS takes for one product: all where it runs alone, one where a wave's ops run at once."""

from functools import cache
from threading import Lock
from typing import Any

from threadpoolctl import ThreadpoolController


class BlasThreads:
    """Holds BLAS to one thread a product while anybody asks for it; BLAS counts its threads for the whole process.

    Without, products of one wave would go in turn, each on all processors: OpenBLAS serves one threaded call at a time.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._holders = 0
        self._limit: Any = None

    def hold(self) -> None:
        """One thread a product from here on."""
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


BLAS = BlasThreads()


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()
