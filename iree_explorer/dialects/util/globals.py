"""Globals of the program: their definition and access. IREE: UtilOps.td, OpGroupGlobalOps; UtilTypes.cpp."""

from __future__ import annotations

from collections.abc import Iterable, Set

from typing_extensions import override
from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    FlatSymbolRefAttrConstr,
    ShapedType,
    StringAttr,
    SymbolNameConstraint,
    SymbolRefAttr,
    UnitAttr,
)
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    operand_def,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import (
    EffectInstance,
    MemoryEffect,
    MemoryEffectKind,
    Pure,
    SymbolOpInterface,
)
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.util.constraints import GLOBAL_POINTER
from iree_explorer.dialects.util.types import PtrType
from iree_explorer.ir.assembly.format_directives import PropDict
from iree_explorer.ir.assembly.symbol_directives import SymbolVisibility, TypeOrAttr
from iree_explorer.ir.attribute_constraints import ANY_TYPE
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    GlobalLoadOpInterface,
    GlobalOpInterface,
    GlobalStoreOpInterface,
    GlobalType,
    OpAsmOpInterface,
    StreamAffinityOp,
)
from iree_explorer.ir.symbols import SymbolUses, lookup_symbol
from iree_explorer.ir.typed_attribute import type_of_attribute


def is_global_type_compatible(stored: Attribute, accessed: Attribute) -> bool:
    """Whether a global of type `stored` may be read as `accessed`. IREE: UtilTypes.cpp, isGlobalTypeCompatible."""
    if isinstance(stored, ShapedType) and isinstance(accessed, ShapedType):
        lhs, rhs = stored.get_shape(), accessed.get_shape()
        return len(lhs) == len(rhs) and all(a == b or DYNAMIC_INDEX in (a, b) for a, b in zip(lhs, rhs, strict=True))
    if isinstance(stored, GlobalType):
        return stored.is_access_storage_compatible(accessed)
    return stored == accessed


@irdl_op_definition
class GlobalOp(IRDLOperation, GlobalOpInterface, StreamAffinityOp):
    """A value that lives as long as the program."""

    name = "util.global"

    sym_visibility = opt_prop_def(StringAttr)
    sym_name = prop_def(SymbolNameConstraint())
    type = prop_def(ANY_TYPE)
    is_mutable = opt_prop_def(UnitAttr)
    initial_value = opt_prop_def(AnyAttr())
    inlining_policy = opt_prop_def(AnyAttr())

    traits = traits_def(SymbolOpInterface())
    custom_directives = (SymbolVisibility, PropDict, TypeOrAttr)
    assembly_format = (
        "custom<SymbolVisibility>($sym_visibility) (`mutable` $is_mutable^)? $sym_name "
        "custom<PropDict>($inlining_policy) attr-dict custom<TypeOrAttr>($type, $initial_value)"
    )

    @property
    @override
    def global_name(self) -> str:
        return self.sym_name.data

    @property
    @override
    def global_type(self) -> Attribute:
        return self.type

    @property
    @override
    def is_global_mutable(self) -> bool:
        return self.is_mutable is not None

    @override
    def verify_(self) -> None:
        # IREE: UtilTypes.cpp, detail::verifyGlobalOp
        given = None if self.initial_value is None else type_of_attribute(self.initial_value)
        if given is not None and not is_global_type_compatible(self.type, given):
            raise VerifyException(
                f"initial value type mismatch; global \"{self.global_name}\" is '{self.type}' "
                f"but initial value provided is '{given}'"
            )


def lookup_global(op: Operation, reference: SymbolRefAttr) -> GlobalOpInterface:
    """The global that `reference` means where `op` stands.

    Raises:
        VerifyException: there is none. IREE: UtilTypes.cpp, lookupGlobalOp.
    """
    parent = op.parent_op()
    found = None if parent is None else lookup_symbol(parent, reference)
    if not isinstance(found, GlobalOpInterface):
        raise VerifyException(f"undefined global: @{reference.string_value()}")
    return found


class _LoadSymbolUses(SymbolUses):
    @override
    def verify_uses(self, op: Operation) -> None:
        # IREE: UtilTypes.cpp, detail::verifyGlobalLoadOp
        assert isinstance(op, GlobalLoadOp)
        found = lookup_global(op, op.global_)
        if not is_global_type_compatible(found.global_type, op.result.type):
            raise VerifyException(
                f"global type mismatch; global \"{found.global_name}\" is '{found.global_type}' "
                f"but load is '{op.result.type}'"
            )
        _verify_mutability(found, op.is_immutable)


