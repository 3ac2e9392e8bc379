"""The balanced partitioner of waves: never more waves than the longest chain, nothing at once that conflicts."""

import functools

from hypothesis import example, given, settings
from hypothesis import strategies as st
from xdsl.ir import Block

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.errors import PassError
from iree_explorer.partitioning.config import Favor
from iree_explorer.partitioning.partition import broken_rule, broken_structure
from iree_explorer.partitioning.trace.recording import replay
from iree_explorer.partitioning.trace.steps import Placed, Weighed
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import parse
from tests.conformance.generator import program
from tests.unit.partitioning.programs import R, body_of, dispatch, function, names, partition, regions

FAVORS = st.sampled_from([Favor.MIN_PEAK_MEMORY, Favor.MAX_CONCURRENCY])


def waves_of(body: str, result: str, favor: Favor = Favor.MIN_PEAK_MEMORY, name: str = "balanced") -> list[list[str]]:
    return names(partition(body_of(function(body, result)), "concurrency", name, favor)[0])


def chain(letter: str, length: int) -> str:
    return "".join(dispatch(f"%{letter}{i}", f"%{letter}{i - 1}" if i else "%arg") for i in range(length))


def longest_chain(block: Block) -> int:
    """Waves that the hazards of a region force, by every path."""
    facts = BlockFacts(block)

    @functools.cache
    def before(place: int) -> int:
        return max((before(e.before) + e.distance for e in facts.precedence.ins[place]), default=0)

    return max((before(p) + 1 for p, works in enumerate(facts.precedence.works) if works), default=0)


def test_two_chains_run_side_by_side() -> None:
    body = chain("a", 10) + chain("b", 10) + dispatch("%end", "%a9", "%b9")
    assert waves_of(body, "%end") == [[f"a{i}", f"b{i}"] for i in range(10)] + [["end"]]
    assert len(waves_of(body, "%end", name="reference")) == 20


def test_what_takes_memory_waits_until_it_is_needed() -> None:
    body = chain("a", 4) + dispatch("%b", "%arg") + dispatch("%end", "%a3", "%b")
    assert waves_of(body, "%end") == [["a0"], ["a1"], ["a2"], ["a3", "b"], ["end"]]


def test_what_frees_memory_runs_at_once() -> None:
    """%small is the last to read %big, and makes less than it frees."""
    half = f"{R}{{%c64}}"
    read = "%c0 to %c64 for %c64"
    small = f"  %small = stream.async.dispatch @ex::@small(%big[{read}]) : ({R}{{%c128}}) -> {half}\n"
    end = f"  %end = stream.async.dispatch @ex::@end(%a4[{read}], %small[{read}]) : ({R}{{%c128}}, {half}) -> {half}\n"
    body = dispatch("%big", "%arg") + chain("a", 1) + dispatch("%a1", "%a0", "%big") + small
    body += "".join(dispatch(f"%a{i}", f"%a{i - 1}") for i in (2, 3, 4)) + end
    assert waves_of(body, "%end") == [["big", "a0"], ["a1", "small"], ["a2"], ["a3"], ["a4"], ["end"]]


def test_waves_are_evened_out() -> None:
    body = chain("a", 4) + "".join(dispatch(f"%b{i}", "%arg") for i in range(4))
    body += dispatch("%end", "%a3", "%b0", "%b1", "%b2", "%b3")
    assert max(map(len, waves_of(body, "%end", Favor.MAX_CONCURRENCY))) == 2
    assert max(map(len, waves_of(body, "%end", Favor.MAX_CONCURRENCY, "reference"))) == 5


def test_favoring_debugging_there_are_no_waves() -> None:
    assert waves_of(chain("a", 3), "%a2", Favor.DEBUG) == []


@settings(max_examples=60)
@given(st.integers(0, 10_000), FAVORS)
def test_waves_keep_all_rules_and_are_as_few_as_can_be(seed: int, favor: Favor) -> None:
    for block in regions(parse(program(seed)), "fewest-handovers"):
        waves, recorder, facts = partition(block, "concurrency", "balanced", favor)
        assert broken_rule(waves) is None
        assert broken_structure(waves, facts, waves=True) is None
        assert len(waves) == longest_chain(block)
        assert sorted(facts.index[op] for wave in waves for op in wave.ops) == [
            place for place, works in enumerate(facts.precedence.works) if works
        ]
        (scope,) = replay(recorder.steps)
        assert [wave.ordinal for wave in waves] == sorted(scope.partitions) == [*range(len(waves))]
        for wave in waves:
            assert set(scope.partitions[wave.ordinal]) == {recorder.ids.of(op) for op in wave.ops}


@settings(max_examples=40)
@given(st.integers(0, 10_000), FAVORS)
@example(3012, Favor.MAX_CONCURRENCY)  # What waits for the op does no work, and may come after the last wave.
def test_every_wave_has_one_verdict_at_each_step_and_the_taken_one_is_taken(seed: int, favor: Favor) -> None:
    for block in regions(parse(program(seed)), "fewest-handovers"):
        waves, recorder, _ = partition(block, "concurrency", "balanced", favor)
        taken = -1
        for step in recorder.steps:
            if isinstance(step, Weighed):
                assert sorted(p for row in step.candidates for p in row.partitions) == list(range(len(waves)))
                (taken,) = (p for row in step.candidates if row.verdict == "chosen" for p in row.partitions)
            elif isinstance(step, Placed):
                assert step.partition == taken


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_recording_changes_nothing(seed: int) -> None:
    module = parse(program(seed))

    def outcome(trace: bool) -> str:
        try:
            return schedule(module, execution="fewest-handovers", concurrency="balanced", trace=trace).text
        except PassError as error:
            return str(error)

    assert outcome(trace=True) == outcome(trace=False)
