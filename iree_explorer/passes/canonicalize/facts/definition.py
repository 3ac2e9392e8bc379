"""Where a value comes from."""

from __future__ import annotations

from xdsl.ir import Operation, OpResult, SSAValue


def definition(value: SSAValue | None) -> Operation | None:
    """The op that makes `value`; None: it is a block argument, or there is no value."""
    return value.op if type(value) is OpResult else None
