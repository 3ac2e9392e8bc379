"""Host memory: buffers of bytes. IREE: UtilOps.td, OpGroupBufferOps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import FloatAttr, IndexType, IntegerAttr, StringAttr
from xdsl.ir import Attribute, SSAValue, TypedAttribute
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import (
    AlwaysSpeculatable,
    ConstantLike,
    MemoryAllocEffect,
    MemoryFreeEffect,
    MemoryReadEffect,
    MemoryWriteEffect,
    Pure,
)
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.util.attributes import BytePatternAttr, CompositeAttr
from iree_explorer.dialects.util.constraints import BUFFER, FILL_PATTERN, I1, I64, INDEX
from iree_explorer.ir.assembly.format_directives import OptionalString, PropDict, PropDictOfTwo
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import FirstOperandTied, OpAsmOpInterface, SizeAwareOpInterface
from iree_explorer.ir.type_constraints import ANY_MEMREF, PRIMITIVE
from iree_explorer.ir.typed_attribute import OwnTypeAttribute


def _verify_alignment(alignment: IntegerAttr[IndexType] | None) -> None:
    # IREE: UtilOps.cpp, BufferConstantOp::verify; what is not positive is let through.
    value = 0 if alignment is None else alignment.value.data
    if value > 0 and value & (value - 1):
        raise VerifyException("invalid alignment; must be a power of two")


def _is_buffer_like(value: Attribute) -> bool:
    """Whether `value` is bytes, or tells what they are. IREE: UtilAttrs.td, Util_AnySerializableAttr."""
    if isinstance(value, TypedAttribute) and not isinstance(value, OwnTypeAttribute):
        return not isinstance(value, IntegerAttr | FloatAttr)
    return isinstance(value, StringAttr | BytePatternAttr | CompositeAttr)


@irdl_op_definition
class BufferConstantOp(IRDLOperation, OpAsmOpInterface):
    """A buffer with constant contents."""

    name = "util.buffer.constant"

    name_ = opt_prop_def(StringAttr, prop_name="name")
    value = prop_def(AnyAttr())
    alignment = opt_prop_def(IntegerAttr[IndexType])
    mime_type = opt_prop_def(StringAttr)
    result = result_def(BUFFER)

    traits = traits_def(Pure(), ConstantLike())
    custom_directives = (OptionalString, PropDictOfTwo)
    assembly_format = "custom<OptionalString>($name) custom<PropDictOfTwo>($alignment, $mime_type) attr-dict `:` type($result) `=` $value"

    @override
    def asm_result_names(self) -> Iterable[tuple[SSAValue, str]]:
        yield self.result, "buffer_cst" if self.name_ is None else self.name_.data

    @override
    def verify_(self) -> None:
        if not _is_buffer_like(self.value):
            raise VerifyException(
                "attribute 'value' failed to satisfy constraint: buffer-like constant attribute values"
            )
        _verify_alignment(self.alignment)


@irdl_op_definition
class BufferAllocOp(IRDLOperation, OpAsmOpInterface, SizeAwareOpInterface):
    """Allocates a buffer."""

    name = "util.buffer.alloc"
    RESULT_NAMES: ClassVar = ("buffer",)
    RESULT_SIZE: ClassVar = "storage_size"

    storage_size = operand_def(INDEX)
    alignment = opt_prop_def(IntegerAttr[IndexType])
    result = result_def(BUFFER)

    traits = traits_def(AlwaysSpeculatable(), MemoryAllocEffect())
    custom_directives = (PropDict,)
    assembly_format = (
        "`uninitialized` custom<PropDict>($alignment) attr-dict `:` type($result) `` `{` $storage_size `}`"
    )

    @override
    def verify_(self) -> None:
        _verify_alignment(self.alignment)


@irdl_op_definition
class BufferDeallocOp(IRDLOperation, SizeAwareOpInterface):
    """Frees a buffer."""

    name = "util.buffer.dealloc"
    OPERAND_SIZES: ClassVar = ("operand_size",)

    operand = operand_def(BUFFER)
    operand_size = operand_def(INDEX)

    traits = traits_def(AlwaysSpeculatable(), MemoryFreeEffect())
    assembly_format = "$operand `:` type($operand) `{` $operand_size `}` attr-dict-with-keyword"


@irdl_op_definition
class BufferSliceOp(IRDLOperation, OpAsmOpInterface, SizeAwareOpInterface):
    """A copy of a part of a buffer."""

    name = "util.buffer.slice"
    RESULT_NAMES: ClassVar = ("buffer",)
    OPERAND_SIZES: ClassVar = ("source_size",)
    RESULT_SIZE: ClassVar = "result_size"

    source = operand_def(BUFFER)
    source_size = operand_def(INDEX)
    source_offset = operand_def(INDEX)
    result_size = operand_def(INDEX)
    alignment = opt_prop_def(IntegerAttr[IndexType])
    result = result_def(BUFFER)

    traits = traits_def(AlwaysSpeculatable(), MemoryAllocEffect(), MemoryReadEffect())
    custom_directives = (PropDict,)
    assembly_format = (
        "$source `[` $source_offset `]` custom<PropDict>($alignment) attr-dict `:` "
        "type($source) `` `{` $source_size `}` `->` type($result) `` `{` $result_size `}`"
    )


@irdl_op_definition
class BufferSubspanOp(IRDLOperation, OpAsmOpInterface, SizeAwareOpInterface, FirstOperandTied):
    """A part of a buffer, sharing its memory."""

    name = "util.buffer.subspan"
    RESULT_NAMES: ClassVar = ("buffer_span",)
    OPERAND_SIZES: ClassVar = ("source_size",)
    RESULT_SIZE: ClassVar = "result_size"

    source = operand_def(BUFFER)
    source_size = operand_def(INDEX)
    source_offset = operand_def(INDEX)
    result_size = operand_def(INDEX)
    result = result_def(BUFFER)

    traits = traits_def(Pure())
    assembly_format = (
        "$source `[` $source_offset `]` `:` type($source) `` `{` $source_size `}` `->` "
        "type($result) `` `{` $result_size `}` attr-dict-with-keyword"
    )


@irdl_op_definition
class BufferSizeOp(IRDLOperation, OpAsmOpInterface, SizeAwareOpInterface):
    """The size of a buffer in bytes."""

    name = "util.buffer.size"
    RESULT_NAMES: ClassVar = ("buffer_size",)
    OPERAND_SIZES: ClassVar = ("result",)

    operand = operand_def(BUFFER)
    result = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "$operand `:` type($operand) attr-dict-with-keyword"


@irdl_op_definition
class BufferStorageOp(IRDLOperation, OpAsmOpInterface, SizeAwareOpInterface):
    """The memory behind a buffer, and where in it the buffer begins."""

    name = "util.buffer.storage"
    RESULT_NAMES: ClassVar = ("buffer_storage", "buffer_offset")
    OPERAND_SIZES: ClassVar = ("operand_size",)

    operand = operand_def(BUFFER)
    operand_size = operand_def(INDEX)
    result = result_def(ANY_MEMREF)
    offset = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = (
        "$operand `:` type($operand) `` `{` $operand_size `}` `->` `(` type($result) `,` type($offset) `)` "
        "attr-dict-with-keyword"
    )


@irdl_op_definition
class BufferCopyOp(IRDLOperation, SizeAwareOpInterface):
    """Copies a part of a buffer to another."""

    name = "util.buffer.copy"
    OPERAND_SIZES: ClassVar = ("source_size", "target_size")

    source = operand_def(BUFFER)
    source_size = operand_def(INDEX)
    source_offset = operand_def(INDEX)
    target = operand_def(BUFFER)
    target_size = operand_def(INDEX)
    target_offset = operand_def(INDEX)
    length = operand_def(INDEX)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())
    assembly_format = (
        "$source `[` $source_offset `]` `,` $target `[` $target_offset `]` `,` $length `:` "
        "type($source) `` `{` $source_size `}` `->` type($target) `` `{` $target_size `}` attr-dict-with-keyword"
    )


@irdl_op_definition
class BufferCompareOp(IRDLOperation, SizeAwareOpInterface):
    """Whether parts of two buffers hold the same bytes."""

    name = "util.buffer.compare"
    OPERAND_SIZES: ClassVar = ("lhs_size", "rhs_size")

    lhs = operand_def(BUFFER)
    lhs_size = operand_def(INDEX)
    lhs_offset = operand_def(INDEX)
    rhs = operand_def(BUFFER)
    rhs_size = operand_def(INDEX)
    rhs_offset = operand_def(INDEX)
    length = operand_def(INDEX)
    result = result_def(I1)

    traits = traits_def(AlwaysSpeculatable(), MemoryReadEffect())
    assembly_format = (
        "$lhs `[` $lhs_offset `]` `,` $rhs `[` $rhs_offset `]` `,` $length `:` "
        "type($lhs) `` `{` $lhs_size `}` `,` type($rhs) `` `{` $rhs_size `}` attr-dict-with-keyword"
    )


@irdl_op_definition
class BufferFillOp(IRDLOperation, SizeAwareOpInterface):
    """Fills a part of a buffer with a pattern."""

    name = "util.buffer.fill"
    OPERAND_SIZES: ClassVar = ("target_size",)

    pattern = operand_def(FILL_PATTERN)
    target = operand_def(BUFFER)
    target_size = operand_def(INDEX)
    target_offset = operand_def(INDEX)
    length = operand_def(INDEX)

    traits = traits_def(MemoryWriteEffect())
    assembly_format = (
        "$pattern `,` $target `[` $target_offset `for` $length `]` `:` type($pattern) `->` "
        "type($target) `` `{` $target_size `}` attr-dict-with-keyword"
    )


@irdl_op_definition
class BufferLoadOp(IRDLOperation, SizeAwareOpInterface):
    """A number in a buffer, by its place."""

    name = "util.buffer.load"
    OPERAND_SIZES: ClassVar = ("source_size",)

    source = operand_def(BUFFER)
    source_size = operand_def(INDEX)
    source_offset = operand_def(INDEX)
    length = operand_def(INDEX)
    result = result_def(PRIMITIVE)

    traits = traits_def(MemoryReadEffect())
    assembly_format = (
        "$source `[` $source_offset `for` $length `]` `:` type($source) `` `{` $source_size `}` `->` type($result) "
        "attr-dict-with-keyword"
    )


@irdl_op_definition
class BufferStoreOp(IRDLOperation, SizeAwareOpInterface):
    """Writes a number to a buffer."""

    name = "util.buffer.store"
    OPERAND_SIZES: ClassVar = ("target_size",)

    source = operand_def(PRIMITIVE)
    target = operand_def(BUFFER)
    target_size = operand_def(INDEX)
    target_offset = operand_def(INDEX)
    length = operand_def(INDEX)

    traits = traits_def(MemoryWriteEffect())
    assembly_format = (
        "$source `,` $target `[` $target_offset `for` $length `]` `:` type($source) `->` "
        "type($target) `` `{` $target_size `}` attr-dict-with-keyword"
    )


@irdl_op_definition
class BufferHashOp(IRDLOperation, SizeAwareOpInterface):
    """A hash of the bytes in a part of a buffer."""

    name = "util.buffer.hash"
    OPERAND_SIZES: ClassVar = ("source_size",)

    source = operand_def(BUFFER)
    source_size = operand_def(INDEX)
    source_offset = operand_def(INDEX)
    length = operand_def(INDEX)
    result = result_def(I64)

    traits = traits_def(MemoryReadEffect())
    assembly_format = (
        "$source `[` $source_offset `for` $length `]` `:` type($source) `` `{` $source_size `}` `->` type($result) "
        "attr-dict-with-keyword"
    )