def _verify_mutability(found: GlobalOpInterface, is_immutable: UnitAttr | None) -> None:
    if is_immutable is not None and found.is_global_mutable:
        raise VerifyException("is marked as immutable but the global is mutable")


class _LoadEffects(MemoryEffect):
    """A load of a global that may change is a read; of one that may not, nothing. IREE: GlobalLoadOp::getEffects."""

    @classmethod
    @override
    def get_effects(cls, op: Operation) -> Set[EffectInstance]:
        return frozenset() if "is_immutable" in op.properties else _READ


_READ = frozenset((EffectInstance(MemoryEffectKind.READ),))


@irdl_op_definition
class GlobalLoadOp(IRDLOperation, OpAsmOpInterface, GlobalLoadOpInterface):
    """The value of a global."""

    name = "util.global.load"

    global_ = prop_def(FlatSymbolRefAttrConstr, prop_name="global")
    is_immutable = opt_prop_def(UnitAttr)
    result = result_def()

    traits = traits_def(_LoadSymbolUses(), _LoadEffects())
    assembly_format = "(`immutable` $is_immutable^)? $global attr-dict `:` type($result)"

    @override
    def asm_result_names(self) -> Iterable[tuple[SSAValue, str]]:
        yield self.result, self.global_.string_value()


class _StoreSymbolUses(SymbolUses):
    @override
    def verify_uses(self, op: Operation) -> None:
        # IREE: UtilTypes.cpp, detail::verifyGlobalStoreOp
        assert isinstance(op, GlobalStoreOp)
        found = lookup_global(op, op.global_)
        if found.global_type != op.value.type:
            raise VerifyException(
                f"global type mismatch; global \"{found.global_name}\" is '{found.global_type}' "
                f"but store is '{op.value.type}'"
            )


@irdl_op_definition
class GlobalStoreOp(IRDLOperation, GlobalStoreOpInterface):
    """Sets a global."""

    name = "util.global.store"

    value = operand_def()
    global_ = prop_def(FlatSymbolRefAttrConstr, prop_name="global")

    traits = traits_def(_StoreSymbolUses())
    assembly_format = "$value `,` $global attr-dict `:` type($value)"


class _AddressSymbolUses(SymbolUses):
    @override
    def verify_uses(self, op: Operation) -> None:
        # IREE: UtilTypes.cpp, detail::verifyGlobalAddressOp
        assert isinstance(op, GlobalAddressOp)
        _verify_mutability(lookup_global(op, op.global_), op.is_immutable)


@irdl_op_definition
class GlobalAddressOp(IRDLOperation, OpAsmOpInterface):
    """The address of a global."""

    name = "util.global.address"

    global_ = prop_def(FlatSymbolRefAttrConstr, prop_name="global")
    is_immutable = opt_prop_def(UnitAttr)
    result = result_def(GLOBAL_POINTER)

    traits = traits_def(Pure(), _AddressSymbolUses())
    assembly_format = "(`immutable` $is_immutable^)? $global attr-dict `:` type($result)"

    @override
    def asm_result_names(self) -> Iterable[tuple[SSAValue, str]]:
        yield self.result, f"ptr_{self.global_.string_value()}"


def _verify_pointer(pointer: SSAValue, accessed: Attribute, access: str) -> None:
    target = pointer.type.target_type if isinstance(pointer.type, PtrType) else pointer.type
    if not is_global_type_compatible(target, accessed):
        raise VerifyException(f"global type mismatch; global pointer is '{target}' but {access} is '{accessed}'")


@irdl_op_definition
class GlobalLoadIndirectOp(IRDLOperation):
    """The value of a global by its address."""

    name = "util.global.load.indirect"

    global_ = operand_def(GLOBAL_POINTER)
    is_immutable = opt_prop_def(UnitAttr)
    result = result_def()

    assembly_format = "(`immutable` $is_immutable^)? $global_ attr-dict `:` type($global_) `->` type($result)"

    @override
    def verify_(self) -> None:
        _verify_pointer(self.global_, self.result.type, "load")


@irdl_op_definition
class GlobalStoreIndirectOp(IRDLOperation):
    """Sets a global by its address."""

    name = "util.global.store.indirect"

    value = operand_def()
    global_ = operand_def(GLOBAL_POINTER)

    assembly_format = "$value `,` $global_ attr-dict `:` type($value) `->` type($global_)"

    @override
    def verify_(self) -> None:
        _verify_pointer(self.global_, self.value.type, "store")
