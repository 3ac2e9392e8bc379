"""Rules of `check.expect_*_const`. # IREE: CheckOps.cpp."""

from __future__ import annotations

from typing import Any, cast

from xdsl.ir import Operation
from xdsl.irdl import IRDLOperation

from iree_explorer.dialects.arith.constant import ConstantOp
from iree_explorer.dialects.check import ExpectAlmostEqConstOp, ExpectAlmostEqOp, ExpectEqConstOp, ExpectEqOp
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, pattern


def _with_a_constant(op: ExpectEqConstOp | ExpectAlmostEqConstOp, new: type[IRDLOperation], rewriter: Rewriter) -> bool:
    value = rewriter.insert(ConstantOp(cast("Any", op.value)))
    others = {name: attribute for name, attribute in op.properties.items() if name != "value"}
    device = [] if op.device is None else [op.device]
    expectation: Operation = new.create(operands=[*device, op.lhs, value.result], properties=others)
    rewriter.replace_op_with(op, expectation)
    return True


@pattern("ExpectEqConstOpToExpectEqOp")
def _expect_eq(op: ExpectEqConstOp, rewriter: Rewriter) -> bool:
    """Expects what a constant holds."""
    return _with_a_constant(op, ExpectEqOp, rewriter)


@pattern("ExpectAlmostEqConstOpToExpectAlmostEqOp")
def _expect_almost_eq(op: ExpectAlmostEqConstOp, rewriter: Rewriter) -> bool:
    """Expects about what a constant holds."""
    return _with_a_constant(op, ExpectAlmostEqOp, rewriter)


RULES = (
    OpRules("check.expect_eq_const", (_expect_eq,)),
    OpRules("check.expect_almost_eq_const", (_expect_almost_eq,)),
)
