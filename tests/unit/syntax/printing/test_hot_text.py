"""Ops like earlier ones are printed from what was learnt, as their assembly formats print them."""

from collections import Counter

import pytest
from xdsl.ir import Operation

from bench.programs import Shape, dispatches
from iree_explorer.errors import ExplorerError
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse, print_module
from iree_explorer.syntax.printing.hot_text import HotText
from tests.conformance.generator import program


def texts() -> list[str]:
    return [
        dispatches(200, Shape(devices=3)),
        dispatches(200, Shape(flush_every=50)),
        *(program(seed) for seed in range(60)),
    ]


def test_scheduled_programs_print_the_same_in_both_ways() -> None:
    for text in texts():
        try:
            module = schedule(parse(text), trace=False).module.op
        except ExplorerError:
            continue
        assert print_module(module, short_cuts=True) == print_module(module, short_cuts=False)


def test_regions_alike_are_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    learnt: Counter[str] = Counter()
    around = HotText.around

    def counted(hot_text: HotText, op: Operation) -> object:
        found = around(hot_text, op)
        learnt[op.name] += found is not None
        return found

    monkeypatch.setattr(HotText, "around", counted)
    print_module(schedule(parse(dispatches(1000)), trace=False).module.op)
    assert learnt["stream.async.concurrent"] > 10
    assert learnt["stream.executable.export"] == 0
