"""Type constraints that the kernel dialects share, worded as MLIR words them.

A constraint here is a predicate on one type plus the phrase of MLIR's own error message, so that a program of wrong types is
refused with the sentence that `iree-opt` prints. (`AnyOf` of xDSL answers "Unexpected attribute", which helps nobody.)

Source of the names: MLIR CommonTypeConstraints.td and CommonAttrConstraints.td.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias

from typing_extensions import TypeVar, override
from xdsl.dialects.builtin import (
    DYNAMIC_INDEX,
    AnyFloat,
    ComplexType,
    FixedBitwidthType,
    IndexType,
    IntegerType,
    MemRefType,
    Signedness,
    TensorType,
    UnrankedMemRefType,
    UnrankedTensorType,
    VectorType,
    i1,
)
from xdsl.ir import Attribute, TypeAttribute
from xdsl.irdl import AnyAttr, AttrConstraint, IntConstraint, VarConstraint
from xdsl.irdl.constraints import (
    EqAttrConstraint,
    InferenceContext,
    RangeConstraint,
    RangeLengthConstraint,
    RangeOf,
    RangeVarConstraint,
    VerificationContext,
)
from xdsl.utils.exceptions import VerifyException

ShapedType: TypeAlias = (
    TensorType[Attribute] | VectorType[Attribute] | MemRefType[Attribute] | UnrankedTensorType[Attribute]
)


@dataclass(frozen=True)
class TypeIs(AttrConstraint[Attribute]):
    """A type of which `predicate` holds; `phrase` says what it must be.

    Attributes:
        classes: that parsers of assembly formats ask for, where MLIR's definition names a C++ class; empty: none.
    """

    phrase: str
    predicate: Callable[[Attribute], bool]
    classes: tuple[type[Attribute], ...] = ()

    @override
    def verify(self, attr: Attribute, constraint_context: VerificationContext) -> None:
        if not self.predicate(attr):
            raise VerifyException(f"must be {self.phrase}, but got '{attr}'")

    @override
    def mapping_type_vars(self, type_var_mapping: Mapping[TypeVar, AttrConstraint | IntConstraint]) -> TypeIs:
        return self


_PHRASES = {
    "index": "index",
    "!stream.binding": "A managed resource binding into an executable scope.",
    "!stream.channel": "A collective communication channel.",
    "!stream.file": "A file handle used for I/O operations.",
    "!stream.timepoint": "A timepoint indicating execution availability.",
    "!util.buffer": "A reference counted byte buffer.",
    "!hal.channel": "collective.channel",
    "!hal.file": "buffer",
    "!iree_codegen.null_pointer": "Pseudo null-pointer type. Lowers to a null pointer.",
    **{
        f"!hal.{name}": name
        for name in ("allocator", "buffer", "buffer_view", "command_buffer", "device", "event", "executable", "fence")
    },
    **{f"i{width}": f"{width}-bit signless integer" for width in (1, 8, 16, 32, 64)},
}
"""What MLIR calls single types. # MLIR: CommonTypeConstraints.td; IREE: StreamTypes.td, UtilTypes.td, HALTypes.td"""


def type_phrase(constraint: AttrConstraint) -> str | None:
    """What MLIR calls a constraint on a type; None: it is not known here."""
    if isinstance(constraint, TypeIs):
        return constraint.phrase
    return _PHRASES.get(str(constraint.attr)) if isinstance(constraint, EqAttrConstraint) else None


_ASKED_FOR = frozenset({"index", "stream.timepoint", "util.buffer"})
"""Single types whose definitions name a C++ class. # MLIR: CommonTypeConstraints.td; IREE: StreamTypes.td, UtilTypes.td."""


def type_classes(constraint: AttrConstraint) -> tuple[type[Attribute], ...]:
    """The classes of types that MLIR's parsers of assembly formats ask for where a field has this constraint; empty: any.

    MLIR: OpFormatGen.cpp, genTypeParser: types whose definition names a C++ class.
    """
    if isinstance(constraint, VarConstraint):
        return type_classes(constraint.constraint)
    if isinstance(constraint, TypeIs):
        return constraint.classes
    if isinstance(constraint, EqAttrConstraint):
        return (type(constraint.attr),) if constraint.attr.name in _ASKED_FOR else ()
    bases = constraint.get_bases()
    return next((classes for classes in _SHAPED if bases == {*classes}), ())


