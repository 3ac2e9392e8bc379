"""The table of algorithms, what attributes choose, and what is found of an algorithm whose answer breaks a rule."""

from dataclasses import dataclass

import pytest

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.errors import InputError, PassError
from iree_explorer.ir.interfaces import StreamableOpInterface
from iree_explorer.partitioning import (
    Config,
    find_partitioner,
    is_streamable,
    partitioner_names,
    partitions_of,
    register_partitioner,
)
from iree_explorer.partitioning.config import Scope
from iree_explorer.partitioning.partition import Partition, PartitionSet, close_partition
from iree_explorer.partitioning.trace.recording import OpIds, Recorder, Witness
from iree_explorer.partitioning.trace.steps import Refused
from iree_explorer.passes.schedule import copy_module, run_schedule, schedule
from iree_explorer.passes.schedule_options import ScheduleOptions
from iree_explorer.syntax import parse
from tests.unit.partitioning.programs import HEAD, R, body_of, dispatch, function, partition

DIAMOND = dispatch("%a", "%arg") + dispatch("%b", "%a") + dispatch("%c", "%a") + dispatch("%d", "%b", "%c")


@dataclass
class Pairs:
    """Two ops a partition, in the order of the block; tells nothing."""

    name: str = "pairs"
    scope: Scope = "execution"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
        ops = [op for op in facts.ops if isinstance(op, StreamableOpInterface)]
        pairs = [ops[i : i + 2] for i in range(0, len(ops), 2)]
        return PartitionSet(tuple(close_partition(i, pair[::-1]) for i, pair in enumerate(pairs)))


@dataclass
class Backwards:
    """The first two ops in a partition that is said to run last."""

    name: str = "backwards"
    scope: Scope = "execution"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
        ops = [op for op in facts.ops if isinstance(op, StreamableOpInterface)]
        return PartitionSet((close_partition(0, ops[:1:-1]), close_partition(1, ops[1::-1])))


@dataclass
class OneWave:
    """All ops in one wave, whatever they need of each other."""

    name: str = "one-wave"
    scope: Scope = "concurrency"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
        ops = [op for op in facts.ops if isinstance(op, StreamableOpInterface)]
        return PartitionSet((close_partition(0, ops[::-1]),))


@pytest.fixture(autouse=True)
def _algorithms() -> None:
    for algorithm in (Pairs(), Backwards(), OneWave()):
        register_partitioner(algorithm)


def test_two_of_each_scope_are_built_in() -> None:
    assert partitioner_names("execution")[:2] == ("reference", "serial")
    assert partitioner_names("concurrency")[:2] == ("reference", "serial")
    assert find_partitioner("execution", "pairs").name == "pairs"


def test_what_is_built_in_stays() -> None:
    with pytest.raises(InputError, match="built in"):
        register_partitioner(Pairs("reference"))


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(InputError, match=r"no execution partitioner is called 'best'; there are reference, serial"):
        schedule(function(DIAMOND, "%d"), execution="best")


def test_a_partitioner_in_place_of_its_name_is_told_how_to_choose_it() -> None:
    with pytest.raises(InputError, match=r"chosen by its name: register_partitioner\(…\), then execution='its name'"):
        schedule(function(DIAMOND, "%d"), execution=Pairs())  # pyright: ignore[reportArgumentType]


def test_serial_is_one_op_a_region_and_no_waves() -> None:
    scheduled = schedule(function(DIAMOND, "%d"), execution="serial", concurrency="serial")
    assert scheduled.text.count("stream.async.execute") == 4
    assert "concurrent" not in scheduled.text


@pytest.mark.parametrize("place", ["module", "function"])
def test_the_nearest_attribute_chooses(place: str) -> None:
    attribute = 'iree_explorer.partitioning = {execution = "pairs", concurrency = "serial"}'
    text = HEAD + DIAMOND + f"  util.return %d : {R}\n}}\n"
    if place == "function":
        text = text.replace(f"-> ({R}) {{", f"-> ({R}) attributes {{{attribute}}} {{", 1)
    else:
        text = f"module attributes {{{attribute}}} {{\n{text}}}\n"
    assert schedule(parse(text), execution="serial").text.count("stream.async.execute") == 2


