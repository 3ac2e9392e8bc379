"""The ops of the async phase that look into resources from the host, cast them, or exchange them between devices.

IREE: StreamOps.td, OpGroupAsyncOps.
"""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.irdl import (
    IRDLOperation,
    VarConstraint,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.stream.attributes import CollectiveAttr
from iree_explorer.dialects.stream.collectives import CollectiveParam, collective_param_keyword
from iree_explorer.dialects.stream.constraints import (
    AFFINITY,
    ANY_STREAM_RESOURCE,
    CHANNEL,
    I32,
    INDEX,
    PRIMITIVE_OR_VECTOR,
    STAGING_RESOURCE,
)
from iree_explorer.dialects.stream.rules import READ, WRITE
from iree_explorer.ir.assembly.directives import ShapedTiedResult
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    AsyncAccessOpInterface,
    AsyncAccessRange,
    FirstOperandTied,
    HoistableOpInterface,
    SizeAwareOpInterface,
    StreamableOpInterface,
    TiedResourcePassthrough,
)
from iree_explorer.ir.interfaces.value_rules import ValueRules


@irdl_op_definition
class AsyncCollectiveOp(
    IRDLOperation,
    AffinityOpInterface,
    StreamableOpInterface,
    AsyncAccessOpInterface,
    SizeAwareOpInterface,
    FirstOperandTied,
    HoistableOpInterface,
):
    """Exchanges data between the participants of a channel."""

    name = "stream.async.collective"
    OPERAND_SIZES: ClassVar = ("target_size", "source_size")
    RESULT_SIZE: ClassVar = "target_size"

    T: ClassVar = VarConstraint("T", ANY_STREAM_RESOURCE)

    op = prop_def(CollectiveAttr)
    target = operand_def(T)
    target_size = operand_def(INDEX)
    target_offset = operand_def(INDEX)
    target_end = operand_def(INDEX)
    target_length = operand_def(INDEX)
    source = operand_def(ANY_STREAM_RESOURCE)
    source_size = operand_def(INDEX)
    source_offset = operand_def(INDEX)
    source_end = operand_def(INDEX)
    source_length = operand_def(INDEX)
    element_count = operand_def(INDEX)
    channel = operand_def(CHANNEL)
    param = opt_operand_def(I32)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(T)

    custom_directives = (ShapedTiedResult, CollectiveParam)
    assembly_format = (
        "`` $op `` `[` $element_count `]` (`on` `(` $affinity^ `)`)? `channel` `(` $channel `)` "
        "custom<CollectiveParam>(ref($op), $param) $source `[` $source_offset `to` $source_end `for` $source_length `]` "
        "`,` $target `[` $target_offset `to` $target_end `for` $target_length `]` `:` "
        "type($source) `` `{` $source_size `}` `->` custom<ShapedTiedResult>(type($target), $target_size) "
        "attr-dict-with-keyword"
    )

    @override
    def access_ranges(self) -> list[AsyncAccessRange]:
        part = self.target_offset, self.target_end, self.target_length
        return [
            AsyncAccessRange(READ, self.source, self.source_offset, self.source_end, self.source_length),
            AsyncAccessRange(WRITE, self.target, *part),
            AsyncAccessRange(WRITE, self.result, *part),
        ]

    @override
    def verify_(self) -> None:
        # IREE: StreamOps.cpp, AsyncCollectiveOp::verify
        keyword = collective_param_keyword(self.op)
        if keyword is not None and self.param is None:
            raise VerifyException(f"collective operation requires a {keyword} parameter but none present")
        if keyword is None and self.param is not None:
            raise VerifyException("collective operation does not require a parameter but one present")


@irdl_op_definition
class AsyncCastOp(
    IRDLOperation, ValueRules, AffinityOpInterface, TiedResourcePassthrough, FirstOperandTied, SizeAwareOpInterface
):
    """The same resource with another lifetime."""

    name = "stream.async.cast"
    OPERAND_SIZES: ClassVar = ("source_size",)
    RESULT_SIZE: ClassVar = "result_size"

    source = operand_def(ANY_STREAM_RESOURCE)
    source_size = operand_def(INDEX)
    result_size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(ANY_STREAM_RESOURCE)

    traits = traits_def(Pure())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $source `:` type($source) `{` $source_size `}` `->` "
        "type($result) `{` $result_size `}` attr-dict"
    )

    @override
    def verify_(self) -> None:
        if self.source_size is not self.result_size:
            raise VerifyException("source and result sizes must be equal (tied storage)")


@irdl_op_definition
class AsyncLoadOp(IRDLOperation, SizeAwareOpInterface):
    """A number in a staging resource, by its place."""

    name = "stream.async.load"
    OPERAND_SIZES: ClassVar = ("source_size",)

    source = operand_def(STAGING_RESOURCE)
    source_size = operand_def(INDEX)
    source_offset = operand_def(INDEX)
    result = result_def(PRIMITIVE_OR_VECTOR)

    traits = traits_def(Pure())
    assembly_format = (
        "$source `[` $source_offset `]` `:` type($source) `` `{` $source_size `}` `->` type($result) "
        "attr-dict-with-keyword"
    )


@irdl_op_definition
class AsyncStoreOp(IRDLOperation, SizeAwareOpInterface, FirstOperandTied):
    """Writes a number to a staging resource."""

    name = "stream.async.store"
    OPERAND_SIZES: ClassVar = ("target_size",)
    RESULT_SIZE: ClassVar = "target_size"

    T: ClassVar = VarConstraint("T", STAGING_RESOURCE)

    target = operand_def(T)
    target_size = operand_def(INDEX)
    target_offset = operand_def(INDEX)
    value = operand_def(PRIMITIVE_OR_VECTOR)
    result = result_def(T)

    traits = traits_def(Pure())
    custom_directives = (ShapedTiedResult,)
    assembly_format = (
        "$value `,` $target `[` $target_offset `]` `:` type($value) `->` "
        "custom<ShapedTiedResult>(type($target), $target_size) attr-dict-with-keyword"
    )
