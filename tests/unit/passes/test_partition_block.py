"""Whatever an algorithm answers: it is refused, or the program computes what it did before."""

from collections.abc import Sequence
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
from iree_explorer.partitioning import (
    Config,
    Partition,
    PartitionSet,
    close_partition,
    is_streamable,
    partitions_of,
    register_partitioner,
)
from iree_explorer.partitioning.config import Scope
from iree_explorer.partitioning.trace.recording import OpIds, Recorder, Witness
from iree_explorer.partitioning.trace.steps import Refused
from iree_explorer.passes.schedule import Schedule, copy_module, run_schedule, schedule
from iree_explorer.passes.schedule_options import ScheduleOptions
from iree_explorer.syntax import Module, parse
from tests.unit.execution.programs import program
from tests.unit.partitioning.programs import R, dispatch, entry, function

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


@dataclass
class Named:
    """Puts dispatches together by the letters that their entry points are called."""

    groups: Sequence[str]
    name: str = "named"
    scope: str = "execution"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
        ops = {entry(op): op for op in facts.ops if is_streamable(op)}
        return partitions_of(facts, ([ops[letter] for letter in group] for group in self.groups))


@pytest.mark.parametrize(
    ("groups", "rule", "told", "place"),
    [("cba", "order", "", ""), (["ac", "b"], "cycle", "b", ""), ("ac", "left out", "b", "b")],
)
def test_a_refusal_stands_at_the_op_at_fault_or_where_the_compiler_reports_it(
    groups: Sequence[str], rule: str, told: str, place: str
) -> None:
    module = function(dispatch("%a", "%arg") + dispatch("%b", "%a") + dispatch("%c", "%b"), "%c")
    ops = {entry(op): op for op in module.op.walk()}
    register_partitioner(Named(groups))
    copy = copy_module(module)
    recorder = Recorder(OpIds(copy.op))
    with pytest.raises(PassError) as refused:
        run_schedule(copy, ScheduleOptions(execution="named"), recorder)
    last = recorder.steps[-1]
    assert isinstance(last, Refused)
    assert (last.rule, last.op) == (rule, OpIds(module.op).of(ops[told]) if told else -1)
    assert refused.value.location == module.location_of(ops[place or "util.func"])


def test_a_function_without_a_body_is_left_alone() -> None:
    declared = f"util.func private @elsewhere(%arg0: {R}) -> {R}\n"
    assert schedule(parse(declared)).text == f"module {{\n  {declared}}}\n"
