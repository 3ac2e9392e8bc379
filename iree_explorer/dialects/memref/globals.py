"""Buffers of a module. MLIR: MemRefOps.td, MemRefOps.cpp."""

from __future__ import annotations

from typing_extensions import override
from xdsl.dialects.builtin import (
    FlatSymbolRefAttrConstr,
    IntegerAttr,
    MemRefType,
    StringAttr,
    SymbolNameConstraint,
    TensorType,
    UnitAttr,
    i64,
)
from xdsl.ir import Attribute, Operation, TypeAttribute, TypedAttribute
from xdsl.irdl import IRDLOperation, opt_prop_def, prop_def, result_def, traits_def
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    ParsingState,
    PrintingState,
    irdl_custom_directive,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import Pure, SymbolOpInterface
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.assembly.columns import ColumnPrinter
from iree_explorer.ir.assembly.directives import end_of_token
from iree_explorer.ir.assembly.format_directives import OptionalString
from iree_explorer.ir.assembly.mlir_parser import MLIRParser
from iree_explorer.ir.attribute_constraints import AttributeIs
from iree_explorer.ir.attribute_parts import raise_unexpected_number
from iree_explorer.ir.defects import PlainDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.symbols import SymbolUses, lookup_symbol
from iree_explorer.ir.type_constraints import ANY_MEMREF, shape_of


def _is_static_memref(type_: Attribute) -> bool:
    return isinstance(type_, MemRefType) and type_.has_static_shape()


MEMREF_TYPE = AttributeIs("memref type attribute", lambda type_: isinstance(type_, MemRefType), stored=TypeAttribute)
_ALIGNMENT = "64-bit signless integer attribute whose value is positive and whose value is a power of two > 0"
_NOT_STATIC = "type should be static shaped memref, but got"
_NO_VALUE = "initial value should be a unit or elements attribute"


@irdl_custom_directive
class TypeAndInitialValue(CustomDirective):
    """`memref<…>`, and then `= dense<…>` or `= uninitialized`, or nothing for what is defined elsewhere.

    MLIR: MemRefOps.cpp, parseGlobalMemrefOpTypeAndInitialValue
    """

    type: AttributeVariable
    initial_value: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        type_ = parser.parse_type()
        if not isinstance(type_, MemRefType) or not type_.has_static_shape():
            raise PlainDefect(f"custom op '{state.op_type.name}' {_NOT_STATIC} '{type_}'")
        self.type.set(state, type_)
        if parser.parse_optional_punctuation("=") is None:
            return
        if parser.parse_optional_keyword("uninitialized") is not None:
            self.initial_value.set(state, UnitAttr())
            return
        elements = TensorType(type_.element_type, type_.get_shape())
        assert isinstance(parser, MLIRParser)
        place = parser.pos
        value = parser.parse_elements(elements)
        raise_unexpected_number(parser, place, value)
        if _shape_of_elements(value) is None:
            raise PlainDefect(f"custom op '{state.op_type.name}' {_NO_VALUE}")
        self.initial_value.set(state, value)

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        assert isinstance(printer, ColumnPrinter)
        state.print_whitespace(printer)
        type_, value = self.type.get(op), self.initial_value.get(op)
        assert type_ is not None
        printer.print_attribute(type_)
        if isinstance(value, UnitAttr):
            printer.print_string(" = uninitialized")
        elif value is not None:
            printer.print_string(" = ")
            printer.print_elements(value)
        end_of_token(state)


@irdl_op_definition
class GlobalOp(IRDLOperation):
    """A buffer of the module; without an initial value it is defined elsewhere, with a unit it is not initialized."""

    name = "memref.global"

    sym_name = prop_def(SymbolNameConstraint())
    sym_visibility = opt_prop_def(StringAttr)
    type = prop_def(MEMREF_TYPE)
    initial_value = opt_prop_def()
    constant = opt_prop_def(UnitAttr)
    alignment = opt_prop_def(IntegerAttr.constr(i64))

    traits = traits_def(SymbolOpInterface())
    custom_directives = (OptionalString, TypeAndInitialValue)
    assembly_format = (
        "custom<OptionalString>($sym_visibility) (`constant` $constant^)? $sym_name `:` "
        "custom<TypeAndInitialValue>($type, $initial_value) (`alignment` `=` $alignment^)? attr-dict"
    )

    @override
    def verify_(self) -> None:
        alignment = 1 if self.alignment is None else self.alignment.value.data
        if alignment <= 0 or alignment.bit_count() != 1:
            raise VerifyException(f"attribute 'alignment' failed to satisfy constraint: {_ALIGNMENT}")
        if not _is_static_memref(self.type):
            raise VerifyException(f"{_NOT_STATIC} '{self.type}'")
        value = self.initial_value
        if value is None or isinstance(value, UnitAttr):
            return
        shape, given = shape_of(self.type) or (), _shape_of_elements(value)
        if given is None:
            raise VerifyException(f"{_NO_VALUE}, but got {value}")
        if given != shape:
            raise VerifyException(f"initial value shape expected to be {_listed(shape)} but was {_listed(given)}")


def _shape_of_elements(value: Attribute) -> tuple[int, ...] | None:
    """The shape of a dense attribute; None: it is another one."""
    return shape_of(value.get_type()) if isinstance(value, TypedAttribute) else None


def _listed(shape: tuple[int, ...]) -> str:
    return ", ".join(map(str, shape))


class _GlobalExists(SymbolUses):
    """The global is there and of the type. MLIR: MemRefOps.cpp, GetGlobalOp::verifySymbolUses."""

    @override
    def verify_uses(self, op: Operation) -> None:
        assert isinstance(op, GetGlobalOp)
        name = op.name_.string_value()
        found = lookup_symbol(op, op.name_)
        if not isinstance(found, GlobalOp):
            raise VerifyException(f"'{name}' does not reference a valid global memref")
        if op.result.type != found.type:
            types = f"result type '{op.result.type}' does not match type '{found.type}'"
            raise VerifyException(f"{types} of the global memref @{name}")


@irdl_op_definition
class GetGlobalOp(IRDLOperation):
    """The buffer of a `memref.global`."""

    name = "memref.get_global"

    name_ = prop_def(FlatSymbolRefAttrConstr, prop_name="name")
    result = result_def(ANY_MEMREF)

    traits = traits_def(Pure(), _GlobalExists())
    assembly_format = "$name `:` type($result) attr-dict"
