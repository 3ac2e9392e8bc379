"""Redirected uses stand where MLIR's clone, replace and erase leave them."""

from xdsl.dialects.builtin import i32
from xdsl.dialects.test import TestPureOp as PureOp
from xdsl.ir import Block, SSAValue

from iree_explorer.passes.redirection import Redirection


def users(value: SSAValue) -> list[tuple[object, int]]:
    """The users of a value, the newest use first, each with the number of its operand."""
    return [(use.operation, use.index) for use in value.uses]


def test_uses_turn_around_and_operands_change_at_the_end() -> None:
    old, new, other = PureOp(result_types=[i32] * 3).results
    first, second = PureOp(operands=[old, other, old]), PureOp(operands=[old])
    before = users(old)
    redirection = Redirection()
    redirection.redirect(old, new, Block())
    assert users(new) == before[::-1]
    assert users(old) == []
    assert list(first.operands) == [old, other, old]
    redirection.finish()
    assert list(first.operands) == [new, other, new]
    assert list(second.operands) == [new]
    assert users(other) == [(first, 1)]


def test_users_inside_keep_what_they_use() -> None:
    old, new = PureOp(result_types=[i32] * 2).results
    inside, outside = PureOp(operands=[old]), PureOp(operands=[old])
    block = Block([inside])
    redirection = Redirection()
    redirection.redirect(old, new, block)
    redirection.finish()
    assert (list(inside.operands), list(outside.operands)) == ([old], [new])
    assert (users(old), users(new)) == ([(inside, 0)], [(outside, 0)])


def test_an_op_takes_several_new_values_at_once() -> None:
    a, b, x, y = PureOp(result_types=[i32] * 4).results
    user = PureOp(operands=[a, b])
    redirection = Redirection()
    redirection.redirect(a, x, Block())
    redirection.redirect(b, y, Block())
    redirection.finish()
    assert list(user.operands) == [x, y]
    redirection.redirect(x, a, Block())  # A second round begins with what the first one left.
    redirection.finish()
    assert list(user.operands) == [a, y]
