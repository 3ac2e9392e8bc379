"""HAL ops on buffers and buffer views, as host programs use them. IREE: HALOps.td, OpGroupBufferOps and BufferViewOps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import IndexType, IntegerAttr, IntegerType, StringAttr
from xdsl.ir import SSAValue
from xdsl.irdl import (
    IRDLOperation,
    operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    ParsingState,
    PrintingState,
    irdl_custom_directive,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.hal.types import BufferType, BufferViewType
from iree_explorer.ir.assembly.directives import end_of_token
from iree_explorer.ir.attribute_constraints import ANY_TYPE
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface

INDEX = IndexType()
I1 = IntegerType(1)
I32 = IntegerType(32)
BUFFER = BufferType()
BUFFER_VIEW = BufferViewType()


@irdl_custom_directive
class EncodingName(CustomDirective):
    """`dense_row_major`, the encoding of buffers that have no encoding attribute; else the attribute."""

    encoding: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        if parser.parse_optional_keyword("dense_row_major") is not None:
            return
        encoding = parser.parse_optional_attribute()
        if encoding is None:
            parser.raise_error(f"custom op '{state.op_type.name}' expected 'dense_row_major'")
        self.encoding.set(state, encoding)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        encoding = self.encoding.get(op)
        if encoding is None:
            printer.print_string("dense_row_major")
        else:
            printer.print_attribute(encoding)
        end_of_token(state)


@irdl_op_definition
class ElementTypeOp(IRDLOperation, OpAsmOpInterface):
    """The runtime's number for an element type."""

    name = "hal.element_type"

    type = prop_def(ANY_TYPE)
    result = result_def(I32)

    traits = traits_def(Pure())
    assembly_format = "`<` $type `>` attr-dict `:` type($result)"

    @override
    def asm_result_names(self) -> Iterable[tuple[SSAValue, str]]:
        yield self.result, f"element_type_{self.type}"


@irdl_op_definition
class EncodingTypeOp(IRDLOperation, OpAsmOpInterface):
    """The runtime's number for an encoding."""

    name = "hal.encoding_type"

    encoding = opt_prop_def()
    result = result_def(I32)

    traits = traits_def(Pure())
    custom_directives = (EncodingName,)
    assembly_format = "`<` custom<EncodingName>($encoding) `>` attr-dict `:` type($result)"

    @override
    def asm_result_names(self) -> Iterable[tuple[SSAValue, str]]:
        if self.encoding is None:
            yield self.result, "dense_row_major"

    @override
    def verify_(self) -> None:
        if self.encoding is not None:
            raise VerifyException("unsupported encoding type")


@irdl_op_definition
class BufferSubspanOp(IRDLOperation, OpAsmOpInterface):
    """A part of a buffer."""

    name = "hal.buffer.subspan"
    RESULT_NAMES: ClassVar = ("buffer",)

    source_buffer = operand_def(BUFFER)
    source_offset = operand_def(INDEX)
    length = operand_def(INDEX)
    result = result_def(BUFFER)

    traits = traits_def(Pure())
    assembly_format = (
        "`<` $source_buffer `:` type($source_buffer) `>` `` `[` $source_offset `,` $length `]` `:` type($result) "
        "attr-dict-with-keyword"
    )


@irdl_op_definition
class BufferLengthOp(IRDLOperation, OpAsmOpInterface):
    """The size of a buffer in bytes."""

    name = "hal.buffer.length"
    RESULT_NAMES: ClassVar = ("length",)

    buffer = operand_def(BUFFER)
    result = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "`<` $buffer `:` type($buffer) `>` `:` type($result) attr-dict-with-keyword"


