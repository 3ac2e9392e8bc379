"""The `math` dialect: element-wise functions beyond plain arithmetic.

All ops are defined here, in families: xDSL 0.75 lacks `clampf`, `erfc`, `sincos` and the float classification, and its
classes repeat what a family says once. Classes and fields are named as in MLIR's MathOps.td, the source of all facts here.
"""

from __future__ import annotations

from typing import ClassVar

from xdsl.ir import Dialect, Operation
from xdsl.irdl import (
    IRDLOperation,
    VarConstraint,
    operand_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import Pure

from iree_explorer.dialects.arith.flags import NO_FASTMATH, FastMathFlagsAttr
from iree_explorer.dialects.arith.floats import FloatBinaryOp, FloatUnaryOp
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.op_families import define_op
from iree_explorer.ir.type_constraints import FLOAT_LIKE, SIGNLESS_INTEGER_LIKE, BoolsLike


class FloatClassificationOp(IRDLOperation):
    """A question about one float; answered by `i1` of the same shape."""

    T: ClassVar = VarConstraint("T", FLOAT_LIKE)
    operand = operand_def(T)
    result = result_def(BoolsLike(T))
    fastmath = prop_def(FastMathFlagsAttr, default_value=NO_FASTMATH)
    assembly_format = "$operand (`fastmath` `` $fastmath^)? attr-dict `:` type($operand)"
    traits = traits_def(Pure())


class IntUnaryOp(IRDLOperation):
    """One integer and a result of the same type."""

    T: ClassVar = VarConstraint("T", SIGNLESS_INTEGER_LIKE)
    operand = operand_def(T)
    result = result_def(T)
    assembly_format = "$operand attr-dict `:` type($result)"
    traits = traits_def(Pure())


@irdl_op_definition
class IPowIOp(IRDLOperation):
    """An integer to the power of an integer."""

    name = "math.ipowi"
    T: ClassVar = VarConstraint("T", SIGNLESS_INTEGER_LIKE)
    lhs = operand_def(T)
    rhs = operand_def(T)
    result = result_def(T)
    assembly_format = "$lhs `,` $rhs attr-dict `:` type($result)"
    traits = traits_def(Pure())


@irdl_op_definition
class FPowIOp(IRDLOperation):
    """A float to the power of an integer."""

    name = "math.fpowi"
    T: ClassVar = VarConstraint("T", FLOAT_LIKE)
    lhs = operand_def(T)
    rhs = operand_def(SIGNLESS_INTEGER_LIKE)
    result = result_def(T)
    fastmath = prop_def(FastMathFlagsAttr, default_value=NO_FASTMATH)
    assembly_format = "$lhs `,` $rhs (`fastmath` `` $fastmath^)? attr-dict `:` type($lhs) `,` type($rhs)"
    traits = traits_def(Pure())


@irdl_op_definition
class FmaOp(IRDLOperation):
    """`a * b + c`, rounded once."""

    name = "math.fma"
    T: ClassVar = VarConstraint("T", FLOAT_LIKE)
    a = operand_def(T)
    b = operand_def(T)
    c = operand_def(T)
    result = result_def(T)
    fastmath = prop_def(FastMathFlagsAttr, default_value=NO_FASTMATH)
    assembly_format = "$a `,` $b `,` $c (`fastmath` `` $fastmath^)? attr-dict `:` type($result)"
    traits = traits_def(Pure())


@irdl_op_definition
class ClampFOp(IRDLOperation):
    """`value`, at least `min` and at most `max`."""

    name = "math.clampf"
    T: ClassVar = VarConstraint("T", FLOAT_LIKE)
    value = operand_def(T)
    min = operand_def(T)
    max = operand_def(T)
    result = result_def(T)
    fastmath = prop_def(FastMathFlagsAttr, default_value=NO_FASTMATH)
    assembly_format = "$value `to` ` ` `[` $min `,` $max `]` (`fastmath` `` $fastmath^)? attr-dict `:` type($result)"
    traits = traits_def(Pure())


@irdl_op_definition
class SincosOp(IRDLOperation):
    """Sine and cosine at once."""

    name = "math.sincos"
    T: ClassVar = VarConstraint("T", FLOAT_LIKE)
    operand = operand_def(T)
    sin = result_def(T)
    cos = result_def(T)
    fastmath = prop_def(FastMathFlagsAttr, default_value=NO_FASTMATH)
    assembly_format = "$operand (`fastmath` `` $fastmath^)? attr-dict `:` type($sin)"
    traits = traits_def(Pure())


AbsFOp = define_op("AbsFOp", "math.absf", FloatUnaryOp)
AcosOp = define_op("AcosOp", "math.acos", FloatUnaryOp)
AcoshOp = define_op("AcoshOp", "math.acosh", FloatUnaryOp)
AsinOp = define_op("AsinOp", "math.asin", FloatUnaryOp)
AsinhOp = define_op("AsinhOp", "math.asinh", FloatUnaryOp)
AtanOp = define_op("AtanOp", "math.atan", FloatUnaryOp)
AtanhOp = define_op("AtanhOp", "math.atanh", FloatUnaryOp)
CbrtOp = define_op("CbrtOp", "math.cbrt", FloatUnaryOp)
CeilOp = define_op("CeilOp", "math.ceil", FloatUnaryOp)
CosOp = define_op("CosOp", "math.cos", FloatUnaryOp)
CoshOp = define_op("CoshOp", "math.cosh", FloatUnaryOp)
ErfOp = define_op("ErfOp", "math.erf", FloatUnaryOp)
ErfcOp = define_op("ErfcOp", "math.erfc", FloatUnaryOp)
ExpOp = define_op("ExpOp", "math.exp", FloatUnaryOp)
Exp2Op = define_op("Exp2Op", "math.exp2", FloatUnaryOp)
ExpM1Op = define_op("ExpM1Op", "math.expm1", FloatUnaryOp)
FloorOp = define_op("FloorOp", "math.floor", FloatUnaryOp)
LogOp = define_op("LogOp", "math.log", FloatUnaryOp)
Log10Op = define_op("Log10Op", "math.log10", FloatUnaryOp)
Log1pOp = define_op("Log1pOp", "math.log1p", FloatUnaryOp)
Log2Op = define_op("Log2Op", "math.log2", FloatUnaryOp)
RoundOp = define_op("RoundOp", "math.round", FloatUnaryOp)
RoundEvenOp = define_op("RoundEvenOp", "math.roundeven", FloatUnaryOp)
RsqrtOp = define_op("RsqrtOp", "math.rsqrt", FloatUnaryOp)
SinOp = define_op("SinOp", "math.sin", FloatUnaryOp)
SinhOp = define_op("SinhOp", "math.sinh", FloatUnaryOp)
SqrtOp = define_op("SqrtOp", "math.sqrt", FloatUnaryOp)
TanOp = define_op("TanOp", "math.tan", FloatUnaryOp)
TanhOp = define_op("TanhOp", "math.tanh", FloatUnaryOp)
TruncOp = define_op("TruncOp", "math.trunc", FloatUnaryOp)
Atan2Op = define_op("Atan2Op", "math.atan2", FloatBinaryOp)
CopySignOp = define_op("CopySignOp", "math.copysign", FloatBinaryOp)
PowFOp = define_op("PowFOp", "math.powf", FloatBinaryOp)
IsFiniteOp = define_op("IsFiniteOp", "math.isfinite", FloatClassificationOp)
IsInfOp = define_op("IsInfOp", "math.isinf", FloatClassificationOp)
IsNaNOp = define_op("IsNaNOp", "math.isnan", FloatClassificationOp)
IsNormalOp = define_op("IsNormalOp", "math.isnormal", FloatClassificationOp)
AbsIOp = define_op("AbsIOp", "math.absi", IntUnaryOp)
CountLeadingZerosOp = define_op("CountLeadingZerosOp", "math.ctlz", IntUnaryOp)
CountTrailingZerosOp = define_op("CountTrailingZerosOp", "math.cttz", IntUnaryOp)
CtPopOp = define_op("CtPopOp", "math.ctpop", IntUnaryOp)

_OPS: list[type[Operation]] = [
    AbsFOp, AcosOp, AcoshOp, AsinOp, AsinhOp, AtanOp, AtanhOp, CbrtOp, CeilOp, CosOp, CoshOp, ErfOp, ErfcOp, ExpOp,
    Exp2Op, ExpM1Op, FloorOp, LogOp, Log10Op, Log1pOp, Log2Op, RoundOp, RoundEvenOp, RsqrtOp, SinOp, SinhOp, SqrtOp,
    TanOp, TanhOp, TruncOp, Atan2Op, CopySignOp, PowFOp, IsFiniteOp, IsInfOp, IsNaNOp, IsNormalOp, AbsIOp,
    CountLeadingZerosOp, CountTrailingZerosOp, CtPopOp, IPowIOp, FPowIOp, FmaOp, ClampFOp, SincosOp,
]  # fmt: skip

Math = Dialect("math", _OPS, [])
