"""Loads and stores at affine maps of indices. Fields are named as in MLIR's AffineOps.td, the source of all facts here."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import AffineMapAttr, IndexType, MemRefType
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import AnyAttr, IRDLOperation, operand_def, prop_def, result_def, traits_def, var_operand_def
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.affine.maps import result_texts
from iree_explorer.dialects.affine.symbols import verify_dims_and_symbols
from iree_explorer.ir.assembly.attr_dict import CustomAssemblyFormat, print_attr_dict
from iree_explorer.ir.attribute_parts import raise_wrong_type
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces.value_rules import ValueRules
from iree_explorer.ir.type_constraints import ANY_MEMREF


@irdl_op_definition
class LoadOp(IRDLOperation, ValueRules, CustomAssemblyFormat):
    """Reads the element at the results of a map of the indices."""

    name = "affine.load"
    memref = operand_def(ANY_MEMREF)
    indices = var_operand_def(IndexType())
    map = prop_def(AffineMapAttr)
    result = result_def(AnyAttr())
    traits = traits_def(MemoryReadEffect())

    @override
    def verify_(self) -> None:
        if self.result.type != _element_type(self.memref.type):
            raise VerifyException("result type must match element type of memref")
        _verify_access(self)

    @classmethod
    @override
    def parse(cls, parser: Parser) -> LoadOp:
        memref, map_, indices, attributes = _parse_access(parser, cls.name)
        return cls.build(
            operands=[memref, indices],
            result_types=[_element_type(memref.type)],
            properties={"map": map_},
            attributes=attributes,
        )

    @override
    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        _print_access(printer, self)


@irdl_op_definition
class StoreOp(IRDLOperation, ValueRules, CustomAssemblyFormat):
    """Writes the element at the results of a map of the indices."""

    name = "affine.store"
    value = operand_def(AnyAttr())
    memref = operand_def(ANY_MEMREF)
    indices = var_operand_def(IndexType())
    map = prop_def(AffineMapAttr)
    traits = traits_def(MemoryWriteEffect())

    @override
    def verify_(self) -> None:
        if self.value.type != _element_type(self.memref.type):
            raise VerifyException("value to store must have the same type as memref element type")
        _verify_access(self)

    @classmethod
    @override
    def parse(cls, parser: Parser) -> StoreOp:
        value = parser.parse_unresolved_operand()
        parser.parse_punctuation(",")
        memref, map_, indices, attributes = _parse_access(parser, cls.name)
        return cls.build(
            operands=[parser.resolve_operand(value, _element_type(memref.type)), memref, indices],
            properties={"map": map_},
            attributes=attributes,
        )

    @override
    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        printer.print_operand(self.value)
        printer.print_string(", ")
        _print_access(printer, self)


def _element_type(memref: Attribute) -> Attribute:
    assert isinstance(memref, MemRefType)
    return memref.element_type


def _verify_access(op: LoadOp | StoreOp) -> None:
    # MLIR: AffineOps.cpp, verifyMemoryOpIndexing
    memref, map_ = op.memref.type, op.map.data
    assert isinstance(memref, MemRefType)
    if len(map_.results) != memref.get_num_dims():
        raise VerifyException("affine map num results must equal memref rank")
    if map_.num_dims + map_.num_symbols != len(op.indices):
        raise VerifyException("expects as many subscripts as affine map inputs")
    verify_dims_and_symbols(op, op.indices, map_.num_dims)


def _parse_access(
    parser: Parser, op_name: str
) -> tuple[SSAValue, AffineMapAttr, Sequence[SSAValue], dict[str, Attribute]]:
    """Reads `%memref[%i + 1, symbol(%n)] {…} : type`."""
    memref = parser.parse_unresolved_operand()
    map_, indices = parser.parse_affine_map_of_ssa_ids()
    attributes = parser.parse_optional_attr_dict()
    start = parser.pos
    parser.parse_punctuation(":")
    type_ = parser.parse_type()
    if not isinstance(type_, MemRefType):
        raise_wrong_type(parser, start, op_name, (MemRefType,), type_)
    return parser.resolve_operand(memref, type_), AffineMapAttr(map_), indices, attributes


def _print_access(printer: Printer, op: LoadOp | StoreOp) -> None:
    printer.print_operand(op.memref)
    printer.print_string(f"[{', '.join(result_texts(printer, op.map.data, op.indices))}]")
    print_attr_dict(printer, op, {})
    printer.print_string(" : ")
    printer.print_attribute(op.memref.type)
