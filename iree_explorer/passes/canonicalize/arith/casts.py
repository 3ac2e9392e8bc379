"""Casts of numbers: folders and patterns. # MLIR: ArithOps.cpp, ArithCanonicalization.td."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from xdsl.dialects.builtin import DenseIntOrFPElementsAttr, FixedBitwidthType, FloatAttr, IntegerAttr, IntegerType
from xdsl.ir import Attribute, Operation

from iree_explorer.dialects.arith.casts import (
    BitcastOp,
    ExtFOp,
    ExtSIOp,
    ExtUIOp,
    IndexCastOp,
    IndexCastUIOp,
    SIToFPOp,
    TruncIOp,
    UIToFPOp,
)
from iree_explorer.ir.type_constraints import element_type
from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.float_constants import constant_floats, floats_attr
from iree_explorer.passes.canonicalize.facts.floats import BITS_UNKNOWN, from_bits, is_exact, to_bits
from iree_explorer.passes.canonicalize.facts.integers import (
    constant_integers,
    integer_attr,
    integers_attr,
    signed,
    unsigned,
    width_of,
)
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, Pattern, looking_back, summary_of
from iree_explorer.passes.canonicalize.greedy.use_lists import set_operands

# --- Between integers ---


def _fold_integer(read: Callable[[int, int], int]) -> Callable[[Operation], Folded | None]:
    """Casts a constant; `read` makes the number of its bits: from a signed number and its width."""

    def fold(op: Operation) -> Folded | None:
        numbers, width = constant_integers(op.operands[0]), width_of(op.operands[0].type)
        if numbers is None or width is None:
            return None
        return (integers_attr([read(number, width) for number in numbers], op.results[0].type),)

    return fold


def _fold_extension(read: Callable[[int, int], int]) -> Callable[[Operation], Folded | None]:
    """An extension of an extension is one extension."""

    def fold(op: Operation) -> Folded | None:
        source = definition(op.operands[0])
        if source is not None and type(source) is type(op):
            set_operands(op, {0: source.operands[0]})
            return ()
        return _fold_integer(read)(op)

    return fold


def _fold_truncation(op: Operation) -> Folded | None:
    """Takes the bits from where they were before they were extended or truncated."""
    source = definition(op.operands[0])
    if isinstance(source, ExtSIOp | ExtUIOp):
        before = source.operands[0]
        narrow, wanted = _width(before.type), _width(op.results[0].type)
        if narrow > wanted:
            set_operands(op, {0: before})
            return ()
        if element_type(before.type) == element_type(op.results[0].type):
            return (before,)
    if isinstance(source, TruncIOp):
        set_operands(op, {0: source.operands[0]})
        return ()
    return _fold_integer(lambda number, _: number)(op)


def _width(scalar_or_shaped: Attribute) -> int:
    width = width_of(element_type(scalar_or_shaped))
    assert width is not None
    return width


def _skip(
    name: str, source_type: type[Operation], *, becomes: type[Any] | None = None, widths: bool = False
) -> Pattern:
    """A cast of a cast becomes one cast from where the value comes from.

    Args:
        name: of the pattern.
        source_type: the inner cast.
        becomes: the cast that is left; None: of the outer kind.
        widths: only where the outer cast leaves some of the bits that the inner one added.
    """

    def rewrite(op: Operation, rewriter: Rewriter) -> bool:
        inner = definition(op.operands[0])
        if not isinstance(inner, source_type):
            return False
        source = inner.operands[0]
        if widths and not _width(inner.results[0].type) > _width(op.results[0].type) > _width(source.type):
            return False
        make: Any = becomes or type(op)
        rewriter.replace_op_with(op, make(source, op.results[0].type))
        return True

    return Pattern(name, rewrite, benefit=2, summary=summary_of(_skip))


def _there_and_back(name: str, source_type: type[Operation]) -> Pattern:
    """A cast back to the type that the value had is not needed, where the type between has as many bits."""

    def rewrite(op: Operation, rewriter: Rewriter) -> bool:
        inner = definition(op.operands[0])
        if not isinstance(inner, source_type) or inner.operands[0].type != op.results[0].type:
            return False
        between, outer = (width_of(element_type(each.type)) for each in (op.operands[0], op.results[0]))
        if between is None or outer is None or between < outer:
            return False
        rewriter.replace_op(op, (inner.operands[0],))
        return True

    return Pattern(name, rewrite, benefit=2, summary=summary_of(_there_and_back))


# --- Between floats, and between floats and integers ---


def _fold_float(op: Operation) -> Folded | None:
    """Casts a constant float, where the other type has it exactly."""
    numbers, target = constant_floats(op.operands[0]), op.results[0].type
    if numbers is None or "roundingmode" in op.properties:
        return None
    are_exact = all(is_exact(number, element_type(target)) for number in numbers)
    return (floats_attr(numbers, target),) if are_exact else None


def _fold_truncf(op: Operation) -> Folded | None:
    """Takes the float from where it was before it was extended."""
    source = definition(op.operands[0])
    if isinstance(source, ExtFOp):
        before = source.operands[0]
        if _float_width(before.type) > _float_width(op.results[0].type):
            set_operands(op, {0: before})
            return ()
        if element_type(before.type) == element_type(op.results[0].type):
            return (before,)
    return _fold_float(op)


def _float_width(scalar_or_shaped: Attribute) -> int:
    scalar = element_type(scalar_or_shaped)
    assert isinstance(scalar, FixedBitwidthType)
    return scalar.bitwidth


def _fold_int_to_float(read: Callable[[int, int], int]) -> Callable[[Operation], Folded | None]:
    def fold(op: Operation) -> Folded | None:
        numbers, width = constant_integers(op.operands[0]), width_of(op.operands[0].type)
        if numbers is None or width is None:
            return None
        return (floats_attr([read(number, width) for number in numbers], op.results[0].type),)

    return fold


def _fold_float_to_int(read: Callable[[int, int], int]) -> Callable[[Operation], Folded | None]:
    """Casts a constant float towards zero, where it fits."""

    def fold(op: Operation) -> Folded | None:
        values, width = constant_floats(op.operands[0]), width_of(op.results[0].type)
        if values is None or width is None or not all(map(math.isfinite, values)):
            return None
        numbers = [math.trunc(value) for value in values]
        do_fit = all(read(number, width) == number for number in numbers)
        return (integers_attr(numbers, op.results[0].type),) if do_fit else None

    return fold


def _fold_bitcast(op: Operation) -> Folded | None:
    """The same bits as another type; as the same type they are what they were."""
    value, target = constant_value(op.operands[0]), op.results[0].type
    if op.operands[0].type == target:
        return (op.operands[0],)
    if isinstance(target, BITS_UNKNOWN) or isinstance(op.operands[0].type, BITS_UNKNOWN):
        return None
    if isinstance(value, DenseIntOrFPElementsAttr):
        from iree_explorer.passes.canonicalize.facts.elements import has_whole_bytes, reshaped

        return (reshaped(value, target),) if has_whole_bytes(target) and has_whole_bytes(value.type) else None
    if isinstance(value, FloatAttr):
        bits = to_bits(value)
    elif isinstance(value, IntegerAttr) and (width := width_of(value.type)) is not None:
        bits = unsigned(value.value.data, width)
    else:
        return None
    if isinstance(target, IntegerType):
        return (integer_attr(bits, target),)
    return (from_bits(bits, target),)


RULES = looking_back(
    OpRules("arith.extui", fold=_fold_extension(unsigned)),
    OpRules("arith.extsi", (_skip("ExtSIOfExtUI", ExtUIOp, becomes=ExtUIOp),), _fold_extension(signed)),
    OpRules("arith.extf", fold=_fold_float),
    OpRules(
        "arith.trunci",
        (
            _skip("TruncIExtSIToExtSI", ExtSIOp, becomes=ExtSIOp, widths=True),
            _skip("TruncIExtUIToExtUI", ExtUIOp, becomes=ExtUIOp, widths=True),
        ),
        _fold_truncation,
    ),
    OpRules(
        "arith.truncf",
        (
            _skip("TruncFSIToFPToSIToFP", SIToFPOp, becomes=SIToFPOp),
            _skip("TruncFUIToFPToUIToFP", UIToFPOp, becomes=UIToFPOp),
        ),
        _fold_truncf,
    ),
    OpRules(
        "arith.sitofp",
        (
            _skip("SIToFPOfExtSI", ExtSIOp, becomes=SIToFPOp),
            _skip("SIToFPOfExtUI", ExtUIOp, becomes=UIToFPOp),
        ),
        _fold_int_to_float(signed),
    ),
    OpRules("arith.uitofp", (_skip("UIToFPOfExtUI", ExtUIOp, becomes=UIToFPOp),), _fold_int_to_float(unsigned)),
    OpRules("arith.fptosi", fold=_fold_float_to_int(signed)),
    OpRules("arith.fptoui", fold=_fold_float_to_int(unsigned)),
    OpRules(
        "arith.index_cast",
        (_there_and_back("IndexCastOfIndexCast", IndexCastOp), _skip("IndexCastOfExtSI", ExtSIOp)),
        _fold_integer(signed),
    ),
    OpRules(
        "arith.index_castui",
        (_there_and_back("IndexCastUIOfIndexCastUI", IndexCastUIOp), _skip("IndexCastUIOfExtUI", ExtUIOp)),
        _fold_integer(unsigned),
    ),
    OpRules("arith.bitcast", (_skip("BitcastOfBitcast", BitcastOp),), _fold_bitcast),
)
