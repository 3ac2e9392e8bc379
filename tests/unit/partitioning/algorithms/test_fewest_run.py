"""The partitioner of fewest hand-overs: no program is refused, no chain of regions is longer than it must be."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from xdsl.ir import Block, Operation

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.analysis.op_facts import is_constant
from iree_explorer.errors import PassError
from iree_explorer.ir.interfaces import StreamableOpInterface
from iree_explorer.partitioning.partition import PartitionSet, broken_rule, broken_structure
from iree_explorer.partitioning.trace.recording import replay
from iree_explorer.partitioning.trace.steps import Placed, Weighed
from iree_explorer.passes.schedule import schedule
from iree_explorer.syntax import Module, parse, print_module
from tests.conformance.generator import program
from tests.unit.partitioning.programs import R, body_of, dispatch, function, names, partition


def regions_of(body: str, result: str, name: str = "fewest-handovers") -> list[list[str]]:
    return names(partition(body_of(function(body, result)), "execution", name)[0])


def blocks_of(module: Module) -> list[Block]:
    """The blocks that the pass partitions, but for those nested in host ops."""
    functions = [op for op in module.op.ops if op.name in ("util.func", "util.initializer", "func.func")]
    return [block for op in functions for block in op.regions[0].blocks]


def splat(name: str) -> str:
    return f"  {name} = stream.async.splat %x : i32 -> {R}{{%c128}}\n"


def test_one_place_is_one_region() -> None:
    assert regions_of(dispatch("%a", "%arg") + dispatch("%b", "%a"), "%b") == [["a", "b"]]


def test_work_changes_hands_as_rarely_as_it_can() -> None:
    """The reference has four regions here: it puts %c where its consumer %d is, and %x, of no consumer, in between."""
    body = dispatch("%a", "%arg", on="a") + dispatch("%b", "%a", on="b") + dispatch("%c", "%arg", on="a")
    body += dispatch("%d", "%b", "%c", on="a")
    assert regions_of(body, "%d") == [["a", "c"], ["b"], ["d"]]


def test_a_region_that_nobody_waits_for_joins_the_next_one_of_its_place() -> None:
    """%c needs what %b makes of %dev_b, and so does %d, which also needs %e: no reason for %c to have its own region."""
    body = dispatch("%b", "%arg", on="b") + dispatch("%c", "%b", on="a") + dispatch("%e", "%b", on="b")
    body += dispatch("%f", "%c", "%c", on="a") + dispatch("%g", "%arg", on="c") + dispatch("%h", "%g", on="b")
    body += dispatch("%i", "%h", "%f", on="a")
    assert regions_of(body, "%i") == [["g"], ["b", "e", "h"], ["c", "f", "i"]]


def test_what_waits_in_between_keeps_regions_apart() -> None:
    body = dispatch("%a", "%arg", on="a") + dispatch("%b", "%a", on="b") + dispatch("%c", "%b", on="a")
    assert regions_of(body, "%c") == [["a"], ["b"], ["c"]]


def test_the_host_is_between_two_regions() -> None:
    host = f"  %h = util.optimization_barrier %a : {R}\n"
    assert regions_of(dispatch("%a", "%arg") + host + dispatch("%b", "%h"), "%b") == [["a"], ["b"]]


def test_nothing_crosses_side_effects() -> None:
    body = dispatch("%a", "%arg") + '  cf.assert %flag, "now"\n' + dispatch("%b", "%a")
    assert regions_of(body, "%b") == [["a"], ["b"]]


def test_each_region_gets_its_own_copy_of_what_is_cheap() -> None:
    body = splat("%s") + dispatch("%a", "%s", on="a") + dispatch("%b", "%a", "%s", on="b")
    assert regions_of(body, "%b") == [["stream.async.splat", "a"], ["stream.async.splat", "b"]]


def test_what_the_host_uses_has_a_region_too() -> None:
    body = splat("%s") + dispatch("%a", "%s", on="a")
    assert regions_of(body, "%s") == [["stream.async.splat", "a"]]


def test_readers_come_before_the_one_that_overwrites() -> None:
    """%read is on another device, so in another region than %write; by values alone it could run after it."""
    body = dispatch("%s", "%arg", on="a") + dispatch("%read", "%s", on="b")
    body += dispatch("%write", "%s", on="a", tied="%s") + dispatch("%d", "%write", "%read", on="a")
    assert regions_of(body, "%d") == [["s"], ["read"], ["write", "d"]]


def disagreement(module: Module, execution: str) -> str:
    """What the partitions of a program are refused for; empty: they stand. What the IR breaks otherwise is not theirs."""
    try:
        schedule(module, execution=execution, trace=False)
    except PassError as error:
        words = ("circular dependency", "cyclic dependencies", "not compatible with the partition", "out of order")
        return next((word for word in words if word in str(error)), "")
    return ""


def test_programs_that_the_reference_refuses_are_scheduled() -> None:
    modules = [parse(program(seed)) for seed in range(100)]
    assert sum(disagreement(module, "reference") != "" for module in modules) > 5
    assert [disagreement(module, "fewest-handovers") for module in modules] == [""] * 100


@settings(max_examples=80)
@given(st.integers(0, 20_000))
def test_partitions_keep_all_rules_and_replay(seed: int) -> None:
    for block in blocks_of(parse(program(seed))):
        found, recorder, facts = partition(block, "execution", "fewest-handovers")
        assert broken_rule(found) is None
        assert broken_structure(found, facts, waves=False) is None
        (scope,) = replay(recorder.steps)
        assert [p.ordinal for p in found] == sorted(scope.partitions) == [*range(len(found))]
        for part in found:
            assert set(scope.partitions[part.ordinal]) == {recorder.ids.of(op) for op in part.ops}


@settings(max_examples=80)
@given(st.integers(0, 20_000))
@example(1551)
def test_whatever_a_region_needs_is_made_before_it(seed: int) -> None:
    """By the program's own dependences, nested uses and all: an independent look at the order of regions."""
    for block in blocks_of(parse(program(seed))):
        found, _, facts = partition(block, "execution", "fewest-handovers")
        first = {op: i for i, part in reversed(list(enumerate(found))) for op in part.ops}
        for i, part in enumerate(found):
            for op in part.ops:
                for maker in makers_behind(op, facts, found, i):
                    assert first[maker] < i


