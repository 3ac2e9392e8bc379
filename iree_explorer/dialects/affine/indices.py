"""An index and its digits in a mixed basis. Fields are named as in MLIR's AffineOps.td, the source of all facts here."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, DenseArrayBase, IndexType, IntegerAttr, UnitAttr, i1, i64
from xdsl.dialects.utils import get_dynamic_index_list
from xdsl.ir import SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    base,
    operand_def,
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
    irdl_custom_directive,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.assembly.directives import end_of_token
from iree_explorer.ir.assembly.index_lists import DynamicIndexList
from iree_explorer.ir.definition import irdl_op_definition


class MixedBasis(DynamicIndexList):
    """`(%a, 8)`: sizes that are integers or values."""

    DELIMITER: ClassVar = Parser.Delimiter.PAREN


@irdl_custom_directive
class DisjointFlag(CustomDirective):
    """`disjoint`, or nothing. In the generic form the property is `disjoint` or `disjoint = false` (MLIR: UnitProp)."""

    disjoint: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        if parser.parse_optional_keyword("disjoint") is not None:
            self.disjoint.set(state, UnitAttr())

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        if self.disjoint.get(op) in (UnitAttr(), IntegerAttr(1, i1)):
            state.print_whitespace(printer)
            printer.print_string("disjoint")
            end_of_token(state)


BASIS = DenseArrayBase.constr(i64)


@irdl_op_definition
class DelinearizeIndexOp(IRDLOperation):
    """The digits of an index in a mixed basis, outermost first; one more digit than sizes: the outermost is unbounded."""

    name = "affine.delinearize_index"
    linear_index = operand_def(IndexType())
    dynamic_basis = var_operand_def(IndexType())
    static_basis = prop_def(BASIS)
    multi_index = var_result_def(IndexType())
    custom_directives = (MixedBasis,)
    assembly_format = (
        "$linear_index `into` custom<MixedBasis>($dynamic_basis, $static_basis) attr-dict `:` type($multi_index)"
    )
    traits = traits_def(Pure())

    @property
    def basis(self) -> list[SSAValue | int]:
        """The sizes, outermost first."""
        return _basis(self)

    @override
    def verify_(self) -> None:
        if _number_of_digits_is_wrong(self):
            raise VerifyException("should return an index for each basis element and up to one extra index")


@irdl_op_definition
class LinearizeIndexOp(IRDLOperation):
    """The index of which the operands are the digits; `disjoint` promises that no digit reaches its size."""

    name = "affine.linearize_index"
    multi_index = var_operand_def(IndexType())
    dynamic_basis = var_operand_def(IndexType())
    static_basis = prop_def(BASIS)
    disjoint = opt_prop_def(base(UnitAttr) | base(IntegerAttr))
    linear_index = result_def(IndexType())
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (DisjointFlag, MixedBasis)
    assembly_format = (
        "custom<DisjointFlag>($disjoint) ` ` `[` $multi_index `]` `by` custom<MixedBasis>($dynamic_basis, $static_basis) "
        "attr-dict `:` type($linear_index)"
    )
    traits = traits_def(Pure())

    @property
    def basis(self) -> list[SSAValue | int]:
        """The sizes, outermost first."""
        return _basis(self)

    @override
    def verify_(self) -> None:
        if _number_of_digits_is_wrong(self):
            raise VerifyException("should be passed a basis element for each index except possibly the first")


def _basis(op: DelinearizeIndexOp | LinearizeIndexOp) -> list[SSAValue | int]:
    return get_dynamic_index_list(op.static_basis.get_values(), op.dynamic_basis, DYNAMIC_INDEX)


def _number_of_digits_is_wrong(op: DelinearizeIndexOp | LinearizeIndexOp) -> bool:
    """Whether the op has neither a digit for each size nor one more, which is unbounded."""
    return len(op.multi_index) - len(op.static_basis) not in (0, 1)
