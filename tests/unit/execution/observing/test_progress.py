"""How far a run is, and how far it has to go."""

from __future__ import annotations

import pytest

from iree_explorer import samples
from iree_explorer.execution import run
from iree_explorer.execution.observing import progress
from iree_explorer.execution.observing.progress import Progress, expected_ops
from iree_explorer.frontends import load
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import Module


def expected(module: Module) -> list[int | None]:
    return [expected_ops(op) for op in module.op.body.block.ops if op.name == "util.func"]


@pytest.mark.parametrize("sample", [samples.diamond, samples.mlp, samples.two_devices], ids=lambda sample: sample.name)
def test_as_many_ops_are_counted_as_are_expected(sample: samples.Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "TOLD_EACH", 0.0)
    module = schedule(load(sample)).module
    told: list[int] = []
    watch = Progress(told.append)
    inputs = {"diamond": "1024xf32=1", "mlp": "4x16xf32=1"}.get(sample.name)
    result = run(module, "main", *([inputs] if inputs else ["1024xf32=1"]), workers=1, witnesses=[watch])
    initializers = [expected_ops(op) or 0 for op in module.op.body.block.ops if op.name == "util.initializer"]
    assert watch.done == len(result.timeline.spans) == sum(count or 0 for count in expected(module)) + sum(initializers)
    assert told == sorted(told)
    assert told[-1] == watch.done


def test_it_is_told_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "TOLD_EACH", 3600.0)
    told: list[int] = []
    watch = Progress(told.append)
    run(samples.diamond, "main", "1024xf32=1", witnesses=[watch])
    assert watch.done > 0
    assert not told


@pytest.mark.parametrize("sample", [samples.loop, samples.blocks], ids=lambda sample: sample.name)
def test_where_loops_and_branches_decide_nobody_knows(sample: samples.Sample) -> None:
    assert expected(load(sample)) == [None]
