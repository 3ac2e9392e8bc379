"""Terminators of the regions of `scf` ops.

Fields are named as in MLIR's SCFOps.td; a group of results is `results_`. Source of all facts: MLIR SCFOps.td, SCF.cpp.
"""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.dialects.builtin import i1
from xdsl.ir import SSAValue
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    operand_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import (
    IsTerminator,
    Pure,
    ReturnLike,
)

from iree_explorer.ir.block_traits import ParentOneOf
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces.control_flow import (
    RegionBranchTerminatorOpInterface,
)

_YIELDING = ("scf.execute_region", "scf.for", "scf.if", "scf.index_switch", "scf.while")


@irdl_op_definition
class YieldOp(IRDLOperation, RegionBranchTerminatorOpInterface):
    """Ends a region with values."""

    name = "scf.yield"
    results_ = var_operand_def(AnyAttr())
    assembly_format = "attr-dict ($results_^ `:` type($results_))?"
    traits = traits_def(ParentOneOf(_YIELDING), IsTerminator(), ReturnLike(), Pure())


@irdl_op_definition
class ConditionOp(IRDLOperation, RegionBranchTerminatorOpInterface):
    """Ends the `before` region of a while loop: on with the `after` region, or out of the loop."""

    name = "scf.condition"
    condition = operand_def(i1)
    args = var_operand_def(AnyAttr())
    assembly_format = "`(` $condition `)` attr-dict ($args^ `:` type($args))?"
    traits = traits_def(ParentOneOf(("scf.while",)), IsTerminator(), Pure())

    @override
    def forwarded_operands(self) -> Sequence[SSAValue]:
        return self.args
