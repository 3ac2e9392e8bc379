"""Floating-point arithmetic of the `arith` dialect.

Source of types, traits and assembly formats: MLIR ArithOps.td.
"""

from __future__ import annotations

from typing import ClassVar

from xdsl.irdl import IRDLOperation, VarConstraint, operand_def, prop_def, result_def, traits_def
from xdsl.traits import Commutative, Pure

from iree_explorer.dialects.arith.flags import NO_FASTMATH, FastMathFlagsAttr
from iree_explorer.ir.op_families import define_op
from iree_explorer.ir.type_constraints import FLOAT_LIKE


class FloatUnaryOp(IRDLOperation):
    """One float and a result of the same type."""

    T: ClassVar = VarConstraint("T", FLOAT_LIKE)
    operand = operand_def(T)
    result = result_def(T)
    fastmath = prop_def(FastMathFlagsAttr, default_value=NO_FASTMATH)
    assembly_format = "$operand (`fastmath` `` $fastmath^)? attr-dict `:` type($result)"
    traits = traits_def(Pure())


class FloatBinaryOp(IRDLOperation):
    """Two floats of one type and a result of the same type."""

    T: ClassVar = VarConstraint("T", FLOAT_LIKE)
    lhs = operand_def(T)
    rhs = operand_def(T)
    result = result_def(T)
    fastmath = prop_def(FastMathFlagsAttr, default_value=NO_FASTMATH)
    assembly_format = "$lhs `,` $rhs (`fastmath` `` $fastmath^)? attr-dict `:` type($result)"
    traits = traits_def(Pure())


NegFOp = define_op("NegFOp", "arith.negf", FloatUnaryOp)
FlushDenormalsOp = define_op("FlushDenormalsOp", "arith.flush_denormals", FloatUnaryOp)
AddFOp = define_op("AddFOp", "arith.addf", FloatBinaryOp, Commutative())
SubFOp = define_op("SubFOp", "arith.subf", FloatBinaryOp)
MulFOp = define_op("MulFOp", "arith.mulf", FloatBinaryOp, Commutative())
DivFOp = define_op("DivFOp", "arith.divf", FloatBinaryOp)
RemFOp = define_op("RemFOp", "arith.remf", FloatBinaryOp)
MaximumFOp = define_op("MaximumFOp", "arith.maximumf", FloatBinaryOp, Commutative())
MaxNumFOp = define_op("MaxNumFOp", "arith.maxnumf", FloatBinaryOp, Commutative())
MinimumFOp = define_op("MinimumFOp", "arith.minimumf", FloatBinaryOp, Commutative())
MinNumFOp = define_op("MinNumFOp", "arith.minnumf", FloatBinaryOp, Commutative())