@irdl_op_definition
class BufferViewCreateOp(IRDLOperation, OpAsmOpInterface):
    """A part of a buffer with a shape and an element type."""

    name = "hal.buffer_view.create"
    RESULT_NAMES: ClassVar = ("view",)

    source_buffer = operand_def(BUFFER)
    source_offset = operand_def(INDEX)
    source_length = operand_def(INDEX)
    element_type = operand_def(I32)
    encoding_type = operand_def(I32)
    shape = var_operand_def(INDEX)
    result = result_def(BUFFER_VIEW)

    traits = traits_def(Pure())
    assembly_format = (
        "`buffer` `(` $source_buffer `:` type($source_buffer) `)` `` `[` $source_offset `,` $source_length `]` "
        "`shape` `(` `[` $shape `]` `)` `type` `(` $element_type `)` `encoding` `(` $encoding_type `)` "
        "`:` type($result) attr-dict-with-keyword"
    )


@irdl_op_definition
class BufferViewAssertOp(IRDLOperation):
    """Stops the program where a buffer view is not of a shape and element type."""

    name = "hal.buffer_view.assert"

    buffer_view = operand_def(BUFFER_VIEW)
    message = prop_def(StringAttr)
    element_type = operand_def(I32)
    encoding_type = operand_def(I32)
    shape = var_operand_def(INDEX)

    assembly_format = (
        "`<` $buffer_view `:` type($buffer_view) `>` `message` `(` $message `)` `shape` `(` `[` $shape `]` `)` "
        "`type` `(` $element_type `)` `encoding` `(` $encoding_type `)` attr-dict-with-keyword"
    )


@irdl_op_definition
class BufferViewBufferOp(IRDLOperation, OpAsmOpInterface):
    """The buffer of a buffer view."""

    name = "hal.buffer_view.buffer"
    RESULT_NAMES: ClassVar = ("buffer",)

    buffer_view = operand_def(BUFFER_VIEW)
    result = result_def(BUFFER)

    traits = traits_def(Pure())
    assembly_format = "`<` $buffer_view `:` type($buffer_view) `>` `:` type($result) attr-dict-with-keyword"


@irdl_op_definition
class BufferViewElementTypeOp(IRDLOperation):
    """The element type of a buffer view, as the runtime's number."""

    name = "hal.buffer_view.element_type"

    buffer_view = operand_def(BUFFER_VIEW)
    result = result_def(I32)

    traits = traits_def(Pure())
    assembly_format = "`<` $buffer_view `:` type($buffer_view) `>` `:` type($result) attr-dict-with-keyword"


@irdl_op_definition
class BufferViewEncodingTypeOp(IRDLOperation):
    """The encoding of a buffer view, as the runtime's number."""

    name = "hal.buffer_view.encoding_type"

    buffer_view = operand_def(BUFFER_VIEW)
    result = result_def(I32)

    traits = traits_def(Pure())
    assembly_format = "`<` $buffer_view `:` type($buffer_view) `>` `:` type($result) attr-dict-with-keyword"


@irdl_op_definition
class BufferViewRankOp(IRDLOperation):
    """How many dimensions a buffer view has."""

    name = "hal.buffer_view.rank"

    buffer_view = operand_def(BUFFER_VIEW)
    result = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "`<` $buffer_view `:` type($buffer_view) `>` `:` type($result) attr-dict-with-keyword"


@irdl_op_definition
class BufferViewDimOp(IRDLOperation):
    """One dimension of a buffer view."""

    name = "hal.buffer_view.dim"

    buffer_view = operand_def(BUFFER_VIEW)
    index = prop_def(IntegerAttr[IndexType])
    result = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = (
        "`<` $buffer_view `:` type($buffer_view) `>` `` `[` $index `]` `:` type($result) attr-dict-with-keyword"
    )


@irdl_op_definition
class BufferViewTraceOp(IRDLOperation):
    """Prints buffer views for debugging."""

    name = "hal.buffer_view.trace"

    key = prop_def(StringAttr)
    operands_ = var_operand_def(BUFFER_VIEW)

    assembly_format = "$key `=` $operands_ `:` type($operands_) attr-dict-with-keyword"
