"""Putting partitions into regions: the short way to see that a block is still in order tells what the long one tells."""

from collections import Counter
from collections.abc import Sequence

import pytest
from xdsl.ir import Operation

from bench.programs import SHAPES, dispatches
from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.analysis.blocks import topological_order
from iree_explorer.errors import ExplorerError
from iree_explorer.passes.outline import Outliner
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse
from tests.conformance.generator import program


def test_a_block_said_to_be_in_order_is(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: Counter[bool] = Counter()
    look = Outliner.__dict__["_is_still_in_order"]

    def checked(outliner: Outliner, ops: Sequence[Operation]) -> bool:
        found = look(outliner, ops)
        answers[found] += 1
        if found:
            *body, _ = ops
            assert topological_order(body) == (body, True)
        return found

    monkeypatch.setattr(Outliner, "_is_still_in_order", checked)
    for text in [dispatches(300, SHAPES["narrow, 4 devices"]), *(program(seed) for seed in range(60))]:
        try:
            schedule(parse(text), trace=False)
        except ExplorerError:
            continue
    assert answers[True] > 20
    assert answers[False] > 5


def test_of_entry_blocks_only_it_is_known() -> None:
    module = parse("util.func @f() { cf.br ^bb1\n ^bb1: util.return }").op
    (function,) = module.body.ops
    entry, other = function.regions[0].blocks
    assert BlockFacts(entry).is_in_order
    assert not BlockFacts(other).is_in_order
    assert not BlockFacts(module.body.block).is_in_order
