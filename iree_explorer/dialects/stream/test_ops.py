"""Ops of the compiler's own tests. IREE: StreamOps.td, OpGroupTestOps."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import I64, IntegerAttr
from xdsl.ir import SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    operand_def,
    opt_prop_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.traits import Pure

from iree_explorer.dialects.stream.constraints import INDEX, STREAM_OR_STAGING_RESOURCE, TEST_FENCE, TIMEPOINT
from iree_explorer.ir.assembly.directives import ShapedFunctionType
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import SizeAwareOpInterface, TimelineAwareOpInterface, TimelineOpInterface
from iree_explorer.ir.interfaces.ties import TIED_OPERANDS
from iree_explorer.ir.operands import assign_operands


@irdl_op_definition
class TestTimelineOp(IRDLOperation, TimelineOpInterface, SizeAwareOpInterface):
    """An op that waits for any number of timepoints, up to a limit."""

    name = "stream.test.timeline_op"

    resource_operands = var_operand_def(STREAM_OR_STAGING_RESOURCE)
    resource_operand_sizes = var_operand_def(INDEX)
    result_sizes = var_operand_def(INDEX)
    await_operands = var_operand_def(TIMEPOINT)
    tied_operands = opt_prop_def(TIED_OPERANDS)
    await_limit = opt_prop_def(IntegerAttr[I64])
    results_ = var_result_def(STREAM_OR_STAGING_RESOURCE)
    result_timepoint = result_def(TIMEPOINT)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    custom_directives = (ShapedFunctionType,)
    assembly_format = (
        "(`await_limit` `(` $await_limit^ `)`)? (`await` `(` $await_operands^ `)` `=` `` `>`)? "
        "`with` `(` $resource_operands `)` attr-dict `:` "
        "custom<ShapedFunctionType>(ref($resource_operands), type($resource_operands), $resource_operand_sizes, "
        "type($results_), $result_sizes, $tied_operands) `=` `` `>` type($result_timepoint)"
    )

    @property
    @override
    def await_timepoints(self) -> Sequence[SSAValue]:
        return self.await_operands

    @override
    def set_await_timepoint(self, timepoint: SSAValue | None) -> None:
        assign_operands(self, "await_operands", () if timepoint is None else (timepoint,))

    @override
    def size_of_operand(self, operand: int) -> SSAValue | None:
        return self.resource_operand_sizes[operand] if operand < len(self.resource_operand_sizes) else None

    @override
    def size_of_result(self, result: int) -> SSAValue | None:
        return self.result_sizes[result] if result < len(self.result_sizes) else None


@irdl_op_definition
class TestTimelineAwareOp(IRDLOperation, TimelineAwareOpInterface):
    """An op that takes part in timelines by fences."""

    name = "stream.test.timeline_aware"

    args = var_operand_def()
    wait_fence_likes = var_operand_def(TEST_FENCE)
    signal_fence_like = operand_def(TEST_FENCE)
    results_ = var_result_def()

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    assembly_format = (
        "`(` $args `)` `waits` `(` $wait_fence_likes `)` `signals` `(` $signal_fence_like `)` attr-dict `:` "
        "functional-type($args, $results_)"
    )

    @override
    def signal_fence(self) -> SSAValue | None:
        return self.signal_fence_like
