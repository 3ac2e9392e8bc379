"""Whatever an algorithm answers: it is refused, or the program computes what it did before."""

from dataclasses import dataclass, replace
from random import Random

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.errors import PassError
from iree_explorer.execution import run
from iree_explorer.ir.interfaces import StreamableOpInterface
from iree_explorer.partitioning import Config, Partition, PartitionSet, close_partition, register_partitioner
from iree_explorer.partitioning.config import Scope
from iree_explorer.partitioning.trace.recording import Witness
from iree_explorer.passes.schedule import Schedule, schedule
from iree_explorer.syntax import Module, parse
from tests.unit.execution.programs import program

OURS = {"execution": "fewest-handovers", "concurrency": "balanced"}
"""For the other scope: the reference is right of some programs only."""


@dataclass
class Drawn:
    """Lets each op join one of the last parts or open one, with no thought of what it needs; may forget what goes out."""

    scope: Scope
    draw: Random
    name: str = "drawn"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
        reach, joins = self.draw.choice((1, 1, 1, 3)), self.draw.random()
        parts: list[list[int]] = []
        for place, op in enumerate(facts.ops):
            if isinstance(op, StreamableOpInterface):
                if not parts or self.draw.random() > joins:
                    parts.append([])
                self.draw.choice(parts[-reach:]).append(place)
        members = [[facts.ops[place] for place in reversed(part)] for part in parts]
        return PartitionSet([self._forgetful(close_partition(number, ops)) for number, ops in enumerate(members)])

    def _forgetful(self, partition: Partition) -> Partition:
        kept = [value for value in partition.outs if self.draw.random() > 0.02]
        return partition if len(kept) == len(partition.outs) else replace(partition, outs=kept)


def outputs(module: Module | Schedule, **how: bool) -> list[bytes]:
    return [np.asarray(value).tobytes() for value in run(module, "main", **how).outputs]  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("scope", ["execution", "concurrency"])
def test_an_answer_is_refused_or_right(scope: Scope) -> None:
    accepted = 0

    @given(st.integers(0, 10_000))
    @settings(max_examples=60)
    def check(seed: int) -> None:
        nonlocal accepted
        module = parse(program(seed))
        register_partitioner(Drawn(scope, Random(seed)))
        try:
            scheduled = schedule(module, trace=False, **{**OURS, scope: "drawn"})
        except PassError as error:
            event(f"refused: {error.message[:40]}")
            return
        accepted += 1
        assert outputs(scheduled, check_hazards=True) == outputs(module)
        (function,) = (op for op in scheduled.module.op.walk() if op.name == "util.func")
        assert not [op for op in function.regions[0].block.ops if isinstance(op, StreamableOpInterface)]

    check()
    assert accepted > 10
