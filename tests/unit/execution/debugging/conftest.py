"""Sessions end: none leaves a thread."""

import gc
import threading
import time

import pytest


def hosts() -> int:
    return sum(thread.name == "iree-explorer-host" for thread in threading.enumerate())


@pytest.fixture(autouse=True)
def no_thread_is_left() -> object:
    before = hosts()
    yield
    gc.collect()
    end = time.monotonic() + 20
    while hosts() > before and time.monotonic() < end:
        time.sleep(0.01)
    assert hosts() <= before
