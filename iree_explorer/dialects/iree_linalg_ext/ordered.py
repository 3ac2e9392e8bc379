"""Ops of `iree_linalg_ext` along one dimension: `sort`, `scan`, `topk`, `topk_v2`, `arg_compare`.

Source of all facts: IREE LinalgExtOps.td; of the rules: the ops' verify in LinalgExtOps.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, BoolAttr, IndexType, IntegerAttr, IntegerType, UnitAttr, i1, i32, i64
from xdsl.ir import SSAValue
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    prop_def,
    region_def,
    var_operand_def,
    var_result_def,
)
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.iree_linalg_ext.base import (
    LinalgExtOp,
    only_block,
    verify_arguments,
    verify_yields,
    yielded,
)
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import ANY_SHAPED, are_compatible_shapes, element_type, shape_of

DIMENSION = IntegerAttr.constr(type=i64)


def _drop(shape: Sequence[int], dimension: int) -> tuple[int, ...]:
    return (*shape[:dimension], *shape[dimension + 1 :])


class OneDimensionOp(LinalgExtOp):
    """An op along `dimension` of its first operand."""

    def checked_dimension(self, value: SSAValue) -> int:
        """The dimension, which `value` has.

        Raises:
            VerifyException: it has not.
        """
        attribute = self.properties["dimension"]
        assert isinstance(attribute, IntegerAttr)
        rank, dimension = len(shape_of(value.type) or ()), attribute.value.data
        if not 0 <= dimension < rank:
            raise VerifyException(f"dimension must be within (0, {rank}]")
        return dimension


@irdl_op_definition
class SortOp(OneDimensionOp):
    """Sorts all outputs alike; the region compares two elements of each."""

    name = "iree_linalg_ext.sort"
    inputs = var_operand_def(AnyAttr())
    outputs = var_operand_def(ANY_SHAPED)
    dimension = prop_def(DIMENSION)
    results_ = var_result_def(AnyAttr())
    region = region_def("single_block")
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    assembly_format = (
        "attr-dict `dimension` `(` $dimension `)` (`ins` `(` $inputs^ `:` type($inputs) `)`)? "
        "`outs` `(` $outputs `:` type($outputs) `)` $region (`->` type($results_)^)?"
    )

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return self.outputs

    @override
    def verify_rules(self) -> None:
        if self.inputs:
            raise VerifyException("does not expect to take any inputs")
        if not self.outputs:
            raise VerifyException("expected at least one `outs` operand")
        self.checked_dimension(self.outputs[0])
        shape = shape_of(self.outputs[0].type) or ()
        for index, output in enumerate(self.outputs):
            theirs = shape_of(output.type) or ()
            if len(theirs) != len(shape):
                raise VerifyException(f"expected operand {index} to be rank {len(shape)}, same as other operands")
            if theirs != shape:
                raise VerifyException(f"expected operand {index} to have same shape as other operands")
        verify_arguments(self.region, [element_type(output.type) for output in self.outputs for _ in range(2)])
        verify_yields(self.region, [i1])


@irdl_op_definition
class ScanOp(OneDimensionOp):
    """Running combination along a dimension; the accumulator gets the last one."""

    name = "iree_linalg_ext.scan"
    input = operand_def(ANY_SHAPED)
    output = operand_def(ANY_SHAPED)
    accumulator = operand_def(ANY_SHAPED)
    dimension = prop_def(DIMENSION)
    inclusive = prop_def(BoolAttr)
    results_ = var_result_def(AnyAttr())
    region = region_def("single_block")
    assembly_format = (
        "attr-dict `dimension` `(` $dimension `)` `inclusive` `(` $inclusive `)` `ins` `(` $input `:` type($input) `)` "
        "`outs` `(` $output `,` $accumulator `:` type($output) `,` type($accumulator) `)` "
        "$region (`->` type($results_)^)?"
    )

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return self.output, self.accumulator

    @override
    def verify_rules(self) -> None:
        dimension = self.checked_dimension(self.input)
        if element_type(self.input.type) != element_type(self.accumulator.type):
            raise VerifyException("expected input/accumulator element types to be identical")
        shape = shape_of(self.input.type) or ()
        if _drop(shape, dimension) != shape_of(self.accumulator.type):
            raise VerifyException("incompatible input/accumulator shapes")
        if shape != shape_of(self.output.type):
            raise VerifyException("incompatible input/output shapes")
        element = element_type(self.output.type)
        verify_arguments(self.region, [element, element])
        verify_yields(self.region, [element])


class TopOp(OneDimensionOp):
    """The best values along a dimension."""

    def verify_values(self, values: SSAValue, output: SSAValue) -> None:
        """Checks dimension, elements and ranks of what is taken and given."""
        dimension = self.properties["dimension"]
        assert isinstance(dimension, IntegerAttr)
        if not 0 <= dimension.value.data < len(_shape(values)):
            raise VerifyException("dimension exceeds rank")
        if element_type(values.type) != element_type(output.type):
            raise VerifyException("expected input/output value types to be identical")
        if len(_shape(values)) != len(_shape(output)):
            raise VerifyException("expected input/output to have the same rank")

    def verify_comparison(self, types_words: str, end_words: str) -> None:
        """Checks the region, which compares two values."""
        block, element = only_block(self.regions[0]), element_type(self.operands[0].type)
        if len(block.args) != 2:
            raise VerifyException("region block should have 2 arguments")
        if any(argument.type != element for argument in block.args):
            raise VerifyException(types_words)
        if [value.type for value in yielded(self.regions[0])] != [i1]:
            raise VerifyException(end_words)


def _shape(value: SSAValue) -> tuple[int, ...]:
    return shape_of(value.type) or ()


def _are_alike(one: SSAValue, other: SSAValue) -> bool:
    """Whether two values may have the same shape."""
    return are_compatible_shapes(_shape(one), _shape(other))


@irdl_op_definition
class TopkOp(TopOp):
    """The best values along a dimension and their indices."""

    name = "iree_linalg_ext.topk"
    values = operand_def(ANY_SHAPED)
    indices = opt_operand_def(ANY_SHAPED)
    output_values = operand_def(ANY_SHAPED)
    output_indices = operand_def(ANY_SHAPED)
    dimension = prop_def(DIMENSION)
    results_ = var_result_def(AnyAttr())
    region = region_def("single_block")
    assembly_format = (
        "attr-dict `dimension` `(` $dimension `)` "
        "`ins` `(` $values (`,` $indices^)? `:` type($values) (`,` type($indices)^)? `)` "
        "`outs` `(` $output_values `,` $output_indices `:` type($output_values) `,` type($output_indices) `)` "
        "$region (`->` type($results_)^)?"
    )

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return self.output_values, self.output_indices

    @override
    def verify_rules(self) -> None:
        self.verify_values(self.values, self.output_values)
        self._verify_indices()
        if not _are_alike(self.output_values, self.output_indices):
            raise VerifyException("output indices/values shape must match")
        dimension = self.dimension.value.data
        if not are_compatible_shapes(
            _drop(_shape(self.values), dimension), _drop(_shape(self.output_values), dimension)
        ):
            raise VerifyException("incompatible input/output shapes")
        self.verify_comparison(
            "region block types must match input", "region block must end with a linalg_ext.yield i1!"
        )

    def _verify_indices(self) -> None:
        if self.indices is None:
            return
        if any(element_type(indices.type) != i32 for indices in (self.indices, self.output_indices)):
            raise VerifyException("expected input/output indices types to be int32")
        if len(_shape(self.indices)) != len(_shape(self.output_indices)):
            raise VerifyException("expected input/output to have the same rank")
        if not _are_alike(self.values, self.indices):
            raise VerifyException("input indices/values shape must match")


@irdl_op_definition
class TopkV2Op(TopOp):
    """The best values along a dimension, their indices where wanted, sorted where wanted."""

    name = "iree_linalg_ext.topk_v2"
    values = operand_def(ANY_SHAPED)
    input_indices = opt_operand_def(ANY_SHAPED)
    output_values = operand_def(ANY_SHAPED)
    output_indices = opt_operand_def(ANY_SHAPED)
    dimension = prop_def(DIMENSION)
    is_sorted = opt_prop_def(UnitAttr)
    results_ = var_result_def(AnyAttr())
    region = region_def("single_block")
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    assembly_format = (
        "attr-dict `dimension` `(` $dimension `)` (`is_sorted` $is_sorted^)? "
        "`ins` `(` $values (`,` $input_indices^)? `:` type($values) (`,` type($input_indices)^)? `)` "
        "`outs` `(` $output_values (`,` $output_indices^)? `:` type($output_values) (`,` type($output_indices)^)? `)` "
        "$region (`->` type($results_)^)?"
    )

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return (self.output_values,) if self.output_indices is None else (self.output_values, self.output_indices)

    @override
    def verify_rules(self) -> None:
        self.verify_values(self.values, self.output_values)
        self._verify_input_indices()
        if self.output_indices is not None:
            if not isinstance(element_type(self.output_indices.type), IntegerType):
                raise VerifyException("expected output indices to be integer type")
            if not _are_alike(self.output_values, self.output_indices):
                raise VerifyException("output values/indices shape must match")
        self._verify_lengths()
        self.verify_comparison(
            "region block types must match input value type", "region block must end with a linalg_ext.yield i1"
        )

    def _verify_input_indices(self) -> None:
        if self.input_indices is None:
            return
        if self.output_indices is None:
            raise VerifyException("input indices require output indices to carry provenance")
        if not isinstance(element_type(self.input_indices.type), IntegerType):
            raise VerifyException("expected input indices to be integer type")
        if not _are_alike(self.values, self.input_indices):
            raise VerifyException("input values/indices shape must match")
        if element_type(self.input_indices.type) != element_type(self.output_indices.type):
            raise VerifyException("expected input/output indices element types to be identical")

    def _verify_lengths(self) -> None:
        dimension = self.dimension.value.data
        pairs = list(zip(_shape(self.values), _shape(self.output_values), strict=True))
        for number, (ours, theirs) in enumerate(pairs):
            if number != dimension and not are_compatible_shapes((ours,), (theirs,)):
                raise VerifyException(f"incompatible input/output shapes at dimension {number}")
        length, kept = pairs[dimension]
        if DYNAMIC_INDEX in (length, kept):
            return
        if kept == 0:
            raise VerifyException("output dimension must be positive")
        if kept > length:
            raise VerifyException(f"output dimension must not exceed input, got {kept} > {length}")


@irdl_op_definition
class ArgCompareOp(OneDimensionOp):
    """The winning value along a dimension and its index; the region says whether the first of two wins."""

    name = "iree_linalg_ext.arg_compare"
    input_value = operand_def(ANY_SHAPED)
    input_index = opt_operand_def(ANY_SHAPED)
    output_value = operand_def(ANY_SHAPED)
    output_index = operand_def(ANY_SHAPED)
    index_base = opt_operand_def(IndexType())
    dimension = prop_def(DIMENSION)
    results_ = var_result_def(AnyAttr())
    region = region_def("single_block")
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    assembly_format = (
        "attr-dict `dimension` `(` $dimension `)` "
        "`ins` `(` $input_value (`,` $input_index^)? `:` type($input_value) (`,` type($input_index)^)? `)` "
        "`outs` `(` $output_value `,` $output_index `:` type($output_value) `,` type($output_index) `)` "
        "(`index_base` `(` $index_base^ `:` type($index_base) `)`)? $region (`->` type($results_)^)?"
    )

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return self.output_value, self.output_index

    @override
    def verify_rules(self) -> None:
        if self.input_index is not None:
            self._verify_explicit_index(self.input_index)
        self._verify_elements()
        if not _are_alike(self.output_value, self.output_index):
            raise VerifyException(
                f"output indices/values shape must match. Output value shape: {_numbers(self.output_value)}, "
                f"output index shape: {_numbers(self.output_index)}"
            )
        dimension, rank = self.dimension.value.data, len(_shape(self.input_value))
        if not 0 <= dimension < rank:
            raise VerifyException(
                "reduction dimension exceeds or equals input rank. "
                f"got dimension: {dimension}, but input rank is: {rank}"
            )
        wanted = _drop(_shape(self.input_value), dimension)
        if wanted != _shape(self.output_value):
            raise VerifyException(
                "output shape must match input shape with reduction dimension removed. "
                f"Expected: {_as_numbers(wanted)}, but got: {_numbers(self.output_value)}"
            )
        self._verify_comparison()

    def _verify_comparison(self) -> None:
        arguments, element = only_block(self.region).arg_types, element_type(self.input_value.type)
        if len(arguments) != 2:
            raise VerifyException(f"region block should have 2 arguments, but got {len(arguments)}")
        if any(argument != element for argument in arguments):
            raise VerifyException(
                f"comparator arguments must match input value element type. Expected: '{element}', "
                f"but got: '{arguments[0]}' and '{arguments[1]}'"
            )
        values = yielded(self.region)
        if len(values) != 1:
            raise VerifyException(f"expected linalg_ext.yield to return 1 operand, but got {len(values)}")
        if values[0].type != i1:
            raise VerifyException(f"region block must end with a linalg_ext.yield i1, but got: '{values[0].type}'")

    def _verify_explicit_index(self, index: SSAValue) -> None:
        element, output = element_type(index.type), element_type(self.output_index.type)
        if _shape(self.input_value) != _shape(index):
            raise VerifyException(
                "explicit-index mode: value and index inputs must have the same shape. "
                f"Value shape: {_numbers(self.input_value)}, index shape: {_numbers(index)}"
            )
        if not isinstance(element, IntegerType | IndexType):
            raise VerifyException(
                f"explicit-index mode: index input must have integer or index element type, but got '{element}'"
            )
        if element != output:
            raise VerifyException(
                "explicit-index mode: input and output index element types must match. "
                f"Input index type: '{element}', output index type: '{output}'"
            )
        if self.index_base is not None:
            raise VerifyException("index_base must not be used with explicit indices")

    def _verify_elements(self) -> None:
        values = [element_type(value.type) for value in (self.input_value, self.output_value)]
        if values[0] != values[1]:
            raise VerifyException(
                "input and output value element types must match. "
                f"Input type: '{values[0]}', output value type: '{values[1]}'"
            )
        index = element_type(self.output_index.type)
        if not isinstance(index, IntegerType | IndexType):
            raise VerifyException(f"output index must have integer or index element type, but got '{index}'")


def _numbers(value: SSAValue) -> str:
    return _as_numbers(_shape(value))


def _as_numbers(shape: Sequence[int]) -> str:
    """A shape in brackets; MLIR has its smallest number for a dynamic dimension."""
    return str([-(2**63) if size == DYNAMIC_INDEX else size for size in shape])
