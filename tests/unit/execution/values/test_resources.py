"""How the bytes that live are counted."""

import gc
import threading

import numpy as np
from typing_extensions import override

from iree_explorer.execution.values.resources import Meter, Storage


class Collecting(int):
    """A number at whose comparison Python collects what nobody can reach, as it may at any other time."""

    @override
    def __lt__(self, other: int) -> bool:
        gc.collect()
        return int(self) < other

    @override
    def __gt__(self, other: int) -> bool:
        gc.collect()
        return int(self) > other


def test_a_storage_may_be_let_go_in_the_middle_of_counting_another() -> None:
    meter = Meter()
    cycle: list[object] = [Storage(np.zeros(8, np.uint8), meter)]
    cycle.append(cycle)
    meter.peak = Collecting(8)
    del cycle
    counting = threading.Thread(target=meter.add, args=(4,), daemon=True)
    counting.start()
    counting.join(300)  # Far more than two collections of all there is can take: a lock would be waited for for ever.
    assert not counting.is_alive()
    assert (meter.live, meter.peak) == (4, 12)
