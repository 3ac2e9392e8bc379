"""What is known while host code is compiled, execution regions included: besides slots, the module and who owns what."""

from dataclasses import dataclass, field

from typing_extensions import override
from xdsl.ir import Block, BlockArgument, Operation, SSAValue

from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.execution.code.scope import Scope
from iree_explorer.execution.code.steps import RUN, Frame, Step, Steps
from iree_explorer.execution.module.ownership import Ownership
from iree_explorer.execution.module.symbols import Symbols


@dataclass
class HostScope(Scope):
    """The scope of a host function, or of an execution region inside one.

    Attributes:
        symbols: of the module.
        ownership: says what may be changed in place.
        is_stepped: each op goes by way of the run's `at_host_op` (which a `SteppedRun` has).
    """

    symbols: Symbols = field(kw_only=True)
    ownership: Ownership = field(default_factory=Ownership)
    is_stepped: bool = False

    def nested(self) -> "HostScope":
        """A scope with slots of its own, for a region that runs in its own frame."""
        return HostScope(self.table, self.locate, symbols=self.symbols, ownership=self.ownership)

    def may_update_in_place(self, value: SSAValue, op: Operation, uses: int = 1) -> bool:
        """Whether `op` may write its tied result into the storage of `value`, which it uses `uses` times, all tied."""
        return self.ownership.may_update_in_place(value, op, uses)

    def is_from_same_wave(self, value: SSAValue, op: Operation) -> bool:
        """Whether `value` is made by another op of the wave that `op` is in: the two share its storage."""
        parent = op.parent_op()
        is_wave = parent is not None and parent.name == "stream.async.concurrent"
        return is_wave and not isinstance(value, BlockArgument) and value.owner.parent is op.parent

    @override
    def lower(self, op: Operation) -> Step | None:
        step = super().lower(op)
        if step is None or not self.is_stepped:
            return step
        return lambda frame: frame[RUN].at_host_op(op, step, frame)

    @override
    def block_steps(self, block: Block) -> Steps:
        """As in any scope, but resources are let go after their last use."""
        dying = self.ownership.dying(block, ResourceType)
        steps = super().block_steps(block)
        made = [
            _then_drop(step, self.slots_of(dying[op])) if op in dying else step
            for step, op in zip(steps.steps, steps.ops, strict=True)
        ]
        return Steps(tuple(made), steps.ops, steps.locate)


def _then_drop(step: Step, slots: tuple[int, ...]) -> Step:
    def step_and_drop(frame: Frame) -> None:
        step(frame)
        for slot in slots:
            frame[slot] = None

    return step_and_drop
