"""How regions and waves are called, from steps alone."""

from __future__ import annotations

from iree_explorer.partitioning.config import Scope
from iree_explorer.partitioning.trace.naming import TraceNames
from iree_explorer.partitioning.trace.recording import Trace
from iree_explorer.partitioning.trace.steps import Began, Cloned, Ended, Outlined, Placed, Rewritten, Step

FUNCTION = 1


def began(scope: Scope = "execution", region: int = FUNCTION, block: int = 0, function: int = FUNCTION) -> Began:
    return Began(scope, function, "main", region, 0, block, "reference", "min-peak-memory")


def outlined(partition: int, region: int, *ops: int, scope: Scope = "execution") -> Outlined:
    return Outlined(scope, partition, region, ops, ops)


def names(*steps: Step) -> TraceNames:
    return TraceNames.of(Trace(steps, ()))


def test_blocks_of_a_function_go_on_counting() -> None:
    found = names(
        began(),
        Placed(10, 0, "none left"),
        Placed(11, 1, "none left"),
        outlined(0, 20, 10),
        outlined(1, 21, 11),
        began(block=2),
        Placed(12, 0, "none left"),
        outlined(0, 22, 12),
    )
    assert found.offsets == {0: 0, 5: 2}
    assert found.regions_of(FUNCTION) == {
        20: (0, "partition 0"),
        21: (1, "partition 1"),
        22: (2, "partition 0, block 2"),
    }


def test_each_function_counts_for_itself() -> None:
    found = names(
        began(), Placed(10, 0, "none left"), outlined(0, 20, 10),
        began(region=2, function=2), Placed(12, 0, "none left"), outlined(0, 22, 12),
    )  # fmt: skip
    assert found.regions == {FUNCTION: {20: (0, "partition 0")}, 2: {22: (0, "partition 0")}}


def test_a_block_inside_of_control_flow_says_so() -> None:
    found = names(began(region=5), Placed(10, 0, "none left"), outlined(0, 20, 10))
    assert found.regions_of(FUNCTION) == {20: (0, "partition 0, nested")}


def test_a_region_that_the_clean_up_rebuilds_keeps_its_name() -> None:
    op_names = {20: "stream.async.execute", 21: "stream.timepoint.join", 22: "stream.async.execute"}
    steps = (
        began(),
        Placed(10, 0, "none left"),
        outlined(0, 20, 10),
        Rewritten("ChainDependentAwaits", 20, (20,), (21,)),
        Rewritten("ClosureOptimizationPattern", 20, (20,), (22,)),
    )
    found = TraceNames.of(Trace(steps, tuple(op_names.get(op, "") for op in range(23))))
    assert found.regions_of(FUNCTION) == {20: (0, "partition 0"), 22: (0, "partition 0")}


def test_waves_are_known_by_their_ops_and_by_how_many_there_are() -> None:
    found = names(
        began("concurrency", region=20),
        Placed(10, 1, "none left"),
        Placed(11, 0, "none left"),
        Ended(2),
        outlined(1, 30, 10, 12, scope="concurrency"),
    )
    assert found.waves == {10: 1, 11: 0, 12: 1}
    assert found.divided == {20: 2}
    assert not found.regions


def test_what_was_placed_and_never_made_a_region_is_pending() -> None:
    refused = names(began(), Placed(10, 0, "none left"), Cloned(11, (0, 2)), Placed(12, 2, "none left"))
    assert refused.pending == {FUNCTION: {10: [0], 11: [0, 2], 12: [2]}}
    made = names(began(), Placed(10, 0, "none left"), outlined(0, 20, 10))
    assert not made.pending


def test_steps_before_any_block_say_nothing() -> None:
    assert names(Placed(10, 0, "none left")).pending == {}
