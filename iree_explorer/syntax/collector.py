"""Python's cyclic garbage collector held still while many objects are made that all stay alive."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def paused_collector() -> Generator[None]:
    """No cycle collection inside; it goes on afterwards as it was before.

    IR is made of cycles that live on, so that every collection while IR is built is in vain, and takes longer the more
    there is: two thirds of the time where parsing is fast. What was made inside counts as old afterwards: else the next
    collection of young objects, which is due at once, would look at all of it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            _age()
            gc.enable()


def _age() -> None:
    """Makes all objects old without a look at any; not where some are kept from the collector on purpose."""
    if gc.get_freeze_count() == 0:
        gc.freeze()
        gc.unfreeze()


def retire_collector() -> None:
    """No cycle collection any more, for a process that ends when it has handled its one input.

    Not at its end either, where Python would look at everything once more: a sixth of the time.
    """
    gc.disable()
    atexit.register(gc.freeze)
