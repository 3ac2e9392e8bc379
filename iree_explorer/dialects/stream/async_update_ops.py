"""The ops of the async phase that change a part of a resource in place. IREE: StreamOps.td, OpGroupAsyncOps."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.irdl import (
    IRDLOperation,
    VarConstraint,
    operand_def,
    opt_prop_def,
    result_def,
)

from iree_explorer.dialects.stream.constraints import (
    AFFINITY,
    ANY_STREAM_RESOURCE,
    FILL_PATTERN,
    INDEX,
)
from iree_explorer.dialects.stream.rules import READ, WRITE, whole
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
)


@irdl_op_definition
class AsyncFillOp(
    IRDLOperation,
    AffinityOpInterface,
    StreamableOpInterface,
    AsyncAccessOpInterface,
    SizeAwareOpInterface,
    FirstOperandTied,
    HoistableOpInterface,
):
    """Fills bytes `[target_offset, target_end)` of the target with a pattern, in place."""

    name = "stream.async.fill"
    OPERAND_SIZES: ClassVar = ("target_size",)
    RESULT_SIZE: ClassVar = "target_size"

    T: ClassVar = VarConstraint("T", ANY_STREAM_RESOURCE)

    target = operand_def(T)
    target_size = operand_def(INDEX)
    target_offset = operand_def(INDEX)
    target_end = operand_def(INDEX)
    target_length = operand_def(INDEX)
    value = operand_def(FILL_PATTERN)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(T)

    custom_directives = (ShapedTiedResult,)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $value `,` $target `[` $target_offset `to` $target_end `for` $target_length `]` "
        "`:` type($value) `->` custom<ShapedTiedResult>(type($target), $target_size) attr-dict-with-keyword"
    )

    @override
    def access_ranges(self) -> list[AsyncAccessRange]:
        part = self.target_offset, self.target_end, self.target_length
        return [AsyncAccessRange(WRITE, self.target, *part), AsyncAccessRange(WRITE, self.result, *part)]


@irdl_op_definition
class AsyncUpdateOp(
    IRDLOperation,
    AffinityOpInterface,
    StreamableOpInterface,
    AsyncAccessOpInterface,
    SizeAwareOpInterface,
    FirstOperandTied,
    HoistableOpInterface,
):
    """Overwrites bytes `[target_offset, target_end)` of the target with all of the update, in place."""

    name = "stream.async.update"
    OPERAND_SIZES: ClassVar = ("target_size", "update_size")
    RESULT_SIZE: ClassVar = "target_size"

    T: ClassVar = VarConstraint("T", ANY_STREAM_RESOURCE)

    target = operand_def(T)
    target_size = operand_def(INDEX)
    target_offset = operand_def(INDEX)
    target_end = operand_def(INDEX)
    update = operand_def(ANY_STREAM_RESOURCE)
    update_size = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(T)

    custom_directives = (ShapedTiedResult,)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $update `,` $target `[` $target_offset `to` $target_end `]` `:` "
        "type($update) `` `{` $update_size `}` `->` custom<ShapedTiedResult>(type($target), $target_size) "
        "attr-dict-with-keyword"
    )

    @override
    def access_ranges(self) -> list[AsyncAccessRange]:
        part = self.target_offset, self.target_end, self.update_size
        return [
            whole(READ, self.update, self.update_size),
            AsyncAccessRange(WRITE, self.target, *part),
            AsyncAccessRange(WRITE, self.result, *part),
        ]


@irdl_op_definition
class AsyncCopyOp(
    IRDLOperation,
    AffinityOpInterface,
    StreamableOpInterface,
    AsyncAccessOpInterface,
    SizeAwareOpInterface,
    FirstOperandTied,
    HoistableOpInterface,
):
    """Overwrites a part of the target with a part of the source, in place."""

    name = "stream.async.copy"
    OPERAND_SIZES: ClassVar = ("target_size", "source_size")
    RESULT_SIZE: ClassVar = "target_size"

    T: ClassVar = VarConstraint("T", ANY_STREAM_RESOURCE)

    target = operand_def(T)
    target_size = operand_def(INDEX)
    target_offset = operand_def(INDEX)
    target_end = operand_def(INDEX)
    source = operand_def(ANY_STREAM_RESOURCE)
    source_size = operand_def(INDEX)
    source_offset = operand_def(INDEX)
    source_end = operand_def(INDEX)
    length = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(T)

    custom_directives = (ShapedTiedResult,)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $source `[` $source_offset `to` $source_end `]` `,` "
        "$target `[` $target_offset `to` $target_end `]` `,` $length `:` "
        "type($source) `` `{` $source_size `}` `->` custom<ShapedTiedResult>(type($target), $target_size) "
        "attr-dict-with-keyword"
    )

    @override
    def access_ranges(self) -> list[AsyncAccessRange]:
        part = self.target_offset, self.target_end, self.length
        return [
            AsyncAccessRange(READ, self.source, self.source_offset, self.source_end, self.length),
            AsyncAccessRange(WRITE, self.target, *part),
            AsyncAccessRange(WRITE, self.result, *part),
        ]
