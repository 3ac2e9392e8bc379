"""Kernels between tensors and buffers, and how they are launched. IREE: IREECodegenOps.td, UKernelOps.td."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    AffineMapAttr,
    ArrayAttr,
    DenseArrayBase,
    DictionaryAttr,
    FlatSymbolRefAttrConstr,
    IndexType,
    IntegerAttr,
    MemRefType,
    StringAttr,
    TensorType,
    UnrankedTensorType,
    i64,
)
from xdsl.ir import Attribute, Operation, TypeAttribute
from xdsl.ir.affine import AffineBinaryOpExpr, AffineBinaryOpKind
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    VarConstraint,
    operand_def,
    opt_prop_def,
    prop_def,
    region_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.irdl.declarative_assembly_format import AttributeVariable, VariadicOperandVariable, irdl_custom_directive
from xdsl.parser import Parser
from xdsl.traits import (
    EffectInstance,
    IsTerminator,
    MemoryEffect,
    MemoryEffectKind,
    MemoryReadEffect,
    MemoryWriteEffect,
    Pure,
    ReturnLike,
)
from xdsl.utils.exceptions import VerifyException
from xdsl.utils.hints import isa

from iree_explorer.ir.assembly.format_directives import ImplicitTerminatorRegion
from iree_explorer.ir.assembly.index_lists import DynamicIndexList
from iree_explorer.ir.attribute_constraints import AttributeIs
from iree_explorer.ir.block_traits import SingleBlockImplicitTerminator
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces.control_flow import RegionBranchTerminatorOpInterface, RegionRules
from iree_explorer.ir.isolation import IsolatedFromAbove
from iree_explorer.ir.type_constraints import ANY_RANKED_TENSOR, TypeIs, are_compatible_shapes, element_type, shape_of


def _are_integer_arrays(attribute: Attribute) -> bool:
    return isa(attribute, ArrayAttr[ArrayAttr[IntegerAttr]]) and all(
        number.type == i64 for row in attribute for number in row
    )


def _is_strided(type_: Attribute) -> bool:
    """Whether elements of a buffer stand at sums of products. # MLIR: BuiltinTypes.cpp, MemRefType::getStridesAndOffset."""
    if not isinstance(type_, MemRefType) or not isinstance(type_.layout, AffineMapAttr):
        return isinstance(type_, MemRefType)
    place, *others = type_.layout.data.results
    operations = [each.kind for each in place.dfs() if isinstance(each, AffineBinaryOpExpr)]
    return not others and all(kind in (AffineBinaryOpKind.Add, AffineBinaryOpKind.Mul) for kind in operations)


INDEX = IndexType()
STRIDED_MEMREF = TypeIs("strided memref of any non-token type values", _is_strided, (MemRefType,))
TENSOR_OR_MEMREF = TypeIs(
    "ranked tensor or memref of any type", lambda type_: isinstance(type_, TensorType | MemRefType)
)
TENSOR_TYPE = AttributeIs(
    "Tensor type attribute", lambda type_: isinstance(type_, TensorType | UnrankedTensorType), stored=TypeAttribute
)
STRIDED_DIMS = AttributeIs("Array of 64-bit integer array attributes", _are_integer_arrays, stored=ArrayAttr)


def _have_same_shape(tensor: Attribute, buffer: Attribute) -> bool:
    """Whether a buffer may hold a tensor: shapes may be the same, elements are."""
    one, other = shape_of(tensor), shape_of(buffer)
    return (
        one is not None
        and other is not None
        and are_compatible_shapes(one, other)
        and element_type(tensor) == element_type(buffer)
    )


@irdl_op_definition
class LoadFromBufferOp(IRDLOperation):
    """What stands in a buffer, as a tensor."""

    name = "iree_codegen.load_from_buffer"

    buffer = operand_def(STRIDED_MEMREF)
    tensor = result_def(ANY_RANKED_TENSOR)

    traits = traits_def(MemoryReadEffect())
    assembly_format = "$buffer attr-dict `:` type($buffer) `->` type($tensor)"

    @override
    def verify_(self) -> None:
        # IREE: IREECodegenOps.cpp, LoadFromBufferOp::verify
        if not _have_same_shape(self.tensor.type, self.buffer.type):
            raise VerifyException("buffer and tensor shapes must be compatible and element types must match")


@irdl_op_definition
class StoreToBufferOp(IRDLOperation):
    """Writes a tensor to a buffer."""

    name = "iree_codegen.store_to_buffer"

    tensor = operand_def(ANY_RANKED_TENSOR)
    buffer = operand_def(STRIDED_MEMREF)

    traits = traits_def(MemoryWriteEffect())
    assembly_format = "$tensor `,` $buffer attr-dict `:` type($tensor) `into` type($buffer)"

    @override
    def verify_(self) -> None:
        # IREE: IREECodegenOps.cpp, StoreToBufferOp::verify
        if not _have_same_shape(self.tensor.type, self.buffer.type):
            raise VerifyException("tensor and buffer shapes must be compatible and element types must match")


@irdl_op_definition
class FusionBarrierOp(IRDLOperation):
    """The tensor, which no fusion looks through."""

    name = "iree_codegen.fusion_barrier"

    T: ClassVar = VarConstraint("T", ANY_RANKED_TENSOR)

    source = operand_def(T)
    result = result_def(T)

    traits = traits_def(Pure())
    assembly_format = "attr-dict $source `:` type($result)"