def makers_behind(op: Operation, facts: BlockFacts, found: PartitionSet, place: int) -> set[Operation]:
    """Ops of other regions that `op`, in the region at `place`, depends on: itself, or through the host."""
    inside = found.partitions[place].members
    seen: set[tuple[Operation, bool]] = set()
    makers: set[Operation] = set()
    pending = [op]
    while pending:
        one = pending.pop()
        for user, maker in ((nested, value.owner) for nested in one.walk() for value in nested.operands):
            if not isinstance(maker, Operation) or maker not in facts.index or is_constant(maker):
                continue
            through = not isinstance(maker, StreamableOpInterface) or is_copied_into(maker, user, one)
            if through and (maker, through) not in seen:
                pending.append(maker)
            elif not through and maker not in inside and any(maker in p.members for p in found):
                makers.add(maker)
            seen.add((maker, through))
    return makers


def is_copied_into(maker: StreamableOpInterface, user: Operation, host_op: Operation) -> bool:
    """Whether `user`, inside of a region of `host_op`, gets a copy of `maker` there. IREE: rematerialization."""
    return user is not host_op and isinstance(user, StreamableOpInterface) and maker.prefer_clone_to_consumers()


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_every_partition_opened_so_far_has_one_verdict(seed: int) -> None:
    for block in blocks_of(parse(program(seed))):
        steps = partition(block, "execution", "fewest-handovers")[1].steps
        opened: set[int] = set()
        for step in steps:
            if isinstance(step, Weighed):
                assert sorted(p for row in step.candidates for p in row.partitions) == sorted(opened)
            elif step.kind == "opened":
                opened.add(step.partition)  # pyright: ignore[reportAttributeAccessIssue]
            elif isinstance(step, Placed):
                assert step.partition in opened


@settings(max_examples=30)
@given(st.integers(0, 10_000))
@example(4032)
def test_the_result_is_a_program_like_any_other(seed: int) -> None:
    module = parse(program(seed))
    try:
        text = schedule(module, execution="fewest-handovers", concurrency="balanced").text
    except PassError:
        # What is refused even of regions of one op is the program's own, such as a size that is asked of what it sizes.
        assert disagreement(module, "fewest-handovers") in ("", disagreement(module, "serial"))
        return
    assert print_module(parse(text).op) == text
