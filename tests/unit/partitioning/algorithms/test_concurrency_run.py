"""IREE's rules for waves, one by one, and what holds for every program."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iree_explorer.analysis.op_facts import users_of_results
from iree_explorer.ir.interfaces import StreamableOpInterface
from iree_explorer.partitioning.config import Favor
from iree_explorer.partitioning.partition import broken_rule, broken_structure
from iree_explorer.partitioning.trace.recording import replay
from iree_explorer.partitioning.trace.steps import Opened, Weighed
from iree_explorer.syntax import parse
from tests.conformance.generator import program
from tests.unit.partitioning.programs import dispatch, function, names, partition, regions


def waves_of(body: str, result: str, favor: Favor = Favor.MIN_PEAK_MEMORY) -> list[list[str]]:
    (block,) = regions(function(body, result))
    return names(partition(block, "concurrency", favor=favor)[0])


DIAMOND = dispatch("%a", "%arg") + dispatch("%b", "%a") + dispatch("%c", "%a") + dispatch("%d", "%b", "%c")


def test_independent_ops_share_a_wave() -> None:
    assert waves_of(DIAMOND, "%d") == [["a"], ["b", "c"], ["d"]]


def test_debugging_wants_no_waves() -> None:
    assert waves_of(DIAMOND, "%d", Favor.DEBUG) == []


@pytest.mark.parametrize(
    ("favor", "waves"),
    [(Favor.MIN_PEAK_MEMORY, [["e", "a"], ["b"], ["d"]]), (Favor.MAX_CONCURRENCY, [["a"], ["e", "b"], ["d"]])],
)
def test_favor_decides_between_early_and_late(favor: Favor, waves: list[list[str]]) -> None:
    body = dispatch("%e", "%arg") + dispatch("%a", "%arg") + dispatch("%b", "%a") + dispatch("%d", "%b", "%e")
    assert waves_of(body, "%d", favor) == waves


def test_a_writer_waits_for_the_readers_of_what_it_overwrites() -> None:
    body = dispatch("%s", "%arg") + dispatch("%a", "%s") + dispatch("%w", "%s", tied="%s") + dispatch("%d", "%a", "%w")
    assert waves_of(body, "%d") == [["s"], ["a"], ["w"], ["d"]]


def test_ranges_that_only_touch_do_not_conflict() -> None:
    low = dispatch("%a", "%s", part="%c0 to %c64 for %c64")
    high = dispatch("%w", "%s", tied="%s", part="%c64 to %c128 for %c64")
    body = dispatch("%s", "%arg") + low + high + dispatch("%d", "%a", "%w")
    assert waves_of(body, "%d") == [["s"], ["a", "w"], ["d"]]


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.sampled_from(Favor))
def test_waves_hold_no_hazards_and_replay(seed: int, favor: Favor) -> None:
    for block in regions(parse(program(seed))):
        waves, recorder, facts = partition(block, "concurrency", favor=favor)
        assert broken_rule(waves) is None
        # The rules of regions: those of waves are stricter than the compiler's, but let ops be in none.
        broken = broken_structure(waves, facts, waves=False)
        assert broken is None or broken.rule == "left out"
        (scope,) = replay(recorder.steps)
        assert [w.ordinal for w in waves] == sorted(scope.partitions) == [*range(len(waves))]
        for wave in waves:
            assert scope.partitions[wave.ordinal] == [recorder.ids.of(op) for op in wave.ops]


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_every_op_that_does_work_is_in_a_wave_before_its_users(seed: int) -> None:
    for block in regions(parse(program(seed))):
        waves, _, facts = partition(block, "concurrency")
        place = {op: i for i, wave in enumerate(waves) for op in wave.ops}
        for op in facts.ops:
            working = isinstance(op, StreamableOpInterface) and not op.is_metadata()
            assert (op in place) == working
            for user in users_of_results(op) if working else ():
                if user in place and facts.hazards.conflict_between(op, user):
                    assert place[op] < place[user]


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_every_wave_that_existed_has_one_verdict_at_each_step(seed: int) -> None:
    for block in regions(parse(program(seed))):
        opened: list[int] = []
        for step in partition(block, "concurrency")[1].steps:
            if isinstance(step, Weighed):
                assert sorted(p for row in step.candidates for p in row.partitions) == sorted(opened)
            elif isinstance(step, Opened):
                opened.append(step.partition)
