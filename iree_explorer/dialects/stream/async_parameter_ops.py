"""Parameters of a model, read and written asynchronously: tensor and async phase.

IREE: StreamOps.td, OpGroupTensorParameterOps and OpGroupAsyncParameterOps.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.ir import SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    VarConstraint,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.stream.constraints import AFFINITY, ANY_STREAM_RESOURCE, BUFFER, I64, INDEX, TIMEPOINT
from iree_explorer.dialects.stream.parameter_directives import (
    AsyncParameterGatherOperations,
    AsyncParameterScatterOperations,
    ParameterReference,
)
from iree_explorer.dialects.stream.rules import READ, WRITE, whole
from iree_explorer.ir.attribute_constraints import ANY_TYPE
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    UNTIED,
    AffinityOpInterface,
    AsyncAccessOpInterface,
    AsyncAccessRange,
    FirstOperandTied,
    ShapeAwareOpInterface,
    SizeAwareOpInterface,
    StreamableOpInterface,
    TimelineOpInterface,
)


@irdl_op_definition
class TensorParameterLoadOp(
    IRDLOperation, AffinityOpInterface, StreamableOpInterface, ShapeAwareOpInterface, SizeAwareOpInterface
):
    """A parameter as a tensor."""

    name = "stream.tensor.parameter.load"
    RESULT_SIZE: ClassVar = "result_size"

    source_scope = opt_operand_def(BUFFER)
    source_key = operand_def(BUFFER)
    source_offset = operand_def(I64)
    result_encoding = prop_def(ANY_TYPE)
    result_encoding_dims = var_operand_def(INDEX)
    result_size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(ANY_STREAM_RESOURCE)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    custom_directives = (ParameterReference,)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? custom<ParameterReference>($source_scope, $source_key) "
        "`` `[` $source_offset `]` `:` $result_encoding (`` `{` $result_encoding_dims^ `}`)? `in` "
        "type($result) `` `{` $result_size `}` attr-dict-with-keyword"
    )


@irdl_op_definition
class TensorParameterWriteOp(
    IRDLOperation, AffinityOpInterface, ShapeAwareOpInterface, SizeAwareOpInterface, FirstOperandTied
):
    """Writes a tensor to a parameter."""

    name = "stream.tensor.parameter.write"
    OPERAND_SIZES: ClassVar = ("source_size",)
    RESULT_SIZE: ClassVar = "source_size"

    T: ClassVar = VarConstraint("T", ANY_STREAM_RESOURCE)

    source = operand_def(T)
    source_encoding = prop_def(ANY_TYPE)
    source_encoding_dims = var_operand_def(INDEX)
    source_size = operand_def(INDEX)
    target_scope = opt_operand_def(BUFFER)
    target_key = operand_def(BUFFER)
    target_offset = operand_def(I64)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(T)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (ParameterReference,)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $source `->` custom<ParameterReference>($target_scope, $target_key) "
        "`` `[` $target_offset `]` `:` $source_encoding (`` `{` $source_encoding_dims^ `}`)? `in` "
        "type($source) `` `{` $source_size `}` attr-dict-with-keyword"
    )

    @override
    def operand_dynamic_dims(self, operand: int) -> Sequence[SSAValue]:
        return self.source_encoding_dims


@irdl_op_definition
class AsyncParameterLoadOp(
    IRDLOperation, AffinityOpInterface, TimelineOpInterface, AsyncAccessOpInterface, SizeAwareOpInterface
):
    """A resource with the contents of a parameter."""

    name = "stream.async.parameter.load"
    RESULT_SIZE: ClassVar = "result_size"

    await_timepoint = opt_operand_def(TIMEPOINT)
    source_scope = opt_operand_def(BUFFER)
    source_key = operand_def(BUFFER)
    source_offset = operand_def(I64)
    result_size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(ANY_STREAM_RESOURCE)
    result_timepoint = result_def(TIMEPOINT)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    custom_directives = (ParameterReference,)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? (`await` `(` $await_timepoint^ `)`)? "
        "custom<ParameterReference>($source_scope, $source_key) `` `[` $source_offset `]` `:` "
        "type($result) `` `{` $result_size `}` `=` `` `>` type($result_timepoint) attr-dict-with-keyword"
    )

    @override
    def access_ranges(self) -> list[AsyncAccessRange]:
        return [whole(WRITE, self.result, self.result_size)]


class TiedParameterOp(
    IRDLOperation,
    AffinityOpInterface,
    TimelineOpInterface,
    AsyncAccessOpInterface,
    SizeAwareOpInterface,
    FirstOperandTied,
):
    """A parameter op whose resource passes through; its timepoint is tied to nothing."""

    irdl_options = (AttrSizedOperandSegments(as_property=True),)

    @override
    def tied_operand_indices(self) -> list[int]:
        tied = self.tied_operand_index(0)
        return [UNTIED if tied is None else tied, UNTIED]


@irdl_op_definition
class AsyncParameterReadOp(TiedParameterOp):
    """Reads a part of a parameter into a part of a resource, in place."""

    name = "stream.async.parameter.read"
    OPERAND_SIZES: ClassVar = ("target_size",)
    RESULT_SIZE: ClassVar = "target_size"

    T: ClassVar = VarConstraint("T", ANY_STREAM_RESOURCE)

    target = operand_def(T)
    target_size = operand_def(INDEX)
    target_offset = operand_def(INDEX)
    target_end = operand_def(INDEX)
    target_length = operand_def(INDEX)
    source_scope = opt_operand_def(BUFFER)
    source_key = operand_def(BUFFER)
    source_offset = operand_def(I64)
    await_timepoint = opt_operand_def(TIMEPOINT)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(T)
    result_timepoint = result_def(TIMEPOINT)

    custom_directives = (ParameterReference,)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? (`await` `(` $await_timepoint^ `)`)? "
        "custom<ParameterReference>($source_scope, $source_key) `` `[` $source_offset `]` `->` "
        "$target `` `[` $target_offset `to` $target_end `for` $target_length `]` `:` "
        "type($target) `` `{` $target_size `}` `=` `` `>` type($result_timepoint) attr-dict-with-keyword"
    )

    @override
    def access_ranges(self) -> list[AsyncAccessRange]:
        part = self.target_offset, self.target_end, self.target_length
        return [AsyncAccessRange(WRITE, self.target, *part), AsyncAccessRange(WRITE, self.result, *part)]


@irdl_op_definition
class AsyncParameterWriteOp(TiedParameterOp):
    """Writes a part of a resource to a parameter."""

    name = "stream.async.parameter.write"
    OPERAND_SIZES: ClassVar = ("source_size",)
    RESULT_SIZE: ClassVar = "source_size"

    T: ClassVar = VarConstraint("T", ANY_STREAM_RESOURCE)

    source = operand_def(T)
    source_size = operand_def(INDEX)
    source_offset = operand_def(INDEX)
    source_end = operand_def(INDEX)
    source_length = operand_def(INDEX)
    target_scope = opt_operand_def(BUFFER)
    target_key = operand_def(BUFFER)
    target_offset = operand_def(I64)
    await_timepoint = opt_operand_def(TIMEPOINT)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(T)
    result_timepoint = result_def(TIMEPOINT)

    custom_directives = (ParameterReference,)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? (`await` `(` $await_timepoint^ `)`)? "
        "$source `` `[` $source_offset `to` $source_end `for` $source_length `]` `->` "
        "custom<ParameterReference>($target_scope, $target_key) `` `[` $target_offset `]` `:` "
        "type($source) `` `{` $source_size `}` `=` `` `>` type($result_timepoint) attr-dict-with-keyword"
    )

    @override
    def access_ranges(self) -> list[AsyncAccessRange]:
        part = self.source_offset, self.source_end, self.source_length
        return [AsyncAccessRange(READ, self.source, *part), AsyncAccessRange(READ, self.result, *part)]


@irdl_op_definition
class AsyncParameterGatherOp(TiedParameterOp):
    """Reads parts of several parameters into parts of one resource, in place."""

    name = "stream.async.parameter.gather"
    OPERAND_SIZES: ClassVar = ("target_size",)
    RESULT_SIZE: ClassVar = "target_size"

    T: ClassVar = VarConstraint("T", ANY_STREAM_RESOURCE)

    source_scope = opt_operand_def(BUFFER)
    source_keys = var_operand_def(BUFFER)
    source_offsets = var_operand_def(I64)
    target = operand_def(T)
    target_size = operand_def(INDEX)
    target_offsets = var_operand_def(INDEX)
    target_ends = var_operand_def(INDEX)
    target_lengths = var_operand_def(INDEX)
    await_timepoint = opt_operand_def(TIMEPOINT)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(T)
    result_timepoint = result_def(TIMEPOINT)

    custom_directives = (AsyncParameterGatherOperations,)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? (`await` `(` $await_timepoint^ `)`)? ` ` `{` "
        "custom<AsyncParameterGatherOperations>($source_scope, $source_keys, $source_offsets, "
        "$target, type($target), $target_size, $target_offsets, $target_ends, $target_lengths) `}` `:` "
        "type($result) `=` `` `>` type($result_timepoint) attr-dict-with-keyword"
    )

    @override
    def tied_operand_index(self, result: int) -> int | None:
        # IREE bug: the target stands behind scope, keys and offsets, but AsyncParameterGatherOp counts the offsets only.
        return len(self.source_offsets) if result == 0 else None

    @override
    def access_ranges(self) -> list[AsyncAccessRange]:
        return [whole(WRITE, self.target, self.target_size), whole(WRITE, self.result, self.target_size)]

    @override
    def verify_(self) -> None:
        rows = (self.source_offsets, self.target_offsets, self.target_ends, self.target_lengths)
        if any(len(values) != len(self.source_keys) for values in rows):
            raise VerifyException(
                "requires that the source keys, source offsets, target offsets, target ends, and lengths are all 1:1"
            )


@irdl_op_definition
class AsyncParameterScatterOp(TiedParameterOp):
    """Writes parts of one resource to parts of several parameters."""

    name = "stream.async.parameter.scatter"
    OPERAND_SIZES: ClassVar = ("source_size",)
    RESULT_SIZE: ClassVar = "source_size"

    T: ClassVar = VarConstraint("T", ANY_STREAM_RESOURCE)

    source = operand_def(T)
    source_size = operand_def(INDEX)
    source_offsets = var_operand_def(INDEX)
    source_ends = var_operand_def(INDEX)
    source_lengths = var_operand_def(INDEX)
    target_scope = opt_operand_def(BUFFER)
    target_keys = var_operand_def(BUFFER)
    target_offsets = var_operand_def(I64)
    await_timepoint = opt_operand_def(TIMEPOINT)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(T)
    result_timepoint = result_def(TIMEPOINT)

    custom_directives = (AsyncParameterScatterOperations,)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? (`await` `(` $await_timepoint^ `)`)? ` ` `{` "
        "custom<AsyncParameterScatterOperations>($source, type($source), $source_size, $source_offsets, $source_ends, "
        "$source_lengths, $target_scope, $target_keys, $target_offsets) `}` `:` "
        "type($result) `=` `` `>` type($result_timepoint) attr-dict-with-keyword"
    )

    @override
    def access_ranges(self) -> list[AsyncAccessRange]:
        return [whole(READ, self.source, self.source_size), whole(READ, self.result, self.source_size)]

    @override
    def verify_(self) -> None:
        rows = (self.source_offsets, self.source_ends, self.source_lengths, self.target_offsets)
        if any(len(values) != len(self.target_keys) for values in rows):
            raise VerifyException(
                "requires that the source offsets, source ends, lengths, target keys, and target offsets are all 1:1"
            )
