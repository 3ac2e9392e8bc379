"""The arith dialect on numpy values: scalars, or whole arrays of any shapes that broadcast.

Integers are exact: results wrap to the type's bits, signless values are read as signed or unsigned as the op says,
division by zero is an error. `i1` is bool. Narrow floats (8 bits and less) are computed in f32 and rounded after each op.
"""

from collections.abc import Callable
from typing import Any

import ml_dtypes
import numpy as np
from xdsl.dialects.builtin import DenseIntOrFPElementsAttr, TensorType
from xdsl.ir import Attribute, Operation

from iree_explorer.errors import ExecutionError
from iree_explorer.execution.code.scope import Scope, Table
from iree_explorer.execution.code.steps import Binary, Function, Step
from iree_explorer.execution.fields import integer, required
from iree_explorer.execution.kernels.literals import dense_array
from iree_explorer.execution.kernels.masks import is_array, is_guarded
from iree_explorer.execution.values.elements import Element, element_of, scalar, sign_extend
from iree_explorer.ir.dense_resource import DenseResourceElementsAttr

ARITH: Table[Scope] = Table()


def operand_element(op: Operation) -> Element:
    """The element type of the first operand."""
    return element_of(op.operands[0].type)


def result_element(op: Operation) -> Element:
    """The element type of the result."""
    return element_of(op.results[0].type)


# Constants


@ARITH.lowers("arith.constant")
def _constant(op: Operation, scope: Scope) -> Step | None:
    scope.constant(op.results[0], constant_value(required(op, "value"), op.results[0].type))


def constant_value(attribute: Attribute, type_: Attribute) -> Any:
    """What a constant holds: a numpy scalar, or an array for a tensor type."""
    if isinstance(type_, TensorType) or isinstance(attribute, DenseIntOrFPElementsAttr | DenseResourceElementsAttr):
        return dense_array(attribute, type_)
    data = getattr(attribute, "value", None)
    value = getattr(data, "data", data)
    if value is None:
        raise ExecutionError(f"constant {attribute} is not supported")
    return scalar(value, element_of(type_))


# Integers


def unsigned(value: Any, element: Element) -> Any:
    """The same bits read as an unsigned number, in the unsigned dtype of the same width."""
    if element.bits == 1:
        return np.asarray(value).view(np.uint8)[()]
    raw = value.view(f"u{element.dtype.itemsize}")
    return raw & raw.dtype.type((1 << element.bits) - 1) if element.is_narrow else raw


def signed(value: Any, element: Element) -> Any:
    """An integer as signed; `i1` true is -1."""
    return -np.asarray(value).view(np.int8)[()] if element.bits == 1 else value


def settle(value: Any, element: Element) -> Any:
    """A result of integer arithmetic, of any integer dtype, brought back into the element's dtype."""
    if element.bits == 1:
        return (value & 1).astype(np.bool_)
    value = value if value.dtype == element.dtype else value.astype(element.dtype)
    return sign_extend(value, element)


def integer_op(function: Function) -> Callable[[Operation], Function]:
    """A maker for ops whose operands and result share one integer type."""

    def make(op: Operation) -> Function:
        element = operand_element(op)
        if element.bits in (8, 16, 32, 64):
            return function
        return lambda *args: settle(function(*[signed(arg, element) for arg in args]), element)

    return make


def nonzero(divisor: Any) -> Any:
    """The divisor itself.

    Raises:
        ExecutionError: it is zero somewhere, where the compiled program would trap.
    """
    if not np.all(divisor):
        raise ExecutionError("integer division by zero")
    return divisor


def divide_signed(a: Any, b: Any) -> Any:
    """Division rounding towards zero."""
    b = nonzero(b)
    return np.floor_divide(a - np.fmod(a, b), b)


def ceil_divide(a: Any, b: Any) -> Any:
    """Division rounding up; without negating the dividend, which the least number has no room for."""
    return np.floor_divide(a, nonzero(b)) + (np.remainder(a, b) != 0)


_SIGNED: dict[str, Binary] = {
    "addi": np.add,
    "subi": np.subtract,
    "muli": np.multiply,
    "divsi": divide_signed,
    "ceildivsi": ceil_divide,
    "floordivsi": lambda a, b: np.floor_divide(a, nonzero(b)),
    "remsi": lambda a, b: np.fmod(a, nonzero(b)),
    "maxsi": np.maximum,
    "minsi": np.minimum,
    "andi": np.bitwise_and,
    "ori": np.bitwise_or,
    "xori": np.bitwise_xor,
    "shrsi": np.right_shift,
    "shli": np.left_shift,
}
_UNSIGNED: dict[str, Binary] = {
    "divui": lambda a, b: np.floor_divide(a, nonzero(b)),
    "ceildivui": ceil_divide,
    "remui": lambda a, b: np.remainder(a, nonzero(b)),
    "maxui": np.maximum,
    "minui": np.minimum,
    "shrui": np.right_shift,
}


