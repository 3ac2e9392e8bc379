"""Attributes of the `linalg` dialect. Source of words and numbers: MLIR LinalgEnums.td."""

from __future__ import annotations

from enum import StrEnum, auto
from typing import ClassVar

from xdsl.irdl import irdl_attr_definition

from iree_explorer.ir.word_attribute import WordAttribute


class IteratorType(StrEnum):
    """How the iterations of a loop of a structured op relate. MLIR: StructuredOpsUtils.h, utils::IteratorType."""

    PARALLEL = auto()
    REDUCTION = auto()


@irdl_attr_definition
class IteratorTypeAttr(WordAttribute[IteratorType]):
    """`#linalg.iterator_type<parallel>`."""

    name = "linalg.iterator_type"
    WORDS: ClassVar = IteratorType
    CPP_NAME: ClassVar = "mlir::utils::IteratorType"


class TypeFn(StrEnum):
    """How a named op casts its operands to the result's type."""

    CAST_SIGNED = auto()
    CAST_UNSIGNED = auto()


@irdl_attr_definition
class TypeFnAttr(WordAttribute[TypeFn]):
    """`#linalg.type_fn<cast_unsigned>`."""

    name = "linalg.type_fn"
    WORDS: ClassVar = TypeFn
    CPP_NAME: ClassVar = "mlir::linalg::TypeFn"


class ElementwiseKind(StrEnum):
    """What `linalg.elementwise` computes: first the unary functions, then the binary ones, then `select`."""

    EXP = auto()
    LOG = auto()
    ABS = auto()
    CEIL = auto()
    FLOOR = auto()
    NEGF = auto()
    RECIPROCAL = auto()
    ROUND = auto()
    SQRT = auto()
    RSQRT = auto()
    SQUARE = auto()
    TANH = auto()
    ERF = auto()
    SIN = auto()
    COS = auto()
    TAN = auto()
    ACOS = auto()
    ACOSH = auto()
    ASIN = auto()
    ASINH = auto()
    ATAN = auto()
    ATANH = auto()
    LOG10 = auto()
    LOG1P = auto()
    LOG2 = auto()
    ADD = auto()
    SUB = auto()
    MUL = auto()
    DIV = auto()
    DIV_UNSIGNED = auto()
    MAX_SIGNED = auto()
    MIN_SIGNED = auto()
    MAX_UNSIGNED = auto()
    MIN_UNSIGNED = auto()
    POWF = auto()
    SELECT = auto()


@irdl_attr_definition
class ElementwiseKindAttr(WordAttribute[ElementwiseKind]):
    """`#linalg.elementwise_kind<add>`."""

    name = "linalg.elementwise_kind"
    WORDS: ClassVar = ElementwiseKind
    CPP_NAME: ClassVar = "mlir::linalg::ElementwiseKind"
