"""The hidden regions of named ops: what each computes at one point.

The region of `linalg.matmul` is in the IR, but never in the text; MLIR builds it while it parses, and so does this module.

Source of the functions and casts: MLIR LinalgOps.cpp (RegionBuilderHelper), ArithDialect's convertScalarToDtype.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from xdsl.dialects import complex as xdsl_complex
from xdsl.dialects.builtin import (
    AnyFloat,
    ComplexType,
    FloatAttr,
    IndexType,
    IntegerAttr,
    IntegerType,
    f64,
    i1,
    i32,
    i64,
)
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue
from xdsl.irdl import IRDLOperation
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects import math
from iree_explorer.dialects.arith import casts, comparisons, constant, floats, integers
from iree_explorer.dialects.linalg.generic import IndexOp, YieldOp
from iree_explorer.ir.type_constraints import bit_width, is_float

_BINARY: dict[str, tuple[type[IRDLOperation] | None, ...]] = {
    "add": (floats.AddFOp, integers.AddIOp, integers.OrIOp, xdsl_complex.AddOp),
    "sub": (floats.SubFOp, integers.SubIOp, None, xdsl_complex.SubOp),
    "mul": (floats.MulFOp, integers.MulIOp, integers.AndIOp, xdsl_complex.MulOp),
    "div": (floats.DivFOp, integers.DivSIOp, None, xdsl_complex.DivOp),
    "div_unsigned": (None, integers.DivUIOp, None, None),
    "max_signed": (floats.MaximumFOp, integers.MaxSIOp, integers.MaxSIOp, None),
    "min_signed": (floats.MinimumFOp, integers.MinSIOp, integers.MinSIOp, None),
    "max_unsigned": (floats.MaximumFOp, integers.MaxUIOp, integers.MaxUIOp, None),
    "min_unsigned": (floats.MinimumFOp, integers.MinUIOp, integers.MinUIOp, None),
    "powf": (math.PowFOp, None, None, None),
}
"""Function → op for floats, for integers, for `i1` and for complex numbers; None: not defined for these."""

_UNARY: dict[str, type[IRDLOperation]] = {
    "exp": math.ExpOp, "log": math.LogOp, "abs": math.AbsFOp, "ceil": math.CeilOp, "floor": math.FloorOp,
    "negf": floats.NegFOp, "round": math.RoundOp, "sqrt": math.SqrtOp, "rsqrt": math.RsqrtOp, "tanh": math.TanhOp,
    "erf": math.ErfOp, "sin": math.SinOp, "cos": math.CosOp, "tan": math.TanOp, "acos": math.AcosOp,
    "acosh": math.AcoshOp, "asin": math.AsinOp, "asinh": math.AsinhOp, "atan": math.AtanOp, "atanh": math.AtanhOp,
    "log10": math.Log10Op, "log1p": math.Log1pOp, "log2": math.Log2Op,
}  # fmt: skip


class BodyBuilder:
    """Adds ops to a block whose arguments have the given types."""

    def __init__(self, argument_types: Sequence[Attribute]):
        self.block = Block(arg_types=argument_types)
        self.arguments: Sequence[SSAValue] = self.block.args

    def take(self, count: int) -> Sequence[SSAValue]:
        """The arguments, of which the body needs so many.

        Raises:
            VerifyException: there are more or fewer.
        """
        if len(self.arguments) != count:
            raise VerifyException(
                "[parseNamedStructuredOpRegion] ods-gen generated region "
                f"expects {count} args, got {len(self.arguments)}"
            )
        return self.arguments

    def add(self, op: Operation) -> SSAValue:
        """Appends `op`; gives its result."""
        self.block.add_op(op)
        return op.results[0]

    def elementwise(self, op: type[IRDLOperation], *operands: SSAValue) -> SSAValue:
        """An op of which the result has the type of its last operand."""
        return self.add(op.build(operands=operands, result_types=[operands[-1].type]))

    def binary(self, function: str, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        """A function of two values of one type.

        Raises:
            VerifyException: the function is not defined for this type.
        """
        for_float, for_integer, for_bool, for_complex = _BINARY[function]
        type_ = lhs.type
        if isinstance(type_, ComplexType):
            op = for_complex
        elif is_float(type_):
            op = for_float
        else:
            op = for_bool if type_ == i1 else for_integer
        if op is None or lhs.type != rhs.type:
            raise VerifyException(f"unsupported: '{function}' of '{lhs.type}' and '{rhs.type}'")
        return self.elementwise(op, lhs, rhs)

    def unary(self, function: str, operand: SSAValue) -> SSAValue:
        """A function of one float."""
        if function == "reciprocal":
            one = self.add(constant.ConstantOp(FloatAttr(1.0, cast("AnyFloat", operand.type))))
            return self.elementwise(floats.DivFOp, one, operand)
        if function == "square":
            return self.binary("mul", operand, operand)
        return self.elementwise(_UNARY[function], operand)

    def cast(self, operand: SSAValue, target: Attribute, *, unsigned: bool = False) -> SSAValue:
        """The value as `target`; the value itself where it has that type or no cast is defined."""
        op = _cast_op(operand.type, target, unsigned)
        return operand if op is None else self.add(op.build(operands=[operand], result_types=[target]))

    def finish(self, *values: SSAValue) -> Region:
        """Yields the values; gives the region."""
        self.block.add_op(YieldOp.build(operands=[values]))
        return Region(self.block)


def _cast_op(source: Attribute, target: Attribute, unsigned: bool) -> type[IRDLOperation] | None:
    if source == target:
        return None
    if isinstance(source, IndexType) or isinstance(target, IndexType):
        return casts.IndexCastOp
    wider = bit_width(target) > bit_width(source)
    match is_float(source), is_float(target):
        case True, True:
            if bit_width(source) == bit_width(target):
                return casts.ConvertFOp
            return casts.ExtFOp if wider else casts.TruncFOp
        case True, False:
            return casts.FPToUIOp if unsigned else casts.FPToSIOp
        case False, True:
            return casts.UIToFPOp if unsigned else casts.SIToFPOp
        case _:
            if not (isinstance(source, IntegerType) and isinstance(target, IntegerType)):
                return None
            return (casts.ExtUIOp if unsigned else casts.ExtSIOp) if wider else casts.TruncIOp


BodyFunction = Callable[[BodyBuilder, bool], Region]
"""Builds a region; the flag asks for unsigned casts."""


def copy_body(builder: BodyBuilder, unsigned: bool) -> Region:
    """The input, as the output's type."""
    source, out = builder.take(2)
    return builder.finish(builder.cast(source, out.type, unsigned=unsigned))


