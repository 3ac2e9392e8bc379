"""The region ops, of the async and of the command phase, and the terminator that all of them share.

IREE: StreamOps.td, OpGroupAsyncControlFlowOps, OpGroupCmdOps and OpGroupMiscellaneousOps.
"""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import UnitAttr
from xdsl.ir import Region, SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    SameVariadicOperandSize,
    lazy_traits_def,
    opt_operand_def,
    opt_prop_def,
    region_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.traits import HasParent, IsTerminator, Pure, RecursiveMemoryEffect
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.stream.cmd_directives import ExplicitResourceRegion
from iree_explorer.dialects.stream.constraints import AFFINITY, INDEX, STREAM_OR_STAGING_RESOURCE, TIMEPOINT
from iree_explorer.dialects.stream.directives import ResourceRegion
from iree_explorer.dialects.stream.phases import CmdPhaseOp
from iree_explorer.dialects.stream.rules import (
    READ,
    WRITE,
    verify_all_resources_captured,
    verify_escaping_resources,
    verify_sizes,
    whole,
)
from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.ir.assembly.directives import ShapedTypeList
from iree_explorer.ir.assembly.format_directives import ImplicitTerminatorRegion
from iree_explorer.ir.block_traits import SingleBlockImplicitTerminator
from iree_explorer.ir.defects import NestedDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    AsyncAccessOpInterface,
    AsyncAccessRange,
    ClosureOpInterface,
    PrintsAroundRegion,
    SizeAwareOpInterface,
    StreamableOpInterface,
    TiedOpInterface,
    TimelineOpInterface,
    size_in_list,
)
from iree_explorer.ir.interfaces.ties import TIED_OPERANDS


@irdl_op_definition
class YieldOp(IRDLOperation, SizeAwareOpInterface):
    """Ends a stream region and gives its results, with their sizes."""

    name = "stream.yield"

    resource_operands = var_operand_def(STREAM_OR_STAGING_RESOURCE)
    resource_operand_sizes = var_operand_def(INDEX)

    irdl_options = (SameVariadicOperandSize(),)
    traits = lazy_traits_def(lambda: (Pure(), IsTerminator(), HasParent(*_region_ops())))
    custom_directives = (ShapedTypeList,)
    assembly_format = (
        "attr-dict ($resource_operands^ `:` custom<ShapedTypeList>(type($resource_operands), $resource_operand_sizes))?"
    )

    @override
    def size_of_operand(self, operand: int) -> SSAValue | None:
        return size_in_list(operand, self._operands, self.resource_operand_sizes)


def _region_ops() -> tuple[type[IRDLOperation], ...]:
    return (AsyncExecuteOp, AsyncConcurrentOp, CmdExecuteOp, CmdSerialOp, CmdConcurrentOp)


class AsyncRegionOp(
    IRDLOperation,
    AffinityOpInterface,
    AsyncAccessOpInterface,
    SizeAwareOpInterface,
    ClosureOpInterface,
    TiedOpInterface,
    PrintsAroundRegion,
):
    """What execution regions and waves have in common: resources go in, resources come out, some of them tied.

    The captured resources are the first operands, so places in `tied_operands` are places among all operands.
    """

    resource_operands = var_operand_def(STREAM_OR_STAGING_RESOURCE)
    resource_operand_sizes = var_operand_def(INDEX)
    result_sizes = var_operand_def(INDEX)
    tied_operands = opt_prop_def(TIED_OPERANDS)
    affinity = opt_prop_def(AFFINITY)
    results_ = var_result_def(STREAM_OR_STAGING_RESOURCE)
    body = region_def()

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(RecursiveMemoryEffect(), SingleBlockImplicitTerminator(YieldOp))
    custom_directives = (ResourceRegion,)

    @property
    @override
    def closure_operands(self) -> Sequence[SSAValue]:
        return self.resource_operands

    @property
    @override
    def closure_results(self) -> Sequence[SSAValue]:
        return self.results_

    @override
    def size_of_operand(self, operand: int) -> SSAValue | None:
        return size_in_list(operand, self._operands, self.resource_operand_sizes)

    @override
    def size_of_result(self, result: int) -> SSAValue | None:
        return size_in_list(result, self.results, self.result_sizes)

    @override
    def access_ranges(self) -> list[AsyncAccessRange]:
        # IREE: StreamOps.cpp, getExecutionAsyncAccessRanges
        ranges: list[AsyncAccessRange] = []
        for index, (operand, size) in enumerate(zip(self.resource_operands, self.resource_operand_sizes, strict=True)):
            if isinstance(operand.type, ResourceType):
                tied = self.results_tied_to(index)
                access = READ | WRITE if tied else READ
                ranges += [whole(access, resource, size) for resource in (operand, *tied)]
        for index, (result, size) in enumerate(zip(self.results_, self.result_sizes, strict=True)):
            if self.tied_operand_index(index) is None:
                ranges.append(whole(WRITE, result, size))
        return ranges

    @override
    def verify_(self) -> None:
        if self.body.first_block is None:
            raise VerifyException("expects a non-empty block")  # Differs: IREE dies of it.
        self.verify_tied_operands()
        verify_sizes(self.resource_operands, self.resource_operand_sizes)
        verify_sizes(self.results_, self.result_sizes)
        verify_all_resources_captured(self.body)
        yields = [op for block in self.body.blocks if isinstance(op := block.last_op, YieldOp)]
        found = [(op, op.resource_operands, op.resource_operand_sizes) for op in yields]
        verify_escaping_resources(found, self.results_, self.result_sizes)


@irdl_op_definition
class AsyncExecuteOp(AsyncRegionOp, TimelineOpInterface):
    """An execution region: its ops run asynchronously, in order, once the awaited timepoint is reached."""

    name = "stream.async.execute"

    # All again: IRDL puts the fields of a subclass before those it inherits, and the order is that of the operands.
    resource_operands = var_operand_def(STREAM_OR_STAGING_RESOURCE)
    resource_operand_sizes = var_operand_def(INDEX)
    result_sizes = var_operand_def(INDEX)
    await_timepoint = opt_operand_def(TIMEPOINT)
    results_ = var_result_def(STREAM_OR_STAGING_RESOURCE)
    result_timepoint = result_def(TIMEPOINT)

    assembly_format = (
        "(`on` `(` $affinity^ `)`)? (`await` `(` $await_timepoint^ `)` `=` `` `>`)? `with` `` "
        "custom<ResourceRegion>($resource_operands, type($resource_operands), $resource_operand_sizes, "
        "type($results_), $result_sizes, $tied_operands, $body) "
        "`=` `` `>` type($result_timepoint) attr-dict-with-keyword"
    )

    @override
    def tied_results_range(self) -> tuple[int, int]:
        return 0, len(self.results) - 1


@irdl_op_definition
class AsyncConcurrentOp(AsyncRegionOp, StreamableOpInterface):
    """A wave: its ops may all run at once."""

    name = "stream.async.concurrent"

    traits = lazy_traits_def(
        lambda: (
            RecursiveMemoryEffect(),
            SingleBlockImplicitTerminator(YieldOp),
            HasParent(AsyncExecuteOp, AsyncConcurrentOp),
        )
    )
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? `with` `` "
        "custom<ResourceRegion>($resource_operands, type($resource_operands), $resource_operand_sizes, "
        "type($results_), $result_sizes, $tied_operands, $body) attr-dict-with-keyword"
    )


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
