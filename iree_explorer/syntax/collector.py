"""Python's cyclic garbage collector held still while many objects are made that all stay alive."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def paused_collector() -> Generator[None]:
    """No cycle collection inside; it goes on afterwards as it was before.

    IR is made of cycles that live on, so that every collection while IR is built is in vain, and takes longer the more
    there is: two thirds of the time where parsing is fast.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
