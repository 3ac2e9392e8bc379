"""What an algorithm is asked, and what a user's is told where it answers, or does, what it may not."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override
from xdsl.dialects.builtin import UnitAttr
from xdsl.ir import Operation

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.errors import InputError, PartitionerError
from iree_explorer.ir.interfaces import StreamableOpInterface
from iree_explorer.partitioning import Config, register_partitioner
from iree_explorer.partitioning.config import Scope
from iree_explorer.partitioning.partition import Partition, PartitionSet, close_partition
from iree_explorer.partitioning.trace.recording import Witness, replay
from iree_explorer.passes.schedule import schedule
from tests.unit.partitioning.programs import R, body_of, dispatch, entry, function, names, partition

DIAMOND = dispatch("%a", "%arg") + dispatch("%b", "%a") + dispatch("%c", "%a") + dispatch("%d", "%b", "%c")


@dataclass
class Answers:
    """Answers with what it was given, or with what that makes of the ops, or raises it."""

    answer: object
    name: str = "answers"
    scope: Scope = "execution"

    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
        if isinstance(self.answer, Exception):
            raise self.answer
        ops = [op for op in facts.ops if isinstance(op, StreamableOpInterface)]
        return self.answer(ops) if callable(self.answer) else self.answer  # pyright: ignore


def test_what_an_algorithm_does_not_tell_is_told_for_it() -> None:
    def in_pairs(ops: list[Operation]) -> PartitionSet:
        return PartitionSet((close_partition(0, ops[1::-1]), close_partition(1, ops[:1:-1])))

    register_partitioner(Answers(in_pairs))
    found, recorder, _ = partition(body_of(function(DIAMOND, "%d")), name="answers")
    assert names(found) == [["a", "b"], ["c", "d"]]
    (scope,) = replay(recorder.steps)
    assert scope.partitions == {p.ordinal: [recorder.ids.of(op) for op in p.ops] for p in found}


@pytest.mark.parametrize("trace", [True, False])
@pytest.mark.parametrize("answer", [None, [], (), "ab"])
def test_what_is_no_set_of_partitions_is_told_to_be_none(answer: object, trace: bool) -> None:
    register_partitioner(Answers(answer))
    with pytest.raises(
        InputError,
        match=r"the execution partitioner 'answers' must return a PartitionSet, as partitions_of\(facts, groups\) makes one, not ",
    ) as caught:
        schedule(function(DIAMOND, "%d"), execution="answers", trace=trace)
    assert repr(answer) in str(caught.value)


@pytest.mark.parametrize("trace", [True, False])
def test_what_a_users_algorithm_raises_is_told_with_the_users_line(trace: bool) -> None:
    register_partitioner(Answers(ZeroDivisionError("division by zero")))
    with pytest.raises(PartitionerError) as caught:
        schedule(function(DIAMOND, "%d"), execution="answers", trace=trace)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    line = next(
        number for number, text in enumerate(Path(__file__).read_text().splitlines(), 1) if "raise self" in text
    )
    assert str(caught.value) == (
        "the execution partitioner 'answers' raised ZeroDivisionError: division by zero"
        f" (at test_run.py:{line}, in partition: raise self.answer)"
    )


def test_a_line_of_a_notebook_cell_is_told_without_the_file_that_holds_it(tmp_path: Path) -> None:
    cell = "def choose(facts):\n    return facts.nothing\n"
    names: dict[str, Any] = {}
    exec(compile(cell, str(tmp_path / "ipykernel_1" / "2.py"), "exec"), names)
    algorithm = Answers(names["choose"])
    algorithm.partition = lambda facts, config, witness: names["choose"](facts)  # pyright: ignore
    register_partitioner(algorithm)
    with pytest.raises(PartitionerError, match=r"AttributeError: .*nothing.*line 2, in choose"):
        schedule(function(DIAMOND, "%d"), execution="answers")


def test_what_a_users_algorithm_refuses_on_purpose_is_its_own_sentence() -> None:
    register_partitioner(Answers(InputError("no more than 3 ops")))
    with pytest.raises(InputError, match=r"^no more than 3 ops$"):
        schedule(function(DIAMOND, "%d"), execution="answers")


def test_partitions_may_be_made_by_hand() -> None:
    def answer(ops: list[Operation]) -> PartitionSet:
        made = close_partition(0, ops[::-1])
        return PartitionSet([Partition(0, [*made.ops], [*made.ins], [*made.outs], made.affinity)])

    register_partitioner(Answers(answer))
    assert schedule(function(DIAMOND, "%d"), execution="answers").text == schedule(function(DIAMOND, "%d")).text


def _erase(ops: list[Operation]) -> None:
    ops[-1].detach()


def _mark(ops: list[Operation]) -> None:
    ops[0].attributes["seen"] = UnitAttr()


def _retarget(ops: list[Operation]) -> None:
    del ops[0].properties["entry_points"]


def _rewire(ops: list[Operation]) -> None:
    ops[-1].operands[0] = ops[0].results[0]


def _move(ops: list[Operation]) -> None:
    block = ops[0].parent
    assert block is not None
    ops[0].detach()
    block.insert_op_after(ops[0], ops[-1])


@pytest.mark.parametrize("change", [_erase, _mark, _retarget, _rewire, _move])
def test_one_that_changes_the_program_is_found_out(change: Callable[[list[Operation]], None]) -> None:
    def answer(ops: list[Operation]) -> PartitionSet:
        change(ops)
        return PartitionSet((close_partition(0, ops[::-1]),))

    register_partitioner(Answers(answer))
    with pytest.raises(PartitionerError, match="'answers' changed the program, which it may only read"):
        schedule(function(DIAMOND, "%d"), execution="answers")


def test_one_that_changes_what_is_nested_in_an_op_is_found_out() -> None:
    nested = (
        f"  %i = scf.if %flag -> ({R}) {{\n"
        + dispatch("%n", "%a")
        + f"    scf.yield %n : {R}\n  }} else {{\n    scf.yield %arg : {R}\n  }}\n"
    )

    def answer(ops: list[Operation]) -> PartitionSet:
        block = ops[0].parent
        assert block is not None
        _retarget([op for op in block.walk() if entry(op) == "n"])
        return PartitionSet((close_partition(0, ops[::-1]),))

    register_partitioner(Answers(answer))
    with pytest.raises(PartitionerError, match="'answers' changed the program, which it may only read"):
        schedule(function(dispatch("%a", "%arg") + nested, "%i"), execution="answers")


def test_an_exception_without_words_is_its_name_and_line() -> None:
    register_partitioner(Answers(NotImplementedError()))
    with pytest.raises(
        PartitionerError, match=r"^the execution partitioner 'answers' raised NotImplementedError \(at "
    ):
        schedule(function(DIAMOND, "%d"), execution="answers")


def _numbered(*ordinals: Any) -> Callable[[list[Operation]], PartitionSet]:
    """An op a partition, these its ordinals."""
    return lambda ops: PartitionSet([close_partition(n, (op,)) for n, op in zip(ordinals, ops, strict=True)])


@pytest.mark.parametrize("tell", [True, False])
@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (lambda ops: PartitionSet(ops), r"a PartitionSet of Partitions, not of <AsyncDispatchOp"),  # pyright: ignore
        (PartitionSet((PartitionSet(),)), r"a PartitionSet of Partitions, not of PartitionSet"),  # pyright: ignore
        (lambda ops: PartitionSet(iter(())), r"a PartitionSet of a tuple or list"),  # pyright: ignore
        (_numbered(0, 0, 1, 2), r"ordinals from 0 to 3, each once, not \[0, 0, 1, 2\]"),
        (_numbered(-1, 0, 1, 2), r"ordinals from 0 to 3"),
        (_numbered(1, 2, 3, 4), r"ordinals from 0 to 3"),
        (_numbered("a", "b", "c", "d"), r"ordinals from 0 to 3"),
        (_numbered(10**12, 1, 2, 3), r"ordinals from 0 to 3"),
        (_numbered([0], 1, 2, 3), r"ordinals from 0 to 3"),
        (_numbered(False, 1, 2, 3), r"ordinals from 0 to 3"),
        (PartitionSet((Partition(0, None, (), ()),)), r"whose ops are a tuple or list, not None"),  # pyright: ignore
        (PartitionSet((Partition(0, "a", (), ()),)), r"whose ops are a tuple or list, not 'a'"),  # pyright: ignore
        (PartitionSet((Partition(0, ["a"], (), ()),)), r"whose ops are each an Operation, not 'a'"),  # pyright: ignore
        (lambda ops: PartitionSet((Partition(0, ops, ops, ()),)), r"whose ins are each an SSAValue, not <Async"),  # pyright: ignore
        (lambda ops: PartitionSet((Partition(0, ops, (), ops),)), r"whose outs are each an SSAValue, not <Async"),  # pyright: ignore
        (lambda ops: PartitionSet((Partition(0, ops, (), (), "a"),)), r"whose affinity is an Attribute or None"),  # pyright: ignore
    ],
)
def test_what_is_no_set_of_partitions_is_refused(answer: object, message: str, tell: bool) -> None:
    register_partitioner(Answers(answer))
    with pytest.raises(InputError, match=rf"the execution partitioner 'answers' must return .*{message}"):
        schedule(function(DIAMOND, "%d"), execution="answers", trace=tell)


@dataclass
class Babbles(Answers):
    """Tells the witness what is no step."""

    name: str = "babbles"

    @override
    def partition(self, facts: BlockFacts, config: Config, witness: Witness | None) -> PartitionSet:
        if witness is not None:
            witness.record("well")  # pyright: ignore[reportArgumentType]
        return super().partition(facts, config, witness)


def test_only_steps_can_be_told() -> None:
    register_partitioner(Babbles(PartitionSet()))
    with pytest.raises(PartitionerError, match="'well' is no step of a trace"):
        schedule(function(DIAMOND, "%d"), execution="babbles")
