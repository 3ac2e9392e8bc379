"""Comparisons of a converted integer and a constant float, which are comparisons of integers.

# MLIR: ArithOps.cpp, CmpFIntToFPConst; LLVM: InstCombineCompares.cpp, foldFCmpIntToFPConst
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from xdsl.dialects.builtin import FloatAttr, IntegerAttr, IntegerType, i64
from xdsl.ir import Operation

from iree_explorer.dialects.arith.casts import SIToFPOp, UIToFPOp
from iree_explorer.dialects.arith.comparisons import CmpFOp, CmpIOp
from iree_explorer.dialects.arith.constant import ConstantOp
from iree_explorer.passes.canonicalize.arith.compare import predicate_of
from iree_explorer.passes.canonicalize.building import bool_constant
from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.facts.floats import rounded
from iree_explorer.passes.canonicalize.facts.integers import integer_attr
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, looking_back, pattern

_PRECISION = {"bf16": 8, "f16": 11, "f32": 24, "f64": 53}
"""Bits of a number's whole and fraction, by its type."""

_ORD, _UNO = 7, 14
_WORDS = ("eq", "gt", "ge", "lt", "le", "ne")
"""What `oeq` … `one` (1 to 6) and `ueq` … `une` (8 to 13) ask, of numbers."""

_OF_LARGER = {"ne": True, "lt": True, "le": True}
"""What holds of all numbers and one that is larger than all of them."""
_OF_SMALLER = {"ne": True, "gt": True, "ge": True}

_NUMBERS = {"eq": (0, 0), "ne": (1, 1), "lt": (2, 6), "le": (3, 7), "gt": (4, 8), "ge": (5, 9)}
"""What is asked → the predicates of `arith.cmpi` for signed and for unsigned integers."""


@pattern("CmpFIntToFPConst")
def _compare_as_integers(op: Any, rewriter: Rewriter) -> bool:
    """Compares an integer, converted to a float, as an integer."""
    source, constant = definition(op.lhs), constant_value(op.rhs)
    if not isinstance(source, SIToFPOp | UIToFPOp) or not isinstance(constant, FloatAttr):
        return False
    predicate, number, is_signed = predicate_of(op), constant.value.data, source.name == SIToFPOp.name
    if math.isnan(number) or not _converts_well(source, constant):
        return False
    if predicate in (_ORD, _UNO):
        rewriter.replace_op_with(op, bool_constant(predicate == _ORD))
        return True
    new = _comparison(_WORDS[(predicate - 1) % 7], source, number, is_signed)
    if isinstance(new, tuple):
        word, whole = new
        value = rewriter.insert(ConstantOp(integer_attr(whole, source.operands[0].type)))
        comparison = CmpIOp.create(
            operands=[source.operands[0], value.result],
            result_types=[op.result.type],
            properties={"predicate": IntegerAttr(_NUMBERS[word][not is_signed], i64)},
        )
        rewriter.replace_op_with(op, comparison)
    else:
        rewriter.replace_op_with(op, bool_constant(new))
    return True


def _converts_well(source: Operation, constant: FloatAttr) -> bool:
    """Whether what the conversion loses cannot change how the result compares with `constant`."""
    integer, precision = source.operands[0].type, _PRECISION.get(constant.type.name)
    if not isinstance(integer, IntegerType) or precision is None:
        return False
    width, number = integer.width.data, constant.value.data
    bits = width - isinstance(source, SIToFPOp)
    if width <= precision or number == 0:
        return True
    if math.isinf(number):
        largest: Any = {"f16": 15}.get(constant.type.name, 127 if constant.type.name != "f64" else 1023)
        return largest >= bits
    return not precision <= math.frexp(number)[1] - 1 <= bits


def _comparison(word: str, source: Operation, number: float, is_signed: bool) -> tuple[str, int] | bool:
    """What to ask of the integer and which other integer, or the answer where it is always the same."""
    integer, target = source.operands[0].type, source.results[0].type
    assert isinstance(integer, IntegerType)
    width = integer.width.data
    smallest, largest = (-(1 << width - 1), (1 << width - 1) - 1) if is_signed else (0, (1 << width) - 1)
    if rounded(largest, target) < number:
        return _OF_LARGER.get(word, False)
    if rounded(smallest, target) > number:
        return _OF_SMALLER.get(word, False)
    whole = math.trunc(number)
    if Fraction(number) == whole:
        return word, whole
    return _beside_a_fraction(word, whole, number < 0)


def _beside_a_fraction(word: str, whole: int, is_negative: bool) -> tuple[str, int] | bool:
    """The question about a number that is no integer, as one about its whole part."""
    if word in ("eq", "ne"):
        return word == "ne"
    if is_negative:
        return {"le": "lt", "gt": "ge"}.get(word, word), whole
    return {"lt": "le", "ge": "gt"}.get(word, word), whole


RULES = looking_back(OpRules(CmpFOp.name, (_compare_as_integers,)))
