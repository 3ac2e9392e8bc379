"""The `arith` dialect: element-wise arithmetic on scalars, vectors and tensors.

`arith.constant` is xDSL's. The other ops are defined here, because MLIR 24 knows flags (`exact`, `nneg`, `overflow` on more
ops, rounding modes), types (casts, comparisons and selections of whole tensors) and traits that xDSL 0.74 does not.
Classes and fields are named as in MLIR's ArithOps.td.
"""

from __future__ import annotations

from collections.abc import Iterable

from xdsl.dialects.arith import ArithConstantMaterializationInterface, ConstantOp, FastMathFlagsAttr
from xdsl.dialects.builtin import IndexType, IntegerAttr, IntegerType, i1
from xdsl.ir import Dialect, Operation, SSAValue

from iree_explorer.dialects.arith.casts import (
    ROUNDING_MODES,
    BitcastOp,
    ConvertFOp,
    ExtFOp,
    ExtSIOp,
    ExtUIOp,
    FPToSIOp,
    FPToUIOp,
    IndexCastOp,
    IndexCastUIOp,
    ScalingExtFOp,
    ScalingTruncFOp,
    SIToFPOp,
    TruncFOp,
    TruncIOp,
    UIToFPOp,
)
from iree_explorer.dialects.arith.comparisons import CmpFOp, CmpFPredicate, CmpIOp, CmpIPredicate, SelectOp
from iree_explorer.dialects.arith.floats import (
    NO_FASTMATH,
    AddFOp,
    DivFOp,
    FloatBinaryOp,
    FloatUnaryOp,
    FlushDenormalsOp,
    MaximumFOp,
    MaxNumFOp,
    MinimumFOp,
    MinNumFOp,
    MulFOp,
    NegFOp,
    RemFOp,
    SubFOp,
)
from iree_explorer.dialects.arith.integers import (
    AddIOp,
    AddUIExtendedOp,
    AndIOp,
    CeilDivSIOp,
    CeilDivUIOp,
    DivSIOp,
    DivUIOp,
    FloorDivSIOp,
    IntBinaryOp,
    IntegerOverflowAttr,
    MaxSIOp,
    MaxUIOp,
    MinSIOp,
    MinUIOp,
    MulIOp,
    MulSIExtendedOp,
    MulUIExtendedOp,
    OrIOp,
    RemSIOp,
    RemUIOp,
    ShLIOp,
    ShRSIOp,
    ShRUIOp,
    SubIOp,
    XOrIOp,
)
from iree_explorer.ir.interfaces import ASM_RESULT_NAMES

__all__ = [
    "NO_FASTMATH",
    "ROUNDING_MODES",
    "AddFOp",
    "AddIOp",
    "AddUIExtendedOp",
    "AndIOp",
    "Arith",
    "BitcastOp",
    "CeilDivSIOp",
    "CeilDivUIOp",
    "CmpFOp",
    "CmpFPredicate",
    "CmpIOp",
    "CmpIPredicate",
    "ConstantOp",
    "ConvertFOp",
    "DivFOp",
    "DivSIOp",
    "DivUIOp",
    "ExtFOp",
    "ExtSIOp",
    "ExtUIOp",
    "FPToSIOp",
    "FPToUIOp",
    "FastMathFlagsAttr",
    "FloatBinaryOp",
    "FloatUnaryOp",
    "FloorDivSIOp",
    "FlushDenormalsOp",
    "IndexCastOp",
    "IndexCastUIOp",
    "IntBinaryOp",
    "IntegerOverflowAttr",
    "MaxNumFOp",
    "MaxSIOp",
    "MaxUIOp",
    "MaximumFOp",
    "MinNumFOp",
    "MinSIOp",
    "MinUIOp",
    "MinimumFOp",
    "MulFOp",
    "MulIOp",
    "MulSIExtendedOp",
    "MulUIExtendedOp",
    "NegFOp",
    "OrIOp",
    "RemFOp",
    "RemSIOp",
    "RemUIOp",
    "SIToFPOp",
    "ScalingExtFOp",
    "ScalingTruncFOp",
    "SelectOp",
    "ShLIOp",
    "ShRSIOp",
    "ShRUIOp",
    "SubFOp",
    "SubIOp",
    "TruncFOp",
    "TruncIOp",
    "UIToFPOp",
    "XOrIOp",
    "constant_names",
]

_OPS: list[type[Operation]] = [
    ConstantOp,
    AddIOp, SubIOp, MulIOp, DivUIOp, DivSIOp, CeilDivUIOp, CeilDivSIOp, FloorDivSIOp, RemUIOp, RemSIOp,
    AndIOp, OrIOp, XOrIOp, ShLIOp, ShRUIOp, ShRSIOp, MaxSIOp, MaxUIOp, MinSIOp, MinUIOp,
    AddUIExtendedOp, MulSIExtendedOp, MulUIExtendedOp,
    AddFOp, SubFOp, MulFOp, DivFOp, RemFOp, NegFOp, MaximumFOp, MaxNumFOp, MinimumFOp, MinNumFOp, FlushDenormalsOp,
    CmpIOp, CmpFOp, SelectOp,
    ExtUIOp, ExtSIOp, ExtFOp, TruncIOp, TruncFOp, ConvertFOp, UIToFPOp, SIToFPOp, FPToUIOp, FPToSIOp,
    IndexCastOp, IndexCastUIOp, BitcastOp, ScalingExtFOp, ScalingTruncFOp,
]  # fmt: skip


def constant_names(op: Operation) -> Iterable[tuple[SSAValue, str]]:
    """`c4`, `c4_i32`, `true`, `false`; `cst` for all but scalar integers. MLIR: ConstantOp::getAsmResultNames."""
    assert isinstance(op, ConstantOp)
    value, type_ = op.value, op.result.type
    if not isinstance(value, IntegerAttr) or not isinstance(type_, IntegerType | IndexType):
        yield op.result, "cst"
    elif type_ == i1:
        yield op.result, "true" if value.value.data else "false"
    elif isinstance(type_, IndexType):
        yield op.result, f"c{value.value.data}"
    else:
        yield op.result, f"c{value.value.data}_{type_}"


ASM_RESULT_NAMES[ConstantOp] = constant_names

Arith = Dialect(
    "arith",
    _OPS,
    [FastMathFlagsAttr, IntegerOverflowAttr],
    [ArithConstantMaterializationInterface()],
)
