"""Python's cyclic garbage collector held still while many objects are made that all stay alive."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final


@contextmanager
def paused_collector(*, collect: bool = True) -> Generator[None]:
    """No cycle collection inside; it goes on afterwards as it was before.

    IR is made of cycles that live on, so that every collection while IR is built is in vain, and takes longer the more
    there is: two thirds of the time where parsing is fast. What was made inside counts as old afterwards: else the next
    collection of young objects, which is due at once, would look at all of it. Python does not count what grows old this
    way, so it is counted here: IR that nobody holds any more is collected before new IR is made.

    Args:
        collect: whether garbage is collected first, once there is enough; not where little is made that somebody waits for.
    """
    was_enabled = gc.isenabled()
    if was_enabled and collect:
        AGED.collect_if_due()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            AGED.age()
            gc.enable()


PYTHONS_OWN: Final = 1_000
"""So few frozen objects are Python's own: 3.12 starts with 375. Who freezes on purpose freezes all there are, many thousands."""


def objects_alive() -> int:
    """How many objects the collector knows."""
    return len(gc.get_objects())


class Aged:
    """Objects that were made old without a look at them since the last collection of all.

    Args:
        least: so many may be garbage before it is looked for, more where more is alive; a million takes some 100 MB.
        count_alive: asked for how many are alive, after each collection.
    """

    def __init__(self, least: int = 1_000_000, count_alive: Callable[[], int] = objects_alive) -> None:
        self._least = least
        self._count_alive = count_alive
        self._count = 0
        self._alive = 0

    def age(self) -> None:
        """Makes all objects old; not where some are kept from the collector on purpose."""
        if gc.get_freeze_count() < PYTHONS_OWN:
            self._count += gc.get_count()[0]
            gc.freeze()
            gc.unfreeze()

    def collect_if_due(self) -> None:
        """Collects all garbage, once there may be as much of it as of what is alive."""
        if self._count > max(self._least, self._alive):
            gc.collect()
            self._count, self._alive = 0, self._count_alive()


AGED: Final = Aged()


def retire_collector() -> None:
    """No cycle collection any more, for a process that ends when it has handled its one input.

    Not at its end either, where Python would look at everything once more: a sixth of the time.
    """
    gc.disable()
    atexit.register(gc.freeze)
