"""How broken rules show themselves."""

from xdsl.ir import Operation
from xdsl.utils.exceptions import VerifyException


class NestedDefect(VerifyException):
    """What is wrong with `op`, found by an op around it; it is reported where `op` stands, as MLIR does."""

    def __init__(self, op: Operation, message: str) -> None:
        super().__init__(message)
        self.op = op


class PlainDefect(VerifyException):
    """What is wrong with an op, in words that MLIR says without the op's name in front."""


class NestedPlainDefect(NestedDefect, PlainDefect):
    """Both: told at `op`, without its name."""


DEFECTS = (
    VerifyException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    TypeError,
    ValueError,
)
"""What xDSL's and the dialects' code raises at IR that breaks the rules it takes for granted."""
