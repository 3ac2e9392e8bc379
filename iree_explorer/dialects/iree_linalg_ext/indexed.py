"""Ops of `iree_linalg_ext` that read or write at computed places: `scatter`, `gather`, `map_load`, `map_store`.

Source of all facts: IREE LinalgExtOps.td; of the rules: LinalgExtOps.cpp, verifyGatherScatter and the ops' verify.
"""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, BoolAttr, DenseArrayBase, IndexType, i1, i64
from xdsl.ir import SSAValue
from xdsl.irdl import AnyAttr, operand_def, opt_operand_def, prop_def, region_def, var_result_def
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.definition import irdl_op_definition
from iree_explorer.dialects.iree_linalg_ext.base import (
    LinalgExtOp,
    only_block,
    verify_arguments,
    verify_yields,
    yielded,
)
from iree_explorer.dialects.type_constraints import ANY_SHAPED, element_type, shape_of

INDEX_ARRAY = DenseArrayBase.constr(i64)


def _verify_indices(
    name: str, indexed: SSAValue, slices_name: str, slices: SSAValue, indices: SSAValue, dimension_map: Sequence[int]
) -> None:
    """Checks a gather or scatter: `slices` has the batch dimensions of `indices` and then those of a slice of `indexed`."""
    indexed_shape, slices_shape = shape_of(indexed.type) or (), shape_of(slices.type) or ()
    indices_shape, depth = shape_of(indices.type) or (), len(dimension_map)
    if not indices_shape or element_type(indices.type) == i1:
        raise VerifyException("expected indices to be of rank 1 or greater and of integer or index type")
    if not depth:
        raise VerifyException("dimension map must have at least one element")
    if sorted(dimension_map) != list(range(depth)):
        raise VerifyException("dimension map is invalid.")
    if element_type(indexed.type) != element_type(slices.type):
        raise VerifyException(f"expected {name} and {slices_name} element types to match")
    batch = len(slices_shape) - (len(indexed_shape) - depth)
    if batch < 0 or len(indices_shape) not in (batch, batch + 1):
        raise VerifyException(f"expected indices to be equal to batch rank or batch rank + 1: {batch}")
    for dim, (ours, theirs) in enumerate(zip(indices_shape[:batch], slices_shape[:batch], strict=True)):
        if DYNAMIC_INDEX not in (ours, theirs) and ours != theirs:
            raise VerifyException(f"mismatch in shape of indices and {slices_name} value at dim#{dim}")


@irdl_op_definition
class ScatterOp(LinalgExtOp):
    """Combines slices of `updates` with the slices of `original` at the places `indices`, by the region."""

    name = "iree_linalg_ext.scatter"
    updates = operand_def(ANY_SHAPED)
    indices = operand_def(ANY_SHAPED)
    mask = opt_operand_def(ANY_SHAPED)
    original = operand_def(ANY_SHAPED)
    dimension_map = prop_def(INDEX_ARRAY)
    unique_indices = prop_def(BoolAttr)
    results_ = var_result_def(AnyAttr())
    region = region_def("single_block")
    assembly_format = (
        "attr-dict `dimension_map` `=` $dimension_map `unique_indices` `(` $unique_indices `)` "
        "`ins` `(` $updates `,` $indices (`,` $mask^)? `:` type($updates) `,` type($indices) (`,` type($mask)^)? `)` "
        "`outs` `(` $original `:` type($original) `)` $region (`->` type($results_)^)?"
    )

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return (self.original,)

    @override
    def verify_(self) -> None:
        self.verify_results()
        _verify_indices(
            "original", self.original, "update", self.updates, self.indices, self.dimension_map.get_values()
        )
        element = element_type(self.updates.type)
        verify_arguments(self.region, [element, element])
        verify_yields(self.region, [element])


@irdl_op_definition
class GatherOp(LinalgExtOp):
    """The slices of `source` at the places `indices`."""

    name = "iree_linalg_ext.gather"
    source = operand_def(ANY_SHAPED)
    indices = operand_def(ANY_SHAPED)
    mask = opt_operand_def(ANY_SHAPED)
    output = operand_def(ANY_SHAPED)
    dimension_map = prop_def(INDEX_ARRAY)
    results_ = var_result_def(AnyAttr())
    assembly_format = (
        "attr-dict `dimension_map` `=` $dimension_map "
        "`ins` `(` $source `,` $indices (`,` $mask^)? `:` type($source) `,` type($indices) (`,` type($mask)^)? `)` "
        "`outs` `(` $output `:` type($output) `)` (`->` type($results_)^)?"
    )

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return (self.output,)

    @override
    def verify_(self) -> None:
        self.verify_results()
        _verify_indices("source", self.source, "result", self.output, self.indices, self.dimension_map.get_values())


class MappedOp(LinalgExtOp):
    """An op of which the region turns indices into other indices."""

    def verify_transformation(self, rank: int, yields: int) -> None:
        """Checks a region of `rank` indices that yields `yields` indices and one more value."""
        region = self.regions[0]
        if list(only_block(region).arg_types) != [IndexType()] * rank:
            raise VerifyException("expected number of block arguments to be equal to the rank, all of index type")
        values = yielded(region)
        if len(values) != yields + 1:
            raise VerifyException("expected transformation_region to yield one index per dimension and one more value")
        if any(not isinstance(value.type, IndexType) for value in values[:-1]):
            raise VerifyException("expected yielded indices to be index types")


@irdl_op_definition
class MapLoadOp(MappedOp):
    """Reads each element of the output from where the region says, or takes the padding that it yields."""

    name = "iree_linalg_ext.map_load"
    source = operand_def(ANY_SHAPED)
    output = operand_def(ANY_SHAPED)
    results_ = var_result_def(AnyAttr())
    transformation_region = region_def("single_block")
    assembly_format = (
        "attr-dict $source `into` $output $transformation_region "
        "`:` type($source) `into` type($output) (`->` type($results_)^)?"
    )

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return (self.output,)

    @override
    def verify_(self) -> None:
        self.verify_results()
        if element_type(self.source.type) != element_type(self.output.type):
            raise VerifyException("expected source and output element types to match")
        self.verify_transformation(len(shape_of(self.output.type) or ()), len(shape_of(self.source.type) or ()))
        if yielded(self.transformation_region)[-1].type != element_type(self.output.type):
            raise VerifyException("expected yielded padding value type to match output element type")


@irdl_op_definition
class MapStoreOp(MappedOp):
    """Writes each element of the input to where the region says, if the mask that it yields is set."""

    name = "iree_linalg_ext.map_store"
    input = operand_def(ANY_SHAPED)
    output = operand_def(ANY_SHAPED)
    results_ = var_result_def(AnyAttr())
    transformation_region = region_def("single_block")
    assembly_format = (
        "attr-dict $input `into` $output $transformation_region "
        "`:` type($input) `into` type($output) (`->` type($results_)^)?"
    )

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return (self.output,)

    @override
    def verify_(self) -> None:
        self.verify_results()
        if element_type(self.input.type) != element_type(self.output.type):
            raise VerifyException("expected input and output element types to match")
        self.verify_transformation(len(shape_of(self.input.type) or ()), len(shape_of(self.output.type) or ()))
        if yielded(self.transformation_region)[-1].type != i1:
            raise VerifyException("expected yielded mask to be i1 type")