def test_an_attribute_that_names_nothing_known_is_refused_at_its_place() -> None:
    text = (
        'module attributes {iree_explorer.partitioning = {execution = "best"}} {\n'
        + HEAD
        + f"  util.return %arg : {R}\n}}\n}}\n"
    )
    with pytest.raises(PassError, match="no execution partitioner is called 'best'") as refused:
        schedule(parse(text))
    assert refused.value.location is not None
    assert refused.value.location.line == 1


def test_a_lie_about_order_is_found_before_the_program_changes() -> None:
    module = function(DIAMOND, "%d")
    copy = copy_module(module)
    recorder = Recorder(OpIds(copy.op))
    with pytest.raises(PassError, match=r"out of order.*partitioner 'backwards'"):
        run_schedule(copy, ScheduleOptions(execution="backwards"), recorder)
    assert isinstance(recorder.steps[-1], Refused)
    assert copy.op.is_structurally_equivalent(module.op)


def test_a_wave_that_must_wait_for_itself_is_found() -> None:
    module = function(DIAMOND, "%d")
    with pytest.raises(PassError, match=r"op must run after a 'stream.async.dispatch' op of the same wave") as refused:
        schedule(module, concurrency="one-wave")
    _, second, _, last = (module.location_of(op) for op in body_of(module).ops if isinstance(op, StreamableOpInterface))
    assert (refused.value.location, refused.value.notes[0]) == (last, ("it must run after this op", second))


def test_members_are_looked_up_fast_and_ops_keep_their_order() -> None:
    found, _, _ = partition(body_of(function(DIAMOND, "%d")))
    (only,) = found
    assert isinstance(only, Partition)
    assert only.members == frozenset(only.ops)


def test_registering_says_the_name_and_whether_another_had_it() -> None:
    first, second = register_partitioner(Pairs("twos")), register_partitioner(Pairs("twos"))
    assert (first.name, first.scope, first.replaced, second.replaced) == ("twos", "execution", False, True)
    assert repr(first) == "<the execution partitioner 'twos' is registered: execution='twos' chooses it>"
    assert "takes the place of the one registered before" in repr(second)


def test_only_objects_with_all_that_a_partitioner_has_are_registered() -> None:
    with pytest.raises(InputError, match=r"register an object, not the class: Pairs\(\)"):
        register_partitioner(Pairs)  # pyright: ignore[reportArgumentType]
    with pytest.raises(InputError, match="a partitioner has name, scope, partition; 3 has not"):
        register_partitioner(3)  # pyright: ignore[reportArgumentType]
    for name in ("", 3):
        with pytest.raises(InputError, match=f"a partitioner's name is a text, not {name!r}"):
            register_partitioner(Pairs(name))  # pyright: ignore[reportArgumentType]
    flat = Pairs("flat")
    flat.partition = 3  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(InputError, match="a partitioner's partition is a method, not 3"):
        register_partitioner(flat)


class Plain:
    """As the README writes one: the type checker, too, takes a scope that is a plain text."""

    name = "plain"
    scope = "execution"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
        return partitions_of(facts, [filter(is_streamable, facts.ops)])


def test_a_plain_class_is_a_partitioner() -> None:
    register_partitioner(Plain())
    assert schedule(function(DIAMOND, "%d"), execution="plain").text.count("stream.async.execute") == 1


@pytest.mark.parametrize("taken", ["facts", "", "facts, config, witness, more", "facts, *, config, witness"])
def test_what_cannot_be_called_as_a_partitioner_is_not_registered(taken: str) -> None:
    other = Pairs("other")
    other.partition = eval(f"lambda {taken}: None")
    with pytest.raises(InputError) as refused:
        register_partitioner(other)
    assert str(refused.value) == f"a partitioner's partition takes (facts, config, witness), not ({taken})"


@pytest.mark.parametrize("taken", ["block, options, told", "facts, config, witness, more=0", "*all_of_them"])
def test_a_partitioner_may_call_its_arguments_otherwise_and_take_more(taken: str) -> None:
    other = Pairs("other")
    other.partition = eval(f"lambda {taken}: None")
    assert register_partitioner(other).name == "other"
