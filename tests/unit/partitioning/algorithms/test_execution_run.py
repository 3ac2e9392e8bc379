"""IREE's rules for execution regions, one by one, and what holds for every program."""

from hypothesis import given, settings
from hypothesis import strategies as st
from xdsl.ir import Block

from iree_explorer.partitioning.partition import broken_rule
from iree_explorer.partitioning.trace.recording import replay
from iree_explorer.partitioning.trace.steps import Cloned, Flushed, LeftForRematerialization, Opened, Placed, Weighed
from iree_explorer.syntax import parse
from tests.conformance.generator import program
from tests.unit.partitioning.programs import R, body_of, dispatch, function, names, partition

SPLAT = f"  %s = stream.async.splat %x : i32 -> {R}{{%c128}}\n"


def blocks(seed: int) -> list[Block]:
    """All blocks of a generated program's functions, nested ones too."""
    module = parse(program(seed))
    functions = [op for op in module.op.ops if op.name in ("util.func", "util.initializer")]
    return [block for op in functions for block in op.walk_blocks() if block.parent_op() is not None]


def test_ops_without_affinity_are_one_partition() -> None:
    module = function(dispatch("%a", "%arg") + dispatch("%b", "%arg") + dispatch("%c", "%a", "%b"), "%c")
    partitions, _, _ = partition(body_of(module))
    assert names(partitions) == [["a", "b", "c"]]


def test_another_device_is_another_partition() -> None:
    module = function(
        dispatch("%a", "%arg", on="a") + dispatch("%b", "%a", on="b") + dispatch("%c", "%b", on="a"), "%c"
    )
    partitions, recorder, _ = partition(body_of(module))
    assert names(partitions) == [["a"], ["b"], ["c"]]
    weighed = [step for step in recorder.steps if isinstance(step, Weighed)]
    rows = {rule.rule: row for row in weighed[-1].candidates if (rule := row.why) is not None}
    assert list(rows["affinity"].partitions) == [1]
    assert list(rows["downstream"].partitions) == [2]


def test_nothing_crosses_a_host_op_with_side_effects() -> None:
    module = function(dispatch("%a", "%arg") + '  cf.assert %flag, "x"\n' + dispatch("%b", "%arg"), "%b")
    partitions, recorder, _ = partition(body_of(module))
    assert names(partitions) == [["a"], ["b"]]
    assert [list(step.partitions) for step in recorder.steps if isinstance(step, Flushed)] == [[1]]


def test_a_splat_is_cloned_to_each_consumer() -> None:
    module = function(SPLAT + dispatch("%a", "%s", on="a") + dispatch("%b", "%s", "%a", on="b"), "%b")
    partitions, recorder, _ = partition(body_of(module))
    assert names(partitions) == [["stream.async.splat", "a"], ["stream.async.splat", "b"]]
    assert [step.partitions for step in recorder.steps if isinstance(step, Cloned)] == [(1, 0)]


def test_a_splat_that_only_nested_regions_use_is_left() -> None:
    loop = f"""  %r = scf.for %i = %c0 to %c128 step %c64 iter_args(%acc = %arg) -> ({R}) {{
    %n = stream.async.update %s, %acc[%c0 to %c128] : {R}{{%c128}} -> %acc as {R}{{%c128}}
    scf.yield %n : {R}
  }}
"""
    module = function(SPLAT + loop + dispatch("%a", "%r"), "%a")
    partitions, recorder, _ = partition(body_of(module))
    assert [step.op for step in recorder.steps if isinstance(step, LeftForRematerialization)]
    assert names(partitions) == [[], ["a"]]


def test_a_barrier_goes_with_its_producer() -> None:
    text = dispatch("%a", "%arg", on="a") + f"  %t = stream.async.barrier %a : {R}{{%c128}}\n"
    module = function(text + dispatch("%b", "%t", on="a"), "%b")
    partitions, recorder, _ = partition(body_of(module))
    assert names(partitions) == [["a", "stream.async.barrier"], ["b"]]
    assert "with producer" in {step.because for step in recorder.steps if isinstance(step, Placed)}


def test_no_partition_where_nothing_is_streamable() -> None:
    partitions, _, _ = partition(body_of(function("", "%arg")))
    assert len(partitions) == 0


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_the_trace_alone_rebuilds_the_partitions(seed: int) -> None:
    for block in blocks(seed):
        partitions, recorder, _ = partition(block)
        (scope,) = replay(recorder.steps)
        assert [p.ordinal for p in partitions] == sorted(scope.partitions) == [*range(len(partitions))]
        for each in partitions:
            assert scope.partitions[each.ordinal] == [recorder.ids.of(op) for op in each.ops]


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_every_partition_that_existed_has_one_verdict_at_each_step(seed: int) -> None:
    for block in blocks(seed):
        opened: list[int] = []
        for step in partition(block)[1].steps:
            if isinstance(step, Weighed):
                assert sorted(p for row in step.candidates for p in row.partitions) == sorted(opened)
            elif isinstance(step, Opened):
                opened.append(step.partition)


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_an_op_is_put_where_it_was_found_possible(seed: int) -> None:
    for block in blocks(seed):
        weighed = None
        for step in partition(block)[1].steps:
            if isinstance(step, Weighed):
                weighed = step
            elif isinstance(step, Placed | Cloned) and weighed is not None and step.op == weighed.op:
                for ordinal in step.partitions if isinstance(step, Cloned) else (step.partition,):
                    row = weighed.candidate(ordinal)
                    assert row is None or row.verdict == "chosen"


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_rules_hold_or_are_told(seed: int) -> None:
    """Only affinities of several queues and what control flow captures can break a rule, as they can in IREE."""
    for block in blocks(seed):
        found = broken_rule(partition(block)[0])
        assert found is None or found.rule in {"affinity", "cycle", "order"}
