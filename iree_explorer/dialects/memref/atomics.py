"""Ops that change memory in one step. MLIR: MemRefOps.td, MemRefOps.cpp."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import AnyFloat, IndexType, IntegerAttr, IntegerType, MemRefType, i64
from xdsl.irdl import IRDLOperation, VarConstraint, operand_def, prop_def, result_def, traits_def, var_operand_def
from xdsl.irdl.declarative_assembly_format import AttributeVariable, irdl_custom_directive
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.arith.atomics import ATOMIC_RMW_KINDS
from iree_explorer.dialects.memref.ops import verify_indices
from iree_explorer.ir.assembly.enum_directives import EnumDirective, verify_number
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.type_constraints import ANY_MEMREF, TypeIs, is_signless_integer

_NUMBER = TypeIs(
    "signless integer or floating-point", lambda type_: isinstance(type_, AnyFloat) or is_signless_integer(type_)
)
_OF_FLOATS = frozenset(("addf", "maximumf", "minimumf", "mulf"))
_OF_INTEGERS = frozenset(("addi", "andi", "maxs", "maxu", "mins", "minu", "muli", "ori"))


@irdl_custom_directive
class AtomicRMWKind(EnumDirective):
    """`addf`, `maxs` and so on."""

    kind: AttributeVariable
    words = ATOMIC_RMW_KINDS
    number_type = i64


@irdl_op_definition
class AtomicRMWOp(IRDLOperation):
    """Joins an element with a value in place; gives what was there."""

    name = "memref.atomic_rmw"
    T: ClassVar = VarConstraint("T", _NUMBER)

    value = operand_def(T)
    memref = operand_def(ANY_MEMREF)
    indices = var_operand_def(IndexType())
    kind = prop_def(IntegerAttr)
    result = result_def(T)

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())
    custom_directives = (AtomicRMWKind,)
    assembly_format = (
        "custom<AtomicRMWKind>($kind) $value `,` $memref `[` $indices `]` attr-dict `:` "
        "`(` type($value) `,` type($memref) `)` `->` type($result)"
    )

    @override
    def verify_(self) -> None:
        verify_number(self, "kind", AtomicRMWKind)
        type_ = self.value.type
        assert isinstance(self.memref.type, MemRefType)
        if self.memref.type.element_type != type_:
            raise VerifyException("failed to verify that value type matches element type of memref")
        verify_indices(self.memref, len(self.indices))
        kind = AtomicRMWKind.text_of(self.kind.value.data)
        if kind in _OF_FLOATS and not isinstance(type_, AnyFloat):
            raise VerifyException(f"with kind '{kind}' expects a floating-point type")
        if kind in _OF_INTEGERS and not isinstance(type_, IntegerType):
            raise VerifyException(f"with kind '{kind}' expects an integer type")
