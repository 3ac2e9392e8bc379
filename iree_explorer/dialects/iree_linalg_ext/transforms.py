"""Ops of `iree_linalg_ext` that lower convolutions and Fourier transforms: `fft`, `winograd.*`, `im2col`.

Source of all facts: IREE LinalgExtOps.td; of the rules: the ops' verify in LinalgExtOps.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, ArrayAttr, DenseArrayBase, IndexType, IntegerAttr, IntegerType, i64
from xdsl.dialects.utils import (
    print_dynamic_index_list,
)
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    IRDLOperation,
    operand_def,
    opt_operand_def,
    prop_def,
    var_operand_def,
    var_result_def,
)
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    ParsingState,
    PrintingState,
    VariadicOperandVariable,
    irdl_custom_directive,
)
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.definition import irdl_op_definition
from iree_explorer.dialects.directives import end_of_token
from iree_explorer.dialects.index_lists import DynamicIndexList, parse_index_list
from iree_explorer.dialects.iree_linalg_ext.base import LinalgExtOp
from iree_explorer.dialects.type_constraints import ANY_SHAPED, shape_of

SIZE = IntegerAttr.constr(type=i64)
INDEX_ARRAY = DenseArrayBase.constr(i64)
NO_INDICES = DenseArrayBase.from_list(i64, [])


@irdl_op_definition
class FftOp(LinalgExtOp):
    """One stage of a fast Fourier transform, in place on a real and an imaginary part."""

    name = "iree_linalg_ext.fft"
    stage = operand_def(AnyAttr())
    real_coeff = opt_operand_def(ANY_SHAPED)
    imag_coeff = opt_operand_def(ANY_SHAPED)
    real = operand_def(ANY_SHAPED)
    imag = operand_def(ANY_SHAPED)
    results_ = var_result_def(AnyAttr())
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    assembly_format = (
        "attr-dict `ins` `(` $stage (`,` $real_coeff^ `,` $imag_coeff)? "
        "`:` type($stage) (`,` type($real_coeff)^ `,` type($imag_coeff))? `)` "
        "`outs` `(` $real `,` $imag `:` type($real) `,` type($imag) `)` (`:` type($results_)^)?"
    )

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return self.real, self.imag

    @override
    def verify_(self) -> None:
        self.verify_results()
        shape = shape_of(self.real.type) or ()
        length = shape[-1] if shape else 0
        if length != DYNAMIC_INDEX and (length <= 0 or length & (length - 1)):
            raise VerifyException("only powers of 2 are handled currently")


class WinogradOp(LinalgExtOp):
    """One of the transforms of Winograd's convolution, from `input` to `output`."""

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return self.operands[1:]

    @override
    def verify_(self) -> None:
        self.verify_results()
        for name in ("image_dimensions", "kernel_dimensions"):
            dimensions = self.properties.get(name)
            if isinstance(dimensions, DenseArrayBase) and len(dimensions) != 2:
                raise VerifyException(f"expected only 2 {name.replace('_', ' ')}")


_WINOGRAD_FORMAT = (
    "attr-dict `output_tile_size` `(` $output_tile_size `)` `kernel_size` `(` $kernel_size `)` "
    "`{0}` `(` ${0} `)` `ins` `(` $input `:` type($input) `)` `outs` `(` $output `:` type($output) `)` "
    "(`->` type($result)^)?"
)


@irdl_op_definition
class WinogradInputTransformOp(WinogradOp):
    """Image to tiles."""

    name = "iree_linalg_ext.winograd.input_transform"
    input = operand_def(ANY_SHAPED)
    output = operand_def(ANY_SHAPED)
    output_tile_size = prop_def(SIZE)
    kernel_size = prop_def(SIZE)
    image_dimensions = prop_def(INDEX_ARRAY)
    result = var_result_def(AnyAttr())
    assembly_format = _WINOGRAD_FORMAT.format("image_dimensions")


@irdl_op_definition
class WinogradFilterTransformOp(WinogradOp):
    """Filter to tiles."""

    name = "iree_linalg_ext.winograd.filter_transform"
    input = operand_def(ANY_SHAPED)
    output = operand_def(ANY_SHAPED)
    output_tile_size = prop_def(SIZE)
    kernel_size = prop_def(SIZE)
    kernel_dimensions = prop_def(INDEX_ARRAY)
    result = var_result_def(AnyAttr())
    assembly_format = _WINOGRAD_FORMAT.format("kernel_dimensions")


@irdl_op_definition
class WinogradOutputTransformOp(WinogradOp):
    """Tiles to image."""

    name = "iree_linalg_ext.winograd.output_transform"
    input = operand_def(ANY_SHAPED)
    output = operand_def(ANY_SHAPED)
    output_tile_size = prop_def(SIZE)
    kernel_size = prop_def(SIZE)
    image_dimensions = prop_def(INDEX_ARRAY)
    result = var_result_def(AnyAttr())
    assembly_format = _WINOGRAD_FORMAT.format("image_dimensions")