def rule_of_each(constraint: RangeConstraint | None) -> tuple[str, AttrConstraint | None]:
    """Of the constraint of a field: the type variable that its types are, empty if they are none, and the rule for each of them."""
    variable = ""
    while isinstance(constraint, RangeVarConstraint | RangeLengthConstraint):
        variable = constraint.name if isinstance(constraint, RangeVarConstraint) else variable
        constraint = constraint.constraint
    each = constraint.constr if isinstance(constraint, RangeOf) else None
    return (each.name, each.constraint) if isinstance(each, VarConstraint) else (variable, each)


_SHAPED: tuple[tuple[type[Attribute], ...], ...] = (
    (TensorType,),
    (MemRefType,),
    (VectorType,),
    (TensorType, UnrankedTensorType),
    (MemRefType, UnrankedMemRefType),
)
"""Classes, one or a ranked and an unranked one, that MLIR's definitions name a C++ class for."""


def element_type(type_: Attribute) -> Attribute:
    """The element type of a tensor, vector or memref; any other type itself (MLIR: getElementTypeOrSelf)."""
    if isinstance(type_, TensorType | VectorType | MemRefType | UnrankedTensorType | UnrankedMemRefType):
        return type_.element_type
    return type_


def with_element_type(type_: Attribute, element: TypeAttribute) -> Attribute:
    """The type of the same shape with other elements; a scalar becomes `element` itself (MLIR: getI1SameShape and kin)."""
    match type_:
        case TensorType():
            return TensorType(element, type_.get_shape(), type_.encoding)
        case VectorType():
            return VectorType(element, type_.get_shape(), type_.scalable_dims)
        case UnrankedTensorType():
            return UnrankedTensorType(element)
        case _:
            return element


def shape_of(type_: Attribute) -> tuple[int, ...] | None:
    """Dimensions of a ranked type, -1 for a dynamic one; None: not a ranked shaped type."""
    return type_.get_shape() if isinstance(type_, TensorType | VectorType | MemRefType) else None


def may_be_same_shape(one: Attribute, other: Attribute) -> bool:
    """Whether two values may be of the same shape, as far as their types say it."""
    shape, shape_ = shape_of(one), shape_of(other)
    return shape is None or shape_ is None or are_compatible_shapes(shape, shape_)


def is_rank_reduced(whole: Sequence[int], reduced: Sequence[int]) -> bool:
    """Whether one shape is another without some dimensions of size 1. MLIR: computeRankReductionMask."""
    matched = 0
    for size in whole:
        if matched < len(reduced) and size == reduced[matched]:
            matched += 1
        elif size != 1:
            return False
    return matched == len(reduced)