@irdl_op_definition
class QueryTileSizesOp(IRDLOperation):
    """The sizes of the tiles in which a tensor of a type is stored."""

    name = "iree_codegen.query_tile_sizes"

    tensor_type = prop_def(TENSOR_TYPE)
    results_ = var_result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "attr-dict $tensor_type `->` type($results_)"


@irdl_op_definition
class YieldOp(IRDLOperation, RegionBranchTerminatorOpInterface):
    """Ends a region with values."""

    name = "iree_codegen.yield"

    operands_ = var_operand_def()

    traits = traits_def(Pure(), ReturnLike(), IsTerminator())
    assembly_format = "attr-dict ($operands_^ `:` type($operands_))?"


@irdl_op_definition
class DispatchConfigOp(IRDLOperation, RegionRules):
    """The grid in which a kernel is launched: its region yields the number of workgroups in three dimensions."""

    name = "iree_codegen.dispatch_config"

    function_ref = prop_def(FlatSymbolRefAttrConstr)
    workgroup_size = opt_prop_def(DenseArrayBase.constr(i64))
    subgroup_size = opt_prop_def(IntegerAttr.constr(type=i64))
    workgroup_local_memory = opt_prop_def(IntegerAttr[IndexType])
    body = region_def("single_block")

    traits = traits_def(IsolatedFromAbove(), SingleBlockImplicitTerminator(YieldOp))
    custom_directives = (ImplicitTerminatorRegion,)
    assembly_format = (
        "$function_ref (`workgroup_size` `=` $workgroup_size^)? (`subgroup_size` `=` $subgroup_size^)? "
        "(`workgroup_local_memory` `=` $workgroup_local_memory^)? custom<ImplicitTerminatorRegion>($body) attr-dict"
    )

    @override
    def verify_(self) -> None:
        # IREE: IREECodegenOps.cpp, DispatchConfigOp::verify
        if self.workgroup_size is not None and not 1 <= len(self.workgroup_size) <= 3:
            raise VerifyException(f"workgroup_size must have 1 to 3 entries, got {len(self.workgroup_size)}")

    @override
    def verify_regions(self) -> None:
        # IREE: IREECodegenOps.cpp, DispatchConfigOp::verifyRegions
        last = self.body.block.last_op
        types = () if last is None else last.operand_types
        if len(types) != 3:
            raise VerifyException(
                f"expected terminator to yield exactly 3 operands (workgroup count x, y, z), got {len(types)}"
            )
        for number, type_ in enumerate(types):
            if type_ != INDEX:
                raise VerifyException(f"expected terminator operand #{number} to be index type, got '{type_}'")


@irdl_custom_directive
class SizesInParens(DynamicIndexList):
    """`(4, %size)`."""

    dynamic_position: VariadicOperandVariable
    static_position: AttributeVariable

    DELIMITER: ClassVar = Parser.Delimiter.PAREN


@irdl_op_definition
class WorkgroupCountHintOp(IRDLOperation):
    """How many workgroups the kernel that it stands in should be launched in."""

    name = "iree_codegen.workgroup_count_hint"

    sizes = var_operand_def(INDEX)
    static_sizes = prop_def(DenseArrayBase.constr(i64))

    custom_directives = (SizesInParens,)
    assembly_format = "`` custom<SizesInParens>($sizes, $static_sizes) attr-dict"


class _UKernelEffects(MemoryEffect):
    """Buffers among the operands are read, those among the outputs written. IREE: UKernelOps.cpp, getEffects."""

    @classmethod
    @override
    def get_effects(cls, op: Operation) -> AbstractSet[EffectInstance]:
        assert isinstance(op, UKernelGenericOp)
        kinds: set[MemoryEffectKind] = set()
        if any(isinstance(type_, MemRefType) for type_ in op.operand_types):
            kinds.add(MemoryEffectKind.READ)
        if any(isinstance(output.type, MemRefType) for output in op.outputs):
            kinds.add(MemoryEffectKind.WRITE)
        return {EffectInstance(kind) for kind in kinds}


@irdl_op_definition
class UKernelGenericOp(IRDLOperation):
    """Calls a microkernel by name; each output that is a tensor gives a result."""

    name = "iree_codegen.ukernel.generic"

    u_kernel_fn_name = prop_def(StringAttr)
    inputs = var_operand_def()
    outputs = var_operand_def(TENSOR_OR_MEMREF)
    other_operands = var_operand_def()
    fn_def_attrs = opt_prop_def(DictionaryAttr)
    strided_dims = opt_prop_def(STRIDED_DIMS)
    results_ = var_result_def()

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(_UKernelEffects())
    assembly_format = (
        "attr-dict $u_kernel_fn_name (`ins` `(` $inputs^ `:` type($inputs) `)`)? "
        "(`outs` `(` $outputs^ `:` type($outputs) `)`)? (`(` $other_operands^ `:` type($other_operands) `)`)? "
        "(`fn_def_attrs` $fn_def_attrs^)? (`strided_dims` `(` $strided_dims^ `)`)? (`->` type($results_)^)?"
    )
