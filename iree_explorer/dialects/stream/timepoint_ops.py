"""Synchronization by timepoints. IREE: StreamOps.td, OpGroupSynchronizationOps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import UnitAttr
from xdsl.ir import Operation, SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    VarConstraint,
    operand_def,
    opt_prop_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.traits import ConstantLike, Pure

from iree_explorer.dialects.stream.constraints import AFFINITY, INDEX, STREAM_OR_STAGING_RESOURCE, TIMEPOINT
from iree_explorer.dialects.stream.rules import verify_sizes
from iree_explorer.ir.assembly.directives import ShapedTypeListOfBoth
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    FirstOperandTied,
    SizeAwareOpInterface,
    TiedOpInterface,
    TiedResourcePassthrough,
    TimelineOpInterface,
)
from iree_explorer.ir.operands import assign_operands
from iree_explorer.ir.storage import make_op


@irdl_op_definition
class TimepointImmediateOp(IRDLOperation, TimelineOpInterface):
    """A timepoint that is already reached."""

    name = "stream.timepoint.immediate"

    result_timepoint = result_def(TIMEPOINT)

    traits = traits_def(Pure(), ConstantLike())
    assembly_format = "attr-dict `=` `` `>` type($result_timepoint)"

    @override
    def set_await_timepoint(self, timepoint: SSAValue | None) -> None:
        """Changes nothing: there is nothing to wait for."""


@irdl_op_definition
class TimepointImportOp(IRDLOperation, AffinityOpInterface):
    """A timepoint made from what the program was handed, such as a fence."""

    name = "stream.timepoint.import"

    operands_ = var_operand_def()
    affinity = opt_prop_def(AFFINITY)
    result_timepoint = result_def(TIMEPOINT)

    traits = traits_def(Pure())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $operands_ `:` `(` type($operands_) `)` `=` `` `>` type($result_timepoint) "
        "attr-dict-with-keyword"
    )


@irdl_op_definition
class TimepointExportOp(IRDLOperation, AffinityOpInterface):
    """A timepoint in the form that the program hands out."""

    name = "stream.timepoint.export"

    await_timepoint = operand_def(TIMEPOINT)
    affinity = opt_prop_def(AFFINITY)
    results_ = var_result_def()

    traits = traits_def(Pure())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $await_timepoint `=` `` `>` `(` type($results_) `)` attr-dict-with-keyword"
    )


@irdl_op_definition
class TimepointChainExternalOp(IRDLOperation, AffinityOpInterface):
    """Signals outside values once a timepoint is reached."""

    name = "stream.timepoint.chain_external"

    await_timepoint = operand_def(TIMEPOINT)
    external_values = var_operand_def()
    affinity = opt_prop_def(AFFINITY)

    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $await_timepoint `=` `` `>` `(` $external_values `:` type($external_values) `)` "
        "attr-dict-with-keyword"
    )


@irdl_op_definition
class TimepointJoinOp(IRDLOperation, TimelineOpInterface):
    """A timepoint that is reached when all of several are."""

    name = "stream.timepoint.join"

    await_timepoints = var_operand_def(TIMEPOINT)  # pyright: ignore[reportIncompatibleMethodOverride, reportAssignmentType]  (the field answers as the property would)
    result_timepoint = result_def(TIMEPOINT)

    traits = traits_def(Pure())
    assembly_format = "`max` `(` $await_timepoints `)` `=` `` `>` type($result_timepoint) attr-dict-with-keyword"

    @override
    def set_await_timepoint(self, timepoint: SSAValue | None) -> None:
        assign_operands(self, "await_timepoints", () if timepoint is None else (timepoint,))


def join_timepoints(timepoints: Sequence[SSAValue], insert: Callable[[Operation], object]) -> SSAValue | None:
    """One timepoint for all of them, by a join that `insert` puts in its place if it takes one; None: there are none.

    # IREE: StreamTypes.cpp, joinTimepoints
    """
    if len(timepoints) <= 1:
        return timepoints[0] if timepoints else None
    join = make_op(TimepointJoinOp, timepoints, [TIMEPOINT], {})
    insert(join)
    return join.results[0]


@irdl_op_definition
class TimepointBarrierOp(
    IRDLOperation,
    AffinityOpInterface,
    TiedResourcePassthrough,
    TimelineOpInterface,
    SizeAwareOpInterface,
    FirstOperandTied,
):
    """A timepoint that is reached when a resource is ready."""

    name = "stream.timepoint.barrier"
    OPERAND_SIZES: ClassVar = ("resource_size",)
    RESULT_SIZE: ClassVar = "resource_size"

    T: ClassVar = VarConstraint("T", STREAM_OR_STAGING_RESOURCE)

    resource = operand_def(T)
    resource_size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(T)
    result_timepoint = result_def(TIMEPOINT)

    traits = traits_def(Pure())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $resource `:` type($resource) `` `{` $resource_size `}` "
        "`=` `` `>` type($result_timepoint) attr-dict-with-keyword"
    )

    @override
    def tied_results_range(self) -> tuple[int, int]:
        return 0, 1

    @override
    def set_await_timepoint(self, timepoint: SSAValue | None) -> None:
        """Changes nothing: the resource is what is waited for."""


@irdl_op_definition
class TimepointAwaitOp(
    IRDLOperation, TiedResourcePassthrough, TimelineOpInterface, SizeAwareOpInterface, TiedOpInterface
):
    """Resources as they are once a timepoint is reached; each result is tied to the operand of the same place."""

    name = "stream.timepoint.await"

    resource_operands = var_operand_def(STREAM_OR_STAGING_RESOURCE)
    resource_operand_sizes = var_operand_def(INDEX)
    await_timepoint = operand_def(TIMEPOINT)
    sync = opt_prop_def(UnitAttr)
    results_ = var_result_def(STREAM_OR_STAGING_RESOURCE)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    custom_directives = (ShapedTypeListOfBoth,)
    assembly_format = (
        "(`sync` $sync^)? $await_timepoint `=` `` `>` $resource_operands `:` "
        "custom<ShapedTypeListOfBoth>(type($resource_operands), type($results_), $resource_operand_sizes) "
        "attr-dict-with-keyword"
    )

    @override
    def tied_operand_index(self, result: int) -> int | None:
        return result

    @override
    def tied_operand_indices(self) -> list[int]:
        return list(range(len(self.resource_operands)))

    @property
    @override
    def timeline_result(self) -> SSAValue | None:
        return None

    @override
    def size_of_operand(self, operand: int) -> SSAValue | None:
        sizes: Sequence[SSAValue] = self.resource_operand_sizes
        return sizes[operand] if operand < len(sizes) else None

    @override
    def size_of_result(self, result: int) -> SSAValue | None:
        return self.resource_operand_sizes[result]

    @override
    def verify_(self) -> None:
        verify_sizes(self.resource_operands, self.resource_operand_sizes)
        verify_sizes(self.results_, self.resource_operand_sizes)
