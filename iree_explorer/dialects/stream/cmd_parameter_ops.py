"""Parameters of a model in the command phase. IREE: StreamOps.td, OpGroupCmdParameterOps."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.ir import SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.stream.constraints import AFFINITY, ANY_STREAM_RESOURCE, BUFFER, I64, INDEX, TIMEPOINT
from iree_explorer.dialects.stream.parameter_directives import (
    CmdParameterGatherOperations,
    CmdParameterScatterOperations,
    ParameterLoadOperations,
    ParameterReference,
)
from iree_explorer.dialects.stream.phases import CmdPhaseOp
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import AffinityOpInterface, SizeAwareOpInterface, TimelineOpInterface

AWAIT = "(`on` `(` $affinity^ `)`)? (`await` `(` $await_timepoint^ `)` `=` `` `>`)?"
"""What formats of parameter commands begin with."""


class CmdParameterOp(IRDLOperation, AffinityOpInterface, CmdPhaseOp, TimelineOpInterface, SizeAwareOpInterface):
    """A parameter command."""

    irdl_options = (AttrSizedOperandSegments(as_property=True),)


@irdl_op_definition
class CmdParameterLoadOp(CmdParameterOp):
    """Resources with the contents of parameters."""

    name = "stream.cmd.parameter.load"

    source_scope = opt_operand_def(BUFFER)
    source_keys = var_operand_def(BUFFER)
    source_offsets = var_operand_def(I64)
    result_sizes = var_operand_def(INDEX)
    await_timepoint = opt_operand_def(TIMEPOINT)
    affinity = opt_prop_def(AFFINITY)
    results_ = var_result_def(ANY_STREAM_RESOURCE)
    result_timepoint = result_def(TIMEPOINT)

    traits = traits_def(Pure())
    custom_directives = (ParameterLoadOperations,)
    assembly_format = (
        f"{AWAIT} ` ` `{{` custom<ParameterLoadOperations>($source_scope, $source_keys, $source_offsets, "
        "type($results_), $result_sizes) `}` `=` `` `>` type($result_timepoint) attr-dict-with-keyword"
    )

    @override
    def size_of_result(self, result: int) -> SSAValue | None:
        return self.result_sizes[result] if result < len(self.result_sizes) else None

    @override
    def verify_(self) -> None:
        if not len(self.source_keys) == len(self.source_offsets) == len(self.result_sizes):
            raise VerifyException("requires that the source keys, source offsets, and result sizes are all 1:1")


@irdl_op_definition
class CmdParameterReadOp(CmdParameterOp):
    """Reads a part of a parameter into a part of a resource."""

    name = "stream.cmd.parameter.read"
    OPERAND_SIZES: ClassVar = ("target_size",)

    source_scope = opt_operand_def(BUFFER)
    source_key = operand_def(BUFFER)
    source_offset = operand_def(I64)
    target = operand_def(ANY_STREAM_RESOURCE)
    target_size = operand_def(INDEX)
    target_offset = operand_def(INDEX)
    target_length = operand_def(INDEX)
    await_timepoint = opt_operand_def(TIMEPOINT)
    affinity = opt_prop_def(AFFINITY)
    result_timepoint = result_def(TIMEPOINT)

    custom_directives = (ParameterReference,)
    assembly_format = (
        f"{AWAIT} custom<ParameterReference>($source_scope, $source_key) `` `[` $source_offset `]` `->` "
        "$target `[` $target_offset `for` $target_length `]` `:` type($target) `` `{` $target_size `}` "
        "`=` `` `>` type($result_timepoint) attr-dict-with-keyword"
    )


@irdl_op_definition
class CmdParameterWriteOp(CmdParameterOp):
    """Writes a part of a resource to a parameter."""

    name = "stream.cmd.parameter.write"
    OPERAND_SIZES: ClassVar = ("source_size",)

    source = operand_def(ANY_STREAM_RESOURCE)
    source_size = operand_def(INDEX)
    source_offset = operand_def(INDEX)
    source_length = operand_def(INDEX)
    target_scope = opt_operand_def(BUFFER)
    target_key = operand_def(BUFFER)
    target_offset = operand_def(I64)
    await_timepoint = opt_operand_def(TIMEPOINT)
    affinity = opt_prop_def(AFFINITY)
    result_timepoint = result_def(TIMEPOINT)

    custom_directives = (ParameterReference,)
    assembly_format = (
        f"{AWAIT} $source `[` $source_offset `for` $source_length `]` `:` type($source) `` `{{` $source_size `}}` "
        "`->` custom<ParameterReference>($target_scope, $target_key) `` `[` $target_offset `]` "
        "`=` `` `>` type($result_timepoint) attr-dict-with-keyword"
    )


@irdl_op_definition
class CmdParameterGatherOp(CmdParameterOp):
    """Reads parts of several parameters into parts of one resource."""

    name = "stream.cmd.parameter.gather"
    OPERAND_SIZES: ClassVar = ("target_size",)

    source_scope = opt_operand_def(BUFFER)
    source_keys = var_operand_def(BUFFER)
    source_offsets = var_operand_def(I64)
    target = operand_def(ANY_STREAM_RESOURCE)
    target_size = operand_def(INDEX)
    target_offsets = var_operand_def(INDEX)
    target_lengths = var_operand_def(INDEX)
    await_timepoint = opt_operand_def(TIMEPOINT)
    affinity = opt_prop_def(AFFINITY)
    result_timepoint = result_def(TIMEPOINT)

    custom_directives = (CmdParameterGatherOperations,)
    assembly_format = (
        f"{AWAIT} ` ` `{{` custom<CmdParameterGatherOperations>($source_scope, $source_keys, $source_offsets, "
        "$target, type($target), $target_size, $target_offsets, $target_lengths) `}` "
        "`=` `` `>` type($result_timepoint) attr-dict-with-keyword"
    )

    @override
    def verify_(self) -> None:
        rows = (self.source_offsets, self.target_offsets, self.target_lengths)
        if any(len(values) != len(self.source_keys) for values in rows):
            raise VerifyException(
                "requires that the source keys, source offsets, target offsets, and target lengths are all 1:1"
            )


@irdl_op_definition
class CmdParameterScatterOp(CmdParameterOp):
    """Writes parts of one resource to parts of several parameters."""

    name = "stream.cmd.parameter.scatter"
    OPERAND_SIZES: ClassVar = ("source_size",)

    source = operand_def(ANY_STREAM_RESOURCE)
    source_size = operand_def(INDEX)
    source_offsets = var_operand_def(INDEX)
    source_lengths = var_operand_def(INDEX)
    target_scope = opt_operand_def(BUFFER)
    target_keys = var_operand_def(BUFFER)
    target_offsets = var_operand_def(I64)
    await_timepoint = opt_operand_def(TIMEPOINT)
    affinity = opt_prop_def(AFFINITY)
    result_timepoint = result_def(TIMEPOINT)

    custom_directives = (CmdParameterScatterOperations,)
    assembly_format = (
        f"{AWAIT} ` ` `{{` custom<CmdParameterScatterOperations>($source, type($source), $source_size, $source_offsets, "
        "$source_lengths, $target_scope, $target_keys, $target_offsets) `}` "
        "`=` `` `>` type($result_timepoint) attr-dict-with-keyword"
    )

    @override
    def verify_(self) -> None:
        rows = (self.source_offsets, self.source_lengths, self.target_offsets)
        if any(len(values) != len(self.target_keys) for values in rows):
            raise VerifyException(
                "requires that the source offsets, source lengths, target keys, and target offsets are all 1:1"
            )
