"""Ops of `iree_linalg_ext` that lower convolutions and Fourier transforms: `fft`, `im2col`.

Source of all facts: IREE LinalgExtOps.td; of the rules: the ops' verify in LinalgExtOps.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import cast

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, ArrayAttr, DenseArrayBase, IndexType, IntegerType, i64
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

from iree_explorer.dialects.iree_linalg_ext.base import LinalgExtOp
from iree_explorer.ir.assembly.directives import end_of_token
from iree_explorer.ir.assembly.index_lists import DynamicIndexList, parse_index_list
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import ANY_SHAPED, shape_of

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
    def verify_rules(self) -> None:
        shape = shape_of(self.real.type) or ()
        length = shape[-1] if shape else 0
        if length != DYNAMIC_INDEX and (length <= 0 or length & (length - 1)):
            raise VerifyException("only powers of 2 are handled currently")


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

    @override
    def verify_rules(self) -> None:
        self._verify_ranks()
        self._verify_sizes()
        self._verify_window()
        self._verify_orders()
        self._verify_paddings()

    def _verify_ranks(self) -> None:
        places, rank = (self.batch_pos, self.m_pos, self.k_pos), self._rank
        if len(shape_of(self.input.type) or ()) != sum(map(len, places)):
            raise VerifyException("expected input rank to be the sum of batch, m, and k ranks")
        for name, count in (
            ("offsets size", len(self.static_offsets)),
            ("output_sizes outer size", len(self.static_output_sizes)),
        ):
            if count != rank:
                raise VerifyException(f"expected {name} ({count}) to match output rank ({rank})")

    @property
    def _rank(self) -> int:
        return len(shape_of(self.output.type) or ())

    def _verify_sizes(self) -> None:
        """The inner sizes of batch, M and K dimensions are as many as coordinates that these stand for."""
        counts = [len(cast("DenseArrayBase[IntegerType]", sizes)) for sizes in self.static_output_sizes]
        batch, m, k = len(self.batch_pos), len(self.m_pos), len(self.k_pos)
        if sum(counts[:batch]) != batch:
            raise VerifyException("expected sum of batch output_sizes inner dimensions to equal batch_pos size")
        totals = list(accumulate(counts[batch:]))
        if m not in totals:
            raise VerifyException(
                "M/K boundary not found: accumulated output_sizes inner dimensions must equal m_pos size "
                "at some output dim boundary"
            )
        rest = totals[-1] - m
        if rest != m + k:
            raise VerifyException(
                f"expected sum of K output_sizes inner dimensions ({rest}) to equal m_pos.size() + k_pos.size() ({m + k})"
            )

    def _verify_window(self) -> None:
        count = len(self.static_kernel_size)
        if count != len(self.m_pos):
            raise VerifyException("expected kernel rank to be equal to the m_pos rank")
        for name, values in (("strides", self.strides), ("dilations", self.dilations)):
            if len(values) != count:
                raise VerifyException(f"expected {name} rank to be equal to the kernel rank")

    def _verify_orders(self) -> None:
        order, shared = self.input_k_perm.get_values(), len(self.m_pos) + len(self.k_pos)
        if len(order) != shared:
            raise VerifyException(
                f"expected input_k_perm size ({len(order)}) to match the number of shared dimensions "
                f"(m_pos + k_pos = {shared})"
            )
        if sorted(order) != list(range(shared)):
            raise VerifyException(f"expected input_k_perm to be a permutation of [0, {shared})")
        order = self.output_perm.get_values()
        if sorted(order) != list(range(len(order))):
            raise VerifyException("expected output_perm to be a permutation")
        if len(order) != self._rank:
            raise VerifyException("expected output_perm to have the same rank as the result")

    def _verify_paddings(self) -> None:
        for side, value in (("input", self.input), ("output", self.output)):
            low, high = (len(self._padding(f"static_{side}_pad_{end}")) for end in ("low", "high"))
            rank = len(shape_of(value.type) or ())
            if low != high:
                raise VerifyException(f"expected {side}_pad_low and {side}_pad_high to have the same size")
            if low and low != rank:
                raise VerifyException(f"expected {side}_pad_low size ({low}) to match {side} rank ({rank})")
            if low and self.pad_value is None:
                raise VerifyException(f"expected pad_value when {side}_pad_low/{side}_pad_high are specified")

    def _padding(self, name: str) -> DenseArrayBase[IntegerType]:
        return cast("DenseArrayBase[IntegerType]", self.properties.get(name, NO_INDICES))
