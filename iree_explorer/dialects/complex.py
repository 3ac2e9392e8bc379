"""The `complex` dialect: arithmetic on complex numbers.

The ops are xDSL's, but for `complex.powi`; here are also the names of constants. Source of all facts: MLIR ComplexOps.td.
"""

from __future__ import annotations

from typing import ClassVar

from xdsl.dialects.complex import Complex as XdslComplex
from xdsl.dialects.complex import ConstantOp
from xdsl.ir import Dialect
from xdsl.irdl import IRDLOperation, VarConstraint, operand_def, prop_def, result_def, traits_def
from xdsl.traits import Pure

from iree_explorer.dialects.arith.flags import NO_FASTMATH, FastMathFlagsAttr
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import ASM_RESULT_NAMES, always_named
from iree_explorer.ir.type_constraints import COMPLEX, SIGNLESS_INTEGER


@irdl_op_definition
class PowiOp(IRDLOperation):
    """A complex number to the power of an integer."""

    name = "complex.powi"
    T: ClassVar = VarConstraint("T", COMPLEX)
    lhs = operand_def(T)
    rhs = operand_def(SIGNLESS_INTEGER)
    fastmath = prop_def(FastMathFlagsAttr, default_value=NO_FASTMATH)
    result = result_def(T)
    assembly_format = "$lhs `,` $rhs (`fastmath` `` $fastmath^)? attr-dict `:` type($result) `,` type($rhs)"
    traits = traits_def(Pure())


ASM_RESULT_NAMES[ConstantOp] = always_named("cst")

Complex = Dialect("complex", [*XdslComplex.operations, PowiOp], list(XdslComplex.attributes))
