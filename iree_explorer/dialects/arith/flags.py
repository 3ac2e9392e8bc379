"""The flags of `arith` and `math` ops. Source of words: MLIR ArithBase.td."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from xdsl.irdl import irdl_attr_definition

from iree_explorer.ir.word_attribute import FlagsAttribute


class FastMathFlag(StrEnum):
    """A liberty that may be taken with floats."""

    REASSOC = "reassoc"
    NO_NANS = "nnan"
    NO_INFS = "ninf"
    NO_SIGNED_ZEROS = "nsz"
    ALLOW_RECIP = "arcp"
    ALLOW_CONTRACT = "contract"
    APPROX_FUNC = "afn"


class IntegerOverflowFlag(StrEnum):
    """How a result does not wrap around, or else is poison."""

    NSW = "nsw"
    NUW = "nuw"


@irdl_attr_definition
class FastMathFlagsAttr(FlagsAttribute[FastMathFlag]):
    """`fastmath<nnan,nsz>`."""

    name = "arith.fastmath"
    WORDS: ClassVar = FastMathFlag
    CPP_NAME: ClassVar = "mlir::arith::FastMathFlags"
    ALL: ClassVar = "fast"


@irdl_attr_definition
class IntegerOverflowAttr(FlagsAttribute[IntegerOverflowFlag]):
    """`overflow<nsw, nuw>`."""

    name = "arith.overflow"
    WORDS: ClassVar = IntegerOverflowFlag
    CPP_NAME: ClassVar = "mlir::arith::IntegerOverflowFlags"
    SEPARATOR: ClassVar = ", "


NO_FASTMATH = FastMathFlagsAttr(frozenset())
NO_OVERFLOW_FLAGS = IntegerOverflowAttr(frozenset())