def are_compatible_shapes(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two shapes may be the same: they are, but for dynamic dimensions. MLIR: verifyCompatibleShape."""
    if len(one) != len(other):
        return False
    return all(a == b or DYNAMIC_INDEX in (a, b) for a, b in zip(one, other, strict=True))


def verify_dynamic_sizes(type_: Attribute, count: int) -> None:
    """Checks that there are as many sizes as dynamic dimensions. MLIR: verifyDynamicDimensionCount."""
    dynamic = (shape_of(type_) or ()).count(DYNAMIC_INDEX)
    if dynamic != count:
        raise VerifyException(f"incorrect number of dynamic sizes, has {count}, expected {dynamic}")


def is_signless_integer(type_: Attribute) -> bool:
    """An integer type that is neither `si` nor `ui`."""
    return isinstance(type_, IntegerType) and type_.signedness.data == Signedness.SIGNLESS


def is_float(type_: Attribute) -> bool:
    """Any floating-point type, the small ones of 4 to 8 bits included."""
    return isinstance(type_, AnyFloat)


def is_primitive(type_: Attribute) -> bool:
    """A number: index, integer, float or complex. IREE: StreamBase.td, Stream_PrimitiveType."""
    return isinstance(type_, IndexType | IntegerType | AnyFloat | ComplexType)


PRIMITIVE = TypeIs("index or integer or floating-point or complex-type", is_primitive)


def bit_width(type_: Attribute) -> int:
    """Bits of a scalar type; 0: it has no fixed number of them, such as `index`."""
    return type_.bitwidth if isinstance(type_, FixedBitwidthType) else 0


def elementwise(scalar: Callable[[Attribute], bool]) -> Callable[[Attribute], bool]:
    """The predicate `scalar`, for scalars and for tensors and vectors of them."""

    def holds(type_: Attribute) -> bool:
        if isinstance(type_, TensorType | VectorType | UnrankedTensorType):
            return scalar(type_.element_type)
        return scalar(type_)

    return holds


def has_signless_bits(type_: Attribute) -> bool:
    """A signless integer type of one bit or more."""
    return is_signless_integer(type_) and bit_width(type_) > 0


def has_signless_bits_or_is_index(type_: Attribute) -> bool:
    """A signless integer type of one bit or more, or `index`."""
    return isinstance(type_, IndexType) or has_signless_bits(type_)


def is_signless_integer_or_index(type_: Attribute) -> bool:
    """A signless integer type, or `index`."""
    return isinstance(type_, IndexType) or is_signless_integer(type_)


def _is_bool(type_: Attribute) -> bool:
    return type_ == i1


SIGNLESS_INTEGER_LIKE = TypeIs("signless-integer-like", elementwise(is_signless_integer_or_index))
SIGNLESS_INTEGER = TypeIs("signless integer", is_signless_integer)
SIGNLESS_INTEGER_OR_INDEX = TypeIs("signless integer or index", is_signless_integer_or_index)
NON_ZERO_WIDTH_INTEGER_LIKE = TypeIs(
    "signless-non-zero-bitwidth-integer-like", elementwise(has_signless_bits_or_is_index)
)
FIXED_WIDTH_INTEGER_LIKE = TypeIs("signless-fixed-width-integer-like", elementwise(has_signless_bits))
FLOAT_LIKE = TypeIs("floating-point-like", elementwise(is_float))
BOOL_LIKE = TypeIs("bool-like", elementwise(_is_bool))
INDEX = TypeIs("index", lambda type_: isinstance(type_, IndexType))
ANY_RANKED_TENSOR = TypeIs(
    "ranked tensor of any non-token type values", lambda type_: isinstance(type_, TensorType), (TensorType,)
)
ANY_VECTOR = TypeIs("vector of any non-token type values", lambda type_: isinstance(type_, VectorType), (VectorType,))
ANY_MEMREF = TypeIs("memref of any non-token type values", lambda type_: isinstance(type_, MemRefType), (MemRefType,))
ANY_MEMREF_WITH_RANK_OR_WITHOUT = TypeIs(
    "ranked or unranked memref of any non-token type values",
    lambda type_: isinstance(type_, MemRefType | UnrankedMemRefType),
    (MemRefType, UnrankedMemRefType),
)
ANY_TENSOR = TypeIs(
    "tensor of any non-token type values",
    lambda type_: isinstance(type_, TensorType | UnrankedTensorType),
    (TensorType, UnrankedTensorType),
)
ANY_SHAPED = TypeIs(
    "shaped of any non-token type values",
    lambda type_: isinstance(type_, TensorType | MemRefType | VectorType | UnrankedTensorType | UnrankedMemRefType),
)
COMPLEX = TypeIs("complex type", elementwise(lambda type_: isinstance(type_, ComplexType)))


_ANY = AnyAttr()


@dataclass(frozen=True)
class InferredType(AttrConstraint[Attribute]):
    """The type that follows from that of the type variable `like`, for assembly formats that print only the latter.

    MLIR: TypesMatchWith. Both types are checked for themselves before they are compared.

    Attributes:
        words: what MLIR says that it could not verify where the types do not go together.
        each: what the type must be for itself.
    """

    like: VarConstraint[Attribute]
    words: str
    each: AttrConstraint[Attribute] = _ANY

    @abstractmethod
    def type_from(self, like: Attribute) -> Attribute:
        """The type that follows from `like`."""

    @override
    def verify(self, attr: Attribute, constraint_context: VerificationContext) -> None:
        known = constraint_context.get_variable(self.like.name)
        if known is not None and attr != self.type_from(known):
            raise VerifyException(f"failed to verify that {self.words}")

    @override
    def can_infer(self, var_constraint_names: Set[str]) -> bool:
        return self.like.name in var_constraint_names

    @override
    def infer(self, context: InferenceContext) -> Attribute:
        known = context.get_variable(self.like.name)
        if known is None:
            raise ValueError(f"the type variable {self.like.name} is not known yet")
        return self.type_from(known)

    @override
    def mapping_type_vars(self, type_var_mapping: Mapping[TypeVar, AttrConstraint | IntConstraint]) -> InferredType:
        return self


@dataclass(frozen=True)
class BoolsLike(InferredType):
    """`i1`, in the shape of the other type. MLIR: getI1SameShape."""

    words: str = "result type has i1 element type and same shape as operands"
    each: AttrConstraint[Attribute] = BOOL_LIKE

    @override
    def type_from(self, like: Attribute) -> Attribute:
        return with_element_type(like, i1)


@dataclass(frozen=True)
class ElementOf(InferredType):
    """The type of an element of the other type; of a scalar its own."""

    @override
    def type_from(self, like: Attribute) -> Attribute:
        return element_type(like)


@dataclass(frozen=True)
class SameType(InferredType):
    """The other type."""

    @override
    def type_from(self, like: Attribute) -> Attribute:
        return like
