"""What a witness is told: all that an algorithm tells, and as much more as rebuilds the partitions."""

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.errors import InputError
from iree_explorer.ir.interfaces import StreamableOpInterface
from iree_explorer.partitioning import Config, find_partitioner
from iree_explorer.partitioning.partition import PartitionSet, close_partition
from iree_explorer.partitioning.telling import Telling
from iree_explorer.partitioning.trace.recording import OpIds, Recorder, replay
from iree_explorer.partitioning.trace.steps import Began, Ended, Opened, Placed
from tests.unit.partitioning.programs import body_of, dispatch, function

PROGRAM = "".join(dispatch(f"%{name}", "%arg") for name in "abcdef")


def _facts() -> tuple[BlockFacts, Recorder]:
    module = function(PROGRAM, "%a")
    return BlockFacts(body_of(module)), Recorder(OpIds(module.op))


def _ops(facts: BlockFacts) -> list[Any]:
    return [op for op in facts.ops if isinstance(op, StreamableOpInterface)]


@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=6, max_size=6))
def test_the_steps_alone_rebuild_the_partitions_however_much_was_told(choices: list[tuple[int, bool]]) -> None:
    """For each op the partition that it is in, and whether the algorithm says so."""
    facts, recorder = _facts()
    ops = _ops(facts)
    numbers = sorted({number for number, _ in choices})
    homes = {op: numbers.index(number) for op, (number, _) in zip(ops, choices, strict=True)}
    telling = Telling(recorder)
    telling.begin(find_partitioner("execution", "serial"), facts, Config(), facts.block.parent_op() or ops[0])
    opened: set[int] = set()
    said: list[Opened | Placed] = []
    for op, (_, is_told) in zip(reversed(ops), reversed(choices), strict=True):
        if is_told:
            if homes[op] not in opened:
                said.append(Opened(telling.ids.of(op), homes[op]))
            opened.add(homes[op])
            said.append(Placed(telling.ids.of(op), homes[op], "first candidate"))
    for step in said:
        telling.record(step)
    members = [[op for op in reversed(ops) if homes[op] == number] for number in range(len(numbers))]
    telling.end(PartitionSet(tuple(close_partition(number, part) for number, part in enumerate(members))))
    [replayed] = replay(recorder.steps)
    ids = recorder.ids
    found = {number: sorted(part) for number, part in replayed.partitions.items()}
    assert found == {number: sorted(map(ids.of, part)) for number, part in enumerate(members)}
    assert recorder.steps[1 : 1 + len(said)] == said
    added = [step for step in recorder.steps[1 + len(said) : -1] if isinstance(step, Opened | Placed)]
    assert {step.because for step in added} <= {"as told"}
    assert sum(isinstance(step, Placed) for step in [*said, *added]) == len(ops)
    assert sum(isinstance(step, Opened) for step in [*said, *added]) == len(numbers)


def test_the_first_and_last_step_say_what_was_partitioned_and_into_how_many() -> None:
    facts, recorder = _facts()
    owner = facts.block.parent_op()
    assert owner is not None
    telling = Telling(recorder)
    telling.begin(find_partitioner("execution", "reference"), facts, Config(), owner)
    first, last = _ops(facts)[:1], _ops(facts)[-1:]
    telling.end(PartitionSet((close_partition(1, last), close_partition(0, first))))
    began, *_, ended = recorder.steps
    number = recorder.ids.of(owner)
    assert began == Began("execution", number, "main", number, 0, 0, "reference", "min-peak-memory")
    assert ended == Ended(2)


def test_partitions_are_told_by_the_numbers_in_which_they_run() -> None:
    facts, recorder = _facts()
    first, *_, last = _ops(facts)
    telling = Telling(recorder)
    telling.begin(find_partitioner("execution", "reference"), facts, Config(), facts.block.parent_op() or first)
    ids = telling.ids
    telling.record(Opened(ids.of(last), 0, "none yet"))
    telling.record(Placed(ids.of(last), 0, "none left"))
    telling.record(Opened(ids.of(first), 1))
    assert not recorder.steps
    telling.end(PartitionSet((close_partition(1, [first]), close_partition(0, [last]))))
    assert recorder.steps[1:] == [
        Opened(ids.of(last), 1, "none yet"),
        Placed(ids.of(last), 1, "none left"),
        Opened(ids.of(first), 0),
        Placed(ids.of(first), 0, "as told"),
        Ended(2),
    ]


def test_what_is_no_step_is_refused_where_it_is_told() -> None:
    _, recorder = _facts()
    with pytest.raises(TypeError, match="'joined' is no step of a trace"):
        Telling(recorder).record(cast("Any", "joined"))
    assert not recorder.steps


@pytest.mark.parametrize("partition", [1, 2])
def test_what_was_told_has_to_be_what_was_decided(partition: int) -> None:
    facts, recorder = _facts()
    first, *_, last = _ops(facts)
    telling = Telling(recorder)
    telling.begin(find_partitioner("execution", "serial"), facts, Config(), facts.block.parent_op() or first)
    number = telling.ids.of(first)
    telling.record(Placed(number, partition, "as told"))
    with pytest.raises(
        InputError, match=f"told that op {number} joins partition {partition}, where the answer has it not"
    ):
        telling.end(PartitionSet((close_partition(0, [first]), close_partition(1, [last]))))
    assert not recorder.steps


def test_moments_are_passed_on() -> None:
    facts, recorder = _facts()
    seen: list[tuple[str, int]] = []
    recorder.on_moment = lambda name, _, steps: seen.append((name, steps))
    Telling(recorder).moment("outlined", _ops(facts)[0])
    assert seen == [("outlined", 0)]
