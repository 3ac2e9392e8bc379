"""Op ids, recording, replay, and JSON there and back."""

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects import test
from xdsl.dialects.builtin import i32
from xdsl.ir import Block, Region

from iree_explorer.dialects.builtin import ModuleOp
from iree_explorer.partitioning.trace.reasons import Access, Candidate, Ordinals, Overlap, User, ValueRef, Why
from iree_explorer.partitioning.trace.recording import OpIds, Recorder, Trace, from_json, replay, to_json
from iree_explorer.partitioning.trace.steps import (
    Began,
    Cloned,
    Ended,
    Flushed,
    LeftForRematerialization,
    Opened,
    Outlined,
    Placed,
    Refused,
    Rematerialized,
    Rewritten,
    Step,
    Visited,
    Weighed,
)

BEGAN = Began("execution", 1, "main", 1, 0, 0, "reference", "min-peak-memory")
WAVES = Began("concurrency", 1, "main", 5, 0, 0, "reference", "debug")
WHY = Why(
    "hazard",
    (3,),
    Ordinals(0, 2),
    ("a", "b"),
    (Overlap(ValueRef(4), Access(3, "write", 0, ValueRef(2)), None), Overlap(ValueRef(4, 1, True))),
)
STEPS: list[Step] = [
    BEGAN,
    Visited(9, "constant"),
    Visited(8, "sync", 7),
    Flushed(6, Ordinals(0, 2)),
    Weighed(
        7,
        (User(3, "tied", Ordinals(0, 1, 0b10), Ordinals(2, 9), WHY.overlaps[0]),),
        (Candidate(Ordinals(0, 1), "refused", WHY), Candidate(Ordinals(1, 2), "chosen")),
    ),
    Opened(7, 0),
    Placed(8, 0, "with producer"),
    Placed(7, 0, "none left"),
    Opened(5, 1),
    Placed(5, 1, "none left"),
    Cloned(4, (0, 1)),
    LeftForRematerialization(3),
    Ended(2),
    Outlined("execution", 1, 20, (5, 21), (5, 4), (ValueRef(2),), (ValueRef(20),), (ValueRef(20, 1),), "@a"),
    Rematerialized(3, 22, 2),
    Rewritten("ChainAwaits", 20, (20,), (23,)),
    WAVES,
    Ended(0),
    Refused("cycle", "circular dependency", 1, 5),
]


def module() -> ModuleOp:
    inner = test.TestOp(regions=[Region(Block([test.TestOp(), test.TestOp()]))])
    return ModuleOp([test.TestOp(), inner, test.TestOp()])


def test_every_kind_of_step_is_tried() -> None:
    assert {type(step) for step in STEPS} == set(get_args(Step))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.kind)
def test_a_step_says_one_sentence(step: Step) -> None:
    sentence = step.sentence({3: "%3"}, "wave")
    assert sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.kind)
def test_json_there_and_back(step: Step) -> None:
    data = to_json(step)
    assert data["kind"] == step.kind
    again = from_json(json.loads(json.dumps(data)))
    assert type(again) is type(step)
    assert to_json(again) == data


def test_ids_are_in_pre_order_and_the_same_for_a_copy() -> None:
    original = module()
    ids, copied = OpIds(original), OpIds(original.clone())
    assert [ids.of(op) for op in original.walk()] == [0, 1, 2, 3, 4, 5]
    assert ids.names == copied.names == ["builtin.module", *["test.op"] * 5]


def test_later_ops_get_the_next_ids_and_copies_know_their_origin() -> None:
    original = module()
    ids = OpIds(original)
    fresh = test.TestOp()
    assert ids.of(fresh) == 6
    assert ids.of(fresh) == 6
    inner = list(original.ops)[1]
    first, second = inner.clone(), inner.clone()
    ids.copied(first, inner)
    ids.copied(second, first)
    assert ids.origin == {7: 2, 8: 3, 9: 4, 10: 2, 11: 3, 12: 4}


def test_a_block_keeps_the_number_that_it_had_when_its_region_was_first_looked_at() -> None:
    region = Region([Block(), Block(), Block()])
    op = test.TestOp(regions=[region])
    ids = OpIds(ModuleOp([op]))
    first, second, third = region.blocks
    assert ids.block(third) == 2
    region.erase_block(first)
    assert (ids.block(second), ids.block(third)) == (1, 2)


def test_values_are_named_by_op_and_place() -> None:
    op = test.TestOp(result_types=[i32, i32], regions=[Region(Block(arg_types=[i32, i32]))])
    ids = OpIds(ModuleOp([op]))
    assert ids.value(op.results[1]) == ValueRef(1, 1)
    assert ids.value(op.regions[0].block.args[1]) == ValueRef(1, 1, is_argument=True)


def test_replay_rebuilds_partitions() -> None:
    first, second = replay(STEPS)
    assert first.partitions == {0: [8, 7, 4], 1: [5, 4]}
    assert (first.began, first.first, first.end) == (BEGAN, 0, 13)
    assert second.partitions == {}
    assert second.began == WAVES


@given(st.integers(0, len(STEPS)))
def test_replay_of_a_beginning_is_a_beginning_of_the_replay(count: int) -> None:
    whole = {(i, p): ops for i, scope in enumerate(replay(STEPS)) for p, ops in scope.partitions.items()}
    for i, scope in enumerate(replay(STEPS, count)):
        for p, ops in scope.partitions.items():
            assert whole[i, p][: len(ops)] == ops


def test_a_trace_speaks_of_waves_where_waves_are_decided() -> None:
    ids = OpIds(module())
    recorder = Recorder(ids)
    for step in [BEGAN, Opened(1, 0), Ended(1), WAVES, Opened(1, 0, "none yet"), Ended(1)]:
        recorder.record(step)
    sentences = list(recorder.trace().sentences())
    assert sentences[1] == "test.op opens partition 0, as no other partition can take it"
    assert sentences[4] == "test.op opens wave 0, as there is none yet"


def test_about_finds_the_steps_of_an_op_and_of_its_copies() -> None:
    trace = Trace((Visited(3, "host"), Placed(7, 0, "none left"), Visited(4, "host")), (), {7: 3})
    assert trace.about(3) == [0, 1]


def test_moments_are_told_with_the_number_of_steps() -> None:
    seen: list[tuple[str, int]] = []
    recorder = Recorder(OpIds(module()), lambda name, op, count: seen.append((name, count)))
    recorder.moment("before", module())
    recorder.record(BEGAN)
    recorder.moment("cleaned", module())
    assert seen == [("before", 0), ("cleaned", 1)]


def test_reprs_stay_short_however_long_the_program() -> None:
    began = Began("execution", 0, "main", 0, 0, 0, "reference", "debug")
    steps = (
        began,
        *(Opened(op, op, "none left") for op in range(500)),
        *(Placed(op, op, "none left") for op in range(500)),
    )
    trace = Trace(steps)
    assert repr(trace) == "<Trace: 1,001 steps; 500 opened, 500 placed, 1 began>"
    (scope,) = trace.scopes()
    assert repr(scope).startswith("<execution of @main, ops by partition: partition 0: 1, partition 1: 1, ")
    assert repr(scope).endswith("partition 19: 1, 480 more>")
    assert repr(Trace()) == "<Trace: 0 steps>"
