"""`linalg.transpose` and `linalg.broadcast`: the same elements at other places.

Source of all facts: MLIR LinalgStructuredOps.td, LinalgOps.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar, cast

from typing_extensions import override
from xdsl.dialects.builtin import DenseArrayBase, IntegerType, MemRefType, TensorType, i64
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
from iree_explorer.ir.type_constraints import TypeIs, shape_of

BUFFER_OR_TENSOR = TypeIs(
    "memref of any non-token type values or ranked tensor of any non-token type values",
    lambda type_: isinstance(type_, MemRefType | TensorType),
    (MemRefType, TensorType),
)
RelabelT = TypeVar("RelabelT", bound="RelabelOp")


def _shape(value: SSAValue) -> Sequence[int]:
    return shape_of(value.type) or ()


def _rank(value: SSAValue) -> int:
    return len(_shape(value))


class RelabelOp(IRDLOperation, LinalgOp):
    """One input to one output, element for element; the region only yields the input.

    Attributes:
        ARRAY: the property that says how dimensions are matched.
    """

    ARRAY: ClassVar[str]

    input = operand_def(BUFFER_OR_TENSOR)
    init = operand_def(BUFFER_OR_TENSOR)
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
        permutation, source, target = self.permutation.get_values(), _shape(self.input), _shape(self.init)
        if sorted(permutation) != list(range(len(permutation))):
            raise VerifyException("permutation is not valid")
        if len(source) != len(target):
            raise VerifyException(f"input rank ({len(source)}) does not match init rank ({len(target)})")
        if len(permutation) != len(source):
            words = f"size of permutation {len(permutation)} does not match the argument rank {len(source)}"
            raise VerifyException(words)
        for dim, (size, number) in enumerate(zip(target, permutation, strict=True)):
            if size != source[number]:
                words = f"doesn't match dim(input, permutation[{dim}]) = {source[number]}"
                raise VerifyException(f"dim(result, {dim}) = {size} {words}")
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
        added, source, target = self.dimensions.get_values(), _shape(self.input), _shape(self.init)
        if len(source) + len(added) != len(target):
            raise VerifyException(
                f"input rank plus added dimensions does not match init rank. input rank: {len(source)}, "
                f"dimensions size: {len(added)}, init rank: {len(target)}"
            )
        for number, dim in enumerate(added):
            if not 0 <= dim < len(target):
                expected = f"expected range: [0, {len(target) - 1}], got: {dim}"
                raise VerifyException(f"dimension {number} is out of range. {expected}")
        kept = [dim for dim in range(len(target)) if dim not in added]
        if len(kept) > len(source):
            raise VerifyException("dimensions should not contain duplicates")
        for number, dim in enumerate(kept):
            if source[number] != target[dim]:
                sizes = f"input: {source[number]}, init: {target[dim]}"
                raise VerifyException(f"input dim {number} should match init dim {dim}. {sizes}")
        verify_structured(self)
