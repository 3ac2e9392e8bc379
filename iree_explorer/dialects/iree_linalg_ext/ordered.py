"""Ops of `iree_linalg_ext` along one dimension: `sort`, `scan`, `topk`, `topk_v2`, `arg_compare`.

Source of all facts: IREE LinalgExtOps.td; of the rules: the ops' verify in LinalgExtOps.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import BoolAttr, IndexType, IntegerAttr, UnitAttr, i1, i64
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

from iree_explorer.dialects.definition import irdl_op_definition
from iree_explorer.dialects.iree_linalg_ext.base import LinalgExtOp, verify_arguments, verify_yields
from iree_explorer.dialects.type_constraints import ANY_SHAPED, element_type, shape_of

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
    def verify_(self) -> None:
        self.verify_results()
        if self.inputs:
            raise VerifyException("does not expect to take any inputs")
        if not self.outputs:
            raise VerifyException("expected at least one `outs` operand")
        self.checked_dimension(self.outputs[0])
        shape = shape_of(self.outputs[0].type)
        for index, output in enumerate(self.outputs):
            if shape_of(output.type) != shape:
                raise VerifyException(f"expected operand {index} to have the shape of operand 0")
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
    def verify_(self) -> None:
        self.verify_results()
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


def _verify_top(op: OneDimensionOp, values: SSAValue, output_values: SSAValue) -> None:
    dimension = op.checked_dimension(values)
    if element_type(values.type) != element_type(output_values.type):
        raise VerifyException("expected input/output value types to be identical")
    ours, theirs = shape_of(values.type) or (), shape_of(output_values.type) or ()
    if len(ours) != len(theirs):
        raise VerifyException("expected input/output to have the same rank")
    if _drop(ours, dimension) != _drop(theirs, dimension):
        raise VerifyException("incompatible input/output shapes")
    element = element_type(values.type)
    verify_arguments(op.regions[0], [element, element])
    verify_yields(op.regions[0], [i1])


@irdl_op_definition
class TopkOp(OneDimensionOp):
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
    def verify_(self) -> None:
        self.verify_results()
        _verify_top(self, self.values, self.output_values)
        if shape_of(self.output_values.type) != shape_of(self.output_indices.type):
            raise VerifyException("output indices/values shape must match")


@irdl_op_definition
class TopkV2Op(OneDimensionOp):
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
    def verify_(self) -> None:
        self.verify_results()
        _verify_top(self, self.values, self.output_values)
        if self.output_indices is not None and shape_of(self.output_values.type) != shape_of(self.output_indices.type):
            raise VerifyException("output values/indices shape must match")


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
    def verify_(self) -> None:
        self.verify_results()
        dimension = self.checked_dimension(self.input_value)
        element = element_type(self.input_value.type)
        if element != element_type(self.output_value.type):
            raise VerifyException("input and output value element types must match.")
        if shape_of(self.output_value.type) != shape_of(self.output_index.type):
            raise VerifyException("output indices/values shape must match.")
        if _drop(shape_of(self.input_value.type) or (), dimension) != shape_of(self.output_value.type):
            raise VerifyException("output shape must match input shape with reduction dimension removed.")
        verify_arguments(self.region, [element, element])
        verify_yields(self.region, [i1])
