"""Values: casts, comparisons, ranges, hints to the compiler. IREE: UtilOps.td."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.irdl import (
    AnyAttr,
    IRDLOperation,
    RangeOf,
    SameVariadicOperandSize,
    VarConstraint,
    operand_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import Commutative, ConstantLike, Pure
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.util.constraints import I1, INDEX, INTEGER_OR_INDEX
from iree_explorer.dialects.util.directives import RangeList, TypedValueList
from iree_explorer.dialects.util.types import ObjectType, is_object_compatible
from iree_explorer.ir.attribute_constraints import ANY_TYPE
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import FirstOperandTied
from iree_explorer.ir.type_constraints import PRIMITIVE


@irdl_op_definition
class NullOp(IRDLOperation):
    """The value that stands for nothing."""

    name = "util.null"

    result = result_def()

    traits = traits_def(Pure(), ConstantLike())
    assembly_format = "attr-dict `:` type($result)"


@irdl_op_definition
class CastOp(IRDLOperation, FirstOperandTied):
    """The same object, seen as another type."""

    name = "util.cast"

    operand = operand_def()
    result = result_def()

    traits = traits_def(Pure())
    assembly_format = "$operand attr-dict `:` type($operand) `to` type($result)"

    @override
    def verify_(self) -> None:
        # IREE: UtilOps.cpp, CastOp::verify and CastOp::areCastCompatible
        source, target = self.operand.type, self.result.type
        if not is_object_compatible(source):
            raise VerifyException(f"operand type '{source}' is not object cast compatible")
        if not is_object_compatible(target):
            raise VerifyException(f"result type '{target}' is not object cast compatible")
        if source != target and not isinstance(source, ObjectType) and not isinstance(target, ObjectType):
            raise VerifyException(f"operand type '{source}' and result type '{target}' are cast incompatible")


class CompareOp(IRDLOperation):
    """A comparison of two values of one type."""

    T: ClassVar = VarConstraint("T", AnyAttr())

    lhs = operand_def(T)
    rhs = operand_def(T)
    result = result_def(I1)

    traits = traits_def(Pure(), Commutative())
    assembly_format = "operands attr-dict `:` type($lhs)"


@irdl_op_definition
class CmpEQOp(CompareOp):
    """Whether two values are the same."""

    name = "util.cmp.eq"


@irdl_op_definition
class CmpNEOp(CompareOp):
    """Whether two values are not the same."""

    name = "util.cmp.ne"


class RangeBoundOp(IRDLOperation):
    """The least or the greatest of several numbers."""

    T: ClassVar = VarConstraint("T", INTEGER_OR_INDEX)

    operands_ = var_operand_def(RangeOf(T))
    result = result_def(T)

    traits = traits_def(Pure())
    assembly_format = "$operands_ attr-dict `:` type($result)"


@irdl_op_definition
class RangeMinOp(RangeBoundOp):
    """The least of several numbers."""

    name = "util.range.min"


@irdl_op_definition
class RangeMaxOp(RangeBoundOp):
    """The greatest of several numbers."""

    name = "util.range.max"


@irdl_op_definition
class RangeExtentsOp(IRDLOperation):
    """The first and last place that several ranges cover."""

    name = "util.range.extents"

    T: ClassVar = VarConstraint("T", INTEGER_OR_INDEX)

    offsets = var_operand_def(RangeOf(T))
    lengths = var_operand_def(RangeOf(T))
    min = result_def(T)
    max = result_def(T)

    irdl_options = (SameVariadicOperandSize(),)
    traits = traits_def(Pure())
    custom_directives = (RangeList,)
    assembly_format = "custom<RangeList>($offsets, $lengths) attr-dict `:` type($min)"


@irdl_op_definition
class AlignOp(IRDLOperation):
    """A number rounded up to a multiple of another."""

    name = "util.align"

    T: ClassVar = VarConstraint("T", INTEGER_OR_INDEX)

    value = operand_def(T)
    alignment = operand_def(T)
    result = result_def(T)

    traits = traits_def(Pure())
    assembly_format = "$value `,` $alignment attr-dict `:` type($result)"


@irdl_op_definition
class SizeOfOp(IRDLOperation):
    """How many bytes a value of a type takes."""

    name = "util.sizeof"

    sized_type = prop_def(ANY_TYPE, prop_name="sizedType")
    size = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "$sizedType attr-dict-with-keyword"


@irdl_op_definition
class SwitchOp(IRDLOperation):
    """One of several values, by its place; a default for places that there are not."""

    name = "util.switch"

    T: ClassVar = VarConstraint("T", PRIMITIVE)

    index = operand_def(INDEX)
    default_value = operand_def(T)
    values = var_operand_def(RangeOf(T))
    result = result_def(T)

    traits = traits_def(Pure())
    custom_directives = (TypedValueList,)
    assembly_format = (
        "type($default_value) `from` custom<TypedValueList>($values) `at` $index `else` $default_value attr-dict "
        "`:` type($result)"
    )
