"""Collectives over tensors. IREE: FlowOps.td, OpGroupCollectiveCommunicationOps."""

from __future__ import annotations

from typing import ClassVar

from xdsl.dialects.builtin import I32, IntegerAttr
from xdsl.irdl import (
    IRDLOperation,
    VarConstraint,
    operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    var_operand_def,
)
from xdsl.irdl.declarative_assembly_format import AttributeVariable, irdl_custom_directive

from iree_explorer.dialects.flow.channel_ops import CHANNEL
from iree_explorer.dialects.flow.directives import StoredTiedTensor
from iree_explorer.dialects.stream.constraints import INDEX
from iree_explorer.ir.assembly.enum_directives import EnumDirective
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import FirstOperandTied
from iree_explorer.ir.interfaces.ties import TIED_OPERANDS
from iree_explorer.ir.type_constraints import ANY_RANKED_TENSOR

RESULT = "`->` custom<StoredTiedTensor>(type($result), $target_dims, $tied_operands) attr-dict-with-keyword"


@irdl_custom_directive
class CollectiveElement(EnumDirective):
    """`f32`. IREE: FlowBase.td, CollectiveElementTypeAttr."""

    value: AttributeVariable

    words = ("si8", "ui8", "si16", "ui16", "si32", "ui32", "si64", "ui64", "f16", "f32", "f64", "bf16")


@irdl_custom_directive
class CollectiveReduction(EnumDirective):
    """`sum`. IREE: FlowBase.td, CollectiveReductionOpAttr."""

    value: AttributeVariable

    words = ("none", "sum", "product", "minimum", "maximum", "average")


class CollectiveOp(IRDLOperation, FirstOperandTied):
    """A transfer among all participants of a channel, in place; the source may have another shape than the target."""

    T: ClassVar = VarConstraint("T", ANY_RANKED_TENSOR)

    element_type = prop_def(IntegerAttr[I32])
    target = operand_def(T)
    target_dims = var_operand_def(INDEX)
    source = operand_def(ANY_RANKED_TENSOR)
    channel = operand_def(CHANNEL)
    tied_operands = opt_prop_def(TIED_OPERANDS)
    result = result_def(T)

    custom_directives = (CollectiveElement, StoredTiedTensor)
    assembly_format = (
        "custom<CollectiveElement>($element_type) `,` $target `,` $source `,` $channel `:` "
        f"`(` type($target) `,` type($source) `,` type($channel) `)` {RESULT}"
    )


class CollectiveReduceOp(CollectiveOp):
    """A collective that reduces."""

    reduction_op = prop_def(IntegerAttr[I32])

    custom_directives = (CollectiveReduction, CollectiveElement, StoredTiedTensor)
    assembly_format = (
        "custom<CollectiveReduction>($reduction_op) `,` custom<CollectiveElement>($element_type) `,` "
        "$target `,` $source `,` $channel `:` "
        f"`(` type($target) `,` type($source) `,` type($channel) `)` {RESULT}"
    )


@irdl_op_definition
class CollectiveAllGatherOp(CollectiveOp):
    """Puts the sources of all participants one after another."""

    name = "flow.collective.all_gather"


@irdl_op_definition
class CollectiveAllToAllOp(CollectiveOp):
    """Sends to each participant its share of the source."""

    name = "flow.collective.all_to_all"


@irdl_op_definition
class CollectiveAllReduceOp(CollectiveReduceOp):
    """Reduces the sources of all participants, for all of them."""

    name = "flow.collective.all_reduce"


@irdl_op_definition
class CollectiveReduceScatterOp(CollectiveReduceOp):
    """Reduces the sources of all participants; each gets its share."""

    name = "flow.collective.reduce_scatter"


@irdl_op_definition
class CollectiveSendRecvOp(IRDLOperation, FirstOperandTied):
    """Sends the source to one participant and receives from another."""

    name = "flow.collective.send_recv"

    T: ClassVar = VarConstraint("T", ANY_RANKED_TENSOR)

    element_type = prop_def(IntegerAttr[I32])
    target = operand_def(T)
    target_dims = var_operand_def(INDEX)
    source = operand_def(T)
    channel = operand_def(CHANNEL)
    send = operand_def(INDEX)
    recv = operand_def(INDEX)
    tied_operands = opt_prop_def(TIED_OPERANDS)
    result = result_def(T)

    custom_directives = (CollectiveElement, StoredTiedTensor)
    assembly_format = (
        "custom<CollectiveElement>($element_type) `,` $target `,` $source `,` $channel `,` $send `,` $recv `:` "
        f"`(` type($target) `,` type($source) `,` type($channel) `,` type($send) `,` type($recv) `)` {RESULT}"
    )


COLLECTIVE_OPS = (
    CollectiveAllGatherOp,
    CollectiveAllReduceOp,
    CollectiveAllToAllOp,
    CollectiveReduceScatterOp,
    CollectiveSendRecvOp,
)
