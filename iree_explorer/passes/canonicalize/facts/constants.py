"""Constants: which ops are, what they hold, how a dialect makes one."""

from __future__ import annotations

import struct
from collections.abc import Callable, Hashable, Iterator, Sequence
from importlib import import_module
from typing import Any, TypeVar, cast

from xdsl.dialects.builtin import FloatAttr
from xdsl.ir import Attribute, Operation, OpResult, SSAValue, TypedAttribute

from iree_explorer.dialects.arith.constant import ConstantOp

_Number = TypeVar("_Number", int, float)


def _property(name: str) -> Callable[[Operation], Attribute]:
    return lambda op: op.properties[name]


def _result_type(op: Operation) -> Attribute:
    """Where all constants of a type are equal, the type stands for the value."""
    return op.results[0].type


CONSTANT_VALUES: dict[str, Callable[[Operation], Attribute]] = {
    "arith.constant": _property("value"),
    "complex.constant": _property("value"),
    "flow.tensor.constant": _property("value"),
    "func.constant": _property("value"),
    "hal.buffer_usage": _property("usage"),
    "hal.memory_type": _property("type"),
    "stream.timepoint.immediate": _result_type,
    "ub.poison": _property("value"),
    "util.buffer.constant": _property("value"),
    "util.null": _result_type,
}
"""Name of each op that is a constant → what it holds. # MLIR: the trait ConstantLike and the ops' folders."""


def is_constant(value: SSAValue) -> bool:
    """Whether `value` comes from an op that is a constant."""
    return type(value) is OpResult and value.op.name in CONSTANT_VALUES


def constant_value(value: SSAValue) -> Attribute | None:
    """What `value` holds where it comes from a constant op. # MLIR: matchPattern(value, m_Constant(&attribute))."""
    if type(value) is not OpResult:
        return None
    read = CONSTANT_VALUES.get(value.op.name)
    return None if read is None else read(value.op)


def materialize(op_name: str, value: Attribute, result_type: Attribute) -> Operation | None:
    """A fresh constant op for what an op named `op_name` folded to; None: the op's dialect makes none of it.

    # IREE: StreamDialect.cpp, UtilDialect.cpp; MLIR: ArithDialect.cpp, ComplexDialect.cpp …, materializeConstant
    """
    maker = _MAKERS.get(value.name)
    if maker is not None:
        return _build(*maker, result_type, {} if value == result_type else {"value": value})
    if op_name.startswith("util.") and result_type.name == "util.buffer":
        return _build("iree_explorer.dialects.util.buffer_ops", "BufferConstantOp", result_type, {"value": value})
    if isinstance(value, TypedAttribute) and value.get_type() == result_type:
        return ConstantOp(cast("Any", value), result_type)
    return None


_MAKERS: dict[str, tuple[str, str]] = {
    "array": ("iree_explorer.dialects.complex", "ConstantOp"),
    "stream.timepoint": ("iree_explorer.dialects.stream.timepoint_ops", "TimepointImmediateOp"),
    "ub.poison": ("xdsl.dialects.ub", "PoisonOp"),
}
"""Name of an attribute → module and class of the op that makes a constant of it, where that isn't `arith.constant`."""


def _build(module: str, class_name: str, result_type: Attribute, properties: dict[str, Attribute]) -> Operation:
    cls: type[Operation] = getattr(import_module(module), class_name)
    return cls.create(result_types=[result_type], properties=properties)


def attribute_key(value: Attribute) -> Hashable:
    """Equal exactly for constants of the same bits: as numbers, zeros of both signs are equal and no NaN is."""
    return struct.pack("<d", value.value.data) if isinstance(value, FloatAttr) else value


def paired(*constants: Sequence[_Number]) -> Iterator[tuple[_Number, ...]]:
    """The elements of constants of one shape, side by side; of each it is one that stands for all, or all are there."""
    count = max(map(len, constants)) if all(constants) else 0
    return zip(*(list(each) * count if len(each) == 1 else each[:count] for each in constants), strict=True)
