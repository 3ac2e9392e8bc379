"""How a program is run: the backend, and what each backend can be told."""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np

from iree_explorer.errors import InputError
from iree_explorer.execution.asynchronous.witness import Witness
from iree_explorer.execution.interrupts import Interrupt
from iree_explorer.execution.kernels.processors import processors

BACKENDS = ("numpy", "iree")


def default_workers() -> int:
    """Threads for execution regions where nothing is said: as many as processors."""
    return len(processors())


def worker_count(workers: Any) -> int:
    """How many threads a user wants; None: `default_workers`.

    Raises:
        InputError: that is no integer of at least 1.
    """
    if workers is None:
        return default_workers()
    if not is_integer(workers) or workers < 1:
        raise InputError(f"workers={workers!r}: give an integer of at least 1, or None for as many as processors")
    return int(workers)


def is_integer(value: Any) -> bool:
    """Whether a value is an integer of Python or numpy; truth values are none."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def require_options(
    backend: Any, workers: Any, seed: Any, *, check_hazards: bool = False, check_finite: bool = False
) -> None:
    """Refuses backends that are not known, options that they do not have, and values that are none of the option.

    Raises:
        InputError: of these.
    """
    if backend not in BACKENDS:
        raise InputError(f"backend={backend!r} is not known: {' and '.join(BACKENDS)} are")
    worker_count(workers)
    require_seed(seed)
    if backend == "iree" and (seed is not None or check_hazards or check_finite):
        raise InputError(
            "order of work, hazards and finite values are only for the numpy backend: IREE's runtime has its own order"
        )


def require_watchers(interrupt: Any, witnesses: Any = ()) -> None:
    """Refuses what is neither an `Interrupt` nor witnesses of a run.

    Raises:
        InputError: it is not.
    """
    if not isinstance(interrupt, Interrupt | None):
        raise InputError(f"interrupt={interrupt!r}: give an Interrupt, or None")
    if not isinstance(witnesses, Sequence) or not all(
        isinstance(one, Witness) for one in cast("Sequence[Any]", witnesses)
    ):
        raise InputError(f"witnesses={witnesses!r}: give a list of Witness objects")


def require_seed(seed: Any) -> None:
    """Refuses what is no seed.

    Raises:
        InputError: it is neither an integer nor None.
    """
    if seed is not None and not is_integer(seed):
        raise InputError(f"seed={seed!r}: give an integer, or None for the order of the program")
