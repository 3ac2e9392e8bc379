"""The region ops of the command phase. IREE: StreamOps.td, OpGroupCmdOps."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import UnitAttr
from xdsl.ir import Region, SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    lazy_traits_def,
    opt_operand_def,
    opt_prop_def,
    region_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import HasParent, RecursiveMemoryEffect, SingleBlockImplicitTerminator

from iree_explorer.dialects.defects import NestedDefect
from iree_explorer.dialects.definition import irdl_op_definition
from iree_explorer.dialects.format_directives import ImplicitTerminatorRegion
from iree_explorer.dialects.interfaces import (
    AffinityOpInterface,
    ClosureOpInterface,
    SizeAwareOpInterface,
    StreamableOpInterface,
    TimelineOpInterface,
    size_in_list,
)
from iree_explorer.dialects.stream.async_regions import YieldOp
from iree_explorer.dialects.stream.cmd_directives import ExplicitResourceRegion
from iree_explorer.dialects.stream.constraints import AFFINITY, INDEX, STREAM_OR_STAGING_RESOURCE, TIMEPOINT
from iree_explorer.dialects.stream.phases import CmdPhaseOp
from iree_explorer.dialects.stream.rules import verify_all_resources_captured, verify_captures, verify_sizes


def verify_commands(region: Region) -> None:
    """Checks that only commands are in `region`. IREE: StreamOps.cpp, verifyCmdOp."""
    block = region.first_block
    for op in () if block is None else block.ops:
        if not isinstance(op, CmdPhaseOp | StreamableOpInterface | YieldOp):
            raise NestedDefect(op, "explicit execution regions must only contain explicit ops")


@irdl_op_definition
class CmdExecuteOp(
    IRDLOperation, AffinityOpInterface, CmdPhaseOp, TimelineOpInterface, SizeAwareOpInterface, ClosureOpInterface
):
    """Runs commands on resources, asynchronously."""

    name = "stream.cmd.execute"

    resource_operands = var_operand_def(STREAM_OR_STAGING_RESOURCE)
    resource_operand_sizes = var_operand_def(INDEX)
    once = opt_prop_def(UnitAttr)
    await_timepoint = opt_operand_def(TIMEPOINT)
    affinity = opt_prop_def(AFFINITY)
    result_timepoint = result_def(TIMEPOINT)
    body = region_def()

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(RecursiveMemoryEffect(), SingleBlockImplicitTerminator(YieldOp))
    custom_directives = (ExplicitResourceRegion,)
    assembly_format = (
        "(`once` $once^)? (`on` `(` $affinity^ `)`)? (`await` `(` $await_timepoint^ `)` `=` `` `>`)? `with` `` "
        "custom<ExplicitResourceRegion>($resource_operands, type($resource_operands), $resource_operand_sizes, $body) "
        "`=` `` `>` type($result_timepoint) attr-dict-with-keyword"
    )

    @property
    @override
    def closure_operands(self) -> Sequence[SSAValue]:
        return self.resource_operands

    @property
    @override
    def closure_results(self) -> Sequence[SSAValue]:
        return ()

    @override
    def size_of_operand(self, operand: int) -> SSAValue | None:
        return size_in_list(operand, self._operands, self.resource_operand_sizes)

    @override
    def verify_(self) -> None:
        verify_sizes(self.resource_operands, self.resource_operand_sizes)
        verify_all_resources_captured(self.body)
        verify_commands(self.body)
        verify_captures(self.resource_operands, self.body)


def _parents() -> HasParent:
    return HasParent(CmdExecuteOp, CmdSerialOp, CmdConcurrentOp)


class CmdGroupOp(IRDLOperation, CmdPhaseOp, StreamableOpInterface):
    """Commands that are ordered together."""

    body = region_def()

    traits = lazy_traits_def(lambda: (RecursiveMemoryEffect(), SingleBlockImplicitTerminator(YieldOp), _parents()))
    custom_directives = (ImplicitTerminatorRegion,)
    assembly_format = "custom<ImplicitTerminatorRegion>($body) attr-dict-with-keyword"

    @override
    def verify_(self) -> None:
        verify_commands(self.body)


@irdl_op_definition
class CmdSerialOp(CmdGroupOp):
    """Commands that run one after the other."""

    name = "stream.cmd.serial"


@irdl_op_definition
class CmdConcurrentOp(CmdGroupOp):
    """Commands that may all run at once."""

    name = "stream.cmd.concurrent"