@irdl_custom_directive
class NestedDynamicIndexList(CustomDirective):
    """`[[%a, 4], [2]]`: lists of lists of integers and values; the attribute is an array of index arrays."""

    dynamic: VariadicOperandVariable
    static: AttributeVariable

    @override
    def parse(self, parser: Parser, state: ParsingState) -> None:
        operands: list[UnresolvedOperand] = []

        def parse_list() -> Attribute:
            dynamic, static = parse_index_list(parser)
            operands.extend(dynamic)
            return DenseArrayBase.from_list(i64, static)

        lists = parser.parse_comma_separated_list(parser.Delimiter.SQUARE, parse_list)
        self.dynamic.set(state, operands)
        self.static.set(state, ArrayAttr(lists))

    @override
    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        state.print_whitespace(printer)
        values = list(self.dynamic.get(op))
        lists = cast("ArrayAttr[DenseArrayBase[IntegerType]]", self.static.get(op))
        with printer.in_square_brackets():
            for index, sizes in enumerate(lists):
                printer.print_string(", " if index else "")
                used = sizes.get_values().count(DYNAMIC_INDEX)
                print_dynamic_index_list(printer, DYNAMIC_INDEX, values[:used], sizes.get_values())
                del values[:used]
        end_of_token(state)


@irdl_op_definition
class Im2colOp(LinalgExtOp):
    """The windows of a convolution, side by side as a matrix."""

    name = "iree_linalg_ext.im2col"
    input = operand_def(ANY_SHAPED)
    output = operand_def(ANY_SHAPED)
    kernel_size = var_operand_def(IndexType())
    offsets = var_operand_def(IndexType())
    output_sizes = var_operand_def(IndexType())
    input_pad_low = var_operand_def(IndexType())
    input_pad_high = var_operand_def(IndexType())
    output_pad_low = var_operand_def(IndexType())
    output_pad_high = var_operand_def(IndexType())
    pad_value = opt_operand_def(AnyAttr())
    strides = prop_def(INDEX_ARRAY)
    dilations = prop_def(INDEX_ARRAY)
    static_kernel_size = prop_def(INDEX_ARRAY)
    static_offsets = prop_def(INDEX_ARRAY)
    static_output_sizes = prop_def(ArrayAttr)
    batch_pos = prop_def(INDEX_ARRAY)
    m_pos = prop_def(INDEX_ARRAY)
    k_pos = prop_def(INDEX_ARRAY)
    input_k_perm = prop_def(INDEX_ARRAY)
    output_perm = prop_def(INDEX_ARRAY)
    static_input_pad_low = prop_def(INDEX_ARRAY, default_value=NO_INDICES)
    static_input_pad_high = prop_def(INDEX_ARRAY, default_value=NO_INDICES)
    static_output_pad_low = prop_def(INDEX_ARRAY, default_value=NO_INDICES)
    static_output_pad_high = prop_def(INDEX_ARRAY, default_value=NO_INDICES)
    results_ = var_result_def(AnyAttr())
    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (DynamicIndexList, NestedDynamicIndexList)
    assembly_format = (
        "attr-dict `strides` `=` $strides `dilations` `=` $dilations "
        "`kernel_size` `=` custom<DynamicIndexList>($kernel_size, $static_kernel_size) "
        "`offsets` `=` custom<DynamicIndexList>($offsets, $static_offsets) "
        "`output_sizes` `=` custom<NestedDynamicIndexList>($output_sizes, $static_output_sizes) "
        "`batch_pos` `=` $batch_pos `m_pos` `=` $m_pos `k_pos` `=` $k_pos "
        "`input_k_perm` `=` $input_k_perm `output_perm` `=` $output_perm "
        "(`input_pad_low` `=` custom<DynamicIndexList>($input_pad_low, $static_input_pad_low) "
        "`input_pad_high` `=` custom<DynamicIndexList>($input_pad_high, $static_input_pad_high)^)? "
        "(`output_pad_low` `=` custom<DynamicIndexList>($output_pad_low, $static_output_pad_low) "
        "`output_pad_high` `=` custom<DynamicIndexList>($output_pad_high, $static_output_pad_high)^)? "
        "(`pad_value` `(` $pad_value^ `:` type($pad_value) `)`)? "
        "`ins` `(` $input `:` type($input) `)` `outs` `(` $output `:` type($output) `)` (`->` type($results_)^)?"
    )

    @override
    def output_operands(self) -> Sequence[SSAValue]:
        return (self.output,)