def fill_body(builder: BodyBuilder, unsigned: bool) -> Region:  # noqa: ARG001  (no casts)
    """The input, which has the output's type."""
    return builder.finish(builder.take(2)[0])


def multiply_add_body(builder: BodyBuilder, unsigned: bool) -> Region:
    """`out + lhs * rhs`, the factors cast to the output's type."""
    lhs, rhs, out = builder.take(3)
    factors = (builder.cast(value, out.type, unsigned=unsigned) for value in (lhs, rhs))
    return builder.finish(builder.binary("add", out, builder.binary("mul", *factors)))


def quantized_multiply_add_body(builder: BodyBuilder, unsigned: bool) -> Region:
    """`out + (lhs - lhs_zero_point) * (rhs - rhs_zero_point)`."""
    lhs, rhs, lhs_zero, rhs_zero, out = builder.take(5)

    def shifted(value: SSAValue, zero_point: SSAValue) -> SSAValue:
        value = builder.cast(value, out.type, unsigned=unsigned)
        return builder.binary("sub", value, builder.cast(zero_point, out.type, unsigned=unsigned))

    product = builder.binary("mul", shifted(lhs, lhs_zero), shifted(rhs, rhs_zero))
    return builder.finish(builder.binary("add", out, product))


def pooling_body(function: str) -> BodyFunction:
    """`function(out, input)`; the second input is only there for the window's shape."""

    def body(builder: BodyBuilder, unsigned: bool) -> Region:
        source, _, out = builder.take(3)
        value = builder.cast(source, out.type, unsigned=unsigned or function.endswith("unsigned"))
        return builder.finish(builder.binary(function, out, value))

    return body


def fill_rng_2d_body(builder: BodyBuilder, unsigned: bool) -> Region:  # noqa: ARG001  (signed by definition)
    """A linear congruential generator over both indices and the seed, scaled to `[min, max)`."""
    low, high, seed, out = builder.take(4)

    def integer(value: int) -> SSAValue:
        return builder.cast(builder.add(constant.ConstantOp(IntegerAttr(value, i64))), i32)

    def next_random(value: SSAValue) -> SSAValue:
        return builder.binary("add", builder.binary("mul", value, integer(1103515245)), integer(12345))

    def index(dim: int) -> SSAValue:
        return builder.cast(builder.add(IndexOp(dim)), i32)

    offset = builder.cast(builder.add(constant.ConstantOp(IntegerAttr(2147483647, i64))), f64)
    column = index(1)
    random = next_random(builder.binary("add", column, next_random(builder.binary("add", index(0), seed))))
    positive = builder.binary("add", offset, builder.cast(random, f64))
    length = builder.binary("sub", high, low)
    scale = builder.add(constant.ConstantOp(FloatAttr(2.3283063999999999e-10, f64)))
    factor = builder.binary("mul", length, scale)
    value = builder.binary("add", builder.binary("mul", positive, factor), low)
    return builder.finish(builder.cast(value, out.type))


def elementwise_body(function: str, argument_types: Sequence[Attribute]) -> Region:
    """The region of `linalg.elementwise` of kind `function`."""
    builder = BodyBuilder(argument_types)
    if function == "select":
        return builder.finish(builder.elementwise(comparisons.SelectOp, *builder.take(4)[:-1]))
    if function in _BINARY:
        lhs, rhs, _ = builder.take(3)
        return builder.finish(builder.binary(function, lhs, rhs))
    return builder.finish(builder.unary(function, builder.take(2)[0]))
