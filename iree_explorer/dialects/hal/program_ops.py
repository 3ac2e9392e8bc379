"""HAL ops at the edges of a program: tensors that become buffer views, and fences. IREE: HALOps.td, OpGroupPseudoOps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import IndexType, IntegerType, StringAttr, UnitAttr
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    IRDLOperation,
    RangeOf,
    RangeVarConstraint,
    VarConstraint,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    ParsingState,
    PrintingState,
    TypeDirective,
    irdl_custom_directive,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.hal.types import BufferType, BufferViewType, DeviceType, FenceType
from iree_explorer.ir.assembly.directives import end_of_token
from iree_explorer.ir.assembly.format_directives import OptionalString
from iree_explorer.ir.attribute_constraints import ANY_TYPE
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    FirstOperandTied,
    ShapeAwareOpInterface,
    TiedOpInterface,
    number_of_sizes,
)
from iree_explorer.ir.type_constraints import ANY_TENSOR, TypeIs

INDEX = IndexType()
I32 = IntegerType(32)
DEVICE = DeviceType()
FENCE = FenceType()
BUFFER_OR_VIEW = TypeIs("buffer or buffer_view", lambda type_: isinstance(type_, BufferType | BufferViewType))


@irdl_custom_directive
class TypeAlias(CustomDirective):
    """`encoding as type`, or just the type where both are the same. IREE: UtilOps.cpp, parseTypeAlias."""

    encoding: AttributeVariable
    type: TypeDirective

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        encoding = parser.parse_type()
        self.encoding.set(state, encoding)
        self.type.set(state, (parser.parse_type() if parser.parse_optional_keyword("as") else encoding,))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        encoding, (type_,) = self.encoding.get(op), self.type.get(op)
        state.print_whitespace(printer)
        if encoding is not None and encoding != type_:
            printer.print_attribute(encoding)
            printer.print_string(" as ")
        printer.print_attribute(type_)
        end_of_token(state)


class EdgeOp(IRDLOperation, AffinityOpInterface, ShapeAwareOpInterface):
    """An op at the edge of a program; it needs no affinity, and pins its values where it has one.

    IREE: StreamExternalModels.cpp, HALTensorAffinityAttrExternalModel.
    """


def _verify_dims(type_: Attribute, dims: Sequence[SSAValue], message: str) -> None:
    if number_of_sizes(type_) != len(dims):
        raise VerifyException(message)


@irdl_op_definition
class TensorImportOp(EdgeOp):
    """A buffer view that the program was handed, as a tensor."""

    name = "hal.tensor.import"

    source = operand_def(BUFFER_OR_VIEW)
    target_encoding = prop_def(ANY_TYPE)
    target_dims = var_operand_def(INDEX)
    consume = opt_prop_def(UnitAttr)
    wait_fence = opt_operand_def(FENCE)
    byte_offset = opt_operand_def(INDEX)
    name_ = opt_prop_def(StringAttr, prop_name="name")
    affinity = opt_prop_def(AnyAttr())
    target = result_def(ANY_TENSOR)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    custom_directives = (OptionalString, TypeAlias)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? (`wait` `(` $wait_fence^ `)` `=` `` `>`)? (`consume` $consume^)? $source "
        "(`offset` `(` $byte_offset^ `)`)? custom<OptionalString>($name) `:` type($source) `->` "
        "custom<TypeAlias>($target_encoding, type($target)) (`{` $target_dims^ `}`)? attr-dict"
    )

    @override
    def result_dynamic_dims(self, result: int) -> Sequence[SSAValue]:
        return self.target_dims

    @override
    def verify_(self) -> None:
        _verify_dims(
            self.target.type,
            self.target_dims,
            "number of target_dims must match number of dynamic dims in target type",
        )


@irdl_op_definition
class TensorExportOp(EdgeOp):
    """A tensor, as a buffer view that the program hands out."""

    name = "hal.tensor.export"

    source = operand_def(ANY_TENSOR)
    source_encoding = prop_def(ANY_TYPE)
    source_dims = var_operand_def(INDEX)
    name_ = opt_prop_def(StringAttr, prop_name="name")
    affinity = opt_prop_def(AnyAttr())
    target = result_def(BUFFER_OR_VIEW)

    traits = traits_def(Pure())
    custom_directives = (OptionalString, TypeAlias)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $source custom<OptionalString>($name) `:` custom<TypeAlias>($source_encoding, type($source)) "
        "(`{` $source_dims^ `}`)? `->` type($target) attr-dict"
    )

    @override
    def operand_dynamic_dims(self, operand: int) -> Sequence[SSAValue]:
        return self.source_dims

    @override
    def verify_(self) -> None:
        _verify_dims(
            self.source.type,
            self.source_dims,
            "number of source_dims must match number of dynamic dims in source type",
        )


@irdl_op_definition
class TensorAliasOp(EdgeOp, FirstOperandTied):
    """A tensor that is to be stored in memory that the program was handed."""

    name = "hal.tensor.alias"

    T: ClassVar = VarConstraint("T", ANY_TENSOR)

    source = operand_def(T)
    source_dims = var_operand_def(INDEX)
    storage = operand_def(BUFFER_OR_VIEW)
    wait_fence = opt_operand_def(FENCE)
    affinity = opt_prop_def(AnyAttr())
    result = result_def(T)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? (`wait` `(` $wait_fence^ `)` `=` `` `>`)? "
        "$source `:` type($source) (`{` $source_dims^ `}`)? `to` $storage `:` type($storage) attr-dict"
    )

    @override
    def operand_dynamic_dims(self, operand: int) -> Sequence[SSAValue]:
        return self.source_dims

    @override
    def verify_(self) -> None:
        _verify_dims(self.source.type, self.source_dims, "number of dynamic dims must match the operand type")


@irdl_op_definition
class TensorTransientsOp(EdgeOp, FirstOperandTied):
    """A tensor computed with temporary memory that the program was handed."""

    name = "hal.tensor.transients"

    T: ClassVar = VarConstraint("T", ANY_TENSOR)

    source = operand_def(T)
    source_dims = var_operand_def(INDEX)
    storage = operand_def(BUFFER_OR_VIEW)
    affinity = opt_prop_def(AnyAttr())
    result = result_def(T)

    traits = traits_def(Pure())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $source `:` type($source) (`{` $source_dims^ `}`)? `from` "
        "$storage `:` type($storage) attr-dict"
    )

    @override
    def operand_dynamic_dims(self, operand: int) -> Sequence[SSAValue]:
        return self.source_dims

    @override
    def verify_(self) -> None:
        _verify_dims(self.source.type, self.source_dims, "number of dynamic dims must match the operand type")


@irdl_op_definition
class TensorBarrierOp(IRDLOperation, TiedOpInterface):
    """Signals a fence when tensors are ready; each result is tied to the operand of the same place."""

    name = "hal.tensor.barrier"

    T: ClassVar = RangeVarConstraint("T", RangeOf(ANY_TENSOR))

    sources = var_operand_def(T)
    signal_fence = operand_def(FENCE)
    results_ = var_result_def(T)

    assembly_format = (
        "`join` `` `(` $sources `:` type($sources) `)` `=` `` `>` $signal_fence `:` type($signal_fence) "
        "attr-dict-with-keyword"
    )

    @override
    def tied_operand_index(self, result: int) -> int | None:
        return result

    @override
    def tied_operand_indices(self) -> list[int]:
        return list(range(len(self.sources)))
