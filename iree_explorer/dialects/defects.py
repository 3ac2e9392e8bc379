"""Broken rules that an op finds in the ops of its regions."""

from xdsl.ir import Operation
from xdsl.utils.exceptions import VerifyException


class NestedDefect(VerifyException):
    """What is wrong with `op`, found by an op around it; it is reported where `op` stands, as MLIR does."""

    def __init__(self, op: Operation, message: str) -> None:
        super().__init__(message)
        self.op = op
