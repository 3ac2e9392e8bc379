"""IR that nobody holds any more is garbage, and is collected before it fills the memory."""

import gc
import weakref

import pytest

from iree_explorer import samples
from iree_explorer.execution import run
from iree_explorer.exploration.explore import explore_module
from iree_explorer.frontends import load
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import collector
from iree_explorer.syntax.collector import paused_collector


def test_nothing_keeps_a_program_alive_that_was_explored_and_run() -> None:
    module = load(samples.diamond)
    scheduled = schedule(module)
    run(scheduled, "main", "1024xf32=1")
    exploration = explore_module(module)
    assert exploration.document
    assert scheduled.text
    alive = [weakref.ref(op) for op in (module.op, scheduled.module.op)]
    del module, scheduled, exploration
    gc.collect()
    assert [ref() for ref in alive] == [None, None]


class Cycle:
    """What only the collector of cycles frees."""

    def __init__(self) -> None:
        self.itself = self


def test_garbage_is_collected_before_there_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    # What other tests keep alive is left out of account.
    monkeypatch.setattr(collector, "AGED", collector.Aged(1000, lambda: 0))
    refs: list[weakref.ref[Cycle]] = []
    for _ in range(100):
        with paused_collector():
            refs += [weakref.ref(Cycle()) for _ in range(100)]
    alive = sum(ref() is not None for ref in refs)
    assert alive < len(refs) / 2
    assert gc.isenabled()


def test_little_is_made_without_a_look_at_the_garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector, "AGED", collector.Aged(0, lambda: 0))
    gc.collect()
    with paused_collector():
        garbage = [weakref.ref(Cycle()) for _ in range(100)]
    with paused_collector(collect=False):
        assert all(ref() is not None for ref in garbage)
    with paused_collector():
        assert all(ref() is None for ref in garbage)
