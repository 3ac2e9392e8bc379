"""Ops of `iree_linalg_ext` that read or write at computed places: `scatter`, `gather`, `map_load`, `map_store`.

Source of all facts: IREE LinalgExtOps.td; of the rules: LinalgExtOps.cpp, verifyGatherScatter and the ops' verify.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import AnyFloat, BoolAttr, ComplexType, DenseArrayBase, IndexType, IntegerType, i1, i8, i64
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import AnyAttr, operand_def, opt_operand_def, prop_def, region_def, var_result_def
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.iree_linalg_ext.base import (
    LinalgExtOp,
    only_block,
    yielded,
)
from iree_explorer.ir.defects import NestedDefect
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import ANY_SHAPED, are_compatible_shapes, element_type, shape_of

INDEX_ARRAY = DenseArrayBase.constr(i64)


class IndexedOp(LinalgExtOp):
    """A gather or scatter: of slices that have the batch dimensions of the indices, then those of a slice of the whole."""

    def verify_slices(self, name: str, whole: SSAValue, slices_name: str, slices: SSAValue) -> None:
        """Checks the shapes. IREE: verifyGatherScatter."""
        indices, depth = self._checked_indices(), self._checked_depth()
        shape, theirs = shape_of(whole.type) or (), shape_of(slices.type) or ()
        slice_rank = len(shape) - depth
        batch = len(theirs) - slice_rank
        if slice_rank < 0 or batch < 0:
            raise VerifyException(f"expected {slices_name} to be at least the rank of non indexed {name} dims")
        if len(indices) != batch + 1 and (len(indices) != batch or depth != 1):
            raise VerifyException("expected indices to be equal to batch rank or batch rank + 1")
        for dim in range(batch):
            if indices[dim] != theirs[dim]:
                raise VerifyException(f"mismatch in shape of indices and {slices_name} value at dim#{dim}")
        self._verify_mask(theirs[:batch])
        for dim, (ours, its) in enumerate(zip(shape[depth:], theirs[batch:], strict=True)):
            if not are_compatible_shapes((ours,), (its,)):
                raise VerifyException(
                    f"shape of {slices_name} value dim#{dim + batch} must match {name} value at dim#{dim + depth}"
                )

    def _checked_indices(self) -> tuple[int, ...]:
        indices = self.operands[1].type
        shape = shape_of(indices)
        if not shape or not isinstance(element_type(indices), IntegerType | IndexType):
            raise VerifyException("expected indices to be of rank 1 or greater and of integer or index element type")
        return shape

    def _checked_depth(self) -> int:
        """How many dimensions of the whole are indexed."""
        dimension_map = self.properties["dimension_map"]
        assert isinstance(dimension_map, DenseArrayBase)
        dims = dimension_map.get_values()
        if sorted(dims) != list(range(len(dims))):
            raise VerifyException("dimension map is invalid.")
        if not dims:
            raise VerifyException("dimension map must have at least one element")
        return len(dims)

    def _verify_mask(self, batch: Sequence[int]) -> None:
        mask = self.operands[2].type if len(self.operands) == 4 else None
        if mask is None:
            return
        if element_type(mask) not in (i1, i8):
            raise VerifyException("expected mask to have i1 or storage-legalized i8 element type")
        shape = shape_of(mask) or ()
        if len(shape) != len(batch):
            raise VerifyException("expected mask rank to match batch rank")
        for dim, (ours, theirs) in enumerate(zip(shape, batch, strict=True)):
            if not are_compatible_shapes((ours,), (theirs,)):
                raise VerifyException(f"mask shape must match batch dimensions at dim#{dim}")


@irdl_op_definition
class ScatterOp(IndexedOp):
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
    def verify_rules(self) -> None:
        self.verify_slices("original", self.original, "update", self.updates)
        self._verify_combination()

    def _verify_combination(self) -> None:
        arguments = only_block(self.region).arg_types
        if len(arguments) != 2:
            raise VerifyException("expected region to have two arguments")
        if not all(is_number(argument) for argument in arguments):
            raise VerifyException("expected region to have scalar argument of integer or float types")
        for number, (argument, (name, value)) in enumerate(
            zip(arguments, (("update", self.updates), ("original", self.original)), strict=True)
        ):
            element = element_type(value.type)
            if argument != element:
                raise VerifyException(
                    f"mismatch in argument {number} of region '{argument}' and element type of {name} value '{element}'"
                )
        if arguments[0] != arguments[1]:
            raise VerifyException(f"mismatch in region argument types '{arguments[0]}' and '{arguments[1]}'")
        values = yielded(self.region)
        last = only_block(self.region).last_op
        assert last is not None
        if len(values) != 1:
            raise NestedDefect(last, "expected region to yield a single value")
        if values[0].type != arguments[0]:
            words = f"mismatch in type of yielded value '{values[0].type}' and argument of the region '{arguments[0]}'"
            raise NestedDefect(last, words)


def is_number(type_: Attribute) -> bool:
    """An integer, a float, or a complex number of such."""
    if isinstance(type_, ComplexType):
        type_ = type_.element_type
    return isinstance(type_, IntegerType | AnyFloat)


@irdl_op_definition
class GatherOp(IndexedOp):
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
    def verify_rules(self) -> None:
        self.verify_slices("source", self.source, "output", self.output)


class MappedOp(LinalgExtOp):
    """An op of which the region turns indices into other indices.

    Attributes:
        YIELDS: what the region yields, and
        EXTRA: what type the last value has, in the words of the errors.
    """

    YIELDS: ClassVar[str]
    EXTRA: ClassVar[str]

    def verify_transformation(self, side: str, rank: int, yields: int, extra: Attribute) -> None:
        """Checks a region of `rank` indices, of the `input` or `output`, that yields `yields` of them and one value of type `extra`."""
        region = self.regions[0]
        arguments = only_block(region).arg_types
        if len(arguments) != rank:
            raise VerifyException(f"expected number of block arguments to be equal to the {side} rank")
        if not all(isinstance(argument, IndexType) for argument in arguments):
            raise VerifyException("expected block arguments to be index types")
        last = region.block.last_op
        assert last is not None
        values = yielded(region)
        if len(values) != yields + 1:
            raise NestedDefect(last, f"expected transformation_region to yield a value for each {self.YIELDS}")
        if any(not isinstance(value.type, IndexType) for value in values[:-1]):
            raise NestedDefect(last, "expected yielded indices to be index types")
        if values[-1].type != extra:
            raise NestedDefect(last, f"expected yielded {self.EXTRA}")


@irdl_op_definition
class MapLoadOp(MappedOp):
    """Reads each element of the output from where the region says, or takes the padding that it yields."""

    YIELDS: ClassVar = "source dimension and a padding value"
    EXTRA: ClassVar = "padding value type to match source element type"

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
    def verify_rules(self) -> None:
        if element_type(self.source.type) != element_type(self.output.type):
            raise VerifyException("expected source and output element types to match")
        self.verify_transformation(
            "output",
            len(shape_of(self.output.type) or ()),
            len(shape_of(self.source.type) or ()),
            element_type(self.output.type),
        )


@irdl_op_definition
class MapStoreOp(MappedOp):
    """Writes each element of the input to where the region says, if the mask that it yields is set."""

    YIELDS: ClassVar = "output dimension and a mask"
    EXTRA: ClassVar = "mask to be i1 type"

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
    def verify_rules(self) -> None:
        if element_type(self.input.type) != element_type(self.output.type):
            raise VerifyException("expected input and output element types to match")
        if not shape_of(self.input.type):
            raise VerifyException("expected input type to have non-zero rank")
        self.verify_transformation(
            "input", len(shape_of(self.input.type) or ()), len(shape_of(self.output.type) or ()), i1
        )
