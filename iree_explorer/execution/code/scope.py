"""Compiles IR to steps: every SSA value has a slot in a frame, every op becomes a step that reads and writes slots.

One compilation serves host functions and kernels; they differ in the table of ops they know (`Table`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from xdsl.ir import Block, Operation, Region, SSAValue

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.steps import (
    RETURN,
    Binary,
    Body,
    Code,
    Exit,
    Frame,
    Layout,
    Step,
    Steps,
    Unary,
    Variadic,
    bind,
    fill,
)
from iree_explorer.execution.faults import Locate, OpError, compiling, no_location

Lowering: TypeAlias = Callable[[Operation, Any], Step | None]
Recogniser: TypeAlias = Callable[[Operation], Lowering | None]

ContextT = TypeVar("ContextT", bound="Scope")


_LOWERING = {
    "stream.tensor.": ": iree-opt --iree-stream-encode-host-tensors makes ops on resources of it",
    "stream.cmd.": ": it comes later in the pipeline; load the program from before iree-stream-schedule-allocation",
}
"""By dialect and group, how a program with such ops becomes one that runs."""


def _unknown(op: Operation) -> str:
    hint = next((words for group, words in _LOWERING.items() if op.name.startswith(group)), "")
    return f"'{op.name}' is not supported by the numpy backend{hint}"


class Table(Generic[ContextT]):
    """Ops by name: how to make steps, and exits, of them; of pure ops, how to make the functions that they call."""

    def __init__(self, *tables: "Table[Any]") -> None:
        self.lowerings: dict[str, Lowering] = {}
        self.makers: dict[str, Callable[[Operation], Callable[..., Any]]] = {}
        self.exits: dict[str, Callable[[Operation, Any], Exit]] = {}
        self.recognisers: list[Recogniser] = []
        for table in tables:
            self.include(table)

    def include(self, table: "Table[Any]") -> None:
        """Takes over what another table knows."""
        self.lowerings.update(table.lowerings)
        self.makers.update(table.makers)
        self.exits.update(table.exits)
        self.recognisers += table.recognisers

    def lowering_of(self, op: Operation) -> Lowering | None:
        """The maker of steps for an op, None where nothing here knows it."""
        found = self.lowerings.get(op.name)
        if found is None:
            found = next((lowering for know in self.recognisers if (lowering := know(op)) is not None), None)
        return found

    def recognises(self, know: "Recogniser") -> "Recogniser":
        """Registers a maker of steps for ops that are known by more than their name."""
        self.recognisers.append(know)
        return know

    def lowers(self, *names: str) -> Callable[[Callable[[Operation, ContextT], Step | None]], Any]:
        """Registers a maker of steps; it may return None where the op needs nothing done at run time."""

        def register(make: Callable[[Operation, ContextT], Step | None]) -> Any:
            self.lowerings.update(dict.fromkeys(names, make))
            return make

        return register

    def leaves(self, *names: str) -> Callable[[Callable[[Operation, ContextT], Exit]], Any]:
        """Registers a maker of exits, for terminators of a control-flow graph."""

        def register(make: Callable[[Operation, ContextT], Exit]) -> Any:
            self.exits.update(dict.fromkeys(names, make))
            return make

        return register

    def computes(self, *names: str) -> Callable[[Callable[[Operation], Callable[..., Any]]], Any]:
        """Registers a pure op with one result: `make(op)` gives the function from operand values to the result."""

        def register(make: Callable[[Operation], Callable[..., Any]]) -> Any:
            def lower(op: Operation, scope: Scope) -> Step:
                return scope.apply(make(op), op.operands, op.results[0])

            self.lowerings.update(dict.fromkeys(names, lower))
            self.makers.update(dict.fromkeys(names, make))
            return make

        return register


@dataclass
class Scope:
    """What is known while one function is compiled: the slots of its values, the table of ops.

    Slot 0 holds the results of a return, slot `RUN` what the code runs in.
    """

    table: Table[Any]
    locate: Locate = no_location
    slots: dict[SSAValue, int] = field(default_factory=dict[SSAValue, int])
    constants: list[tuple[int, Any]] = field(default_factory=list[tuple[int, Any]])
    size: int = 2
    block_numbers: dict[Block, int] = field(default_factory=dict[Block, int])

    def slot(self, value: SSAValue) -> int:
        """The slot of a value, a new one the first time."""
        found = self.slots.get(value)
        if found is None:
            found = self.slots[value] = self.new_slot()
        return found

    def new_slot(self) -> int:
        """A slot for a value that is not in the IR."""
        self.size += 1
        return self.size - 1

    def slots_of(self, values: Iterable[SSAValue]) -> tuple[int, ...]:
        """The slots of several values."""
        return tuple(self.slot(value) for value in values)

    def constant(self, result: SSAValue, value: Any) -> None:
        """Binds a result to a value known now."""
        self.constants.append((self.slot(result), value))

    def apply(self, function: Unary | Binary | Variadic, operands: Iterable[SSAValue], result: SSAValue) -> Step:
        """The step `result = function(*operands)`."""
        return bind(function, self.slots_of(operands), self.slot(result))

    def apply_many(
        self,
        function: Unary | Binary | Variadic,
        operands: Iterable[SSAValue],
        results: Iterable[SSAValue],
    ) -> Step:
        """The step `results = function(*operands)`."""
        sources = self.slots_of(operands)
        targets = self.slots_of(results)

        def step(frame: Frame) -> None:
            fill(frame, targets, function(*[frame[slot] for slot in sources]))

        return step

    def layout(self) -> Layout:
        """How frames are laid out, once everything is compiled."""
        return Layout(self.slots, tuple(self.constants), self.size)

    def lower(self, op: Operation) -> Step | None:
        """The step of an op.

        Raises:
            ExecutionError: the table does not know the op, or the op is not as it must be.
        """
        lowering = self.table.lowering_of(op)
        if lowering is None:
            raise OpError(op, _unknown(op), self.locate)
        with compiling(op, self.locate):
            return lowering(op, self)

    def steps(self, ops: Iterable[Operation]) -> Steps:
        """The steps of ops in order."""
        made = [(step, op) for op in ops if (step := self.lower(op)) is not None]
        return Steps(tuple(step for step, _ in made), tuple(op for _, op in made), self.locate)

    def body(self, region: Region) -> Body:
        """Compiles a region of one block; the terminator only says what is yielded."""
        block = single_block(region)
        terminator = block.last_op
        operands = terminator.operands if terminator is not None else ()
        ops = [op for op in block.ops if op is not terminator]
        return Body(self.slots_of(block.args), self.steps(ops), self.slots_of(operands))

    def code(self, region: Region) -> Code:
        """Compiles a control-flow graph."""
        self.block_numbers = {block: number for number, block in enumerate(region.blocks)}
        blocks = [(self.block_steps(block), self.exit_of(block)) for block in region.blocks]
        entry = region.blocks[0]
        return Code(self.slots_of(entry.args), tuple(blocks), self.layout())

    def block_steps(self, block: Block) -> Steps:
        """The steps of a block but for its terminator."""
        return self.steps(op for op in block.ops if op is not block.last_op)

    def exit_of(self, block: Block) -> Exit:
        """The exit of a block."""
        op = block.last_op
        if op is None:
            raise ExecutionError("a block has no terminator")
        make = self.table.exits.get(op.name)
        if make is None:
            raise OpError(op, _unknown(op), self.locate)
        return make(op, self)

    def jump(self, block: Block, values: Sequence[SSAValue]) -> Exit:
        """The exit that goes to `block` with `values` as its arguments."""
        number = self.block_numbers[block]
        sources = self.slots_of(values)
        targets = self.slots_of(block.args)

        def leave(frame: Frame) -> int:
            fill(frame, targets, [frame[slot] for slot in sources])
            return number

        return leave


def single_block(region: Region) -> Block:
    """The one block of a region.

    Raises:
        ExecutionError: it has none or several.
    """
    blocks = list(region.blocks)
    if len(blocks) != 1:
        raise ExecutionError(f"expected a region of one block, found {len(blocks)}")
    return blocks[0]


def returns(op: Operation, scope: Scope) -> Exit:
    """The exit of a function: its operands are the results."""
    sources = scope.slots_of(op.operands)

    def leave(frame: Frame) -> int:
        frame[0] = [frame[slot] for slot in sources]
        return RETURN

    return leave
