"""Casts of the `arith` dialect, element by element; the operand is `in_`, the result `out` (MLIR: `in`, `out`).

Source of types, traits and assembly formats: MLIR ArithOps.td; of the rules: ArithOps.cpp, verify and areCastCompatible.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

from typing_extensions import override
from xdsl.dialects.builtin import IndexType, IntegerAttr, MemRefType, UnitAttr
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.irdl import (
    IRDLOperation,
    operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.irdl.declarative_assembly_format import AttributeVariable, irdl_custom_directive
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.arith.flags import NO_OVERFLOW_FLAGS, FastMathFlagsAttr, IntegerOverflowAttr
from iree_explorer.ir.assembly.enum_directives import EnumDirective
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.op_families import define_op
from iree_explorer.ir.type_constraints import (
    FIXED_WIDTH_INTEGER_LIKE,
    FLOAT_LIKE,
    TypeIs,
    bit_width,
    element_type,
    elementwise,
    has_signless_bits,
    has_signless_bits_or_is_index,
    is_float,
    is_signless_integer,
    shape_of,
)

ROUNDING_MODES = ("to_nearest_even", "downward", "upward", "toward_zero", "to_nearest_away")
"""The words for `roundingmode`, at the place of their numbers. MLIR: ArithBase.td, Arith_RoundingModeAttr."""


@irdl_custom_directive
class RoundingMode(EnumDirective):
    """`to_nearest_even` and so on, or nothing."""

    roundingmode: AttributeVariable
    words = ROUNDING_MODES


def _scalar_or_memref(scalar: Callable[[Attribute], bool]) -> Callable[[Attribute], bool]:
    holds = elementwise(scalar)
    return lambda type_: scalar(type_.element_type) if isinstance(type_, MemRefType) else holds(type_)


INDEX_CASTABLE = TypeIs(
    "signless-non-zero-bitwidth-integer-like or memref of signless-integer",
    _scalar_or_memref(has_signless_bits_or_is_index),
)
BIT_CASTABLE = TypeIs(
    "non-zero-bitwidth-signless-integer-or-float-like or memref of non-zero-bitwidth signless integer or float",
    _scalar_or_memref(lambda type_: has_signless_bits(type_) or is_float(type_)),
)


class CastOp(IRDLOperation):
    """A cast; families say which types it takes and which elements become which."""

    assembly_format = "$in_ attr-dict `:` type($in_) `to` type($out)"
    traits = traits_def(Pure())

    def __init__(self, in_: Operation | SSAValue, out: Attribute):
        super().__init__(operands=[in_], result_types=[out])

    @staticmethod
    @abstractmethod
    def are_cast_compatible(source: Attribute, target: Attribute) -> bool:
        """Whether elements of type `source` can become elements of type `target`."""

    @override
    def verify_(self) -> None:
        source, target = self.operands[0].type, self.results[0].type
        if shape_of(source) != shape_of(target):
            raise VerifyException("failed to verify that input and output have the same tensor dimensions")
        if not self.are_cast_compatible(element_type(source), element_type(target)):
            raise VerifyException(f"operand type '{source}' and result type '{target}' are cast incompatible")


class IntCastOp(CastOp):
    """From integers to integers."""

    in_ = operand_def(FIXED_WIDTH_INTEGER_LIKE)
    out = result_def(FIXED_WIDTH_INTEGER_LIKE)

    @staticmethod
    @override
    def are_cast_compatible(source: Attribute, target: Attribute) -> bool:
        return bit_width(source) < bit_width(target)


class IntToFloatOp(CastOp):
    """From integers to floats."""

    in_ = operand_def(FIXED_WIDTH_INTEGER_LIKE)
    out = result_def(FLOAT_LIKE)

    @staticmethod
    @override
    def are_cast_compatible(source: Attribute, target: Attribute) -> bool:
        return is_signless_integer(source) and is_float(target)


class FloatToIntOp(CastOp):
    """From floats to integers, towards zero."""

    in_ = operand_def(FLOAT_LIKE)
    out = result_def(FIXED_WIDTH_INTEGER_LIKE)

    @staticmethod
    @override
    def are_cast_compatible(source: Attribute, target: Attribute) -> bool:
        return is_float(source) and is_signless_integer(target)


class FloatCastOp(CastOp):
    """From floats to floats."""

    in_ = operand_def(FLOAT_LIKE)
    out = result_def(FLOAT_LIKE)
    fastmath = opt_prop_def(FastMathFlagsAttr)


class IndexCastBase(CastOp):
    """Between indices and integers of any width."""

    in_ = operand_def(INDEX_CASTABLE)
    out = result_def(INDEX_CASTABLE)

    @staticmethod
    @override
    def are_cast_compatible(source: Attribute, target: Attribute) -> bool:
        return isinstance(source, IndexType) != isinstance(target, IndexType)


ExtSIOp = define_op("ExtSIOp", "arith.extsi", IntCastOp)
SIToFPOp = define_op("SIToFPOp", "arith.sitofp", IntToFloatOp)
FPToSIOp = define_op("FPToSIOp", "arith.fptosi", FloatToIntOp)
FPToUIOp = define_op("FPToUIOp", "arith.fptoui", FloatToIntOp)
IndexCastOp = define_op("IndexCastOp", "arith.index_cast", IndexCastBase)

_NON_NEGATIVE_FORMAT = "$in_ (`nneg` $nonNeg^)? attr-dict `:` type($in_) `to` type($out)"


@irdl_op_definition
class ExtUIOp(IntCastOp):
    """Zero extension; `nneg` promises an operand that is not negative."""

    name = "arith.extui"
    non_neg = opt_prop_def(UnitAttr, prop_name="nonNeg")
    assembly_format = _NON_NEGATIVE_FORMAT


@irdl_op_definition
class UIToFPOp(IntToFloatOp):
    """The operand is unsigned; `nneg` promises that it is not negative as a signed number either."""

    name = "arith.uitofp"
    non_neg = opt_prop_def(UnitAttr, prop_name="nonNeg")
    assembly_format = _NON_NEGATIVE_FORMAT


@irdl_op_definition
class IndexCastUIOp(IndexCastBase):
    """Zero-extends or truncates; `nneg` promises an operand that is not negative."""

    name = "arith.index_castui"
    non_neg = opt_prop_def(UnitAttr, prop_name="nonNeg")
    assembly_format = _NON_NEGATIVE_FORMAT


@irdl_op_definition
class TruncIOp(IntCastOp):
    """Keeps the low bits."""

    name = "arith.trunci"
    overflow_flags = prop_def(IntegerOverflowAttr, default_value=NO_OVERFLOW_FLAGS, prop_name="overflowFlags")
    assembly_format = "$in_ (`overflow` `` $overflowFlags^)? attr-dict `:` type($in_) `to` type($out)"

    @staticmethod
    @override
    def are_cast_compatible(source: Attribute, target: Attribute) -> bool:
        return bit_width(source) > bit_width(target)


@irdl_op_definition
class ExtFOp(FloatCastOp):
    """To a wider float, exactly."""

    name = "arith.extf"
    assembly_format = "$in_ (`fastmath` `` $fastmath^)? attr-dict `:` type($in_) `to` type($out)"

    @staticmethod
    @override
    def are_cast_compatible(source: Attribute, target: Attribute) -> bool:
        return bit_width(source) < bit_width(target)


@irdl_op_definition
class TruncFOp(FloatCastOp):
    """To a narrower float, rounded (without a mode: to nearest, ties to even)."""

    name = "arith.truncf"
    roundingmode = opt_prop_def(IntegerAttr)
    custom_directives = (RoundingMode,)
    assembly_format = (
        "$in_ custom<RoundingMode>($roundingmode) (`fastmath` `` $fastmath^)? attr-dict `:` type($in_) `to` type($out)"
    )

    @staticmethod
    @override
    def are_cast_compatible(source: Attribute, target: Attribute) -> bool:
        return bit_width(source) > bit_width(target)


@irdl_op_definition
class ConvertFOp(FloatCastOp):
    """To another float of the same width."""

    name = "arith.convertf"
    roundingmode = opt_prop_def(IntegerAttr)
    custom_directives = (RoundingMode,)
    assembly_format = (
        "$in_ custom<RoundingMode>($roundingmode) (`fastmath` `` $fastmath^)? attr-dict `:` type($in_) `to` type($out)"
    )

    @staticmethod
    @override
    def are_cast_compatible(source: Attribute, target: Attribute) -> bool:
        return bit_width(source) == bit_width(target) and source != target


@irdl_op_definition
class BitcastOp(CastOp):
    """The same bits as another type of the same width."""

    name = "arith.bitcast"
    in_ = operand_def(BIT_CASTABLE)
    out = result_def(BIT_CASTABLE)

    @staticmethod
    @override
    def are_cast_compatible(source: Attribute, target: Attribute) -> bool:
        return bit_width(source) == bit_width(target)


@irdl_op_definition
class ScalingExtFOp(CastOp):
    """To a wider float, times a power of two of type `f8E8M0FNU`."""

    name = "arith.scaling_extf"
    in_ = operand_def(FLOAT_LIKE)
    scale = operand_def(FLOAT_LIKE)
    out = result_def(FLOAT_LIKE)
    fastmath = opt_prop_def(FastMathFlagsAttr)
    assembly_format = (
        "$in_ `,` $scale (`fastmath` `` $fastmath^)? attr-dict `:` type($in_) `,` type($scale) `to` type($out)"
    )

    @staticmethod
    @override
    def are_cast_compatible(source: Attribute, target: Attribute) -> bool:
        return bit_width(source) < bit_width(target)


@irdl_op_definition
class ScalingTruncFOp(CastOp):
    """To a narrower float, divided by a power of two of type `f8E8M0FNU`."""

    name = "arith.scaling_truncf"
    in_ = operand_def(FLOAT_LIKE)
    scale = operand_def(FLOAT_LIKE)
    out = result_def(FLOAT_LIKE)
    fastmath = opt_prop_def(FastMathFlagsAttr)
    roundingmode = opt_prop_def(IntegerAttr)
    custom_directives = (RoundingMode,)
    assembly_format = (
        "$in_ `,` $scale custom<RoundingMode>($roundingmode) (`fastmath` `` $fastmath^)? attr-dict `:` "
        "type($in_) `,` type($scale) `to` type($out)"
    )

    @staticmethod
    @override
    def are_cast_compatible(source: Attribute, target: Attribute) -> bool:
        return bit_width(source) > bit_width(target)