def _unsigned_op(function: Binary) -> Callable[[Operation], Binary]:
    def make(op: Operation) -> Binary:
        element = operand_element(op)
        if element.bits in (8, 16, 32, 64):
            view, back = f"u{element.dtype.itemsize}", element.dtype
            return lambda a, b: function(a.view(view), b.view(view)).view(back)
        return lambda a, b: settle(function(unsigned(a, element), unsigned(b, element)), element)

    return make


_DIVISIONS = frozenset({"divsi", "divui", "remsi", "remui", "ceildivsi", "ceildivui", "floordivsi"})


def _guarded(make: Callable[[Operation], Binary]) -> Callable[[Operation], Binary]:
    """Divides by 1 instead of 0 where elements that did not ask for it are divided, too."""

    def make_guarded(op: Operation) -> Binary:
        function = make(op)
        if not is_guarded(op):
            return function
        return lambda a, b: function(a, np.where(b == 0, b.dtype.type(1), b) if is_array(b) else b)

    return make_guarded


for _name, _make in (
    *((name, integer_op(function)) for name, function in _SIGNED.items()),
    *((name, _unsigned_op(function)) for name, function in _UNSIGNED.items()),
):
    ARITH.computes(f"arith.{_name}")(_guarded(_make) if _name in _DIVISIONS else _make)

_COMPARISONS: tuple[tuple[Binary, bool], ...] = (
    (np.equal, False),
    (np.not_equal, False),
    (np.less, False),
    (np.less_equal, False),
    (np.greater, False),
    (np.greater_equal, False),
    (np.less, True),
    (np.less_equal, True),
    (np.greater, True),
    (np.greater_equal, True),
)


@ARITH.computes("arith.cmpi")
def _cmpi(op: Operation) -> Binary:
    function, is_unsigned = _COMPARISONS[integer(op, "predicate")]
    element = operand_element(op)
    if element.bits == 1 or is_unsigned:
        read = unsigned if is_unsigned else signed
        return lambda a, b: function(read(a, element), read(b, element))
    return function


# Floats


def computed_wide(function: Function, element: Element) -> Function:
    """`function` on f32, rounded to the element's type, where that is narrower."""
    if element.bits >= 32:
        return function
    dtype = element.dtype
    return lambda *args: function(*[arg.astype(np.float32) for arg in args]).astype(dtype)


def float_op(function: Function) -> Callable[[Operation], Function]:
    """A maker for ops whose operands and result share one float type; numpy's own f16 is rounded rightly as it is."""

    def make(op: Operation) -> Function:
        element = operand_element(op)
        return function if element.name == "f16" else computed_wide(function, element)

    return make


_FLOAT: dict[str, Function] = {
    "addf": np.add,
    "subf": np.subtract,
    "mulf": np.multiply,
    "divf": np.divide,
    "remf": np.fmod,
    "negf": np.negative,
    "maximumf": np.maximum,
    "minimumf": np.minimum,
    "maxnumf": np.fmax,
    "minnumf": np.fmin,
}
for _name, _function in _FLOAT.items():
    ARITH.computes(f"arith.{_name}")(float_op(_function))


@ARITH.computes("arith.flush_denormals")
def _flush_denormals(op: Operation) -> Function:
    least = ml_dtypes.finfo(operand_element(op).dtype).smallest_normal

    def flush(value: Any) -> Any:
        return np.where(np.abs(value) < least, np.copysign(value.dtype.type(0), value), value)[()]

    return flush


def unordered(a: Any, b: Any) -> Any:
    """Whether either is NaN."""
    return np.isnan(a) | np.isnan(b)


_FLOAT_COMPARISONS: tuple[Binary, ...] = (
    lambda a, b: np.zeros(np.broadcast(a, b).shape, np.bool_),
    np.equal,
    np.greater,
    np.greater_equal,
    np.less,
    np.less_equal,
    lambda a, b: np.less(a, b) | np.greater(a, b),
    lambda a, b: ~unordered(a, b),
    lambda a, b: np.equal(a, b) | unordered(a, b),
    lambda a, b: ~np.less_equal(a, b),
    lambda a, b: ~np.less(a, b),
    lambda a, b: ~np.greater_equal(a, b),
    lambda a, b: ~np.greater(a, b),
    np.not_equal,
    unordered,
    lambda a, b: np.ones(np.broadcast(a, b).shape, np.bool_),
)


@ARITH.computes("arith.cmpf")
def _cmpf(op: Operation) -> Binary:
    function = _FLOAT_COMPARISONS[integer(op, "predicate")]
    element = operand_element(op)
    if element.bits in (32, 64) or element.name == "f16":
        return function
    return lambda a, b: function(a.astype(np.float32), b.astype(np.float32))


@ARITH.computes("arith.select")
def _select(op: Operation) -> Function:
    if op.operands[0].type == op.results[0].type and isinstance(op.results[0].type, TensorType):
        return np.where

    def select(condition: Any, a: Any, b: Any) -> Any:
        if getattr(condition, "ndim", 0):
            return np.where(condition, a, b)
        return a if condition else b

    return select
