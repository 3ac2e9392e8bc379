"""Ops of the `tensor` dialect that make whole tensors. Fields are named as in MLIR's TensorOps.td."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    IndexType,
    TensorType,
    UnitAttr,
)
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    IRDLOperation,
    operand_def,
    opt_prop_def,
    prop_def,
    region_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import IsTerminator, Pure, RecursiveMemoryEffect
from xdsl.utils.exceptions import VerifyException

from iree_explorer.ir.assembly.index_lists import DynamicIndexList
from iree_explorer.ir.block_traits import ParentOneOf
from iree_explorer.ir.defects import PlainDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface
from iree_explorer.ir.interfaces.control_flow import RegionRules
from iree_explorer.ir.interfaces.slices import INDEX_ARRAY
from iree_explorer.ir.type_constraints import (
    ANY_RANKED_TENSOR,
    ANY_TENSOR,
    TypeIs,
    bit_width,
    element_type,
    is_signless_integer_or_index,
    may_be_same_shape,
    shape_of,
    verify_dynamic_sizes,
)


@irdl_op_definition
class EmptyOp(IRDLOperation):
    """A tensor of unspecified contents; one operand per dynamic dimension."""

    name = "tensor.empty"
    dynamic_sizes = var_operand_def(IndexType())
    result = result_def(ANY_RANKED_TENSOR)
    assembly_format = "`(` $dynamic_sizes `)` attr-dict `:` type($result)"
    traits = traits_def(Pure())

    def __init__(self, dynamic_sizes: Sequence[SSAValue], result_type: Attribute):
        super().__init__(operands=[dynamic_sizes], result_types=[result_type])

    @property
    def tensor(self) -> SSAValue:
        """The result, by the name that xDSL has for it."""
        return self.result

    @override
    def verify_(self) -> None:
        verify_dynamic_sizes(self.result.type, len(self.dynamic_sizes))


@irdl_op_definition
class BitcastOp(IRDLOperation):
    """The same bits with another element type of the same width."""

    name = "tensor.bitcast"
    source = operand_def(ANY_TENSOR)
    dest = result_def(ANY_TENSOR)
    assembly_format = "$source attr-dict `:` type($source) `to` type($dest)"
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        source, dest = self.source.type, self.dest.type
        same_bits = bit_width(element_type(source)) == bit_width(element_type(dest))
        if not may_be_same_shape(source, dest) or not same_bits:
            raise VerifyException(f"operand type '{source}' and result type '{dest}' are cast incompatible")


@irdl_op_definition
class RankOp(IRDLOperation, OpAsmOpInterface):
    """The number of dimensions."""

    name = "tensor.rank"
    RESULT_NAMES: ClassVar = ("rank",)
    tensor = operand_def(ANY_TENSOR)
    result = result_def(IndexType())
    assembly_format = "attr-dict $tensor `:` type($tensor)"
    traits = traits_def(Pure())


@irdl_op_definition
class GenerateOp(RegionRules, IRDLOperation, OpAsmOpInterface):
    """A tensor of which `body` computes each element from its indices; one operand per dynamic dimension."""

    name = "tensor.generate"
    RESULT_NAMES: ClassVar = ("generated",)
    dynamic_extents = var_operand_def(IndexType())
    result = result_def(ANY_RANKED_TENSOR)
    body = region_def("single_block")
    assembly_format = "$dynamic_extents $body attr-dict `:` type($result)"
    traits = traits_def(RecursiveMemoryEffect())

    @override
    def verify_(self) -> None:
        shape = shape_of(self.result.type) or ()
        if shape.count(DYNAMIC_INDEX) != len(self.dynamic_extents):
            raise VerifyException("must have as many index operands as dynamic extents in the result type")
        if list(self.body.block.arg_types) != [IndexType()] * len(shape):
            raise VerifyException("must have one body argument per input dimension")

    @override
    def verify_regions(self) -> None:
        last = self.body.block.last_op
        if not isinstance(last, YieldOp):
            raise VerifyException("body must be terminated with a `yield` operation")
        if last.value.type != element_type(self.result.type):
            raise VerifyException("body must be terminated with a `yield` operation of the tensor element type")


@irdl_op_definition
class YieldOp(IRDLOperation):
    """Ends the body of a `tensor.generate` or `tensor.pad` with the element."""

    name = "tensor.yield"
    value = operand_def(AnyAttr())
    assembly_format = "$value attr-dict `:` type($value)"
    traits = traits_def(ParentOneOf(("tensor.generate", "tensor.pad")), IsTerminator(), Pure())


@irdl_op_definition
class PadOp(IRDLOperation, OpAsmOpInterface):
    """A tensor with elements around it, which `region` computes from their indices."""

    name = "tensor.pad"
    RESULT_NAMES: ClassVar = ("padded",)
    source = operand_def(ANY_RANKED_TENSOR)
    low = var_operand_def(IndexType())
    high = var_operand_def(IndexType())
    static_low = prop_def(INDEX_ARRAY)
    static_high = prop_def(INDEX_ARRAY)
    nofold = opt_prop_def(UnitAttr)
    region = region_def("single_block")
    result = result_def(ANY_RANKED_TENSOR)
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (DynamicIndexList,)
    assembly_format = (
        "$source (`nofold` $nofold^)? `low` `` custom<DynamicIndexList>($low, $static_low) "
        "`high` `` custom<DynamicIndexList>($high, $static_high) $region attr-dict `:` type($source) `to` type($result)"
    )
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        source, shape = shape_of(self.source.type) or (), shape_of(self.result.type) or ()
        if {len(self.static_low), len(self.static_high)} != {len(source)}:
            specified = f"specified resultType is '{self.result.type}'"
            raise PlainDefect(f"failed to infer expectedType from sourceType '{self.source.type}', {specified}")
        wanted = self.padded_shape(source)
        if len(shape) != len(wanted) or any(
            to not in (size, DYNAMIC_INDEX) for size, to in zip(shape, wanted, strict=True)
        ):
            inferred = TensorType(element_type(self.source.type), wanted)
            raise PlainDefect(f"specified type '{self.result.type}' does not match the inferred type '{inferred}'")
        if len(self.region.block.args) != len(shape):
            raise PlainDefect(f"expected the block to have {len(shape)} arguments")
        for number, argument in enumerate(self.region.block.args, 1):
            if argument.type != IndexType():
                raise VerifyException(f"expected block argument {number} to be an index")
        last = self.region.block.last_op
        if isinstance(last, YieldOp) and last.value.type != element_type(self.result.type):
            raise VerifyException("expected yield type to match shape element type")

    def padded_shape(self, shape: Sequence[int]) -> list[int]:
        """What becomes of a shape, as far as the paddings are numbers. MLIR: PadOp::inferResultType."""
        parts = zip(shape, self.static_low.get_values(), self.static_high.get_values(), strict=True)
        return [DYNAMIC_INDEX if DYNAMIC_INDEX in part else sum(part) for part in parts]


def _is_coordinates(type_: Attribute) -> bool:
    return isinstance(type_, TensorType) and is_signless_integer_or_index(element_type(type_))


_COORDINATES = TypeIs("ranked tensor of signless integer or index values", _is_coordinates, (TensorType,))


def _verify_coordinates(name: str, dims: Sequence[int], rank: int, whole: str, indices: Attribute) -> None:
    """The dimensions that coordinates are of. MLIR: TensorOps.cpp, verifyGatherOrScatterDims.

    Args:
        name: what `dims` is called.
        dims: the dimensions.
        rank: that of the tensor which the coordinates point into.
        whole: what that tensor is called.
        indices: the type of the coordinates.
    """
    if not dims:
        raise VerifyException(f"{name} must be non-empty")
    if len(dims) > rank:
        raise VerifyException(f"{name} overflow {whole} rank")
    if tuple(shape_of(indices) or ())[-1:] != (len(dims),):
        raise VerifyException(f"{name} length must match the size of last dimension of indices")
    for dim in dims:
        if dim < 0:
            raise VerifyException(f"{name} value must be non-negative")
        if dim >= rank:
            raise VerifyException(f"{name} value must be smaller than {whole} rank")
    if any(one >= other for one, other in pairwise(dims)):
        raise VerifyException(f"{name} values must be strictly increasing")


def _verify_slices(name: str, given: Attribute, whole: Attribute, indices: Attribute, dims: Sequence[int]) -> None:
    """The tensor of all slices, which may lack the dimensions of coordinates. MLIR: TensorOps.cpp, GatherOp::inferResultType."""
    shape, element = shape_of(whole) or (), element_type(whole)
    outer = (shape_of(indices) or ())[:-1]
    full = TensorType(element, [*outer, *(1 if n in dims else size for n, size in enumerate(shape))])
    reduced = TensorType(element, [*outer, *(size for n, size in enumerate(shape) if n not in dims)])
    if given not in (full, reduced):
        types = f"expected '{full}' or its rank-reduced variant '{reduced}' (got: '{given}')"
        raise VerifyException(f"{name} type mismatch: {types}")


@irdl_op_definition
class GatherOp(IRDLOperation, OpAsmOpInterface):
    """Slices of the source, at the coordinates in the last dimension of the indices."""

    name = "tensor.gather"
    RESULT_NAMES: ClassVar = ("gather",)
    source = operand_def(ANY_RANKED_TENSOR)
    indices = operand_def(_COORDINATES)
    gather_dims = prop_def(INDEX_ARRAY)
    unique = opt_prop_def(UnitAttr)
    result = result_def(ANY_RANKED_TENSOR)
    assembly_format = (
        "$source `[` $indices `]` `gather_dims` `(` $gather_dims `)` (`unique` $unique^)? attr-dict `:` "
        "functional-type(operands, results)"
    )
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        dims, source = self.gather_dims.get_values(), self.source.type
        _verify_coordinates("gather_dims", dims, len(shape_of(source) or ()), "source", self.indices.type)
        _verify_slices("result", self.result.type, source, self.indices.type, dims)


@irdl_op_definition
class ScatterOp(IRDLOperation, OpAsmOpInterface):
    """The destination with slices of the source at the coordinates in the last dimension of the indices."""

    name = "tensor.scatter"
    RESULT_NAMES: ClassVar = ("scatter",)
    source = operand_def(ANY_RANKED_TENSOR)
    dest = operand_def(ANY_RANKED_TENSOR)
    indices = operand_def(_COORDINATES)
    scatter_dims = prop_def(INDEX_ARRAY)
    unique = opt_prop_def(UnitAttr)
    result = result_def(ANY_RANKED_TENSOR)
    assembly_format = (
        "$source `into` $dest `[` $indices `]` `scatter_dims` `(` $scatter_dims `)` (`unique` $unique^)? attr-dict `:` "
        "functional-type(operands, results)"
    )
    traits = traits_def(Pure())

    @override
    def verify_(self) -> None:
        dims, dest = self.scatter_dims.get_values(), self.dest.type
        _verify_coordinates("scatter_dims", dims, len(shape_of(dest) or ()), "dest", self.indices.type)
        if self.unique is None:
            raise VerifyException("requires 'unique' attribute to be set")
        _verify_slices("source", self.source.type, dest, self.indices.type, dims)
