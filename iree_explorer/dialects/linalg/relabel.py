"""`linalg.transpose` and `linalg.broadcast`: the same elements at other places.

Source of all facts: MLIR LinalgStructuredOps.td, LinalgOps.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar, cast

from typing_extensions import override
from xdsl.dialects.builtin import DenseArrayBase, IntegerType, TensorType, i64
from xdsl.ir import SSAValue
from xdsl.ir.affine import AffineExpr, AffineMap
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    operand_def,
    prop_def,
    region_def,
    traits_def,
    var_result_def,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.linalg.bodies import BodyBuilder, fill_body
from iree_explorer.dialects.linalg.index_arrays import parse_index_array, print_index_array
from iree_explorer.dialects.linalg.structured import (
    PARALLEL,
    LinalgEffects,
    LinalgOp,
    LinalgSpeculatability,
    parse_ins_outs,
    print_ins_outs,
    verify_structured,
)
from iree_explorer.ir.assembly.attr_dict import print_attr_dict
from iree_explorer.ir.block_traits import SingleBlock
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import shape_of

RelabelT = TypeVar("RelabelT", bound="RelabelOp")


def _rank(value: SSAValue) -> int:
    return len(shape_of(value.type) or ())


class RelabelOp(IRDLOperation, LinalgOp):
    """One input to one output, element for element; the region only yields the input.

    Attributes:
        ARRAY: the property that says how dimensions are matched.
    """

    ARRAY: ClassVar[str]

    input = operand_def(AnyAttr())
    init = operand_def(AnyAttr())
    result = var_result_def(AnyAttr())
    region = region_def()
    traits = traits_def(SingleBlock(), LinalgEffects(), LinalgSpeculatability())

    @override
    def input_operands(self) -> Sequence[SSAValue]:
        return self.operands[:1]

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return self.operands[1:]

    @override
    def iterators(self) -> Sequence[str]:
        return [PARALLEL] * _rank(self.operands[1])

    @override
    def verify_(self) -> None:
        verify_structured(self)

    @classmethod
    @override
    def parse(cls: type[RelabelT], parser: Parser) -> RelabelT:
        operands = parse_ins_outs(parser)
        array = parse_index_array(parser, cls.ARRAY)
        attributes = parser.parse_optional_attr_dict()
        if len(operands.inputs) != 1 or len(operands.outputs) != 1:
            parser.raise_error("expected one input and one output")
        return cls.build(
            operands=[operands.inputs[0], operands.outputs[0]],
            result_types=[[value.type for value in operands.outputs if isinstance(value.type, TensorType)]],
            regions=[fill_body(BodyBuilder(operands.element_types()), unsigned=False)],
            properties={cls.ARRAY: array},
            attributes=attributes,
        )

    @override
    def print(self, printer: Printer) -> None:
        print_ins_outs(printer, self)
        array = cast("DenseArrayBase[IntegerType]", self.properties[self.ARRAY])
        print_index_array(printer, self.ARRAY, array)
        print_attr_dict(printer, self, {})


@irdl_op_definition
class TransposeOp(RelabelOp):
    """Dimension i of the output is dimension `permutation[i]` of the input."""

    name = "linalg.transpose"
    RESULT_NAMES: ClassVar = ("transposed",)
    ARRAY: ClassVar = "permutation"

    permutation = prop_def(DenseArrayBase.constr(i64))

    @override
    def maps(self) -> Sequence[AffineMap]:
        permutation = list(self.permutation.get_values())
        rank = len(permutation)
        source = tuple(AffineExpr.dimension(permutation.index(dim)) for dim in range(rank))
        return [AffineMap(rank, 0, source), AffineMap.identity(rank)]

    @override
    def verify_(self) -> None:
        if sorted(self.permutation.get_values()) != list(range(_rank(self.input))):
            raise VerifyException("permutation is not valid")
        verify_structured(self)


@irdl_op_definition
class BroadcastOp(RelabelOp):
    """The output has the input's dimensions and, at the places `dimensions`, new ones."""

    name = "linalg.broadcast"
    RESULT_NAMES: ClassVar = ("broadcasted",)
    ARRAY: ClassVar = "dimensions"

    dimensions = prop_def(DenseArrayBase.constr(i64))

    @override
    def maps(self) -> Sequence[AffineMap]:
        rank, added = _rank(self.init), self.dimensions.get_values()
        source = tuple(AffineExpr.dimension(dim) for dim in range(rank) if dim not in added)
        return [AffineMap(rank, 0, source), AffineMap.identity(rank)]

    @override
    def verify_(self) -> None:
        if _rank(self.input) + len(self.dimensions) != _rank(self.init):
            raise VerifyException(
                f"input rank plus added dimensions does not match init rank. input rank: {_rank(self.input)}, "
                f"dimensions size: {len(self.dimensions)}, init rank: {_rank(self.init)}"
            )
        verify_structured(self)
