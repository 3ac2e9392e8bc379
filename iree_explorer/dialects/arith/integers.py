"""Integer arithmetic of the `arith` dialect.

Source of types, traits and assembly formats: MLIR ArithOps.td, ArithOps.cpp.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import DenseIntOrFPElementsAttr, IndexType, IntegerAttr, UnitAttr
from xdsl.ir import Operation, OpResult, SSAValue
from xdsl.irdl import (
    IRDLOperation,
    VarConstraint,
    operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import Commutative, ConditionallySpeculatable, ConstantLike, NoMemoryEffect, Pure

from iree_explorer.dialects.arith.constant import integer_of
from iree_explorer.dialects.arith.flags import NO_OVERFLOW_FLAGS, IntegerOverflowAttr
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface
from iree_explorer.ir.op_families import define_op
from iree_explorer.ir.type_constraints import NON_ZERO_WIDTH_INTEGER_LIKE, BoolsLike

_INDEX = IndexType()


class DivisorIsKnown(ConditionallySpeculatable):
    """Speculatable where the divisor is a constant other than those that make the division undefined."""

    undefined: ClassVar[frozenset[int]] = frozenset({0})

    @classmethod
    @override
    def is_speculatable(cls, op: Operation) -> bool:
        match ConstantLike.get_constant_value(op.operands[1]):
            case IntegerAttr() as divisor:
                return divisor.value.data not in cls.undefined
            case DenseIntOrFPElementsAttr() as divisors:
                return cls.undefined.isdisjoint(divisors.iter_values())
            case _:
                return False


class DivisorIsNotZero(DivisorIsKnown):
    """MLIR: ArithOps.cpp, getDivUISpeculatability."""


class DivisorIsNeitherZeroNorMinusOne(DivisorIsKnown):
    """MLIR: ArithOps.cpp, getDivSISpeculatability (the smallest integer divided by -1 overflows)."""

    undefined = frozenset({0, -1})


class IntBinaryOp(IRDLOperation):
    """Two signless integers or indices of one type and a result of the same type."""

    T: ClassVar = VarConstraint("T", NON_ZERO_WIDTH_INTEGER_LIKE)
    lhs = operand_def(T)
    rhs = operand_def(T)
    result = result_def(T)
    assembly_format = "$lhs `,` $rhs attr-dict `:` type($result)"

    def __init__(self, lhs: Operation | SSAValue, rhs: Operation | SSAValue):
        lhs = SSAValue.get(lhs)
        super().__init__(operands=[lhs, rhs], result_types=[lhs.type])


class OverflowingIntBinaryOp(IntBinaryOp):
    """An integer op that can promise not to wrap around (`overflow<nsw, nuw>`)."""

    overflow_flags = prop_def(IntegerOverflowAttr, default_value=NO_OVERFLOW_FLAGS, prop_name="overflowFlags")
    assembly_format = "$lhs `,` $rhs (`overflow` `` $overflowFlags^)? attr-dict `:` type($result)"
    traits = traits_def(Pure())


class ExactIntBinaryOp(IntBinaryOp):
    """An integer op that can promise to lose no bits (`exact`)."""

    is_exact = opt_prop_def(UnitAttr, prop_name="isExact")
    assembly_format = "$lhs `,` $rhs (`exact` $isExact^)? attr-dict `:` type($result)"


class ExtendedMulOp(IRDLOperation):
    """A product of twice the width, as two halves."""

    T: ClassVar = VarConstraint("T", NON_ZERO_WIDTH_INTEGER_LIKE)
    lhs = operand_def(T)
    rhs = operand_def(T)
    low = result_def(T)
    high = result_def(T)
    assembly_format = "$lhs `,` $rhs attr-dict `:` type($lhs)"
    traits = traits_def(Pure(), Commutative())


@irdl_op_definition
class AddUIExtendedOp(IRDLOperation):
    """A sum and whether it wrapped around."""

    name = "arith.addui_extended"
    T: ClassVar = VarConstraint("T", NON_ZERO_WIDTH_INTEGER_LIKE)
    lhs = operand_def(T)
    rhs = operand_def(T)
    sum = result_def(T)
    overflow = result_def(BoolsLike(T))
    assembly_format = "$lhs `,` $rhs attr-dict `:` type($sum) `,` type($overflow)"
    traits = traits_def(Pure(), Commutative())


@irdl_op_definition
class MulIOp(OverflowingIntBinaryOp, OpAsmOpInterface):
    """A product."""

    name = "arith.muli"
    traits = traits_def(Commutative())

    @override
    def asm_result_names(self) -> Iterable[tuple[SSAValue, str]]:
        """`c4_vscale`, of 4 times `vector.vscale`. MLIR: MulIOp::getAsmResultNames."""
        if self.result.type != _INDEX:
            return
        for constant, other in ((self.lhs, self.rhs), (self.rhs, self.lhs)):
            factor = integer_of(constant)
            if factor is not None and isinstance(other, OpResult) and other.op.name == "vector.vscale":
                yield self.result, f"c{factor}_vscale"
                return


AddIOp = define_op("AddIOp", "arith.addi", OverflowingIntBinaryOp, Commutative())
SubIOp = define_op("SubIOp", "arith.subi", OverflowingIntBinaryOp)
ShLIOp = define_op("ShLIOp", "arith.shli", OverflowingIntBinaryOp)
ShRUIOp = define_op("ShRUIOp", "arith.shrui", ExactIntBinaryOp, Pure())
ShRSIOp = define_op("ShRSIOp", "arith.shrsi", ExactIntBinaryOp, Pure())
DivUIOp = define_op("DivUIOp", "arith.divui", ExactIntBinaryOp, NoMemoryEffect(), DivisorIsNotZero())
DivSIOp = define_op("DivSIOp", "arith.divsi", ExactIntBinaryOp, NoMemoryEffect(), DivisorIsNeitherZeroNorMinusOne())
CeilDivUIOp = define_op("CeilDivUIOp", "arith.ceildivui", IntBinaryOp, NoMemoryEffect(), DivisorIsNotZero())
CeilDivSIOp = define_op(
    "CeilDivSIOp", "arith.ceildivsi", IntBinaryOp, NoMemoryEffect(), DivisorIsNeitherZeroNorMinusOne()
)
FloorDivSIOp = define_op(
    "FloorDivSIOp", "arith.floordivsi", IntBinaryOp, NoMemoryEffect(), DivisorIsNeitherZeroNorMinusOne()
)
RemUIOp = define_op("RemUIOp", "arith.remui", IntBinaryOp, Pure())
RemSIOp = define_op("RemSIOp", "arith.remsi", IntBinaryOp, Pure())
AndIOp = define_op("AndIOp", "arith.andi", IntBinaryOp, Pure(), Commutative())
OrIOp = define_op("OrIOp", "arith.ori", IntBinaryOp, Pure(), Commutative())
XOrIOp = define_op("XOrIOp", "arith.xori", IntBinaryOp, Pure(), Commutative())
MaxSIOp = define_op("MaxSIOp", "arith.maxsi", IntBinaryOp, Pure(), Commutative())
MaxUIOp = define_op("MaxUIOp", "arith.maxui", IntBinaryOp, Pure(), Commutative())
MinSIOp = define_op("MinSIOp", "arith.minsi", IntBinaryOp, Pure(), Commutative())
MinUIOp = define_op("MinUIOp", "arith.minui", IntBinaryOp, Pure(), Commutative())
MulSIExtendedOp = define_op("MulSIExtendedOp", "arith.mulsi_extended", ExtendedMulOp)
MulUIExtendedOp = define_op("MulUIExtendedOp", "arith.mului_extended", ExtendedMulOp)
