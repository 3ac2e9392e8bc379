"""Ops of the `tensor` dialect on parts of tensors. MLIR: TensorOps.td, TensorOps.cpp."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from typing_extensions import override
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import VarConstraint, operand_def, result_def, traits_def
from xdsl.traits import Pure

from iree_explorer.ir.assembly.index_lists import DynamicIndexList
from iree_explorer.ir.defects import PlainDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface
from iree_explorer.ir.interfaces.control_flow import ParallelCombiningOpInterface
from iree_explorer.ir.interfaces.slices import OffsetSizeAndStrideOpInterface, verify_in_bounds, verify_part_type
from iree_explorer.ir.type_constraints import ANY_RANKED_TENSOR, element_type, shape_of

_PLACE = (
    "custom<DynamicIndexList>($offsets, $static_offsets) custom<DynamicIndexList>($sizes, $static_sizes) "
    "custom<DynamicIndexList>($strides, $static_strides) attr-dict"
)


class SliceOp(OffsetSizeAndStrideOpInterface):
    """An op on a part of a tensor that is a tensor, too."""

    custom_directives = (DynamicIndexList,)

    @property
    @abstractmethod
    def whole_and_part(self) -> tuple[Attribute, Attribute]:
        """The types of both tensors."""

    @property
    @override
    def sliced_rank(self) -> int:
        return len(shape_of(self.whole_and_part[0]) or ())

    @override
    def verify_(self) -> None:
        whole, part = self.whole_and_part
        verify_part_type(self.static_sizes.get_values(), element_type(whole), part)
        verify_in_bounds(self, shape_of(whole) or ())


@irdl_op_definition
class ExtractSliceOp(SliceOp, OpAsmOpInterface):
    """A part of a tensor."""

    name = "tensor.extract_slice"
    RESULT_NAMES: ClassVar = ("extracted_slice",)
    source = operand_def(ANY_RANKED_TENSOR)
    result = result_def(ANY_RANKED_TENSOR)
    assembly_format = f"$source `` {_PLACE} `:` type($source) `to` type($result)"
    traits = traits_def(Pure())

    @property
    @override
    def whole_and_part(self) -> tuple[Attribute, Attribute]:
        return self.source.type, self.result.type


@irdl_op_definition
class InsertSliceOp(SliceOp, OpAsmOpInterface):
    """A tensor with a part of it replaced."""

    T: ClassVar = VarConstraint("T", ANY_RANKED_TENSOR)

    name = "tensor.insert_slice"
    RESULT_NAMES: ClassVar = ("inserted_slice",)
    source = operand_def(ANY_RANKED_TENSOR)
    dest = operand_def(T)
    result = result_def(T)
    assembly_format = f"$source `into` $dest `` {_PLACE} `:` type($source) `into` type($dest)"
    traits = traits_def(Pure())

    @property
    @override
    def whole_and_part(self) -> tuple[Attribute, Attribute]:
        return self.dest.type, self.source.type


@irdl_op_definition
class ParallelInsertSliceOp(SliceOp, ParallelCombiningOpInterface):
    """In a `scf.forall.in_parallel`: where an iteration's slice belongs in a shared output."""

    name = "tensor.parallel_insert_slice"
    source = operand_def(ANY_RANKED_TENSOR)
    dest = operand_def(ANY_RANKED_TENSOR)
    assembly_format = f"$source `into` $dest `` {_PLACE} `:` type($source) `into` type($dest)"

    @property
    @override
    def whole_and_part(self) -> tuple[Attribute, Attribute]:
        return self.dest.type, self.source.type

    @property
    @override
    def updated_destination(self) -> SSAValue:
        return self.dest

    @override
    def verify_(self) -> None:
        around = self.parent_op()
        if around is None or around.name != "scf.forall.in_parallel":
            raise PlainDefect("expected InParallelOpInterface parent, got:")
        super().verify_()
