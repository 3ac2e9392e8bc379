"""Constraints on inherent attributes: which class an op stores, and what MLIR calls them.

An attribute of another class is refused while the text is read; one that breaks the constraint only when the op is verified.
MLIR: CommonAttrConstraints.td, BuiltinAttributes.td; OpDefinitionsGen.cpp, setPropertiesFromAttr.
"""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.dialects.builtin import (
    AffineMapAttr,
    AffineSetAttr,
    ArrayAttr,
    BoolAttr,
    DenseArrayBase,
    DictionaryAttr,
    FlatSymbolRefAttrConstr,
    IndexType,
    IntegerAttr,
    StringAttr,
    SymbolNameConstraint,
    SymbolRefAttr,
    UnitAttr,
    UnregisteredAttr,
    i32,
    i64,
)
from xdsl.ir import Attribute, Data, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import AttrConstraint, BaseAttr, irdl_to_attr_constraint
from xdsl.irdl.constraints import AnyAttr, VarConstraint

from iree_explorer.ir.type_constraints import TypeIs


@dataclass(frozen=True)
class AttributeIs(TypeIs):
    """An attribute of which `predicate` holds; `phrase` says what it must be.

    Attributes:
        stored: which class an op has a field for. None: only for what `predicate` holds of.
    """

    stored: type[Attribute] | None = Attribute


def _is_type(attribute: Attribute) -> bool:
    return isinstance(attribute, TypeAttribute) or (
        isinstance(attribute, UnregisteredAttr) and bool(attribute.is_type.data)
    )


ANY_TYPE = AttributeIs("any type attribute", _is_type, stored=TypeAttribute)


def _is_i64_array(attribute: Attribute) -> bool:
    return isinstance(attribute, ArrayAttr) and all(
        isinstance(number, IntegerAttr) and number.type == i64 for number in attribute
    )


I64_ARRAY = AttributeIs("64-bit integer array attribute", _is_i64_array, stored=ArrayAttr)

_PHRASES: tuple[tuple[AttrConstraint, str], ...] = tuple(
    (irdl_to_attr_constraint(constraint), phrase)
    for constraint, phrase in (
        (StringAttr, "string attribute"),
        (SymbolNameConstraint(), "string attribute"),
        (UnitAttr, "unit attribute"),
        (BoolAttr, "bool attribute"),
        (ArrayAttr, "array attribute"),
        (DictionaryAttr, "dictionary of named attribute values"),
        (SymbolRefAttr, "symbol reference attribute"),
        (FlatSymbolRefAttrConstr, "flat symbol reference attribute"),
        (ArrayAttr[SymbolRefAttr], "symbol ref array attribute"),
        (ArrayAttr[DictionaryAttr], "Array of dictionary attributes"),
        (ArrayAttr[AffineMapAttr], "AffineMap array attribute"),
        (AffineMapAttr, "AffineMap attribute"),
        (AffineSetAttr, "IntegerSet attribute"),
        (IntegerAttr.constr(type=i32), "32-bit signless integer attribute"),
        (IntegerAttr.constr(type=i64), "64-bit signless integer attribute"),
        (IntegerAttr[IndexType], "index attribute"),
        (ArrayAttr[IntegerAttr[IndexType]], "index array attribute"),
        (DenseArrayBase.constr(i32), "i32 dense array attribute"),
        (DenseArrayBase.constr(i64), "i64 dense array attribute"),
    )
)


def phrase_of(constraint: AttrConstraint) -> str | None:
    """What MLIR calls a constraint on an attribute; None: it is not known here."""
    if isinstance(constraint, TypeIs):
        return constraint.phrase
    return next((phrase for known, phrase in _PHRASES if known == constraint), None)


def is_stored(constraint: AttrConstraint, value: Attribute) -> bool:
    """Whether an op with a field of this constraint can hold `value` at all, be it right or not."""
    if isinstance(constraint, VarConstraint):
        return is_stored(constraint.constraint, value)
    if isinstance(constraint, AttributeIs):
        return constraint.predicate(value) or (constraint.stored is not None and isinstance(value, constraint.stored))
    if isinstance(constraint, TypeIs | AnyAttr):
        return True
    if constraint == FlatSymbolRefAttrConstr:
        return constraint.verifies(value)
    if isinstance(constraint, BaseAttr):
        return isinstance(value, constraint.attr)
    bases = constraint.get_bases()
    if bases is None or bases == {DenseArrayBase}:  # Dense arrays are of another class per element type.
        return constraint.verifies(value)
    return isinstance(value, tuple(bases)) or (isinstance(value, TypeAttribute) and _is_of_types(bases))


def is_of_dialect(constraint: AttrConstraint) -> bool:
    """Whether a field is for attributes that a dialect defines, or of any class with some interface."""
    stored = constraint.stored if isinstance(constraint, AttributeIs) else None
    if stored is None:
        return False
    is_interface = not issubclass(stored, ParametrizedAttribute | Data | TypeAttribute)
    return is_interface or "." in getattr(stored, "name", "")


def _is_of_types(bases: set[type[Attribute]]) -> bool:
    """Whether a field is for types, which MLIR stores as attributes of one class."""
    return all(issubclass(base, TypeAttribute) for base in bases)
