"""Tensors of rows of different lengths: two ops and an attribute of the `iree_tensor_ext` dialect.

Source of all facts: IREE TensorExtOps.td, TensorExtAttrs.td, TensorExtOps.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import DYNAMIC_INDEX, IndexType, IntAttr, IntegerAttr, MemRefType, NoneAttr, TensorType
from xdsl.ir import Attribute, ParametrizedAttribute
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    irdl_attr_definition,
    operand_def,
    opt_operand_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.iree_tensor_ext.ops import verify_dynamic_dims
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import ANY_SHAPED, TypeIs, shape_of

_RANKED = TypeIs(
    "ranked tensor of any non-token type values or memref of any non-token type values",
    lambda type_: isinstance(type_, TensorType | MemRefType),
)


@irdl_attr_definition
class RaggedShapeAttr(ParametrizedAttribute):
    """`#iree_tensor_ext.ragged_shape<n>`: rows of different lengths."""

    name = "iree_tensor_ext.ragged_shape"

    ragged_row: IntAttr

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        with parser.in_angle_brackets():
            return [IntAttr(parser.parse_integer())]

    @override
    def print_parameters(self, printer: Printer) -> None:
        printer.print_string(f"<{self.ragged_row.data}>")


@irdl_op_definition
class CastToRaggedShapeOp(IRDLOperation):
    """A tensor seen as rows of different lengths."""

    name = "iree_tensor_ext.cast_to_ragged_shape"

    source = operand_def(ANY_SHAPED)
    ragged_dim = prop_def(IntegerAttr[IndexType], prop_name="raggedDim")
    column_lengths = operand_def(ANY_SHAPED)
    num_ragged_rows = opt_operand_def(IndexType())
    source_dynamic_dims = var_operand_def(IndexType())
    result = result_def(ANY_SHAPED)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    assembly_format = (
        "$source `ragged_dim` `(` $raggedDim `)` `column_lengths` `(` $column_lengths `)` "
        "(`num_ragged_rows` `(` $num_ragged_rows^ `)`)? attr-dict `:` "
        "`(` type($source) (`{` $source_dynamic_dims^ `}`)? `,` type($column_lengths) `)` `->` type($result)"
    )

    @override
    def verify_(self) -> None:
        row, dim = self._checked_row(), self.ragged_dim.value.data
        self._verify_ranks()
        if row != dim:
            raise VerifyException(
                f"mismatch in specified `ragged_dim` value of {dim} and `raggedRow` value in the sparse encoding {row}"
            )
        self._verify_rows()
        if self._shape[dim + 1] != DYNAMIC_INDEX:
            raise VerifyException(f"expected dimension {dim + 1} of result, i.e. `ragged_dim` + 1, to be dynamic")
        self._verify_other_dimensions()

    @property
    def _shape(self) -> tuple[int, ...]:
        return shape_of(self.result.type) or ()

    @property
    def _source_shape(self) -> tuple[int, ...]:
        return shape_of(self.source.type) or ()

    def _verify_ranks(self) -> None:
        rank = len(self._source_shape)
        if self.ragged_dim.value.data >= rank:
            raise VerifyException(f"expected `ragged_dim` to be less than {rank}, i.e the rank of source")
        if len(shape_of(self.column_lengths.type) or ()) != 1:
            raise VerifyException("expected `column_lengths` to be of rank 1")
        if len(self._shape) != rank + 1:
            raise VerifyException(
                f"expected result rank to be {rank + 1}, i.e. one more than the source rank, but got {len(self._shape)}"
            )

    def _checked_row(self) -> int:
        """The dimension that is ragged by the type of the result."""
        type_ = self.result.type
        encoding, kind = type_.encoding if isinstance(type_, TensorType) else None, "an encoding"
        if isinstance(type_, MemRefType):
            encoding, kind = _layout(type_), "a layout"
        if not isinstance(encoding, RaggedShapeAttr):
            raise VerifyException(
                f"expected result type to have {kind} attribute that implements the `SparseShapeAttrInterface`"
            )
        return encoding.ragged_row.data

    def _verify_rows(self) -> None:
        """The number of rows is in the types, or a value."""
        lengths, dim = (shape_of(self.column_lengths.type) or (0,))[0], self.ragged_dim.value.data
        rows = self._shape[dim]
        if self.num_ragged_rows is not None:
            if lengths != DYNAMIC_INDEX:
                words = "invalid to have static dimensions for `column_lengths`"
                raise VerifyException(f"{words} when `num_ragged_rows` is dynamic")
            if rows != DYNAMIC_INDEX:
                raise VerifyException(
                    f"invalid to have static value for dimension {dim} of result when `num_ragged_rows` is specified as "
                    "dynamic value"
                )
            return
        if lengths == DYNAMIC_INDEX or lengths <= 1:
            raise VerifyException(
                "expected shape of `column_lengths` to be static and greater than 1 when `num_ragged_rows` is "
                "unspecified, i.e. number of ragged rows is statically known"
            )
        if rows != lengths - 1:
            raise VerifyException(
                f"expected shape of dimension {dim} of result, i.e. the `ragged_dim`, to be static and equal to "
                f"{lengths - 1} when `num_ragged_rows` is unspecified, i.e number of ragged rows is statically known"
            )

    def _verify_other_dimensions(self) -> None:
        dim = self.ragged_dim.value.data
        for index, ours in enumerate(self._source_shape):
            number = index + (index > dim)
            theirs = self._shape[number]
            if index == dim or ours == theirs:
                continue
            if ours == DYNAMIC_INDEX:
                raise VerifyException(
                    f"expected dimension {number} of result to be dynamic since the corresponding dimension {index} "
                    "in the source is dynamic"
                )
            raise VerifyException(
                f"expected shape of dimension {number} of result to match the shape of dimension {index} of source, "
                f"but got {'?' if theirs == DYNAMIC_INDEX else theirs} and {ours} respectively"
            )
        dynamic = self._source_shape.count(DYNAMIC_INDEX)
        if dynamic != len(self.source_dynamic_dims):
            raise VerifyException(
                f"mismatch in number of dynamic dimensions specified for source, expected {dynamic} values, got "
                f"{len(self.source_dynamic_dims)}"
            )


def _layout(type_: MemRefType) -> Attribute | None:
    """The layout of a buffer; xDSL takes one that it does not know for a memory space."""
    return next((part for part in (type_.layout, type_.memory_space) if isinstance(part, RaggedShapeAttr)), None)


@irdl_op_definition
class LinearizeRaggedDimsOp(IRDLOperation):
    """Rows of different lengths one behind the other, in one dimension."""

    name = "iree_tensor_ext.linearize_ragged_dims"

    source = operand_def(_RANKED)
    result_dynamic_dims = var_operand_def(IndexType())
    result = result_def(_RANKED)

    traits = traits_def(Pure())
    assembly_format = "$source attr-dict `:` type($source) `->` type($result) (`{` $result_dynamic_dims^ `}`)?"

    @override
    def verify_(self) -> None:
        # IREE: TensorExtOps.cpp, LinearizeRaggedDimsOp::verify
        ragged, type_ = _encoding(self.source.type), self.result.type
        if not isinstance(ragged, RaggedShapeAttr):
            raise VerifyException("expected source type to have a ragged tensor encoding")
        if not isinstance(_encoding(type_), NoneAttr):
            raise VerifyException("expected result type to have no encoding or identity layout")
        source, result = shape_of(self.source.type) or (), shape_of(type_) or ()
        if len(result) != len(source) - 1:
            raise VerifyException(
                f"expected result rank to be {len(source) - 1} (source rank - number of sparse dimensions + 1), "
                f"but got {len(result)}"
            )
        self._verify_kept(ragged.ragged_row.data, source, result)
        verify_dynamic_dims((self.result,), self.result_dynamic_dims)

    @staticmethod
    def _verify_kept(row: int, source: Sequence[int], result: Sequence[int]) -> None:
        """The dimensions aside from the rows and what is in them stay."""
        for dimension, size in enumerate(source):
            if dimension in (row, row + 1):
                continue
            place = dimension - (dimension > row)
            if DYNAMIC_INDEX not in (size, result[place]) and size != result[place]:
                raise VerifyException(
                    f"expected source dimension {dimension} with size {size} to be preserved in result dimension "
                    f"{place} but got size {result[place]}"
                )


def _encoding(type_: Attribute) -> Attribute | None:
    """A tensor's encoding, or a buffer's layout."""
    if isinstance(type_, MemRefType):
        return _layout(type_) or type_.layout
    return type_.encoding if isinstance(type_, TensorType) else None
