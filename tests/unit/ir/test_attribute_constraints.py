"""Which attributes an op can hold, and what they are called."""

from xdsl.dialects.builtin import (
    ArrayAttr,
    FlatSymbolRefAttrConstr,
    IntegerAttr,
    StringAttr,
    SymbolRefAttr,
    UnitAttr,
    i32,
    i64,
)
from xdsl.irdl import AnyAttr, BaseAttr, irdl_to_attr_constraint

from iree_explorer.ir.attribute_constraints import is_stored, phrase_of
from iree_explorer.ir.interfaces.ties import TIED_OPERANDS


def test_a_field_holds_attributes_of_one_class_be_they_right_or_not() -> None:
    wide = IntegerAttr.constr(type=i64)
    assert is_stored(wide, IntegerAttr(1, i64))
    assert is_stored(wide, IntegerAttr(1, i32))
    assert not is_stored(wide, StringAttr("1"))
    assert is_stored(TIED_OPERANDS, ArrayAttr([UnitAttr()]))
    assert not is_stored(TIED_OPERANDS, UnitAttr())
    assert is_stored(AnyAttr(), UnitAttr())
    assert not is_stored(FlatSymbolRefAttrConstr, SymbolRefAttr("a", ["b"]))


def test_phrases_are_those_of_mlir() -> None:
    assert phrase_of(BaseAttr(StringAttr)) == "string attribute"
    assert phrase_of(irdl_to_attr_constraint(ArrayAttr[SymbolRefAttr])) == "symbol ref array attribute"
    assert phrase_of(TIED_OPERANDS) == "64-bit integer array attribute"
    assert phrase_of(AnyAttr()) is None
