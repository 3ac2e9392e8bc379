"""Resources that execution regions hand to one another, with no wait of the host in between.

The compiler has the host wait for each result right behind its region. Its clean-up then finds that another region takes
in what the host waited for, and has that region wait instead. Where nobody watches the clean-up, and only regions take in
what a region makes, these waits are not made in the first place. The IR is the same in the end, down to the use lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from xdsl.ir import Block, Operation, OpResult, SSAValue

from iree_explorer.dialects.stream.region_ops import AsyncExecuteOp
from iree_explorer.dialects.stream.timepoint_ops import TimepointAwaitOp, join_timepoints
from iree_explorer.ir.operands import segment_sizes, set_last_operand
from iree_explorer.ir.storage import operand_at, operands_of, users_of
from iree_explorer.passes.canonicalize import Pattern, pattern
from iree_explorer.passes.outline import Outline
from iree_explorer.passes.redirection import Redirection

if TYPE_CHECKING:
    from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter


class Handovers:
    """Those among the execution regions of one function."""

    def __init__(self) -> None:
        self._regions: dict[int, Outline] = {}  # regions that can be made to wait, by the id of the op
        # Body of such a region → those of the regions that hand it something. The clean-up may make the ops anew, not the bodies.
        self._handed: dict[Block, set[Block]] = {}

    def begin(self, outlines: Iterable[Outline]) -> None:
        """Takes note of the regions of a block, none of which has been ended yet."""
        for outline in outlines:
            if _can_wait(outline.op):
                self._regions[id(outline.op)] = outline
                self._handed[outline.body] = set()

    def add(self, outline: Outline, redirection: Redirection) -> bool:
        """Hands over all that goes out of a region, as it is; False: somebody else needs it, too, and nothing is done."""
        regions, body = self._regions, outline.body
        users = {id(user): user for value in outline.partition.outs for user in users_of(value)}
        if any(number not in regions and user.parent is not body for number, user in users.items()):
            return False
        for old, new in zip(outline.partition.outs, outline.op.results, strict=False):  # the timepoint comes last
            redirection.redirect(old, new, body)
        for number in users:
            if number in regions:
                self._handed[regions[number].body].add(body)
        return True

    def patterns(self) -> tuple[Pattern, ...]:
        """What the clean-up has to do before anything else with a region."""
        if not any(self._handed.values()):
            return ()
        return (pattern("ChainDependentAwaits", root=AsyncExecuteOp.name, benefit=999, is_near=True)(self._wait),)

    def _wait(self, op: AsyncExecuteOp, rewriter: Rewriter) -> bool:
        """Has a region wait for all that hands it something, or that the host waited for.

        # IREE: StreamOpFolders.cpp, ChainDependentAwaits, FoldDuplicateTimepointJoinOperands
        """
        handing = self._handed.pop(op.body.block, None)
        if handing is None:
            return False
        operands = operands_of(op)
        resources: dict[int, SSAValue] = {}  # by the id of what was waited for
        timepoints: dict[int, SSAValue] = {}  # each once, by id
        for number in range(segment_sizes(op)[0]):
            value = operand_at(operands, number)
            if type(value) is not OpResult:
                continue
            if type(value.op) is AsyncExecuteOp and value.op.body.block in handing:
                timepoint = value.op.results[-1]
            elif type(value.op) is TimepointAwaitOp:
                waited_for = operands_of(value.op)
                timepoint = operand_at(waited_for, -1)
                resources[id(value)] = operand_at(waited_for, value.index)
            else:
                continue
            timepoints[id(timepoint)] = timepoint
        joined = join_timepoints([*timepoints.values()], rewriter.insert)
        if joined is None:
            return False
        set_last_operand(op, joined, resources)
        rewriter.modified(op)
        return True


def _can_wait(op: Operation) -> bool:
    """Whether a region waits for nothing yet, nor the host for anything that it takes in."""
    assert isinstance(op, AsyncExecuteOp)
    return not segment_sizes(op)[-1] and not any(
        type(value) is OpResult and type(value.op) is TimepointAwaitOp for value in operands_of(op)
    )
